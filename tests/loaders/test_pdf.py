"""PDF with a text layer: cells with their places, cut tables, what is no table, and files that cannot be read.

Small PDFs are written by hand: Helvetica at 10 points on a page of 400 by 300, so every place is known.
"""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest

from loaders import pdf
from loaders.errors import CannotReadError
from loaders.grid import TextLine
from loaders.limits import Limits
from loaders.pdf import read
from tests.loaders.pdf_files import box, grids, make_pdf, places, prose, rule, text

MERGED = (
    box(50, 50, 100, 90) + box(100, 50, 200, 70) + box(100, 70, 150, 90) + box(150, 70, 200, 90)
    + text(55, 55, "a") + text(105, 55, "b") + text(105, 75, "1") + text(155, 75, "23")
)  # fmt: skip


def test_merged_cells_are_known_by_the_rules_they_lack() -> None:
    (grid,) = grids(read(make_pdf(MERGED), "a.pdf"))
    assert places(grid) == [("a", 0, 0, 2, 1), ("b", 0, 1, 1, 2), ("1", 1, 1, 1, 1), ("23", 1, 2, 1, 1)]


def test_cells_carry_page_and_box_in_points_from_the_top_left() -> None:
    grid = grids(read(make_pdf(text(10, 10, "x"), MERGED), "a.pdf"))[0]
    assert grid.page == 2
    assert (grid.cells[3].source.page, grid.cells[3].source.bbox) == (2, (150, 70, 200, 90))


def test_blocks_stand_in_reading_order_and_prose_has_its_place() -> None:
    pages = read(make_pdf(text(50, 100, "below") + MERGED + text(90, 20, "right") + text(50, 20, "left")), "a.pdf")
    assert [block.text if isinstance(block, TextLine) else "grid" for block in pages.blocks] == ["left right", "grid", "below"]
    line = pages.blocks[0]
    assert isinstance(line, TextLine)
    assert line.source.page == 1
    assert line.source.bbox is not None
    assert line.source.bbox[0] == 50
    assert 15 < line.source.bbox[1] < 25


def test_borders_drawn_as_filled_rectangles_make_cells() -> None:
    horizontal = "".join(box(50, y, 150.7, y + 0.7, "f") for y in (50, 70, 90))
    vertical = "".join(box(x, 50, x + 0.7, 90.7, "f") for x in (50, 100, 150))
    (grid,) = grids(read(make_pdf(horizontal + vertical + text(55, 55, "a") + text(105, 75, "1")), "a.pdf"))
    assert [cell.text for cell in grid.cells] == ["a", "", "", "1"]


COLUMNS = (50, 100, 150, 200)


def test_table_cut_by_the_page_end_is_closed_there() -> None:
    """Two rows; the rules at the foot of the second are missing, as Chromium prints a cut table."""
    rules = rule(50, 250, 200, 250) + rule(50, 270, 200, 270) + "".join(rule(x, 250, x, 290) for x in COLUMNS)
    (grid,) = grids(read(make_pdf(rules + text(55, 255, "a") + text(155, 275, "9")), "a.pdf"))
    assert [(cell.text, cell.row) for cell in grid.cells] == [("a", 0), ("", 0), ("", 0), ("", 1), ("", 1), ("9", 1)]


def test_merged_cell_cut_by_the_page_end_is_closed_beside_ruled_ones() -> None:
    """The first column goes on overleaf and has no rule at the cut; the others have one."""
    rules = rule(50, 250, 200, 250) + rule(100, 270, 200, 270) + rule(100, 290, 200, 290)
    rules += "".join(rule(x, 250, x, 290) for x in COLUMNS)
    (grid,) = grids(read(make_pdf(rules + text(55, 265, "a") + text(155, 275, "9")), "a.pdf"))
    assert places(grid)[0] == ("a", 0, 0, 2, 1)
    assert len(grid.cells) == 5


def test_merged_cells_inside_a_table_are_not_closed() -> None:
    """The upper right cell spans two columns: the rule between them begins below it, at a rule."""
    assert len(grids(read(make_pdf(MERGED), "a.pdf"))[0].cells) == 4


def test_frames_and_shaded_lines_are_prose() -> None:
    shaded = "".join(box(50, y, 300, y + 15, "f") for y in (100, 115, 130))
    pages = read(
        make_pdf("0.9 g\n" + box(40, 40, 360, 260) + shaded + "0 g\n" + text(55, 103, "one") + text(55, 118, "two")), "a.pdf"
    )
    assert grids(pages) == []
    assert prose(pages) == ["one", "two"]


def test_frame_cut_together_with_the_table_in_it_is_no_cell() -> None:
    """A web page with a border, printed: its sides and the rules of the table end at the cut, all without a closing rule."""
    rules = rule(50, 250, 200, 250) + rule(50, 270, 200, 270) + "".join(rule(x, 250, x, 290) for x in COLUMNS)
    frame = rule(20, 20, 380, 20) + rule(20, 20, 20, 290) + rule(380, 20, 380, 290)
    pages = read(make_pdf(frame + rules + text(30, 30, "words") + text(55, 255, "a") + text(155, 275, "9")), "a.pdf")
    assert [[cell.text for cell in grid.cells] for grid in grids(pages)] == [["a", "", "", "", "", "9"]]
    assert prose(pages) == ["words"]


def test_columns_of_one_table_do_not_move_those_of_another() -> None:
    """The second rule stands at 100 above and at 102.5 below; the middle of the digit below is 101.9, left of its own rule."""

    def table(top: float, second: float) -> str:
        edges = (50, second, 150, 200)
        cells = pairwise(edges)
        return "".join(box(x0, y, x1, y + 20) for x0, x1 in cells for y in (top, top + 20))

    pages = read(make_pdf(table(50, 100) + table(150, 102.5) + text(99.1, 155, "7")), "a.pdf")
    assert [cell.text for cell in grids(pages)[1].cells] == ["7", "", "", "", "", ""]


def test_row_left_alone_on_its_page_is_a_grid() -> None:
    row = "".join(box(x, 50, x + 50, 70) for x in COLUMNS)
    (grid,) = grids(read(make_pdf(row + text(105, 55, "3")), "a.pdf"))
    assert [cell.text for cell in grid.cells] == ["", "3", "", ""]


def test_words_of_a_table_outside_its_cells_are_not_lost() -> None:
    """Three closed cells, and a word below them between rules that do not close."""
    pages = read(make_pdf(MERGED + rule(50, 90, 50, 110) + text(60, 95, "lost")), "a.pdf")
    assert prose(pages) == ["lost"]


def test_bold_made_by_printing_twice_is_read_once() -> None:
    pages = read(make_pdf(text(50, 50, "2020") + text(50.3, 50, "2020")), "a.pdf")
    assert prose(pages) == ["2020"]


def test_equal_digits_side_by_side_stay() -> None:
    assert prose(read(make_pdf(text(50, 50, "1000011")), "a.pdf")) == ["1000011"]


@pytest.mark.parametrize(("width", "expected"), [(18, "1234"), (40, "12\n34")])
def test_number_is_joined_only_where_the_cell_left_it_no_room(width: int, expected: str) -> None:
    """Digits of Helvetica at 10 points are 5.56 wide: three need 16.7, which 18 less the usual padding does not hold."""
    row = "".join(box(x, 50, x + width, 80) for x in (50, 50 + width, 50 + 2 * width))
    (grid,) = grids(read(make_pdf(row + text(53, 52, "12") + text(53, 66, "34")), "a.pdf"))
    assert grid.cells[0].text == expected


def test_slanted_lines_do_no_harm() -> None:
    pages = read(make_pdf(MERGED + rule(50, 150, 120, 190) + text(60, 200, "x")), "a.pdf")
    assert (len(grids(pages)), prose(pages)) == (1, ["x"])


def test_words_outside_the_page_are_not_read() -> None:
    assert prose(read(make_pdf(text(50, 50, "in") + text(450, 50, "out") + text(50, -80, "up")), "a.pdf")) == ["in"]


def test_a_number_that_runs_over_the_edge_of_the_paper_is_read_whole() -> None:
    """The page ends at 400; the last column of the table goes on to 440, and 12345 begins at 385."""
    table = "".join(box(x0, top, x1, top + 20) for top in (50, 70) for x0, x1 in ((300, 380), (380, 440)))
    (grid,) = grids(read(make_pdf(table + text(305, 55, "a") + text(385, 55, "12345") + text(385, 75, "7")), "a.pdf"))
    assert [cell.text for cell in grid.cells] == ["a", "12345", "", "7"]


def test_page_with_a_picture_and_no_text_is_named() -> None:
    inline = "q 400 0 0 300 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q\n"
    pages = read(make_pdf(text(50, 50, "words"), inline, ""), "a.pdf")
    assert (pages.pages, pages.image_pages, prose(pages)) == (3, (2,), ["words"])


def test_page_of_a_picture_with_a_page_number_is_named_and_a_picture_beside_text_is_not(without_scan_reader: None) -> None:
    picture = "q {} 0 0 {} 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q\n"
    pages = read(
        make_pdf(picture.format(390, 290) + text(190, 280, "- 3 -"), picture.format(50, 50) + text(50, 50, "few")), "a.pdf"
    )
    assert (pages.image_pages, prose(pages)) == ((1,), ["few"])


def test_file_that_lost_pages_is_damaged_not_short() -> None:
    whole = make_pdf(text(50, 50, "x"), text(50, 50, "y"))
    assert refusal(whole.replace(b"6 0 obj<</Type/Page", b"6 0 obj<</Type/Gone")) == "damaged"


def test_page_whose_letters_are_drawn_is_named(without_scan_reader: None) -> None:
    drawn = "".join(f"{x} 100 m {x + 5} 120 {x + 8} 90 {x + 9} 100 c f\n" for x in range(0, 390, 5))
    assert read(make_pdf(drawn), "a.pdf").image_pages == (1,)


@pytest.mark.parametrize(
    ("info", "title"),
    [(b"(Report)", "Report"), (b"<FEFF5E7462A5>", "年报"), (b"<FFFE745EA562>", "年报"), (b"42", ""), (b"", "")],
)
def test_title_of_the_document_information(info: bytes, title: str) -> None:
    assert read(make_pdf(text(50, 50, "x"), info=info), "a.pdf").title == title


def refusal(data: bytes) -> str:
    with pytest.raises(CannotReadError) as caught:
        read(data, "a.pdf")
    return caught.value.code


def test_files_that_cannot_be_read_give_their_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = make_pdf(text(50, 50, "x"), text(50, 50, "y"))
    assert refusal(make_pdf(text(50, 50, "x"), encrypt=True)) == "password_needed"
    assert refusal(make_pdf()) == "no_pages"
    assert refusal(b"%PDF-1.7\n") == "damaged"
    assert refusal(b"%PDF-1.7\n" + b"\x00\xff garbage" * 100) == "damaged"
    monkeypatch.setattr(pdf, "LIMITS", Limits(pages=1))
    assert refusal(whole) == "too_many_pages"


@pytest.mark.corpus
def test_huaian_2024_is_read_over_its_six_pages(corpus: Path) -> None:
    """Read off the pages: tables on 3 and 4, 4 and 5, 5; the applications table breaks inside （四）无法提供."""
    data = next(path for path in corpus.glob("001_*.pdf") if "scanned" not in path.name).read_bytes()
    pages = read(data, "001.pdf")
    found = grids(pages)
    assert (pages.pages, pages.image_pages) == (6, ())
    assert [(grid.page, grid.height, grid.width) for grid in found] == [
        (3, 8, 4),
        (4, 6, 2),
        (4, 16, 10),
        (5, 12, 10),
        (5, 4, 15),
    ]
    assert [cell.text for cell in found[2].rows()[15]][2:] == ["746", "12", "0", "0", "10", "1", "769"]
    assert (found[2].rows()[15][0].text, found[3].rows()[0][1].text) == ("（四）无", "法提供")
    assert [cell.text for cell in found[3].rows()[10]] == ["（七）总计", "2932", "53", "0", "0", "61", "4", "3050"]
    assert " ".join(cell.text for cell in found[4].rows()[3]) == "72 64 178 37 351 13 4 8 1 26 12 1 1 6 20"
    assert "制。报告所列统计期限自 2024 年 1 月 1 日至 2024 年 12 月 31 日。" in prose(pages)


@pytest.mark.corpus
def test_rows_at_the_cut_of_the_chromium_print_of_004_are_kept(corpus: Path) -> None:
    """Page 2 ends with 7.属于行政执法案卷, page 3 begins with 8.属于行政查询事项 (10 and 2); neither has a rule at the cut."""
    found = grids(read(next(corpus.glob("004_*.chromium.pdf")).read_bytes(), "004.pdf"))
    assert [(grid.page, grid.height, grid.width) for grid in found] == [(2, 18, 5), (2, 14, 10), (3, 12, 10), (3, 4, 15)]
    last, first = found[1].rows()[13], found[2].rows()[0]
    assert last[0].text.startswith("7.")
    assert [cell.text for cell in first[2:5]] == ["8.属于⾏政查询事项", "10", "2"]
    assert [(cell.column, cell.rowspan) for cell in first[:2]] == [(0, 11), (1, 1)]


@pytest.fixture
def without_scan_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loaders.scan.is_available", lambda: False)


@pytest.mark.corpus
def test_scan_without_its_reader_gives_no_block_and_names_its_pages(corpus: Path, without_scan_reader: None) -> None:
    pages = read(next(corpus.glob("001_*.scanned.pdf")).read_bytes(), "001.pdf")
    assert (pages.blocks, pages.image_pages, pages.scanned_pages) == ((), (1, 2, 3, 4, 5, 6), ())
    assert [notice.code for notice in pages.notices] == ["scan_reader_missing"]


@pytest.mark.corpus
def test_six_pages_take_little_processor_time(corpus: Path) -> None:
    """About 0.35 s on the machine this was written on; a fault in table finding costs seconds."""
    data = next(path for path in corpus.glob("001_*.pdf") if "scanned" not in path.name).read_bytes()
    start = time.process_time()
    read(data, "001.pdf")
    assert time.process_time() - start < 3
