"""Briefs as slides, read back with python-pptx: native charts, findings at the foot, keys and formulas."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from pptx import Presentation

from ogi.brief.content import Brief
from ogi.brief.slides import write_slides
from ogi.labels import Labels


def slides(brief: Brief, lang: str = "zh") -> list:
    return list(Presentation(BytesIO(write_slides(brief, Labels(lang)))).slides)  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_charts_are_native_with_the_printed_figures(brief: Callable[[str], Brief], lang: str) -> None:
    charts = [shape.chart for slide in slides(brief(lang), lang) for shape in slide.shapes if shape.has_chart]
    assert len(charts) == 4
    assert [list(series.values) for series in charts[0].plots[0].series] == [[3511, 3526], [3486, 3521], [121, 125]]
    assert list(charts[0].plots[0].categories) == ["2023", "2024"]


def test_every_slide_names_what_is_open(brief: Callable[[str], Brief]) -> None:
    for slide in slides(brief("zh")):
        said = "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert f"尚有{brief('zh').finding_count}处数字对不上" in said
        assert "内容校验码" in said


def test_numbers_stand_in_the_appendix_and_charts_in_the_notes(brief: Callable[[str], Brief]) -> None:
    found = slides(brief("zh"))
    tables = [shape.table for slide in found for shape in slide.shapes if shape.has_table]
    rows = [[cell.text for cell in row.cells] for table in tables[1:] for row in table.rows]
    assert len([row for row in rows if row[0].isdigit()]) == len(brief("zh").numbers)
    notes = found[1].notes_slide.notes_text_frame.text
    assert "本年新收 | applications.received.total | 3,511 | 3,526" in notes


def test_text_stays_on_its_slide(brief: Callable[[str], Brief]) -> None:
    """No shape hangs over the edge of a slide."""
    deck = Presentation(BytesIO(write_slides(brief("zh"), Labels("zh"))))
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height
