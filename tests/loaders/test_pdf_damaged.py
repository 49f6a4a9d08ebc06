"""Damaged PDFs: what can be repaired for certain is read, what is lost or changed is told and never taken for an empty page."""

from __future__ import annotations

import re
import zlib

import pytest

from loaders.errors import CannotReadError
from loaders.pdf import read
from tests.loaders.pdf_files import cells, grids, make_pdf, prose, row_of_boxes, text

TABLE = row_of_boxes(50, 50, 100, 150, 200) + text(55, 55, "a") + text(105, 55, "12") + text(155, 55, "345")
TEXTS = [["a", "12", "345"]]


def refusal(data: bytes) -> CannotReadError:
    with pytest.raises(CannotReadError) as caught:
        read(data, "a.pdf")
    return caught.value


@pytest.mark.parametrize("pack", [False, True])
@pytest.mark.parametrize(
    "harm",
    [
        lambda data: data.replace(b"startxref\n", b"startxref\n9"),
        lambda data: data.replace(b"startxref\n", b"startxref\n" + b"9" * 30),
        lambda data: data.replace(b"startxref\n", b"startxref\n" + b"9" * 5000),
        lambda data: data.replace(b"0000000", b"0000009"),
        lambda data: b"HTTP/1.1 200 OK\r\n\r\n" + data,
        lambda data: re.sub(rb"xref\n0.*(?=trailer)", b"", data, flags=re.DOTALL),
        lambda data: data + b"\x00" * 3000,
        lambda data: data.replace(b"endobj\n", b"\n", 1),
    ],
    ids=[
        "wrong place of the index",
        "far too high a place",
        "endless place",
        "wrong places in the index",
        "words before",
        "no index",
        "zeros behind",
        "an end missing",
    ],
)
def test_file_whose_pages_are_whole_is_read(harm, pack: bool) -> None:
    assert cells(read(harm(make_pdf(TABLE, pack=pack)), "a.pdf")) == TEXTS


@pytest.mark.parametrize("pack", [False, True])
@pytest.mark.parametrize("share", [0.3, 0.5, 0.6, 0.7, 0.8])
def test_file_cut_off_before_its_pages_end_is_refused(share: float, pack: bool) -> None:
    whole = make_pdf(TABLE, TABLE, text(50, 50, "end"), pack=pack)
    end = whole.rindex(b"endstream")
    assert refusal(whole[: int(end * share)]).code == "damaged"


def test_every_cut_gives_the_whole_table_or_a_refusal() -> None:
    """A table cut short would be read as one with blank cells."""
    whole = make_pdf(TABLE, TABLE, pack=True)
    for length in range(0, len(whole), 7):
        try:
            pages = read(whole[:length], "a.pdf")
        except CannotReadError as error:
            assert error.code in {"damaged", "no_pages"}  # noqa: PT017
        else:
            assert cells(pages) == TEXTS * 2


def test_page_whose_content_is_lost_is_not_an_empty_page() -> None:
    whole = make_pdf(TABLE, TABLE)
    assert refusal(whole.replace(b"7 0 obj<<", b"9 0 obj<<")).code == "damaged"


def test_page_without_content_is_an_empty_page() -> None:
    pages = read(make_pdf(TABLE, ""), "a.pdf")
    assert (pages.pages, cells(pages), prose(pages)) == (2, TEXTS, [])


def test_flipped_bit_in_a_packed_page_is_never_read_as_certain() -> None:
    """Each bit of the packed content is flipped once: the file is refused, or all it says is doubted."""
    whole = make_pdf(TABLE, pack=True)
    start = whole.index(b"stream\n") + 7
    end = whole.index(b"\nendstream")
    for place in range(start + 2, end):
        for bit in (1, 4, 64):
            data = bytearray(whole)
            data[place] ^= bit
            try:
                pages = read(bytes(data), "a.pdf")
            except CannotReadError as error:
                assert error.code == "damaged"  # noqa: PT017
            else:
                if not pages.notices:  # one of the bits between the content and its checksum, which mean nothing
                    assert cells(pages) == TEXTS
                    continue
                assert [notice.code for notice in pages.notices] == ["checksum_fails"]
                assert all(cell.confidence < 0.9 for grid in grids(pages) for cell in grid.cells)


def with_content(packed: bytes) -> bytes:
    """The table with other bytes in place of its packed content."""
    usual = zlib.compress(TABLE.encode())
    whole = make_pdf(TABLE, pack=True)
    assert usual in whole
    return whole.replace(usual, packed).replace(b"/Length %d>>" % len(usual), b"/Length %d>>" % len(packed))


def test_checksum_left_out_by_a_careless_program_does_no_harm() -> None:
    pages = read(with_content(zlib.compress(TABLE.encode())[:-4]), "a.pdf")
    assert (cells(pages), pages.notices) == (TEXTS, ())


def test_bomb_in_a_page_is_refused() -> None:
    assert refusal(with_content(zlib.compress(b" " * 300_000_000))).code == "too_large"


def test_part_of_a_page_that_is_lost_is_told() -> None:
    """The second of two contents of a page is named and not there."""
    whole = make_pdf(TABLE)
    assert refusal(whole.replace(b"/Contents 5 0 R", b"/Contents[5 0 R 9 0 R]")).code == "damaged"


def test_thousands_of_pages_are_refused_before_any_is_read() -> None:
    error = refusal(make_pdf(*["BT ET"] * 5000))
    assert (error.code, error.params) == ("too_many_pages", {"pages": 5000, "most": 500})
