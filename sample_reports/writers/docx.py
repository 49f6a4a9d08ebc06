"""Word documents laid out like the official form: merged cells as gridSpan and vMerge, fixed dates inside the package.

Style ``layout_table`` puts the whole report into one cell of an outer table, as some pages pasted into Word are.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import _Cell

from ogi.form import load_form
from sample_reports.dress import dressed_tables
from sample_reports.sample import Sample
from sample_reports.tables import Box, Rows, placed

_FIXED = datetime(2026, 1, 1)
_ZIP_TIME = (2026, 1, 1, 0, 0, 0)


def write_docx(sample: Sample) -> bytes:
    """Return the document as bytes; the same sample gives the same bytes."""
    document: Any = Document()
    _fonts(document)
    holder: Any = document
    if sample.style == "layout_table":
        holder = document.add_table(rows=1, cols=1).cell(0, 0)
    for line in sample.title:
        _paragraph(holder, line, size=18, bold=True, centred=True)
    _paragraph(holder, f"（{sample.note}）", size=10.5, centred=True)
    for section in load_form().editions["gf2021"].sections:
        _paragraph(holder, f"{section.ordinal}、{section.zh}", size=14, bold=True)
        for text in sample.narrative[section.key]:
            _paragraph(holder, "　　" + text)
        tables = dressed_tables(sample, section.key)
        if section.key == "s2":
            tables = [tuple(row for rows in tables for row in rows)]
        for rows in tables:
            _table(holder, rows)
            _paragraph(holder, "")
    _paragraph(holder, sample.signature, right=True)
    if sample.signed:
        _paragraph(holder, sample.signed, right=True)
    _properties(document, sample)
    _drop_parts(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return _fixed_zip(buffer.getvalue())


def _fonts(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")


def _paragraph(
    holder: Any, text: str, *, size: float = 12, bold: bool = False, centred: bool = False, right: bool = False
) -> None:
    paragraph = holder.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(size)
    paragraph.alignment = 1 if centred else 2 if right else None


def _table(holder: Any, rows: Rows) -> None:
    """Append a table; merged cells below the first row of a merge are empty cells that continue it."""
    width = sum(box.colspan for box in rows[0])
    table = _element("w:tbl")
    properties = _element("w:tblPr", table)
    _element("w:tblW", properties, type="auto", w="0")
    borders = _element("w:tblBorders", properties)
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _element(f"w:{side}", borders, val="single", sz="4", space="0", color="auto")
    grid = _element("w:tblGrid", table)
    for _ in range(width):
        _element("w:gridCol", grid, w=str(9000 // width))
    open_below: dict[int, tuple[int, int]] = {}  # grid column → rows still to continue, colspan
    for line in placed(rows):
        row = _element("w:tr", table)
        starts = dict(line)
        column = 0
        while column < width:
            if column in starts:
                box = starts[column]
                _cell(row, box, merge="restart" if box.rowspan > 1 else None)
                if box.rowspan > 1:
                    open_below[column] = (box.rowspan - 1, box.colspan)
                column += box.colspan
            else:
                left, span = open_below[column]
                _cell(row, Box("", colspan=span), merge="continue")
                open_below[column] = (left - 1, span)
                column += span
    if isinstance(holder, _Cell):
        holder._element.append(table)
    else:
        holder.element.body.sectPr.addprevious(table)  # the section properties must stay last


def _cell(row: Any, box: Box, merge: str | None) -> None:
    cell = _element("w:tc", row)
    properties = _element("w:tcPr", cell)
    _element("w:tcW", properties, type="auto", w="0")
    if box.colspan > 1:
        _element("w:gridSpan", properties, val=str(box.colspan))
    if merge:
        _element("w:vMerge", properties, val=merge)
    _element("w:vAlign", properties, val="center")
    paragraph = _element("w:p", cell)
    if box.kind != "label":
        _element("w:jc", _element("w:pPr", paragraph), val="center")
    run = _element("w:r", paragraph)
    _element("w:sz", _element("w:rPr", run), val="18")
    text = _element("w:t", run)
    text.text = box.text


def _element(tag: str, parent: Any = None, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    if parent is not None:
        parent.append(element)
    return element


def _properties(document: Any, sample: Sample) -> None:
    core = document.core_properties
    core.author = core.last_modified_by = "示例报告生成器"
    core.title = "".join(sample.title)
    core.comments = sample.note
    core.created = core.modified = _FIXED
    core.revision = 1


def _drop_parts(document: Any) -> None:
    """Leave out parts of python-docx's template that no reader shows (a picture of it, a second list of styles)."""
    for owner in (document.part, document.part.package):
        for key, relation in list(owner.rels.items()):
            if relation.reltype.endswith(("/stylesWithEffects", "/thumbnail")):
                del owner.rels[key]


def _fixed_zip(content: bytes) -> bytes:
    """Pack the parts again with a fixed date, so that the bytes depend on the content alone."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as copy,
    ):
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            copy.writestr(info, source.read(name))
    return target.getvalue()
