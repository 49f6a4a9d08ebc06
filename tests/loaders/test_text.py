"""Plain text: which lines are tables, what stays an empty cell, which encoding. Lines are those of real copied pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.errors import CannotReadError
from loaders.grid import Grid, Pages, TextLine
from loaders.text import read
from ogi.report import Source


def shape(text: str | Pages) -> list[str | list[list[str]]]:
    """Prose as strings, grids as rows of cell texts."""
    pages = read(text.encode(), "a.txt") if isinstance(text, str) else text
    return [
        [[cell.text for cell in row] for row in block.rows()] if isinstance(block, Grid) else block.text for block in pages.blocks
    ]


def test_tab_separated_lines_are_one_grid_with_its_empty_cells() -> None:
    text = "二、主动公开政府信息情况\n\n第二十条第（一）项\t\t\t\n规章\t0\t\t0\n\t2. 重复申请\t1\t\n\n无。"
    assert shape(text) == [
        "二、主动公开政府信息情况",
        [["第二十条第（一）项", "", "", ""], ["规章", "0", "", "0"], ["", "2. 重复申请", "1", ""]],
        "无。",
    ]


def test_line_without_tabs_between_rows_is_a_row_of_one_cell() -> None:
    assert shape("规章\t0\n第二十条第（五）项\n行政许可\t31") == [[["规章", "0"], ["第二十条第（五）项"], ["行政许可", "31"]]]


def test_section_heading_long_prose_or_blank_line_ends_a_grid() -> None:
    rows = "规章\t0\n许可\t1"
    for between in ("三、收到和处理政府信息公开申请情况", "全" * 60, ""):
        assert shape(f"{rows}\n{between}\n{rows}") == [
            [["规章", "0"], ["许可", "1"]],
            *([between] if between else []),
            [["规章", "0"], ["许可", "1"]],
        ]


def test_trailing_bar_closes_the_last_cell_and_further_bars_are_empty_cells() -> None:
    assert shape("第二十条第(一)项 | ||||\n规章 | 0 | 0 | 0 | |\n许可 | 1 | ||") == [
        [["第二十条第(一)项", "", "", "", ""], ["规章", "0", "0", "0", ""], ["许可", "1", "", ""]]
    ]


def test_leading_bar_is_an_empty_cell_where_other_lines_have_none() -> None:
    assert shape("三、结果 | (一)予以公开 | | 0 |\n| (二)部分公开 | | 7 |") == [
        [["三、结果", "(一)予以公开", "", "0"], ["", "(二)部分公开", "", "7"]]
    ]


def test_markdown_table_has_borders_and_a_rule_that_is_no_row() -> None:
    text = "## 二、主动公开\n| 信息内容 | 数量 |\n|:---|---:|\n| 规章 | 0 |\n| 甲\\|乙 | |"
    assert shape(text) == ["二、主动公开", [["信息内容", "数量"], ["规章", "0"], ["甲|乙", ""]]]


def test_rule_after_single_rows_is_no_row() -> None:
    assert shape("规章 | 0\n---|---\n许可 | 1") == [[["规章", "0"], ["许可", "1"]]]


def test_lone_line_with_a_bar_or_an_indent_is_prose() -> None:
    assert shape("首页 | 政务公开\n\n\t一、总体情况\n\t\t某局") == ["首页 | 政务公开", "\t一、总体情况", "\t\t某局"]


def test_single_row_with_tabs_is_a_grid() -> None:
    assert shape("四、结转下年度继续办理\t0\t3\t3") == [[["四、结转下年度继续办理", "0", "3", "3"]]]


def test_sources_give_line_and_cell() -> None:
    (line, grid) = read("甲\r\n规章\t0\r\n许可\t1".encode(), "a.txt").blocks
    assert isinstance(line, TextLine)
    assert line.source == Source(line=1)
    assert isinstance(grid, Grid)
    assert grid.cells[3].source == Source(line=3, cell=2)


def test_control_characters_are_dropped_and_page_feeds_end_a_line() -> None:
    assert shape("甲\x07乙\x0c丙") == ["甲乙", "丙"]


TEXT = "政府信息公开工作年度报告，行政机关收到申请的总计。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-32"])
def test_encoding_is_found(encoding: str) -> None:
    text = f"2020 {TEXT}\nabcdefghijklmnopqrstuvwxyz 0123456789\n" if encoding == "utf-16-le" else TEXT
    assert shape(read(text.encode(encoding), "a.txt"))[0] == text.split("\n")[0]


def test_big5_is_told_from_gb18030() -> None:
    text = "政府資訊公開年度報告，機關收到的申請總計"
    assert shape(read(text.encode("big5"), "a.txt")) == [text]


def test_a_few_spoilt_bytes_stay_visible_and_the_rest_is_read() -> None:
    data = (TEXT * 20).encode() + b"\xe5\x85" + TEXT.encode()
    assert shape(read(data, "a.txt")) == [TEXT * 20 + "\ufffd" + TEXT]


def test_garbage_is_refused() -> None:
    with pytest.raises(CannotReadError) as caught:
        read(bytes(range(128, 256)) * 40, "a.txt")
    assert caught.value.code == "unknown_encoding"


def test_a_bar_at_the_end_is_an_empty_cell_where_lines_of_heads_have_none() -> None:
    """Cells joined by bars: the last cell of 规章 is empty, and dropping it would shift the row."""
    pages = read("信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n规章 | 1 | 2 | \n规范 | | 3 | ".encode(), "a.md")
    (grid,) = (block for block in pages.blocks if isinstance(block, Grid))
    assert [[cell.text for cell in row] for row in grid.rows()][1:] == [["规章", "1", "2", ""], ["规范", "", "3", ""]]


def test_a_table_without_heads_ends_its_lines_like_the_other_tables_of_the_text() -> None:
    pages = read(
        "信息内容 | 制发件数 | 废止件数 | 有效件数\n规章 | 1 | 2 | 3\n\n\n规章 | 1 | 2 | \n规范 | 4 | 5 | ".encode(), "a.md"
    )
    grids = [block for block in pages.blocks if isinstance(block, Grid)]
    assert [[cell.text for cell in row] for row in grids[1].rows()] == [["规章", "1", "2", ""], ["规范", "4", "5", ""]]


def test_marks_of_html_and_markdown_in_cells_are_not_text() -> None:
    pages = read("| **信息内容** | 本年<br>数量 |\n| --- | --- |\n| 规章 | **12** |\n| 规范 | &nbsp; |".encode(), "a.md")
    (grid,) = (block for block in pages.blocks if isinstance(block, Grid))
    assert [cell.text.strip() for cell in grid.cells] == ["信息内容", "本年\n数量", "规章", "12", "规范", ""]


def test_what_crawlers_leave_of_web_pages_is_no_text() -> None:
    text = (
        "**二、主动公开**\n规章<br>0<br/>&nbsp;\n3\\. 危及&ldquo;三安全一稳定&rdquo;\n"
        '规章 | <o:p> </o:p> | &lt;o:p&gt;&lt;/o:p&gt; | \\-2\n许可 | <span style="a">1</span> | &#160; | \\+3'
    )
    assert shape(text) == [
        "二、主动公开", "规章", "0", "\u00a0", "3. 危及“三安全一稳定”",
        [["规章", "", "", "-2"], ["许可", "1", "\u00a0", "+3"]],
    ]  # fmt: skip


@pytest.mark.parametrize("bar", ["｜", "│", "┃"])
def test_other_characters_that_look_like_bars_are_bars(bar: str) -> None:
    assert shape(f"规章 {bar} 0\n许可 {bar} 1") == [[["规章", "0"], ["许可", "1"]]]


def test_ruled_lines_drawn_with_characters_are_no_rows() -> None:
    text = "┌──┬──┐\n│规章│0│\n├──┼──┤\n│许可│1│\n└──┴──┘\n---\n+----+---+\n| 甲 | 2 |\n+----+---+\n| 乙 | 3 |"
    (grid,) = shape(text)
    assert [[cell for cell in row if cell] for row in grid] == [["规章", "0"], ["许可", "1"], ["甲", "2"], ["乙", "3"]]


def test_line_ends_of_old_macintosh_files_end_lines() -> None:
    assert shape("规章\r0\r许可") == ["规章", "0", "许可"]


def test_byte_order_mark_is_no_character() -> None:
    assert shape(read("\ufeff规章\t0\t1".encode(), "a.txt")) == [[["规章", "0", "1"]]]


@pytest.mark.corpus
def test_lost_pages_of_000_leave_two_tables(corpus: Path) -> None:
    """Lines 37 to 46 and 48 to 58 of the file; the blank line between them is where pages are missing."""
    pages = read(next(corpus.glob("000_*")).read_bytes(), "000.txt")
    grids = [block for block in pages.blocks if isinstance(block, Grid)]
    assert [(grid.height, grid.cells[0].source.line) for grid in grids] == [(10, 37), (11, 48), (4, 64)]
    assert [cell.text for cell in grids[1].rows()[9]] == ["(七) 总计", "1", "0", "0", "0", "0", "0", "1", ""]


@pytest.mark.corpus
def test_bars_of_041_keep_leading_empty_cells(corpus: Path) -> None:
    pages = read(next(corpus.glob("041_*")).read_bytes(), "041.md")
    grids = [block for block in pages.blocks if isinstance(block, Grid)]
    assert [cell.text for cell in grids[1].rows()[9]] == ["", "", "2.其他法律行政法规禁止公开", "", "", "", "", "", "", "0"]
