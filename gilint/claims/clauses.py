"""The grammar: clauses of a paragraph to statements about numbers.

A clause gathers the words that mean something until a number comes. The statement that explains all of them, and nothing that is not
known between the first and the number, is what the number means. Whatever does not fit is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from attrs import define

from gilint.claims.drafts import (
    CASES,
    REQUEST,
    Clause,
    Count,
    Draft,
    comes_from,
    counts_unknown,
    ends_at,
    is_bracketed,
    object_of,
    sorts_papers,
    split_at,
    together,
)
from gilint.claims.interpreting import Interpreter
from gilint.claims.model import MAX_CLAIMS, ClaimKind, Number
from gilint.claims.periods import A_YEAR, PERIODS, carried_over
from gilint.claims.shares import read_share
from gilint.claims.tokens import Token, fold, offsets, tokens

_SENTENCE = re.compile(r"[^。;；!！?？\n]+")
_FILLER = frozenset(("filler",))
_NUMBERED = re.compile(r"[(（]?[一二三四五六七八九十]{1,3}[)）、.．]")
_DOING = frozenset(("receive", "receive_new", "handle", "answer"))
_REMEMBERED = 100
"""Numbers of a paragraph of which a share can be; those further back are forgotten."""
_LONGEST_SENTENCE = 1500
"""A longer one is no sentence, and nobody could say what its numbers are about."""


@define(eq=False, repr=False)
class ClauseReader(Interpreter):
    """Reads one paragraph after the other of a section; what it is about goes on from sentence to sentence."""

    _waiting: tuple[Token, Number, int] | None = None
    """A number of which nothing is said yet, and its clause."""

    def read(self, text: str) -> list[Draft]:
        """Return the statements of a paragraph."""
        self.drafts, self._wholes, self._counts, self._listed_from = [], {}, [], 0
        if _NUMBERED.match(text):
            # A new point, which may be about anything.
            self.topic = self.of_section
        self._disclosure = self.guarded or self.topic == "applications"
        for sentence in _SENTENCE.finditer(text):
            if len(self.drafts) >= MAX_CLAIMS:
                break
            start, end = sentence.span()
            if end - start > _LONGEST_SENTENCE:
                self.topic = None
            elif self._states(text, start, end):
                self._read_sentence(text[start:end], start)
            else:
                self._pass_over(text, start, end)
            if text[end : end + 1] not in (";", "；"):
                self._listed_from = len(self.drafts)
        return self.drafts

    def _read_sentence(self, printed: str, start: int) -> None:
        text = self._text = fold(printed)
        if sorts_papers(text):
            self._pass_over(text, 0, len(text))
            return
        sentence = tokens(text, self.vocabulary)
        if self.year is not None and A_YEAR.search(text):
            sentence = carried_over(sentence, self.year, self.vocabulary.tables["carried"])
        self._part = self._publishing = self._deciding = self._elsewhere = False
        self._period.begin()
        self._pending, self._clause, self._waiting = [], Clause(0), None
        self._sentence += 1
        first, at = len(self.drafts), 0
        while at < len(sentence):
            token, kind = sentence[at], sentence[at].kind
            if kind == "number":
                at = self._take_number(sentence, at)
                continue
            if kind == "word":
                self._take_word(token, sentence[at - 1] if at else None)
                if token.roles and not token.roles.isdisjoint(PERIODS):
                    self._period.turn(text, sentence, at, begun=len(self.drafts) > first)
            elif kind == "separator":
                self._part = self._part or token.text == "("
                # 各镇(街道)收到: the bracket does not end whose numbers they are.
                self._elsewhere = self._elsewhere or (token.text == "(" and "scoping" in self._clause.marks)
                self._end_clause(token.end)
                self._period.bracket(token.text)
            elif kind == "percent":
                self._take_percent(token, is_bracketed(sentence, at))
            elif kind == "year":
                self._period.turn(text, sentence, at)
            else:
                self._take_unknown(token)
            at += 1
        self._end_clause(len(text))
        if len(self.drafts) > first:
            where = offsets(printed)
            for draft in self.drafts[first:]:
                draft.start, draft.end = start + where[draft.start], start + where[draft.end - 1] + 1

    def _take_word(self, token: Token, before: Token | None) -> None:
        clause, roles, meanings = self._clause, token.roles, token.meanings
        if roles and roles != _FILLER:
            if "joining" in roles and not meanings:
                self._join(token)
                return
            self._act(token, before)
        if not meanings:
            return
        self._deciding = self._deciding or "adjudicate" in meanings
        self._publishing = self._publishing or "publish" in meanings
        if "foreign" in roles:
            return
        if meanings == REQUEST and before is not None and before.kind == "residue" and before.end == token.start:
            # An application of another kind, for a flat or a licence.
            clause.marks.add("foreign")
            return
        if "gap" in clause.marks and "request" not in meanings and self._topic_of([token]) is None:
            self._tell_topic(clause.words)
            clause.marks.discard("gap")
            clause.words.clear()
            clause.joins.clear()
        if not clause.words and before is not None and before.kind == "residue" and self._topic_of([token]) is not None:
            clause.marks.add("stray")
        clause.words.append(token)

    def _act(self, token: Token, before: Token | None) -> None:
        """Do what a word does besides meaning something."""
        clause, roles = self._clause, token.roles
        if "denying" in roles:
            clause.denied = token
            if before is not None and before.kind == "residue" and before.end == token.start:
                clause.marks.add("actor")
        self._part = self._part or "parts" in roles
        if "share" in roles and clause.words:
            # 自然人占八成: the share of something that has no number.
            clause.marks.add("unnumbered")
        clause.marks.update(roles)
        if "covering" in roles:
            self._elsewhere = False
        if "respectively" in roles and not clause.words and not clause.numbers and self._pending:
            # 予以公开、部分公开的，分别为3件、2件
            clause.words, clause.joins = self._pending, self._pending_joins
        if "widening" in roles and not clause.words:
            # 通过网站、信函等渠道: the ways that there are.
            clause.marks -= {"narrowing", "foreign"}
        if "share" in roles or "rate" in roles:
            clause.share = token

    def _join(self, token: Token) -> None:
        clause = self._clause
        if clause.queue:
            return
        if clause.numbers:
            self._end_clause(token.end)
        elif clause.words and (not clause.joins or clause.joins[-1] < len(clause.words)):
            clause.joins.append(len(clause.words))

    def _take_unknown(self, token: Token) -> None:
        clause = self._clause
        if token.kind == "aside" and token.unit:
            # A month alone is a part of the year; a day stands in the dates of the whole year.
            self._period.other = self._period.other or not token.text.endswith(("日", "号"))
            return
        if clause.denied is not None and not clause.words:
            clause.denied = None
        if clause.words and clause.words[-1].text == "因":
            # 因征地拆迁引发的行政复议: those for one reason.
            clause.marks.add("reason")
        if clause.words:
            clause.marks.update(("gap", "limited") if clause.denied is not None else ("gap",))

    def _take_number(self, sentence: Sequence[Token], at: int) -> int:
        """Read a number with the words before and after it; return where to go on."""
        token, clause = sentence[at], self._clause
        after, following, clean = object_of(sentence, at + 1)
        if not token.unit and not (clause.words and ends_at(sentence, at + 1)):
            self._spend()
            return at + 1
        if clause.denied is not None and token.value == 1 and not clause.numbers and not clause.words:
            return at + 1
        clause.numbers += 1
        self._elsewhere = self._elsewhere or "scoping" in clause.marks
        value = self._count(token)
        blocked = clause.is_blocked or clause.denied is not None or comes_from(sentence, at + 1)
        if value is None or blocked or (after and "foreign" in after[0].roles):
            turned = token.unit in CASES and "gap" in clause.marks and self._topic_of(clause.words) is None
            turned = turned and any(not word.meanings.isdisjoint(_DOING) for word in clause.words)
            self._spend()
            if turned:
                # 办理法律援助案件23件，办结20件: something else is spoken of.
                self.topic = None
            return at + 1
        if not clause.words and at and "totalling" in sentence[at - 1].roles and self._add_up(token, value, sentence[at - 1].start):
            return at + 1
        if not clause.words and at and "remaining" in sentence[at - 1].roles and self._add_remaining(token, value, sentence[at - 1].start):
            return at + 1
        if "respectively" in clause.marks and (clause.queue or clause.joins):
            clause.queue = clause.queue or list(split_at(clause.words, clause.joins))
            self._emit([clause.queue.pop(0)], token, value, token.end)
            if not clause.queue:
                self._spend()
            return at + 1
        parts = list(split_at(clause.words, clause.joins))
        if parts and self._topic_of(clause.words) is not None and self._emit(parts, token, value, token.end):
            self._spend()
            return at + 1
        return self._take_object(sentence, at, value, (after, following, clean))

    def _take_object(self, sentence: Sequence[Token], at: int, value: Number, found: tuple[list[Token], int, bool]) -> int:
        """Read a number whose words before it do not say by themselves what is counted."""
        (after, following, clean), clause, token = found, self._clause, sentence[at]
        meant = [word for word in after if word.meanings]
        if meant and clean and self._emit([[*clause.words, *meant]], token, value, meant[-1].end):
            clause.words.extend(meant)
            self._spend()
            return following
        vague = "vague" in clause.marks or any("vague" in word.roles for word in after)
        told = False
        if clean and not vague and not meant and "stray" not in clause.marks:
            words = clause.words or (self._pending if clause.numbers == 1 else [])
            told = bool(words) and self._emit(list(split_at(words, clause.joins)), token, value, token.end)
        if not told and not clause.words and all(word.meanings <= {"request", "handle", "suffer"} for word in meant):
            self._waiting = (token, value, self._number_of_clause)
            first = not any(count.sentence == self._sentence for count in self._counts[:-1])
            if first and not self._part and "narrowing" not in clause.marks and counts_unknown(sentence, at):
                self.topic = None
        self._spend()
        return at + 1

    def _count(self, token: Token) -> Number | None:
        """Return the number of a token in 件 or 万元, and keep it for the shares that follow."""
        value = token.value
        if value is not None and token.unit in ("元", "亿元"):
            value = Decimal(value) / 10_000 if token.unit == "元" else value * 10_000
        clause = self._clause
        if value is not None and "comparing" not in clause.marks:
            if len(self._counts) >= 2 * _REMEMBERED:
                del self._counts[:_REMEMBERED]
            self._counts.append(Count(value, self._number_of_clause, together(clause.words), self._sentence))
        return value

    def _take_percent(self, token: Token, bracketed: bool) -> None:
        answered = any(
            draft.statement is not None and draft.subject in ("answered", "handled") and not draft.weak for draft in self.drafts[-1:]
        )
        draft = (
            None
            if self._period.other
            else read_share(token, self._clause, self._counts, self._number_of_clause, self._sentence, answered, bracketed)
        )
        if draft is not None and draft.quotient is not None and (draft.quotient.wholes or self.topic == "applications"):
            self.drafts.append(draft)

    def _end_clause(self, begin: int) -> None:
        clause, blocked = self._clause, self._clause.is_blocked
        if clause.denied is not None and not clause.numbers:
            self._deny(clause, clause.denied)
        elif clause.words and not blocked:
            if not clause.numbers:
                self._generalise(clause)
            self._settle(clause)
        self._pending = [] if clause.numbers or blocked or clause.denied else clause.words
        self._pending_joins = clause.joins
        self._tell_topic(clause.words)
        self._period.end_clause()
        self._number_of_clause += 1
        self._clause = Clause(begin)

    def _settle(self, clause: Clause) -> None:
        """Read what becomes of the number of the clause before: 尚有2件正在办理中，结转下年度继续办理."""
        waiting = self._waiting
        if waiting is None or waiting[2] != self._number_of_clause - (not clause.numbers) or clause.numbers > 1:
            return
        found = self._statement(clause.words)
        if found is not None and found[0].rest:
            self._waiting = None
            self._add(ClaimKind.COUNT, found[0], waiting[1], found[1], waiting[0].start, clause.words[-1].end, waiting[0].unit)

    def _spend(self) -> None:
        """Begin anew behind a number."""
        clause = self._clause
        self._tell_topic(clause.words)
        clause.words = []
        clause.joins = []
        clause.marks.discard("gap")
