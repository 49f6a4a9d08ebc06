"""The list that goes back to an organ, and a clerk's own fix list, as Word documents."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import CharacterStyle
from docx.table import Table, _Cell

from ogi.brief.return_list import ReturnList, place_words
from ogi.checks.fix_lines import FixLine
from ogi.labels import Labels
from ogi.spreadsheet import storable

_LATIN, _CHINESE = "Arial", "宋体"
_WIDTHS = {"number": 1.1, "table": 3.2, "row": 3.3, "column": 2.7, "printed": 3.2, "wrong": 6.4, "do": 4.9, "answer": 2.7}
"""Centimetres; together more than an A4 page across has, so they are taken as shares."""
_ROOM = 26.7


def write_return_list(content: ReturnList, labels: Labels) -> bytes:
    """Return the list as a document to send as it is. Nothing in it depends on the clock."""
    document = _begun(labels("return_list.title"))
    document.add_paragraph(labels("return_list.to", organ=storable(content.organ)))
    text = document.add_paragraph(storable(content.introduction(labels)))
    if labels.lang == "zh":
        text.paragraph_format.first_line_indent = Pt(22)
    for report in content.reports:
        if len(content.reports) > 1:
            document.add_heading(labels("return_list.report", year=report.year), 2)
        _table(document, report.lines, tuple(_WIDTHS), labels)
    end = document.add_paragraph(storable(content.closing(labels)))
    end.paragraph_format.space_before = Pt(12)
    return _written(document)


def write_fix_list(
    title: str, text: str, groups: Sequence[tuple[str, Sequence[FixLine]]], reminders: Sequence[str], labels: Labels
) -> bytes:
    """Return a clerk's own list: a table for each group of what is to be done.

    Args:
        title: of the document.
        text: what was looked at.
        groups: heading and lines.
        reminders: what to think of, under its heading; it is not counted.
        labels: the language.
    """
    document = _begun(storable(title))
    document.add_paragraph(storable(text))
    columns = tuple(name for name in _WIDTHS if name != "answer")
    for heading, lines in groups:
        document.add_heading(storable(heading), 2)
        _table(document, lines, columns, labels)
    if reminders:
        document.add_heading(labels("self_check.reminders", count=len(reminders)), 2)
        for line in reminders:
            document.add_paragraph(storable(line), style="List Bullet")
    return _written(document)


def _begun(title: str) -> WordDocument:
    """An empty document: A4 across, a Chinese font where the text is Chinese, the title in the middle."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(1.8)
    for name in ("Normal", "Title", "Heading 2", "List Bullet"):
        style = document.styles[name]
        assert isinstance(style, CharacterStyle)  # paragraph styles are character styles too
        style.font.name = _LATIN
        style.font.size = Pt({"Title": 18, "Heading 2": 12}.get(name, 11))
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _CHINESE)
    for line in document.styles["Title"].element.xpath(".//w:pBdr"):
        line.getparent().remove(line)
    head = document.add_heading(title, 0)
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return document


def _table(document: WordDocument, lines: Sequence[FixLine], columns: tuple[str, ...], labels: Labels) -> None:
    table = document.add_table(rows=1, cols=len(columns))
    table.style = "Table Grid"
    table.autofit = False
    whole = sum(_WIDTHS[name] for name in columns)
    widths = [Cm(_ROOM * _WIDTHS[name] / whole) for name in columns]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for cell, name, width in zip(table.rows[0].cells, columns, widths, strict=True):
        _fill(cell, [labels(f"return_list.column.{name}")], bold=True, middle=True)
        cell.width = width
        cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="EDEDED"/>'))
    for line in lines:
        for cell, name, width in zip(table.add_row().cells, columns, widths, strict=True):
            _fill(cell, _texts(line, name), middle=name == "number")
            cell.width = width
    _kept_together(table)


def _texts(line: FixLine, name: str) -> Sequence[str]:
    match name:
        case "number":
            return [str(line.number)]
        case "printed":
            return place_words(line).split("\n")
        case "wrong":
            return [*line.wrong, *line.quotes]
        case "do":
            return line.do
        case "answer":
            return [""]
    return [getattr(line, name)]


def _fill(cell: _Cell, texts: Sequence[str], *, bold: bool = False, middle: bool = False) -> None:
    for number, text in enumerate(texts or [""]):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if middle else WD_ALIGN_PARAGRAPH.LEFT
        run = paragraph.add_run(storable(text))
        run.font.size, run.bold = Pt(9), bold


def _kept_together(table: Table) -> None:
    """No row is torn by a page's end, and the heads stand on every page."""
    for number, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        if number == 0:
            properties.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))


def _written(document: WordDocument) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()
