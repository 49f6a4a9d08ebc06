"""What is laid over the page of a PDF and seen as part of it, fields filled in and text boxes, is read in its place."""

from __future__ import annotations

import pytest

from loaders.errors import CannotReadError
from loaders.pdf import read, read_document
from loaders.pdf_plumber import PlumberDocument
from tests.loaders.pdf_files import FIRST_OWN, HEIGHT, cells, make_pdf, prose, row_of_boxes, stream, text

ROW = row_of_boxes(50, 50, 100, 170, 240) + text(55, 55, "a")
FORM = "/AcroForm<</NeedAppearances true/DA(/F1 10 Tf 0 g)/DR<</Font<</F1 3 0 R>>>>/Fields[5 0 R]>>"
DRAWN = stream("BT /F1 10 Tf 2 4 Td (12345) Tj ET", "/Type/XObject/Subtype/Form/BBox[0 0 60 14]/Resources<</Font<</F1 3 0 R>>>>")


def field(entries: str, x0: float = 105) -> bytes:
    rect = f"/Rect[{x0} {HEIGHT - 67} {x0 + 60} {HEIGHT - 53}]"
    return f"<</Type/Annot{rect}{entries}>>".encode()


def with_field(entries: str) -> bytes:
    return make_pdf(ROW, page="/Annots[5 0 R]", catalog=FORM, objects=[DRAWN, field(entries)])


def test_objects_are_numbered_as_expected() -> None:
    assert FIRST_OWN == 4


@pytest.mark.parametrize(
    "entries",
    [
        "/Subtype/Widget/FT/Tx/T(a)/V(12345)/F 4/AP<</N 4 0 R>>",
        "/Subtype/Widget/FT/Tx/T(a)/V(12345)/F 4/DA(/F1 10 Tf 0 g)",
        "/Subtype/FreeText/Contents(12345)/F 4/DA(/F1 10 Tf)/AP<</N 4 0 R>>",
    ],
    ids=["drawn field", "field drawn by the viewer", "text box"],
)
def test_what_is_filled_in_stands_in_its_cell(entries: str) -> None:
    assert cells(read(with_field(entries), "a.pdf")) == [["a", "12345", ""]]


def test_hidden_field_is_not_read() -> None:
    entries = "/Subtype/Widget/FT/Tx/T(a)/V(12345)/F 2/AP<</N 4 0 R>>"
    assert cells(read(with_field(entries), "a.pdf")) == [["a", "", ""]]


def test_links_and_notes_are_no_text_of_the_page() -> None:
    note = field("/Subtype/Text/Contents(a remark that opens on a click)/F 4")
    pages = read(make_pdf(text(50, 50, "words"), page="/Annots[5 0 R]", objects=[DRAWN, note]), "a.pdf")
    assert prose(pages) == ["words"]


def test_reader_that_cannot_read_fields_says_so() -> None:
    pages, _ = read_document(PlumberDocument(with_field("/Subtype/Widget/FT/Tx/T(a)/V(12345)/F 4/AP<</N 4 0 R>>")))
    assert cells(pages) == [["a", "", ""]]
    assert [(notice.code, notice.params) for notice in pages.notices] == [("fields_left_out", {"pages": "1"})]


def test_dynamic_form_is_refused_with_what_to_do() -> None:
    catalog = "/NeedsRendering true/AcroForm<</XFA[(template)4 0 R]/Fields[]>>"
    data = make_pdf(text(50, 50, "Please wait..."), catalog=catalog, objects=[stream("<xdp/>")])
    with pytest.raises(CannotReadError) as caught:
        read(data, "a.pdf")
    assert caught.value.code == "xfa_form"
