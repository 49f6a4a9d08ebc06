"""Saved web pages: spans, nesting, encodings, and what a browser would not show. Expected places are worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.errors import CannotReadError
from loaders.grid import Grid, Pages, TextLine
from loaders.html import read
from loaders.read import read_report
from ogi.labels import Labels
from ogi.report import Source


def page(body: str) -> Pages:
    return read(f"<html><body>{body}</body></html>".encode(), "page.html")


def only_grid(body: str) -> Grid:
    (grid,) = (block for block in page(body).blocks if isinstance(block, Grid))
    return grid


def places(grid: Grid) -> list[tuple[str, int, int, int, int]]:
    return [(cell.text, cell.row, cell.column, cell.rowspan, cell.colspan) for cell in grid.cells]


def prose(pages: Pages) -> list[str]:
    return [block.text for block in pages.blocks if isinstance(block, TextLine)]


def test_merged_cells_push_later_cells_to_their_own_columns() -> None:
    grid = only_grid(
        "<table><tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr><tr><td>丙</td><td>丁</td></tr>"
        "<tr><td>1</td><td>2</td><td>3</td></table>"
    )
    assert places(grid) == [
        ("甲", 0, 0, 2, 1),
        ("乙", 0, 1, 1, 2),
        ("丙", 1, 1, 1, 1),
        ("丁", 1, 2, 1, 1),
        ("1", 2, 0, 1, 1),
        ("2", 2, 1, 1, 1),
        ("3", 2, 2, 1, 1),
    ]
    assert (grid.height, grid.width) == (3, 3)


def test_rowspan_beyond_its_section_ends_with_it() -> None:
    grid = only_grid(
        "<table><thead><tr><td rowspan=9>甲</td><td>乙</td></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    )
    assert places(grid) == [("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1), ("1", 1, 0, 1, 1), ("2", 1, 1, 1, 1)]


@pytest.mark.parametrize(("rowspan", "height"), [("0", 3), ("2", 2), ("99999999", 3), ("-4", 1), ("两", 1)])
def test_rowspan_is_read_as_browsers_read_it(rowspan: str, height: int) -> None:
    grid = only_grid(f"<table><tr><td rowspan='{rowspan}'>甲</td><td>1</td></tr><tr><td>2</td></tr><tr><td>3</td></tr></table>")
    assert places(grid)[0] == ("甲", 0, 0, height, 1)


def test_huge_spans_cost_nothing() -> None:
    cells = "<td rowspan=65534 colspan=1000>x</td>" * 3
    assert places(only_grid(f"<table><tr>{cells}</tr></table>")) == [("x", 0, start, 1, 1000) for start in (0, 1000, 2000)]


def test_cells_without_end_tags_are_separate() -> None:
    grid = only_grid("<table><tr><td>规章<td>0<td>7<tr><td>行政规范性文件<td>8<td></table>")
    assert [cell.text for cell in grid.cells] == ["规章", "0", "7", "行政规范性文件", "8", ""]


def test_line_ends_in_a_cell_are_kept_and_source_layout_is_not() -> None:
    grid = only_grid("<table><tr><td>本年新<br/>制作\n   数量</td><td><p>商业</p>\n<p>企业</p></td><td>&nbsp;</td></tr></table>")
    assert [cell.text for cell in grid.cells] == ["本年新\n制作 数量", "商业\n企业", "\xa0"]


def test_full_width_blanks_radicals_and_traditional_characters_stay() -> None:
    grid = only_grid("<table><tr><td>　⼆、總計　</td><td>１２</td><td>0</td></tr></table>")
    assert [cell.text for cell in grid.cells] == ["　⼆、總計　", "１２", "0"]


def test_nested_table_is_its_own_grid_and_not_repeated_outside() -> None:
    inner = "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>"
    rows = "<tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr>"
    outer, nested = page(f"<table>{rows}<tr><td>丙</td><td>见{inner}表</td></tr></table>").blocks
    assert isinstance(outer, Grid)
    assert isinstance(nested, Grid)
    assert [cell.text for cell in outer.cells] == ["甲", "1", "乙", "2", "丙", "见\n表"]
    assert [cell.text for cell in nested.cells] == ["a", "b", "c", "d"]
    assert [cell.source.table for cell in (outer.cells[0], nested.cells[0])] == [1, 2]


def test_table_that_only_arranges_the_page_is_prose_with_its_tables_between() -> None:
    data = "<table><tr><td>规章</td><td>0</td></tr><tr><td>许可</td><td>1</td></tr></table>"
    blocks = page(f"<table><tr><td>导航</td></tr><tr><td><p>一、总体情况</p>{data}<p>二、其他</p></td></tr></table>").blocks
    assert [block.text if isinstance(block, TextLine) else len(block.cells) for block in blocks] == [
        "导航",
        "一、总体情况",
        4,
        "二、其他",
    ]


def test_sources_count_tables_rows_and_cells_of_the_document() -> None:
    table = "<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table>"
    grids = [block for block in page(f"{table}<p>x</p>{table}").blocks if isinstance(block, Grid)]
    assert grids[1].cells[2].source == Source(table=2, row=2, cell=1)
    assert page("<p>甲</p><div>乙</div>").blocks[1] == TextLine(text="乙", source=Source(line=2))


def test_what_a_browser_would_not_show_is_left_out() -> None:
    unseen = (
        "<script>var a='9'</script><style>p{}</style><noscript>请启用</noscript><template>模板</template><!-- 注 -->"
        "<p style='color:red; DISPLAY : none'>藏</p><div hidden>藏<p>深</p></div><select><option>2019</option></select>"
    )
    assert prose(page(f"前{unseen}后")) == ["前后"]
    assert prose(page("<p>甲</p>尾<span style='display:none'>藏</span>巴")) == ["甲", "尾巴"]


def test_hidden_cells_and_rows_take_no_place() -> None:
    grid = only_grid("<table><tr style='display:none'><td>x</td></tr><tr><td hidden>y</td><td>甲</td><td>1</td></tr></table>")
    assert places(grid) == [("甲", 0, 0, 1, 1), ("1", 0, 1, 1, 1)]


def test_cells_that_are_there_and_not_seen_keep_their_place() -> None:
    grid = only_grid("<table><tr><td>甲</td><td style='visibility:hidden'>9</td><td>1</td></tr></table>")
    assert places(grid) == [("甲", 0, 0, 1, 1), ("", 0, 1, 1, 1), ("1", 0, 2, 1, 1)]


def test_text_beside_rows_and_captions_stand_before_the_table() -> None:
    blocks = page("<table><caption>表一</caption><tr><td>a</td><td>b</td></tr>散落</table>").blocks
    assert [block.text if isinstance(block, TextLine) else "grid" for block in blocks] == ["表一", "散落", "grid"]


def test_spans_of_unknown_elements_do_not_break_a_line() -> None:
    assert prose(page("<p><span>2020</span><font>年</font><o:p></o:p><ucapcontent>度</ucapcontent></p>")) == ["2020年度"]


def test_dashes_of_windows_are_dashes_and_controls_are_dropped() -> None:
    assert prose(page("<p>&#150;</p><p>a&#8;b\x07c</p>")) == ["–", "abc"]


def test_all_titles_with_words_are_kept() -> None:
    head = (
        "<title> </title><title>某市政府网</title><title>某局2020年\n年度报告</title><title>某市政府网</title>"
        "<meta name='ArticleTitle' content='某局年报'><meta property='og:title' content=''>"
    )
    data = f"<html><head>{head}</head><body><p>x</p></body></html>"
    assert read(data.encode(), "a.html").title == "某市政府网|某局2020年 年度报告|某局年报"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("22<sup>1</sup>", "22¹"),
        ("22<span style='mso-x:y; vertical-align:super'>10</span>", "22¹⁰"),
        ("22<sub>1</sub>", "22₁"),
        ("<s>5</s>6", "5\u03366"),
        ("<del>5 1</del>6", "5\u0336 1\u03366"),
        ("<span style='text-decoration:line-through'>5</span>6", "5\u03366"),
        ("22<a href='#_ftn1' name='_ftnref1'><sup>[1]</sup></a>", "22"),
        ("22<a href='x.html#_edn12'>1</a>件", "22件"),
        ("22<a href='#top'>1</a>", "221"),
        ("7<input type='hidden' value='9'>", "7"),
        ("<input value=' 12 '>", "12"),
        ("<input type='text' value='3'><input type='button' value='改'>", "3"),
        ("<textarea>4\n</textarea>", "4"),
        ("<select><option>1</option><option selected>5</option></select>", "5"),
        ("<select><option>1</option><option>5</option></select>", "1"),
        ("8<span style='mso-hide:all'>9</span>", "8"),
        ("8<span style='visibility: hidden'>9</span>", "8"),
        ("8<span style='color:red;opacity:0'>9</span>", "8"),
        ("8<span style='opacity:0.5'>9</span>", "89"),
        ("8<span style='position:absolute;left:-9999px'>9</span>", "8"),
        ("8<span class='only sr-only'>9</span>", "8"),
        ("8<span style='font-size:0pt'>9</span>", "8"),
        ("<p style='font-size:0'><span style='font-size:14px'>8</span><span style='font-size:14px'>9</span></p>", "89"),
        ("8<span style='color:#FFFFFF'>9</span>", "8⁹"),
        ("<p style='background:#1f4e79'>8<span style='color:white'>9</span></p>", "89"),
        ("8<span style='background-color:white'>9</span>", "89"),
    ],
)
def test_cell_holds_what_a_browser_shows_and_marks_beside_a_figure_are_no_digits_of_it(cell: str, text: str) -> None:
    assert only_grid(f"<table><tr><td>规章</td><td>{cell}</td></tr></table>").cells[1].text == text


def test_lines_word_writes_only_for_itself_do_not_break_a_table() -> None:
    rows = "<tr><td>规章</td><td>7</td></tr><![if !supportMisalignedColumns]><tr height=0><td width=1></td></tr><![endif]>"
    grid = only_grid(f"<table><!--[if gte mso 9]><tr><td>9</td></tr><![endif]-->{rows}</table>")
    assert [cell.text for cell in grid.cells] == ["规章", "7", ""]


def test_frames_that_are_not_in_the_file_are_counted_and_invisible_ones_are_not() -> None:
    frames = (
        "<iframe src='report.html'></iframe><iframe src='a.html' width=1 height=1></iframe><object data='b.pdf'></object>"
        "<iframe src='about:blank'></iframe><iframe src='c.html' style='display:none'></iframe><embed src=''>"
    )
    assert [(notice.code, notice.params) for notice in page(f"<p>x</p>{frames}").notices] == [("frames_missing", {"count": 2})]


def test_page_of_pictures_without_a_table_says_so() -> None:
    assert [notice.code for notice in page("<p>x</p><img src=a.png><img src=b.png>").notices] == ["tables_may_be_pictures"]
    assert page("<img src=a.png><table><tr><td>规章</td><td>7</td></tr></table>").notices == ()


def test_page_whose_report_is_in_a_frame_says_what_to_do() -> None:
    with pytest.raises(CannotReadError) as caught:
        read_report(b"<html><body><p>home</p><iframe src='report.html'></iframe></body></html>", "a.html")
    assert caught.value.code == "report_in_frame"
    assert "1" in Labels("zh")("error.report_in_frame", **caught.value.params)


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("gb2312", "gb18030"),
        ("gbk", "gbk"),
        ("utf-8", "utf-8"),
        ("big5", "big5"),
        ("utf-8", "gb18030"),
        ("gb2312", "utf-8"),
        ("nonsense", "gb18030"),
        ("", "utf-16"),
    ],
)
def test_encoding_is_found_whatever_the_page_declares(declared: str, encoding: str) -> None:
    text = "政府信息公開年度報告，行政機關的總計" if encoding == "big5" else "政府信息公开年度报告，行政机关的总计"
    body = f'<html><head><meta charset="{declared}"></head><body><p>{text}</p></body></html>'
    assert prose(read(body.encode(encoding), "a.html")) == [text]


def test_gb2312_page_with_a_character_beyond_gb2312_keeps_it() -> None:
    body = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><p>朱镕基、珺、㙍的公开报告</p>'
    assert prose(read(body.encode("gb18030"), "a.html")) == ["朱镕基、珺、㙍的公开报告"]


def test_tables_nested_without_end_are_refused() -> None:
    with pytest.raises(CannotReadError) as caught:
        page("<table><tr><td>" * 200)
    assert caught.value.code == "too_nested"


def test_deep_elements_are_read_to_the_end_or_refused_but_never_cut_off() -> None:
    assert prose(page("<div>" * 1500 + "底" + "</div>" * 1500 + "<p>末</p>")) == ["底", "末"]
    with pytest.raises(CannotReadError) as caught:
        page("<div>" * 3000 + "底" + "</div>" * 3000 + "<p>末</p>")
    assert caught.value.code == "too_nested"


@pytest.mark.corpus
def test_page_of_004_has_its_three_tables(corpus: Path) -> None:
    """Sizes counted in the browser: 18 rows; 26 rows with ten columns; 4 rows with fifteen columns."""
    pages = read(next(corpus.glob("004_*.html")).read_bytes(), "004.html")
    grids = [block for block in pages.blocks if isinstance(block, Grid)]
    assert [(grid.height, grid.width) for grid in grids] == [(18, 5), (26, 10), (4, 15)]
    total = grids[1].rows()[24]
    assert [cell.text.strip("\xa0") for cell in total] == ["（七）总计", "767", "35", "", "", "2", "1", "805"]
    assert [cell.column for cell in total] == [1, 3, 4, 5, 6, 7, 8, 9]
