"""Pages of a PDF that are pictures, or hold a picture whose content no text gives, are named; other pictures are not."""

from __future__ import annotations

import pytest

from loaders.pdf import read_document
from loaders.pdf_pdfium import PdfiumDocument
from loaders.pdf_plumber import PlumberDocument
from tests.loaders.pdf_files import make_pdf, picture, prose, text

LINES = "".join(text(30, top, "a line of words that tell what was done in the year") for top in range(20, 120, 15))
INK = "\x20"


@pytest.fixture(params=[PdfiumDocument, PlumberDocument])
def found(request):
    """The pictures to be read and the lines of text, by both ways of reading."""

    def found(*contents: str) -> tuple[dict, list[str]]:
        pages, pictures = read_document(request.param(make_pdf(*contents)))
        assert pages.image_pages == tuple(pictures)
        return pictures, prose(pages)

    return found


def test_a_table_put_in_as_a_picture_is_named_and_the_text_around_it_is_read(found) -> None:
    pictures, lines = found(LINES, LINES + picture(30, 150, 370, 250, INK))
    assert {number: [tuple(map(round, box)) for box in boxes] for number, boxes in pictures.items()} == {2: [(30, 150, 370, 250)]}
    assert len(lines) == 14


def test_strips_of_one_picture_are_one(found) -> None:
    strips = "".join(picture(30, top, 370, top + 10, INK) for top in range(150, 250, 10))
    pictures, _ = found(LINES + strips)
    assert [tuple(map(round, box)) for box in pictures[1]] == [(30, 150, 370, 250)]


def test_seals_letterheads_and_photographs_are_no_tables(found) -> None:
    seal, line, photograph = picture(250, 150, 320, 220, INK), picture(0, 10, 400, 14, INK), picture(30, 130, 150, 280, INK)
    assert found(LINES + seal + line + photograph)[0] == {}


def test_a_ground_behind_the_text_is_no_content(found) -> None:
    assert found(picture(0, 0, 400, 300, "\xf0") + LINES)[0] == {}


def test_page_of_a_picture_is_the_whole_page_and_its_page_number_is_not_read(found) -> None:
    assert found(picture(5, 5, 395, 295, INK) + text(190, 280, "- 3 -")) == ({1: [(0, 0, 400, 300)]}, [])


def test_scanned_page_with_a_line_printed_on_it_is_a_picture_with_that_line(found) -> None:
    stamp = "0.9 g\n" + text(100, 280, "printed from the archive on 2024-01-15, page 3 of 10")
    assert found(picture(5, 5, 395, 295, INK) + stamp) == ({1: [(0, 0, 400, 300)]}, [])


def test_pale_picture_under_few_words_is_no_content() -> None:
    data = make_pdf(picture(0, 0, 400, 300, "\xe0") + text(50, 50, "signed by the office"))
    assert read_document(PdfiumDocument(data))[1] == {}


def test_letters_drawn_as_shapes_make_a_page_a_picture(found) -> None:
    drawn = "".join(f"{x} 100 m {x + 5} 120 {x + 8} 90 {x + 9} 100 c f\n" for x in range(0, 390, 5))
    assert list(found(drawn)[0]) == [1]
