"""What a plugin can do wrong, each told with its name and version, and what it can bring."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from attrs import define, field
from attrs.validators import ge

import gilint
from gilint import Finding, PluginError, Registry, Report, Rule, Severity, Text, UsageError, hookimpl, hookspecs
from gilint.facts import rule_faults, rule_options
from gilint.forms import builtin_forms

FORM = (Path(__file__).parent / "forms" / "visits.toml").read_text(encoding="utf-8")


@define
class Sound(Rule):
    """A rule with every fact that a rule needs."""

    code, name, severity = "XYZ001", "reports-exist", Severity.NOTE
    title = Text("有报告", "There is a report")
    message = Text("有报告 {path}", "there is a report {path}")
    rationale = Text("试验用", "For a test")
    source = (Text("试验用", "For a test"),)
    forms = ()

    def check(self, report: Report) -> Iterable[Finding]:
        yield self.find(path=report.path)


def variant(**facts: Any) -> type[Rule]:
    """Return the sound rule with other facts; a fact of ``None`` is taken away."""
    namespace = {name: value for name, value in vars(Sound).items() if not name.startswith("__") and name not in facts}
    return type("Variant", (Rule,), namespace | {name: value for name, value in facts.items() if value is not None})


def plugin(*rules: object, name: str = "outsider", **hooks: Any) -> SimpleNamespace:
    """Return a plugin object that brings rules."""
    return SimpleNamespace(__name__=name, **(hooks or {"gilint_rules": hookimpl(lambda: rules)}))


def problems(*extra: object) -> list[str]:
    return [problem.text.en for problem in Registry.load(extra, installed=False).problems]


def outside_codes(registry: Registry) -> list[str]:
    return [rule.code for rule in registry.rules if registry.owners[rule.code].distribution is None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Make a distribution appear as installed: its module and its metadata lie on the path."""

    def make(distribution: str, version: str, code: str, entry_point: str | None = None) -> None:
        module = distribution.replace("-", "_")
        folder = tmp_path / distribution
        metadata = folder / f"{module}-{version}.dist-info"
        metadata.mkdir(parents=True)
        (folder / f"{module}.py").write_text(textwrap.dedent(code), encoding="utf-8")
        (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n", encoding="utf-8")
        (metadata / "entry_points.txt").write_text(f"[gilint]\n{entry_point or module} = {module}\n", encoding="utf-8")
        monkeypatch.syspath_prepend(str(folder))

    return make


RULE_MODULE = """
    from attrs import define
    import gilint

    @define
    class Outside(gilint.Rule):
        code, name, severity = "{code}", "something-outside", gilint.Severity.NOTE
        title = message = rationale = gilint.Text("外来", "outside")
        source = (gilint.Text("外来", "outside"),)

        def check(self, report):
            return ()

    @gilint.hookimpl
    def gilint_rules():
        return [Outside]
"""


def test_every_hook_is_implemented_by_something_real() -> None:
    hooks = sorted(name for name in vars(hookspecs) if name.startswith("gilint_"))
    assert hooks == ["gilint_claims", "gilint_forms", "gilint_phrases", "gilint_rules"]
    words = "[words]\napplication = ['公开诉求单']"
    hooked = plugin(gilint_rules=hookimpl(lambda: [Sound]), gilint_forms=hookimpl(lambda: [FORM]), gilint_claims=hookimpl(lambda: [words]))
    registry = Registry.load([hooked], installed=False)
    assert registry.phrasings == (words,)
    assert registry.problems == ()
    assert outside_codes(registry) == ["XYZ001"]
    assert [form.id for form in registry.forms if form not in builtin_forms()] == ["visits"]


def test_rules_are_sorted_and_owned() -> None:
    registry = Registry.load([plugin(variant(code="XYZ002"), Sound)], installed=False)
    assert outside_codes(registry) == ["XYZ001", "XYZ002"]
    assert str(registry.owners["XYZ001"]) == "outsider"
    assert registry.rule("XYZ001") is Sound
    assert repr(registry) == f"<Registry: {len(registry.rules)} rules, {len(registry.forms)} forms, 0 problems>"
    with pytest.raises(UsageError, match="XYZ009"):
        registry.rule("XYZ009")


def test_the_core_brings_its_own_rules_under_its_own_name() -> None:
    registry = gilint.load_registry()
    assert {str(owner) for code, owner in registry.owners.items() if code.startswith("DOC9")} == {f"gilint (gilint {gilint.__version__})"}


def test_installed_plugins_load_without_a_problem() -> None:
    registry = gilint.load_registry()
    assert [problem.text.en for problem in registry.problems if problem.plugin.distribution == "gilint"] == []
    assert {code[:3] for code in registry.owners} >= {"DOC", "TPL", "MIS", "VAL", "SUM"}


def test_registry_is_loaded_once() -> None:
    assert gilint.load_registry() is gilint.load_registry()


def test_broken_import_costs_that_plugin_only(install: Callable[..., None]) -> None:
    install("broken-rules", "1.2", "import a_module_that_is_nowhere")
    install("good-rules", "3.4", RULE_MODULE.format(code="GOO001"))
    registry = Registry.load()
    assert "GOO001" in registry.owners
    assert str(registry.owners["GOO001"]) == "good_rules (good-rules 3.4)"
    (problem,) = registry.problems
    assert problem.text.en.startswith(
        "plugin broken_rules (broken-rules 1.2): cannot be imported: ModuleNotFoundError: No module named 'a_module_that_is_nowhere'"
    )
    assert problem.text.zh.startswith("插件 broken_rules (broken-rules 1.2)：无法导入")


def test_plugin_that_exits_on_import_does_not_end_the_run(install: Callable[..., None]) -> None:
    install("leaving-rules", "1.0", "raise SystemExit(3)")
    (problem,) = Registry.load().problems
    assert "leaving_rules (leaving-rules 1.0)" in problem.text.en
    assert "SystemExit: 3" in problem.text.en


def test_entry_point_name_used_twice_names_both(install: Callable[..., None]) -> None:
    install("first-rules", "1.0", RULE_MODULE.format(code="FIR001"), entry_point="same_name")
    install("second-rules", "2.0", RULE_MODULE.format(code="SEC001"), entry_point="same_name")
    registry = Registry.load()
    assert "FIR001" in registry.owners and "SEC001" not in registry.owners
    assert [problem.text.en for problem in registry.problems] == [
        "plugin same_name (second-rules 2.0): it has the same name as plugin same_name (first-rules 1.0); it is not loaded"
    ]


def test_object_with_the_name_of_an_installed_plugin_does_not_replace_it(install: Callable[..., None]) -> None:
    install("first-rules", "1.0", RULE_MODULE.format(code="FIR001"))
    registry = Registry.load([plugin(Sound, name="first_rules"), plugin(Sound, name="twin"), plugin(name="twin")])
    assert [code for code in ("FIR001", "XYZ001") if code in registry.owners] == ["FIR001", "XYZ001"]
    assert [problem.text.en for problem in registry.problems] == [
        "plugin first_rules: it has the same name as plugin first_rules (first-rules 1.0); it is not loaded",
        "plugin twin: it has the same name as plugin twin; it is not loaded",
    ]


class Fragile:
    """A plugin that cannot be looked at."""

    gilint_rules = hookimpl(lambda self: [variant(code="XYZ002")])

    def __dir__(self) -> list[str]:
        raise RuntimeError("no look")


class Nameless(Fragile):
    """A plugin that cannot even be asked for its name."""

    @property
    def __name__(self) -> str:
        raise RuntimeError("no name")


class FragileRule(type):
    """What makes a rule class of which a fact cannot be read."""

    @property
    def rationale(cls) -> Text:
        raise RuntimeError("no fact")


def test_plugin_that_cannot_be_looked_at_costs_itself_alone() -> None:
    registry = Registry.load([Fragile(), Nameless(), plugin(Sound)], installed=False)
    assert outside_codes(registry) == ["XYZ001"]
    said = [problem.text.en for problem in registry.problems]
    assert [text.partition(" (")[0] for text in said] == [
        "plugin Fragile 1: cannot be registered: RuntimeError: no look",
        "plugin Nameless 2: cannot be registered: RuntimeError: no look",
    ]


def test_rule_of_which_a_fact_cannot_be_read_costs_itself_alone() -> None:
    namespace = {name: value for name, value in vars(Sound).items() if not name.startswith("__") and name != "rationale"}
    registry = Registry.load([plugin(FragileRule("Odd", (Rule,), namespace | {"code": "XYZ002"}), Sound)], installed=False)
    assert outside_codes(registry) == ["XYZ001"]
    (problem,) = registry.problems
    assert problem.text.en.startswith("plugin outsider: rule Odd cannot be made: RuntimeError: no fact")


def test_outsider_cannot_take_a_built_in_prefix(install: Callable[..., None]) -> None:
    # Sorts before gilint by name, and is still the one that is refused.
    install("aaa-rules", "1.0", RULE_MODULE.format(code="SUM900"))
    registry = Registry.load()
    assert "SUM900" not in registry.owners and "SUM001" in registry.owners
    (problem,) = registry.problems
    assert problem.text.en.startswith("plugin aaa_rules (aaa-rules 1.0): code prefix SUM clashes with plugin gilint_rules_sums (gilint ")


def test_two_outsiders_with_one_prefix_are_both_named() -> None:
    registry = Registry.load([plugin(Sound, name="one"), plugin(variant(code="XYZ002"), name="two")], installed=False)
    assert outside_codes(registry) == ["XYZ001"]
    assert [problem.text.en for problem in registry.problems] == [
        "plugin two: code prefix XYZ clashes with plugin one; rule XYZ002 is not used"
    ]


def test_one_code_twice_in_a_plugin() -> None:
    assert problems(plugin(Sound, variant())) == ["plugin outsider: code XYZ001 is also that of a rule of plugin outsider; it is not used"]


def test_misspelt_hook_is_an_error_and_not_a_silent_loss() -> None:
    assert problems(plugin(gilint_rule=hookimpl(lambda: [Sound]))) == [
        "plugin outsider: gilint_rule is not a hook of gilint (gilint_claims, gilint_forms, gilint_phrases, gilint_rules)"
    ]


def test_misspelt_hook_of_one_plugin_leaves_the_next_alone() -> None:
    registry = Registry.load([plugin(gilint_rule=hookimpl(lambda: [])), plugin(Sound, name="next")], installed=False)
    assert outside_codes(registry) == ["XYZ001"]


def test_hook_without_its_mark() -> None:
    assert problems(plugin(gilint_rules=lambda: [Sound])) == [
        "plugin outsider: function gilint_rules lacks @gilint.hookimpl and is not called"
    ]


def test_imported_package_called_like_a_hook_is_no_unmarked_hook() -> None:
    import gilint_rules

    assert problems(plugin(gilint_rules=gilint_rules, rules=hookimpl(lambda: [Sound], specname="gilint_rules"))) == []


def test_hook_with_an_argument_that_is_not_in_the_specification() -> None:
    (problem,) = problems(plugin(gilint_rules=hookimpl(lambda configuration: [Sound])))
    assert problem.startswith("plugin outsider: cannot be registered: PluginValidationError")
    assert "configuration" in problem


@pytest.mark.parametrize(
    ("hook", "reason"),
    [
        (lambda: 1 / 0, "ZeroDivisionError: division by zero"),
        (lambda: 5, "TypeError"),
        (lambda: None, None),
        (lambda: (_ for _ in ()).throw(SystemExit(1)), "SystemExit: 1"),
    ],
)
def test_hook_that_crashes(hook: Callable[[], Any], reason: str | None) -> None:
    registry = Registry.load([plugin(gilint_rules=hookimpl(hook)), plugin(Sound, name="next")], installed=False)
    assert outside_codes(registry) == ["XYZ001"]
    messages = [problem.text.en for problem in registry.problems]
    # pluggy takes None for "nothing to say".
    assert messages == [] if reason is None else messages[0].startswith(f"plugin outsider: gilint_rules crashed: {reason}")


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"code": "xyz1"}, "code must be three capitals and three digits, not 'xyz1'"),
        ({"code": None}, "code must be three capitals and three digits, not None"),
        ({"name": "Not Kebab"}, "name must be in kebab-case, not 'Not Kebab'"),
        ({"severity": "error"}, "severity must be a member of Severity, not 'error'"),
        ({"title": Text("只有中文", "")}, "title must be a Text in Chinese and English"),
        ({"message": None}, "message must be a Text in Chinese and English"),
        ({"rationale": "only one language"}, "rationale must be a Text in Chinese and English"),
        ({"suggestion": Text("", "x")}, "suggestion must be a Text in Chinese and English"),
        ({"message": Text("{a", "a")}, "message has a brace without its partner"),
        ({"source": ()}, "source is empty: every rule names the clause it rests on"),
        ({"source": (Text("依据", ""),)}, "source must be a Text in Chinese and English"),
        ({"forms": "gi-annual-report"}, "forms must be a tuple of form ids"),
        ({"examples": ("one",)}, "examples must be a tuple of Example"),
        ({"check": None}, "it does not define check()"),
    ],
)
def test_rule_with_a_wrong_fact_is_refused(facts: dict[str, Any], fault: str) -> None:
    faulty = variant(**facts)
    assert [text.en for text in rule_faults(faulty)] == [fault]
    assert problems(plugin(faulty)) == [f"plugin outsider: rule Variant cannot be used: {fault}"]


def test_what_is_no_rule_is_refused() -> None:
    assert problems(plugin("XYZ001")) == ["plugin outsider: rule 'XYZ001' cannot be used: 'XYZ001' is not a subclass of gilint.Rule"]


def test_option_needs_default_and_explanation() -> None:
    @define
    class Undocumented(Sound):
        code = "XYZ003"
        limit: int
        share: float = 0.5

    assert [text.en for text in rule_faults(Undocumented)] == [
        "option limit has no default",
        "option limit lacks its metadata doc, a Text",
        "option share lacks its metadata doc, a Text",
    ]


def test_options_are_read_from_the_class() -> None:
    @define
    class Optional(Sound):
        code = "XYZ004"
        limit: int = field(default=3, validator=ge(0), metadata={"doc": Text("上限", "Limit")})
        words: tuple[str, ...] = field(factory=tuple, converter=tuple, metadata={"doc": Text("词", "Words")})

    limit, words = rule_options(Optional)
    assert (limit.name, limit.default, limit.type_name) == ("limit", 3, "int")
    assert [limit.accepts(value) for value in (1, True, "1", 1.5)] == [True, False, False, False]
    assert (words.default, [words.accepts(value) for value in (["a"], "a")]) == ((), [True, False])


def test_form_of_a_plugin_is_verified() -> None:
    (problem,) = problems(plugin(gilint_forms=hookimpl(lambda: [FORM.replace('edition = "1"', 'editon = "1"')])))
    assert problem.startswith("plugin outsider: form cannot be used:")
    assert "editon" in problem


def test_form_described_twice_names_both() -> None:
    first, second = (plugin(name=name, gilint_forms=hookimpl(lambda: [FORM])) for name in ("one", "two"))
    assert problems(first, second) == ["plugin two: form visits, edition 1, is also described by one; it is not used"]


def test_form_that_is_no_text() -> None:
    assert problems(plugin(gilint_forms=hookimpl(lambda: [5]))) == ["plugin outsider: gilint_forms returned something that is not text"]


def test_no_rules_at_all_says_how_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gilint.plugins.entry_points", lambda group: [])
    with pytest.raises(PluginError, match=r"pip install -e \."):
        Registry.load()
