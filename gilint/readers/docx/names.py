"""Names of elements and attributes in DOCX."""

from __future__ import annotations

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": _MAIN.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": _RELATED.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": _MATH.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/main": _DRAWING.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/chart": _CHART.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/diagram": _DIAGRAM.encode(),
}
"""Names of the strict variant of the format, and the common ones that stand for the same."""


def w(name: str) -> str:
    """Return the full name of an element or attribute of WordprocessingML."""
    return f"{{{_MAIN}}}{name}"


VAL = w("val")
BODY, P, TBL, TR, TC, R, T = w("body"), w("p"), w("tbl"), w("tr"), w("tc"), w("r"), w("t")
P_PR, R_PR, TR_PR, TC_PR = w("pPr"), w("rPr"), w("trPr"), w("tcPr")
SDT, SDT_CONTENT, CUSTOM_XML = w("sdt"), w("sdtContent"), w("customXml")
TEXT_BOX = w("txbxContent")
# Text.
TAB, PTAB, BR, CR, SYM, NO_BREAK_HYPHEN = w("tab"), w("ptab"), w("br"), w("cr"), w("sym"), w("noBreakHyphen")
MATH_TEXT = f"{{{_MATH}}}t"
# Tracked changes.
INS, DEL, MOVE_FROM, MOVE_TO = w("ins"), w("del"), w("moveFrom"), w("moveTo")
CELL_INS, CELL_DEL, CELL_MERGE = w("cellIns"), w("cellDel"), w("cellMerge")
CHANGES = tuple(
    w(f"{part}Change") for part in ("rPr", "pPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "sectPr", "numbering")
)  # what the format was before
# Properties.
VANISH, HIDDEN, VERT_ALIGN, PSTYLE, RSTYLE, NUM_PR = w("vanish"), w("hidden"), w("vertAlign"), w("pStyle"), w("rStyle"), w("numPr")
GRID_SPAN, V_MERGE, H_MERGE, GRID_BEFORE, OUTLINE = w("gridSpan"), w("vMerge"), w("hMerge"), w("gridBefore"), w("outlineLvl")
TBL_GRID, GRID_COL, WIDTH = w("tblGrid"), w("gridCol"), w("w")
NUM_ID, LEVEL = w("numId"), w("ilvl")
# Fields and other things within text.
FIELD_CHAR, FIELD_CODE, RUBY_TEXT, DROP_DOWN = w("fldChar"), w("instrText"), w("rt"), w("ddList")
GALLERY, ALT_CHUNK = w("docPartGallery"), w("altChunk")
ALTERNATE, CHOICE, FALLBACK = (f"{{{_COMPATIBILITY}}}{name}" for name in ("AlternateContent", "Choice", "Fallback"))
PICTURES = (f"{{{_DRAWING}}}blip", "{urn:schemas-microsoft-com:vml}imagedata", f"{{{_CHART}}}chart", f"{{{_DIAGRAM}}}relIds")
"""What shows as a picture: bitmaps, old pictures (embedded objects show as one, too), charts, diagrams."""
RELATED_ID = f"{{{_RELATED}}}id"
