"""A brief as PowerPoint slides: native charts and tables, open findings at every foot, the origin of every number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Cm, Length, Pt

from ogi.brief.content import Brief, BriefChart
from ogi.brief.office_chart import CHINESE, LATIN, draw_chart
from ogi.brief.wording import (
    appendix_head,
    appendix_rows,
    chart_notes,
    chart_rows,
    citation,
    footer,
    headline_rows,
    listed,
    stamp,
    text_groups,
    with_references,
)
from ogi.labels import Labels

_WIDTH, _HEIGHT, _LEFT = Cm(33.867), Cm(19.05), Cm(1.6)
_INNER = Length(_WIDTH - 2 * _LEFT)
_TOP, _FOOT = Cm(3.0), Cm(17.7)
_DARK, _GREY, _HEAD = RGBColor(0x1F, 0x2A, 0x44), RGBColor(0x59, 0x59, 0x59), RGBColor(0xE9, 0xED, 0xF3)
_LINES = 17
"""Lines of text on a slide …"""
_LETTERS = 112
"""… of so many Latin letters each; a Chinese one counts twice."""
_MOST_LISTED = 60
_APPENDIX = 34
"""Lines of the table of numbers on a slide, at 8 points …"""
_LETTERS_ACROSS = 190
"""… with so many Latin letters across."""
_SHARES = (0.04, 0.15, 0.11, 0.05, 0.14, 0.06, 0.2, 0.25)


def write_slides(brief: Brief, labels: Labels) -> bytes:
    """Return the slides; every chart is native and its data can be edited. Formulas of charts stand in the notes."""
    deck = _Deck(brief, labels)
    deck.opening()
    for chart in brief.charts:
        deck.chart(chart)
    for group in text_groups(brief, labels):
        lines = [with_references(brief, sentence, labels) for sentence in group.sentences]
        deck.text(group.heading, lines or [labels("brief.page.nothing_out")])
    if brief.finding_count:
        deck.some(labels("brief.page.findings", count=brief.finding_count), brief.findings, brief.finding_count)
    deck.some(labels("brief.page.sources", count=brief.report_count), brief.sources, brief.report_count)
    deck.appendix()
    out = BytesIO()
    deck.slides.save(out)
    return out.getvalue()


@dataclass
class _Deck:
    """The slides as they are made, one kind of slide after the other."""

    brief: Brief
    labels: Labels
    slides: Any = field(default_factory=Presentation)

    def __post_init__(self) -> None:
        self.slides.slide_width, self.slides.slide_height = _WIDTH, _HEIGHT

    def opening(self) -> None:
        """What is shown, and the main figures."""
        slide = self._new(self.brief.title)
        text = "\n".join(filter(None, (self.brief.sentence, self.brief.scope_note)))
        _write(slide, text, (_LEFT, _TOP, _INNER, Cm(1.8)), points=14, colour=_GREY)
        rows = headline_rows(self.brief, self.labels)
        _table(slide, rows, (0.36, 0.34, 0.3), (_LEFT, Cm(5.2), _INNER), points=16, row_height=Cm(1.55))
        self._notes(slide, [row for row in appendix_rows(self.brief, self.labels) if row])

    def chart(self, chart: BriefChart) -> None:
        """One chart, what to mind, and in the notes its data with keys."""
        slide = self._new(f"{chart.title} ({chart.unit})" if chart.unit else chart.title)
        draw_chart(slide.shapes, chart, (_LEFT, _TOP, _INNER, Cm(12.6)), points=13)
        _write(
            slide, chart_notes(chart, self.labels, formulas=False), (_LEFT, Cm(15.7), _INNER, Cm(1.9)), points=10, colour=_GREY
        )
        self._notes(slide, [*chart_rows(chart, self.labels), [chart_notes(chart, self.labels)]])

    def text(self, heading: str, lines: Sequence[str]) -> None:
        """Sentences, over as many slides as they need."""
        pages, left = [[]], 0
        for line in lines:
            need = 1 + _length(line) // _LETTERS
            if left + need > _LINES and pages[-1]:
                pages.append([])
                left = 0
            pages[-1].append(line)
            left += need
        for number, page in enumerate(pages, 1):
            slide = self._new(heading if len(pages) == 1 else f"{heading} ({number}/{len(pages)})")
            _write(slide, "\n".join(page), (_LEFT, _TOP, _INNER, Cm(14.4)), points=14, colour=_DARK, bullets=True)

    def some(self, heading: str, lines: Sequence[str], count: int) -> None:
        """A list of which only the first are shown."""
        shown = list(lines[:_MOST_LISTED])
        more = listed(len(shown), count, self.labels)
        self.text(heading, [*shown, *([more] if more else [])])

    def appendix(self) -> None:
        """Where every number comes from, how the text is written, how to cite."""
        head, rows = appendix_head(self.labels), appendix_rows(self.brief, self.labels)
        heading = self.labels("brief.page.appendix")
        pages: list[list[list[str]]] = [[]]
        left = 0
        for row in rows:
            need = max(1 + _length(text) // round(_LETTERS_ACROSS * share) for text, share in zip(row, _SHARES, strict=True))
            if left + need > _APPENDIX and pages[-1]:
                pages.append([])
                left = 0
            pages[-1].append(row)
            left += need
        for page in pages:
            slide = self._new(heading)
            _table(slide, [head, *page], _SHARES, (_LEFT, Cm(2.7), _INNER), points=8, row_height=Cm(0.4))
        self.text(heading, [self.labels("brief.page.rules"), citation(self.brief, self.labels)])

    def _new(self, title: str) -> Any:
        slide = self.slides.slides.add_slide(self.slides.slide_layouts[5])
        shape = slide.shapes.title
        shape.left, shape.top, shape.width, shape.height = _LEFT, Cm(0.7), _INNER, Cm(1.9)
        frame = shape.text_frame
        frame.text, frame.word_wrap, frame.vertical_anchor = title, True, MSO_ANCHOR.MIDDLE
        _format(frame.paragraphs[0], 26 if _length(title) <= 70 else 20, _DARK, bold=True)
        foot = f"{footer(self.brief, self.labels)}\n{stamp(self.brief, self.labels)}"
        _write(slide, foot, (_LEFT, _FOOT, _INNER, Cm(1.2)), points=9, colour=_GREY)
        return slide

    def _notes(self, slide: Any, rows: Sequence[Sequence[str]]) -> None:
        slide.notes_slide.notes_text_frame.text = "\n".join(" | ".join(row) for row in rows)


def _length(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)


def _write(slide: Any, text: str, place: tuple[Length, ...], *, points: float, colour: RGBColor, bullets: bool = False) -> None:
    frame = slide.shapes.add_textbox(*place).text_frame
    frame.word_wrap = True
    frame.text = text
    for paragraph in frame.paragraphs:
        _format(paragraph, points, colour)
        if bullets:
            paragraph.space_after = Pt(4)
            properties = paragraph._p.get_or_add_pPr()
            properties.set("marL", "228600")
            properties.set("indent", "-228600")
            properties.append(parse_xml(f'<a:buChar {nsdecls("a")} char="•"/>'))


def _format(paragraph: Any, points: float, colour: RGBColor, *, bold: bool = False) -> None:
    paragraph.alignment = PP_ALIGN.LEFT
    for run in paragraph.runs:
        run._r.get_or_add_rPr().set("lang", "zh-CN")
        run.font.size, run.font.bold, run.font.name, run.font.color.rgb = Pt(points), bold, LATIN, colour
        latin = run._r.rPr.find(qn("a:latin"))
        latin.addnext(parse_xml(f'<a:ea {nsdecls("a")} typeface="{CHINESE}"/>'))


def _table(
    slide: Any,
    rows: Sequence[Sequence[str]],
    shares: Sequence[float],
    place: tuple[Length, Length, Length],
    *,
    points: float,
    row_height: Length,
) -> None:
    left, top, width = place
    shape = slide.shapes.add_table(len(rows), len(shares), left, top, width, Length(row_height * len(rows)))
    table = shape.table
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Length(round(width * share))
    for line, row in enumerate(rows):
        table.rows[line].height = row_height
        for cell, text in zip(table.rows[line].cells, row, strict=True):
            cell.text = text
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            cell.margin_left = cell.margin_right = Cm(0.15)
            cell.margin_top = cell.margin_bottom = Cm(0.03)
            cell.fill.solid()
            cell.fill.fore_color.rgb = _HEAD if line == 0 else RGBColor(0xFF, 0xFF, 0xFF)
            for paragraph in cell.text_frame.paragraphs:
                _format(paragraph, points, _DARK, bold=line == 0)
