"""Text and tables for spreadsheets: nothing is taken for a formula, no workbook is refused, and Excel shows Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the command line writes its own CSV and must not wait for pandas
    import pandas as pd

_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\x00-\x1f]")
"""How a formula begins (OWASP: CSV injection). Excel of East Asia takes the full-width signs too, others pass over controls."""
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST_CELL = 32_767
"""What a cell or a note of Excel holds at most, in units of UTF-16 (Microsoft: Excel specifications and limits)."""
HIGHEST_ROW = 409.0
"""Points; Excel makes no row higher."""
_NO_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_NAME = 31


def neutral(value: Any, *, keep_numbers: bool = False) -> Any:
    """Return a value no spreadsheet takes for a formula (OWASP: CSV injection).

    Args:
        value: numbers stay as they are; text that begins like a formula gets a leading apostrophe.
        keep_numbers: leave numbers written as text alone, such as ``-2`` as it is printed in a report.
    """
    if not isinstance(value, str) or not _FORMULA.match(value):
        return value
    return value if keep_numbers and _NUMBER.fullmatch(value) else f"'{value}"


def as_written(text: str) -> str:
    """Return the text that :func:`neutral` was given, from what it made of it."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def storable(text: str) -> str:
    """Return a text as a file of Office can hold it: without the characters XML forbids. Nothing is cut."""
    return _NO_XML.sub("", text)


def in_field(value: Any, *, keep_numbers: bool = False) -> Any:
    """Return a value as a field of a table takes it: :func:`storable` and :func:`neutral`; :mod:`ogi.exchange.book` cuts."""
    return neutral(storable(value), keep_numbers=keep_numbers) if isinstance(value, str) else value


def sheet_name(wanted: str, taken: Iterable[str] = ()) -> str:
    """Return a name Excel accepts, unlike all others of the workbook (which it compares without regard to case)."""
    used = {*(one.lower() for one in taken), "history"}  # Excel keeps this one for itself
    stem = _name(_NO_NAME.sub(" ", wanted), _LONGEST_NAME) or "1"
    name, number = stem, 2
    while name.lower() in used:
        ending = f" ({number})"
        name, number = _name(stem, _LONGEST_NAME - len(ending)) + ending, number + 1
    return name


def _name(text: str, longest: int) -> str:
    return cut_to(text.strip("' "), longest).strip("' ")


def units(text: str) -> int:
    """Return how long a text is for Excel, which counts units of UTF-16: 🏛 is two of them."""
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def cut_to(text: str, longest: int) -> str:
    """Return the beginning of a text of at most so many :func:`units`; no character is cut in two."""
    return text.encode("utf-16-le")[: 2 * longest].decode("utf-16-le", errors="ignore")


def csv_of(table: pd.DataFrame) -> bytes:
    """Return a table as CSV in UTF-8 with byte-order mark, its text :func:`neutral`, without its index."""
    safe = table.map(neutral)
    safe.columns = [neutral(str(column)) for column in table.columns]
    return safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
