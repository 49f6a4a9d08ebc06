"""Word files: the document part of the package, straight from its XML, as lines of text and grids.

Names of elements are those of ECMA-376, part 1; they are matched without namespace, so that both flavours of the standard
(transitional and strict) are read.
"""

from __future__ import annotations

import posixpath

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - no types are shipped

from loaders.docx_numbers import Numbers, numbers_of
from loaders.docx_xml import is_on, number, value, within
from loaders.errors import CannotReadError
from loaders.flow import LINE_END, DraftCell, DraftTable, Flow, blocks
from loaders.grid import Pages
from loaders.package import Package, open_package
from loaders.xml import attribute, child, parse_xml, tag_of

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_DROPPED = frozenset({"del", "moveFrom", "rPrChange", "pPrChange", "instrText", "delText", "delInstrText", "rt"})
"""What a reader of the final text does not see: tracked deletions, field codes, glosses."""
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": LINE_END, "cr": LINE_END, "noBreakHyphen": "-"}


def read(data: bytes, name: str) -> Pages:
    """Read a Word file (.docx, .docm, .dotx).

    Tracked insertions count as text, deletions do not; hidden text is left out; text boxes follow the paragraph they are
    anchored in. Tables are numbered over the document, rows in their table and cells in their row, all from 1; prose by a
    running number. Automatic numbers of paragraphs are counted as Word counts them. Headers, footers, footnotes and comments
    are not read.

    Raises:
        CannotReadError: ``damaged``, ``not_word`` (a package without a Word document), ``too_large_unpacked``,
            ``unsafe_xml``, ``too_nested``, ``password_needed``.
    """
    package = open_package(data)
    main = _main_part(package)
    root = parse_xml(package.read(main))
    title = _title(package)
    numbers = numbers_of(_beside(package, main, "numbering"), _beside(package, main, "styles"))
    body = next((element for element in root if tag_of(element) == "body"), None)
    if body is None:
        raise CannotReadError("not_word")
    writer = _Writer(numbers)
    flow = Flow()
    writer.write(body, flow)
    return Pages(media_type=MEDIA_TYPE, blocks=blocks(flow), title=title)


def _beside(package: Package, main: str, name: str) -> etree._Element | None:
    """A part next to the document, by the name every program gives it; ``None`` where it is not there."""
    path = posixpath.join(posixpath.dirname(main), f"{name}.xml")
    return parse_xml(package.read(path)) if path in package else None


def _main_part(package: Package) -> str:
    """The path of the document, from the package's relationships; it need not be called document.xml."""
    relations = parse_xml(package.read("_rels/.rels")) if "_rels/.rels" in package else ()
    for relation in relations:
        if relation.get("Type", "").endswith("/officeDocument"):
            path = relation.get("Target", "")
            if path.endswith(".xml") and "workbook" not in path and "presentation" not in path and path in package:
                return path
    raise CannotReadError("not_word")


def _title(package: Package) -> str:
    """The title in the document properties; empty where there is none."""
    if "docProps/core.xml" not in package:
        return ""
    properties = parse_xml(package.read("docProps/core.xml"))
    return next((element.text.strip() for element in properties if tag_of(element) == "title" and element.text), "")


class _Writer:
    """Writes elements of the body into a flow, in reading order."""

    def __init__(self, numbers: Numbers) -> None:
        self.count = 0
        self.numbers = numbers

    def write(self, element: etree._Element, flow: Flow) -> None:
        """Write what is inside ``element``."""
        boxes: list[etree._Element] = []
        for inner in element:
            self._write_one(inner, flow, boxes)
        if boxes:
            flow.add(LINE_END)
        for box in boxes:
            self.write(box, flow)

    def _write_one(self, element: etree._Element, flow: Flow, boxes: list[etree._Element]) -> None:
        tag = tag_of(element)
        if tag == "p":
            self._write_paragraph(element, flow)
            flow.add(LINE_END)
        elif tag == "tbl":
            self.write_table(element, flow)
        elif tag in {"t", "sym"}:
            flow.add(element.text if tag == "t" else _symbol(element))
        elif tag in _CHARACTERS:
            flow.add(_CHARACTERS[tag])
        elif tag == "AlternateContent":
            # The same text box stands in Choice and, for old programs, in Fallback.
            for choice in element[:1]:
                self._inside(choice, flow, boxes)
        elif tag == "txbxContent":
            boxes.append(element)
        elif tag not in _DROPPED and not tag.endswith("Pr") and not (tag == "r" and is_on(child(element, "rPr", "vanish"))):
            self._inside(element, flow, boxes)

    def _write_paragraph(self, element: etree._Element, flow: Flow) -> None:
        """Write a paragraph after its automatic number; an empty one counts but shows none."""
        label = self.numbers.before(element)
        text = Flow()
        self.write(element, text)
        if label and text.text().strip():
            flow.add(label)
        flow.parts.extend(text.parts)

    def _inside(self, element: etree._Element, flow: Flow, boxes: list[etree._Element]) -> None:
        for inner in element:
            self._write_one(inner, flow, boxes)

    def write_table(self, element: etree._Element, flow: Flow) -> None:
        """Write a table; a vertically merged cell grows row by row."""
        self.count += 1
        table = DraftTable(self.count)
        above: dict[int, DraftCell] = {}
        row = 0
        for line in within(element, "tr"):
            properties = child(line, "trPr")
            if child(properties, "del") is not None or is_on(child(properties, "hidden")):
                continue
            above = self._write_row(line, row, table, above)
            row += 1
        flow.parts.append(table)

    def _write_row(self, line: etree._Element, row: int, table: DraftTable, above: dict[int, DraftCell]) -> dict[int, DraftCell]:
        """Write one row; returns its cells by first column, merged ones included."""
        column = number(child(line, "trPr", "gridBefore"), 0)
        current: dict[int, DraftCell] = {}
        left: DraftCell | None = None
        for position, element in enumerate(within(line, "tc"), start=1):
            properties = child(element, "tcPr")
            if child(properties, "cellDel") is not None:
                continue
            width = max(number(child(properties, "gridSpan"), 1), 1)
            cell = above.get(column) if _continues(properties, "vMerge") else None
            if cell is not None:
                cell.rowspan = row + 1 - cell.row
            elif left is not None and _continues(properties, "hMerge"):
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


def _continues(properties: etree._Element | None, name: str) -> bool:
    """Whether a cell is the continuation of a merged one; the value may be left out."""
    merge = child(properties, name)
    return merge is not None and value(merge) != "restart"


def _symbol(element: etree._Element) -> str:
    """A character of a symbol font, by its code."""
    code = attribute(element, "char")
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"
