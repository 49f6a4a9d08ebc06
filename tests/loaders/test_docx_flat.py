"""Word documents in one XML file: the flat package and the XML of Word 2003, made by hand."""

from __future__ import annotations

import pytest

from loaders.errors import CannotReadError
from loaders.grid import Grid, Pages, TextLine
from loaders.kind import kind_of, read_pages

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
OLD = (
    'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" '
    'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" '
    'xmlns:aml="http://schemas.microsoft.com/aml/2001/core" xmlns:o="urn:schemas-microsoft-com:office:office"'
)


def p(text: str, properties: str = "") -> str:
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def flat(body: str) -> str:
    """A flat package: every part in a ``pkg:part``, pictures as letters."""

    def part(name: str, content: str) -> str:
        return f'<pkg:part pkg:name="{name}"><pkg:xmlData>{content}</pkg:xmlData></pkg:part>'

    relations = f'<Relationships><Relationship Id="r1" Type="{RELATION}" Target="word/document.xml"/></Relationships>'
    picture = '<pkg:part pkg:name="/word/media/image1.png"><pkg:binaryData>iVBORw0KGgo=</pkg:binaryData></pkg:part>'
    document = f"<w:document {WORD}><w:body>{body}</w:body></w:document>"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><?mso-application progid="Word.Document"?>'
        '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
        f"{part('/_rels/.rels', relations)}{part('/word/document.xml', document)}{picture}</pkg:package>"
    )


def old(body: str, encoding: str = "UTF-8") -> str:
    title = "<o:DocumentProperties><o:Title>年度报告</o:Title></o:DocumentProperties>"
    head = f'<?xml version="1.0" encoding="{encoding}"?><?mso-application progid="Word.Document"?>'
    return f"{head}<w:wordDocument {OLD}>{title}<w:body><wx:sect>{body}<w:sectPr/></wx:sect></w:body></w:wordDocument>"


def places(pages: Pages) -> list[tuple[str, int, int, int, int]]:
    (grid,) = (block for block in pages.blocks if isinstance(block, Grid))
    return [(cell.text, cell.row, cell.column, cell.rowspan, cell.colspan) for cell in grid.cells]


def prose(pages: Pages) -> list[str]:
    return [block.text for block in pages.blocks if isinstance(block, TextLine)]


def test_flat_package_is_read_like_a_package() -> None:
    wide = tc("甲", '<w:gridSpan w:val="2"/>')
    data = flat(f"{p('某局')}<w:tbl><w:tr>{wide}</w:tr><w:tr>{tc('1')}{tc('2')}</w:tr></w:tbl>").encode()
    assert kind_of(data, "报告.doc") == "application/xml"
    pages = read_pages(data, "报告.doc")
    assert prose(pages) == ["某局"]
    assert places(pages) == [("甲", 0, 0, 1, 2), ("1", 1, 0, 1, 1), ("2", 1, 1, 1, 1)]
    assert pages.media_type == "application/xml"


def test_tables_of_word_2003_keep_their_merged_cells() -> None:
    restart = "<w:vmerge w:val='restart'/>"
    rows = (
        f"<w:tr>{tc('甲', restart)}{tc('乙')}</w:tr>"
        f"<w:tr>{tc('', '<w:vmerge/>')}{tc('7')}</w:tr>"
        f"<w:tr><w:trPr><aml:annotation w:type='Word.Deletion'/></w:trPr>{tc('旧')}{tc('9')}</w:tr>"
    )
    assert places(read_pages(old(f"<w:tbl>{rows}</w:tbl>").encode(), "a.xml")) == [
        ("甲", 0, 0, 2, 1),
        ("乙", 0, 1, 1, 1),
        ("7", 1, 1, 1, 1),
    ]


def test_changes_and_comments_of_word_2003_are_accepted_and_left_out() -> None:
    def note(kind: str, text: str) -> str:
        return f"<aml:annotation w:type='{kind}'><aml:content><w:r><w:t>{text}</w:t></w:r></aml:content></aml:annotation>"

    runs = f"<w:r><w:t>共</w:t></w:r>{note('Word.Deletion', '7')}{note('Word.Insertion', '8')}{note('Word.Comment', '请核')}"
    pages = read_pages(old(f"<w:p>{runs}</w:p>").encode(), "a.xml")
    assert (prose(pages), pages.title) == (["共8"], "年度报告")


def test_numbers_of_word_2003_are_those_written_beside() -> None:
    number = '<w:pPr><w:listPr><w:ilvl w:val="0"/><wx:t wx:val="一、"/></w:listPr></w:pPr>'
    assert prose(read_pages(old(p("总体情况", number)).encode(), "a.xml")) == ["一、总体情况"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "utf-16"])
def test_encoding_is_found(encoding: str) -> None:
    assert prose(read_pages(old(p("政府信息公开年度报告"), encoding).encode(encoding), "a.xml")) == ["政府信息公开年度报告"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entity_bomb_is_refused(encoding: str) -> None:
    bomb = old(p("&a;")).replace("<w:wordDocument", '<!DOCTYPE w [<!ENTITY a "x">]><w:wordDocument', 1)
    with pytest.raises(CannotReadError) as caught:
        read_pages(bomb.encode(encoding), "a.xml")
    assert caught.value.code == "unsafe_xml"


def test_text_longer_than_ten_megabytes_is_no_obstacle() -> None:
    picture = f"<w:p><w:r><w:pict><w:binData>{'A' * (11 * 2**20)}</w:binData></w:pict></w:r></w:p>"
    assert prose(read_pages(old(picture + p("后")).encode(), "a.xml")) == ["后"]
