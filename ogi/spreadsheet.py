"""Text and tables for spreadsheets: nothing is taken for a formula, and Excel shows Chinese."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the command line writes its own CSV and must not wait for pandas
    import pandas as pd

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def neutral(value: Any, *, keep_numbers: bool = False) -> Any:
    """Return a value no spreadsheet takes for a formula (OWASP: CSV injection).

    Args:
        value: numbers stay as they are; text that begins like a formula gets a leading apostrophe.
        keep_numbers: leave numbers written as text alone, such as ``-2`` as it is printed in a report.
    """
    if not isinstance(value, str) or not value.lstrip("'").startswith(_FORMULA_STARTS):
        return value
    return value if keep_numbers and _NUMBER.fullmatch(value) else f"'{value}"


def as_written(text: str) -> str:
    """Return the text that :func:`neutral` was given, from what it made of it."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_FORMULA_STARTS) else text


def csv_of(table: pd.DataFrame) -> bytes:
    """Return a table as CSV in UTF-8 with byte-order mark, its text :func:`neutral`, without its index."""
    safe = table.map(neutral)
    safe.columns = [neutral(str(column)) for column in table.columns]
    return safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
