"""What office documents carry along: tracked changes, comments, hidden text; and documents that have to be converted first."""

from __future__ import annotations

from typing import Any

from gilint import Example, Notice, NoticeKind, Report, Severity, Text
from gilint_rules.documents.noticing import NoticeRule

_LEAKS = Text(
    "修订、批注和隐藏文字会随文件一起公开，任何人都能看到拟稿和审核过程中的内容。",
    "Tracked changes, comments and hidden text are published with the file; anyone can read what was said while it was drafted.",
)

_COPY = Text("，其中有 gilint 添加的批注，本文件是批注副本", ", some by gilint: it is an annotated copy")


class TrackedChanges(NoticeRule):
    """Tracked changes that were neither accepted nor rejected."""

    code, name, severity = "DOC017", "tracked-changes", Severity.NOTE
    title = Text("留有修订痕迹", "Tracked changes are left")
    message = Text(
        "文件中有 {count} 处修订没有接受或拒绝，核对时按接受后的内容读取。",
        "{count} tracked {count:change was|changes were} neither accepted nor rejected; the document was read as if all were accepted.",
    )
    suggestion = Text("公开前请接受或拒绝全部修订。", "Accept or reject all changes before the document is published.")
    rationale = _LEAKS
    kinds = (NoticeKind.TRACKED_CHANGES,)
    examples = (Example(notices=(Notice(NoticeKind.TRACKED_CHANGES, {"count": 3}),), finds=((),)), Example())


class CommentsLeft(NoticeRule):
    """Comments that are still in the document."""

    code, name, severity = "DOC018", "comments-left", Severity.NOTE
    title = Text("留有批注", "Comments are left")
    message = Text("文件中有 {count} 条批注{copy}。", "There {count:is|are} {count} {count:comment|comments} in the document{copy}.")
    suggestion = Text("公开前请删除全部批注。", "Delete all comments before the document is published.")
    rationale = _LEAKS
    kinds = (NoticeKind.COMMENTS,)
    examples = (Example(notices=(Notice(NoticeKind.COMMENTS, {"count": 2}),), finds=((),)), Example())

    def explain(self, report: Report, notice: Notice) -> dict[str, Any]:
        """Say whether it is a copy that gilint has annotated."""
        return {"count": notice.data.get("count", 1), "copy": _COPY if notice.data.get("own") else Text("", "")}


class HiddenText(NoticeRule):
    """Text that is formatted as hidden."""

    code, name, severity = "DOC019", "hidden-text", Severity.NOTE
    title = Text("有隐藏文字", "There is hidden text")
    message = Text(
        "文件中有 {count} 处隐藏文字（如“{sample}”），核对时没有读取。",
        "There {count:is|are} {count} {count:passage|passages} of hidden text (such as “{sample}”) in the document; "
        "{count:it was|they were} not read.",
    )
    suggestion = Text("公开前请显示并删除隐藏文字。", "Show and delete hidden text before the document is published.")
    rationale = _LEAKS
    kinds = (NoticeKind.HIDDEN_TEXT,)
    examples = (Example(notices=(Notice(NoticeKind.HIDDEN_TEXT, {"count": 1, "sample": "（待核实）"}),), finds=((),)), Example())


class ConversionFailed(NoticeRule):
    """A document that is read only after a conversion which could not be made."""

    code, name, severity, always = "DOC023", "conversion-failed", Severity.ERROR, True
    title = Text("文件没有转换成功", "The document could not be converted")
    message = Text(
        "{format} 格式的文件须先转换，没有成功：{reason}。没有核对。",
        "A {format} file has to be converted first, which failed: {reason}. Nothing was checked.",
    )
    suggestion = Text(
        "请在办公软件中另存为 DOCX 后再检查；安装 LibreOffice（Debian 软件包 libreoffice-writer-nogui）后可由 gilint 自动转换。",
        "Save it as DOCX in an office program and check that; with LibreOffice (Debian package libreoffice-writer-nogui) installed, gilint converts it.",
    )
    kinds = (NoticeKind.CONVERSION_FAILED,)
    examples = (
        Example(
            notices=(
                Notice(
                    NoticeKind.CONVERSION_FAILED,
                    {
                        "format": "DOC",
                        "reason": Text("没有安装 LibreOffice", "LibreOffice is not installed"),
                    },
                ),
            ),
            finds=((),),
        ),
        Example(),
    )
