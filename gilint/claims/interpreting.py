"""What words mean where they stand: the statement, its cells, and whose numbers they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import define, field

from gilint.claims.drafts import REQUEST, Clause, Count, Draft, about_disclosure, meanings_of, split_at, together
from gilint.claims.lists import listed_columns, summed_up
from gilint.claims.model import ClaimKind, Number, Reading, Scope
from gilint.claims.organs import names_another
from gilint.claims.periods import Periods
from gilint.claims.readings import readings_of, sums
from gilint.claims.tokens import Token
from gilint.claims.vocabulary import Statement, Vocabulary
from gilint.form import Form

_SOME = re.compile(r"(?:属|级|层|内|各|事业|派出)各?(?:单位|机构|部门|站所|学校|医院|乡镇|镇|街道|社区|村)|[科股处]室")
_CONTESTS = ("review", "litigation", "review_and_litigation")


@define(eq=False, repr=False)
class Interpreter:
    """Makes statements of words and numbers, as far as the vocabulary and what was said before allow."""

    vocabulary: Vocabulary
    form: Form
    year: int | None
    organ: str
    """The name of the organ that reports, ``""`` where it is not known."""
    of_section: str | None = None
    """What the section is about before its first word."""
    guarded: bool = False
    """Whether the whole section is about disclosure, so that a suit in it is one about disclosure."""
    drafts: list[Draft] = field(factory=list)
    topic: str | None = field(init=False, default=None)
    """What is spoken of."""
    _text: str = ""
    _clause: Clause = field(factory=lambda: Clause(0))
    _pending: list[Token] = field(factory=list)
    _pending_joins: list[int] = field(factory=list)
    """What the clause before was about, where it had no number, and where its list parts."""
    _wholes: dict[str, int] = field(factory=dict)
    """By topic, the statement of which others can be parts."""
    _listed_from: int = 0
    """The first statement since the last full stop."""
    _counts: list[Count] = field(factory=list)
    _period: Periods = field(init=False)
    _part: bool = False
    _publishing: bool = False
    """Whether the sentence says what was published, which is not all that there is."""
    _number_of_clause: int = 0
    _sentence: int = 0
    _told_in: int = 0
    """The sentence that told what is spoken of."""
    _deciding: bool = False
    """Whether the sentence may be on reviews that the organ decides on."""
    _elsewhere: bool = False
    """Whether the sentence speaks of some of the organs that report, or of others."""
    _disclosure: bool = False
    """Whether the paragraph is about disclosure, so that an application without a name is one for disclosure, and a suit one about it."""

    def __attrs_post_init__(self) -> None:
        self.topic = self.of_section
        self._period = Periods(self.year)

    def _states(self, text: str, start: int, end: int) -> bool:
        """Say whether a sentence can say anything of numbers."""
        return self.vocabulary.claiming.search(text, start, end) is not None or any(
            text.find(word, start, end) >= 0 for word in self.vocabulary.each
        )

    def _pass_over(self, text: str, start: int, end: int) -> None:
        """Take from a sentence without a number only what it is about."""
        if not self.vocabulary.telling.are_in(text, start, end):
            return
        for word in self.vocabulary.telling.within(text[start:end]):
            meanings = self.vocabulary.meanings[word]
            topic = self.vocabulary.topic_of(meanings)
            self._disclosure = self._disclosure or not meanings.isdisjoint(("disclosure", "application"))
            self.topic = topic or self.topic

    def _tell_topic(self, words: Sequence[Token]) -> None:
        topic = self._topic_of(words) if words else None
        if topic is not None:
            self.topic, self._told_in = topic, self._sentence
        elif "foreign" in self._clause.marks:
            self.topic = None
        if words and not self._disclosure and about_disclosure(word.meanings for word in words):
            self._disclosure = True

    def _topic_of(self, words: Sequence[Token]) -> str | None:
        there = together(words)
        topic = self.vocabulary.topic_of(there)
        named = topic is None and "request" in there and (self._disclosure or "every" in self._clause.marks)
        return "applications" if named and any(word.meanings == REQUEST for word in words) else topic

    def _emit(self, parts: Sequence[Sequence[Token]], number: Token, value: Number, end: int) -> bool:
        """Make a claim of a number about the sum of ``parts``, or about each of them; say whether they could be read."""
        if self._is_of_others(parts[0]):
            self._elsewhere = True
        there = together(self._clause.words)
        if not there.isdisjoint(_CONTESTS) and not there.isdisjoint(("handle", "answer")):
            self._deciding = True
        if self._elsewhere:
            return False
        units = self.vocabulary.tables["units"]
        money = number.unit in units["money"] and number.unit != "万"
        resolved: list[tuple[Statement, tuple[Reading, ...], bool]] = []
        for found in [self._statement(part) for part in parts]:
            if found is None or found[0].money is not money or ("rest" in self._clause.marks and not found[0].rest):
                return False
            statement, readings, weak = found
            resolved.append((statement, readings, weak and not self._is_firm(statement, number)))
        if number.unit in units.get("persons", ()) or (not money and value != int(value)):
            return False
        start = min([number.start, *[word.start for part in parts for word in part]])
        if "each" in self._clause.marks and (len(resolved) > 1 or value):
            if len(resolved) == 1 and resolved[0][0].topic == "contests":
                return False
            for statement, readings, weak in resolved:
                self._add(ClaimKind.COUNT, statement, value, readings, start, end, number.unit, weak)
            return True
        statement, readings, weak = resolved[0]
        weak = weak and not self._is_its_money(statement)
        if len(resolved) > 1:
            named = {each[0].name for each in resolved}
            wholes = [each for each in resolved if each[0].whole]
            if len(wholes) > 1 or (wholes and not named <= {"received", "applications", "carried_in"}):
                readings = tuple(dict.fromkeys(reading for each in resolved for reading in each[1]))
            elif len(named) == len(resolved):
                readings = sums([each[1] for each in resolved])
            weak = any(each[2] for each in resolved)
        self._add(ClaimKind.COUNT, statement, value, readings, start, end, number.unit, weak)
        return True

    def _add_remaining(self, number: Token, value: Number, start: int) -> bool:
        """Make a claim of the last kind of applicants, which has no name of its own: 法律服务机构2件，其他1件; say whether there is one."""
        last, listed = listed_columns(self.drafts[self._listed_from :])
        if last is None or last.statement is None or not listed:
            return False
        # Without those that were none they are all others: 自然人5件，商业企业2件，其他3件.
        rest = dict.fromkeys(column for columns in self.vocabulary.applicants.values() for column in columns if column not in listed)
        last_of_all = readings_of(self.form, last.statement, ("other_organisation",))
        readings = tuple(dict.fromkeys((*last_of_all, *readings_of(self.form, last.statement, tuple(rest)))))
        self._add(ClaimKind.COUNT, last.statement, value, readings, start, number.end, number.unit, last.weak)
        return True

    def _is_its_money(self, statement: Statement) -> bool:
        """Say whether it is the money for what stands right before it in the sentence: 政府集中采购46项，金额890万元."""
        last = self.drafts[-1] if self.drafts and len(self._counts) > 1 else None
        before = self._counts[-2] if last is not None else None
        if last is None or before is None or last.statement is None or last.weak:
            return False
        return statement.money and last.statement.topic == statement.topic and before.told and before.sentence == self._sentence

    def _is_firm(self, statement: Statement, number: Token) -> bool:
        return number.unit in statement.firm_units and not self._publishing

    def _add(
        self, kind: ClaimKind, statement: Statement, value: Number, readings: tuple[Reading, ...], start: int, end: int,
        unit: str = "", weak: bool = False,
    ) -> None:  # fmt: skip
        scope = Scope.OTHER if self._period.other else Scope.YEAR
        whole = self._wholes.get(statement.topic) if (self._part and not statement.whole) or statement.result else None
        if statement.adds == "contests":
            whole = None
        if self._part and statement.whole and self._whole is not None and readings and readings[0][0].column != "total":
            whole = self._whole
        draft = Draft(kind, statement.name, value, readings, start, end, unit, scope, weak, whole, statement=statement)
        self.drafts.append(draft)
        if self._counts and kind is ClaimKind.COUNT and not weak:
            self._counts[-1].told = True
        if (statement.whole or statement.adds == "contests") and whole is None and kind is ClaimKind.COUNT:
            self._wholes[statement.topic] = len(self.drafts) - 1

    @property
    def _whole(self) -> int | None:
        """The statement on applications of which others can be parts."""
        return self._wholes.get("applications")

    def _add_up(self, number: Token, value: Number, start: int) -> bool:
        """Make a claim of a number that sums up the list before it (行政复议1件、行政诉讼4件，合计5件); say whether there is one."""
        listed = summed_up(self.drafts[self._listed_from :])
        if len(listed) < 2 or any(draft.weak or draft.scope is Scope.OTHER for draft in listed):
            return False
        cells = tuple(ref for draft in listed for ref in draft.readings[0])
        if len(set(cells)) == len(cells):
            self.drafts.append(Draft(ClaimKind.COUNT, "sum", value, (cells,), start, number.end, number.unit))
        return True

    def _statement(self, words: Sequence[Token]) -> tuple[Statement, tuple[Reading, ...], bool] | None:
        """Return what words mean: the statement, its cells, and whether other numbers would be no contradiction."""
        columns = tuple(
            column
            for name in dict.fromkeys(name for word in words for name in self.vocabulary.applicants if name in word.meanings)
            for column in self.vocabulary.applicants[name]
        )
        rest = [word for word in words if word.meanings.isdisjoint(self.vocabulary.applicants)]
        told = self._topic_of(rest)
        topic = told or self.topic
        if topic is None or (columns and topic != "applications"):
            return None
        meant = [meanings_of(word) for word in rest]
        statement = self.vocabulary.choose(topic, meant) if rest else None
        weak = False
        if columns and (statement is None or statement.name == "applications"):
            if statement is None and any(not meanings & {"request", "suffer", "filler"} for meanings in meant):
                return None
            base = self.drafts[self._whole].statement if self._whole is not None else None
            statement = base or self.vocabulary.choose(topic, [frozenset(("application",))])
            weak = base is None and not about_disclosure(word.meanings for word in (*self._pending, *rest))
        if statement is None or (
            statement.guarded and not (self._disclosure or about_disclosure(word.meanings for word in self._clause.words))
        ):
            return None
        if statement.guarded:
            if "reason" in self._clause.marks and not about_disclosure(word.meanings for word in self._clause.words):
                return None
            # Whoever decides on reviews receives others than those about disclosure: 收到行政复议申请249件，维持79件.
            meant_here = [word.meanings for word in self._clause.words]
            self._deciding = self._deciding or (any("receive" in meanings for meanings in meant_here) and not about_disclosure(meant_here))
        if statement.adds == "decisions" and told is None and self._told_in != self._sentence:
            # 行政许可事项320项。全年办结1200件: much else is handled, too.
            weak = True
        readings = readings_of(self.form, statement, columns)
        return (statement, readings, weak or statement.weak or (statement.guarded and self._deciding)) if readings else None

    def _is_of_others(self, words: Sequence[Token]) -> bool:
        """Say whether a clause begins with the name of another organ."""
        return bool(words) and names_another(self._text[self._clause.begin : words[0].start], self.organ)

    def _deny(self, clause: Clause, denied: Token) -> None:
        """Read a clause without a number that says there was none."""
        if self._elsewhere:
            return
        if (
            not clause.words
            or clause.is_blocked
            or "limited" in clause.marks
            or (clause.words[0].end < denied.start and self._topic_of(clause.words) is None)
        ):
            return
        if "actor" in clause.marks and clause.words[0].start >= denied.end and "request" in clause.words[0].meanings:
            # 外国人未申请: nothing is said of what others did.
            return
        parts = list(split_at(clause.words, clause.joins))
        explicit = self._topic_of(clause.words) is not None
        if self._is_of_others([min(clause.words[0], denied, key=lambda token: token.start)]) or ("vague" in clause.marks and not explicit):
            return
        start, end = min(denied.start, clause.words[0].start), max(denied.end, clause.words[-1].end)
        if _SOME.search(self._text, clause.begin, start):
            return
        of_some = "remaining" in clause.marks or any(not word.meanings.isdisjoint(self.vocabulary.applicants) for word in self._pending)
        for part in parts:
            found = self._statement(part)
            weak = found is not None and found[2] and (not found[0].firm_units or self._publishing)
            whole = found is not None and found[0].whole and found[1][0][0].column == "total"
            if found is not None and found[0].deniable and not weak and not (whole and of_some):
                self._add(ClaimKind.DENIAL, found[0], 0, found[1], start, end)

    def _generalise(self, clause: Clause) -> None:
        """Read a clause without a number that says something of all: all done, all from natural persons."""
        words, drafts = clause.words, self.drafts
        if self._elsewhere or not clause.marks.isdisjoint(("remaining", "rest")):
            # 1件结转下年度，其余均已办结
            return
        if "each" in clause.marks and self._wholes:
            found = self._statement(words)
            # 行政复议1件，结果均为维持: all of those, not of the applications before them.
            at = self._wholes.get(found[0].topic) if found is not None else None
            at = None if at is not None and drafts[at].scope is Scope.OTHER else at
            if found is not None and at is not None and found[1][0][0].column != "total":
                whole = drafts[at]
                self._add(ClaimKind.COUNT, found[0], whole.value, found[1], words[0].start, words[-1].end)
            return
        if "every" not in clause.marks or "timely" in clause.marks or self._period.other:
            return
        if (self._topic_of(words) or self.topic) != "applications" or not any("answer" in word.meanings for word in words):
            return
        statement = self._statement(words)
        left = self.vocabulary.choose("applications", [frozenset(("carried_out",))])
        if statement is not None and left is not None:
            begin = next(at for at in (clause.begin, words[0].start) if at <= words[0].start)
            self._add(ClaimKind.ALL_DONE, left, 0, readings_of(self.form, left), begin, words[-1].end)
