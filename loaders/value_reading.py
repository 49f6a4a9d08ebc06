"""One figure of a long table of values, column by column, back into a reading: the inverse of :func:`ogi.export.to_csv`."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import get_args

from loaders.cells import read_cell
from ogi.form import Cell
from ogi.report import Number, Reading, Source, State
from ogi.spreadsheet import as_written

_STATES = frozenset(get_args(State))
_VALUED = frozenset({"reported", "keyed"})
_NUMBER = re.compile(r"[+-]?\d{1,20}(?:\.\d{1,20})?")
_EDGES = ("x0", "top", "x1", "bottom")
_PLACES = {"page": "page", "source_table": "table", "source_row": "row", "source_cell": "cell", "source_line": "line"}


def reading_of_figure(columns: dict[str, str], cell: Cell, place: Source) -> Reading:
    """Return the reading a row describes.

    Args:
        columns: the texts by name of column, as :data:`ogi.export.CSV_COLUMNS` has them.
        cell: the cell of the form.
        place: where the row stands, for rows that do not say where the figure was printed.

    A row without a state is read like a printed cell. A state without a number never gets one; a number that is missing, or
    none, makes the reading ``unreadable``.
    """
    text = {name: as_written(value) for name, value in columns.items()}
    raw = text.get("raw", text.get("value", ""))
    state = text.get("state", "").strip()
    printed = read_cell(raw, cell.kind)
    if not state:
        return Reading(
            key=cell.key,
            raw=raw,
            value=printed.value,
            state=printed.state,
            source=place,
            unit=printed.unit,
            remark=printed.remark,
        )
    value = _value(text.get("value", ""), printed.value, cell) if state in _VALUED else None
    known = state in _STATES and (value is not None) == (state in _VALUED)
    unit = text.get("unit", "").strip()
    return Reading(
        key=cell.key,
        raw=raw,
        value=value if known else None,
        state=state if known else "unreadable",  # pyright: ignore[reportArgumentType] - it is one of them
        source=_source(text) if text.keys() & {*_PLACES, *_EDGES} else place,
        confidence=_confidence(text.get("confidence", "")),
        rule=text.get("rule", ""),
        unit=unit if unit and unit != cell.unit else None,
        remark=text.get("remark", ""),
        doubts=tuple(text.get("doubts", "").split()),
    )


def _value(text: str, printed: Number | None, cell: Cell) -> Number | None:
    """The number as written; where a spreadsheet shortened it, that of the printed text, which is the same to a float."""
    text = text.strip()
    if not _NUMBER.fullmatch(text):
        return None
    value = Decimal(text)
    if printed is not None and float(printed) == float(value):
        return printed
    return value if cell.kind == "amount" or value != value.to_integral_value() else int(value)


def _confidence(text: str) -> float:
    return float(text) if re.fullmatch(r"[01](?:\.\d{1,20})?", text.strip()) else 1.0


def _source(text: dict[str, str]) -> Source | None:
    """Where the figure was printed; ``None`` where the row does not say."""
    places = {
        name: int(float(text[column])) for column, name in _PLACES.items() if _NUMBER.fullmatch(text.get(column, "").strip())
    }
    edges = [float(text[edge]) for edge in _EDGES if _NUMBER.fullmatch(text.get(edge, "").strip())]
    bbox = (edges[0], edges[1], edges[2], edges[3]) if len(edges) == len(_EDGES) else None
    return Source(**places, bbox=bbox) if places or bbox else None
