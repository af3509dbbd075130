"""What somebody has accepted, and why."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from gilint.data import Data
from gilint.language import Text
from gilint.place import CellRef


@frozen(eq=False, repr=False)
class Waiver(Data):
    """Somebody has accepted findings: which, why, who, and until when. What is ``None`` or empty does not restrict it."""

    code: str
    """A code, or the beginning of some."""
    reason: str
    by: str
    """Who has accepted them."""
    until: date | None = None
    """The last day on which it is in force."""
    organ: str | None = None
    year: int | None = None
    edition: str | None = None
    path: str | None = None
    """Pattern of paths of documents, relative to the folder of the file."""
    cells: tuple[str, ...] = ()
    """As written: names or official labels."""
    texts: tuple[str, ...] = ()
    """Words that the findings quote, or a whole message; of findings that quote nothing, words of the message."""
    file: str = ""
    """The file that it stands in, as people are told of it; ``""`` for one given in Python."""
    line: int | None = None
    refs: frozenset[CellRef] = field(default=frozenset(), repr=False)
    """What ``cells`` names, in every edition."""
    values: tuple[str, ...] = ()
    """What is printed in the cells of the findings, in their order (of an equation the total first), as far as it is given."""

    @property
    def about(self) -> Text:
        """What it accepts, and of whom."""
        whose = self.organ or self.path or ""
        year = Text("，{year} 年度", ", {year}").filled(year=self.year) if self.year else Text("", "")
        return Text(f"{self.code}，{whose}{year.zh}", f"{self.code}, {whose}{year.en}")

    @property
    def where(self) -> Text:
        """Where it stands."""
        if not self.file:
            return Text("在 Python 中给出", "given in Python")
        return Text(f"{self.file} 第 {self.line} 行", f"{self.file}:{self.line}") if self.line else Text(self.file, self.file)
