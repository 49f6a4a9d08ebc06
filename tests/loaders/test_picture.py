"""The picture of a cell shows that cell: checked with PDFium's own text and strokes on pages, and in the XML of drawn tables."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from PIL import Image, ImageChops

from loaders.__main__ import main
from loaders.errors import CannotReadError
from loaders.grid import Pages, TextLine
from loaders.picture import Look, picture_of, pictures_of, png
from loaders.picture.drawing import drawing_of, width_of
from loaders.picture.page import has_pages, page_png
from loaders.picture.sheet import sheet_of
from loaders.picture.svg import as_svg
from loaders.read import read_report
from loaders.sandbox import Sandbox
from ogi.form import load_form
from ogi.report import Source
from sample_reports.catalogue import DOCUMENTS, TRUTH

SVG = "{http://www.w3.org/2000/svg}"
KEY = "applications.received.total"
DPI = 72  # one pixel is one point


def document(name):
    data = (DOCUMENTS / name).read_bytes()
    return data, read_report(data, name)


def truth(name):
    return json.loads((TRUTH / f"{Path(name).stem}.json").read_text(encoding="utf-8"))["cells"]


def marked(svg):
    """The text in the marked cell, and all other texts of the drawing."""
    root = ET.fromstring(svg)
    groups = [
        ("".join(text.itertext()), group.get("class")) for group in root.iter(f"{SVG}g") for text in group.iter(f"{SVG}text")
    ]
    frames = [group for group in root.iter(f"{SVG}g") if group.get("class") == "marked"]
    assert len(frames) == 1
    return "".join(text for text, kind in groups if kind == "marked"), [text for text, kind in groups if kind != "marked"]


@pytest.mark.parametrize(
    ("name", "every"), [("shili-housing-2021.pdf", 1), ("shili-office-2023.pdf", 9), ("published-huaian-2024.pdf", 9)]
)
def test_the_box_on_the_page_holds_the_printed_number_and_nothing_else(name, every):
    data, report = document(name)
    pdf = pypdfium2.PdfDocument(data)
    clean, texts = {}, {}
    for key, value in list(truth(name).items())[::every]:
        page_number = report.cells[key].source.page
        if page_number not in clean:
            page = pdf[page_number - 1]
            clean[page_number] = page.render(scale=1).to_pil().convert("RGB")
            texts[page_number] = page.get_textpage()
        picture = picture_of(data, report, key, Look(extent="page", dpi=DPI))
        left, top, right, bottom = picture.box
        height = clean[page_number].height
        found = texts[page_number].get_text_bounded(left + 1, height - bottom + 1, right - 1, height - top - 1)
        assert Decimal(found.strip()) == Decimal(str(value)), key
        shown = Image.open(io.BytesIO(picture.data))
        assert shown.size == clean[page_number].size == (picture.width, picture.height)
        assert ImageChops.difference(shown.crop(picture.box), clean[page_number].crop(picture.box)).getbbox() is None, key
        assert ImageChops.difference(shown, clean[page_number]).getbbox() is not None  # the frame
    pdf.close()


@pytest.mark.parametrize("extent", ["row", "cell"])
def test_a_cut_shows_the_same_strokes_as_the_page(extent):
    data, report = document("shili-office-2023.pdf")
    whole = picture_of(data, report, KEY, Look(extent="page"))
    cut = picture_of(data, report, KEY, Look(extent=extent))
    assert cut.width * cut.height < whole.width * whole.height / 4
    assert (cut.width == whole.width) is (extent == "row")
    strokes = [Image.open(io.BytesIO(p.data)).crop(p.box) for p in (whole, cut)]
    assert ImageChops.difference(*strokes).getbbox() is None


@pytest.mark.parametrize("name", ["shili-health-2024.html", "shili-human-resources-2022.docx", "shili-education-2020.docx"])
def test_the_redrawn_table_marks_the_cell_and_shows_its_labels(name):
    data, report = document(name)
    form = load_form()
    expected = truth(name)
    for key in list(expected)[::3]:
        picture = picture_of(data, report, key, Look(kind="svg"))
        inside, others = marked(picture.data)
        assert _number(inside) == (None if expected[key] is None else Decimal(str(expected[key])))
        assert picture.is_redrawn
        cell = form.cell(key, next(t.edition for t in report.tables.values() if t.edition and form.cell(key, t.edition)))
        column = cell.column.zh.removesuffix("数量")
        assert any(column in "".join(text.split()) for text in joined(others)), (key, column, others)


def _number(text):
    """The number in a printed cell: 减2, +3, 5万元 or digits."""
    found = re.fullmatch(r"(减|[+-]?)([\d.]+)(万元)?", text.strip())
    return Decimal(found[2]) * (-1 if found[1] in ("减", "-") else 1) if found else None


def joined(texts):
    """Texts of drawn lines; a label may be wrapped, so neighbours are joined as well."""
    return [*texts, *("".join(texts[i : i + 3]) for i in range(len(texts)))]


def test_a_table_drawn_whole_has_every_row():
    data, report = document("shili-health-2024.html")
    _, row = marked(picture_of(data, report, KEY, Look(kind="svg")).data)
    _, whole = marked(picture_of(data, report, KEY, Look(kind="svg", extent="page")).data)
    assert "四、结转下年度继续办理" not in row
    assert "四、结转下年度继续办理" in whole
    assert "…" in row
    assert "…" not in whole


def test_the_marked_cell_of_the_png_is_where_it_says():
    data, report = document("shili-health-2024.html")
    picture = picture_of(data, report, KEY)
    image = Image.open(io.BytesIO(picture.data)).convert("RGB")
    assert image.size == (picture.width, picture.height)
    left, top, right, bottom = picture.box
    frame = (0xC1, 0x27, 0x2D)
    assert {image.getpixel((x, top)) for x in range(left, right)} == {frame}
    assert {image.getpixel((left, y)) for y in range(top, bottom)} == {frame}
    inner = image.crop((left + 8, top + 8, right - 8, bottom - 8))
    assert min(inner.convert("L").get_flattened_data()) < 80  # ink of the number


@pytest.mark.parametrize("name", ["shili-office-2023.pdf", "shili-health-2024.html"])
def test_many_pictures_are_the_same_as_one_by_one(name):
    data, report = document(name)
    keys = [KEY, "reconsideration.total", "licensing.decisions", "no.such.cell", "applications.granted.total"]
    found = pictures_of(data, report, keys, Look(extent="cell"))
    assert found.shown == {key: picture_of(data, report, key, Look(extent="cell")) for key in keys if key != "no.such.cell"}
    assert {key: code for key, (code, _) in found.refused.items()} == {"no.such.cell": "picture_unknown_key"}


def test_the_same_bytes_give_the_same_picture():
    for name in ("shili-health-2024.html", "shili-office-2023.pdf"):
        data, report = document(name)
        assert picture_of(data, report, KEY) == picture_of(data, report, KEY)


def pages_of(*blocks):
    return Pages(media_type="text/plain", blocks=tuple(blocks))


def line(number, text):
    return TextLine(text=text, source=Source(line=number))


def test_lines_of_text_are_shown_with_their_neighbours_and_the_value_stressed():
    lines = [line(number, f"第{number}行 {number}01 件") for number in range(1, 30)]
    sheet = sheet_of(pages_of(*lines), Source(line=15), "1501", whole=False)
    texts = {cell.text for cell in sheet.cells if not cell.is_aside}
    assert "第7行 701 件" in texts
    assert "第18行 1801 件" in texts
    assert "第6行 601 件" not in texts
    (cell,) = [cell for cell in sheet.cells if cell.is_marked]
    assert cell.text[slice(*cell.strong)] == "1501"
    assert {cell.text for cell in sheet.cells if cell.is_aside} == {str(number) for number in range(7, 19)}


def test_nothing_is_stressed_where_the_value_stands_twice_in_the_line():
    sheet = sheet_of(pages_of(line(1, "0 0 0 0")), Source(line=1), "0", whole=False)
    assert [cell.strong for cell in sheet.cells if cell.is_marked] == [None]


def test_a_sentence_deep_in_a_long_line_is_shown_and_stressed():
    sheet = sheet_of(
        pages_of(line(1, "一" * 5000 + "收到申请12件。" + "二" * 5000)), Source(line=1), "收到申请12件。", whole=False
    )
    (cell,) = [cell for cell in sheet.cells if cell.is_marked]
    assert cell.text[slice(*cell.strong)] == "收到申请12件。"
    assert len(cell.text) < 500
    drawn = drawing_of(sheet)
    stressed = "".join(text for box in drawn.boxes for one in box.lines for text, strong in one.runs if strong)
    assert stressed == "收到申请12件。"


def test_a_group_label_over_left_out_rows_is_still_beside_the_row(grid_of):
    rows = ["组@1x40|行1|1", *(f"^|行{n}|{n}" for n in range(2, 41))]
    grid = grid_of("\n".join(["项目@2|数量", *rows]))
    source = next(cell.source for cell in grid.cells if cell.text == "行30")
    sheet = sheet_of(pages_of(grid), source, "行30", whole=False)
    assert [cell.text for cell in sheet.cells] == [
        "…",
        "…",
        "项目",
        "数量",
        "组",
        *(t for n in range(28, 33) for t in (f"行{n}", str(n))),
    ]
    group = next(cell for cell in sheet.cells if cell.text == "组")
    assert (group.row, group.rowspan) == (2, 5)


def test_heads_are_found_above_full_width_digits_and_in_blank_tables(grid_of):
    rows = "\n".join(f"行{n}|{{0}}|{{0}}" for n in range(1, 12))
    for value in ("１２", ""):
        grid = grid_of("项目|申请人@2\n^|自然人|总计\n" + rows.format(value))
        source = next(cell.source for cell in grid.cells if cell.text == "行9")
        sheet = sheet_of(pages_of(grid), source, "行9", whole=False)
        assert {"申请人", "自然人", "总计", "行7"} < {cell.text for cell in sheet.cells}
        assert "行5" not in {cell.text for cell in sheet.cells}


def test_a_huge_table_is_cut_to_the_surroundings(grid_of):
    grid = grid_of("\n".join("|".join(f"{r}.{c}" for c in range(90)) for r in range(300)))
    source = next(cell.source for cell in grid.cells if cell.text == "200.70")
    sheet = sheet_of(pages_of(grid), source, "200.70", whole=True)
    assert len(sheet.cells) < 140 * 50
    assert [cell.text for cell in sheet.cells if cell.is_marked] == ["200.70"]
    assert any(cell.text == "199.70" for cell in sheet.cells)
    drawing_of(sheet)


def test_text_never_runs_over_its_box(grid_of):
    grid = grid_of("很长的标题，里面有许多字和数字1234567890123456789012345678901234567890|短\n1|2222222222")
    for box in drawing_of(sheet_of(pages_of(grid), grid.cells[0].source, "", whole=True)).boxes:
        assert all(width_of(one.text) <= box.width for one in box.lines)


def test_text_of_strangers_stays_text_in_the_svg(grid_of):
    grid = grid_of("<script>alert(1)</script>&amp;|2\n3|4")
    svg = as_svg(drawing_of(sheet_of(pages_of(grid), grid.cells[0].source, "", whole=True)), "<b>")
    assert b"<script" not in svg
    assert "".join(marked(svg)[0].split()) == "<script>alert(1)</script>&amp;"


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("no.such.cell", "picture_unknown_key"),
        ("rules.newly_made", "picture_not_read"),
        ("text.requests", "picture_not_read"),
    ],
)
def test_a_key_without_a_place_is_explained(key, code):
    data, report = document("shili-office-2023.pdf")
    with pytest.raises(CannotReadError) as caught:
        picture_of(data, report, key)
    assert caught.value.code == code
    assert caught.value.params["key"] == key


def test_a_cell_on_a_lost_page_has_no_place():
    data, report = document("published-zhangdian-2020.html")
    assert report.state("penalty.decisions") == "missing_page"
    with pytest.raises(CannotReadError) as caught:
        picture_of(data, report, "penalty.decisions")
    assert caught.value.code == "picture_no_place"


def test_another_file_than_the_one_read_is_refused():
    _, report = document("shili-office-2023.pdf")
    with pytest.raises(CannotReadError) as caught:
        picture_of((DOCUMENTS / "shili-housing-2021.pdf").read_bytes(), report, KEY)
    assert (caught.value.code, caught.value.params) == ("picture_other_file", {"name": "shili-office-2023.pdf"})


def test_without_a_chinese_font_only_the_svg_is_drawn(monkeypatch):
    monkeypatch.setattr(png, "font_path", lambda: None)
    data, report = document("shili-health-2024.html")
    with pytest.raises(CannotReadError) as caught:
        picture_of(data, report, KEY)
    assert caught.value.code == "picture_needs_font"
    assert picture_of(data, report, KEY, Look(kind="svg")).media_type == "image/svg+xml"


def test_fonts_are_found_by_name(monkeypatch, tmp_path):
    (tmp_path / "deep").mkdir()
    for name in ("simsun.ttc", "deep/wqy-microhei.ttc", "Arial.ttf"):
        (tmp_path / name).touch()
    monkeypatch.setattr(png, "_folders", lambda: iter([tmp_path]))
    png.font_path.cache_clear()
    try:
        assert png.font_path() == tmp_path / "deep" / "wqy-microhei.ttc"
    finally:
        png.font_path.cache_clear()


def test_pictures_are_drawn_in_a_worker():
    with Sandbox(1) as sandbox:
        for name in ("shili-office-2023.pdf", "shili-health-2024.html"):
            data, report = document(name)
            assert sandbox.run(picture_of, data, report, KEY, Look(kind="svg")) == picture_of(data, report, KEY, Look(kind="svg"))
        data, report = document("shili-office-2023.pdf")
        with pytest.raises(CannotReadError) as caught:
            sandbox.run(picture_of, data, report, "no.such.cell")
    assert caught.value.code == "picture_unknown_key"


def test_show_writes_the_picture_and_says_what_it_shows(tmp_path, capsys):
    pdf, html = str(DOCUMENTS / "shili-office-2023.pdf"), str(DOCUMENTS / "shili-health-2024.html")
    assert main(["show", pdf, KEY, "-o", str(tmp_path / "a.png"), "--cell", "--dpi", "72"]) == 0
    assert main(["show", html, KEY, "-o", str(tmp_path / "b.png"), "--page", "--lang", "en"]) == 0
    assert main(["show", html, KEY, "-o", str(tmp_path / "c.svg")]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "第 2 页，红框处是“本年新收政府信息公开申请数量 · 总计”的位置；原文：320"
    assert said[1].startswith("The table drawn again from the file; the red frame is where “")
    widths = [Image.open(io.BytesIO((tmp_path / name).read_bytes())).size[0] for name in ("a.png", "b.png")]
    assert widths[0] < widths[1]
    assert marked((tmp_path / "c.svg").read_bytes())[0] == "45"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["shili-office-2023.pdf", "x.y", "-o", "{tmp}/a.png"], "no figure called “x.y”"),
        (["shili-office-2023.pdf", "rules.newly_made", "-o", "{tmp}/a.png"], "Newly made this year"),
        (["shili-office-2023.pdf", KEY, "-o", "{tmp}/a.svg"], "name a .png file"),
        (["shili-office-2023.pdf", KEY, "-o", "{tmp}/none/a.png"], "cannot be written"),
        (["nowhere.pdf", KEY, "-o", "{tmp}/a.png"], "no such file"),
    ],
)
def test_show_explains_in_one_line_why_there_is_no_picture(arguments, words, tmp_path, capsys):
    name, key, *rest = (argument.format(tmp=tmp_path) for argument in arguments)
    assert main(["show", str(DOCUMENTS / name), key, *rest, "--lang", "en"]) == 2
    complaint = capsys.readouterr().err
    assert complaint.count("\n") == 1
    assert words in complaint
    assert list(tmp_path.iterdir()) == []


def test_show_writes_to_standard_output_when_it_is_no_terminal():
    command = [sys.executable, "-m", "loaders", "show", str(DOCUMENTS / "shili-office-2023.pdf"), KEY]
    done = subprocess.run(command, capture_output=True, check=True, cwd=DOCUMENTS.parent.parent)
    assert done.stdout.startswith(b"\x89PNG")


@pytest.mark.parametrize(("turn", "crop"), [(0, True), (90, False), (180, False), (270, True)])
def test_the_box_is_right_on_turned_and_cropped_pages(turn, crop):
    pdf = pypdfium2.PdfDocument(DOCUMENTS / "shili-housing-2021.pdf")
    for page in pdf:
        left, bottom, right, top = page.get_mediabox()
        if crop:
            page.set_cropbox(left + 20, bottom + 30, right - 10, top - 15)
        page.set_rotation(turn)
    target = io.BytesIO()
    pdf.save(target)
    pdf.close()
    data = target.getvalue()
    report = read_report(data, "turned.pdf")
    upright, clean = document("shili-housing-2021.pdf")
    for key in (KEY, "reconsideration.total", "licensing.decisions"):
        assert report.value(key) == clean.value(key)
        picture = picture_of(data, report, key, Look(dpi=144, extent="page"))
        straight = picture_of(upright, clean, key, Look(dpi=144, extent="page"))
        shown = Image.open(io.BytesIO(picture.data)).crop(picture.box).rotate(turn, expand=True)
        wanted = Image.open(io.BytesIO(straight.data)).crop(straight.box)
        assert abs(shown.width - wanted.width) <= 2 >= abs(shown.height - wanted.height)
        ink = [
            ImageChops.invert(image.convert("L")).crop((6, 6, wanted.width - 6, wanted.height - 6)) for image in (shown, wanted)
        ]
        boxes = [image.point(lambda level: 255 * (level > 100)).getbbox() for image in ink]
        assert all(abs(a - b) <= 2 for a, b in zip(*boxes, strict=True)), (key, boxes)


def test_whole_page_is_as_large_as_the_page_and_not_empty() -> None:
    data, _ = document("shili-office-2023.pdf")
    with pypdfium2.PdfDocument(data) as pdf:
        width, height = pdf[1].get_size()
    shown = Image.open(io.BytesIO(page_png(data, "application/pdf", 2, DPI))).convert("L")
    assert (abs(shown.width - width) <= 1, abs(shown.height - height) <= 1) == (True, True)
    assert shown.getextrema() == (0, 255)
    with pytest.raises(CannotReadError) as refused:
        page_png(data, "application/pdf", 99, DPI)
    assert refused.value.code == "page_not_there"


def test_only_documents_with_pages_have_pages() -> None:
    assert has_pages("application/pdf")
    assert has_pages("image/png")
    assert not has_pages("text/html")
