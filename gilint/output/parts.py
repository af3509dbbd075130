"""The pieces of a result as people read it: what templates are given besides the document itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from gilint.finding import Change, Severity
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
    possible: bool = False
    """Whether only another way out than the likeliest changes the cell."""


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
    after: str = ""
    """What it should be, by the likeliest repair."""


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
    after: str = ""
    """What becomes of its equations once the likeliest repairs are made; ``""`` where these change nothing in it."""
    causes: tuple[CauseView, ...] = ()
    """Those of its equations that have several ways out."""


@frozen(eq=False, repr=False)
class FindingView:
    """A finding in words."""

    number: int
    """That of its cause's, where it has one."""
    code: str
    name: str
    severity: Severity
    title: str
    message: str
    suggestion: str
    repairs: tuple[tuple[str, ...], ...]
    has_cause: bool
    """Whether it is told under a cause, which has the same repairs."""
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


@frozen(eq=False, repr=False)
class RepairView:
    """A repair in words."""

    changes: tuple[str, ...]
    """What each cell should be, and what it is."""
    slips: tuple[str, ...]
    """How the mistake may have come about."""


@frozen(eq=False, repr=False)
class CauseView:
    """What several findings have in common, in words."""

    number: int
    severity: Severity
    """The worst of its findings'."""
    codes: tuple[str, ...]
    headline: str
    slips: tuple[str, ...]
    """How the mistake may have come about, by the likeliest repair."""
    suggestion: str
    """What to do where there is but one repair; ``""`` otherwise, where the headline says it."""
    changes: tuple[Change, ...]
    """Those of the likeliest repair."""
    others: tuple[RepairView, ...]
    """The other repairs, best first."""
    findings: tuple[FindingView, ...]
    """Its consequences."""
    sources: tuple[str, ...]
    first: int
    place: str
    line: int | None
    column: int | None
    is_only_line: bool
    anchored: bool
    table: str
    """The table in which it stands."""
