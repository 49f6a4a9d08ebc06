"""Word files, made by hand from the elements of ECMA-376; places and texts expected are worked out by hand."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from loaders import package as packages
from loaders.docx import read
from loaders.docx_numbers import styles_may_number
from loaders.errors import CannotReadError
from loaders.grid import Grid, Pages, TextLine
from ogi.report import Source

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


def package(parts: dict[str, str], target: str = "word/document.xml") -> bytes:
    """A zip file with these parts and a relationship to the main one."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "_rels/.rels", f'<Relationships><Relationship Id="r1" Type="{RELATION}" Target="{target}"/></Relationships>'
        )
        for path, text in parts.items():
            package.writestr(path, text)
    return buffer.getvalue()


def word(body: str, before: str = "") -> bytes:
    return package({"word/document.xml": f"{before}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"})


def document(body: str) -> Pages:
    return read(word(body), "a.docx")


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def only_grid(body: str) -> Grid:
    (grid,) = (block for block in document(body).blocks if isinstance(block, Grid))
    return grid


def places(grid: Grid) -> list[tuple[str, int, int, int, int]]:
    return [(cell.text, cell.row, cell.column, cell.rowspan, cell.colspan) for cell in grid.cells]


def prose(pages: Pages) -> list[str]:
    return [block.text for block in pages.blocks if isinstance(block, TextLine)]


RESTART, CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_merged_cells_stand_once_with_their_spans() -> None:
    grid = only_grid(
        tbl(
            tr(tc("甲", RESTART), tc("乙", '<w:gridSpan w:val="2"/>')),
            tr(tc("不显示", CONTINUE), tc("丙"), tc("丁")),
            tr(tc("", '<w:vMerge w:val="continue"/>'), tc("1"), tc("2")),
        )
    )
    assert places(grid) == [
        ("甲", 0, 0, 3, 1),
        ("乙", 0, 1, 1, 2),
        ("丙", 1, 1, 1, 1),
        ("丁", 1, 2, 1, 1),
        ("1", 2, 1, 1, 1),
        ("2", 2, 2, 1, 1),
    ]
    assert grid.cells[2].source == Source(table=1, row=2, cell=2)


def test_new_merge_below_another_is_a_cell_of_its_own() -> None:
    grid = only_grid(
        tbl(*(tr(tc(text, merge), tc("0")) for text, merge in [("甲", RESTART), ("", CONTINUE), ("乙", RESTART), ("", CONTINUE)]))
    )
    assert [place for place in places(grid) if place[2] == 0] == [("甲", 0, 0, 2, 1), ("乙", 2, 0, 2, 1)]


def test_continued_merge_without_a_beginning_is_a_cell() -> None:
    assert places(only_grid(tbl(tr(tc("甲", CONTINUE), tc("1")), tr(tc("乙"), tc("2")))))[0] == ("甲", 0, 0, 1, 1)


def test_rows_that_begin_further_right_keep_their_columns() -> None:
    grid = only_grid(tbl(tr(tc("甲"), tc("乙")), tr(tc("丙"), properties='<w:gridBefore w:val="1"/>')))
    assert places(grid)[2] == ("丙", 1, 1, 1, 1)


def test_old_horizontal_merge_is_one_cell() -> None:
    grid = only_grid(
        tbl(tr(tc("甲", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("丙")), tr(tc("1"), tc("2"), tc("3")))
    )
    assert places(grid)[:2] == [("甲", 0, 0, 1, 2), ("丙", 0, 2, 1, 1)]


def test_paragraphs_and_breaks_in_a_cell_are_lines() -> None:
    cell = "<w:tc><w:p><w:r><w:t>商业</w:t></w:r></w:p><w:p><w:r><w:t>企</w:t><w:br/><w:t>业</w:t></w:r></w:p></w:tc>"
    assert only_grid(tbl(tr(cell, tc("　")))).cells[0].text == "商业\n企\n业"


def test_tabs_breaks_and_hyphens_of_a_paragraph() -> None:
    runs = "<w:r><w:t>一</w:t><w:tab/><w:t>二</w:t><w:noBreakHyphen/><w:t>三</w:t><w:br/><w:t>四</w:t></w:r>"
    assert prose(document(f"<w:p>{runs}</w:p>")) == ["一\t二-三", "四"]


def test_tracked_insertions_count_and_deletions_do_not() -> None:
    runs = (
        "<w:r><w:t>共</w:t></w:r><w:del><w:r><w:delText>7</w:delText></w:r></w:del><w:ins><w:r><w:t>8</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>件</w:t></w:r></w:moveTo>"
    )
    assert prose(document(f"<w:p>{runs}</w:p>")) == ["共8件"]


def test_deleted_rows_and_cells_are_gone() -> None:
    grid = only_grid(tbl(tr(tc("旧"), tc("1"), properties="<w:del/>"), tr(tc("x", "<w:cellDel/>"), tc("新"), tc("2"))))
    assert places(grid) == [("新", 0, 0, 1, 1), ("2", 0, 1, 1, 1)]


def test_hidden_text_is_left_out() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>见</w:t></w:r>"
    assert prose(document(f"<w:p>{hidden}</w:p>")) == ["见"]


def test_field_codes_are_not_text_but_their_results_are() -> None:
    field = "<w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple w:instr='DATE'><w:r><w:t>2020年</w:t></w:r></w:fldSimple>"
    assert prose(document(f"<w:p>{field}</w:p>")) == ["2020年"]


def field(code: str, result: str | None = None, inner: str = "") -> str:
    """A field of runs: its code, another field inside the code, and its result where it has one."""
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    separate = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    shown = "" if result is None else separate + (result if "<" in result else f"<w:r><w:t>{result}</w:t></w:r>")
    return f"{begin}<w:r><w:instrText>{code}</w:instrText></w:r>{inner}{shown}{end}"


def test_result_of_a_field_inside_the_code_of_another_is_no_text() -> None:
    assert prose(document(f"<w:p>{field('IF', '是', inner=field('MERGEFIELD x', '7'))}</w:p>{p('后')}")) == ["是", "后"]
    assert prose(document(f"<w:p>{field('TOC', field('PAGEREF', '3'))}</w:p>")) == ["3"]


def test_field_that_never_ends_takes_nothing_with_it() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert prose(document(f"<w:p>{begin}<w:r><w:t>甲</w:t></w:r></w:p><w:p>{field('DATE', '2024')}</w:p>")) == ["甲", "2024"]


def test_sum_that_word_has_not_worked_out_is_unreadable_and_not_blank() -> None:
    cells = [
        f"<w:tc><w:p>{run}</w:p></w:tc>" for run in (field(" =SUM(ABOVE)"), field("=A1", "7"), '<w:fldSimple w:instr="=A1"/>')
    ]
    assert [cell.text for cell in only_grid(tbl(tr(*cells), tr(tc("1"), tc("2"), tc("3")))).cells[:3]] == [
        "\ufffd",
        "7",
        "\ufffd",
    ]


def styled(properties: str, text: str) -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (styled("", "22") + styled('<w:vertAlign w:val="superscript"/>', "1"), "22¹"),
        (styled("", "22") + styled('<w:vertAlign w:val="subscript"/>', "10"), "22₁₀"),
        (styled("<w:strike/>", "5") + styled('<w:strike w:val="false"/>', "6"), "5\u03366"),
        (styled("<w:dstrike/>", "51"), "5\u03361\u0336"),
        (styled("", "22") + styled('<w:position w:val="8"/><w:sz w:val="19"/>', "1"), "22¹"),
        (styled("", "22") + styled('<w:position w:val="2"/><w:sz w:val="19"/>', "1"), "221"),
        (styled('<w:position w:val="8"/>', "22"), "22"),
        (styled("", "22") + styled('<w:color w:val="FFFFFF"/>', "1"), "22¹"),
        (styled('<w:color w:val="ffffff"/><w:shd w:val="clear" w:fill="1F4E79"/>', "22"), "22"),
        (styled("", "22") + '<w:r><w:footnoteReference w:id="2"/></w:r>', "22"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>guó</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>国</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "国",
        ),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "\uf0fc"),
    ],
)
def test_marks_beside_a_figure_are_no_digits_of_it(runs: str, text: str) -> None:
    assert only_grid(tbl(tr(f"<w:tc><w:p>{runs}</w:p></w:tc>", tc("1")))).cells[0].text == text


def picture(wide: int, high: int) -> str:
    """A drawing of so many centimetres."""
    extent = f'<wp:extent xmlns:wp="wp" cx="{wide * 360000}" cy="{high * 360000}"/>'
    return f'<w:p><w:r><w:drawing>{extent}<a:blip xmlns:a="a"/></w:drawing></w:r></w:p>'


def test_large_pictures_and_embedded_objects_are_said_and_seals_are_not() -> None:
    old = '<w:r><w:pict><v:shape style="width:415.3pt;height:8cm"><v:imagedata/></v:shape></w:pict></w:r>'
    sheet = '<w:r><w:object><v:shape style="width:12cm;height:200pt"/><o:OLEObject xmlns:o="o"/></w:object></w:r>'
    pages = document(f"{picture(15, 10)}{picture(4, 4)}{picture(15, 1)}<w:p>{old}{sheet}</w:p>")
    assert [(notice.code, notice.params) for notice in pages.notices] == [("large_pictures", {"count": 3})]
    assert document(picture(4, 4)).notices == ()


def test_page_taken_in_by_the_document_is_part_of_it() -> None:
    page = "<html><p>某局</p><table><tr><td>规章</td><td>7</td></tr><tr><td>许可</td><td>8</td></tr></table></html>"
    main = (
        f"<w:document {NAMESPACES} xmlns:r='r'><w:body>{tbl(tr(tc('甲'), tc('1')))}<w:altChunk r:id='c1'/></w:body></w:document>"
    )
    relations = "<Relationships><Relationship Id='c1' Type='aFChunk' Target='afchunk.htm'/></Relationships>"
    parts = {"word/document.xml": main, "word/_rels/document.xml.rels": relations}
    pages = read(package({**parts, "word/afchunk.htm": page}), "a.docx")
    first, second = (block for block in pages.blocks if isinstance(block, Grid))
    assert prose(pages) == ["某局"]
    assert [cell.text for cell in second.cells] == ["规章", "7", "许可", "8"]
    assert [first.cells[0].source.table, second.cells[0].source.table] == [1, 2]
    for other in ({}, {"word/afchunk.htm": "\x01\x02" * 300}):
        assert [notice.code for notice in read(package({**parts, **other}), "a.docx").notices] == ["chunk_not_read"]


def test_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('框')}</w:txbxContent>"
    alternate = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert prose(document(f"<w:p><w:r><w:t>前</w:t></w:r><w:r>{alternate}</w:r><w:r><w:t>后</w:t></w:r></w:p>")) == ["前后", "框"]
    assert prose(document(f"<w:p><w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r></w:p>")) == ["框"]


def test_table_in_a_text_box_is_a_grid() -> None:
    box = f"<w:txbxContent>{tbl(tr(tc('甲'), tc('1')), tr(tc('乙'), tc('2')))}</w:txbxContent>"
    assert [cell.text for cell in only_grid(f"<w:p><w:r><w:pict>{box}</w:pict></w:r></w:p>").cells] == ["甲", "1", "乙", "2"]


def test_content_controls_are_transparent_at_every_level() -> None:
    def sdt(inner: str) -> str:
        return f"<w:sdt><w:sdtPr><w:alias w:val='名'/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    body = sdt(p("文")) + tbl(sdt(tr(sdt(tc("甲")), tc("1"))), tr(tc("乙"), "<w:tc>" + sdt(p("2")) + "</w:tc>"))
    assert prose(document(body)) == ["文"]
    assert places(only_grid(body)) == [("甲", 0, 0, 1, 1), ("1", 0, 1, 1, 1), ("乙", 1, 0, 1, 1), ("2", 1, 1, 1, 1)]


def test_nested_table_follows_the_outer_one() -> None:
    inner = tbl(tr(tc("a"), tc("b")), tr(tc("c"), tc("d")))
    rows = tr(tc("甲"), tc("1")), tr(tc("乙"), tc("2")), tr(tc("丙"), f"<w:tc>{inner}{p('')}</w:tc>")
    outer, nested = document(tbl(*rows)).blocks
    assert isinstance(outer, Grid)
    assert isinstance(nested, Grid)
    assert [cell.text for cell in outer.cells] == ["甲", "1", "乙", "2", "丙", ""]
    assert [(cell.text, cell.source.table) for cell in nested.cells] == [("a", 2), ("b", 2), ("c", 2), ("d", 2)]


def test_paragraphs_are_numbered_and_empty_ones_are_not_lines() -> None:
    assert document(p("甲") + p("") + p("　") + p("乙")).blocks[1] == TextLine(text="乙", source=Source(line=2))


def test_strict_flavour_of_the_standard_is_read() -> None:
    xml = f'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>{p("甲")}</w:body></w:document>'
    assert prose(read(package({"word/document.xml": xml}), "a.docx")) == ["甲"]


def test_main_part_is_found_by_its_relationship() -> None:
    xml = f"<w:document {NAMESPACES}><w:body>{p('甲')}</w:body></w:document>"
    assert prose(read(package({"word/document2.xml": xml}, target="/word/document2.xml"), "a.docx")) == ["甲"]


LISTS = f"""<w:numbering {NAMESPACES}>
<w:abstractNum w:abstractNumId="5">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="japaneseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="9"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%3"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="6"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="5"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="6"/></w:num>
</w:numbering>"""
STYLES = f"""<w:styles {NAMESPACES}>
<w:style w:type="paragraph" w:styleId="H"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H"/></w:style>
</w:styles>"""


def numbered(*paragraphs: tuple[str, str]) -> list[str]:
    body = "".join(f"<w:p><w:pPr>{place}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>" for place, text in paragraphs)
    xml = f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    return prose(read(package({"word/document.xml": xml, "word/numbering.xml": LISTS, "word/styles.xml": STYLES}), "a.docx"))


def at(level: int, number: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def test_automatic_numbers_are_counted_as_word_counts_them() -> None:
    places = [
        (at(0), "总体"),
        (at(1), "甲"),
        (at(1), "乙"),
        (at(2), "丙"),
        (at(0), "公开"),
        (at(1), "丁"),
        ("", "文"),
        (at(0), "申请"),
    ]
    assert numbered(*places) == ["一、总体", "（一）甲", "（二）乙", "1.9 丙", "二、公开", "（一）丁", "文", "三、申请"]
    assert numbered(*[(at(0), "x")] * 21)[9::5] == ["十、x", "十五、x", "二十、x"]


def test_automatic_numbers_come_from_styles_and_may_start_anew_or_be_switched_off() -> None:
    style = '<w:pStyle w:val="H2"/>'
    assert numbered((style, "甲"), (style + at(0, 0), "乙"), (at(0, 2), "丙"), (at(0, 2), "丁")) == [
        "一、甲",
        "乙",
        "四、丙",
        "五、丁",
    ]


def test_styles_are_asked_only_where_one_that_is_used_may_number() -> None:
    used = b'<w:p><w:pPr><w:pStyle w:val="H2"/></w:pPr></w:p>'
    assert styles_may_number(used, STYLES.encode())
    assert not styles_may_number(used.replace(b"H2", b"Other"), STYLES.encode())
    assert not styles_may_number(used, STYLES.replace("numPr", "x").encode())
    assert styles_may_number(used, STYLES.encode("utf-16") + b"numPr")


def test_bullets_unknown_lists_and_empty_paragraphs_show_no_number() -> None:
    assert numbered((at(0, 3), "甲"), (at(0, 9), "乙"), (at(7), "丙"), (at(0), ""), (at(0), "丁")) == ["甲", "乙", "丙", "二、丁"]


def test_title_comes_from_the_properties() -> None:
    core = '<c:core xmlns:c="x" xmlns:d="http://purl.org/dc/elements/1.1/"><d:title> 年度报告 </d:title></c:core>'
    xml = f"<w:document {NAMESPACES}><w:body>{p('甲')}</w:body></w:document>"
    assert read(package({"word/document.xml": xml, "docProps/core.xml": core}), "a.docx").title == "年度报告"


def refusal(data: bytes) -> str:
    with pytest.raises(CannotReadError) as caught:
        read(data, "a.docx")
    return caught.value.code


def test_entity_bomb_is_refused() -> None:
    entities = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i else "哈"}">' for i in range(10))
    assert refusal(word(p("&a9;"), before=f"<!DOCTYPE w [{entities}]>")) == "unsafe_xml"


def test_file_of_the_machine_is_not_read_through_an_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("密", encoding="utf-8")
    assert refusal(word(p("&x;"), before=f'<!DOCTYPE w [<!ENTITY x SYSTEM "{secret.as_uri()}">]>')) == "unsafe_xml"


def test_zip_bomb_is_refused_without_unpacking_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "LARGEST_PART", 1000)
    assert refusal(word(p("零" * 2000))) == "too_large_unpacked"
    monkeypatch.setattr(packages, "LARGEST_PACKAGE", 10)
    assert refusal(word(p("零"))) == "too_large_unpacked"


def test_part_larger_than_its_directory_claims_is_not_unpacked_further() -> None:
    """The uncompressed size in the directory is set to 10 bytes; the data would be 300 kB."""
    body = "零" * 100_000
    data = bytearray(word(p(body)))
    entry = data.rfind(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    assert refusal(bytes(data)) == "damaged"


def test_package_without_a_word_document_is_refused() -> None:
    assert refusal(package({"xl/workbook.xml": "<workbook/>"}, target="xl/workbook.xml")) == "not_word"
    assert refusal(package({"word/other.xml": "<a/>"})) == "not_word"
    assert refusal(package({"word/document.xml": "<html/>"})) == "not_word"


def test_damaged_files_are_refused() -> None:
    whole = word(p("甲" * 500))
    assert refusal(whole[: len(whole) // 2]) == "damaged"
    assert refusal(package({"word/document.xml": "<w:document"})) == "damaged"
    assert refusal(whole.replace(b"PK\x01\x02", b"PK\x01\x03")) == "damaged"


@pytest.mark.corpus
def test_blank_form_of_026_has_its_three_tables(corpus: Path) -> None:
    """Sizes counted in Word: 14 rows with four columns; 28 rows with ten; 4 rows with fifteen. Nothing is filled in."""
    pages = read(next(corpus.glob("026_*.docx")).read_bytes(), "026.docx")
    grids = [block for block in pages.blocks if isinstance(block, Grid)]
    assert [(grid.height, grid.width) for grid in grids] == [(14, 4), (28, 10), (4, 15)]
    assert {cell.text.strip() for row in grids[1].rows()[3:] for cell in row[-7:]} == {""}
    assert {cell.text for cell in grids[2].rows()[3]} == {""}


@pytest.mark.corpus
def test_signs_and_units_of_032_are_kept(corpus: Path) -> None:
    pages = read(next(corpus.glob("032_*.docx")).read_bytes(), "032.docx")
    first = next(block for block in pages.blocks if isinstance(block, Grid))
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in first.rows()}
    assert rows["其他对外管理服务事项"] == ["1168", "+173", "1341"]
    assert rows["行政处罚"] == ["2", "-2", "0"]
    assert rows["政府集中采购"] == ["22", "184719元"]
