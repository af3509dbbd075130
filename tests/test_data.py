"""Data are compared, hashed and printed by their fields, as classes are that attrs writes these methods for."""

from __future__ import annotations

import pickle
from typing import Any

import attrs
import pytest
from attrs import field, frozen

from gilint import Change, Place, Rule, load_registry
from gilint.data import Data, Shown


@frozen
class ByAttrs:
    name: str
    count: int = 0
    note: str = field(default="", eq=False)
    secret: str = field(default="", repr=False)


@frozen(eq=False, repr=False)
class ByData(Data):
    name: str
    count: int = 0
    note: str = field(default="", eq=False)
    secret: str = field(default="", repr=False)


@frozen(eq=False, repr=False)
class OneField(Data):
    names: tuple[str, ...]


@frozen(eq=False, repr=False)
class Seen(Shown):
    name: str


VARIANTS: list[dict[str, Any]] = [{}, {"count": 1}, {"note": "n"}, {"secret": "s"}, {"count": 1, "note": "n"}]


@pytest.mark.parametrize("one", VARIANTS, ids=str)
@pytest.mark.parametrize("other", VARIANTS, ids=str)
def test_the_same_are_equal_as_with_attrs(one: dict[str, Any], other: dict[str, Any]) -> None:
    expected = ByAttrs("a", **one) == ByAttrs("a", **other)
    first, second = ByData("a", **one), ByData("a", **other)
    assert (first == second) is expected
    assert (first != second) is not expected
    assert len({first, second}) == (1 if expected else 2)


@pytest.mark.parametrize("given", VARIANTS, ids=str)
def test_they_are_printed_as_with_attrs(given: dict[str, Any]) -> None:
    assert repr(ByData("a", **given)) == repr(ByAttrs("a", **given)).replace("ByAttrs", "ByData")


def test_data_of_another_class_are_not_equal() -> None:
    assert ByData("a") != ByAttrs("a")
    assert ByData("a") != "a"
    assert OneField(("a",)) == OneField(("a",)) != OneField(("b",))
    assert hash(OneField(("a",))) == hash(OneField(("a",)))


def test_what_is_only_shown_is_compared_by_identity() -> None:
    one = Seen("a")
    assert one == one and one != Seen("a")
    assert repr(one) == "Seen(name='a')"


def test_data_stay_data_of_attrs() -> None:
    change = Change(("disclosure", "rules", "made"), 1, 2)
    assert attrs.evolve(change, after=3) == Change(("disclosure", "rules", "made"), 1, 3) != change
    assert pickle.loads(pickle.dumps(change)) == change
    assert repr(Place(line=3)).startswith("Place(") and "line=3" in repr(Place(line=3))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        change.after = 3  # type: ignore[misc]


def test_rules_are_compared_by_their_options() -> None:
    rules: list[type[Rule]] = [*load_registry().rules]
    assert [rule() for rule in rules] == [rule() for rule in rules]
    assert len({rule() for rule in rules}) == len(rules)
    rule = next(rule for rule in rules if rule.code == "TXT021")
    assert rule(words=("甲",)) != rule()  # type: ignore[call-arg]
    assert repr(rule(words=("甲",))) == "PlaceholderLeft(words=('甲',))"  # type: ignore[call-arg]
