"""What nobody can see on a page of a PDF is not read, and that is told; what can be seen is read as it is printed."""

from __future__ import annotations

import pytest

from loaders.pdf import read
from tests.loaders.pdf_files import box, cells, make_pdf, picture, prose, row_of_boxes, rule, stream, text

SEEN = text(50, 20, "seen")
LIGHT = "/ExtGState<</Clear<</ca 0>>/Half<</ca 0.4>>>>"


def lines(content: str, **options) -> list[str]:
    return prose(read(make_pdf(SEEN + content, **options), "a.pdf"))


@pytest.mark.parametrize("mode", [3, 7])
def test_text_drawn_without_ink_is_not_read(mode: int) -> None:
    assert lines(f"{mode} Tr\n" + text(50, 50, "hidden")) == ["seen"]


def test_outlined_text_is_read() -> None:
    assert lines("1 Tr\n" + text(50, 50, "outlined")) == ["seen", "outlined"]


@pytest.mark.parametrize("color", ["1 g", "1 1 1 rg", "0 0 0 0 k", "0.99 g"])
def test_white_text_on_paper_is_not_read(color: str) -> None:
    assert lines(f"{color}\n" + text(50, 50, "hidden")) == ["seen"]


def test_white_text_on_a_dark_ground_is_read() -> None:
    assert lines("0 0 0.6 rg\n" + box(40, 40, 200, 80, "f") + "1 g\n" + text(50, 50, "head")) == ["seen", "head"]


def test_grey_text_is_read() -> None:
    assert lines("0.7 g\n" + text(50, 50, "grey")) == ["seen", "grey"]


def test_transparent_text_is_not_read() -> None:
    assert lines("/Clear gs\n" + text(50, 50, "hidden"), resources=LIGHT) == ["seen"]


def test_text_under_a_white_patch_is_not_read_and_the_text_on_the_patch_is() -> None:
    patch = "1 g\n" + box(40, 45, 200, 65, "f") + "0 g\n"
    assert lines(text(50, 50, "hidden") + patch + text(50, 50, "shown")) == ["seen", "shown"]


def test_text_half_under_a_patch_is_read_as_far_as_it_is_seen() -> None:
    """Digits of Helvetica at 10 points are 5.56 wide: the patch from 61 on covers the last two."""
    assert lines(text(50, 50, "1234") + "1 g\n" + box(61, 45, 200, 65, "f")) == ["seen", "12"]


def test_text_under_a_seal_one_can_look_through_is_read() -> None:
    seal = "q /Half gs 1 0 0 rg\n" + box(40, 40, 120, 80, "f") + "Q\n"
    assert lines(text(50, 50, "2021"), resources=LIGHT) == lines(text(50, 50, "2021") + seal, resources=LIGHT)


def test_text_under_a_picture_of_the_page_is_not_read() -> None:
    pages = read(make_pdf(text(50, 50, "12345 layer of a scan") + picture(0, 0, 400, 300)), "a.pdf")
    assert (prose(pages), pages.image_pages) == ([], (1,))


def test_text_cut_away_is_not_read_and_text_within_the_cut_is() -> None:
    cut = f"q 40 {300 - 60} 100 20 re W n\n"
    assert lines(cut + text(50, 45, "within") + text(50, 100, "away") + "Q\n" + text(50, 120, "after")) == [
        "seen",
        "within",
        "after",
    ]


def test_text_on_a_layer_that_is_off_is_not_read() -> None:
    layers = "/OCProperties<</OCGs[4 0 R 5 0 R]/D<</OFF[4 0 R]>>>>"
    groups = [b"<</Type/OCG/Name(off)>>", b"<</Type/OCG/Name(on)>>"]
    content = "/OC /A BDC\n" + text(50, 50, "off") + "EMC\n/OC /B BDC\n" + text(50, 80, "on") + "EMC\n"
    assert lines(content, catalog=layers, objects=groups, resources="/Properties<</A 4 0 R/B 5 0 R>>") == ["seen", "on"]


@pytest.mark.parametrize("pack", [False, True])
def test_the_printed_glyphs_are_read_not_the_text_that_replaces_them(pack: bool) -> None:
    assert lines("/Span<</ActualText<FEFF00310031>>> BDC\n" + text(50, 50, "77") + "EMC\n", pack=pack) == ["seen", "77"]


def test_text_and_rules_of_a_form_are_read_in_their_place() -> None:
    inner = stream(
        row_of_boxes(50, 50, 100, 150, 200) + text(105, 55, "3"),
        "/Type/XObject/Subtype/Form/BBox[0 0 400 300]/Resources<</Font<</F1 3 0 R>>>>",
    )
    pages = read(make_pdf("q 1 0 0 1 10 -20 cm /X Do Q\n", objects=[inner], resources="/XObject<</X 4 0 R>>"), "a.pdf")
    assert cells(pages) == [["", "3", ""]]
    assert pages.blocks[0].cells[1].source.bbox == (110, 70, 160, 90)


def test_numbers_that_cannot_be_seen_are_no_values_of_a_table() -> None:
    table = row_of_boxes(50, 50, 100, 150, 200) + text(55, 55, "a") + text(105, 55, "1")
    assert cells(read(make_pdf(table + "1 g\n" + text(115, 55, "2") + text(155, 55, "9")), "a.pdf")) == [["a", "1", ""]]


def test_a_number_crossed_out_in_a_table_is_no_number_and_an_underlined_one_is() -> None:
    table = row_of_boxes(50, 50, 100, 150, 200) + text(105, 55, "99") + text(120, 55, "1") + text(155, 55, "8")
    crossed = rule(105, 60, 116.2, 60)
    under = rule(155, 66, 161, 66)
    assert cells(read(make_pdf(table + crossed + under), "a.pdf")) == [["", "9\u03369\u0336 1", "8"]]


def test_white_borders_make_no_cells() -> None:
    assert cells(read(make_pdf("1 G\n" + row_of_boxes(50, 50, 100, 150, 200) + text(55, 55, "a")), "a.pdf")) == []


def test_hidden_text_is_told_with_its_pages() -> None:
    pages = read(make_pdf(SEEN, SEEN + "3 Tr\n" + text(50, 50, "hidden")), "a.pdf")
    assert [(notice.code, notice.params) for notice in pages.notices] == [("hidden_text", {"pages": "2"})]


def test_text_layer_of_a_scan_is_not_believed_and_that_is_told() -> None:
    layer = "3 Tr\n" + "".join(text(50, y, "recognised 12345") for y in range(50, 250, 20))
    pages = read(make_pdf(picture(0, 0, 400, 300) + layer), "a.pdf")
    assert (pages.blocks, pages.image_pages) == ((), (1,))
    assert [notice.code for notice in pages.notices] == ["scan_text_layer"]
