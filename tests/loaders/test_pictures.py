"""Picture files: every format is opened upright, boxes fit the picture shown, what is broken or too large is refused."""

from __future__ import annotations

import io
import zlib

import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFile

from loaders import scan
from loaders.errors import CannotReadError
from loaders.grid import Grid, Pages
from loaders.kind import kind_of, read_pages
from loaders.pdf_images import render_page
from loaders.read import read_report
from sample_reports.catalogue import DOCUMENTS

FORMATS = {name: f"image/{name.lower()}" for name in ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")}


def drawn_page(stem: str, number: int, dpi: int) -> Image.Image:
    with pypdfium2.PdfDocument(DOCUMENTS / f"{stem}.pdf") as document:
        return document[number - 1].render(scale=dpi / 72).to_pil().convert("L")


def saved(picture: Image.Image, format_: str, **options: object) -> bytes:
    target = io.BytesIO()
    picture.save(target, format=format_, **options)
    return target.getvalue()


def corner_picture(size: tuple[int, int] = (300, 400)) -> Image.Image:
    """White with a black square at the top left."""
    picture = Image.new("L", size, 255)
    ImageDraw.Draw(picture).rectangle((0, 0, 40, 40), fill=0)
    return picture


def cell_at(pages: Pages, text: str) -> tuple[int, tuple[float, float, float, float]]:
    """Page and box of the only cell with this text."""
    found = [cell for block in pages.blocks if isinstance(block, Grid) for cell in block.cells if cell.text == text]
    assert len(found) == 1
    assert found[0].source.page
    assert found[0].source.bbox
    return found[0].source.page, found[0].source.bbox


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_is_known_by_its_bytes_and_shown(format_: str) -> None:
    data = saved(corner_picture(), format_)
    assert kind_of(data, "scan.pdf") == FORMATS[format_]
    shown = render_page(data, 1, 100).convert("L")
    assert shown.height == pytest.approx(1169, abs=1)  # a picture that does not say its size is taken for A4
    assert shown.getpixel((20, 20)) < 80
    assert shown.getpixel((shown.width - 20, shown.height - 20)) > 200


def test_a_telephone_picture_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # shown turned by 90 degrees to the right
    shown = render_page(saved(corner_picture(), "JPEG", exif=exif), 1, 100).convert("L")
    assert shown.width == pytest.approx(1169, abs=1)
    assert shown.getpixel((shown.width - 20, 20)) < 80


def test_a_stack_of_pages_has_each_page_and_an_animation_its_first_frame() -> None:
    first, second = corner_picture(), Image.new("L", (300, 400), 200)
    tiff = saved(first, "TIFF", save_all=True, append_images=[second])
    assert render_page(tiff, 2, 50).convert("L").getpixel((5, 5)) == 200
    gif = saved(first, "GIF", save_all=True, append_images=[second])
    with pytest.raises(CannotReadError) as refused:
        render_page(gif, 2, 50)
    assert refused.value.code == "page_not_there"


def test_transparent_means_paper() -> None:
    picture = Image.new("RGBA", (300, 400), (0, 0, 0, 0))
    assert render_page(saved(picture, "PNG"), 1, 50).convert("L").getpixel((5, 5)) == 255


@pytest.mark.parametrize("format_", ["PNG", "TIFF", "GIF", "BMP"])
def test_a_picture_of_twenty_thousand_pixels_square_is_refused(format_: str) -> None:
    """The header alone says how large it is; nothing of it is unpacked."""
    data = bytearray(saved(Image.new("1", (64, 64)), format_))
    if format_ == "PNG":
        data[16:24] = (20_000).to_bytes(4, "big") * 2
        chunk = bytes(data[12:29])
        data[29:33] = zlib.crc32(chunk).to_bytes(4, "big")
    elif format_ == "BMP":
        data[18:26] = (20_000).to_bytes(4, "little") * 2
    elif format_ == "GIF":
        data[6:10] = (20_000).to_bytes(2, "little") * 2
    else:
        data = bytearray(saved(Image.new("1", (20_000, 20_000)), "TIFF", compression="group4"))
    with pytest.raises(CannotReadError) as refused:
        read_pages(bytes(data), "large")
    assert refused.value.code == "picture_too_large"


@pytest.mark.parametrize("format_", FORMATS)
def test_a_broken_picture_is_damaged(format_: str) -> None:
    data = saved(drawn_page("shili-police-2021", 1, 60), format_)
    with pytest.raises(CannotReadError) as refused:
        read_pages(data[: len(data) // 2], "half")
    assert refused.value.code == "damaged"


def test_half_a_picture_is_damaged_also_where_another_library_lets_it_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    data = saved(Image.new("L", (400, 400), 128), "BMP")
    with pytest.raises(CannotReadError) as refused:
        read_pages(data[: len(data) // 2], "half")
    assert refused.value.code == "damaged"


def test_without_the_parts_for_scans_a_picture_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "is_available", lambda: False)
    with pytest.raises(CannotReadError) as refused:
        read_pages(saved(corner_picture(), "PNG"), "x.png")
    assert refused.value.code == "scan_reader_missing"


def test_a_picture_without_text_is_told_apart_from_one_that_is_no_report() -> None:
    with pytest.raises(CannotReadError) as refused:
        read_report(saved(Image.new("L", (600, 800), 255), "PNG"), "blank.png")
    assert refused.value.code == "nothing_recognised"


def test_a_picture_of_a_table_is_read_and_its_boxes_fit_it() -> None:
    """Page 2 of the report: of the 303 applications of natural persons 126 were granted."""
    data = saved(drawn_page("shili-office-2023", 2, 150), "PNG")
    pages = read_pages(data, "photo.jpg")
    assert (pages.media_type, pages.pages, pages.scanned_pages, pages.image_pages) == ("image/png", 1, (1,), ())
    number, box = cell_at(pages, "303")
    shown = render_page(data, number, 72).convert("L")
    cell = shown.crop(tuple(round(side) for side in box))
    assert cell.getextrema()[0] < 100
    assert cell.crop((2, 2, 8, cell.height - 2)).getextrema()[0] > 150  # the border of the cell is not inside
    data = (DOCUMENTS / "shili-office-2023.pdf").read_bytes()
    of_text = cell_at(read_pages(data, "text.pdf"), "303")[1]
    assert box == pytest.approx(of_text, abs=3)
