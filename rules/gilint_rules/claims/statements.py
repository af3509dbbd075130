"""Do the statements of the narrative agree with each other?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gilint import (
    MAX_CLAIMS,
    CellRef,
    Checked,
    Claim,
    ClaimKind,
    Example,
    Finding,
    Outcome,
    Report,
    Rule,
    Scope,
    Severity,
    Text,
    claims_of,
    reading_value,
)
from gilint_rules import ARTICLE_50
from gilint_rules.claims.cells import example
from gilint_rules.claims.comparing import Number, is_contradicted, shown

_ALL_COLUMNS = 6
_RESULTS = ("granted", "partly_granted", "refused", "unavailable", "not_processed", "other")
_OUTCOMES = ("upheld", "corrected", "other", "pending")
_OF_CONTESTS = {
    "reviews": (tuple(f"reviews.{outcome}" for outcome in _OUTCOMES),),
    "litigation": (("litigation_direct", "litigation_after_review"), tuple(f"litigation.{outcome}" for outcome in _OUTCOMES)),
}
"""What the parts of reviews and suits are: each of these lists is the whole."""


class ShareNotQuotient(Rule):
    """A printed share that is not the quotient of the printed numbers."""

    code, name, severity = "TXT003", "share-not-quotient", Severity.WARNING
    title = Text("占比与数字不符", "A share that is not the quotient")
    message = Text("“{text}”：{part} ÷ {whole} 为 {share}%。", "“{text}”: {part} ÷ {whole} is {share}%.")
    cut = Text(
        "“{text}”：{part} ÷ {whole} 为 {share}%，是舍去而不是四舍五入。",
        "“{text}”: {part} ÷ {whole} is {share}%, which was cut, not rounded.",
    )
    suggestion = Text("请核对数字，占比应为 {share}%。", "Check the numbers; the share should be {share}%.")
    rationale = Text("占比算错，或算占比的数字后来改过。", "It was computed wrongly, or the numbers were changed afterwards.")
    source = (ARTICLE_50,)
    examples = (
        Example(document=example("2022年，收到政府信息公开申请20件，其中自然人申请15件，占85%。"), finds=((),)),
        Example(document=example("2022年，收到政府信息公开申请20件，其中自然人申请15件，占75%。")),
    )

    def check(self, report: Report) -> Iterator[Finding | Checked]:
        """One finding a share that no number before it explains; a note where it was cut."""
        claims = claims_of(report)
        for claim in claims:
            if claim.kind is not ClaimKind.SHARE or claim.quotient is None:
                continue
            part, wholes = claim.quotient.part, [*claim.quotient.wholes, *_received(report)]
            shares = [(whole, Decimal(100) * Decimal(part) / Decimal(whole)) for whole in wholes if whole >= part and whole]
            printed, step = Decimal(claim.value), Decimal(1).scaleb(-claim.decimals)
            if not shares:
                continue
            holds = any(abs(share - printed) <= step / 2 for _, share in shares)
            yield self.checked(Outcome.HOLDS if holds else Outcome.VIOLATED, excerpts=(claim.excerpt,))
            if holds:
                continue
            cut = [(whole, share) for whole, share in shares if 0 <= share - printed < step]
            whole, share = cut[0] if cut else shares[0]
            yield self.find(
                severity=Severity.NOTE if cut else None,
                message=self.cut if cut else None,
                excerpts=(claim.excerpt,),
                place=claim.place,
                text=claim.text,
                part=shown(part),
                whole=shown(whole),
                share=format(share.quantize(Decimal(1).scaleb(-max(claim.decimals, 2) if cut else -claim.decimals)), "f"),
            )


def _received(report: Report) -> Iterator[Number]:
    """Yield what a share can be of besides the numbers in the text."""
    new, carried, total = (CellRef("applications", row, "total") for row in ("new", "carried_in", "total"))
    if report.form is None or "applications" not in report.tables:
        return
    for reading in ((new,), (new, carried), (total,)):
        if value := reading_value(report, reading):
            yield value


class PartsAboveWhole(Rule):
    """Parts that do not add up to the whole that the sentence states."""

    code, name, severity = "TXT004", "parts-not-whole", Severity.WARNING
    title = Text("分项之和与总数不符", "Parts that do not add up to their whole")
    message = Text("“{text}”的各分项合计 {sum}，不是 {whole}。", "The parts of “{text}” add up to {sum}, not {whole}.")
    suggestion = Text("请核对总数和各分项。", "Check the whole and its parts.")
    rationale = Text("分项加起来不等于总数，至少有一个数写错。", "At least one of the numbers is wrong.")
    source = (ARTICLE_50,)
    examples = (
        Example(
            document=example("2022年，收到政府信息公开申请20件，其中自然人申请15件，法人或其他组织申请8件。"),
            finds=((),),
        ),
        Example(document=example("2022年，收到政府信息公开申请20件，其中自然人申请15件。")),
    )

    def check(self, report: Report) -> Iterator[Finding | Checked]:
        """One finding a whole; none where the table already tells which number is wrong."""
        claims = claims_of(report)
        parts: dict[int, list[Claim]] = {}
        for claim in claims:
            if claim.whole is not None and claim.kind is ClaimKind.COUNT and claim.scope is Scope.YEAR:
                parts.setdefault(claim.whole, []).append(claim)
        for at, found in parts.items():
            whole = claims[at]
            if whole.scope is not Scope.YEAR:
                continue  # 2021年收到12件。其中自然人4件: the parts need not be that year's.
            for some, complete in (_applicants(found, whole), _results(found, whole)):
                total = sum(claim.value for claim in some)
                wrong = total != whole.value if complete else total > whole.value
                wrong = wrong and not (whole.subject == "handled" and total + _left(report) == whole.value)
                if len(some) < 2 or (wrong and any(is_contradicted(report, claim) for claim in (whole, *some))):
                    continue
                yield self.checked(Outcome.VIOLATED if wrong else Outcome.HOLDS, excerpts=[claim.excerpt for claim in (whole, *some)])
                if wrong:
                    yield self.find(
                        excerpts=[claim.excerpt for claim in (whole, *some)],
                        place=whole.place,
                        text=whole.text,
                        sum=shown(total),
                        whole=shown(whole.value),
                    )


def _left(report: Report) -> Number:
    """Return how many applications the table carries over, which are among those that were to be handled: 应办理39件，予以公开30件."""
    return reading_value(report, (CellRef("applications", "carried_out", "total"),)) or 0


def _applicants(claims: list[Claim], whole: Claim) -> tuple[list[Claim], bool]:
    """Return the parts by kind of applicant, and whether they are all there."""
    columns: set[str] = set()
    some: list[Claim] = []
    if whole.subject in _OF_CONTESTS:
        return some, False
    for claim in claims:
        named = {ref.column for ref in claim.readings[0]} if claim.readings else set()
        if "total" not in named and columns.isdisjoint(named):
            columns |= named
            some.append(claim)
    return some, len(columns) == _ALL_COLUMNS


def _results(claims: list[Claim], whole: Claim) -> tuple[list[Claim], bool]:
    """Return the parts by result, and whether they are all there."""
    if whole.subject in _OF_CONTESTS:
        kinds = next((kinds for kinds in _OF_CONTESTS[whole.subject] if any(claim.subject in kinds for claim in claims)), ())
        some = {claim.subject: claim for claim in claims if claim.subject in kinds}
        return list(some.values()), len(some) == len(kinds)
    if whole.subject not in ("answered", "handled"):
        return [], False
    some = {claim.subject: claim for claim in claims if claim.subject in _RESULTS and claim.readings[0][0].column == "total"}
    return list(some.values()), len(some) == len(_RESULTS)


class StatementsContradict(Rule):
    """Two statements of the narrative that cannot both be true."""

    code, name, severity = "TXT005", "statements-contradict", Severity.WARNING
    title = Text("正文前后矛盾", "Statements that contradict each other")
    message = Text("“{text}”与“{other}”矛盾。", "“{text}” and “{other}” contradict each other.")
    against_table = Text(
        "“{text}”，表格中却有 {number} 件结转下年度继续办理。", "“{text}”, yet the table carries {number} over to the next year."
    )
    suggestion = Text("请核对后统一说法。", "Check both and make them agree.")
    rationale = Text("同一份报告前后说法不一，至少有一处是错的。", "At least one of them is wrong.")
    source = (ARTICLE_50,)
    examples = (
        Example(
            document=example("2022年，收到政府信息公开申请20件，所有申请均已办结。结转下年度继续办理1件。"),
            finds=((),),
        ),
        Example(document=example("2022年，收到政府信息公开申请20件，所有申请均已办结，无结转下年度继续办理的申请。")),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """One finding a pair: all done and something left over, or two numbers of the same that no table decides."""
        claims = [claim for claim in claims_of(report) if claim.scope is Scope.YEAR]
        carried = [claim for claim in claims if claim.subject == "carried_out" and claim.kind is ClaimKind.COUNT]
        for claim in claims:
            if claim.kind is ClaimKind.ALL_DONE:
                yield from self._all_done(report, claim, carried)
        seen: dict[object, Claim] = {}
        for claim in claims:
            if claim.kind not in (ClaimKind.COUNT, ClaimKind.DENIAL) or claim.weak or not claim.readings or claim.whole is not None:
                continue
            first = seen.setdefault((claim.subject, claim.readings), claim)
            if first.value != claim.value and not self._decided(report, first, claim):
                yield self._pair(claim, first)

    def _all_done(self, report: Report, claim: Claim, carried: list[Claim]) -> Iterator[Finding]:
        left = next((each for each in carried if each.value), None)
        number = reading_value(report, claim.readings[0]) if claim.readings else None
        if left is not None:
            yield self._pair(claim, left)
        elif number:
            yield self.find(
                *claim.readings[0], message=self.against_table, excerpts=(claim.excerpt,), place=claim.place, text=claim.text, number=shown(number)
            )  # fmt: skip

    def _pair(self, claim: Claim, other: Claim) -> Finding:
        return self.find(excerpts=(claim.excerpt, other.excerpt), place=claim.place, text=claim.text, other=other.text)

    def _decided(self, report: Report, *claims: Claim) -> bool:
        """Say whether the tables tell which is wrong, or that both are right in a sense of their own."""
        return any(is_contradicted(report, claim) for claim in claims) or all(
            any(reading_value(report, reading) == claim.value for reading in claim.readings) for claim in claims
        )


class StatementsLeftOut(Rule):
    """More statements than are read of one report."""

    code, name, severity = "TXT006", "statements-left-out", Severity.ERROR
    title = Text("正文中涉及数字的表述过多", "More statements than are read")
    message = Text(
        "正文中与表格有关的数字表述达到 {limit} 处，“{text}”之后的没有读取，也没有与表格核对。",
        "The narrative has {limit} {limit:statement|statements} on numbers of the tables; what follows “{text}” was not read and not compared.",
    )
    suggestion = Text("请只保留报告正文后再检查。", "Reduce the document to the report itself and check it again.")
    rationale = Text("没有读到的内容无法核对，不能当作没有问题。", "What was not read could not be checked, and must not pass for clean.")
    source = (ARTICLE_50,)
    examples = (
        Example(document=example("2022年，我局未作出行政处罚决定。\n" * MAX_CLAIMS), finds=((),), note=Text("2,000 行", "2,000 lines")),
        Example(document=example("2022年，我局未作出行政处罚决定。\n" * 100), note=Text("100 行", "100 lines")),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """One finding a report whose statements reach the limit."""
        claims = claims_of(report)
        if len(claims) >= MAX_CLAIMS:
            last = claims[-1]
            yield self.find(excerpts=(last.excerpt,), place=last.place, limit=MAX_CLAIMS, text=last.text)
