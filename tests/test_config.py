"""What a configuration may say, where it is found, and how each mistake in it is named."""

from __future__ import annotations

import os
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attrs import define, field
from attrs.validators import ge, in_

from gilint import Config, ConfigError, Finding, Report, Rule, Severity, Text, UsageError, lint
from gilint.config import ConfigFinder, read_config
from gilint.selection import Selection, check_codes

DOC = {"doc": Text("说明", "What it means")}


@define
class First(Rule):
    code, name, severity = "ABC001", "first", Severity.ERROR
    limit: int = field(default=3, validator=ge(0), metadata=DOC)
    share: Decimal = field(default=Decimal("0.5"), converter=Decimal, metadata=DOC)
    words: tuple[str, ...] = field(default=(), converter=tuple, metadata=DOC)
    long_name: str = field(default="a", validator=in_(("a", "b")), metadata=DOC)
    strict: bool = field(default=False, metadata=DOC)

    def check(self, report: Report) -> Iterable[Finding]:
        return ()


@define
class Second(First):
    code, name = "ABC012", "second"


@define
class Third(First):
    code, name = "XYZ001", "third"


@define
class Unread(First):
    code, name, always = "DOC001", "unread", True


RULES: list[type[Rule]] = [First, Second, Unread, Third]


def parse(text: str, **more: Any) -> Config:
    import tomllib

    return Config.parse(tomllib.loads(text), RULES, **more)


def test_everything_that_a_configuration_can_say(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "gilint.toml").write_text(
        """
select = ["ALL"]
ignore = ["XYZ", "ABC01"]
fail-on = "warning"
lang = "en"
templates = "own"
[severity]
ABC = "note"
ABC001 = "warning"
[rules.ABC001]
limit = 7
share = 0.25
words = ["甲", "乙"]
long-name = "b"
strict = true
""",
        encoding="utf-8",
    )
    config = read_config(tmp_path / "gilint.toml", RULES)
    assert config == Config(
        path=tmp_path / "gilint.toml",
        select=("ALL",),
        ignore=("XYZ", "ABC01"),
        fail_on="warning",
        lang="en",
        templates=tmp_path / "own",
        severity={"ABC": Severity.NOTE, "ABC001": Severity.WARNING},
        options={"ABC001": {"limit": 7, "share": 0.25, "words": ["甲", "乙"], "long_name": "b", "strict": True}},
    )
    assert [config.severity_of(code) for code in ("ABC001", "ABC012", "XYZ001")] == [Severity.WARNING, Severity.NOTE, None]


def test_nothing_said_is_the_defaults() -> None:
    assert parse("") == Config()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('selct = ["ABC"]', 'selct: unknown name "selct"; did you mean select?'),
        ("zzz = 1", 'zzz: unknown name "zzz"; there are: fail-on, ignore, lang, rules, select, severity, templates'),
        ('select = "ABC"', 'select: must be a list of codes, for example ["SUM", "VAL001"]'),
        ("ignore = [1]", 'ignore: must be a list of codes, for example ["SUM", "VAL001"]'),
        ('select = ["ABD001"]', 'select: unknown name "ABD001"; did you mean ABC001?'),
        ('ignore = [""]', 'ignore: unknown name ""; there are: ABC, ABC001, ABC012, DOC, DOC001, XYZ, XYZ001'),
        ('fail-on = "fatal"', "fail-on: must be one of: error, warning, note, never"),
        ("fail-on = 1", "fail-on: must be one of: error, warning, note, never"),
        ('lang = "fr"', "lang: must be one of: zh, en"),
        ("templates = 1", "templates: must be the path of a folder"),
        ('templates = "nowhere"', "templates: there is no folder nowhere"),
        ('severity = "error"', "severity: must be a table"),
        ('[severity]\nABC001 = "off"', "severity.ABC001: must be one of: error, warning, note"),
        ('[severity]\nABX001 = "error"', 'severity.ABX001: unknown name "ABX001"; did you mean ABC001?'),
        ("[rules]\nABC = {}", 'rules.ABC: unknown name "ABC"; did you mean ABC012?'),
        ("[rules]\nABC001 = 1", "rules.ABC001: must be a table of options"),
        ("[rules.ABC001]\nlimt = 1", 'rules.ABC001.limt: unknown name "limt"; did you mean limit?'),
        ('[rules.ABC001]\nlimit = "1"', "rules.ABC001.limit: must be int, not '1'"),
        ("[rules.ABC001]\nlimit = true", "rules.ABC001.limit: must be int, not True"),
        ("[rules.ABC001]\nlimit = -1", "rules.ABC001.limit: -1 is refused: 'limit' must be >= 0: -1"),
        ('[rules.ABC001]\nwords = "甲"', "rules.ABC001.words: must be tuple[str, ...], not '甲'"),
        ('[rules.ABC001]\nstrict = "yes"', "rules.ABC001.strict: must be bool, not 'yes'"),
        ('[rules.ABC001]\nlong_name = "c"', "rules.ABC001.long_name: 'c' is refused: 'long_name' must be in ('a', 'b') (got 'c')"),
    ],
)
def test_each_mistake_is_named(text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(text)
    assert caught.value.say("en") == f"config: {message}"
    assert caught.value.say("zh").startswith("config：")


def test_option_value_that_a_converter_cannot_take() -> None:
    with pytest.raises(ConfigError, match=r"rules\.ABC001\.share: 'much' is refused"):
        parse('[rules.ABC001]\nshare = "much"')


def test_mistake_names_the_file_and_the_line(tmp_path: Path) -> None:
    file = tmp_path / "gilint.toml"
    file.write_text("select = [\n'ABC'\nignore", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_config(file, RULES)
    assert caught.value.say("en").startswith(f"{file}: not valid TOML: ")
    assert "line 3" in caught.value.say("en")


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"\xff\xfe", "not UTF-8"), (b"a = " + b"[" * 100_000, "not valid TOML"), (b"#" * 1_000_001, "too large for a configuration")],
    ids=["encoding", "depth", "size"],
)
def test_file_that_is_no_configuration(tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "gilint.toml"
    file.write_bytes(content)
    with pytest.raises(ConfigError, match=message):
        read_config(file, RULES)


def test_file_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_config(tmp_path / "none.toml", RULES)


@pytest.mark.parametrize("content", ["[tool.other]", "tool = 1", "[tool]\ngilint = 1"])
def test_pyproject_without_the_table(tmp_path: Path, content: str) -> None:
    file = tmp_path / "pyproject.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"no table \[tool\.gilint\]"):
        read_config(file, RULES)


def test_code_of_a_plugin_that_could_not_be_loaded_is_passed_over() -> None:
    text = 'ignore = ["PLU001"]\n[severity]\nPLU = "note"\n[rules.PLU001]\nlimit = 1'
    assert parse(text, all_known=False) == Config(ignore=("PLU001",), severity={"PLU": Severity.NOTE})
    with pytest.raises(ConfigError, match="PLU"):
        parse(text)


def test_found_upwards_from_the_document_and_read_once(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b" / "c"
    deep.mkdir(parents=True)
    (tmp_path / "gilint.toml").write_text('lang = "en"', encoding="utf-8")
    # A project file without our table does not end the search.
    (tmp_path / "a" / "pyproject.toml").write_text("[project]\nname = 'x'", encoding="utf-8")
    finder = ConfigFinder(RULES)
    config = finder.for_folder(deep)
    assert (config.lang, config.path) == ("en", tmp_path / "gilint.toml")
    (tmp_path / "gilint.toml").unlink()
    assert finder.for_folder(tmp_path / "a") is config


def test_own_file_comes_before_the_shared_one(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.gilint]\nlang = "en"', encoding="utf-8")
    assert ConfigFinder(RULES).for_folder(tmp_path).lang == "en"
    (tmp_path / "gilint.toml").write_text('fail-on = "note"', encoding="utf-8")
    assert ConfigFinder(RULES).for_folder(tmp_path) == Config(path=tmp_path / "gilint.toml", fail_on="note")


@pytest.mark.parametrize("age", [0, 10], ids=["just now", "a while ago"])
@pytest.mark.parametrize("name", ["gilint.toml", "pyproject.toml"])
def test_changed_file_is_noticed_at_the_next_call(tmp_path: Path, name: str, age: int) -> None:
    file = tmp_path / name
    head = "[tool.gilint]\n" if name == "pyproject.toml" else ""
    seen = []
    for number, language in enumerate(["zh", "en", "zh"]):  # texts of one length: the size alone does not tell
        file.write_text(f'{head}lang = "{language}"', encoding="utf-8")
        written = file.stat().st_mtime_ns - age * 1_000_000_000
        os.utime(file, ns=(written, written + number if age else written))
        seen.append(ConfigFinder(RULES).for_folder(tmp_path).lang)
    file.unlink()
    seen.append(ConfigFinder(RULES).for_folder(tmp_path).fail_on)
    assert seen == ["zh", "en", "zh", "error"]


def test_file_that_was_not_changed_is_read_once_for_many_calls(tmp_path: Path) -> None:
    file = tmp_path / "gilint.toml"
    file.write_text('lang = "en"', encoding="utf-8")
    os.utime(file, ns=(0, 0))
    assert ConfigFinder(RULES).for_folder(tmp_path) is ConfigFinder(RULES).for_folder(tmp_path / "reports")


def test_changed_configuration_applies_to_the_next_lint(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("通知\n请查收。", encoding="utf-8")
    severities = []
    for severity in ("note", "error"):
        (tmp_path / "gilint.toml").write_text(f'severity = {{ DOC = "{severity}" }}', encoding="utf-8")
        severities.append({finding.severity.value for finding in lint(tmp_path / "report.txt").findings})
    assert severities == [{"note"}, {"error"}]


def test_given_configuration_ends_the_search(tmp_path: Path) -> None:
    (tmp_path / "gilint.toml").write_text("nonsense = 1", encoding="utf-8")
    assert ConfigFinder(RULES, Config(lang="en")).for_folder(tmp_path).lang == "en"


@pytest.mark.parametrize(
    ("selection", "chosen"),
    [
        (Selection(), "ABC001 ABC012 DOC001 XYZ001"),
        (Selection(select=("ABC",)), "ABC001 ABC012 DOC001"),
        (Selection(select=("ABC0",), ignore=("ABC01",)), "ABC001 DOC001"),
        (Selection(select=("ABC012",), ignore=("ABC01",)), "ABC012 DOC001"),
        (Selection(select=("ABC",), ignore=("ABC",)), "DOC001"),
        (Selection(select=("ALL",), ignore=("XYZ",)), "ABC001 ABC012 DOC001"),
        (Selection(select=()), "DOC001"),
        # The command line: select replaces that of the configuration, whose ignore still holds where it is more exact.
        (Selection(select=("ABC",), asked=("XYZ",)), "DOC001 XYZ001"),
        (Selection(ignore=("ABC001",), asked=("ABC",)), "ABC012 DOC001"),
        (Selection(ignore=("ABC001",), asked=("ABC001",)), "ABC001 DOC001"),
        (Selection(select=("ABC001",), refused=("ABC",)), "DOC001"),
        (Selection(asked=("ABC001",), refused=("ABC",)), "ABC001 DOC001"),
        # A document that could not be read must not pass because other rules were selected.
        (Selection(ignore=("DOC",)), "ABC001 ABC012 DOC001 XYZ001"),
        (Selection(refused=("DOC",)), "ABC001 ABC012 DOC001 XYZ001"),
        (Selection(refused=("DOC001",)), "ABC001 ABC012 XYZ001"),
        (Selection(ignore=("DOC001",)), "ABC001 ABC012 XYZ001"),
        (Selection(ignore=("DOC001",), asked=("DOC001",)), "DOC001"),
    ],
)
def test_longest_prefix_decides(selection: Selection, chosen: str) -> None:
    assert " ".join(rule.code for rule in RULES if rule in selection) == chosen


def test_selecting_a_code_that_no_rule_has() -> None:
    assert check_codes(["ABC", "ABC001", "ALL"], RULES) == ("ABC", "ABC001", "ALL")
    with pytest.raises(UsageError) as caught:
        check_codes(["ABC002"], RULES)
    assert caught.value.say("en") == "no rule has the code ABC002; did you mean ABC012?"
    assert caught.value.say("zh") == "没有规则 ABC002；是否指 ABC012？"


def test_a_byte_order_mark_is_no_part_of_the_configuration(tmp_path: Path) -> None:
    path = tmp_path / "gilint.toml"
    path.write_text('ignore = ["ABC"]', encoding="utf-8-sig")
    assert read_config(path, RULES).ignore == ("ABC",)
