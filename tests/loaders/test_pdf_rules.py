"""Borders as programs draw them: filled, dashed, dotted, double, in pieces, drawn as outlines; and tables cut by the page."""

from __future__ import annotations

import itertools

import pytest

from loaders.pdf import read_document
from loaders.pdf_pdfium import PdfiumDocument
from loaders.pdf_plumber import PlumberDocument
from tests.loaders.pdf_files import HEIGHT, box, cells, make_pdf, rule, text

XS, YS = (50, 120, 190, 260), (50, 80, 110)
WORDS = text(55, 55, "a") + text(125, 55, "1") + text(195, 55, "2") + text(55, 85, "b") + text(125, 85, "34") + text(195, 85, "5")
TABLE = [["a", "1", "2", "b", "34", "5"]]


@pytest.fixture(params=[PdfiumDocument, PlumberDocument])
def table_of(request):
    """The texts of the cells, by both ways of reading."""

    def table_of(content: str, **options) -> list[list[str]]:
        return cells(read_document(request.param(make_pdf(content, **options)))[0])

    return table_of


def drawn(across, down) -> str:
    """Every level and every upright rule of the table, drawn by the two functions from their ends."""
    return "".join(across(XS[0], y, XS[-1], y) for y in YS) + "".join(down(x, YS[0], x, YS[-1]) for x in XS)


def filled(width: float):
    return lambda x0, y0, x1, y1: box(x0 - width / 2, y0 - width / 2, x1 + width / 2, y1 + width / 2, "f")


@pytest.mark.parametrize("width", [0.12, 0.5, 1.5, 3])
def test_borders_filled_as_thin_boxes(table_of, width: float) -> None:
    assert table_of(drawn(filled(width), filled(width)) + WORDS) == TABLE


def test_borders_dashed_by_the_pen(table_of) -> None:
    assert table_of("[3 2] 0 d\n" + drawn(rule, rule) + WORDS) == TABLE


@pytest.mark.parametrize(("long", "gap"), [(0.75, 0.75), (1.5, 1.5), (2.25, 1.6), (6, 2.5)])
def test_borders_drawn_dash_by_dash(table_of, long: float, gap: float) -> None:
    """Chromium draws dotted and dashed borders so: each dot a filled square of its own."""

    def across(x0: float, y0: float, x1: float, y1: float) -> str:
        count = int((x1 - x0) / (long + gap)) + 1
        return "".join(box(x0 + i * (long + gap), y0, x0 + i * (long + gap) + long, y0 + 0.75, "f") for i in range(count))

    def down(x0: float, y0: float, x1: float, y1: float) -> str:
        count = int((y1 - y0) / (long + gap)) + 1
        return "".join(box(x0, y0 + i * (long + gap), x0 + 0.75, y0 + i * (long + gap) + long, "f") for i in range(count))

    assert table_of(drawn(across, down) + WORDS) == TABLE


@pytest.mark.parametrize("apart", [1.5, 3, 4.5, 6])
def test_double_rules_are_one(table_of, apart: float) -> None:
    def double(x0: float, y0: float, x1: float, y1: float) -> str:
        aside, below = (0, apart) if y0 == y1 else (apart, 0)
        return rule(x0, y0, x1, y1) + rule(x0 + aside, y0 + below, x1 + aside, y1 + below)

    assert table_of(drawn(double, double) + WORDS) == TABLE


def test_a_row_as_low_as_its_print_is_no_double_rule(table_of) -> None:
    """Four points high, with a digit in it."""
    rows = "".join(box(x0, top, x1, bottom) for x0, x1 in itertools.pairwise(XS) for top, bottom in ((50, 56), (56, 80)))
    tiny = f"BT /F1 5 Tf 125 {HEIGHT - 55} Td (7) Tj ET\n"
    assert table_of(rows + tiny + text(55, 60, "a")) == [["", "7", "", "a", "", ""]]


def test_borders_drawn_cell_by_cell_and_filled_grounds(table_of) -> None:
    """Grey grounds end where the borders are; white grounds and those of words are no borders."""
    content = "0.9 g\n" + box(50, 50, 260, 80, "f") + "1 g\n" + box(124, 86, 140, 95, "f") + "0 g\n"
    content += "".join(box(x0, y0, x1, y1) for x0, x1 in itertools.pairwise(XS) for y0, y1 in itertools.pairwise(YS))
    assert table_of(content + WORDS) == TABLE


def test_borders_in_pieces_with_squares_at_the_corners(table_of) -> None:
    """Word and WPS fill each side of each cell and each corner on its own."""
    pieces = "".join(box(x - 0.24, y - 0.24, x + 0.24, y + 0.24, "f") for x in XS for y in YS)
    pieces += "".join(box(x0 + 0.24, y - 0.24, x1 - 0.24, y + 0.24, "f") for x0, x1 in itertools.pairwise(XS) for y in YS)
    pieces += "".join(box(x - 0.24, y0 + 0.24, x + 0.24, y1 - 0.24, "f") for x in XS for y0, y1 in itertools.pairwise(YS))
    assert table_of(pieces + WORDS) == TABLE


def test_bevelled_borders_drawn_as_outlines(table_of) -> None:
    """Chromium draws borders of different colours as trapezoids."""

    def trapezoid(x0: float, y0: float, x1: float, y1: float) -> str:
        if y0 == y1:
            points = [(x0, y0), (x1, y0), (x1 - 1, y0 + 1), (x0 + 1, y0 + 1)]
        else:
            points = [(x0, y0), (x0 + 1, y0 + 1), (x0 + 1, y1 - 1), (x0, y1)]
        first, *rest = [f"{x} {HEIGHT - y}" for x, y in points]
        return f"{first} m " + " ".join(f"{point} l" for point in rest) + " h f\n"

    assert table_of(drawn(trapezoid, trapezoid) + WORDS) == TABLE


def test_frame_with_round_corners_is_no_table_and_hides_none(table_of) -> None:
    top, bottom = HEIGHT - 30, HEIGHT - 200
    frame = f"40 {bottom + 5} m 40 {top - 5} l 40 {top} 40 {top} 45 {top} c 295 {top} l 300 {top} 300 {top} 300 {top - 5} c "
    frame += f"300 {bottom + 5} l 300 {bottom} 300 {bottom} 295 {bottom} c 45 {bottom} l "
    frame += f"40 {bottom} 40 {bottom} 40 {bottom + 5} c s\n"
    assert table_of(frame + drawn(rule, rule) + WORDS) == TABLE


def test_table_without_outer_sides_is_not_closed_by_guesses(table_of) -> None:
    """Three level rules and no upright one, as in printed books: no cells, and the words stay lines."""
    assert table_of("".join(rule(50, y, 260, y) for y in YS) + WORDS) == []


def test_rules_of_a_cut_table_end_at_the_foot_of_the_page(table_of) -> None:
    """The last row has no rule below; the page number stands under it and is in no cell."""
    foot = 270
    rules = rule(50, 210, 260, 210) + rule(50, 240, 260, 240) + "".join(rule(x, 210, x, foot) for x in XS)
    words = text(55, 215, "a") + text(125, 215, "1") + text(55, 245, "b") + text(195, 245, "5") + text(150, 280, "- 4 -")
    assert table_of(rules + words) == [["a", "1", "", "b", "", "5"]]


def test_head_of_a_table_that_goes_on_from_the_page_before_is_closed(table_of) -> None:
    rules = rule(50, 60, 260, 60) + rule(50, 90, 260, 90) + "".join(rule(x, 30, x, 90) for x in XS)
    words = text(150, 15, "2024") + text(55, 35, "a") + text(125, 35, "1") + text(55, 65, "b") + text(195, 65, "5")
    assert table_of(rules + words) == [["a", "1", "", "b", "", "5"]]
