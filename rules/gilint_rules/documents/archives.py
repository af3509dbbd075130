"""Documents that are not opened at all: archives made to harm, encrypted files."""

from __future__ import annotations

from gilint import Example, Notice, NoticeKind, Severity, Text
from gilint_rules.documents.noticing import NoticeRule


class UnsafeArchive(NoticeRule):
    """An archive (DOCX, XLSX and the like) that expands to too much, or is built as no office program builds one."""

    code, name, severity, always = "DOC020", "unsafe-archive", Severity.ERROR, True
    title = Text("不安全的压缩包", "An unsafe archive")
    message = Text("文件没有打开：{reason}。", "The document was not opened: {reason}.")
    suggestion = Text("不要打开；请从来源重新获取文件。", "Do not open it; get the document from its source again.")
    kinds = (NoticeKind.UNSAFE_ARCHIVE,)
    examples = (
        Example(
            notices=(
                Notice(
                    NoticeKind.UNSAFE_ARCHIVE,
                    {"reason": Text("解压后的大小超过原来的 200 倍", "it expands to more than 200 times its size")},
                ),
            ),
            finds=((),),
        ),
        Example(),
    )


class EncryptedDocument(NoticeRule):
    """A document that asks for a password."""

    code, name, severity, always = "DOC021", "encrypted-document", Severity.ERROR, True
    title = Text("文件已加密", "The document is encrypted")
    message = Text("文件设有打开密码，没有读取，也没有核对。", "The document asks for a password; it was not read and not checked.")
    suggestion = Text("请去掉密码，另存后再检查。", "Save it without the password and check that.")
    kinds = (NoticeKind.ENCRYPTED,)
    examples = (Example(notices=(Notice(NoticeKind.ENCRYPTED, {}),), finds=((),)), Example())
