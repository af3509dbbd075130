"""What the narrative of a report states about the numbers of its tables."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from attrs import frozen

from gilint.data import Data
from gilint.equations import examine, uncertain_rows
from gilint.finding import Excerpt
from gilint.model import Report
from gilint.place import CellRef, Place

MAX_CLAIMS = 2000
"""Claims of one report, and of a paragraph; what has more is no report, and TXT006 says that the rest was not read."""
Number = int | Decimal
Reading = tuple[CellRef, ...]
"""The cells that a statement can mean: their sum."""


class ClaimKind(StrEnum):
    """What a statement says."""

    COUNT = "count"
    """A number of cases or documents (件), or an amount of money (万元)."""
    DENIAL = "denial"
    """There was none: 没有收到政府信息公开申请."""
    ALL_DONE = "all_done"
    """Nothing was left over: 所有申请均已办结."""
    SHARE = "share"
    """A quotient in percent: 占33.9%, 办结率95.8%."""


class Scope(StrEnum):
    """The time that a statement is about."""

    YEAR = "year"
    """The year of the report, as its tables."""
    OTHER = "other"
    """Last year, several years, a part of the year: never compared with the tables."""


@frozen(eq=False, repr=False)
class Quotient(Data):
    """The numbers in the text that a printed share can have been computed from."""

    part: Number
    wholes: tuple[Number, ...]


@frozen(eq=False, repr=False)
class Claim(Data):
    """A statement of the narrative and how it is read."""

    kind: ClaimKind
    subject: str
    """What is counted, by the name of the statement in the vocabulary: ``received``, ``granted``, ``reviews``."""
    value: Number
    """The number; amounts in 万元, shares in percent. 0 of a denial, and of what is left over."""
    readings: tuple[Reading, ...]
    """What it can mean, likeliest first; only such readings whose cells the edition has. Empty of a share."""
    text: str
    """The very words."""
    section: int | None
    """The number of the section, counted from 1; ``None`` for the text before the first."""
    paragraph: int
    """Which paragraph of its section, counted from 1."""
    start: int
    """Where the words begin in the text of the paragraph."""
    end: int
    place: Place
    unit: str = ""
    scope: Scope = Scope.YEAR
    weak: bool = False
    """The words also fit what no table counts, so that another number is no contradiction."""
    whole: int | None = None
    """The position in `claims_of` of the statement of which it is a part (其中)."""
    quotient: Quotient | None = None
    decimals: int = 0
    """Of a share: the digits printed behind the point."""

    @property
    def excerpt(self) -> Excerpt:
        """The words as a finding quotes them."""
        return Excerpt(self.text, self.section, self.place, self.start)

    @property
    def is_compared(self) -> bool:
        """Whether its number can be compared with the tables."""
        return bool(self.readings) and self.scope is Scope.YEAR


def reading_value(report: Report, reading: Reading) -> Number | None:
    """Return the sum of the cells of a reading, ``None`` where a number is missing or may stand in the wrong cell.

    A cell that is blank counts with the number that the equations give it.

    Raises:
        KeyError: the report's form has no such cell.
    """
    doubted = uncertain_rows(report)
    total: Number = 0
    for ref in reading:
        value = report.cell(ref).value
        if value is None:
            value = examine(report).deduced.get(ref)
        if value is None or (doubted and ref[:2] in doubted):
            return None
        total += value
    return total
