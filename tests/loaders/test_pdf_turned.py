"""Turned, cut and landscape pages of a PDF: read as a person holds the paper, places as a viewer shows them."""

from __future__ import annotations

import pytest

from loaders.grid import Pages
from loaders.pdf import read_document
from loaders.pdf_pdfium import PdfiumDocument
from loaders.pdf_plumber import PlumberDocument
from tests.loaders.pdf_files import box, cells, grids, make_pdf, prose, row_of_boxes, text

TABLE = (
    row_of_boxes(50, 50, 100, 150) + row_of_boxes(70, 50, 100, 150) + text(55, 55, "a") + text(105, 55, "1") + text(105, 75, "23")
)
TEXTS = [["a", "1", "", "23"]]
PAGE = TABLE + text(50, 30, "above") + text(50, 100, "below")
# The content turned by quarters clockwise on its page, and the size of the page that then holds it.
TURNS = {
    1: ("0 -1 1 0 0 400 cm\n", "[0 0 300 400]"),
    2: ("-1 0 0 -1 400 300 cm\n", "[0 0 400 300]"),
    3: ("0 1 -1 0 300 0 cm\n", "[0 0 300 400]"),
}
# The box of the cell with 1, (100, 50, 150, 70) on a page of 400 by 300, after so many quarters clockwise.
ONE = {0: (100, 50, 150, 70), 1: (230, 100, 250, 150), 2: (250, 230, 300, 250), 3: (50, 250, 70, 300)}


@pytest.fixture(params=[PdfiumDocument, PlumberDocument])
def read(request):
    """Read by both ways."""

    def read(data: bytes) -> Pages:
        return read_document(request.param(data))[0]

    return read


def place(pages: Pages) -> tuple[float, ...]:
    return next(cell.source.bbox for cell in grids(pages)[0].cells if cell.text == "1")


def test_content_written_sideways_and_shown_upright_is_read_as_shown(read) -> None:
    """Word writes landscape pages so: the content lies on its side in a tall page, which is shown turned."""
    for quarters, (matrix, size) in TURNS.items():
        pages = read(make_pdf(matrix + PAGE, page=f"/MediaBox{size}/Rotate {360 - 90 * quarters}"))
        assert (cells(pages), prose(pages)) == (TEXTS, ["above", "below"])
        assert place(pages) == pytest.approx(ONE[0], abs=0.1)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_page_shown_on_its_side_is_read_as_one_turns_it(read, quarters: int) -> None:
    """A landscape table on a portrait page; places stay those of the page as it is shown."""
    pages = read(make_pdf(PAGE, page=f"/Rotate {90 * quarters}"))
    assert (cells(pages), prose(pages)) == (TEXTS, ["above", "below"])
    assert place(pages) == pytest.approx(ONE[quarters], abs=0.1)


def test_table_drawn_sideways_is_read_as_one_turns_the_page(read) -> None:
    matrix, size = TURNS[1]
    pages = read(make_pdf(matrix + PAGE, page=f"/MediaBox{size}"))
    assert (cells(pages), prose(pages)) == (TEXTS, ["above", "below"])
    assert place(pages) == pytest.approx(ONE[1], abs=0.1)


@pytest.mark.parametrize("turn", ["", "/Rotate 90", "/Rotate 180", "/Rotate 270"])
def test_places_on_a_cut_page_count_from_its_visible_corner(read, turn: str) -> None:
    """The page is cut by 20 at the left and 10 at the top, 30 at the right and 40 at the bottom."""
    pages = read(make_pdf(PAGE, page=f"/MediaBox[0 0 400 300]/CropBox[20 40 370 290]{turn}"))
    x0, top, x1, bottom = 80, 40, 130, 60
    width, height = 350, 250
    expected = {
        "": (x0, top, x1, bottom),
        "/Rotate 90": (height - bottom, x0, height - top, x1),
        "/Rotate 180": (width - x1, height - bottom, width - x0, height - top),
        "/Rotate 270": (top, width - x1, bottom, width - x0),
    }
    assert cells(pages) == TEXTS
    assert place(pages) == pytest.approx(expected[turn], abs=0.1)


def test_origin_of_the_page_need_not_be_its_corner(read) -> None:
    pages = read(make_pdf("1 0 0 1 -100 500 cm\n" + PAGE, page="/MediaBox[-100 500 300 800]"))
    assert (cells(pages), place(pages)) == (TEXTS, pytest.approx(ONE[0], abs=0.1))


HEAD = row_of_boxes(40, 50, 80, 250, height=60) + row_of_boxes(100, 50, 80, 250)


def test_header_words_written_upwards_are_read_in_their_cell(read) -> None:
    upwards = "BT /F1 10 Tf 0 1 -1 0 67 220 Tm (Total) Tj ET\n"
    pages = read(make_pdf(HEAD + upwards + text(90, 60, "words that stand upright") + text(90, 105, "12")))
    assert cells(pages) == [["Total", "words that stand upright", "", "12"]]


def test_words_one_below_the_other_are_lines_of_their_cell(read) -> None:
    letters = "".join(text(60, 45 + 12 * i, letter) for i, letter in enumerate("abc"))
    assert cells(read(make_pdf(HEAD + letters + text(90, 105, "7")))) == [["a\nb\nc", "", "", "7"]]


def test_mark_across_the_page_is_no_text_of_its_cells(read) -> None:
    """Digits of a slanted mark fall into cells, and make no number there."""
    mark = "0.8 g BT /F1 30 Tf 0.87 0.5 -0.5 0.87 55 220 Tm (2024 2024) Tj ET 0 g\n"
    assert cells(read(make_pdf(TABLE + mark))) == TEXTS


def test_skewed_page_is_read(read) -> None:
    """One degree: 10 points over 400 along a line are 0.17, in a column nothing changes."""
    assert prose(read(make_pdf("0.99985 0.01745 -0.01745 0.99985 0 0 cm\n" + text(50, 50, "2020")))) == ["2020"]


def test_landscape_page_is_read_to_its_right_edge(read) -> None:
    wide = "".join(box(50 + 40 * i, 50, 90 + 40 * i, 70) + text(55 + 40 * i, 55, str(i)) for i in range(15))
    pages = read(make_pdf(wide, page="/MediaBox[0 0 700 300]"))
    assert cells(pages) == [[str(i) for i in range(15)]]


@pytest.mark.parametrize(
    ("encoding", "places"),
    [
        ("UniGB-UTF16-H", [("自", 50, 82.4), ("然", 70, 82.4), ("人", 90, 82.4)]),
        ("UniGB-UTF16-V", [("自", 40, 100), ("然", 40, 120), ("人", 40, 140)]),
        ("GBK-EUC-H", [("自", 50, 82.4), ("然", 70, 82.4), ("人", 90, 82.4)]),
    ],
)
@pytest.mark.parametrize("reader", [PdfiumDocument, PlumberDocument])
@pytest.mark.filterwarnings("ignore")
def test_chinese_font_that_is_not_in_the_file(reader, encoding: str, places: list) -> None:
    """Old WPS and Word name a font only; in writing from top to bottom (-V) each character stands below the one before.

    The base line begins at 50, 100 from the top, the size is 20: 2.4 of it is below the base line.
    """
    collection = "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
    descendant = f"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light{collection}/DW 1000>>"
    font = f"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/{encoding}/DescendantFonts[4 0 R]>>"
    code = "自然人".encode("gbk" if encoding.startswith("GBK") else "utf-16-be").hex()
    data = make_pdf(f"BT /F3 20 Tf 50 200 Td <{code}> Tj ET", objects=[descendant.encode(), font.encode()])
    page = reader(data.replace(b"/F1 3 0 R", b"/F1 3 0 R/F3 5 0 R")).page(1)
    assert sorted((char.text, round(char.x0, 1), round(char.top, 1)) for char in page.chars) == sorted(places)
