"""Waivers: what ``gilint-waivers.toml`` says, checked strictly. Findings that somebody has accepted: which, why, who, and until when."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NoReturn

from attrs import define, field, frozen

from gilint.cell_names import names_to_suggest, refs_of
from gilint.errors import ConfigError
from gilint.finding import Waiver
from gilint.form import Form
from gilint.language import Text, with_hint
from gilint.place import CellRef
from gilint.recognise.folding import fold
from gilint.rule import Rule
from gilint.selection import EVERYTHING, no_such_code, unknown_codes
from gilint.sources import display_name
from gilint.tomlfile import file_state, line_of_key, lines_of_entries, quoted_toml, read_toml

ENTRY = "waiver"
"""Every waiver is a table ``[[waiver]]``."""
LARGEST_WAIVERS = 20_000_000
"""Bytes of a file with waivers: some 50,000 of them."""
_KEYS = ("code", "organ", "year", "edition", "path", "cell", "value", "text", "reason", "by", "until")
_WILDCARDS = frozenset("*?[")


@frozen(eq=False, repr=False)
class Waivers:
    """The waivers of one file, or given in Python."""

    entries: tuple[Waiver, ...] = ()
    folder: str = field(factory=os.getcwd)
    """Patterns of paths are meant from here."""

    def __repr__(self) -> str:
        return f"<Waivers: {len(self.entries)}>"

    @cached_property
    def by_organ(self) -> dict[str, list[tuple[int, Waiver]]]:
        """The waivers for each organ, by its folded name, with their numbers."""
        found: dict[str, list[tuple[int, Waiver]]] = {}
        for number, waiver in enumerate(self.entries):
            if waiver.organ is not None:
                found.setdefault(fold(waiver.organ), []).append((number, waiver))
        return found

    @cached_property
    def by_path(self) -> dict[str, list[tuple[int, Waiver]]]:
        """Those for a document alone, by its path without wildcards; all that have wildcards under ``""``."""
        found: dict[str, list[tuple[int, Waiver]]] = {}
        for number, waiver in enumerate(self.entries):
            if waiver.organ is None and waiver.path is not None:
                found.setdefault("" if _WILDCARDS & set(waiver.path) else waiver.path, []).append((number, waiver))
        return found

    @classmethod
    def parse(
        cls,
        data: Mapping[str, Any],
        rules: Sequence[type[Rule]],
        forms: Iterable[Form],
        *,
        path: Path | None = None,
        all_known: bool = True,
    ) -> Waivers:
        """Check what a file of waivers says.

        Args:
            data: as in ``gilint-waivers.toml``.
            rules: the rules at hand.
            forms: the forms at hand, whose cells can be named.
            path: the file, for messages; patterns of paths are meant from its folder.
            all_known: ``False`` when a plugin could not be loaded; a code that no rule has may then be one of its.

        Raises:
            ConfigError: an unknown key, one that is lacking, a wrong type, a code that no rule has, a cell that no form has, an impossible day.
        """
        return _Parser(data, rules, tuple(forms), path, all_known).parse()


def read_waivers(path: str | os.PathLike[str], rules: Sequence[type[Rule]], forms: Sequence[Form], *, all_known: bool = True) -> Waivers:
    """Read a file of waivers, again only when it has changed.

    Raises:
        ConfigError: it cannot be read, is no TOML, or says what gilint does not know.
    """
    file = os.path.abspath(path)  # noqa: PTH100  (links stay links: the folder is that in which the user sees the file)
    state = file_state(file)
    if state is None:
        return Waivers.parse(read_toml(Path(path), LARGEST_WAIVERS), rules, forms, path=Path(path), all_known=all_known)
    return _waivers_of(file, os.getcwd(), state, tuple(rules), tuple(forms), all_known)  # noqa: PTH109


@lru_cache(maxsize=16)
def _waivers_of(
    file: str, _folder: str, _state: tuple[int, ...], rules: tuple[type[Rule], ...], forms: tuple[Form, ...], all_known: bool
) -> Waivers:
    # People are told of the file as it is seen from the working folder, which may be another the next time.
    path = Path(file)
    return Waivers.parse(read_toml(path, LARGEST_WAIVERS), rules, forms, path=path, all_known=all_known)


def relative_path(path: str, folder: str) -> str:
    """Return a path as seen from a folder, with forward slashes; as it is where no way leads there (another drive)."""
    try:
        return display_name(Path(os.path.relpath(path, folder)))
    except ValueError:
        return display_name(Path(path))


@define(eq=False, repr=False)
class _Parser:
    """Checks one file, waiver by waiver."""

    data: Mapping[str, Any]
    rules: Sequence[type[Rule]]
    forms: tuple[Form, ...]
    path: Path | None
    all_known: bool
    entry: Mapping[str, Any] = field(factory=dict, init=False)
    number: int = field(default=0, init=False)
    _lines: list[dict[str, int]] | None = field(default=None, init=False)

    @cached_property
    def file(self) -> str:
        """The file as people are told of it, ``""`` where there is none."""
        return relative_path(os.path.abspath(self.path), os.getcwd()) if self.path else ""  # noqa: PTH100, PTH109

    def parse(self) -> Waivers:
        for key in self.data:
            if key != ENTRY:
                self.refuse(key, with_hint(Text("未知的名称“{key}”", 'unknown name "{key}"').filled(key=key), key, [ENTRY]))
        entries = self.data.get(ENTRY, [])
        if not (isinstance(entries, Sequence) and all(isinstance(entry, Mapping) for entry in entries)):
            self.wrong(ENTRY, Text(f"一组表，每项豁免写作 [[{ENTRY}]]", f"tables, each waiver written [[{ENTRY}]]"), entries)
        waivers = []
        for self.number, self.entry in enumerate(entries, start=1):
            waivers.append(self.waiver())
        folder = os.path.dirname(os.path.abspath(self.path)) if self.path else os.getcwd()  # noqa: PTH100, PTH109, PTH120
        return Waivers(tuple(waivers), folder)

    def waiver(self) -> Waiver:
        for key in self.entry:
            if key not in _KEYS:
                unknown = Text("未知的名称“{key}”", 'unknown name "{key}"').filled(key=key)
                hint = with_hint(unknown, key, _KEYS)
                known = Text("{unknown}；可用：{keys}", "{unknown}; there are: {keys}").filled(unknown=unknown, keys=list(_KEYS))
                self.refuse(key, known if hint is unknown else hint)
        for key in ("code", "reason", "by"):
            if key not in self.entry:
                self.refuse(key, _LACKING[key])
        if "organ" not in self.entry and "path" not in self.entry:
            self.refuse("", Text("没有写明是哪个机关（organ）或哪个文件（path）", "names neither an organ (organ) nor a document (path)"))
        cells, refs = self.cells()
        return Waiver(
            self.code(),
            self.text("reason"),
            self.text("by"),
            self.until(),
            self.text("organ") if "organ" in self.entry else None,
            self.year(),
            self.edition(),
            self.pattern(),
            cells,
            self.texts("text"),
            self.file,
            self.line(""),
            refs,
            self.values(),
        )

    def line(self, key: str) -> int | None:
        """Return the line of a key of the waiver at hand, or else where the waiver begins."""
        if self.path is None:
            return None
        if not self.number:
            return line_of_key(self.path, key)
        if self._lines is None:
            self._lines = lines_of_entries(self.path, ENTRY, LARGEST_WAIVERS)
        lines = self._lines[self.number - 1] if self.number <= len(self._lines) else {}
        return lines.get(key, lines.get(""))

    def refuse(self, key: str, message: Text) -> NoReturn:
        line, file = self.line(key), self.file or "waivers"
        place = Text(f"{file} 第 {line} 行", f"{file}:{line}") if line else Text(file, file)
        name = f"{ENTRY} {self.number}" + (f" {key}" if key else "") if self.number else key
        raise ConfigError(Text(f"{place.zh}：{name}：{message.zh}", f"{place.en}: {name}: {message.en}"))

    def wrong(self, key: str, expected: Text, value: Any) -> NoReturn:
        """Say what a value must be, and what it is."""
        message = Text("应为{expected}；现为 {value}", "must be {expected}; it is {value}")
        self.refuse(key, message.filled(expected=expected, value=quoted_toml(value)))

    def text(self, key: str) -> str:
        value = self.entry[key]
        if not (isinstance(value, str) and value.strip()):
            self.wrong(key, Text("加引号的文字，不能为空", "a text in quotation marks, not empty"), value)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.entry.get(key, [])
        values = [value] if isinstance(value, str) else value
        fits = isinstance(values, Sequence) and all(isinstance(each, str) and fold(each) for each in values)
        if not fits or (key in self.entry and not values):
            self.wrong(key, Text("加引号的文字或其列表，不能为空", "a text in quotation marks or a list of such, not empty"), value)
        return tuple(values)

    def values(self) -> tuple[str, ...]:
        value = self.entry.get("value", [])
        values = [value] if isinstance(value, (str, int, float)) else value
        fits = isinstance(values, Sequence) and all(isinstance(each, (str, int, float)) and not isinstance(each, bool) for each in values)
        if not fits or ("value" in self.entry and not values):
            self.wrong("value", Text("数、加引号的文字或其列表", "a number, a text in quotation marks, or a list of such"), value)
        return tuple(str(each) for each in values)

    def code(self) -> str:
        code = self.text("code")
        may_be_known = not self.all_known and code.isascii() and code.isalnum()
        if code == EVERYTHING or (unknown_codes([code], self.rules) and not may_be_known):
            self.refuse("code", no_such_code(code, self.rules))
        return code

    def year(self) -> int | None:
        value = self.entry.get("year")
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            self.wrong("year", Text("报告年度，例如 2024", "a report year, for example 2024"), value)
        return value

    def edition(self) -> str | None:
        value = self.entry.get("edition")
        editions = list(dict.fromkeys(form.edition for form in self.forms))
        if value is not None and value not in editions:
            self.wrong("edition", Text("其中之一：{editions}", "one of: {editions}").filled(editions=editions), value)
        return value

    def pattern(self) -> str | None:
        if "path" not in self.entry:
            return None
        value = self.text("path")
        if value.startswith("/"):
            expected = Text("从本文件所在文件夹起的路径，用“/”分隔", "a path from the folder of this file, with forward slashes")
            self.wrong("path", expected, value)
        return value.removeprefix("./")

    def until(self) -> date | None:
        value = self.entry.get("until")
        if isinstance(value, str):
            value = as_day(value) or value
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            self.wrong("until", Text("日期，例如 2027-06-30", "a day, for example 2027-06-30"), value)
        return value

    def cells(self) -> tuple[tuple[str, ...], frozenset[CellRef]]:
        names, refs = self.texts("cell"), set[CellRef]()
        for name in names:
            named = refs_of(self.forms, name)
            if not named:
                unknown = Text("没有单元格“{name}”", 'there is no cell "{name}"').filled(name=name)
                self.refuse("cell", with_hint(unknown, name, names_to_suggest(self.forms)))
            refs |= named
        return names, frozenset(refs)


_LACKING = {
    "code": Text("没有写明规则的代码", "the code of a rule is lacking"),
    "reason": Text("没有写明理由", "the reason is lacking"),
    "by": Text("没有写明由谁决定", "it does not say who has decided"),
}


def as_day(text: str) -> date | None:
    """Return the day that ``2027-06-30`` names; ``None`` for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
