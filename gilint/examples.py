"""The examples of a rule in words, run as they are told, and the equations that it checks: for ``gilint explain`` and for the documentation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import frozen

from gilint.equations import examine
from gilint.failures import describe_exception
from gilint.finding import Checked
from gilint.form import CellKey, Form, TableSpec
from gilint.language import LANGUAGES, Text
from gilint.masking import masked
from gilint.model import Report
from gilint.notice import Notice, NoticeKind
from gilint.place import CellRef
from gilint.plugins import Registry
from gilint.rule import Example, Rule, label
from gilint.testing.cases import cell_keys
from gilint.testing.checks import example_report, run_rule
from gilint.testing.samples import sample_report

_LONGEST_DOCUMENT = 12
"""Lines of an example's own document that are shown."""
_OPENING = Text("标题和正文之前的文字", "title and opening")
_ABSENT = Text("删去", "left out")
_BLANK = Text("空白", "blank")
_UNCHANGED = Text("{edition} 年版样本报告（{about}），不作改动", "the sample report of edition {edition} ({about}) as it is")
_CHANGED = Text("{edition} 年版样本报告（{about}），只作如下改动：", "the sample report of edition {edition} ({about}) with these changes:")
_DOCUMENT = Text("下面的文件：", "this document:")
_NOTICED = {
    NoticeKind.EMPTY: Text("文件没有任何内容", "the document has no content"),
    NoticeKind.UNREADABLE: Text("文件无法读取：{reason}", "the document cannot be read: {reason}"),
    NoticeKind.BINARY: Text("文件内容不是文本", "the document is not text"),
    NoticeKind.UNSUPPORTED_FORMAT: Text("文件是 {format} 格式", "the document is a {format} file"),
    NoticeKind.LIMIT: Text("文件超出读取上限（{limit} = {value}）", "the document exceeds a limit ({limit} = {value})"),
    NoticeKind.ENCODING_WRONG: Text("网页声明的编码是 {declared}，实际是 {used}", "the page declares {declared} and is {used}"),
    NoticeKind.ENCODING_LOSSY: Text("有 {count} 处字节不是 {encoding} 编码的文字", "bytes that are no {encoding} characters: {count}"),
    NoticeKind.MOJIBAKE: Text("文字因编码错误变成了乱码", "the text was decoded wrongly before it was saved"),
    NoticeKind.CONTROL_CHARACTERS: Text("文件中有 {count} 个控制字符", "control characters in the document: {count}"),
    NoticeKind.UNTERMINATED: Text("网页元素 {element} 没有闭合", "the element {element} is never closed"),
    NoticeKind.TRACKED_CHANGES: Text("文件中有 {count} 处修订", "tracked changes in the document: {count}"),
    NoticeKind.OWN_OUTPUT: Text("文件是 gilint 输出的{product}", "written by gilint: {product}"),
    NoticeKind.COMMENTS: Text("文件中有 {count} 条批注", "comments in the document: {count}"),
    NoticeKind.HIDDEN_TEXT: Text("文件中有 {count} 处隐藏文字", "passages of hidden text in the document: {count}"),
    NoticeKind.UNSAFE_ARCHIVE: Text("文件是不安全的压缩包：{reason}", "the document is an unsafe archive: {reason}"),
    NoticeKind.ENCRYPTED: Text("文件已加密", "the document is encrypted"),
    NoticeKind.CONVERSION_FAILED: Text("{format} 文件没有转换成功：{reason}", "the {format} file was not converted: {reason}"),
    NoticeKind.FORMAT_MISMATCH: Text("扩展名是 {named}，内容是 {found}", "the name says {named}, the content is {found}"),
    NoticeKind.READER_MISSING: Text("没有安装读取 {format} 的组件", "the reader of {format} is not installed"),
    NoticeKind.FORMULA_WITHOUT_VALUE: Text("没有计算结果的公式有 {count} 个", "formulas without a value: {count}"),
    NoticeKind.SCANNED: Text("文件是扫描件，共 {pages} 页", "the document is a scan of {pages} {pages:page|pages}"),
    NoticeKind.UNKNOWN_GLYPHS: Text("PDF 中有 {count} 个字符没有对应的编码", "characters of the PDF without a code: {count}"),
    NoticeKind.VALUE_NOT_AS_PRINTED: Text(
        "数据中 value 与 raw 不一致的单元格有 {count} 个", "cells of the data whose value is not as printed: {count}"
    ),
    NoticeKind.NO_REPORT: Text("文件中没有年度报告", "there is no annual report in the document"),
    NoticeKind.TABLE_NOT_RECOGNISED: Text("“{table}”表与规定格式相差太大", "the table “{table}” is too unlike the prescribed one"),
    NoticeKind.NUMBER_WITHOUT_PLACE: Text("多印了一个数：{raw}", "a number too many is printed: {raw}"),
    NoticeKind.SEVERAL_REPORTS: Text("文件中有 {count} 份报告", "reports in the document: {count}"),
    NoticeKind.ROW_REPEATED: Text("“{row}”一行重复出现", "the row “{row}” stands more than once"),
    NoticeKind.ROW_EXTRA: Text("“{table}”表多印了一行“{printed}”", "the table “{table}” has another row, “{printed}”"),
    NoticeKind.ROW_RENAMED: Text("“{row}”一行的名称印作“{printed}”", "the row “{row}” is labelled “{printed}”"),
    NoticeKind.ROW_SHORT: Text("“{row}”一行应有 {expected} 个数，只印了 {found} 个", "the row “{row}” has {found} of {expected} values"),
    NoticeKind.ROW_DOUBTFUL: Text(
        "“{table}”表没有表线，“{row}”一行的数可能是相邻行的",
        "the table “{table}” has no lines; figures of “{row}” may be those of a row beside it",
    ),
    NoticeKind.ROWS_OUT_OF_ORDER: Text("“{table}”表中移动了位置的行：{rows}", "rows of the table “{table}” that moved: {rows}"),
    NoticeKind.COLUMN_EXTRA: Text("“{table}”表多印了一列“{printed}”", "the table “{table}” has another column, “{printed}”"),
    NoticeKind.COLUMN_RENAMED: Text("“{column}”一列的名称印作“{printed}”", "the column “{column}” is headed “{printed}”"),
    NoticeKind.COLUMNS_OUT_OF_ORDER: Text(
        "“{table}”表各列的顺序印作：{columns}", "the columns of the table “{table}” stand in the order: {columns}"
    ),
    NoticeKind.EDITIONS_MIXED: Text("“{table}”表用的是 {edition} 年版", "the table “{table}” is of edition {edition}"),
    NoticeKind.TABLE_EXTRA: Text("另有一张表，表中有 {numbers} 个数", "there is another table, with numbers: {numbers}"),
    NoticeKind.TABLES_IN_ONE: Text("印成了一张表的有：{tables}", "drawn as one table: {tables}"),
}


@frozen
class ShownExample:
    """One example of a rule, run."""

    note: Text | None
    report: Text
    """Which report it is about."""
    lines: tuple[Text, ...]
    """What differs from the sample report, or the document itself."""
    messages: tuple[Text, ...]
    """What the rule says of it; nothing where it is silent."""


def shown_examples(rule: type[Rule], registry: Registry) -> tuple[ShownExample, ...]:
    """Run the examples of a rule and return them in words."""
    return tuple(_shown(rule, example, registry) for example in rule.examples)


def _shown(rule: type[Rule], example: Example, registry: Registry) -> ShownExample:
    try:
        report = example_report(rule, example, registry)
        messages = tuple(Text(*(finding.say(language) for language in LANGUAGES)) for finding in map(masked, run_rule(rule, report)))
    # A plugin's example may do anything; the rest of the explanation is worth reading all the same.
    except Exception as error:
        reason = describe_exception(error)
        return ShownExample(example.note, Text(f"示例无法运行：{reason}", f"the example cannot be run: {reason}"), (), ())
    if example.document is not None:
        lines = example.document.strip("\n").splitlines()
        cut = [*lines[:_LONGEST_DOCUMENT], "……"] if len(lines) > _LONGEST_DOCUMENT else lines
        return ShownExample(example.note, _DOCUMENT, tuple(Text(line, line) for line in cut), messages)
    changes = (
        *_changed_cells(example, report),
        *_changed_headings(example, report),
        *_changed_paragraphs(example, report),
        *(_noticed(each, report) for each in example.notices),
    )
    about = [str(report.organ.name)] if report.organ else []
    about_text = Text("，".join([*about, f"{report.year} 年度"]), ", ".join([*about, str(report.year)]))
    heading = (_CHANGED if changes else _UNCHANGED).filled(edition=example.edition, about=about_text)
    return ShownExample(example.note, heading, changes, messages)


def _changed_cells(example: Example, report: Report) -> Iterator[Text]:
    """Yield what is printed otherwise, whole tables, rows and columns together."""
    form = report.form
    if form is None:
        return
    printed = {key: text for name, text in example.cells.items() for key in cell_keys(form, name)}
    while printed:
        key, text = next(iter(printed.items()))
        where, keys = _together(form, key, {other for other, value in printed.items() if value == text}, report)
        value = _ABSENT if text is None else Text(f"“{text}”", f"“{text}”") if text.strip() else _BLANK
        yield Text(f"{where.zh}：{value.zh}", f"{where.en}: {value.en}")
        printed = {other: value for other, value in printed.items() if other not in keys}


def _together(form: Form, key: CellKey, same: set[CellKey], report: Report) -> tuple[Text, set[CellKey]]:
    """Return the largest part of a table that a cell belongs to and that is printed alike, by its label."""
    spec = report.tables[key[0]].spec
    table = {other for other in form.keys if other[0] == key[0]}
    row = {other for other in table if other[1] == key[1]}
    column = {other for other in table if other[2] == key[2]}
    named = spec.label, spec.row(key[1]).label, spec.column(key[2]).label
    if table <= same:
        return Text(f"“{named[0].zh}”表的每一格", f"every cell of the table “{named[0].en}”"), table
    if len(row) > 1 and row <= same:
        return Text(f"{named[1].zh}一行的每一格", f"every cell of the row {named[1].en}"), row
    if len(column) > 1 and column <= same:
        return Text(f"{named[2].zh}一列的每一格", f"every cell of the column {named[2].en}"), column
    return label(report, key), {key}


def _changed_headings(example: Example, report: Report) -> Iterator[Text]:
    labels = {spec.name: spec.label for spec in report.form.sections} if report.form else {}
    for name, heading in example.headings.items():
        official = labels.get(name, Text(name, name))
        if heading is None:
            yield Text(f"没有标题“{official.zh}”", f"the heading “{official.en}” is not there")
        else:
            yield Text(f"标题“{official.zh}”印作“{heading}”", f"the heading “{official.en}” is printed as “{heading}”")


def _changed_paragraphs(example: Example, report: Report) -> Iterator[Text]:
    labels = {spec.name: spec.label for spec in report.form.sections} if report.form else {}
    for name, text in example.paragraphs.items():
        where = labels.get(name, _OPENING)
        if not text:
            yield Text(f"“{where.zh}”没有文字", f"“{where.en}” has no text")
            continue
        lines = text.replace("\n", " ¶ ")
        yield Text(f"“{where.zh}”印作：{lines}", f"“{where.en}” reads: {lines}")


def _noticed(notice: Notice, report: Report) -> Text:
    """Say what reading noticed, tables, rows and columns by their labels."""
    template = _NOTICED[notice.kind]
    try:
        return template.filled(**_by_labels(notice.data, report))
    except KeyError:
        return Text(*(f"{notice.kind}: {', '.join(f'{name} = {value}' for name, value in notice.data.items())}" for _ in LANGUAGES))


def _by_labels(data: Mapping[str, Any], report: Report) -> dict[str, Any]:
    table = report.tables.get(data.get("table", ""))
    spec = table.spec if table else None
    said = dict(data)
    for name, value in data.items():
        many = isinstance(value, (list, tuple))
        labels = [_label(name.removesuffix("s") if many else name, str(each), spec, report) for each in (value if many else [value])]
        if all(labels):
            said[name] = labels if many else labels[0]
    return said


def _label(name: str, value: str, spec: TableSpec | None, report: Report) -> Text | None:
    if name == "table" and value in report.tables:
        return report.tables[value].spec.label
    if name == "row" and spec:
        return next((row.label for row in spec.rows if row.name == value), None)
    if name == "column" and spec:
        return next((column.label for column in spec.columns if column.name == value), None)
    return None


def shown_equations(rule: type[Rule], registry: Registry) -> tuple[Text, ...]:
    """Return the equations that a rule checks, in the words of the form; editions that have the same one are named together."""
    editions: dict[Text, list[str]] = {}
    for form in registry.forms:
        if not rule.forms or form.id in rule.forms:
            for equation in _equations(rule, form):
                editions.setdefault(equation, []).append(form.edition)
    return tuple(
        Text(f"{'、'.join(names)} 年版，{text.zh}", f"edition{'s' if len(names) > 1 else ''} {' and '.join(names)}, {text.en}")
        for text, names in editions.items()
    )


def _equations(rule: type[Rule], form: Form) -> Iterator[Text]:
    """Yield each family of equations of an edition that the rule looks at: those of which it says so on the sample report."""
    report = sample_report(form)
    try:
        checked = {item.cells for item in rule().check(report) if isinstance(item, Checked)}
    except Exception:  # of a plugin; linting names the fault
        return
    families: dict[tuple[str, str], list[tuple[CellRef, ...]]] = {}
    specs = {}
    for assessment in examine(report).assessments:
        equation = assessment.equation
        if equation.cells in checked:
            key = equation.table, equation.spec.name
            families.setdefault(key, []).append(equation.cells)
            specs[key] = equation.spec
    for (table, name), instances in families.items():
        spec, own = specs[table, name], report.tables[table].spec
        named = own.column if spec.along == "row" else own.row
        sides = [_sum(named(each).label for each in names) for names in (spec.plus, (spec.total, *spec.minus))]
        along = Text("每一行", "every row") if spec.along == "row" else Text("每一列", "every column")
        yield Text(
            f"“{own.label.zh}”表{along.zh}（{len(instances)} 个等式）：{sides[0].zh} = {sides[1].zh}",
            f"table “{own.label.en}”, {along.en} ({len(instances)} equation{'s' * (len(instances) > 1)}): {sides[0].en} = {sides[1].en}",
        )


def _sum(labels: Iterable[Text]) -> Text:
    labels = list(labels)
    return Text(" + ".join(text.zh for text in labels), " + ".join(text.en for text in labels))
