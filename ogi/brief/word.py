"""A brief as a Word document: on one page, or in full with the official tables and the origin of every number."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from itertools import groupby

import docx
from docx.document import Document
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from ogi.brief.content import Brief
from ogi.brief.word_chart import add_chart
from ogi.brief.word_page import set_foot, set_page
from ogi.brief.word_table import UPRIGHT, Cell, table_xml
from ogi.brief.wording import (
    appendix_head,
    appendix_rows,
    chart_notes,
    chart_rows,
    citation,
    first_standing_out,
    footer,
    headline_rows,
    keys_line,
    listed,
    stamp,
    text_groups,
    with_references,
)
from ogi.brief.years_tables import narrow, wide
from ogi.labels import Labels

_GREY = RGBColor(0x59, 0x59, 0x59)
_ON_ONE_PAGE = 4
_HEADLINE = (0.36, 0.34, 0.3)
_SERIES = (0.15, 0.25)
_APPENDIX = (0.05, 0.14, 0.11, 0.06, 0.14, 0.06, 0.19, 0.25)


def write_one_page(brief: Brief, labels: Labels) -> bytes:
    """Return the brief on one page: main figures, charts, what stands out; open findings and the hash at its foot."""
    document = _new(brief, labels, points=9)
    _heading(document, brief.title, 0, 15)
    _small(document, " ".join(filter(None, (brief.sentence, brief.scope_note))))
    _place(document, table_xml(_cells(headline_rows(brief, labels)), points=9.5, shares=_HEADLINE, width=UPRIGHT))
    _pair_charts(document, brief)
    _heading(document, labels("brief.page.standing_out"), 2, 11)
    lines = [sentence.text for sentence in first_standing_out(brief)] or [labels("brief.page.nothing_out")]
    _bullets(document, lines, Pt(9))
    _small(document, keys_line(brief, labels), points=6.5)
    _small(document, citation(brief, labels), points=6.5)
    return _saved(document)


def write_full(brief: Brief, labels: Labels) -> bytes:
    """Return the brief in full: all figures, charts with their data, findings, sources, official tables, the appendix."""
    document = _new(brief, labels, points=10)
    _heading(document, brief.title, 0, 20)
    _small(document, " ".join(filter(None, (brief.sentence, brief.scope_note))), points=9)
    _heading(document, labels("brief.page.headline"), 1, 13)
    _place(document, table_xml(_cells(headline_rows(brief, labels)), points=10, shares=_HEADLINE, width=UPRIGHT))
    for group in text_groups(brief, labels):
        _heading(document, group.heading, 1, 13)
        lines = [with_references(brief, sentence, labels) for sentence in group.sentences]
        _bullets(document, lines or [labels("brief.page.nothing_out")], Pt(10))
    _charts(document, brief, labels)
    _listed(document, labels("brief.page.findings", count=brief.finding_count), brief.findings, brief.finding_count, labels)
    _listed(document, labels("brief.page.sources", count=brief.report_count), brief.sources, brief.report_count, labels)
    _official(document, brief, labels)
    _heading(document, labels("brief.page.appendix"), 1, 13)
    rows = [appendix_head(labels), *appendix_rows(brief, labels)]
    _place(document, table_xml(_cells(rows), points=7, shares=_APPENDIX, width=UPRIGHT))
    _small(document, labels("brief.page.rules"), points=8)
    _small(document, citation(brief, labels), points=8)
    return _saved(document)


def _new(brief: Brief, labels: Labels, *, points: float) -> Document:
    document = docx.Document()
    set_page(document, across=False, points=points)
    set_foot(document, [footer(brief, labels), stamp(brief, labels)])
    document.core_properties.title, document.core_properties.author = brief.title, "OGI Dashboard"
    return document


def _saved(document: Document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _heading(document: Document, text: str, level: int, points: float) -> None:
    paragraph = document.add_heading(text, level)
    paragraph.paragraph_format.space_before = Pt(0 if level == 0 else 8)
    paragraph.paragraph_format.space_after = Pt(4)
    paragraph.paragraph_format.keep_with_next = True
    for run in paragraph.runs:
        run.font.size = Pt(points)


def _small(document: Document, text: str, *, points: float = 8) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(4)
    paragraph.paragraph_format.line_spacing = Pt(points * 1.35)
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(points), _GREY
    return paragraph


def _bullets(document: Document, lines: Sequence[str], size: Pt) -> None:
    for line in lines:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.paragraph_format.space_after = Pt(1)
        paragraph.paragraph_format.line_spacing = Pt(size.pt * 1.4)
        paragraph.add_run(line).font.size = size


def _cells(rows: Sequence[Sequence[str]]) -> list[list[Cell]]:
    return [[Cell(text, head=line == 0, left=line > 0) for text in row] for line, row in enumerate(rows)]


def _place(document: Document, table: BaseOxmlElement) -> None:
    """Put a table at the end, before the section's own properties, and a narrow line behind it."""
    document.element.body.insert_element_before(table, "w:sectPr")
    behind = document.add_paragraph().paragraph_format
    behind.space_after, behind.line_spacing = Pt(0), Pt(6)


def _pair_charts(document: Document, brief: Brief) -> None:
    """Charts two by two, each under its title."""
    shown = brief.charts[:_ON_ONE_PAGE]
    for start in range(0, len(shown), 2):
        table = document.add_table(rows=2, cols=2)
        for cells, chart in zip(zip(*(row.cells for row in table.rows), strict=True), shown[start : start + 2], strict=False):
            title, drawn = (cell.paragraphs[0] for cell in cells)
            for paragraph in (title, drawn):
                paragraph.paragraph_format.space_after = Pt(0)
            run = title.add_run(f"{chart.title} ({chart.unit})" if chart.unit else chart.title)
            run.bold, run.font.size = True, Pt(9)
            title.paragraph_format.keep_with_next = True
            add_chart(document, drawn, chart, (Cm(8.8), Cm(5.2)), points=8)


def _charts(document: Document, brief: Brief, labels: Labels) -> None:
    if not brief.charts:
        return
    _heading(document, labels("brief.page.charts"), 1, 13)
    for chart in brief.charts:
        _heading(document, f"{chart.title} ({chart.unit})" if chart.unit else chart.title, 2, 11)
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        add_chart(document, paragraph, chart, (Cm(17.6), Cm(6.8)), points=9)
        rows = chart_rows(chart, labels)
        rest = (1 - sum(_SERIES)) / max(len(rows[0]) - 2, 1)
        shares = () if chart.shape == "bars" else (*_SERIES, *([rest] * (len(rows[0]) - 2)))
        _place(document, table_xml(_cells(rows), points=7, width=UPRIGHT, shares=shares))
        _small(document, chart_notes(chart, labels), points=7.5)


def _listed(document: Document, heading: str, lines: Sequence[str], count: int, labels: Labels) -> None:
    _heading(document, heading, 1, 13)
    if not count:
        document.add_paragraph(labels("brief.page.findings_none"))
    _bullets(document, lines, Pt(9))
    if more := listed(len(lines), count, labels):
        _small(document, more)


def _official(document: Document, brief: Brief, labels: Labels) -> None:
    """Every cell of the official tables, the two years as columns."""
    if brief.tables is None:
        return
    tables = brief.tables
    _heading(document, labels("brief.page.official"), 1, 13)
    for _, group in groupby(tables.blocks, key=lambda block: block.table):
        blocks = list(group)
        _heading(document, blocks[0].title, 2, 11)
        if len(blocks) > 1 and len(tables.years) == 1:
            rows = wide(blocks, tables, labels)
            _place(document, table_xml(rows, points=6.5, heads=2, first=0.2, width=UPRIGHT))
            continue
        for block in blocks:
            if block.column_title:
                title = document.add_paragraph()
                title.paragraph_format.keep_with_next = True
                title.add_run(block.column_title).bold = True
            _place(document, table_xml(narrow(block, tables, labels), points=8, width=UPRIGHT))
    _small(document, labels("brief.marks"))
