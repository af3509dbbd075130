"""The words and statements by which narratives are read: data, and what plugins add to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from attrs import define, field, frozen

from gilint.claims.words import Words, any_of
from gilint.data import Shown
from gilint.errors import FormError
from gilint.packaged import read_packaged

ROLES = (
    "filler", "vague", "foreign", "narrowing", "rest", "scoping", "covering", "widening", "totalling", "remaining", "other_period", "this_period", "cumulative", "against", "comparing", "denying", "every", "each", "respectively", "parts",
    "joining", "share", "rate", "timely",
)  # fmt: skip
"""What a word can do besides meaning something."""
_TABLES = ("topics", "applicants", "carried", "sections", "units")
_REMEMBERED = 5000
"""Combinations of meanings; far more than narratives have, whose words nobody bounds."""
NUMERALS = "零〇一二两三四五六七八九十百千万"


@frozen(eq=False, repr=False)
class Statement(Shown):
    """A combination of meanings, and the cells that it can stand for."""

    name: str
    topic: str
    needs: tuple[str, ...]
    """Meanings that must all be there."""
    readings: tuple[str, ...]
    """Each a sum of cells: ``applications.new.total + applications.carried_in.total``; ``*`` stands for all rows that begin so."""
    optional: tuple[str, ...] = ()
    """Meanings that change nothing."""
    whole: bool = False
    """Others are counted as parts of it."""
    result: bool = False
    """It is one of the results of handling, none of which overlaps."""
    weak: bool = False
    """The same words are also used of what no table counts."""
    firm_units: tuple[str, ...] = ()
    """Units with which it is not weak after all: decisions are counted in 件, items in 项."""
    guarded: bool = False
    """Only where the text is about disclosure: organs have other reviews and suits as well."""
    deniable: bool = True
    """Whether its denial says that there was none (未办结 does not)."""
    money: bool = False
    rest: bool = False
    """It can be said of what is left over (剩余2件结转下年度)."""
    adds: str = ""
    """The statements with which its numbers can be added up: 行政复议1件、行政诉讼4件，合计5件."""


@define(eq=False, repr=False)
class Vocabulary:
    """All words and statements, ready for use."""

    form: str
    roles: Mapping[str, frozenset[str]]
    """Word to what it does."""
    meanings: Mapping[str, frozenset[str]]
    """Word to what it can mean."""
    statements: tuple[Statement, ...]
    tables: Mapping[str, Mapping[str, Any]]
    _chosen: dict[Any, Statement | None] = field(factory=dict)
    _topic_of: dict[frozenset[str], str | None] = field(factory=dict)

    @cached_property
    def topics(self) -> Mapping[str, str]:
        """Meaning to what a text with it is about, the most telling first."""
        return self.tables["topics"]

    @cached_property
    def applicants(self) -> Mapping[str, tuple[str, ...]]:
        """Meaning to the columns of these applicants."""
        return {name: tuple(columns) for name, columns in self.tables["applicants"].items()}

    @cached_property
    def words(self) -> Words:
        """All words, to cut a sentence into."""
        return Words(self.does)

    @cached_property
    def does(self) -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
        """Word to what it does, and to what it can mean."""
        nothing: frozenset[str] = frozenset()
        return {word: (self.roles.get(word, nothing), self.meanings.get(word, nothing)) for word in (*self.roles, *self.meanings)}

    @cached_property
    def figures(self) -> re.Pattern[str]:
        """What else a sentence is cut into, at the place where it begins; linear, for no part of it repeats without bound but digits."""
        units = "|".join(map(re.escape, sorted((unit for group in self.tables["units"].values() for unit in group), key=len, reverse=True)))
        return re.compile(
            r"(?P<year>(?:19|20)\d\d年(?:度|末|底)?)"
            r"|(?P<all_year>1(?:月份?)?[至到~～—–-]{1,2}12月份?)"
            r"|(?P<date>\d{1,2}月(?:\d{1,2}[日号])?)"
            r"|(?P<aside>第[\d一二三四五六七八九十百]{1,6}|《[^》]{0,120}》|\[\d{4}\]|〔\d{4}〕|\d{1,4}[-/]\d)"
            r"|(?P<number>\d{1,3}(?:[,，]\d{3}){1,3}(?!\d)|\d+)(?P<fraction>\.\d+)?(?P<much>[万亿](?!元))?(?P<more>余|多)?"
            rf"(?P<unit>%|{units})?"
            rf"|(?P<numeral>[{NUMERALS}]{{1,12}})(?P<some>余|多)?(?P<its_unit>{units})"
            r"|(?P<separator>[,，;；:：()（）!?]|\.(?!\d))"
        )

    @cached_property
    def telling(self) -> Words:
        """The words that tell what a text is about."""
        there = {*self.topics, "request"}
        return Words(word for word, meanings in self.meanings.items() if not there.isdisjoint(meanings))

    @cached_property
    def claiming(self) -> re.Pattern[str]:
        """What a paragraph must have to say anything of numbers: one with a unit, or a word for none or for all."""
        return any_of(self._doing("denying", "every"), *self._numbers)

    @cached_property
    def each(self) -> tuple[str, ...]:
        """Words that say something of what is counted before them (各), in which alone there is nothing; those that `claiming` does not find."""
        return tuple(word for word in self._doing("each") if not self.claiming.search(word))

    @property
    def _numbers(self) -> tuple[tuple[str, str], ...]:
        units = "".join(sorted({re.escape(unit[0]) for group in self.tables["units"].values() for unit in group}))
        counted = rf"(?:(?<=\d.)|(?<=\d[余多万亿 \u00a0].)|(?<=[{NUMERALS}].))"
        return (units, counted), ("%％", r"(?:(?<=\d.)|(?<=\d[余多万亿 \u00a0].))"), ("为是", r"0(?![\d.])")

    def _doing(self, *roles: str) -> Iterable[str]:
        return (word for word, does in self.roles.items() if not does.isdisjoint(roles))

    def topic_of(self, meanings: frozenset[str]) -> str | None:
        """Return what words with these meanings are about, ``None`` where they do not tell."""
        try:
            return self._topic_of[meanings]
        except KeyError:
            if len(self._topic_of) > _REMEMBERED:
                self._topic_of.clear()
            topic = self._topic_of[meanings] = next((topic for meaning, topic in self.topics.items() if meaning in meanings), None)
            return topic

    def choose(self, topic: str, words: Iterable[frozenset[str]]) -> Statement | None:
        """Return the statement that explains every word, the one that needs most; ``None`` where none does."""
        key = (topic, frozenset(words))
        if key not in self._chosen:
            if len(self._chosen) > _REMEMBERED:
                self._chosen.clear()
            self._chosen[key] = self._choose(*key)
        return self._chosen[key]

    def _choose(self, topic: str, words: frozenset[frozenset[str]]) -> Statement | None:
        fitting = []
        for statement in self.statements:
            if statement.topic != topic:
                continue
            needed = set(statement.needs)
            known = needed | set(statement.optional) | {"filler"}
            named = set().union(*words)
            if needed <= named and all(not known.isdisjoint(meanings) for meanings in words):
                fitting.append(statement)
        return max(fitting, key=lambda statement: len(statement.needs), default=None)


@lru_cache(maxsize=8)
def load_vocabulary(additions: tuple[str, ...] = ()) -> Vocabulary:
    """Return the built-in vocabulary with what plugins add.

    Args:
        additions: TOML documents of the same keys as the built-in ones.

    Raises:
        FormError: an addition is no TOML, or has keys, roles or values that there are not.
    """
    folder = Path(__file__).parent / "data"
    own = (_checked(read_packaged(folder / name)) for name in ("vocabulary.toml", "statements.toml"))
    roles: dict[str, set[str]] = {}
    meanings: dict[str, set[str]] = {}
    statements: list[Statement] = []
    tables: dict[str, dict[str, Any]] = {name: {} for name in _TABLES}
    for data in (*own, *map(_parse, additions)):
        for target, named in ((roles, data.get("roles", {})), (meanings, data.get("words", {}))):
            for name, words in named.items():
                for word in words:
                    target.setdefault(word, set()).add(name)
        for name in _TABLES:
            tables[name].update(data.get(name, {}))
        statements.extend(_statement(each) for each in data.get("statements", ()))
    frozen_roles, frozen_meanings = ({word: frozenset(names) for word, names in each.items()} for each in (roles, meanings))
    return Vocabulary("gi-annual-report", frozen_roles, frozen_meanings, tuple(statements), tables)


def _parse(text: str) -> dict[str, Any]:
    import tomllib

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FormError(f"claims: not a TOML document: {error}") from error
    return _checked(data)


def _checked(data: dict[str, Any]) -> dict[str, Any]:
    faults = [f"unknown key {key!r}" for key in data if key not in ("form", "roles", "words", "statements", *_TABLES)]
    for table in ("roles", "words", *_TABLES):
        if not isinstance(data.get(table, {}), dict):
            faults.append(f"{table} is no table")
            data[table] = {}
    faults += [f"unknown role {role!r}" for role in data.get("roles", {}) if role not in ROLES]
    for table in ("roles", "words"):
        for name, words in data.get(table, {}).items():
            if not (isinstance(words, list) and all(isinstance(word, str) and word for word in words)):
                faults.append(f"{table}.{name} is no list of words")
    if not isinstance(data.get("statements", []), list):
        faults.append("statements is no list of tables")
    if faults:
        raise FormError(f"claims: {'; '.join(faults)}")
    return data


def _statement(data: Any) -> Statement:
    try:
        given: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
        made = Statement(**given)
    except (TypeError, AttributeError) as error:
        raise FormError(f"claims: a statement cannot be read: {error}") from error
    texts = (made.name, made.topic, *made.needs, *made.optional, *made.readings)
    if not (all(isinstance(text, str) for text in texts) and isinstance(made.needs, tuple) and isinstance(made.readings, tuple)):
        raise FormError(f"claims: statement {made.name!r}: needs and readings are lists of texts")
    for reading in made.readings:
        if any(cell.strip().count(".") < 2 for cell in reading.split("+")):
            raise FormError(f"claims: statement {made.name!r}: {reading!r} names no cells (table.row.column)")
    return made
