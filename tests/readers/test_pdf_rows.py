"""Which lines of a PDF table without lines are one row; where that is not certain, nobody is accused."""

from __future__ import annotations

import io
import time
from random import Random

import pytest
from attrs import evolve
from pdf_files import STYLES, write_pdf
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

import gilint
from gilint.document import Grid
from gilint.forms import builtin_forms
from gilint.notice import Notice, NoticeKind
from gilint.readers import read_document
from gilint.readers.pdf.bands import bands_of
from gilint.readers.pdf.labels import Piece
from gilint.readers.pdf.separators import Separators
from gilint.testing import make_draft, sample_figures, sample_report

FORMS = {form.edition: form for form in builtin_forms()}
FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
Line = tuple[str, float, float]
"""Text, where it begins, how high it stands."""


def drawn(*pages: list[Line]) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(600, 400), invariant=1)
    for page in pages:
        for text, x, y in page:
            canvas.setFont(FONT, 10)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def grid(data: bytes) -> Grid:
    (found,) = (block for block in read_document(data).blocks if isinstance(block, Grid))
    return found


def texts(data: bytes) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid(data).rows]


HEADER: list[Line] = [("项目", 50, 336), ("甲", 202, 336), ("乙", 262, 336), ("丙", 322, 336)]


def row(y: float, label: str, *figures: str) -> list[Line]:
    return [(label, 50, y), *((text, 200 + 60 * at, y) for at, text in enumerate(figures) if text)]


@pytest.mark.parametrize("step", [11, 12, 14, 20, 28])
def test_a_wrapped_label_is_one_row_however_far_its_lines_are_apart(step: float) -> None:
    page = [*HEADER, *row(320, "1.规章", "11", "12", "13")]
    page += [("2.保护第三", 50, 300), ("方合法权益", 50, 300 - step), *row(300 - step / 2, "", "21", "22", "23")[1:]]
    page += row(282 - step, "3.许可", "31", "32", "33")
    assert texts(drawn(page)) == [
        ["项目", "甲", "乙", "丙"],
        ["1.规章", "11", "12", "13"],
        ["2.保护第三方合法权益", "21", "22", "23"],
        ["3.许可", "31", "32", "33"],
    ]


def test_rows_without_any_space_between_them_are_told_by_their_middles() -> None:
    # As a word processor sets them: lines of one cell are no nearer to each other than those of two rows.
    page = [*HEADER, *row(320, "1.规章", "11", "12", "13")]
    page += [("2.保护第三", 50, 308), ("方合法权益", 50, 296), *row(302, "", "21", "22", "23")[1:]]
    page += [("3.要求行政机", 50, 284), ("关确认或者重", 50, 272), ("新出具", 50, 260), *row(272, "", "31", "32", "33")[1:]]
    page += row(248, "4.许可", "41", "42", "43")
    assert [line[1:] for line in texts(drawn(page))][1:] == [[f"{number}{at}" for at in (1, 2, 3)] for number in (1, 2, 3, 4)]
    assert [line[0] for line in texts(drawn(page))][1:] == ["1.规章", "2.保护第三方合法权益", "3.要求行政机关确认或者重新出具", "4.许可"]
    assert not grid(drawn(page)).doubtful


def test_a_figure_with_a_remark_below_it_is_one_cell_between_its_neighbours() -> None:
    page = [*HEADER, *row(320, "1.规章", "11", "12", "13")]
    page += [*row(296, "2.文件", "21", "", "23"), ("22（其中", 255, 308), ("修订16", 255, 296), ("件）", 255, 284)]
    page += row(272, "3.许可", "31", "32", "33")
    assert [line[1:] for line in texts(drawn(page))][1:] == [["11", "12", "13"], ["21", "22（其中修订16件）", "23"], ["31", "32", "33"]]


def test_the_label_of_a_group_that_stands_beside_the_lines_of_a_label_is_none_of_them() -> None:
    page = [("项目", 90, 336), *HEADER[1:]]
    for number, y in enumerate((320, 296, 272), start=1):
        page += [(f"{number}.保护第", 90, y), ("三方权益", 90, y - 12), *row(y - 6, "", f"{number}1", f"{number}2", f"{number}3")[1:]]
    page += [("(三)", 50, 302), ("不予", 50, 290), ("公开", 50, 278)]
    assert [line for line in texts(drawn(page)) if len(line) > 1][1:] == [
        [f"{number}.保护第三方权益", f"{number}1", f"{number}2", f"{number}3"] for number in (1, 2, 3)
    ]


def test_figures_of_which_it_is_not_certain_whose_they_are_make_their_rows_doubtful() -> None:
    page = [
        *HEADER[:2],
        ("现行有效", 246, 336),
        HEADER[3],
        *row(320, "1.规章", "11", "12", "13"),
        *row(296, "2.文件", "21", "22", "23"),
        *row(272, "3.许可", "31", "32", "33"),
    ]
    assert not grid(drawn(page)).doubtful
    # Below a figure that has room to go on beside it.
    found = grid(drawn([*page, ("5", 260, 284)]))
    assert [found.rows[number][0].text for number in sorted(found.doubtful)] == ["2.文件"]


def test_a_cell_whose_bracket_is_not_closed_makes_its_row_doubtful() -> None:
    page = [*HEADER, *row(320, "1.规章", "11", "12（其", "13"), *row(296, "2.文件", "21", "22", "23")]
    assert [grid(drawn(page)).rows[number][0].text for number in grid(drawn(page)).doubtful] == ["1.规章"]


def test_the_ends_of_remarks_beside_each_other_are_no_header() -> None:
    page = [*HEADER, *row(320, "1.规章", "11", "12", "13")]
    page += [("2.文件", 50, 288), ("21", 200, 288), ("22（其中", 245, 300), ("修订1", 248, 288), ("件）", 252, 276)]
    page += [("23（其中", 305, 300), ("修订2", 308, 288), ("件）", 312, 276), *row(260, "3.许可", "31", "32", "33")]
    assert texts(drawn(page))[1:] == [
        ["1.规章", "11", "12", "13"],
        ["2.文件", "21", "22（其中修订1件）", "23（其中修订2件）"],
        ["3.许可", "31", "32", "33"],
    ]


def test_digits_set_apart_are_one_number_where_other_rows_show_one_column() -> None:
    page = [*HEADER, *row(320, "1.规章", "11", "12", "13"), *row(304, "2.文件", "21", "22", "23"), *row(288, "3.许可", "31", "", "33")]
    page += [("4", 256, 288), ("0", 263, 288), ("5", 270, 288)]
    assert texts(drawn(page))[-1] == ["3.许可", "31", "4 0 5", "33"]


def test_digits_as_near_to_each_other_stay_apart_where_other_rows_show_two_columns() -> None:
    lines = [("项目", 50, 336), ("甲", 200, 336), ("乙", 212, 336), ("丙", 260, 336)]
    for number, y in enumerate((320, 304), start=1):
        lines += [(f"{number}.规章", 50, y), ("1", 202, y), ("2", 214, y), ("3", 262, y)]
    lines += [("3.许可", 50, 288), ("10", 200, 288), ("20", 212, 288), ("30", 260, 288)]
    assert texts(drawn(lines))[-1] == ["3.许可", "10", "20", "30"]


def test_the_label_of_a_group_between_two_lines_does_not_make_them_one() -> None:
    page = [*HEADER[1:], ("项目", 90, 336)]
    for number, y in enumerate((320, 309, 298), start=1):
        page += [(f"{number}.规章", 90, y), *row(y, "", f"{number}1", f"{number}2", f"{number}3")[1:]]
    page += [("(三)不予", 40, 314.6), ("公开", 40, 303.4)]
    assert [line for line in texts(drawn(page)) if len(line) > 1][1:] == [[f"{n}.规章", f"{n}1", f"{n}2", f"{n}3"] for n in (1, 2, 3)]


def test_a_line_of_few_figures_under_many_headings_is_a_row() -> None:
    page = [(text, 60 + 60 * at, 336) for at, text in enumerate(("维持", "纠正", "其他", "未结", "总计"))]
    assert texts(drawn([*page, ("1", 65, 322), ("1", 305, 322)]))[-1] == ["", "1", "", "", "", "1"]


def test_the_rest_of_a_row_below_a_header_that_the_next_page_repeats_makes_both_doubtful() -> None:
    first = [*HEADER, *row(320, "1.规章", "11", "12", "13"), *row(304, "2.文件", "21", "22", "219")]
    second = [("申请人情况", 250, 360), *HEADER, ("件", 50, 322), ("6", 320, 322), *row(304, "3.许可", "31", "32", "33")]
    tables = [block for block in read_document(drawn(first, second)).blocks if isinstance(block, Grid)]
    assert [[grid.rows[number][0].text for number in sorted(grid.doubtful)] for grid in tables] == [["2.文件"], ["件"]]


def test_labels_without_numbers_below_a_repeated_header_are_no_rests_of_others() -> None:
    first = [*HEADER, *row(320, "一、规章", "1", "1200", "13"), *row(304, "文件", "2100", "2", "3"), *row(288, "许可", "31", "3", "3300")]
    second = [("申请人情况", 250, 360), *HEADER, *row(320, "处罚", "4", "4200", "43"), *row(304, "强制", "5100", "52", "5")]
    tables = [block for block in read_document(drawn(first, second)).blocks if isinstance(block, Grid)]
    assert [sorted(grid.doubtful) for grid in tables] == [[], []]


def accusations(source: bytes | gilint.Report) -> list[tuple[str, str, set[str]]]:
    """Return what is found of the tables of a report: code, severity, rows; without what is noted only."""
    return [
        (finding.code, str(finding.severity), {cell.row for cell in finding.cells})
        for finding in gilint.lint(source, config={}).findings
        if finding.code[:3] in ("DOC", "TPL", "MIS", "VAL", "SUM") and finding.severity != "note"
    ]


@pytest.mark.parametrize("edition", sorted(FORMS))
def test_a_report_in_which_no_row_is_doubtful_is_clean(edition: str) -> None:
    random = Random(edition)
    draft = make_draft(FORMS[edition], sample_figures(FORMS[edition], random, scale="quiet"), random=random)
    assert accusations(write_pdf(draft, STYLES["bare"])) == []


WRONG = {
    ("applications", "granted", "business"): "77777",
    ("applications", "granted", "research"): "-5",
    ("applications", "granted", "legal_service"): "若干",
    ("applications", "granted", "other_organisation"): "",
    ("applications", "granted", "total"): None,
}


@pytest.mark.parametrize("edition", sorted(FORMS))
def test_doubtful_rows_are_told_and_accuse_nobody(edition: str) -> None:
    report = sample_report(edition, printed=WRONG)
    assert {"SUM002", "VAL001", "VAL003", "MIS005", "MIS007"} <= {code for code, _, _ in accusations(report)}
    doubt = Notice(NoticeKind.ROW_DOUBTFUL, {"table": "applications", "row": "granted", "values": ()})
    report = evolve(report, notices=(doubt,))
    assert accusations(report) == [("DOC031", "warning", {"granted"})]
    assert gilint.lint(report, config={}).checked["SUM"][gilint.Outcome.VIOLATED] == 0


def test_where_numbers_are_of_no_row_for_certain_the_rows_that_were_not_found_are_doubtful() -> None:
    columns = [key for key in FORMS["2021"].keys if key[:2] == ("applications", "granted")]
    report = sample_report("2021", printed=dict.fromkeys(columns))
    assert ("MIS003", "warning", {"granted"}) in accusations(report)
    doubt = Notice(NoticeKind.ROW_DOUBTFUL, {"table": "applications", "row": "", "values": ("7", "0")})
    report = evolve(report, notices=(doubt,))
    assert accusations(report) == [("DOC031", "warning", {"granted"})]
    (finding,) = (finding for finding in gilint.lint(report, config={}).findings if finding.code == "DOC031")
    assert finding.say("zh").endswith("没有核对：(一)予以公开、（7、0）。")


@pytest.mark.parametrize("edition", sorted(FORMS))
def test_a_table_of_one_line_is_doubtful_as_a_whole(edition: str) -> None:
    report = sample_report(edition, printed={("reviews", "litigation_direct", "total"): "99999"})
    assert [code for code, _, _ in accusations(report)] != []
    doubt = Notice(NoticeKind.ROW_DOUBTFUL, {"table": "reviews", "row": "", "values": ()})
    found = accusations(evolve(report, notices=(doubt,)))
    assert found == [("DOC031", "warning", {"administrative_review", "litigation_direct", "litigation_after_review"})]


def test_a_table_of_thousands_of_rows_is_cut_in_time_that_grows_with_them() -> None:
    count = 5_000
    labels = [Piece(f"行{at}", (10, -15 * at, 50, 10 - 15 * at), figure=False) for at in range(count)]
    figures = [[Piece(str(at), (100, -15 * at, 150, 10 - 15 * at), figure=True) for at in range(count)]]
    started = time.process_time()
    bands = bands_of(figures, labels, Separators.of([]), [60])
    assert time.process_time() - started < 6
    assert [band.label for band in bands] == [[label] for label in labels]
