"""Regular expressions that are compiled late: all of them are right, and they behave as those that are compiled at once."""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import walk_packages

import pytest

import gilint
from gilint.patterns import deferred, either


def deferred_in_gilint() -> dict[str, re.Pattern[str]]:
    names = [found.name for found in walk_packages(gilint.__path__, "gilint.") if not found.name.endswith("__main__")]
    modules = {name: import_module(name) for name in names}
    stand_in = type(deferred(""))
    return {
        f"{name}:{key}": value for name, module in modules.items() for key, value in vars(module).items() if isinstance(value, stand_in)
    }


def test_every_pattern_can_be_compiled() -> None:
    found = deferred_in_gilint()
    assert len(found) > 30
    for pattern in found.values():
        assert isinstance(re.compile(pattern.pattern, pattern.flags), re.Pattern)


def test_a_mistake_shows_at_the_first_use() -> None:
    wrong = deferred("(")
    with pytest.raises(re.error):
        wrong.search("text")


def test_it_behaves_as_a_compiled_pattern() -> None:
    late, early = deferred("(?P<letter>[a-z])", re.IGNORECASE), re.compile("(?P<letter>[a-z])", re.IGNORECASE)
    text = "1a2B"
    assert [match["letter"] for match in late.finditer(text)] == [match["letter"] for match in early.finditer(text)] == ["a", "B"]
    assert late.sub("", text) == early.sub("", text)
    assert late.split(text) == early.split(text)
    assert late.search(text, 2).group() == "B"  # type: ignore[union-attr]
    assert (late.pattern, late.flags, late.groups) == (early.pattern, early.flags, early.groups)
    assert deferred(b"[0-9]").findall(b"1a2") == [b"1", b"2"]


@pytest.mark.parametrize("characters", ["、.．,，:：", ")）〕】", "-–—至", "^]\\\\ \n"])
def test_either_is_one_of_the_characters_without_a_set(characters: str) -> None:
    pattern = re.compile(f"(?<={either(characters)})x|{either(characters)}{{2}}")
    assert [match[0] for match in pattern.finditer("".join(f"{character}xy" for character in characters))] == ["x"] * len(characters)
    assert pattern.fullmatch(characters[:2]) and not pattern.fullmatch("xx") and not pattern.fullmatch(characters[:1])
    assert "[" not in either(characters).replace("\\[", "")
