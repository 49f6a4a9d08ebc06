"""What is pasted into a box becomes a file of the right kind, and nothing of it is lost."""

from __future__ import annotations

from loaders.grid import Grid, Pages, TextLine
from loaders.kind import read_pages
from loaders.paste import read_pasted


def pages(text: str) -> Pages:
    return read_pages(*read_pasted(text))


def grid_of(text: str) -> list[tuple[int, int, str]]:
    (grid,) = (block for block in pages(text).blocks if isinstance(block, Grid))
    return [(cell.row, cell.column, cell.text) for cell in grid.cells]


def test_table_of_a_page_keeps_its_places() -> None:
    text = "<table><tr><td colspan=2>规章</td><td>7</td></tr><tr><td>a</td><td>b</td><td>c</td></tr></table>"
    assert grid_of(text) == [(0, 0, "规章"), (0, 2, "7"), (1, 0, "a"), (1, 1, "b"), (1, 2, "c")]


def test_rows_without_their_table_are_a_table() -> None:
    rows = "<tr><td>规章</td><td>7</td></tr>\n<tr><td>许可</td><td>8</td></tr>"
    assert grid_of(rows) == [(0, 0, "规章"), (0, 1, "7"), (1, 0, "许可"), (1, 1, "8")]


def test_positions_windows_puts_before_html_are_no_text() -> None:
    head = "Version:0.9\r\nStartHTML:0000000105\r\nEndHTML:0000000300\r\nStartFragment:0000000141\r\n"
    found = pages(f"{head}<html><body>\r\n<!--StartFragment--><p>某局年度报告</p><!--EndFragment--></body></html>")
    assert [block.text for block in found.blocks if isinstance(block, TextLine)] == ["某局年度报告"]


def test_cells_of_a_spreadsheet_are_a_table() -> None:
    assert grid_of("信息内容\t数量\n行政许可\t7\n行政处罚\t\n") == [
        (0, 0, "信息内容"),
        (0, 1, "数量"),
        (1, 0, "行政许可"),
        (1, 1, "7"),
        (2, 0, "行政处罚"),
        (2, 1, ""),
    ]


def test_cell_of_several_lines_stays_one_cell() -> None:
    assert grid_of('信息内容\t"本年\n数量"\n行政许可\t7\n<1\t2\n') == [
        (0, 0, "信息内容"),
        (0, 1, "本年\n数量"),
        (1, 0, "行政许可"),
        (1, 1, "7"),
        (2, 0, "<1"),
        (2, 1, "2"),
    ]


def test_plain_text_with_quotation_marks_and_angles_stays_plain_text() -> None:
    text = '某局"放管服"\n全年 3 < 5 件，a<b，未发生。'
    assert read_pasted(text) == (text.encode(), "pasted.txt")
    assert [block.text for block in pages(text).blocks if isinstance(block, TextLine)] == text.split("\n")


def test_half_a_character_of_the_clipboard_does_not_break_it() -> None:
    assert read_pasted("某局\ud83d") == ("某局?".encode(), "pasted.txt")
