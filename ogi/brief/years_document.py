"""The comparison of years as a Word document: every cell of the form, what changed, why years are not joined, open findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.xmlchemy import BaseOxmlElement

from ogi.brief.storable import storable_in
from ogi.brief.word_page import set_page
from ogi.brief.word_table import table_xml
from ogi.brief.years_tables import narrow, wide
from ogi.comparison.cells import ComparedCell
from ogi.comparison.layout import Block
from ogi.comparison.reasons import of_form, why_apart
from ogi.labels import Labels

WIDE = 2
"""Up to so many years every kind of applicant stands beside the others in one table; more get a table for each kind."""
MANY = 5
"""Of more years the tables are set in smaller letters."""


@dataclass(frozen=True, kw_only=True)
class YearsDocument:
    """What goes into the document; all texts are in the language of ``labels``."""

    title: str
    sentence: str
    """What is shown, as above the charts."""
    notes: Sequence[str] = ()
    """Whose figures they are, where some are those of predecessors."""
    heads: Mapping[int, str] = field(default_factory=dict)
    """What stands under a year in the heads of the tables."""
    changed: Sequence[str]
    """What changed most, one line each."""
    blocks: Sequence[Block]
    cells: Mapping[str, ComparedCell]
    years: Sequence[int]
    findings: Sequence[str] = ()
    prose: Sequence[str] = ()
    """What changed in the prose, one line a section."""
    sources: Sequence[str] = ()


def write_years(content: YearsDocument, labels: Labels) -> bytes:
    """Return the document. The same content gives the same text; nothing in it depends on the clock."""
    content, document = storable_in(content), Document()
    set_page(document, across=True)
    document.add_heading(content.title, 0)
    for text in (content.sentence, *content.notes):
        document.add_paragraph(text)
    _listed(document, labels("brief.changed"), content.changed, labels("comparison.years.nothing_changed"))
    document.add_heading(labels("comparison.years.tables"), 1)
    for _, blocks in groupby(content.blocks, key=lambda block: block.table):
        _tables(document, list(blocks), content, labels)
    document.add_paragraph(labels("brief.marks"))
    _listed(document, labels("brief.apart"), apart_reasons(content, labels), labels("brief.all_joined"))
    if content.prose:
        _listed(document, labels("comparison.prose.title"), content.prose, "")
    _listed(document, labels("comparison.years.findings"), content.findings, labels("brief.no_findings"))
    _listed(document, labels("brief.sources"), content.sources, labels("brief.of_many"))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _listed(document: WordDocument, heading: str, lines: Iterable[str], nothing: str) -> None:
    document.add_heading(heading, 1)
    there = list(lines)
    for line in there:
        document.add_paragraph(line, style="List Bullet")
    if not there and nothing:
        document.add_paragraph(nothing)


def _tables(document: WordDocument, blocks: list[Block], content: YearsDocument, labels: Labels) -> None:
    document.add_heading(blocks[0].title, 2)
    if len(blocks) > 1 and len(content.years) <= WIDE:
        _place(document, table_xml(wide(blocks, content, labels), points=7.5, heads=2, first=0.2))
        return
    for block in blocks:
        if block.column_title:
            document.add_paragraph(block.column_title).runs[0].bold = True
        _place(document, table_xml(narrow(block, content, labels), points=7.5 if len(content.years) > MANY else 9))


def _place(document: WordDocument, table: BaseOxmlElement) -> None:
    """Put a table at the end, before the section's own properties, and a line behind it."""
    document.element.body.insert_element_before(table, "w:sectPr")
    document.add_paragraph()


def apart_reasons(content: YearsDocument, labels: Labels) -> list[str]:
    """Why some years are not joined, with the lines each reason is about."""
    found: dict[str, list[str]] = {}
    for block in content.blocks:
        for line in block.lines if block.column in ("", "total") else ():
            for status in dict.fromkeys(of_form(content.cells[line.key].apart)):
                name = " · ".join((*line.headings[-1:], line.label))
                found.setdefault(why_apart(line.key, status, labels), []).append(name)
    return [labels("brief.about", reason=reason, names=labels("charts.join").join(names)) for reason, names in found.items()]
