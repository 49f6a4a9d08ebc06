"""Word files: the document part of the package, straight from its XML, as lines of text and grids.

Names of elements are those of ECMA-376, part 1; they are matched without namespace, so that both flavours of the standard
(transitional and strict) are read.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable

import msgspec
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - no types are shipped

from loaders.docx_body import Body
from loaders.docx_numbers import Numbers, numbers_of, styles_may_number
from loaders.errors import CannotReadError
from loaders.flow import Flow, blocks
from loaders.grid import Block, Grid, Pages
from loaders.package import Package, open_package
from loaders.xml import child, parse_xml, tag_of
from ogi.report import Notice

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Part = Callable[[str], etree._Element | None]
"""Gives the root of a part of the package by its path; ``None`` where there is none."""


def read(data: bytes, name: str) -> Pages:
    """Read a Word file (.docx, .docm, .dotx).

    Tracked insertions count as text, deletions do not; hidden text is left out; text boxes follow the paragraph they are
    anchored in. Raised and struck digits keep their look, so that they are not taken for digits of a figure. Tables are
    numbered over the document, rows in their table and cells in their row, all from 1; prose by a running number.
    Automatic numbers of paragraphs are counted as Word counts them. Headers, footers, footnotes and comments are not read;
    large pictures are said.

    Raises:
        CannotReadError: ``damaged``, ``not_word`` (a package without a Word document), ``too_large_unpacked``,
            ``unsafe_xml``, ``too_nested``, ``password_needed``.
    """
    package = open_package(data)
    parts: dict[str, etree._Element | None] = {}

    def part(path: str) -> etree._Element | None:
        if path not in parts:
            parts[path] = parse_xml(package.read(path)) if path in package else None
        return parts[path]

    main = _main_part(part)
    styles = _beside(main, "styles")
    if styles in package and not styles_may_number(package.read(main), package.read(styles)):
        parts[styles] = None
    pages, chunks = read_parts(part, MEDIA_TYPE)
    return _with_chunks(pages, [_related(part, package, chunk) for chunk in chunks]) if chunks else pages


def read_parts(part: Part, media_type: str) -> tuple[Pages, list[str]]:
    """Read a Word document whose parts come parsed; also the ids of the documents it takes in.

    Raises:
        CannotReadError: ``not_word``, ``too_nested``.
    """
    main = _main_part(part)
    root, numbering = part(main), part(_beside(main, "numbering"))
    assert root is not None
    numbers = numbers_of(numbering, part(_beside(main, "styles")) if numbering is not None else None)
    return read_body(root, numbers, _title(part), media_type)


def read_body(root: etree._Element, numbers: Numbers, title: str, media_type: str) -> tuple[Pages, list[str]]:
    """Read the body under ``root``; also the ids of the documents it takes in.

    Raises:
        CannotReadError: ``not_word`` for no body, ``too_nested``.
    """
    element = child(root, "body")
    if element is None:
        raise CannotReadError("not_word")
    body, flow = Body(numbers), Flow()
    alive = list(element.iter())  # kept, so that lxml does not make the Python side of an element anew at every visit
    body.write(element, flow)
    del alive
    notices = (Notice(code="large_pictures", params={"count": body.large_pictures}),) if body.large_pictures else ()
    return Pages(media_type=media_type, blocks=blocks(flow), title=title, notices=notices), body.chunks


def _beside(main: str, name: str) -> str:
    """The path of a part next to the document, by the name every program gives it."""
    return posixpath.join(posixpath.dirname(main), f"{name}.xml")


def _main_part(part: Part) -> str:
    """The path of the document, from the package's relationships; it need not be called document.xml."""
    relations = part("_rels/.rels")
    for relation in () if relations is None else relations:
        if relation.get("Type", "").endswith("/officeDocument"):
            path = relation.get("Target", "")
            if path.endswith(".xml") and "workbook" not in path and "presentation" not in path and part(path) is not None:
                return path
    raise CannotReadError("not_word")


def _title(part: Part) -> str:
    """The title in the document properties; empty where there is none."""
    properties = part("docProps/core.xml")
    for element in () if properties is None else properties:
        if tag_of(element) == "title" and element.text:
            return element.text.strip()
    return ""


def _related(part: Part, package: Package, relation: str) -> bytes:
    """The bytes of a part the document takes in by the id of a relationship; empty where there is none."""
    main = _main_part(part)
    folder, file = posixpath.split(main)
    relations = part(posixpath.join(folder, "_rels", f"{file}.rels"))
    for element in () if relations is None else relations:
        path = posixpath.normpath(posixpath.join(folder, element.get("Target", "")))
        if element.get("Id") == relation and path in package:
            return package.read(path)
    return b""


def _with_chunks(pages: Pages, chunks: list[bytes]) -> Pages:
    """Add documents of other formats that the body takes in (``altChunk``); programs on the web write whole reports so."""
    from loaders.kind import HTML, TEXT, WEB_ARCHIVE, kind_of, read_pages  # noqa: PLC0415 - it knows all readers, this one too

    blocks, notices = list(pages.blocks), list(pages.notices)
    for data in chunks:
        try:
            if kind_of(data, "") not in {HTML, TEXT, WEB_ARCHIVE}:
                raise CannotReadError("unknown_kind")
            inner = read_pages(data, "")
        except CannotReadError:
            notices.append(Notice(code="chunk_not_read"))
            continue
        tables = sum(isinstance(block, Grid) for block in blocks)
        blocks += [_moved(block, tables) for block in inner.blocks]
        notices += inner.notices
    return msgspec.structs.replace(pages, blocks=tuple(blocks), notices=tuple(notices))


def _moved(block: Block, tables: int) -> Block:
    """A block of a document taken in, its table counted after those before it."""
    if not isinstance(block, Grid):
        return block
    cells = [
        msgspec.structs.replace(cell, source=msgspec.structs.replace(cell.source, table=(cell.source.table or 0) + tables))
        for cell in block.cells
    ]
    return msgspec.structs.replace(block, cells=tuple(cells))
