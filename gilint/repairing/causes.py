"""Repairs of a table taken apart: into causes that every smallest repair keeps apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from math import prod

from attrs import define, field, frozen

from gilint.repairing.filling import Span
from gilint.repairing.search import bits
from gilint.repairing.solving import Changes


@frozen(eq=False)
class Share:
    """What belongs to one cause."""

    equations: int
    """Violated equations, as bits."""
    repairs: tuple[Changes, ...]
    """Every way to make them hold."""
    spans: Mapping[tuple[int, int], Span] = field(factory=dict)
    """By cell and change, where other changes of it do as well: the least and the greatest."""


@define(eq=False)
class _Groups:
    """Bits joined into groups."""

    groups: list[int] = field(factory=list)

    def join(self, mask: int) -> None:
        """Put these bits into one group, with all that are in a group with any of them."""
        apart = [group for group in self.groups if not group & mask]
        for group in self.groups:
            if group & mask:
                mask |= group
        self.groups = [*apart, mask]


def shares(found: Sequence[Changes], masks: Sequence[int], violated: int) -> list[Share]:
    """Take apart the smallest sets of changes of one system.

    Cells that change one equation between them belong together, and so do the violated equations that they make hold. What one set does together
    is one cause; what every set does apart is several, each with its own ways out, which may be combined at will.

    Args:
        found: every smallest set of changes.
        masks: for each cell its equations, as bits.
        violated: the violated equations, as bits.
    """
    blocks = [list(_blocks(changes, masks)) for changes in found]
    groups = _Groups()
    for block in (block for each in blocks for block in each):
        groups.join(_touched(block, masks) & violated)
    apart = [Share(group, _ways(group, blocks, masks)) for group in sorted(groups.groups, key=lambda group: group & -group) if group]
    if prod(len(share.repairs) for share in apart) == len(found) and _together(apart) == {frozenset(each.items()) for each in found}:
        return apart
    # Cells without a number can make one way out depend on another.
    return [Share(violated, tuple(sorted(found, key=lambda changes: sorted(changes.items()))))]


def _together(apart: Sequence[Share]) -> set[frozenset[tuple[int, int]]]:
    """Return the sets of changes that come about when one repair of each cause is chosen at will."""
    return {frozenset(change for each in chosen for change in each.items()) for chosen in product(*(share.repairs for share in apart))}


def _ways(group: int, blocks: Iterable[Iterable[Changes]], masks: Sequence[int]) -> tuple[Changes, ...]:
    """Return what each set does about the equations of a group, once."""
    ways: dict[tuple[tuple[int, int], ...], Changes] = {}
    for each in blocks:
        changes = {cell: change for block in each if _touched(block, masks) & group for cell, change in block.items()}
        ways[tuple(sorted(changes.items()))] = changes
    return tuple(changes for _, changes in sorted(ways.items()))


def _blocks(changes: Changes, masks: Sequence[int]) -> Iterable[Changes]:
    """Return the changes that hang together by their equations."""
    groups = _Groups()
    for cell in changes:
        groups.join(masks[cell])
    for group in groups.groups:
        yield {cell: change for cell, change in changes.items() if masks[cell] & group}


def _touched(changes: Changes, masks: Sequence[int]) -> int:
    touched = 0
    for cell in changes:
        touched |= masks[cell]
    return touched


def equations_behind(group: int, origins: Sequence[int]) -> int:
    """Return the equations of the form of which those of a group are made, as bits."""
    behind = 0
    for equation in bits(group):
        behind |= origins[equation]
    return behind
