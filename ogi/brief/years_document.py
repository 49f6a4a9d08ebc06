"""The comparison of years as a Word document: every cell of the form, what changed, why years are not joined, open findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt
from docx.styles.style import CharacterStyle

from ogi.brief.word_table import Cell, table_xml
from ogi.comparison.cells import ComparedCell
from ogi.comparison.layout import Block
from ogi.comparison.reasons import why_apart
from ogi.comparison.words import amount_words, figure_words, fraction_words, mark_words, points_words
from ogi.labels import Labels

_LATIN, _CHINESE = "Arial", "宋体"
_WIDE = 2
"""Up to so many years every kind of applicant stands beside the others in one table; more get a table for each kind."""
_MANY = 5


@dataclass(frozen=True, kw_only=True)
class YearsDocument:
    """What goes into the document; all texts are in the language of ``labels``."""

    title: str
    sentence: str
    """What is shown, as above the charts."""
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
    document = Document()
    _page(document)
    document.add_heading(content.title, 0)
    document.add_paragraph(content.sentence)
    _listed(document, labels("brief.changed"), content.changed, labels("comparison.years.nothing_changed"))
    document.add_heading(labels("comparison.years.tables"), 1)
    for _, blocks in groupby(content.blocks, key=lambda block: block.table):
        _tables(document, list(blocks), content, labels)
    document.add_paragraph(labels("brief.marks"))
    _listed(document, labels("brief.apart"), _apart(content, labels), labels("brief.all_joined"))
    if content.prose:
        _listed(document, labels("comparison.prose.title"), content.prose, "")
    _listed(document, labels("comparison.years.findings"), content.findings, labels("brief.no_findings"))
    _listed(document, labels("brief.sources"), content.sources, labels("brief.of_many"))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: WordDocument) -> None:
    """A4 across, narrow margins, a Chinese font where the text is Chinese."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(1.5)
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "List Bullet"):
        style = document.styles[name]
        assert isinstance(style, CharacterStyle)  # paragraph styles are character styles too
        style.font.name = _LATIN
        style.font.size = Pt(10) if name in ("Normal", "List Bullet") else style.font.size
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _CHINESE)


def _listed(document: WordDocument, heading: str, lines: Iterable[str], nothing: str) -> None:
    document.add_heading(heading, 1)
    there = list(lines)
    for line in there:
        document.add_paragraph(line, style="List Bullet")
    if not there and nothing:
        document.add_paragraph(nothing)


def _tables(document: WordDocument, blocks: list[Block], content: YearsDocument, labels: Labels) -> None:
    document.add_heading(blocks[0].title, 2)
    if len(blocks) > 1 and len(content.years) <= _WIDE:
        _place(document, table_xml(_wide(blocks, content, labels), points=7.5, heads=2, first=0.2))
        return
    for block in blocks:
        if block.column_title:
            document.add_paragraph(block.column_title).runs[0].bold = True
        _place(document, table_xml(_narrow(block, content, labels), points=7.5 if len(content.years) > _MANY else 9))


def _place(document: WordDocument, table: BaseOxmlElement) -> None:
    """Put a table at the end, before the section's own properties, and a line behind it."""
    document.element.body.insert_element_before(table, "w:sectPr")
    document.add_paragraph()


def _narrow(block: Block, content: YearsDocument, labels: Labels) -> list[list[Cell]]:
    change = content.cells[block.lines[0].key].change
    heads = [labels("comparison.table.item"), *map(str, content.years)]
    heads += [labels("comparison.table.change", before=change.before, after=change.after)]
    heads += [labels("comparison.table.percent"), labels("comparison.table.points")]
    rows = [[Cell(text, head=True) for text in heads]]
    for headings, lines in groupby(block.lines, key=lambda line: line.headings):
        if headings:
            rows.append([Cell(" · ".join(headings), span=len(heads), head=True, left=True)])
        for line in lines:
            cell = content.cells[line.key]
            words = [*_figures(cell, content.years, labels), _change(cell, labels)]
            words += [fraction_words(cell.change), points_words(cell.change)]
            rows.append([Cell(line.label, left=True), *(Cell(text) for text in words)])
    return rows


def _wide(blocks: list[Block], content: YearsDocument, labels: Labels) -> list[list[Cell]]:
    """Every kind of applicant side by side, under each the years and the change."""
    width = len(content.years) + 1
    under = [*map(str, content.years), labels("comparison.table.change_short")]
    rows = [
        [
            Cell(labels("comparison.table.item"), head=True),
            *(Cell(block.column_title, span=width, head=True) for block in blocks),
        ],
        [Cell("", head=True), *(Cell(text, head=True) for _ in blocks for text in under)],
    ]
    for headings, lines in groupby(zip(*(block.lines for block in blocks), strict=True), key=lambda line: line[0].headings):
        if headings:
            rows.append([Cell(" · ".join(headings), span=1 + width * len(blocks), head=True, left=True)])
        for line in lines:
            row = [Cell(line[0].label, left=True)]
            for part in line:
                cell = content.cells[part.key]
                row += [*(Cell(text) for text in _figures(cell, content.years, labels)), Cell(_change(cell, labels))]
            rows.append(row)
    return rows


def _figures(cell: ComparedCell, years: Sequence[int], labels: Labels) -> list[str]:
    return [
        ("｜" if year in cell.apart else "") + (figure_words(figure, labels) if (figure := cell.figures.get(year)) else "")
        for year in years
    ]


def _change(cell: ComparedCell, labels: Labels) -> str:
    text = amount_words(cell.change) or mark_words(cell.change.reason, labels)
    return text + (
        labels("comparison.table.caution_mark")
        if cell.change.amount is not None and cell.change.comparability == "caution"
        else ""
    )


def _apart(content: YearsDocument, labels: Labels) -> list[str]:
    """Why some years are not joined, with the lines each reason is about."""
    found: dict[str, list[str]] = {}
    for block in content.blocks:
        for line in block.lines if block.column in ("", "total") else ():
            for status in dict.fromkeys(content.cells[line.key].apart.values()):
                name = " · ".join((*line.headings[-1:], line.label))
                found.setdefault(why_apart(line.key, status, labels), []).append(name)
    return [labels("brief.about", reason=reason, names=labels("charts.join").join(names)) for reason, names in found.items()]
