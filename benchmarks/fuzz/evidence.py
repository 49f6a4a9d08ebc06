"""Whether a report was invented: an opinion on the digits of a document that shares no code with its readers.

Every digit of every figure read must stand somewhere in the document, as often as it was read. The text is taken out by the
crudest means there are (regular expressions, PDFium's whole page text), so that it holds at least what any reader could see.
"""

from __future__ import annotations

import contextlib
import html
import io
import logging
import re
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import pdfplumber
import pypdfium2

from benchmarks.fuzz.case import Case
from ogi.report import Report

_MARKUP = re.compile(r"<[^<>]*>")
_POWER = re.compile(r"(?<![\w.])\d{1,20}(?:\.\d{1,20})?[eE]\+?\d{1,2}(?![\w.])")
"""A number as workbooks store it: 1e9 is shown as 1000000000."""


def invented(report: Report, case: Case) -> str:
    """Return what was read although the document does not show it; empty where there is proof of everything."""
    read = Counter(char for r in report.cells.values() if r.value is not None for char in _digits(r.raw))
    if not read:
        return ""
    lacking = []
    for text in _texts(case.data, case.kind):
        lacking.append(read - Counter(_digits(text)))
        if not lacking[-1]:
            return ""
    return f"digits read but not shown: {dict(min(lacking, key=Counter.total, default=read))}"


def _digits(text: str) -> list[str]:
    return [char for char in unicodedata.normalize("NFKC", text) if char.isdigit()]


def _texts(data: bytes, kind: str) -> Iterator[str]:
    """All that may be printed, one text for every way the bytes can be understood, each made only when it is asked for."""
    if kind == "pdf":
        yield _pdfium_text(data)
        yield _pdfminer_text(data)
    elif kind == "xlsx":
        yield _POWER.sub(lambda found: f"{Decimal(found[0]):f}", _package(data))
    elif kind in ("docx", "ofd"):
        yield _package(data)
    else:
        for encoding in ("utf-8", "gb18030", "utf-16", "big5"):
            text = data.decode(encoding, errors="replace")
            if kind in ("html", "mht"):
                yield html.unescape(_MARKUP.sub(" ", text))
                yield html.unescape(text)
            else:
                yield text


def _package(data: bytes) -> str:
    parts = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            with contextlib.suppress(zlib.error, zipfile.BadZipFile, EOFError):  # a part nobody can read shows nothing
                content = package.read(name).decode("utf-8", errors="replace")
                parts.append(html.unescape(_MARKUP.sub(" ", content)) if name.lower().endswith(".xml") else "")
    return "\n".join(parts)


def _pdfium_text(data: bytes) -> str:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return ""
    texts = []
    for number in range(len(document)):
        with contextlib.suppress(pypdfium2.PdfiumError):
            text_page = document[number].get_textpage()
            texts.append(text_page.get_text_range())
    return "\n".join(texts)


def _pdfminer_text(data: bytes) -> str:
    """What the other library sees, which mends other damage than PDFium does."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    texts: list[str] = []
    with contextlib.suppress(Exception), pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            with contextlib.suppress(Exception):  # one page nobody can read hides no other
                texts.append("".join(char["text"] for char in page.chars))
    return "\n".join(texts)
