"""Can the file be read, whole and as it was written?"""

from __future__ import annotations

from typing import Any

from gilint import Example, Notice, NoticeKind, Report, Severity, Text
from gilint_rules.documents.noticing import NoticeRule


class EmptyDocument(NoticeRule):
    """A document without any content."""

    code, name, severity, always = "DOC001", "empty-document", Severity.ERROR, True
    title = Text("文件是空的", "The document is empty")
    message = Text("文件没有任何内容，无法核对。", "The document has no content; nothing could be checked.")
    suggestion = Text("请确认文件下载完整后重新检查。", "Make sure that the file was saved completely and check it again.")
    kinds = (NoticeKind.EMPTY,)
    examples = (Example(notices=(Notice(NoticeKind.EMPTY, {}),), finds=((),)), Example())


class UnreadableDocument(NoticeRule):
    """A document that cannot be opened or read."""

    code, name, severity, always = "DOC002", "unreadable-document", Severity.ERROR, True
    title = Text("文件无法读取", "The document cannot be read")
    message = Text("文件无法读取：{reason}。", "The document cannot be read: {reason}.")
    suggestion = Text("请检查文件是否存在、是否损坏、是否有读取权限。", "Check that the file exists, is not damaged and may be read.")
    kinds = (NoticeKind.UNREADABLE,)
    examples = (
        Example(notices=(Notice(NoticeKind.UNREADABLE, {"reason": Text("没有读取权限", "permission denied")}),), finds=((),)),
        Example(),
    )


class BinaryDocument(NoticeRule):
    """Bytes that are neither text nor a known format."""

    code, name, severity, always = "DOC003", "binary-document", Severity.ERROR, True
    title = Text("文件不是文本", "The document is not text")
    message = Text(
        "文件内容既不是文本，也不是已知格式，无法核对。", "The content is neither text nor a known format; nothing could be checked."
    )
    suggestion = Text(
        "请确认文件未损坏，并提供 DOCX、XLSX、PDF、网页或文本形式的报告。",
        "See whether the file is damaged; supply the report as DOCX, XLSX, PDF, a web page or text.",
    )
    kinds = (NoticeKind.BINARY,)
    examples = (Example(notices=(Notice(NoticeKind.BINARY, {}),), finds=((),)), Example())


class UnsupportedFormat(NoticeRule):
    """A known format for which there is no reader."""

    code, name, severity, always = "DOC004", "unsupported-format", Severity.ERROR, True
    title = Text("暂不支持的文件格式", "A format without a reader")
    message = Text("暂不能读取 {format} 格式的文件，没有核对。", "There is no reader for {format}; nothing was checked.")
    suggestion = Text(
        "请另存为 DOCX、XLSX、网页（HTML）或由原文件导出的 PDF 后再检查。",
        "Save it as DOCX, XLSX, a web page (HTML) or a PDF exported from the original, and check that.",
    )
    kinds = (NoticeKind.UNSUPPORTED_FORMAT,)
    examples = (Example(notices=(Notice(NoticeKind.UNSUPPORTED_FORMAT, {"format": "PDF"}),), finds=((),)), Example())


class OwnOutput(NoticeRule):
    """A file that gilint itself has written, named as if it were a report."""

    code, name, severity, always = "DOC030", "own-output", Severity.ERROR, True
    title = Text("是 gilint 输出的文件", "A file that gilint has written")
    message = Text(
        "这是 gilint 输出的{product}，不是年度报告，没有核对。",
        "This is {product} written by gilint and no annual report; nothing was checked.",
    )
    suggestion = Text("请检查年报本身。", "Check the report itself.")
    kinds = (NoticeKind.OWN_OUTPUT,)
    examples = (
        Example(notices=(Notice(NoticeKind.OWN_OUTPUT, {"product": Text("问题台账", "a ledger of findings")}),), finds=((),)),
        Example(),
    )


class LimitExceeded(NoticeRule):
    """A document larger, deeper or wider than gilint reads."""

    code, name, severity, always = "DOC005", "limit-exceeded", Severity.ERROR, True
    title = Text("超出读取上限", "A limit was exceeded")
    message = Text(
        "文件超出读取上限（{limit} = {value}），超出的部分没有读取，也没有核对。",
        "The document exceeds a limit ({limit} = {value}); what is beyond was not read and not checked.",
    )
    suggestion = Text("请只保留报告正文后再检查。", "Reduce the file to the report itself and check it again.")
    kinds = (NoticeKind.LIMIT,)
    examples = (Example(notices=(Notice(NoticeKind.LIMIT, {"limit": "MAX_BYTES", "value": 33554432}),), finds=((),)), Example())


class WrongEncodingDeclared(NoticeRule):
    """A declared encoding in which the document is not written."""

    code, name, severity = "DOC006", "wrong-encoding-declared", Severity.NOTE
    title = Text("声明的字符编码与实际不符", "The declared encoding is not the real one")
    message = Text(
        "文件声明的字符编码是 {declared}，实际按 {used} 读取。", "The document declares the encoding {declared} and was read as {used}."
    )
    suggestion = Text(
        "请改正网页的 charset 声明，否则部分浏览器会显示乱码。", "Correct the charset declaration; some browsers will show garbage."
    )
    rationale = Text(
        "声明错误的网页在部分浏览器和检索工具中显示为乱码。", "Such a page is shown as garbage by some browsers and search tools."
    )
    kinds = (NoticeKind.ENCODING_WRONG,)
    examples = (Example(notices=(Notice(NoticeKind.ENCODING_WRONG, {"declared": "utf-8", "used": "gb18030"}),), finds=((),)), Example())


class UndecodableBytes(NoticeRule):
    """Bytes that are no characters of the document's encoding."""

    code, name, severity = "DOC007", "undecodable-bytes", Severity.WARNING
    title = Text("有无法解码的字节", "Some bytes are no characters")
    message = Text(
        "按 {encoding} 读取时有 {count} 处字节无法解码，相应文字已丢失。",
        "{count} {count:place|places} could not be decoded as {encoding}; what stood there is lost.",
    )
    suggestion = Text("请用原始文件重新导出。", "Export the document again from its source.")
    kinds = (NoticeKind.ENCODING_LOSSY,)
    examples = (Example(notices=(Notice(NoticeKind.ENCODING_LOSSY, {"encoding": "gb18030", "count": 3}),), finds=((),)), Example())


class Mojibake(NoticeRule):
    """UTF-8 that was once read as GBK and saved so."""

    code, name, severity = "DOC008", "mojibake", Severity.WARNING
    title = Text("文字是乱码", "The text is garbled")
    message = Text(
        "文字是乱码（UTF-8 被当作 GBK 保存），{outcome}。", "The text is garbled (UTF-8 that was saved as if it were GBK); {outcome}."
    )
    suggestion = Text("请用原始文件重新发布。", "Publish it again from the original.")
    rationale = Text("读者看到的是乱码，检索也找不到。", "Readers see garbage and searches do not find it.")
    kinds = (NoticeKind.MOJIBAKE,)
    examples = (Example(notices=(Notice(NoticeKind.MOJIBAKE, {"recovered": True}),), finds=((),)), Example())

    def weigh(self, notice: Notice) -> Severity:
        """Return error where the text could not be recovered."""
        return Severity.WARNING if notice.data.get("recovered") else Severity.ERROR

    def explain(self, report: Report, notice: Notice) -> dict[str, Any]:
        """Say whether the text was recovered."""
        if notice.data.get("recovered"):
            return {"outcome": Text("已还原后核对", "it was recovered and checked")}
        return {"outcome": Text("无法完全还原，结果不可靠", "it could not be recovered completely, and the results are not reliable")}


class ControlCharacters(NoticeRule):
    """NUL and other control characters in the text."""

    code, name, severity = "DOC009", "control-characters", Severity.NOTE
    title = Text("有控制字符", "There are control characters")
    message = Text(
        "文件中有 {count} 个控制字符，读取时已略去。",
        "The document has {count} control {count:character; it was|characters; they were} left out.",
    )
    suggestion = Text("请删去这些不可见的字符。", "Remove these invisible characters.")
    rationale = Text("控制字符会使其他程序截断文字。", "Control characters make other programs cut the text.")
    kinds = (NoticeKind.CONTROL_CHARACTERS,)
    examples = (Example(notices=(Notice(NoticeKind.CONTROL_CHARACTERS, {"count": 2}),), finds=((),)), Example())


class UnterminatedElement(NoticeRule):
    """A table that the source never closes."""

    code, name, severity = "DOC010", "unterminated-element", Severity.NOTE
    title = Text("网页元素没有闭合", "An element is never closed")
    message = Text(
        "网页中的 {element} 没有结束标记，其后的内容可能被并入其中。",
        "The page never closes {element}; what follows may have been drawn into it.",
    )
    suggestion = Text("请确认文件完整，并补上结束标记。", "Make sure that the file is complete, and close the element.")
    rationale = Text("没有闭合的表格往往说明文件被截断。", "A table that is never closed often means that the file was cut off.")
    kinds = (NoticeKind.UNTERMINATED,)
    examples = (Example(notices=(Notice(NoticeKind.UNTERMINATED, {"element": "table"}),), finds=((),)), Example())
