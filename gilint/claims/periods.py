"""Which year a sentence speaks of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from attrs import define

from gilint.claims.tokens import Token

PERIODS = frozenset(("other_period", "this_period", "cumulative"))
"""What words do that name a period."""
A_YEAR = re.compile(r"\d年")
"""What a text must have to name one."""
BEFORE = ("前", "之前", "以前", "及之前", "及以前")
"""Behind a year: all that came before it (2023年前制定的7件)."""


@define(eq=False, repr=False)
class Periods:
    """The period that is spoken of, from word to word of a sentence."""

    year: int | None
    """The year reported on."""
    other: bool = False
    """Whether another period is spoken of."""
    _named: bool = False
    """Whether the sentence has named the year itself."""
    _behind: bool | None = None
    """What `other` is behind a clause that only compares with another year."""
    _outside: bool | None = None
    """The same behind a bracket."""

    def begin(self) -> None:
        """Begin a sentence."""
        self.other = self._named = False
        self._behind = self._outside = None

    def turn(self, text: str, sentence: Sequence[Token], at: int, *, begun: bool = False) -> None:
        """Turn to the year that is named: to the end of the sentence, or of the clause where it is only compared with.

        Args:
            text: the sentence, folded.
            sentence: its tokens.
            at: which of them names a period.
            begun: whether the sentence has given a number of the year: 本年制发3件，累计制发45件.
        """
        token = sentence[at]
        if token.kind == "year":
            other = token.value != self.year or text.startswith(BEFORE, token.end)
        else:
            other = "other_period" in token.roles or not ("this_period" in token.roles or (self._named and not begun))
        if other and self._behind is None and _is_compared_with(sentence, at):
            self._behind = self.other
        # 截至2022年底，累计收到: what is counted up to its end need not be of the year.
        self._named = not other and (self._named or not self.other or token.kind != "year")
        self.other = other

    def bracket(self, mark: str) -> None:
        """Come back behind a bracket to the year that was spoken of before it: 收到5件(上年度为7件)."""
        if mark == "(":
            self._outside = self.other
        elif mark == ")" and self._outside is not None:
            self.other, self._outside = self._outside, None

    def end_clause(self) -> None:
        """Come back behind a comparison."""
        if self._behind is not None:
            self.other, self._behind = self._behind, None


def _is_compared_with(sentence: Sequence[Token], at: int) -> bool:
    """Say whether a year is only compared with: 较2021年的6件下降, 与上年相比."""
    before = next((token for token in reversed(sentence[max(0, at - 2) : at]) if "filler" not in token.roles), None)
    if before is not None and "against" in before.roles:
        return True
    # With or without its number between: 与上年相比, 与2021年的3件相比.
    behind = [token for token in sentence[at + 1 : at + 4] if token.kind != "number" and token.text != "的"][:1]
    return bool(behind) and "against" in behind[0].roles and behind[0].text.startswith("相")


def carried_over(sentence: list[Token], year: int, rule: Mapping[str, str]) -> list[Token]:
    """Read 2021年结转 and 结转2023年 of a report on 2022 as 上年结转 and 结转下年, and 结转至2022年 as the former."""
    if not any(rule["meaning"] in token.meanings for token in sentence):
        return sentence
    made: list[Token] = []
    for token in sentence:
        at = next((at for at in range(len(made) - 1, max(len(made) - 3, -1), -1) if "filler" not in made[at].roles), None)
        if at is not None:
            before = made[at]
            if before.kind == "year" and before.value == year - 1 and rule["meaning"] in token.meanings:
                made[at:] = [token._replace(start=before.start, meanings=frozenset((rule["from_last"],)))]
                continue
            if token.kind == "year" and token.value in (year, year + 1) and rule["meaning"] in before.meanings:
                whence = rule["from_last"] if token.value == year else rule["to_next"]
                made[at:] = [before._replace(end=token.end, meanings=frozenset((whence,)))]
                continue
        made.append(token)
    return made
