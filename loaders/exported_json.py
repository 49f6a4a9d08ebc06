"""Our own JSON (:func:`ogi.export.report_to_json`) back into the same reports: one object, one a line, or a list of them."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import msgspec

from loaders.encoding import decode
from loaders.errors import CannotReadError
from ogi.form import Form
from ogi.report import Report

MEDIA_TYPE = "application/json"
_MOST_DIGITS = 30
"""A figure of more digits, or further from the decimal point, is none of a report, and costs memory when it is written out."""
_VALUED = ("reported", "keyed")
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
"""An escape that is one half of a character outside the basic plane; with its other half it is fine."""


def read_values(data: bytes, name: str, form: Form) -> list[Report | CannotReadError]:
    """Return the reports of an export, each equal to the one that was exported, findings left out: they are worked out anew.

    The document of a report is the one it was first read from. A cell has a value only where its state is ``reported`` or
    ``keyed``; one that claims to be reported without a number is ``unreadable``.

    Raises:
        CannotReadError: ``json_damaged``, where no part of the file can be read. A single damaged report stands as its reason
            in the list, one whose text holds half a character as ``json_half_character``.
    """
    text = decode(data)
    try:
        found = [_loads(text)]
    except ValueError:
        lines = [line for line in text.split("\n") if line.strip()]  # texts may hold other line ends
        found = [_of_line(line, number) for number, line in enumerate(lines, start=1)]
        if all(isinstance(item, CannotReadError) for item in found):
            raise CannotReadError("json_damaged", place="1") from None
    items = found[0] if isinstance(found[0], list) else found
    may_be_torn = _HALF.search(text) is not None
    return [
        item if isinstance(item, CannotReadError) else _report(item, number, may_be_torn=may_be_torn)
        for number, item in enumerate(items, start=1)
    ]


def _loads(text: str) -> Any:
    return json.loads(text, parse_float=Decimal, parse_constant=_refuse)


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _of_line(line: str, number: int) -> Any:
    try:
        return _loads(line)
    except ValueError:
        return CannotReadError("json_damaged", place=str(number))


def _report(data: Any, number: int, *, may_be_torn: bool) -> Report | CannotReadError:
    try:
        if may_be_torn:
            msgspec.json.encode(data, enc_hook=str)  # a half without the other cannot be written
    except UnicodeEncodeError:
        return CannotReadError("json_half_character", place=str(number))
    try:
        return msgspec.convert(_shaped(data), Report)
    except (msgspec.ValidationError, TypeError, ValueError, KeyError, AttributeError) as error:
        reason = str(error) if isinstance(error, msgspec.ValidationError) else type(error).__name__
        return CannotReadError("json_damaged", place=f"{number}: {reason}")


def _shaped(data: dict[str, Any]) -> dict[str, Any]:
    """The fields of a report out of those of the export."""
    shaped = {name: value for name, value in data.items() if name not in {"cells", "notices", "findings"}}
    shaped["cells"] = {key: _reading(key, cell) for key, cell in data["cells"].items()}
    shaped["notices"] = [
        {"code": notice["code"], "params": _floats(notice.get("params", {})), "keys": notice.get("cells", [])}
        for notice in data.get("notices", [])
    ]
    shaped["facts"] = [
        fact | {"value": _figure(fact["value"]), "source": _source(fact.get("source"))} for fact in data.get("facts", [])
    ]
    for rows in ("local_rows", "free_rows"):
        shaped[rows] = [row | {"source": _source(row.get("source"))} for row in data.get(rows, [])]
    return shaped


def _reading(key: str, cell: dict[str, Any]) -> dict[str, Any]:
    state = cell["state"]
    value = cell.get("keyed") if state == "keyed" else cell.get("value")
    value = _figure(value) if state in _VALUED and value is not None else None
    return {
        **{name: cell[name] for name in ("raw", "rule", "unit", "remark", "doubts") if name in cell},
        "key": key,
        "value": value,
        "state": "unreadable" if state in _VALUED and value is None else state,
        "source": _source(cell.get("source")),
        "confidence": float(cell.get("confidence", 1)),
    }


def _source(source: dict[str, Any] | None) -> dict[str, Any] | None:
    if not source or not source.get("bbox"):
        return source
    return source | {"bbox": [float(edge) for edge in source["bbox"]]}


def _floats(values: dict[str, Any]) -> dict[str, Any]:
    return {name: float(value) if isinstance(value, Decimal) else value for name, value in values.items()}


def _figure(value: Any) -> int | Decimal | bool:
    """A figure as it stands in the file: whole numbers, numbers with their decimals, and statements that are only true.

    Raises:
        ValueError: it is none of these.
    """
    if not isinstance(value, int | Decimal):
        raise ValueError(value)
    if isinstance(value, Decimal) and not -_MOST_DIGITS < value.adjusted() < _MOST_DIGITS:
        raise ValueError("digits")
    if isinstance(value, int) and abs(value) >= 10**_MOST_DIGITS:
        raise ValueError("digits")
    return value
