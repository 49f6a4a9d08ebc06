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
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OLD_EXCEL, BINARY_EXCEL = "application/vnd.ms-excel", "application/vnd.ms-excel.sheet.binary.macroEnabled.12"
OPEN_SHEET, EXCEL_XML = "application/vnd.oasis.opendocument.spreadsheet", "application/vnd.ms-excel.2003+xml"
CSV, JSON = "text/csv", "application/json"
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
    EXCEL: "loaders.xlsx",
    OLD_EXCEL: "loaders.old_excel",
    BINARY_EXCEL: "loaders.old_excel",
    OPEN_SHEET: "loaders.old_excel",
    EXCEL_XML: "loaders.old_excel",
    CSV: "loaders.delimited",
}
"""The module that reads a media type; imported when first needed, so that reading text loads no PDF machinery."""

VALUE_READERS = {
    JSON: "loaders.exported_json",
    CSV: "loaders.delimited",
    EXCEL: "loaders.xlsx",
    OLD_EXCEL: "loaders.old_excel",
    BINARY_EXCEL: "loaders.old_excel",
    OPEN_SHEET: "loaders.old_excel",
    EXCEL_XML: "loaders.old_excel",
}
"""The module that takes finished readings out of a file of this media type, where it holds such; a report for each organ."""

ZIP, TAR, GZIP = "application/zip", "application/x-tar", "application/gzip"
"""Archives: :mod:`loaders.bundle` takes out what is in them."""

SUFFIXES = ("pdf", "docx", "ofd", "doc", "wps", "rtf", "odt", "html", "htm", "mht", "xml", "txt", "md",
            "xlsx", "xls", "et", "csv", "json", "zip", "png", "jpg", "jpeg", "tif", "tiff", "bmp", "webp", "gif")  # fmt: skip
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
_ONE_FILE_EXCEL = re.compile(r"progid=\"Excel\.Sheet\"|<(?:ss:)?Workbook\s[^>]*urn:schemas-microsoft-com:office:spreadsheet")
_MESSAGE_HEAD = re.compile(r"\s*[A-Za-z][\w-]{0,40}:[^\n]*\n(?:[A-Za-z][\w-]{0,40}:[^\n]*\n|[ \t][^\n]*\n){0,60}")
_OF_PARTS = re.compile(r"^(?:mime-version|content-type:\s*(?:multipart/|text/html))", re.IGNORECASE | re.MULTILINE)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffe\uffff]")
_CONTROL_BYTES = bytes([*range(9), *range(0x0E, 0x1B), *range(0x1C, 0x20)])
_JSON = re.compile(r"\ufeff?\s*(?:\[\s*)?\{\s*[\"}]")
_SEPARATORS = re.compile(r"[,;\t]")
_SAMPLE = 65536
_CERTAIN_TAGS = 5
"""So many tags in the beginning make a file that starts with words a web page all the same."""


def kind_of(data: bytes, name: str) -> str:
    """Return the media type of a file: a key of :data:`READERS`, or one of the archives.

    ``name`` is not consulted; it is there so that callers need not know that.

    Raises:
        CannotReadError: a file of a kind that is not read, each with a code of its own: ``empty_file``, ``image_file``,
            ``old_word``, ``presentation``, ``other_office``, ``archive``, ``unknown_kind``; also ``password_needed``
            and ``damaged``.
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
        raise CannotReadError("values_only" if kind in VALUE_READERS else "archive")
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
    if types and "xl" in folders:
        return BINARY_EXCEL if b"sheet.binary" in types else EXCEL
    if types and "ppt" in folders:
        raise CannotReadError("presentation")
    if "OFD.xml" in package:
        return OFD
    if "mimetype" in names:
        return _kind_of_open_document(package)
    return ZIP


def _kind_of_open_document(package: Package) -> str:
    """OpenDocument says in its first part what it is; an encrypted one lists the keys of its parts in the manifest."""
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise CannotReadError("password_needed")
    name = package.read("mimetype").strip().decode("ascii", errors="replace").removesuffix("-template")
    if name in {OPEN_TEXT, OPEN_SHEET}:
        return name
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
        return OLD_EXCEL
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
    if _controls(text) * 500 > len(text) + 500:
        raise CannotReadError("unknown_kind")
    head = _MESSAGE_HEAD.match(text)
    if head and _OF_PARTS.search(head[0]):
        return WEB_ARCHIVE
    if _JSON.match(text):
        return JSON
    if ("Word" in text or "word" in text or "pkg:" in text) and _ONE_FILE_WORD.search(text):
        return WORD_XML
    if ("Excel" in text or "Workbook" in text) and _ONE_FILE_EXCEL.search(text):
        return EXCEL_XML
    preamble = _PREAMBLE.match(text)
    if _TAG.match(text, preamble.end() if preamble else 0) or len(_TAG.findall(text)) >= _CERTAIN_TAGS:
        return HTML
    return CSV if _is_separated(start, text) else TEXT


def _controls(text: str) -> int:
    """How many characters of a text are such as no text has."""
    try:
        data = text.encode("latin-1")
    except UnicodeEncodeError:
        return len(_CONTROLS.findall(text))
    return len(data) - len(data.translate(None, _CONTROL_BYTES))


def _is_separated(start: bytes, text: str) -> bool:
    """Whether a text holds values parted by commas, semicolons or tabs that are a table by its heads or by its shape."""
    if not any(len(_SEPARATORS.findall(line)) > 1 for line in text.split("\n", 10)[:10]):
        return False
    from loaders.delimited import is_table, is_values  # noqa: PLC0415 - few texts are candidates

    try:
        whole_lines = start[: start.rfind(b"\n") + 1] if len(start) == _SAMPLE and b"\x00" not in start else start
        text = decode(whole_lines or start)
    except CannotReadError:
        return False
    return is_values(text) or is_table(text)


def _as_text(start: bytes) -> str:
    """The beginning as text good enough for finding tags, which are ASCII in every encoding but UTF-16."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or start.count(0) * 8 > len(start):
        try:
            return decode(start[: len(start) // 2 * 2])
        except CannotReadError as error:
            raise CannotReadError("unknown_kind") from error
    return start.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
