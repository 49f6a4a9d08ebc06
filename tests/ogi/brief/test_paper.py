"""Briefs and the comparison of years on paper: every cell is there, charts leave gaps open, missing parts are named."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib.abc import MetaPathFinder

import pypdfium2
import pytest
from pypdfium2 import raw

from ogi.brief import pdf
from ogi.brief.content import Brief, BriefChart, Series
from ogi.brief.paper import brief_pdf, full_html, one_page_html, years_html, years_pdf
from ogi.brief.pdf import PartMissingError, missing_part, pdf_of
from ogi.brief.svg_chart import svg_of, top_of
from ogi.brief.years_document import YearsDocument
from ogi.labels import Labels

ZH = Labels("zh")
needs_parts = pytest.mark.skipif(missing_part() is not None, reason=f"this machine cannot make PDF: {missing_part()}")


def chart(shape: str, values: tuple[float | None, ...]) -> BriefChart:
    series = Series(name="新收", key="k", colour="#0068B5", values=values)
    categories = tuple(str(2020 + place) for place in range(len(values)))
    return BriefChart(title="图", unit="件", shape=shape, categories=categories, series=(series,))  # type: ignore[arg-type]


def years(brief: Brief) -> YearsDocument:
    assert brief.tables is not None
    return YearsDocument(
        title="<对比>", sentence="全部。", changed=["予以公开：+240"], blocks=brief.tables.blocks, cells=brief.tables.cells,
        years=brief.tables.years, findings=["一处不符"],
    )  # fmt: skip


def cells(html: str) -> list[str]:
    return re.findall(r"<td[^>]*>([^<]*)</td>", html)


def test_comparison_of_years_holds_every_cell_and_the_findings(brief: Callable[[str], Brief]) -> None:
    html = years_html(years(brief("zh")), ZH)
    # 25 lines of 7 kinds of applicants with two years and a change, 25 of 5 words; each line with its label
    assert len(cells(html)) == 25 * (1 + 7 * 3) + 25 * 6
    assert "<td>1,191</td><td>1,431</td><td>+240</td>" in html
    assert "<li>一处不符</li>" in html
    assert "&lt;对比&gt;" in html


def test_full_brief_holds_every_cell_and_every_number(brief: Callable[[str], Brief]) -> None:
    html = full_html(brief("zh"), ZH)
    tables = html.split("<table")
    origin = next(part for part in tables if part.startswith(' class="origin"'))
    assert origin.count("<tr") == 1 + len(brief("zh").numbers)
    official = [part for part in tables if part.startswith(' class="cells"')]
    assert sum(len(cells(part)) for part in official) == 200 * 6


def test_one_page_escapes_what_could_be_a_tag(brief: Callable[[str], Brief]) -> None:
    assert "<script" not in one_page_html(brief("zh"), ZH)
    assert '"' not in svg_of(chart("columns", (1,))).split('aria-label="')[1].split(">")[0][:1]


def test_gap_is_left_open() -> None:
    assert svg_of(chart("columns", (10, None, 20))).count("<rect") == 2
    lines = svg_of(chart("line", (1, 2, None, 3, 4)))
    assert (lines.count("<polyline"), lines.count("<circle")) == (2, 4)


def test_bar_is_as_long_as_its_number() -> None:
    widths = [float(width) for width in re.findall(r'<rect[^>]*? width="([\d.]+)"', svg_of(chart("bars", (100, 50))))]
    assert widths[1] == pytest.approx(widths[0] / 2, abs=0.1)


@pytest.mark.parametrize(
    ("values", "end", "step"), [([360], 400, 100), ([97], 100, 25), ([0], 1, 0.25), ([1_000_000, 3], 1_000_000, 250_000)]
)
def test_axis_ends_at_a_round_number(values: list[float], end: float, step: float) -> None:
    assert top_of(values) == (end, step)


@needs_parts
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_single_page_is_one_page_with_its_font_inside(brief: Callable[[str], Brief], lang: str) -> None:
    data = brief_pdf(brief(lang), Labels(lang), full=False)  # type: ignore[arg-type]
    document = pypdfium2.PdfDocument(data)
    text = document[0].get_textpage().get_text_range()
    assert len(document) == 1
    assert "3,526" in text
    assert brief(lang).content_hash[:16] in text
    texts = document[0].get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])
    assert {raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(text)) for text in texts} == {1}
    document.close()


@needs_parts
def test_comparison_of_years_lies_across(brief: Callable[[str], Brief]) -> None:
    content = years(brief("zh"))
    document = pypdfium2.PdfDocument(years_pdf(replace(content, blocks=content.blocks[:2]), ZH))
    width, height = document[0].get_size()
    assert width > height
    document.close()


@needs_parts
def test_nothing_is_fetched() -> None:
    with pytest.raises(ValueError, match="nothing is fetched"):
        pdf._refuse("http://example.org/a.png")


def test_missing_font_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("weasyprint")
    monkeypatch.setattr(pdf, "_families", lambda: {"DejaVu Sans"})
    with pytest.raises(PartMissingError) as caught:
        pdf_of("<p>字</p>")
    assert caught.value.part == "chinese_font"


def test_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    assert missing_part() == "weasyprint"


def test_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoPango(MetaPathFinder):
        def find_spec(self, fullname: str, *_: object) -> None:
            if fullname == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [NoPango(), *sys.meta_path])
    assert missing_part() == "pango"


@pytest.mark.parametrize("part", ["weasyprint", "pango", "chinese_font"])
def test_every_missing_part_has_words(part: str) -> None:
    assert ZH(f"brief.missing.{part}")


@needs_parts
def test_long_page_is_drawn_tighter_until_it_fits() -> None:
    pages = ["<style>@page{size:A4}</style>" + "<p>字</p>" * lines for lines in (90, 60, 5, 3)]
    document = pypdfium2.PdfDocument(pdf_of(*pages))
    assert len(document) == 1
    document.close()
    document = pypdfium2.PdfDocument(pdf_of(*pages[:2]))
    assert len(document) > 1
    document.close()
