"""Pages of OFD as pictures: a cell is where its box says, a scanned page inside OFD is read like any scan."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from loaders import ofd_picture
from loaders.errors import CannotReadError
from loaders.grid import Grid
from loaders.ofd import read
from loaders.ofd_picture import render_page
from loaders.pdf_images import render_page as render_pdf_page
from loaders.picture import Look, picture_of
from loaders.read import read_report
from sample_reports.catalogue import DOCUMENTS
from tests.loaders.ofd_files import POINT, RESOURCES, TABLE, make_ofd, media, page, picture, text

MM = POINT * 2
"""Pixels of a millimetre at 144 dpi."""


def jpeg(image: Image.Image) -> bytes:
    target = io.BytesIO()
    image.save(target, format="JPEG", quality=90)
    return target.getvalue()


def darkest(image: Image.Image, x0: float, y0: float, x1: float, y1: float) -> int:
    """The darkest pixel in a box given in millimetres."""
    part = image.convert("L").crop((round(x0 * MM), round(y0 * MM), round(x1 * MM), round(y1 * MM)))
    return int(part.getextrema()[0])  # type: ignore[arg-type]


def test_rules_and_letters_are_drawn_where_they_stand():
    shown = render_page(make_ofd(page(*TABLE, text(74, 66, "国"))), 1, 144)
    assert shown.size == (round(200 * MM), round(200 * MM))
    assert darkest(shown, 49.5, 52, 50.5, 58) < 120  # the left border
    assert darkest(shown, 74, 62, 78, 67) < 80  # the letter
    assert darkest(shown, 80, 62, 89, 68) > 200  # beside it
    assert darkest(shown, 100, 100, 190, 190) > 200


def test_turned_letters_stand_in_their_place():
    shown = render_page(make_ofd(page(text(100, 100, "国", 'CTM="0 1 -1 0 0 0" Boundary="100 100 8 8"'))), 1, 144)
    assert darkest(shown, 92.5, 100, 96.5, 104) > 200
    assert darkest(shown, 100, 100, 101, 104) > 0


def test_without_a_font_for_chinese_a_letter_is_a_box_in_its_place(monkeypatch):
    monkeypatch.setattr(ofd_picture, "chinese_font", lambda size: None)
    assert darkest(render_page(make_ofd(page(text(74, 66, "国"))), 1, 144), 73, 61, 79, 68) < 180


def test_pictures_are_ink_upon_ink():
    grey = Image.new("RGB", (20, 20), (200, 200, 200))
    grey.putpixel((10, 10), (0, 0, 0))
    more = {"common": RESOURCES, "DocumentRes_xml": media(s="a.jpg"), "Res__a.jpg": jpeg(grey)}
    shown = render_page(
        make_ofd(page(picture("20 20 40 40", "s"), picture("20 20 40 40", "gone"), text(30, 50, "国")), **more), 1, 144
    )
    assert 150 < darkest(shown, 22, 22, 26, 26) < 230
    assert darkest(shown, 30, 46, 34, 51) < 80


@pytest.mark.parametrize(
    ("number", "dpi", "code"), [(0, 72, "page_not_there"), (2, 72, "page_not_there"), (1, 9000, "page_too_large")]
)
def test_what_cannot_be_drawn_is_said(number, dpi, code):
    with pytest.raises(CannotReadError) as caught:
        render_page(make_ofd(page(text(20, 50, "甲"))), number, dpi)
    assert caught.value.code == code


def test_a_figure_of_a_sample_is_boxed_on_its_page():
    path = DOCUMENTS / "shili-weather-2021.ofd"
    data = path.read_bytes()
    report = read_report(data, path.name)
    reading = report.cells["applications.received.total"]
    shown = picture_of(data, report, reading.key, Look(extent="page", dpi=72))
    assert (shown.media_type, shown.width, shown.height) == ("image/png", 595, 842)
    assert reading.source is not None
    assert reading.source.bbox is not None
    assert shown.box == pytest.approx(reading.source.bbox, abs=1)
    inside = Image.open(io.BytesIO(shown.data)).convert("L").crop(shown.box)
    assert inside.getextrema()[0] < 160  # type: ignore[operator]


def test_a_scan_inside_ofd_is_read_where_it_stands():
    """The second page of a scanned sample, put into OFD as a picture that fills a page of its size."""
    scan = render_pdf_page((DOCUMENTS / "donghu-liuxi-2019.pdf").read_bytes(), 2, 150)
    width, height = (size / 150 * 25.4 for size in scan.size)
    area = f"<ofd:Area><ofd:PhysicalBox>0 0 {width} {height}</ofd:PhysicalBox></ofd:Area>"
    more = {"common": RESOURCES, "DocumentRes_xml": media(s="a.jpg"), "Res__a.jpg": jpeg(scan)}
    pages = read(make_ofd(page(picture(f"0 0 {width} {height}", "s"), before=area), **more), "a.ofd")
    rows = [[cell.text for cell in row] for block in pages.blocks if isinstance(block, Grid) for row in block.rows()]
    assert (pages.scanned_pages, pages.image_pages) == ((1,), ())
    assert ["行政许可", "2", "+2", "26"] in rows
    assert ["其他对外管理服务事项", "41", "-2", "1,155"] in rows
    assert ["二、上年结转政府信息公开申请数量", "1", "0", "0", "0", "0", "0", "1"] in rows
    boxes = [block.cells[0].source.bbox for block in pages.blocks if isinstance(block, Grid)]
    assert all(box and 0 <= box[0] < box[2] <= width * POINT and 0 <= box[1] < box[3] <= height * POINT for box in boxes)
