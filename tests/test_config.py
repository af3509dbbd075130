"""What a configuration may say, where it is found, and how each mistake in it is named."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attrs import define, field
from attrs.validators import ge, in_

from gilint import Config, ConfigError, Finding, Report, Rule, Severity, Text, UsageError, lint
from gilint.config import read_config
from gilint.config_finder import ConfigFinder
from gilint.selection import Selection, check_codes, left_out

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
        (
            "zzz = 1",
            'zzz: unknown name "zzz"; there are: fail-on, ignore, lang, repair, rules, select, severity, show-personal-data, templates, waivers',
        ),
        ('select = "ABC"', 'select: must be a list of codes, for example ["SUM", "VAL001"]; it is "ABC"'),
        ("ignore = [1]", 'ignore: must be a list of codes, for example ["SUM", "VAL001"]; it is [1]'),
        ('select = ["ABD001"]', "select: no rule has the code ABD001; did you mean ABC001?"),
        ('ignore = [""]', 'ignore: no rule has the code ""; there are the families ABC, DOC, XYZ'),
        ('fail-on = "fatal"', 'fail-on: must be one of: error, warning, note, never; it is "fatal"'),
        ("show-personal-data = 1", "show-personal-data: must be one of: true, false; it is 1"),
        ("fail-on = 1", "fail-on: must be one of: error, warning, note, never; it is 1"),
        ('lang = "fr"', 'lang: must be one of: zh, en; it is "fr"'),
        ("templates = 1", "templates: must be the path of a folder; it is 1"),
        ('templates = "nowhere"', "templates: there is no folder nowhere"),
        ("repair = 1", "repair: must be a table, written [repair]; it is 1"),
        ("[repair]\nfixd = []", 'repair.fixd: unknown name "fixd"; did you mean fixed?'),
        (
            '[repair]\nfixed = "applications.new.total"',
            'repair.fixed: must be a list of cells, for example ["applications.total.total"]; * is anything; it is "applications.new.total"',
        ),
        ("[repair]\nweights = 2", "repair.weights: must be a table of cells and weights; it is 2"),
        ("[repair.weights]\n'applications.*' = 0", "repair.weights.applications.*: must be a number above 0; it is 0"),
        ("[repair.weights]\napplications.new.total = true", "repair.weights.applications.new.total: must be a number above 0; it is true"),
        ("[repair.weights]\n'applications.*' = inf", "repair.weights.applications.*: must be a number above 0; it is inf"),
        ('severity = "error"', 'severity: must be a table, written [severity]; it is "error"'),
        ('[severity]\nABC001 = "off"', 'severity.ABC001: must be one of: error, warning, note; it is "off"'),
        ('[severity]\nABX001 = "error"', "severity.ABX001: no rule has the code ABX001; did you mean ABC001?"),
        ("[rules]\nABC = {}", "rules.ABC: no rule has the code ABC; did you mean ABC001?"),
        ("[rules]\nABC001 = 1", "rules.ABC001: must be a table of options, written [rules.ABC001]; it is 1"),
        ("[rules.ABC001]\nlimt = 1", 'rules.ABC001.limt: unknown name "limt"; did you mean limit?'),
        ('[rules.ABC001]\nlimit = "1"', 'rules.ABC001.limit: must be a whole number; it is "1"'),
        ("[rules.ABC001]\nlimit = true", "rules.ABC001.limit: must be a whole number; it is true"),
        ("[rules.ABC001]\nlimit = -1", "rules.ABC001.limit: -1 is refused: must be at least 0"),
        ('[rules.ABC001]\nwords = "甲"', 'rules.ABC001.words: must be a list in square brackets; it is "甲"'),
        ('[rules.ABC001]\nstrict = "yes"', 'rules.ABC001.strict: must be true or false; it is "yes"'),
        ('[rules.ABC001]\nlong_name = "c"', "rules.ABC001.long_name: \"c\" is refused: must be one of: 'a', 'b'"),
    ],
)
def test_each_mistake_is_named(text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(text)
    assert caught.value.say("en") == f"config: {message}"
    assert caught.value.say("zh").startswith("config：")


def test_option_value_that_a_converter_cannot_take() -> None:
    with pytest.raises(ConfigError, match=r'rules\.ABC001\.share: "much" is refused'):
        parse('[rules.ABC001]\nshare = "much"')


@pytest.mark.parametrize(
    ("text", "place", "zh", "en"),
    [
        ("select = [\n'ABC'\nignore", "3:1", "方括号没有闭合，或两项之间缺少逗号；这一行是：ignore", "Unclosed array; the line is: ignore"),
        (
            'lang = "zh"\nfail-on error\n',
            "2:9",
            "名称后面缺少“=”；这一行是：fail-on error",
            "Expected '=' after a key in a key/value pair; the line is: fail-on error",
        ),
        ("lang = zh", "1:8", "“=”后面的值不能识别，文字要加双引号；这一行是：lang = zh", "Invalid value; the line is: lang = zh"),
        ('lang = "zh', "1", '引号没有闭合；这一行是：lang = "zh', 'Unterminated string; the line is: lang = "zh'),
        (
            'lang = "zh"\n\nlang = "en"\n',
            "3:12",
            '同一名称出现了两次；这一行是：lang = "en"',
            'Cannot overwrite a value; the line is: lang = "en"',
        ),
        ("[rules]\n[rules]", "2:7", "同一个表出现了两次；这一行是：[rules]", "Cannot declare ('rules',) twice; the line is: [rules]"),
        ("lang = 1 2", "1:10", "一行只能写一项，行末有多余的内容", "Expected newline or end of document after a statement"),
        ("= 1", "1:1", "不是“名称 = 值”的写法", "Invalid statement"),
        ("[rules", "1", "表名后面缺少“]”", "Expected ']' at the end of a table declaration"),
        ("a = 'b\n'", "1:7", "引号没有在本行闭合", "Found invalid character"),
        ('a = "\\y"', "1:8", "双引号中的“\\”要写成“\\\\”，或改用单引号", "Unescaped"),
    ],
)
def test_broken_file_is_told_in_both_languages_with_its_place(tmp_path: Path, text: str, place: str, zh: str, en: str) -> None:
    file = tmp_path / "gilint.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_config(file, RULES)
    line, _, column = place.partition(":")
    where = f"{file} 第 {line} 行" + (f"第 {column} 字" if column else "")
    assert caught.value.say("zh").startswith(f"{where}：不是有效的 TOML：{zh}")
    assert caught.value.say("en").startswith(f"{file}:{place}: not valid TOML: {en}")


@pytest.mark.parametrize(
    ("text", "line", "zh"),
    [
        ('lang = "zh"\nfail-on = "fatal"', 2, 'fail-on：应为其中之一：error、warning、note、never；现为 "fatal"'),
        ('lang = "zh"\n\n[rules.ABC001]\n# why\nlimit = "x"', 5, 'rules.ABC001.limit：应为整数；现为 "x"'),
        ("[rules]\nABC001.limit = -1", 2, "rules.ABC001.limit：-1 不可用：不能小于 0"),
        ('[rules]\nABC001 = {limit = "x"}', 2, 'rules.ABC001.limit：应为整数；现为 "x"'),
        ('[rules."ABC001"]\n"long_name" = "c"', 2, "rules.ABC001.long_name：\"c\" 不可用：应为其中之一：'a', 'b'"),
        ("select = [\n 'ABC',\n 'ABD001',\n]", 1, "select：没有规则 ABD001；是否指 ABC001？"),
        ("[rules.ABC001]\nwords = 1", 2, "rules.ABC001.words：应为列表，写在方括号中；现为 1"),
        ("[rules.ABC001]\nstrict = 1", 2, "rules.ABC001.strict：应为是或否（true 或 false）；现为 1"),
        ("[rules.ABC001]\nlong_name = 1", 2, "rules.ABC001.long_name：应为文字，写在双引号中；现为 1"),
        ("[severity]\nABC = 1", 2, "severity.ABC：应为其中之一：error、warning、note；现为 1"),
        ("rules = 1", 1, "rules：应为一个表，写作 [rules]；现为 1"),
        ("templates = 1", 1, "templates：应为文件夹的路径；现为 1"),
        ("a = '''\nlang = 1\n'''\nlang = 1", None, "a：未知的名称“a”"),
    ],
)
def test_wrong_value_is_told_with_the_line_of_its_key(tmp_path: Path, text: str, line: int | None, zh: str) -> None:
    file = tmp_path / "gilint.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_config(file, RULES)
    assert caught.value.say("zh").startswith(f"{file} 第 {line} 行：{zh}" if line else f"{file}：{zh}")
    assert caught.value.say("en").startswith(f"{file}:{line}: " if line else f"{file}: ")


def test_line_in_a_project_file_is_that_of_our_table(tmp_path: Path) -> None:
    file = tmp_path / "pyproject.toml"
    file.write_text("[tool.other]\nlang = 1\n\n[tool.gilint]\nlang = 1\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_config(file, RULES)
    assert caught.value.say("en") == f"{file}:5: lang: must be one of: zh, en; it is 1"


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


def test_configuration_that_appears_later_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    severities = []
    for place, severity in ((None, "error"), (tmp_path, "note"), (tmp_path / "a", "warning"), (deep, "note")):
        if place is not None:
            (place / "gilint.toml").write_text(f'severity = {{ DOC = "{severity}" }}', encoding="utf-8")
        severities.append((severity, {finding.severity.value for finding in lint("通知\n请查收。").findings}))
    assert all(found == {expected} for expected, found in severities)


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


def test_cells_that_no_form_has_are_refused_before_anything_is_read(tmp_path: Path) -> None:
    file = tmp_path / "gilint.toml"
    file.write_text('lang = "zh"\n[repair]\nfixed = ["applications.new.totel"]\n', encoding="utf-8")
    expected = re.escape(f"{file}:3: repair.fixed: no form has a cell applications.new.totel; did you mean applications.new.total?")
    with pytest.raises(ConfigError, match=expected):
        lint(b"x", config=file)
    with pytest.raises(ConfigError, match=r"config: repair\.weights: no form has a cell nothing\.\*"):
        lint(b"x", config={"repair": {"weights": {"nothing.*": 2}}})
    assert lint(b"x", config={"repair": {"fixed": ["disclosure.procurement.*"], "weights": {"disclosure": {"fees": {"amount": 2}}}}})


def test_what_is_left_out_is_told_by_family_where_nothing_of_it_runs() -> None:
    assert left_out(RULES, Selection()) == ()
    assert left_out(RULES, Selection(refused=("ABC001",))) == ("ABC001",)
    assert left_out(RULES, Selection(asked=("XYZ",))) == ("ABC",)  # DOC001 always runs
    assert left_out(RULES, Selection(asked=("ABC012",))) == ("ABC001", "XYZ")
    assert left_out(RULES, Selection(asked=("XYZ",), refused=("DOC001",))) == ("ABC", "DOC")
