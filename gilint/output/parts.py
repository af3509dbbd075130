"""The pieces of a result as people read it: what templates are given besides the document itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from gilint.finding import Severity
from gilint.values import CellState

if TYPE_CHECKING:
    from gilint.output.layout import Heading


@frozen(eq=False, repr=False)
class Mark:
    """The number of a finding, at a cell."""

    number: int
    severity: Severity
    anchor: bool
    """Whether the finding's own link leads here."""


@frozen(eq=False, repr=False)
class SlotView:
    """A cell as drawn."""

    text: str
    state: CellState
    printed: str = ""
    """What was printed, where it differs from the number."""
    marks: tuple[Mark, ...] = ()
    severity: Severity | None = None
    """The worst of the findings that mark the cell."""
    involved: tuple[int, ...] = ()
    """Findings that the cell belongs to without being marked by them."""
    column_span: int = 1


@frozen(eq=False, repr=False)
class TableView:
    """One of the official tables, redrawn."""

    name: str
    title: str
    found: bool
    lines: tuple[tuple[Heading | SlotView, ...], ...]
    head: int
    width: int
    flat: bool


@frozen(eq=False, repr=False)
class FindingView:
    """A finding in words."""

    number: int
    code: str
    name: str
    severity: Severity
    title: str
    message: str
    suggestion: str
    repairs: tuple[tuple[str, ...], ...]
    excerpts: tuple[tuple[str, str], ...]
    """Section and text."""
    sources: tuple[str, ...]
    first: int
    """The number of the first finding with the same clauses, which need to be printed only there."""
    place: str
    line: int | None
    """In the source, if that has lines."""
    column: int | None
    is_only_line: bool
    """Whether line and column say all that is known of the place."""
    cells: str
    anchored: bool
    """Whether a cell carries its number."""


@frozen(eq=False, repr=False)
class WaivedView:
    """A finding that is accepted, in words."""

    finding: FindingView
    waiver: str
    """Why, by whom, until when."""
