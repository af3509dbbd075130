"""The parts of a DOCX beside its words: styles, numbering, header and footer, and what holds them together."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from gilint.testing.draft import Draft

CHANGED = "2024-01-10T09:00:00Z"
"""When everything was changed: the same draft gives the same bytes."""
TABLE = (
    '<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
    '<w:tblLook w:val="04A0"/></w:tblPr>'
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
_BORDERS = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for edge in _EDGES)
_STYLES = (
    f"{_DECLARATION}<w:styles {_W}>"
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/><w:sz w:val="21"/></w:rPr>'
    "</w:rPrDefault></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
    '<w:pPr><w:keepNext/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="a"/><w:rPr><w:b/><w:sz w:val="44"/></w:rPr></w:style>'
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
    f"<w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr></w:style></w:styles>"
)
_NUMBERING = (
    f'{_DECLARATION}<w:numbering {_W}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/>'
    '<w:lvlJc w:val="left"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
_FOOTER = (
    f'{_DECLARATION}<w:ftr {_W}><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r>'
    '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
)


def section(*, cover: bool = False, running: bool = False) -> str:
    """Return the properties of a section: an A4 page, for a title page or for the report with its header and footer."""
    kinds = "".join(f'<w:{kind}Reference w:type="default" r:id="{kind}"/>' for kind in ("header", "footer")) if running else ""
    start = '<w:pgNumType w:start="1"/>' if running else ""
    alignment = '<w:vAlign w:val="center"/>' if cover else ""
    size = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1531" w:bottom="1985" w:left="1531" w:header="851" w:footer="992" w:gutter="0"/>'
    return f'<w:sectPr>{kinds}<w:type w:val="nextPage"/>{size}{start}{alignment}</w:sectPr>'


def members(body: str, draft: Draft, *, comments: Sequence[str], running: bool, numbered: bool) -> dict[str, str | bytes]:
    """Return every part of the archive, by name."""
    header = f'{_DECLARATION}<w:hdr {_W}><w:p><w:pPr><w:jc w:val="right"/></w:pPr><w:r><w:t>{escape(draft.organ)}</w:t></w:r></w:p></w:hdr>'
    optional = {
        "numbering": _NUMBERING if numbered else "",
        "header": header if running else "",
        "footer": _FOOTER if running else "",
        "comments": _comments(comments) if comments else "",
    }
    extra = {"styles": _STYLES, **{kind: content for kind, content in optional.items() if content}}
    types = {
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/word/document.xml": f"{_MAIN}.document.main+xml",
    }
    types.update({f"/word/{kind}.xml": f"{_MAIN}.{kind}+xml" for kind in extra})
    related = {kind: (f"{_OFFICE}/{kind}", f"{kind}.xml") for kind in extra}
    core = f"{_PACKAGE}/relationships/metadata/core-properties"
    return {
        "[Content_Types].xml": _content_types(types),
        "_rels/.rels": _relationships(
            {"document": (f"{_OFFICE}/officeDocument", "word/document.xml"), "core": (core, "docProps/core.xml")}
        ),
        "docProps/core.xml": _core(draft),
        "word/document.xml": f'{_DECLARATION}<w:document {_W} xmlns:r="{_OFFICE}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": _relationships(related),
        **{f"word/{kind}.xml": content for kind, content in extra.items()},
    }


def _content_types(types: dict[str, str]) -> str:
    lines = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in types.items())
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'{_DECLARATION}<Types xmlns="{_PACKAGE}/content-types">{defaults}{lines}</Types>'


def _relationships(related: dict[str, tuple[str, str]]) -> str:
    lines = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, (kind, target) in related.items())
    return f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _core(draft: Draft) -> str:
    names = (
        f'xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    )
    created = f'<dcterms:created xsi:type="dcterms:W3CDTF">{CHANGED}</dcterms:created>'
    return f"{_DECLARATION}<cp:coreProperties {names}><dc:title>{escape(draft.title)}</dc:title><dc:creator>办公室</dc:creator>{created}</cp:coreProperties>"


def _comments(comments: Sequence[str]) -> str:
    said = "".join(
        f'<w:comment w:id="{number}" w:author="办公室" w:date="{CHANGED}"><w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p></w:comment>'
        for number, text in enumerate(comments)
    )
    return f"{_DECLARATION}<w:comments {_W}>{said}</w:comments>"
