"""The body of a Word document written into a flow, in reading order, as the accepted and printed text has it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - no types are shipped

from loaders.characters import unseen
from loaders.docx_looks import looks_of
from loaders.docx_numbers import Numbers
from loaders.docx_xml import is_on, number, value, within
from loaders.flow import LINE_END, DraftCell, DraftTable, Flow
from loaders.xml import attribute, child, tag_of

_DROPPED = frozenset(["del", "moveFrom", "delText", "delInstrText", "rt"])
"""What a reader of the final text does not see: tracked deletions, glosses."""
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": LINE_END, "cr": LINE_END, "noBreakHyphen": "-"}
_UNSEEN_NOTES = frozenset(["Word.Deletion", "Word.Comment"])
"""Types of annotations of Word 2003 XML whose content is not in the text."""
_CENTIMETRE = 360_000
"""In the unit of drawings (EMU)."""
_LARGE = (6 * _CENTIMETRE, 1.5 * _CENTIMETRE)
"""Width and height of a picture that may hold a table; seals, emblems and codes are smaller."""
_POINTS = {"pt": 12_700, "in": 914_400, "cm": _CENTIMETRE, "mm": _CENTIMETRE / 10, "px": 9_525}
_SIZE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]+)\s*(pt|in|cm|mm|px)")
_LOST = "\ufffd"
"""Stands for a result Word would compute when it shows the file, and that is not in the file."""


@dataclass
class _Field:
    """A field that is open: first its code, then its result."""

    code: str = ""
    in_result: bool = False


class Body:
    """Writes elements of the body into flows and counts what it passes."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers
        self.tables = 0
        self.large_pictures = 0
        """Pictures large enough to hold a table, and embedded objects, of which only a picture is shown."""
        self.chunks: list[str] = []
        """Relationship ids of documents of other formats that the body takes in."""
        self._boxes: list[etree._Element] = []
        self._fields: list[_Field] = []

    def write(self, element: etree._Element, flow: Flow) -> None:
        """Write what is inside ``element``; text boxes follow what they are anchored in."""
        outer, self._boxes = self._boxes, []
        self._inside(element, flow)
        boxes, self._boxes = self._boxes, outer
        if boxes:
            flow.add(LINE_END)
        for box in boxes:
            self.write(box, flow)

    def _inside(self, element: etree._Element, flow: Flow) -> None:
        for inner in element:
            self._one(inner, tag_of(inner), flow)

    def _one(self, element: etree._Element, tag: str, flow: Flow) -> None:
        write = _WRITE.get(tag)
        if write:
            write(self, element, flow)
        elif not tag.endswith(("Pr", "PrChange")):
            self._inside(element, flow)

    def _paragraph(self, element: etree._Element, flow: Flow) -> None:
        """Write a paragraph after its automatic number; an empty one counts but shows none."""
        label = self.numbers.before(element)
        if label:
            text = Flow()
            self.write(element, text)
            if text.text().strip():
                flow.add(label)
            flow.extend(text)
        else:
            self.write(element, flow)
        flow.add(LINE_END)
        if self._fields:  # the code of a field does not go on in the next paragraph, in a damaged file it might
            self._fields = [field for field in self._fields if field.in_result]

    def _run(self, element: etree._Element, flow: Flow) -> None:
        """Write characters of one look: hidden ones are left out, raised, lowered and struck ones keep their look."""
        looks: list[Callable[[str], str]] = []
        for inner in element:
            tag = tag_of(inner)
            if tag == "t" and not looks:
                self._text(inner, flow)
            elif tag == "t":
                text = Flow()
                self._text(inner, text)
                for part in text.parts:
                    for look in looks:
                        part = look(str(part))  # noqa: PLW2901
                    flow.add(str(part))
            elif tag == "rPr":
                looks = looks_of(inner)
                if unseen in looks:
                    return
            else:
                self._one(inner, tag, flow)

    def _text(self, element: etree._Element, flow: Flow) -> None:
        if len(self._fields) > 1 and not all(field.in_result for field in self._fields[:-1]):
            return  # the result of a field inside the code of another
        flow.add(element.text)

    def _symbol(self, element: etree._Element, flow: Flow) -> None:
        """Write a character of a symbol font, by its code."""
        code = attribute(element, "char")
        try:
            flow.add(chr(int(code, 16)))
        except (ValueError, OverflowError):
            flow.add(_LOST)

    def _character(self, element: etree._Element, flow: Flow) -> None:
        flow.add(_CHARACTERS[tag_of(element)])

    def _nothing(self, element: etree._Element, flow: Flow) -> None:
        """Pass over what a reader of the final text does not see."""

    def _box(self, element: etree._Element, flow: Flow) -> None:
        del flow
        self._boxes.append(element)

    def _chunk(self, element: etree._Element, flow: Flow) -> None:
        del flow
        self.chunks.append(attribute(element, "id"))

    def _alternate(self, element: etree._Element, flow: Flow) -> None:
        """The same text box stands in Choice and, for old programs, in Fallback."""
        for choice in element[:1]:
            self._inside(choice, flow)

    def _field(self, element: etree._Element, flow: Flow) -> None:
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].in_result = True
        elif kind == "end" and self._fields:
            field = self._fields.pop()
            if not field.in_result and field.code.lstrip().startswith("="):
                flow.add(_LOST)

    def _code(self, element: etree._Element, flow: Flow) -> None:
        del flow
        if self._fields:
            self._fields[-1].code += element.text or ""

    def _simple_field(self, element: etree._Element, flow: Flow) -> None:
        if len(element) == 0 and attribute(element, "instr").lstrip().startswith("="):
            flow.add(_LOST)
        self._inside(element, flow)

    def _picture(self, element: etree._Element, flow: Flow) -> None:
        """Count a large picture; what is written in shapes is text all the same."""
        found = {tag_of(inner): inner for inner in element.iter()}
        if "blip" in found or "imagedata" in found or "OLEObject" in found:
            wide, high = _size(found)
            self.large_pictures += wide >= _LARGE[0] and high >= _LARGE[1]
        self._inside(element, flow)

    def _annotation(self, element: etree._Element, flow: Flow) -> None:
        """A tracked change or comment of Word 2003 XML."""
        if attribute(element, "type") not in _UNSEEN_NOTES:
            self._inside(element, flow)

    def _table(self, element: etree._Element, flow: Flow) -> None:
        """Write a table; a vertically merged cell grows row by row."""
        self.tables += 1
        table = DraftTable(self.tables)
        above: dict[int, DraftCell] = {}
        row = 0
        for line in within(element, "tr"):
            properties = child(line, "trPr")
            if properties is not None and _is_gone(properties):
                continue
            above = self._row(line, row, number(child(properties, "gridBefore"), 0), table, above)
            row += 1
        flow.add_table(table)

    def _row(
        self, line: etree._Element, row: int, column: int, table: DraftTable, above: dict[int, DraftCell]
    ) -> dict[int, DraftCell]:
        """Write one row; returns its cells by first column, merged ones included."""
        current: dict[int, DraftCell] = {}
        left: DraftCell | None = None
        for position, element in enumerate(within(line, "tc"), start=1):
            properties = _cell_properties(element)
            if "celldel" in properties:
                continue
            width = max(number(properties.get("gridspan"), 1), 1)
            cell = above.get(column) if _continues(properties.get("vmerge")) else None
            if cell is not None:
                cell.rowspan = row + 1 - cell.row
            elif left is not None and _continues(properties.get("hmerge")):
                left.colspan += width
                column += width
                continue
            else:
                cell = DraftCell(flow=Flow(), row=row, column=column, rowspan=1, colspan=width, number=position)
                table.cells.append(cell)
                self.write(element, cell.flow)
            current[column] = left = cell
            column += width
        return current


def _is_gone(properties: etree._Element) -> bool:
    """Whether a row is hidden or, with tracked changes accepted, deleted."""
    for inner in properties:
        tag = tag_of(inner)
        if tag == "del" or (tag == "hidden" and is_on(inner)):
            return True
        if tag == "annotation" and attribute(inner, "type") == "Word.Deletion":
            return True
    return False


def _cell_properties(cell: etree._Element) -> dict[str, etree._Element]:
    """The properties of a cell by name in lower case: Word 2003 XML writes vmerge for vMerge."""
    properties = child(cell, "tcPr")
    return {} if properties is None else {tag_of(inner).lower(): inner for inner in properties}


def _continues(merge: etree._Element | None) -> bool:
    """Whether a cell is the continuation of a merged one; the value may be left out."""
    return merge is not None and value(merge) != "restart"


def _size(found: dict[str, etree._Element]) -> tuple[float, float]:
    """Width and height of a picture in EMU: of a drawing by its extent, of an old shape by its style; unknown is large."""
    extent = found.get("extent")
    if extent is not None:
        return float(_whole(extent.get("cx"))), float(_whole(extent.get("cy")))
    style = found["shape"].get("style", "") if "shape" in found else ""
    sizes = {name: float(_number(size) * _POINTS[unit]) for name, size, unit in _SIZE.findall(style)}
    return sizes.get("width", _LARGE[0]), sizes.get("height", _LARGE[1])


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _number(text: str) -> float:
    return float(text) if re.fullmatch(r"\d+(\.\d+)?", text) else 0.0


_WRITE: dict[str, Callable[[Body, etree._Element, Flow], None]] = {
    "p": Body._paragraph,
    "r": Body._run,
    "t": Body._text,
    "tbl": Body._table,
    "sym": Body._symbol,
    "AlternateContent": Body._alternate,
    "txbxContent": Body._box,
    "fldChar": Body._field,
    "fldSimple": Body._simple_field,
    "instrText": Body._code,
    "drawing": Body._picture,
    "pict": Body._picture,
    "object": Body._picture,
    "altChunk": Body._chunk,
    "annotation": Body._annotation,
    **dict.fromkeys(_DROPPED, Body._nothing),
    **dict.fromkeys(_CHARACTERS, Body._character),
}
"""Who writes an element; others are transparent, except properties."""
