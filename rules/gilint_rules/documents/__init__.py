"""DOC: the document could not be read, or what is in it could not be recognised.

What the reader and the recogniser noticed becomes a finding here, so that nothing which was not checked passes for clean.
"""

from __future__ import annotations

from gilint import Rule, hookimpl
from gilint_rules.documents.archives import EncryptedDocument, UnsafeArchive
from gilint_rules.documents.contents import (
    NoFormatForYear,
    NoReport,
    NumberWithoutPlace,
    SeveralReports,
    TableNotRecognised,
    TableOutsideForm,
    TablesInOne,
)
from gilint_rules.documents.doubtful import RowsDoubtful
from gilint_rules.documents.files import (
    BinaryDocument,
    ControlCharacters,
    EmptyDocument,
    LimitExceeded,
    Mojibake,
    OwnOutput,
    UndecodableBytes,
    UnreadableDocument,
    UnsupportedFormat,
    UnterminatedElement,
    WrongEncodingDeclared,
)
from gilint_rules.documents.office import CommentsLeft, ConversionFailed, HiddenText, TrackedChanges
from gilint_rules.documents.pages import ScannedDocument, UnknownGlyphs
from gilint_rules.documents.workbooks import FormatMismatch, FormulaWithoutValue, ReaderMissing, ValueNotAsPrinted


@hookimpl
def gilint_rules() -> tuple[type[Rule], ...]:
    """Return the rules of this family."""
    return (
        EmptyDocument,
        UnreadableDocument,
        BinaryDocument,
        UnsupportedFormat,
        LimitExceeded,
        WrongEncodingDeclared,
        UndecodableBytes,
        Mojibake,
        ControlCharacters,
        UnterminatedElement,
        NoReport,
        TableNotRecognised,
        NumberWithoutPlace,
        RowsDoubtful,
        SeveralReports,
        TablesInOne,
        TableOutsideForm,
        TrackedChanges,
        CommentsLeft,
        HiddenText,
        UnsafeArchive,
        EncryptedDocument,
        ConversionFailed,
        FormatMismatch,
        FormulaWithoutValue,
        ReaderMissing,
        ScannedDocument,
        UnknownGlyphs,
        ValueNotAsPrinted,
        NoFormatForYear,
        OwnOutput,
    )
