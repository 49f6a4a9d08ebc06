"""Word files: the document part of the package, straight from its XML, as lines of text and grids.

Names of elements are those of ECMA-376, part 1; they are matched without namespace, so that both flavours of the standard
(transitional and strict) are read.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - no types are shipped

from loaders.docx_numbers import Numbers, numbers_of
from loaders.docx_xml import attribute, child, is_on, number, tag_of, value, within
from loaders.errors import CannotReadError
from loaders.flow import LINE_END, DraftCell, DraftTable, Flow, blocks
from loaders.grid import Pages

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LARGEST_PART = 64 * 2**20
"""Bytes of XML in one part. The largest real report seen has 0.4 MB; a zip bomb has gigabytes."""
LARGEST_PACKAGE = 512 * 2**20
"""Bytes of the whole package as its directory states them, pictures included."""
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
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(entry.file_size for entry in package.infolist()) > LARGEST_PACKAGE:
                raise CannotReadError("too_large_unpacked")
            root = _parse(_part(package, _main_part(package)))
            title = _title(package)
            numbers = numbers_of(_beside(package, "numbering"), _beside(package, "styles"))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise CannotReadError("damaged", reason=str(error)) from error
    except RuntimeError as error:
        raise CannotReadError("password_needed") from error
    body = next((element for element in root if tag_of(element) == "body"), None)
    if body is None:
        raise CannotReadError("not_word")
    writer = _Writer(numbers)
    flow = Flow()
    writer.write(body, flow)
    return Pages(media_type=MEDIA_TYPE, blocks=blocks(flow), title=title)


def _part(package: zipfile.ZipFile, path: str) -> bytes:
    """The bytes of one part; never more than allowed, whatever the directory claims."""
    try:
        with package.open(path) as part:
            data = part.read(LARGEST_PART + 1)
    except KeyError as error:
        raise CannotReadError("not_word") from error
    if len(data) > LARGEST_PART:
        raise CannotReadError("too_large_unpacked")
    return data


def _beside(package: zipfile.ZipFile, name: str) -> etree._Element | None:
    """A part next to the document, by the name every program gives it; ``None`` where it is not there."""
    path = posixpath.join(posixpath.dirname(_main_part(package)), f"{name}.xml")
    return _parse(_part(package, path)) if path in package.namelist() else None


def _parse(data: bytes) -> etree._Element:
    """XML without entities of its own: a Word file has no document type, an attack has."""
    if b"<!DOCTYPE" in data:  # in text it would stand as &lt;!DOCTYPE
        raise CannotReadError("unsafe_xml")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise CannotReadError("damaged", reason=str(error)) from error
    if root.getroottree().docinfo.doctype:  # in an encoding in which it looks different
        raise CannotReadError("unsafe_xml")
    return root


def _main_part(package: zipfile.ZipFile) -> str:
    """The path of the document, from the package's relationships; it need not be called document.xml."""
    for relation in _parse(_part(package, "_rels/.rels")):
        if relation.get("Type", "").endswith("/officeDocument"):
            path = posixpath.normpath(relation.get("Target", "").lstrip("/"))
            if path.endswith(".xml") and "workbook" not in path and "presentation" not in path:
                return path
    raise CannotReadError("not_word")


def _title(package: zipfile.ZipFile) -> str:
    """The title in the document properties; empty where there is none."""
    if "docProps/core.xml" not in package.namelist():
        return ""
    properties = _parse(_part(package, "docProps/core.xml"))
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
