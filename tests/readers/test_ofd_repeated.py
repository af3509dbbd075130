"""OFD: a few bytes that refer to much as often as they like cost no more than reading a file of the largest size."""

from __future__ import annotations

import time

import pytest
from ofd_files import HEAD, NAMES, ofd, page, text

import gilint
from gilint.document import Document
from gilint.notice import NoticeKind
from gilint.readers.ofd import package

PUT = '<ofd:CompositeObject Boundary="0 0 9 9" ResourceID="20"/>'
OWN = text("全年收到依申请公开的申请十二件，均已按时答复，没有结转下年度办理的。", 20, 30)


def units(unit: str) -> dict[str, str]:
    listed = f'<ofd:CompositeGraphicUnit ID="20"><ofd:Content>{unit}</ofd:Content></ofd:CompositeGraphicUnit>'
    return {"Doc_0/Res.xml": f"{HEAD}<ofd:Res {NAMES}><ofd:CompositeGraphicUnits>{listed}</ofd:CompositeGraphicUnits></ofd:Res>"}


def read(data: bytes) -> tuple[Document, float]:
    start = time.process_time()
    document = gilint.read(data).document
    return document, time.process_time() - start


def limits(document: Document) -> list[object]:
    return [notice.data["limit"] for notice in document.notices if notice.kind is NoticeKind.LIMIT]


@pytest.mark.parametrize(
    "unit",
    [
        f"<ofd:PathObject><ofd:AbbreviatedData>{'Z ' * 300}</ofd:AbbreviatedData></ofd:PathObject>",
        f'<ofd:TextObject Size="4"><ofd:TextCode X="0" Y="4" DeltaX="{"1 " * 300}">甲</ofd:TextCode></ofd:TextObject>',
    ],
)
def test_a_drawing_is_counted_as_often_as_it_is_drawn(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    common = "<ofd:DocumentRes>Res.xml</ofd:DocumentRes>"
    few, _ = read(ofd(page(OWN, PUT * 5), common=common, members=units(unit)))
    assert limits(few) == []
    monkeypatch.setattr(package, "MAX_CONTENT", 8_000)
    much, _ = read(ofd(page(OWN, PUT * 40), common=common, members=units(unit)))
    assert limits(much) == ["MAX_CONTENT"]
    # Those beyond it are left out, and what the page itself says is not.
    assert any("十二件" in getattr(block, "text", "") for block in much.blocks)


def test_shared_parts_are_looked_through_once_however_often_they_are_named() -> None:
    data = ofd(page(OWN, PUT * 6_000), common="<ofd:PublicRes>Res.xml</ofd:PublicRes>" * 100_000, members=units(""))
    document, seconds = read(data)
    assert document.pictures == 0
    assert seconds < 8


def test_lists_of_comments_are_looked_through_once_however_many_pages_there_are() -> None:
    pages = '<ofd:Page BaseLoc="Pages/Page_0/Content.xml"/>' * 15_000
    listed = "<ofd:Annotations>Annotations.xml</ofd:Annotations>" * 15_000
    whole = f"{HEAD}<ofd:Document {NAMES}><ofd:Pages>{pages}</ofd:Pages>{listed}</ofd:Document>"
    document, seconds = read(ofd(page(OWN), members={"Doc_0/Document.xml": whole}))
    assert limits(document) == ["MAX_PAGES"]
    assert seconds < 6


def test_a_drawing_within_the_list_of_another_one_takes_nothing_from_the_page() -> None:
    inner = '<ofd:CompositeGraphicUnit ID="3"/>'
    unit = f"<ofd:Clips><ofd:Clip>{inner}</ofd:Clip></ofd:Clips>"
    document, _ = read(ofd(page(PUT, OWN), common="<ofd:PublicRes>Res.xml</ofd:PublicRes>", members=units(unit)))
    assert len(document.blocks) == 1
