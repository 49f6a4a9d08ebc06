"""OFD: text and tables with their places, from the ways real programs write them; what is not on the page; what is said."""

from __future__ import annotations

import pytest

from loaders.grid import Grid, Pages, TextLine
from loaders.ofd import read
from tests.loaders.ofd_files import (
    NAMESPACE,
    POINT,
    RESOURCES,
    TABLE,
    composite,
    document,
    line,
    make_ofd,
    media,
    package,
    page,
    part,
    path,
    picture,
    root,
    text,
    units,
)

JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 40
PNG_WITH_ALPHA = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"


def pages_of(*objects: str, **more) -> Pages:
    return read(make_ofd(page(*objects), **more), "a.ofd")


def prose(pages: Pages) -> list[str]:
    return [block.text for block in pages.blocks if isinstance(block, TextLine)]


def grids(pages: Pages) -> list[Grid]:
    return [block for block in pages.blocks if isinstance(block, Grid)]


def cells(pages: Pages) -> list[list[str]]:
    return [[cell.text for cell in row] for grid in grids(pages) for row in grid.rows()]


def codes(pages: Pages) -> list[str]:
    return [notice.code for notice in pages.notices if notice.code != "scan_reader_missing"]


def places(pages: Pages) -> list[float]:
    (found,) = (block for block in pages.blocks if isinstance(block, TextLine))
    assert found.source.bbox is not None
    return [round(value / POINT, 2) for value in found.source.bbox]


def test_a_line_stands_where_it_was_drawn():
    pages = pages_of(text(20, 50, "一、总体情况2024"))
    assert (pages.media_type, pages.pages, prose(pages)) == ("application/ofd", 1, ["一、总体情况2024"])
    assert places(pages) == [20, 50 - 0.88 * 4, 20 + 6 * 4 + 4 * 2, 50 + 0.12 * 4]


def test_merged_cells_are_known_from_the_rules_they_do_not_have():
    pages = pages_of(*TABLE, text(55, 56, "总计"), text(52, 72, "申请"), text(75, 66, "12"), text(75, 76, "0"))
    (grid,) = grids(pages)
    assert [(c.text, c.row, c.column, c.rowspan, c.colspan) for c in grid.cells] == [
        ("总计", 0, 0, 1, 2), ("申请", 1, 0, 2, 1), ("12", 1, 1, 1, 1), ("0", 2, 1, 1, 1),
    ]  # fmt: skip
    assert grid.cells[2].source.page == 1
    assert grid.cells[2].source.bbox == tuple(round(value * POINT, 2) for value in (70, 60, 90, 70))
    assert prose(pages) == []


@pytest.mark.parametrize(
    "rule",
    [
        lambda x0, y0, x1, y1: path(
            f"{x0 - 0.1} {y0 - 0.1} {x1 - x0 + 0.2} {y1 - y0 + 0.2}",
            f"M 0 0 L {x1 - x0 + 0.2} 0 L {x1 - x0 + 0.2} {y1 - y0 + 0.2} L 0 {y1 - y0 + 0.2} C",
            'Stroke="false" Fill="true"',
            '<ofd:FillColor Value="0 0 0"/>',
        ),
        lambda x0, y0, x1, y1: picture(f"{x0} {y0} {x1 - x0 + 0.1} {y1 - y0 + 0.1}", "7"),
        lambda x0, y0, x1, y1: path("0 0 200 200", f"S{x0} {y0}L{x1} {y1}"),
        lambda x0, y0, x1, y1: path("0 0 200 200", f"M {x0 / 2} {y0 / 2} L {x1 / 2} {y1 / 2}", 'CTM="2 0 0 2 0 0"'),
        lambda x0, y0, x1, y1: path("0 0 200 200", f"M {x0} {-y0} L {x1} {-y1}", 'CTM="1 0 0 -1 0 0"'),
    ],
    ids=["filled box", "picture", "without blanks", "scaled", "upside down"],
)
def test_rules_are_rules_however_they_are_drawn(rule):
    lines = [rule(50, y, 90, y) for y in (50, 60, 70)] + [rule(x, 50, x, 70) for x in (50, 70, 90)]
    pages = pages_of(*lines, text(52, 56, "甲"), text(72, 56, "1"), text(52, 66, "乙"), text(72, 66, "2"))
    assert cells(pages) == [["甲", "1"], ["乙", "2"]]


def test_white_and_invisible_rules_are_none():
    white, clear = '<ofd:StrokeColor Value="255 255 255"/>', '<ofd:StrokeColor Value="0 0 0" Alpha="0"/>'
    params = part("Res", '<ofd:DrawParams><ofd:DrawParam ID="8"><ofd:StrokeColor Value="#ff #ff #ff"/></ofd:DrawParam>'
                         '<ofd:DrawParam ID="9" Relative="8"/></ofd:DrawParams>')  # fmt: skip
    extra = (
        line(60, 50, 60, 80, inner=white), line(65, 50, 65, 80, inner=clear), line(55, 50, 55, 80, 'Visible="false"'),
        line(57, 50, 57, 80, 'Stroke="false"'), line(58, 50, 58, 80, 'DrawParam="9"'),
        path("20 20 160 160", "M 0 0 L 160 0 L 160 160 L 0 160 C", 'Stroke="false" Fill="true"',
             '<ofd:FillColor Value="0 0 0 0"/>'),
    )  # fmt: skip
    pages = pages_of(*extra, *TABLE, common=RESOURCES, DocumentRes_xml=params)
    assert [(c.row, c.column, c.rowspan, c.colspan) for c in grids(pages)[0].cells] == [
        (0, 0, 1, 2), (1, 0, 2, 1), (1, 1, 1, 1), (2, 1, 1, 1),
    ]  # fmt: skip


def test_letters_drawn_as_curves_make_no_table():
    glyph = "M 1 0 L 6 0 Q 7 1 6 2 L 1 2 L 1 8 L 6 8 B 7 8 7 9 6 9 L 0 9 L 0 0 C"
    pages = pages_of(*(path(f"{x} 50 8 10", glyph) for x in range(20, 120, 8)), text(20, 56, "标题"))
    assert (prose(pages), grids(pages)) == (["标题"], [])


@pytest.mark.parametrize(
    ("code", "end"),
    [
        ('DeltaX="g 3 2"', 8), ('DeltaX="g 2 2 2"', 8), ('DeltaX="2 g 2 2"', 8), ('DeltaX="2"', 8), ('DeltaX="g 99 2 7 8"', 8),
        ("", 8), ('DeltaX="0 0 0"', 8), ('DeltaX="g 1000000000 2"', 8), ('DeltaX="3 3 3"', 11),
    ],
)  # fmt: skip
def test_distances_are_read_in_every_spelling(code, end):
    pages = pages_of(text(20, 50, "2024", 'Boundary="20 46 20 5"', code=code))
    assert places(pages)[2] == pytest.approx(20 + end, abs=0.5)
    assert prose(pages) == ["2024"]


def test_a_text_that_steps_back_and_down_is_two_lines():
    pages = pages_of(text(20, 50, "甲乙丙丁", 'Boundary="20 46 9 20"', code='DeltaX="4 -4 4" DeltaY="0 6 0"'))
    assert prose(pages) == ["甲乙", "丙丁"]


def test_letters_one_under_the_other_are_read_downwards_in_their_cell():
    words = text(52, 64, "总计", 'Boundary="52 60 4 20"', code='DeltaY="5"')
    assert cells(pages_of(*TABLE, words, text(75, 66, "3")))[1] == ["总\n计", "3"]


def test_several_codes_of_one_object_stand_each_in_its_place():
    words = (
        '<ofd:TextObject ID="1" Font="1" Size="4" Boundary="50 50 40 30"><ofd:TextCode X="2" Y="6">甲</ofd:TextCode>'
        '<ofd:TextCode X="22" Y="16">7</ofd:TextCode><ofd:TextCode Y="26">8</ofd:TextCode></ofd:TextObject>'
    )
    assert cells(pages_of(*TABLE, words)) == [["甲"], ["", "7"], ["8"]]


def test_a_matrix_places_and_scales_text_inside_its_boundary():
    def words(matrix: str, boundary: str) -> str:
        code = '<ofd:TextCode X="0" Y="8" DeltaX="8">总计</ofd:TextCode>'
        return f'<ofd:TextObject Size="8" CTM="{matrix}" Boundary="{boundary}">{code}</ofd:TextObject>'

    expected = [20, 50 - 0.88 * 4, 28, 50 + 0.12 * 4]
    assert places(pages_of(words("0.5 0 0 0.5 0 0", "20 46 40 5"))) == expected
    assert places(pages_of(words("0.5 0 0 0.5 10 6", "10 40 40 15"))) == expected
    outside = pages_of(words("0.5 0 0 0.5 -30 6", "50 40 40 15"))
    assert (prose(outside), codes(outside)) == ([], ["hidden_text"])


def test_ligatures_and_letters_in_two_parts_keep_their_neighbours_in_place():
    glyphs = '<ofd:CGTransform CodePosition="1" CodeCount="2" GlyphCount="1"><ofd:Glyphs>9</ofd:Glyphs></ofd:CGTransform>'
    assert prose(pages_of(text(20, 50, "afi7", inner=glyphs, code='DeltaX="2 4"'))) == ["afi7"]
    glyphs = '<ofd:CGTransform CodePosition="0" CodeCount="1" GlyphCount="2"><ofd:Glyphs>9 8</ofd:Glyphs></ofd:CGTransform>'
    assert prose(pages_of(text(20, 50, "ab7", inner=glyphs, code='DeltaX="1 1 2"'))) == ["ab7"]


def test_a_glyph_nobody_knows_is_marked_and_never_left_out():
    glyphs = '<ofd:CGTransform CodePosition="1" CodeCount="1" GlyphCount="1"><ofd:Glyphs>9</ofd:Glyphs></ofd:CGTransform>'
    assert prose(pages_of(text(20, 50, "1\u00a42", inner=glyphs))) == ["1\ufffd2"]


def test_line_ends_of_the_file_are_not_of_the_text():
    assert prose(pages_of(text(20, 50, "\n\t\t总计\n\t", code='DeltaX="4"'))) == ["总计"]


def test_a_backslash_is_an_escape_only_where_the_distances_say_so():
    assert prose(pages_of(text(20, 50, r"总\8BA1", code='DeltaX="4"'))) == ["总计"]
    assert prose(pages_of(text(20, 50, r"a\2019", code='DeltaX="2 2 2 2 2"'))) == [r"a\2019"]


def test_bold_by_printing_twice_is_one_text_and_equal_digits_stay():
    pages = pages_of(text(20, 50, "2200"), text(20.1, 50, "2200"), text(20.1, 60, "2"), text(20.15, 60, "2"))
    assert prose(pages) == ["2200", "2"]


def test_what_no_viewer_shows_is_not_read():
    hidden = (
        text(20, 50, "甲", 'Visible="false"'), text(20, 60, "乙", 'Alpha="0"'), text(20, 70, "丙", 'Fill="false"'),
        text(20, 80, "丁", inner='<ofd:FillColor Value="0 0 0" Alpha="0"/>'), text(250, 80, "戊"), text(20, 230, "己"),
        '<ofd:TextObject Size="4" Boundary="20 96 10 5"><ofd:TextCode X="12" Y="4">庚</ofd:TextCode></ofd:TextObject>',
    )  # fmt: skip
    pages = pages_of(*hidden, text(20, 150, "可见"))
    assert prose(pages) == ["可见"]
    assert codes(pages) == ["hidden_text"]


def test_clips_cut_away_and_empty_ones_do_not():
    def clip(x: float) -> str:
        area = f'<ofd:Area CTM="0.5 0 0 0.5 0 0"><ofd:Path Boundary="{x} -20 60 40"/></ofd:Area>'
        return f'<ofd:Clips TransFlag="false"><ofd:Clip>{area}</ofd:Clip></ofd:Clips>'

    pages = pages_of(
        text(20, 50, "甲", inner=clip(0)), text(20, 60, "乙", inner=clip(40)), text(20, 70, "丙", inner="<ofd:Clips/>")
    )
    assert prose(pages) == ["甲", "丙"]


def test_text_aslant_is_a_watermark_and_said():
    slanted = text(60, 80, "仅供内部使用", 'CTM="0.7 -0.7 0.7 0.7 0 0" Boundary="40 90 60 -60"')
    pages = pages_of(*TABLE, text(75, 66, "12"), slanted)
    assert cells(pages)[1] == ["", "12"]
    assert codes(pages) == ["ofd_marks"]


def test_composites_are_drawn_where_and_as_large_as_they_are_used():
    more = {"common": RESOURCES, "DocumentRes_xml": units(u1=text(40, 100, "总计", size=8), u2=composite("u1"))}
    pages = pages_of(composite("u2", "0 0 200 200", 'CTM="0.5 0 0 0.5 0 0"'), **more)
    assert places(pages) == [20, 50 - 0.88 * 4, 28, 50 + 0.12 * 4]


def test_a_composite_that_is_not_in_the_file_is_said():
    pages = pages_of(text(20, 50, "甲"), composite("u9"))
    assert (prose(pages), codes(pages)) == (["甲"], ["ofd_parts_missing"])


def test_composites_inside_themselves_end():
    more = {"common": RESOURCES, "DocumentRes_xml": units(u1=composite("u2") + text(20, 50, "甲"), u2=composite("u1"))}
    assert prose(pages_of(composite("u1"), **more)) == ["甲"]


def test_templates_belong_to_the_page_and_may_name_each_other():
    common = '<ofd:TemplatePage ID="t1" BaseLoc="T1.xml"/><ofd:TemplatePage ID="t2" BaseLoc="T2.xml" ZOrder="Foreground"/>'
    use = '<ofd:Template TemplateID="t1"/><ofd:Template TemplateID="t1"/><ofd:Template TemplateID="t7"/>'
    data = make_ofd(
        page(text(20, 60, "正文"), before=use),
        common=common,
        T1_xml=page(text(20, 50, "页眉"), before='<ofd:Template TemplateID="t2"/>'),
        T2_xml=page(text(20, 70, "页脚"), before='<ofd:Template TemplateID="t1"/>'),
    )
    pages = read(data, "a.ofd")
    assert (prose(pages), codes(pages)) == (["页眉", "正文", "页脚"], ["ofd_parts_missing"])


def test_stamps_are_in_no_cell_and_typed_text_is():
    def annotation(kind: str, words: str, y: float) -> str:
        appearance = f'<ofd:Appearance Boundary="70 {y} 20 10">{text(5, 6, words)}</ofd:Appearance>'
        return f'<ofd:Annot ID="5" {kind}>{appearance}</ofd:Annot>'

    marks = annotation('Type="Stamp" Subtype="Seal"', "9", 60) + annotation('Type="Stamp" Subtype="FreeText"', "5", 70)
    pages = read(
        make_ofd(
            page(*TABLE, text(75, 66, "12")),
            after="<ofd:Annotations>A/Annotations.xml</ofd:Annotations>",
            A__Annotations_xml=part("Annotations", '<ofd:Page PageID="1"><ofd:FileLoc>One.xml</ofd:FileLoc></ofd:Page>'),
            A__One_xml=part("PageAnnot", marks + annotation('Type="Watermark" Visible="false"', "7", 60)),
        ),
        "a.ofd",
    )
    assert cells(pages)[1:] == [["", "12"], ["5"]]
    assert codes(pages) == ["ofd_marks"]


def test_a_page_that_is_a_picture_is_listed_and_text_under_a_scan_is_not_read():
    more = {"common": RESOURCES, "DocumentRes_xml": media(s="a.jpg", w="b.png"), "Res__a.jpg": JPEG, "Res__b.png": PNG_WITH_ALPHA}
    scan, mark = picture("0 0 200 200", "s"), picture("0 0 200 200", "w")
    first, second = page(text(20, 50, "识别出的文字" * 4), scan), page(text(20, 50, "正文" * 8), mark)
    pages = read(make_ofd(first, page(scan), second, page(scan, text(20, 50, "填写的内容" * 4)), **more), "a.ofd")
    assert pages.image_pages == (1, 2)
    assert prose(pages) == ["正文" * 8, "填写的内容" * 4]
    assert codes(pages) == ["scan_text_layer", "ofd_picture_behind"]
    assert [notice.params for notice in pages.notices[:2]] == [{"pages": "1"}, {"pages": "3, 4"}]


def box(boundary: str, colour: str, attributes: str = "") -> str:
    width, height = boundary.split()[2:]
    outline = f"M 0 0 L {width} 0 L {width} {height} L 0 {height} C"
    return path(boundary, outline, f'Stroke="false" Fill="true" {attributes}', f'<ofd:FillColor Value="{colour}"/>')


def test_white_text_is_seen_on_dark_ground_only():
    white = '<ofd:FillColor Value="255 255 255"/>'
    pages = pages_of(
        text(20, 50, "藏", inner=white), box("20 60 40 10", "0 0 128"), text(22, 66, "表头", inner=white),
        text(20, 80, "后", inner=white), box("20 90 40 10", "255 255 255"), text(22, 96, "白", inner=white),
    )  # fmt: skip
    assert (prose(pages), codes(pages)) == (["表头"], ["hidden_text"])


def test_a_figure_painted_over_is_not_that_of_the_report():
    old, new = text(75, 66, "99"), text(75, 66, "12")
    pages = pages_of(*TABLE, old, box("71 61 18 8", "255 255 255"), new)
    assert (cells(pages)[1], codes(pages)) == (["", "12"], ["hidden_text"])
    pages = pages_of(*TABLE, new, box("71 61 18 8", "255 255 0", 'Alpha="80"'))
    assert (cells(pages)[1], codes(pages)) == (["", "12"], [])


def test_a_table_put_in_as_a_picture_is_said_to_be_one():
    more = {"common": RESOURCES, "DocumentRes_xml": media(s="a.jpg"), "Res__a.jpg": JPEG}
    pages = pages_of(text(20, 30, "三、收到和处理政府信息公开申请情况"), picture("20 40 160 100", "s"), **more)
    assert (prose(pages), pages.image_pages) == (["三、收到和处理政府信息公开申请情况"], (1,))
    assert pages_of(text(20, 30, "甲"), picture("20 40 30 30", "s"), **more).image_pages == ()


@pytest.mark.parametrize("namespace", [NAMESPACE, "http://www.ofdspec.org", "http://www.ofdspec.org/ofd/2019", ""])
def test_namespaces_do_not_matter(namespace):
    content = page(text(20, 50, "甲"), namespace=namespace)
    if not namespace:
        content = content.replace("ofd:", "").replace(' xmlns:ofd=""', "")
    assert prose(read(make_ofd(content), "a.ofd")) == ["甲"]


@pytest.mark.parametrize(
    ("location", "name"),
    [
        ("/Doc_0/Pages/P.xml", "Doc_0/Pages/P.xml"), ("Doc_0/Pages/P.xml", "Doc_0/Pages/P.xml"),
        ("Pages/P.xml", "DOC_0/pages/p.XML"), ("../Doc_0/./Pages/P.xml", "Doc_0/Pages/P.xml"),
        ("页面/第一页.xml", "Doc_0/页面/第一页.xml"), ("/Pages/P.xml", "Doc_0/Pages/P.xml"),
        (" Pages/P.xml\n", "Doc_0\\Pages\\P.xml"),
    ],
)  # fmt: skip
def test_locations_are_followed_as_they_are_meant(location, name):
    parts = {"OFD.xml": root("/Doc_0/Document.xml"), "Doc_0/Document.xml": document([location]), name: page(text(20, 50, "甲"))}
    assert prose(read(package(parts), "a.ofd")) == ["甲"]


def test_the_page_has_its_own_size_or_that_of_the_document_or_is_a4():
    own = "<ofd:Area><ofd:PhysicalBox>0 0 300 300</ofd:PhysicalBox></ofd:Area>"
    assert prose(read(make_ofd(page(text(20, 250, "甲"), before=own), page(text(20, 250, "乙"))), "a.ofd")) == ["甲"]
    none = {"OFD.xml": root(), "Doc_0/Document.xml": document(["P.xml"]).replace("0 0 200 200", "0 0 0 0")}
    assert prose(read(package({**none, "Doc_0/P.xml": page(text(20, 290, "丙"), text(20, 299.9, "丁"))}), "a.ofd")) == ["丙"]


def test_several_documents_are_read_one_after_the_other_and_said():
    info = "<ofd:DocInfo><ofd:Title>{}</ofd:Title></ofd:DocInfo>"
    body = f"<ofd:DocBody>{info}<ofd:DocRoot>{{}}/Document.xml</ofd:DocRoot></ofd:DocBody>"
    parts = {"OFD.xml": part("OFD", body.format("", "A") + body.format("年度报告", "B"))}
    for folder in ("A", "B"):
        parts |= {f"{folder}/Document.xml": document(["P.xml"]), f"{folder}/P.xml": page(text(20, 50, folder))}
    pages = read(package(parts), "a.ofd")
    assert (prose(pages), pages.pages, pages.title, codes(pages)) == (["A", "B"], 2, "年度报告", ["ofd_several_documents"])
    assert [block.source.page for block in pages.blocks if isinstance(block, TextLine)] == [1, 2]


def test_the_current_version_of_a_document_is_read():
    body = (
        "<ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Old/Document.xml</ofd:DocRoot><ofd:Versions>"
        '<ofd:Version Index="1" BaseLoc="V1.xml" Current="false"/><ofd:Version Index="2" BaseLoc="V2.xml" Current="true"/>'
        "</ofd:Versions></ofd:DocBody>"
    )
    parts = {"OFD.xml": part("OFD", body), "V2.xml": part("DocVersion", "<ofd:DocRoot>New/Document.xml</ofd:DocRoot>")}
    for folder in ("Old", "New"):
        parts |= {f"{folder}/Document.xml": document(["P.xml"]), f"{folder}/P.xml": page(text(20, 50, folder))}
    assert prose(read(package(parts), "a.ofd")) == ["New"]


def test_attachments_are_named_and_not_read():
    attached = part("Attachments", '<ofd:Attachment ID="1" Name="附件一"/><ofd:Attachment ID="2" Name="附件二"/>')
    pages = pages_of(text(20, 50, "甲"), after="<ofd:Attachments>At/A.xml</ofd:Attachments>", At__A_xml=attached)
    assert [(n.code, n.params) for n in pages.notices] == [("ofd_attachments", {"names": "附件一、附件二"})]


def test_a_table_cut_by_the_page_end_without_a_closing_rule_keeps_its_last_row():
    lines = [line(50, y, 90, y) for y in (50, 60)] + [line(x, 50, x, 70) for x in (50, 70, 90)]
    pages = pages_of(*lines, text(52, 56, "甲"), text(72, 56, "1"), text(52, 66, "乙"), text(72, 66, "2"))
    assert cells(pages) == [["甲", "1"], ["乙", "2"]]
