"""From sources to results: what is read, which rules run, what a failing rule costs, and in which order findings come."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from attrs import define, field
from attrs.validators import ge

import gilint
from gilint import (
    CellRef,
    Checked,
    ConfigError,
    Excerpt,
    Finding,
    InputNotFoundError,
    Registry,
    Report,
    Rule,
    Severity,
    Text,
    UsageError,
    datasets,
    hookimpl,
    running,
)
from gilint.forms import builtin_forms
from gilint.linter import MAXIMUM_FINDINGS
from gilint.place import Place
from gilint.testing import sample_draft, sample_report, write

FORM = builtin_forms()[-1]
PAGE = write(sample_draft(FORM), "html")
VISITS = (Path(__file__).parent / "forms" / "visits.toml").read_text(encoding="utf-8")
GRANTED = CellRef("applications", "granted", "total")
NEW = CellRef("applications", "new", "business")
FEES = CellRef("disclosure", "fees", "amount")

Check = Callable[[Rule, Report], Iterable[Finding | Checked]]


def rule(check: Check, number: int = 1, **facts: Any) -> type[Rule]:
    """Return a rule that does what ``check`` does."""
    texts = dict.fromkeys(("title", "message", "rationale"), Text("试验 {n}", "test {n}")) | {"source": (Text("试验", "test"),)}
    namespace = {"code": f"XYZ00{number}", "name": f"test-{number}", "severity": Severity.WARNING, "check": check}
    return type(f"Test{number}", (Rule,), texts | namespace | facts)


def registry(*rules: type[Rule], forms: Sequence[str] = ()) -> Registry:
    plugin = SimpleNamespace(__name__="outsider", gilint_rules=hookimpl(lambda: rules), gilint_forms=hookimpl(lambda: forms))
    loaded = Registry.load([plugin], installed=False)
    assert loaded.problems == ()
    return loaded


def run(*rules: type[Rule], **more: Any) -> gilint.Result:
    return gilint.lint(sample_report(FORM), registry=registry(*rules), config=more.pop("config", {}), **more)


def said(result: gilint.Result) -> list[str]:
    return [f"{finding.code} {finding.severity.value}: {finding.say('en')}" for finding in result.findings]


# Reading


@pytest.mark.parametrize("shape", ["path", "string", "bytes", "bytes file", "text file", "text"])
def test_whatever_holds_a_document_is_read(shape: str, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(PAGE, encoding="utf-8")
    sources: dict[str, tuple[Any, str]] = {
        "path": (path, str(path)),
        "string": (str(path), str(path)),
        "bytes": (PAGE.encode(), "<bytes>"),
        "bytes file": (io.BytesIO(PAGE.encode()), "<bytes>"),
        "text file": (io.StringIO(PAGE), "<text>"),
        "text": (PAGE, "<text>"),
    }
    source, name = sources[shape]
    report = gilint.read(source)
    if not shape.endswith("file"):
        assert report.path == name
    assert report.applications["granted", "total"].value == sample_report(FORM).applications["granted", "total"].value
    assert gilint.read(path, name="called.html").path == "called.html"


def test_what_is_not_there_is_an_error_and_no_finding(tmp_path: Path) -> None:
    for call in (gilint.read, gilint.lint, lambda path: gilint.lint_all([path])):
        with pytest.raises(InputNotFoundError):
            call(str(tmp_path / "gone.html"))
    with pytest.raises(FileNotFoundError):
        gilint.lint(tmp_path / "gone.html")
    with pytest.raises(UsageError, match="no document was named"):
        gilint.lint_all([])


@pytest.mark.parametrize("source", [3, None, ["report.html"], object()])
def test_what_cannot_be_read_is_a_wrong_call(source: Any) -> None:
    kind = type(source).__name__
    for call in (gilint.read, gilint.lint):
        with pytest.raises(TypeError, match=f"不能是 {kind} / must be a path, bytes, text or an open file, not {kind}$"):
            call(source)


@pytest.mark.parametrize(
    ("source", "name"), [(io.BytesIO(b"a"), "<file>"), (b"<p>", "<bytes>"), ("一\n二", "<text>"), (Path(__file__), __file__)]
)
def test_document_on_which_reading_fails_keeps_its_name(source: Any, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(running, "recognise", fail)
    result = gilint.lint(source)
    assert ([finding.code for finding in result.findings], result.report.path) == (["DOC902"], name)


def test_lint_takes_a_report_or_its_source() -> None:
    assert gilint.lint(gilint.read(PAGE)).findings == gilint.lint(PAGE).findings == ()


def test_functions_and_their_modules_do_not_hide_each_other() -> None:
    import gilint.linter
    import gilint.linting

    assert callable(gilint.lint) and callable(gilint.read) and callable(gilint.lint_all)
    assert set(gilint.__all__) <= {name for name in gilint.__all__ if getattr(gilint, name, None) is not None}
    assert dir(gilint) == sorted(gilint.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        _ = gilint.nothing


# Rules that fail


def test_crashing_rule_is_a_finding_with_its_plugin_and_the_others_run() -> None:
    def crash(self: Rule, report: Report) -> Iterable[Finding]:
        yield self.find(GRANTED, n=1)
        raise ValueError("no  such\nthing at 0x7f00aa in /home/someone/rules.py")

    result = run(rule(crash, 1), rule(lambda self, report: [self.find(GRANTED, n=2)], 2))
    assert [text.split(" (")[0] for text in said(result)] == [
        "DOC901 error: Rule XYZ001 of plugin outsider crashed: ValueError: no such thing at 0x… in …/rules.py",
        "XYZ001 warning: test 1",
        "XYZ002 warning: test 2",
    ]
    assert "(test_linting:" in result.findings[0].say("zh")


@pytest.mark.parametrize(
    ("check", "reason"),
    [
        (lambda self, report: ["a text"], "TypeError: check() yielded a text, not a finding of XYZ001"),
        (lambda self, report: None, "TypeError: 'NoneType' object is not iterable"),
        (lambda self, report: [self.find(GRANTED)], "KeyError: 'n'"),
        (lambda self, report: [self.find(suggestion=Text("{m}", "{m}"), n=1)], "KeyError: 'm'"),
        (
            lambda self, report: [self.find(CellRef("applications", "granted", "nobody"), n=1)],
            "KeyError: '“applications”表没有列 nobody / table applications has no column nobody'",
        ),
        (
            lambda self, report: [self.find(CellRef("visits", "a", "b"), n=1)],
            "KeyError: '没有表 visits；有：disclosure、applications、reviews / there is no table visits; there are: disclosure, applications, reviews'",
        ),
        (
            lambda self, report: [Finding("SUM001", "stolen", Severity.ERROR, Text("甲", "a"))],
            "TypeError: check() yielded <Finding SUM001 error: 甲>, not",
        ),
        (lambda self, report: [1 / 0], "ZeroDivisionError: division by zero"),
        (lambda self, report: self.check(report), "RecursionError: maximum recursion depth exceeded"),
    ],
)
def test_what_a_rule_can_do_wrong(check: Check, reason: str) -> None:
    (text,) = said(run(rule(check)))
    assert text.startswith(f"DOC901 error: Rule XYZ001 of plugin outsider crashed: {reason}")


@pytest.mark.parametrize(
    ("severity", "verdict"), [(Severity.ERROR, gilint.Verdict.NOT_PUBLISHABLE), (Severity.WARNING, gilint.Verdict.UNDECIDED)]
)
def test_a_rule_that_crashes_hides_no_error_of_others(severity: Severity, verdict: gilint.Verdict) -> None:
    wrong = rule(lambda self, report: [self.find(GRANTED, n=1)], 2, severity=severity)
    assert run(rule(lambda self, report: [1 / 0]), wrong).verdict is verdict


def test_a_flood_of_findings_is_cut_and_said() -> None:
    def flood(self: Rule, report: Report) -> Iterable[Finding]:
        number = 0
        while True:
            number += 1
            yield self.find(GRANTED, n=number)

    texts = said(run(rule(flood)))
    assert len(texts) == MAXIMUM_FINDINGS + 1
    assert (
        texts[0]
        == f"DOC903 error: Rule XYZ001 of plugin outsider found more than {MAXIMUM_FINDINGS} faults in this document; the rest is left out."
    )
    assert texts[-1] == f"XYZ001 warning: test {MAXIMUM_FINDINGS}"


# Which rules run, and how


def test_rules_of_another_form_do_not_run() -> None:
    speak: Check = lambda self, report: [self.find(n=1)]  # noqa: E731
    rules = rule(speak, 1, forms=("gi-annual-report",)), rule(speak, 2, forms=("visits",)), rule(speak, 3, forms=())
    assert [finding.code for finding in run(*rules).findings] == ["XYZ001", "XYZ003"]
    unknown = gilint.lint(Report("x", None), registry=registry(*rules), config={})
    assert [finding.code for finding in unknown.findings] == ["XYZ003"]


def test_configuration_reaches_the_rule() -> None:
    @define
    class Limited(rule(lambda self, report: [self.find(n=self.limit)])):  # type: ignore[misc]
        limit: int = field(default=3, validator=ge(0), metadata={"doc": Text("上限", "Limit")})

    assert said(run(Limited)) == ["XYZ001 warning: test 3"]
    assert said(run(Limited, config={"rules": {"XYZ001": {"limit": 5}}, "severity": {"XYZ": "error"}})) == ["XYZ001 error: test 5"]
    assert said(run(Limited, config={"severity": {"XYZ001": "note", "XYZ": "error"}})) == ["XYZ001 note: test 3"]
    assert said(run(Limited, config={"ignore": ["XYZ"]})) == []
    assert said(run(Limited, config={"ignore": ["XYZ"]}, select="XYZ001, DOC")) == ["XYZ001 warning: test 3"]
    assert said(run(Limited, ignore=["XYZ001"])) == []
    with pytest.raises(ConfigError, match="limit"):
        run(Limited, config={"rules": {"XYZ001": {"limit": -5}}})
    with pytest.raises(UsageError, match="ABC"):
        run(Limited, select=["ABC"])


def test_configured_severity_also_holds_for_failures() -> None:
    (finding,) = run(rule(lambda self, report: [1 / 0]), config={"severity": {"DOC901": "note"}}).findings
    assert finding.severity is Severity.NOTE


def test_configuration_is_a_mapping_a_file_or_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = write(sample_draft(FORM, printed={FEES: "many"}), "html")
    (tmp_path / "report.html").write_text(wrong, encoding="utf-8")
    codes = [finding.code for finding in gilint.lint(wrong, config={}).findings]
    assert codes
    (tmp_path / "gilint.toml").write_text(f"ignore = {codes}", encoding="utf-8")
    assert gilint.lint(tmp_path / "report.html").findings == ()
    assert gilint.lint(gilint.read(tmp_path / "report.html")).findings == ()
    assert gilint.lint(wrong, config=tmp_path / "gilint.toml").findings == ()
    assert gilint.lint(wrong, config=gilint.Config(ignore=tuple(codes))).findings == ()
    monkeypatch.chdir(tmp_path)
    assert gilint.lint(wrong).findings == ()


# Order and places


def test_findings_come_in_the_order_of_the_form_and_then_by_code() -> None:
    excerpt = Excerpt("文字", section=5)
    one = rule(
        lambda self, report: [self.find(NEW, n=1), self.find(excerpts=[excerpt], n=2), self.find(FEES, n=3), self.find(GRANTED, NEW, n=4)],
        1,
    )
    two = rule(lambda self, report: [self.find(NEW, n=5), self.find(n=6), self.find(GRANTED, n=7), self.find(place=Place(line=3), n=8)], 2)
    assert said(run(two, one)) == [
        "XYZ002 warning: test 6",
        "XYZ002 warning: test 8",
        "XYZ001 warning: test 3",
        "XYZ001 warning: test 1",
        "XYZ002 warning: test 5",
        "XYZ001 warning: test 4",
        "XYZ002 warning: test 7",
        "XYZ001 warning: test 2",
    ]


def test_finding_about_cells_gets_the_place_of_the_first_that_has_one() -> None:
    loaded = registry(rule(lambda self, report: [self.find(GRANTED, NEW, n=1), self.find(GRANTED, place=Place(line=1), n=2)]))
    report = gilint.read(PAGE, registry=loaded)
    given, found = sorted(
        gilint.lint(report, registry=loaded, config={}).findings, key=lambda finding: finding.arguments["n"], reverse=True
    )
    assert given.place == Place(line=1)
    assert found.place == report.cell(GRANTED).place is not None


def test_checks_are_collected() -> None:
    result = run(rule(lambda self, report: [self.checked(gilint.Outcome.HOLDS, NEW), self.find(n=1)]))
    assert [(check.code, check.cells) for check in result.checks] == [("XYZ001", (NEW,))]
    assert result.checked == {"XYZ": {"holds": 1, "violated": 0, "not_assessable": 0}}


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (Checked("XYZ002", gilint.Outcome.HOLDS), "not a check of XYZ001"),
        (Checked("XYZ001", "holds"), "not a check of XYZ001"),  # type: ignore[arg-type]
        (Checked("XYZ001", gilint.Outcome.HOLDS, (NEW, CellRef("applications", "gone", "total"))), "KeyError"),
        (Checked("XYZ001", gilint.Outcome.HOLDS, (CellRef("gone", "new", "total"),)), "KeyError"),
    ],
)
def test_check_that_no_output_could_print_costs_its_rule(wrong: Checked, why: str) -> None:
    sound = Checked("XYZ001", gilint.Outcome.HOLDS, (NEW,))
    result = run(rule(lambda self, report: [sound, wrong, sound]))
    (finding,) = result.findings
    assert (finding.code, finding.arguments["rule"], result.checks) == ("DOC901", "XYZ001", (sound,))
    assert why in finding.say("en")


def test_check_about_cells_of_no_form_costs_its_rule() -> None:
    loaded = registry(rule(lambda self, report: [Checked("XYZ001", gilint.Outcome.HOLDS, (NEW,))], forms=()))
    assert [finding.code for finding in gilint.lint(Report("x", None), registry=loaded, config={}).findings] == ["DOC901"]


# Many documents


def test_many_are_linted_in_order_and_only_when_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b.html", "a.html", "c.txt"):
        (tmp_path / name).write_text(PAGE, encoding="utf-8")
    read: list[str] = []
    original = datasets.read_document
    monkeypatch.setattr(datasets, "read_document", lambda source, name: read.append(name) or original(source, name))
    monkeypatch.chdir(tmp_path)
    results = gilint.lint_all(["c.txt", "."])
    assert (len(results), read) == (3, [])
    assert repr(results) == "<Batch of 3 documents, linted one by one when iterated>"
    stream = iter(results)
    assert (next(stream).report.path, read) == ("c.txt", ["c.txt"])
    assert [result.report.path for result in stream] == ["a.html", "b.html"]
    assert results[-1].report.path == "b.html"
    assert [result.report.path for result in results[1:]] == ["a.html", "b.html"]
    assert gilint.lint_all(tmp_path / "a.html")[0].verdict is gilint.Verdict.PUBLISHABLE


def test_results_are_not_kept(tmp_path: Path) -> None:
    import gc
    import weakref

    for number in range(3):
        (tmp_path / f"{number}.html").write_text(PAGE, encoding="utf-8")
    seen = []
    for result in gilint.lint_all([tmp_path]):
        seen.append(weakref.ref(result.report))
        del result
        gc.collect()
    # The loop's own variable was deleted: nothing else may hold on to a report.
    assert [reference() for reference in seen] == [None] * 3


def test_file_that_vanishes_after_the_walk_is_a_finding(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text(PAGE, encoding="utf-8")
    results = gilint.lint_all([tmp_path])
    (tmp_path / "a.html").unlink()
    assert [[finding.code for finding in result.findings] for result in results] == [["DOC002"], []]


def test_wrong_configuration_is_raised_before_the_first_document(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "report.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "deep" / "gilint.toml").write_text("selct = []", encoding="utf-8")
    with pytest.raises(ConfigError, match="selct"):
        gilint.lint_all([tmp_path])


# A form of another kind of report


class TestFormOfAPlugin:
    """One hook makes a form work like the built-in ones: it is recognised, read, checked by the same rules, and written out."""

    REGISTRY: ClassVar[Registry] = Registry.load([SimpleNamespace(__name__="visits", gilint_forms=hookimpl(lambda: [VISITS]))])
    ROWS = (("综合窗口", "10", "8"), ("专业窗口", "5", "4"), ("流动服务窗口", "1", "0"))

    def document(self, visits: str, cases: str) -> str:
        rows = "\n".join(f"| {' | '.join(row)} |" for row in (*self.ROWS, ("窗口合计", visits, cases)))
        return (
            "白石县政务服务大厅窗口工作年度报告（2022年）\n一、基本情况\n各窗口运行平稳。\n二、窗口接待和办理情况\n"
            f"| 窗口名称 | 接待人次 | 办结件数 |\n|---|---|---|\n{rows}\n"
        )

    def test_every_cell_is_read(self) -> None:
        report = gilint.read(self.document("16", "12"), registry=self.REGISTRY)
        assert report.form is not None
        assert (report.form.id, report.edition, report.year) == ("visits", "1", 2022)
        assert [cell.value for cell in report.cells] == [10, 8, 5, 4, 1, 0, 16, 12]

    def test_consistent_report_is_clean(self) -> None:
        result = gilint.lint(self.document("16", "12"), registry=self.REGISTRY)
        assert (result.findings, result.verdict) == ((), gilint.Verdict.PUBLISHABLE)
        assert result.checked == {"SUM": {"holds": 2, "violated": 0, "not_assessable": 0}}

    def test_its_equations_are_checked(self) -> None:
        (finding,) = gilint.lint(self.document("17", "12"), registry=self.REGISTRY).findings
        assert (finding.code, finding.cells[0]) == ("SUM002", CellRef("windows", "total", "visits"))
        assert "General window 10 + Special window 5 + Mobile window 1 = 16 ≠ total 17" in finding.say("en")

    def test_built_in_reports_are_read_as_before(self) -> None:
        assert gilint.lint(PAGE, registry=self.REGISTRY).report.form is FORM


@pytest.mark.parametrize("how", ["a reason that cannot be said", "leaving the program"])
def test_what_a_check_says_or_does_wrong_costs_that_rule_alone(how: str) -> None:
    def check(self: Rule, report: Report) -> Iterable[Finding | Checked]:
        if how == "leaving the program":
            raise SystemExit(3)
        yield Checked("XYZ001", gilint.Outcome.NOT_ASSESSABLE, (), Text("{gone}", "{gone}"))

    result = gilint.lint(PAGE, config={}, registry=registry(rule(check)))
    assert [finding.code for finding in result.findings] == ["DOC901"]


def test_a_form_of_a_plugin_does_not_change_how_a_page_without_tables_is_cut() -> None:
    text = "一、总体情况\n已按要求公开。\n二、主动公开政府信息情况\n见附件。\n"
    report = gilint.read(text, registry=registry(rule(lambda self, report: ()), forms=[VISITS]))
    assert [section.name for section in report.sections] == ["overview", "disclosure"]
