"""Old Word and WPS files (.doc, .wps), RTF and OpenDocument text: converted by LibreOffice, then read as Word files."""

from __future__ import annotations

import msgspec

from loaders import docx
from loaders.grid import Pages
from loaders.kind import OLD_WORD, OPEN_TEXT, RTF, kind_of
from loaders.libreoffice import convert
from ogi.report import Notice

_SUFFIXES = {OLD_WORD: "doc", RTF: "rtf", OPEN_TEXT: "odt"}


def read(data: bytes, name: str) -> Pages:
    """Read an old Word, WPS, RTF or OpenDocument text file; tables, rows and cells are counted as in :mod:`loaders.docx`.

    Raises:
        CannotReadError: the reasons of :func:`loaders.libreoffice.convert` and of :func:`loaders.docx.read`.
    """
    kind = kind_of(data, name)
    pages = docx.read(convert(data, _SUFFIXES[kind], "docx"), name)
    notice = Notice(code="converted", params={"suffix": f".{_SUFFIXES[kind]}"})
    return msgspec.structs.replace(pages, media_type=kind, notices=(notice, *pages.notices))
