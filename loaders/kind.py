"""What a file is, told by its content and never by its name alone, and the reader that reads it."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module

from loaders import compound
from loaders.encoding import decode
from loaders.errors import CannotReadError
from loaders.grid import Pages
from loaders.package import Package, open_package

PDF, HTML, TEXT = "application/pdf", "text/html", "text/plain"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OLD_WORD, RTF = "application/msword", "application/rtf"
OPEN_TEXT = "application/vnd.oasis.opendocument.text"
PICTURES = ("image/png", "image/jpeg", "image/tiff", "image/bmp", "image/webp", "image/gif")
WORD_XML, WEB_ARCHIVE = "application/xml", "multipart/related"
OFD = "application/ofd"
READERS = {
    PDF: "loaders.pdf",
    WORD: "loaders.docx",
    OFD: "loaders.ofd",
    HTML: "loaders.html",
    TEXT: "loaders.text",
    OLD_WORD: "loaders.old_word",
    RTF: "loaders.old_word",
    OPEN_TEXT: "loaders.old_word",
    **dict.fromkeys(PICTURES, "loaders.pictures"),
    WORD_XML: "loaders.docx_flat",
    WEB_ARCHIVE: "loaders.mht",
}
"""The module that reads a media type; imported when first needed, so that reading text loads no PDF machinery."""

ZIP, TAR, GZIP = "application/zip", "application/x-tar", "application/gzip"
"""Archives: :mod:`loaders.bundle` takes out what is in them."""

SUFFIXES = ("pdf", "docx", "ofd", "doc", "wps", "rtf", "odt", "html", "htm", "txt", "md", "zip",
            "png", "jpg", "jpeg", "tif", "tiff", "bmp", "webp", "gif")  # fmt: skip
"""Suffixes such files usually have: for file choosers, never for telling what a file is."""

_PICTURES = re.compile(
    rb"(?P<png>\x89PNG\r\n)|(?P<jpeg>\xff\xd8\xff)|(?P<tiff>II[*+]\x00|MM\x00[*+])|(?P<gif>GIF8[79]a)|(?P<webp>RIFF....WEBP)"
    rb"|(?P<bmp>BM....\x00\x00\x00\x00)",
    re.DOTALL,
)
_OTHER_PICTURES = re.compile(rb"....ftyp(?:heic|heix|mif1|avif)|\x00\x00\x00\x0cjP  |\x97JB2", re.DOTALL)
_OTHER_ARCHIVES = (b"Rar!\x1a", b"7z\xbc\xaf\x27\x1c", b"BZh", b"\xfd7zXZ\x00", b"MSCF")
_TAR_MARK = slice(257, 262)
_PREAMBLE = re.compile(r"\A\ufeff?\s*(?:<\?[^>]*>\s*|<!--.*?-->\s*)*", re.DOTALL)
_TAG = re.compile(
    r"<(?:!doctype html|(?:html|head|body|title|meta|link|div|p|span|table|tbody|tr|td|h[1-6]|font|center|section)\b[^<>]*>)",
    re.IGNORECASE,
)
_ONE_FILE_WORD = re.compile(r"progid=\"Word\.Document\"|<w:wordDocument\b|<pkg:package\b")
_MESSAGE_HEAD = re.compile(r"\s*[A-Za-z][\w-]{0,40}:[^\n]*\n(?:[A-Za-z][\w-]{0,40}:[^\n]*\n|[ \t][^\n]*\n){0,60}")
_OF_PARTS = re.compile(r"^(?:mime-version|content-type:\s*(?:multipart/|text/html))", re.IGNORECASE | re.MULTILINE)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffe\uffff]")
_SAMPLE = 65536
_CERTAIN_TAGS = 5
"""So many tags in the beginning make a file that starts with words a web page all the same."""


def kind_of(data: bytes, name: str) -> str:
    """Return the media type of a file: a key of :data:`READERS`, or one of the archives.

    ``name`` is not consulted; it is there so that callers need not know that.

    Raises:
        CannotReadError: a file of a kind that is not read, each with a code of its own: ``empty_file``, ``image_file``,
            ``old_word``, ``spreadsheet``, ``presentation``, ``other_office``, ``archive``,
            ``unknown_kind``; also ``password_needed`` and ``damaged``.
    """
    if not data.strip(b"\x00\t\n\r\x0b\x0c "):
        raise CannotReadError("empty_file")
    for mark, tell in _CONTAINERS.items():
        if data.startswith(mark):
            return tell(data)
    if data[_TAR_MARK] == b"ustar":
        return TAR
    if b"%PDF-" in data[:1024]:  # after the archives, which may hold a PDF as it is
        return PDF
    if picture := _kind_of_picture(data):
        return picture
    if data.startswith(_OTHER_ARCHIVES):
        raise CannotReadError("archive")
    return RTF if data[:_SAMPLE].lstrip().startswith(b"{\\rtf") else _kind_of_text(data[:_SAMPLE])


def read_pages(data: bytes, name: str) -> Pages:
    """Read a file with the reader of its kind.

    Raises:
        CannotReadError: its kind is not read, or its reader cannot read it.
    """
    kind = kind_of(data, name)
    if kind not in READERS:
        raise CannotReadError("archive")
    try:
        return import_module(READERS[kind]).read(data, name)
    except RecursionError as error:
        raise CannotReadError("too_nested") from error


def _kind_of_package(data: bytes) -> str:
    """A zip file is known by what is in it."""
    package = open_package(data)
    names = package.names()
    types = package.read("[Content_Types].xml") if "[Content_Types].xml" in package else b""
    folders = {name.partition("/")[0] for name in names}
    if types and (b"wordprocessingml" in types or "word" in folders):
        return WORD
    if types and folders & {"xl", "ppt"}:
        raise CannotReadError("spreadsheet" if "xl" in folders else "presentation")
    if "OFD.xml" in package:
        return OFD
    if "mimetype" in names:
        return _kind_of_open_document(package)
    return ZIP


def _kind_of_open_document(package: Package) -> str:
    """OpenDocument says in its first part what it is; an encrypted one lists the keys of its parts in the manifest."""
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise CannotReadError("password_needed")
    if package.read("mimetype").strip().decode("ascii", errors="replace").startswith(OPEN_TEXT):
        return OPEN_TEXT
    raise CannotReadError("other_office")


def _kind_of_picture(data: bytes) -> str | None:
    if _OTHER_PICTURES.match(data):
        raise CannotReadError("image_file")
    picture = _PICTURES.match(data)
    return f"image/{picture.lastgroup}" if picture else None


def _kind_of_compound(data: bytes) -> str:
    """An OLE file is known by its streams; those of WPS are called like those of Word."""
    streams = compound.streams(data)
    if "EncryptedPackage" in streams or compound.is_locked(streams):
        raise CannotReadError("password_needed")
    if "WordDocument" in streams:
        return OLD_WORD
    if {"Workbook", "Book"} & streams.keys():
        raise CannotReadError("spreadsheet")
    raise CannotReadError("presentation" if "PowerPoint Document" in streams else "old_word")


_CONTAINERS: dict[bytes, Callable[[bytes], str]] = {
    b"PK": _kind_of_package,
    compound.MARK: _kind_of_compound,
    b"\x1f\x8b": lambda _: GZIP,
}
"""By the first bytes of a file that holds others, who tells what it is."""


def _kind_of_text(start: bytes) -> str:
    """Web page or plain text; what holds control characters is neither."""
    text = _as_text(start)
    if len(_CONTROLS.findall(text)) * 500 > len(text) + 500:
        raise CannotReadError("unknown_kind")
    head = _MESSAGE_HEAD.match(text)
    if head and _OF_PARTS.search(head[0]):
        return WEB_ARCHIVE
    if _ONE_FILE_WORD.search(text):
        return WORD_XML
    preamble = _PREAMBLE.match(text)
    if _TAG.match(text, preamble.end() if preamble else 0) or len(_TAG.findall(text)) >= _CERTAIN_TAGS:
        return HTML
    return TEXT


def _as_text(start: bytes) -> str:
    """The beginning as text good enough for finding tags, which are ASCII in every encoding but UTF-16."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or start.count(0) * 8 > len(start):
        try:
            return decode(start[: len(start) // 2 * 2])
        except CannotReadError as error:
            raise CannotReadError("unknown_kind") from error
    return start.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
