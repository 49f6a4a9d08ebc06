"""Finding one's way in an OFD package: documents, pages, templates, annotations and resources (GB/T 33190-2016, clause 7).

Names of elements are matched without namespace: producers write three different ones. Locations are followed as written
and then as meant: from the file they stand in, from the folder of the document, from the root, whatever their case.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - no types are shipped

from loaders.errors import CannotReadError
from loaders.ofd_space import BadNumberError, written_box
from loaders.package import Package, open_package
from loaders.xml import child, parse_xml, tag_of

ROOT = "OFD.xml"
_A4 = (210.0, 297.0)
_ENCRYPTED = frozenset({"encryptions.xml", "entriesmap.dat", "decryptseed.dat"})
"""What GM/T 0099 puts into a package whose parts are encrypted."""
_ORDER = {"Background": 0, "Foreground": 2}
_BODY = 1
_NO_RESOURCES = frozenset({"damaged"})


@dataclass(frozen=True)
class PageParts:
    """One page: its size in millimetres and what is drawn on it."""

    width: float
    height: float
    layers: tuple[etree._Element, ...]
    """From the bottom up: templates behind the page, its own layers, templates before it."""
    annotations: tuple[etree._Element, ...]
    """Its ``Annot`` elements."""
    missing: int
    """Templates the page names and the file does not have."""


class OfdDocument:
    """One document of a package. Pages are read one by one; resources when they are first asked for."""

    def __init__(self, package: Package, path: str) -> None:
        self._package, self._path = package, path
        self._parsed: dict[str, etree._Element] = {}
        self._root = self._parse(path)
        self._pages = [page for pages in _all(self._root, "Pages") for page in _all(pages, "Page")]
        self._common = child(self._root, "CommonData")
        self._templates = {item.get("ID") or "": item for item in _all(self._common, "TemplatePage")}
        self._pending = [(path, item) for item in _all(self._common, "PublicRes", "DocumentRes")]
        self._units: dict[str, etree._Element] = {}
        self._parameters: dict[str, etree._Element] = {}
        self._pictures: dict[str, str] = {}
        self._annotated = self._annotation_files()

    def __len__(self) -> int:
        """Number of pages the document promises."""
        return len(self._pages)

    def page(self, index: int) -> PageParts:
        """Read one page, from 0.

        Raises:
            CannotReadError: ``damaged``: the page is not in the file or cannot be parsed; a lost page is not an empty one.
        """
        location = self._pages[index].get("BaseLoc") or ""
        path = self._find(location, self._path)
        if path is None:
            raise self._lost(f"page {index + 1}: no {location}")
        page = self._parse(path, keep=False)
        self._pending += [(path, item) for item in _all(page, "PageRes")]
        places: tuple[list[etree._Element], ...] = ([], [], [])
        missing = self._put_templates(page, places, set())
        places[_BODY].extend(_layers(page))
        width, height = self._size(page)
        annotations = [
            annot for file in self._annotated.get(self._pages[index].get("ID") or "", ()) for annot in _all(file, "Annot")
        ]
        return PageParts(width, height, tuple(layer for place in places for layer in place), tuple(annotations), missing)

    def unit(self, name: str) -> etree._Element | None:
        """The content of a composite; ``None`` where it is not in the file."""
        self._load()
        return self._units.get(name)

    def parameters(self, name: str) -> etree._Element | None:
        """A set of drawing parameters; ``None`` where it is not in the file."""
        self._load()
        return self._parameters.get(name)

    def picture(self, name: str) -> bytes | None:
        """The bytes of a picture; ``None`` where it is not in the file."""
        self._load()
        path = self._pictures.get(name)
        return self._package.read(path) if path else None

    def attachments(self) -> list[str]:
        """Names of the files attached to the document."""
        found = []
        for item in _all(self._root, "Attachments"):
            path = self._find(item.text or "", self._path)
            if path:
                found += [entry.get("Name") or "?" for entry in _all(self._parse(path), "Attachment")]
        return found

    def _put_templates(self, page: etree._Element, places: tuple[list[etree._Element], ...], put: set[str]) -> int:
        """Put the layers of templates in their places, each template once; returns how many are not in the file."""
        missing = 0
        for reference in _all(page, "Template"):
            name = reference.get("TemplateID") or ""
            if name in put:
                continue
            put.add(name)
            template = self._templates.get(name)
            path = self._find(template.get("BaseLoc") or "", self._path) if template is not None else None
            if template is None or path is None:
                missing += 1
                continue
            content = self._parse(path)
            missing += self._put_templates(content, places, put)
            order = reference.get("ZOrder") or template.get("ZOrder") or ""
            places[2 if order == "Foreground" else 0].extend(_layers(content))
        return missing

    def _size(self, page: etree._Element) -> tuple[float, float]:
        """Width and height of the page: its own area counts before that of the document."""
        areas = [child(page, "Area"), child(self._common, "PageArea")]
        for area in areas:
            for name in ("PhysicalBox", "ApplicationBox"):
                written = child(area, name)
                try:
                    box = written_box(written.text) if written is not None else None
                except BadNumberError as error:
                    raise CannotReadError("damaged", reason=f"{name} {error}") from error
                if box and box[2] > box[0] and box[3] > box[1]:
                    return box[2] - box[0], box[3] - box[1]
        return _A4

    def _annotation_files(self) -> dict[str, list[etree._Element]]:
        """The annotations of each page by its id. One that is not in the file was on no screen."""
        found: dict[str, list[etree._Element]] = {}
        for item in _all(self._root, "Annotations"):
            path = self._find(item.text or "", self._path)
            for page in _all(self._parse(path), "Page") if path else ():
                for location in _all(page, "FileLoc"):
                    file = self._find(location.text or "", path or "")
                    if file:
                        found.setdefault(page.get("PageID") or "", []).append(self._parse(file))
        return found

    def _load(self) -> None:
        """Read the resource files not read yet. What cannot be parsed has no resources; what refers to them says so."""
        while self._pending:
            origin, item = self._pending.pop()
            path = self._find(item.text or "", origin)
            if path is None:
                continue
            try:
                resources = self._parse(path)
            except CannotReadError as error:
                if error.code not in _NO_RESOURCES:
                    raise
                continue
            folder = posixpath.join(posixpath.dirname(path), (resources.get("BaseLoc") or "").lstrip("/"))
            for group in resources:
                self._keep(group, path, folder)

    def _keep(self, group: etree._Element, path: str, folder: str) -> None:
        for item in group:
            name, tag = item.get("ID") or "", tag_of(item)
            if tag == "DrawParam":
                self._parameters[name] = item
            elif tag == "CompositeGraphicUnit":
                content = child(item, "Content")
                self._units[name] = item if content is None else content
            elif tag == "MultiMedia":
                location = next((file.text or "" for file in _all(item, "MediaFile")), "")
                found = self._find(location, posixpath.join(folder, "-")) or self._find(location, path)
                if found:
                    self._pictures[name] = found

    def _find(self, location: str, origin: str) -> str | None:
        """The name of the part a location means; ``None`` where there is none."""
        location = location.strip()
        own, document = posixpath.dirname(origin), posixpath.dirname(self._path)
        places = [posixpath.join(own, location), posixpath.join(document, location), location]
        if location.startswith("/"):
            places = [location, *(posixpath.join(folder, location.lstrip("/")) for folder in (own, document))]
        return next((place for place in places if location and place in self._package), None)

    def _parse(self, path: str, *, keep: bool = True) -> etree._Element:
        if path in self._parsed:
            return self._parsed[path]
        try:
            root = parse_xml(self._package.read(path))
        except CannotReadError as error:
            raise (self._lost(str(error.params.get("reason", ""))) if error.code == "damaged" else error) from error
        if keep:
            self._parsed[path] = root
        return root

    def _lost(self, reason: str) -> CannotReadError:
        return lost(self._package, reason)


def open_ofd(data: bytes) -> tuple[list[OfdDocument], str]:
    """Return the documents of a package in order, and the title its information states (empty where there is none).

    Raises:
        CannotReadError: ``damaged``, ``password_needed`` (parts are encrypted), ``unsafe_xml``, ``too_large_unpacked``.
    """
    package = open_package(data)
    root = parse_xml(package.read(ROOT))
    documents = []
    title = ""
    for body in _all(root, "DocBody"):
        written = child(body, "DocInfo", "Title")
        title = title or (written.text or "" if written is not None else "").strip()
        path = _document_path(package, body)
        if path is None:
            raise lost(package, "no Document.xml")
        documents.append(OfdDocument(package, path))
    if not documents:
        raise lost(package, "no DocBody")
    return documents, title


def lost(package: Package, reason: str) -> CannotReadError:
    """What is wrong where a part is missing or no XML: the parts are encrypted, or the file is damaged."""
    names = {posixpath.basename(name).casefold() for name in package.names()}
    return CannotReadError("password_needed") if names & _ENCRYPTED else CannotReadError("damaged", reason=reason)


def _document_path(package: Package, body: etree._Element) -> str | None:
    """The root of the current version of a document."""
    for versions in _all(body, "Versions"):
        for version in _all(versions, "Version"):
            path = (version.get("BaseLoc") or "").strip()
            if version.get("Current") == "true" and path in package:
                written = child(parse_xml(package.read(path)), "DocRoot")
                location = (written.text or "").strip() if written is not None else ""
                found = [place for place in (location, posixpath.join(posixpath.dirname(path), location)) if place in package]
                if location and found:
                    return found[0]
    written = child(body, "DocRoot")
    location = (written.text or "").strip() if written is not None else ""
    return location.lstrip("/") if location and location in package else None


def _layers(page: etree._Element) -> list[etree._Element]:
    layers = [layer for content in _all(page, "Content") for layer in content]
    return sorted(layers, key=lambda layer: _ORDER.get(layer.get("Type") or "", _BODY))


def _all(element: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """Children with one of these local names."""
    return (inner for inner in (() if element is None else element) if tag_of(inner) in names)
