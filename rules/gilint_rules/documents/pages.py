"""PDF and OFD: does it hold text at all, and text that can be read?"""

from __future__ import annotations

from gilint import Example, Notice, NoticeKind, Severity, Text
from gilint_rules.documents.noticing import NoticeRule


class ScannedDocument(NoticeRule):
    """Pictures of pages: nothing in it can be read as text."""

    code, name, severity, always = "DOC024", "scanned-document", Severity.ERROR, True
    title = Text("文件是扫描件", "The document is a scan")
    message = Text(
        "文件是扫描件（共 {pages} 页），没有可以读取的文字，没有核对。",
        "The document is a scan ({pages} {pages:page|pages}) without text that can be read; nothing was checked.",
    )
    suggestion = Text(
        "请提供由 Word、WPS 等直接导出的文件或原始文件。",
        "Supply one exported directly from Word, WPS or the like, or the original document.",
    )
    rationale = Text(
        "扫描件中的数字无法检索、复制和核对，不便于公众利用。",
        "Figures in a scan cannot be searched, copied or checked, and are of little use to the public.",
    )
    kinds = (NoticeKind.SCANNED,)
    examples = (Example(notices=(Notice(NoticeKind.SCANNED, {"pages": 4}),), finds=((),)), Example())


class UnknownGlyphs(NoticeRule):
    """Characters that a document draws without saying which they are."""

    code, name, severity = "DOC027", "unknown-glyphs", Severity.WARNING
    title = Text("文件中有无法识别的字符", "The document has characters that cannot be told")
    message = Text(
        "文件没有说明其中 {count} 个字符是什么字，读出的内容可能有误。",
        "The document does not say what {count} of its characters are; what was read there may be wrong.",
    )
    suggestion = Text("请用 Word、WPS 等重新导出，并嵌入字体。", "Export it again from Word, WPS or the like, with its fonts embedded.")
    rationale = Text(
        "这样的文字能看见，但复制出来是乱码，检索也找不到。",
        "Such text can be seen, but is garbage when it is copied and is not found by a search.",
    )
    kinds = (NoticeKind.UNKNOWN_GLYPHS,)
    examples = (Example(notices=(Notice(NoticeKind.UNKNOWN_GLYPHS, {"count": 12}),), finds=((),)), Example())
