"""Was the report published in time?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from gilint import Example, Excerpt, Finding, Narrative, OrganKind, Report, Rule, Severity, Text, deferred, narrative
from gilint_rules import ARTICLE_49

_DEPARTMENTS = (OrganKind.DEPARTMENT, OrganKind.STATE_DEPARTMENT)
_STATED = deferred(r"(20[0-3]\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})")
_CALLED = tuple(f"{what}{when}" for what in ("发布", "公布", "公开") for when in ("日期", "时间"))
_MADE = tuple(f"{what}{when}" for what in ("生成", "成文", "形成", "发文") for when in ("日期", "时间"))
"""When the text was made: it was published then or later."""
_PRINTED = deferred(r"\s{0,3}[:：]?\s{0,3}(20[0-3]\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}(?:\s?日)?)")
_SIGNED = deferred(r"([^\d]{0,45}?)\s{0,4}(20[0-3]\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)")
_SIGNER = deferred(r"[局厅委会府处办室院镇乡署中心)）街道]$")
_BLOCKS_BEFORE = 40
"""Tables and paragraphs from the beginning of a page in which it says what it is."""
_ROWS = 12
_LONGEST = 60
"""Characters of a line that is a signature."""
_OPENING = 6000
"""Characters before the first heading in which the date of publication is looked for."""


@frozen(eq=False, repr=False)
class _Publication:
    day: date
    where: Excerpt | tuple[int, int]
    """The words, or where they stand in the narrative: most reports are in time, and need not be quoted."""


class PublishedLate(Rule):
    """Published after the day that the law sets."""

    code, name, severity = "LAW005", "published-late", Severity.WARNING
    title = Text("公布时间晚于法定期限", "Published after the deadline")
    message = Text(
        "{year} 年度报告的公布日期是 {day}，晚于法定期限 {deadline}。",
        "The report on {year} was published on {day}, after the deadline of {deadline}.",
    )
    suggestion = Text(
        "请核对公布日期；确系逾期的，应说明原因并在以后按期公布。",
        "Check the date; where the report was late, say why, and publish in time from now on.",
    )
    rationale = Text(
        "县级以上人民政府部门应在每年1月31日前、政府信息公开工作主管部门应在每年3月31日前公布上一年度的报告。名称看不出类别的机关，按较晚的期限核对。",
        "Departments publish the report on the past year by 31 January, the competent offices of governments by 31 March. Where the name of an organ does "
        "not tell its kind the later day counts.",
    )
    source = (ARTICLE_49,)
    examples = (
        Example(
            year=2022,
            paragraphs={"": "白石县商务局2022年政府信息公开工作年度报告\n发布日期:2023-02-15\n本报告由白石县商务局编制。"},
            finds=((),),
        ),
        Example(
            year=2022,
            organ="白石县人民政府",
            paragraphs={"": "白石县人民政府2022年政府信息公开工作年度报告\n发布日期:2023-02-15\n本报告由白石县人民政府办公室编制。"},
        ),
    )

    def check(self, report: Report) -> Iterator[Finding]:
        """Take the earliest day that the page gives, or that of the signature; a day years later may come from moving the site: a note."""
        year = report.year
        if year is None or report.cells_only:
            return
        told = narrative(report)
        published = (
            min([*_of_page(report), *_printed(told, _CALLED), *_tabulated(report, _CALLED)], key=lambda each: each.day, default=None)
            or _signature(told)
            or min([*_printed(told, _MADE), *_tabulated(report, _MADE)], key=lambda each: each.day, default=None)
        )
        organ = report.organ
        department = organ is not None and organ.kind in _DEPARTMENTS and not organ.government_office
        deadline = date(year + 1, 1, 31) if department else date(year + 1, 3, 31)
        if published is None or published.day <= deadline:
            return
        excerpt = published.where if isinstance(published.where, Excerpt) else told.quote(*published.where)
        yield self.find(
            severity=None if published.day.year == deadline.year else Severity.NOTE,
            place=excerpt.place,
            excerpts=[excerpt],
            year=year,
            day=published.day.isoformat(),
            deadline=deadline.isoformat(),
        )


def _day(text: str) -> date | None:
    match = _STATED.match(text)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def _of_page(report: Report) -> Iterator[_Publication]:
    if report.document.published and (day := _day(report.document.published)):
        yield _Publication(day, Excerpt(report.document.published))


def _printed(told: Narrative, called: tuple[str, ...]) -> Iterator[_Publication]:
    """Yield the days that the lines before the first heading call those of publication."""
    text, end = told.text, min(told.opening, _OPENING)
    places: dict[str, int] = {}
    for when in ("日期", "时间"):
        at = text.find(when, 0, end)
        while at >= 0:
            places.setdefault(text[at - 2 : at + 2], at + 2)
            at = text.find(when, at + 2, end)
    for words in called if places else ():
        at = places.get(words, -1)
        match = _PRINTED.match(text, at) if at >= 0 else None
        if match and (day := _day(match[1])):
            yield _Publication(day, match.span(1))


def _tabulated(report: Report, called: tuple[str, ...]) -> Iterator[_Publication]:
    """Yield the days that a table of what the page is (索引号, 发布机构) calls so: beside the words, or behind them in the same cell."""
    for block in report.document.blocks[:_BLOCKS_BEFORE]:
        rows = getattr(block, "rows", ())
        # The tables of the form are longer, and their cells do not say when.
        if not rows or len(rows) > _ROWS:
            continue
        printed = "\n".join([cell[0] for row in rows for cell in row])
        if "日期" not in printed and "时间" not in printed:
            continue
        for row in rows:
            printed = "".join("".join([cell[0] for cell in row]).split())
            if "日期" not in printed and "时间" not in printed:
                continue
            label = False
            for cell in row:
                text = "".join(cell.text.split()) if len(cell.text) <= _LONGEST else ""
                words = next(filter(text.startswith, called)) if text.startswith(called) else ""
                if (label or words) and (day := _day(text.removeprefix(words).lstrip(":："))):
                    yield _Publication(day, Excerpt(cell.text, None, cell.place))
                label = bool(words) or (label and not text)


def _signature(told: Narrative) -> _Publication | None:
    """Return the day under the report, if the organ stands before it: lists of other reports have days, too."""
    paragraphs = told.under("other") or ()
    for before, paragraph in zip((None, *paragraphs), paragraphs, strict=False):
        if len(paragraph.text) > _LONGEST or "日" not in paragraph.text:
            continue
        match = _SIGNED.fullmatch(paragraph.text)
        signer = match and (match[1].strip() or (before.text if before is not None and len(before.text) <= _LONGEST else ""))
        if match and signer and _SIGNER.search(signer) and "报告" not in signer and (day := _day(match[2])):
            return _Publication(day, Excerpt(match[2], 6, paragraph.place))
    return None
