"""What a file of Office refuses is taken out of everything a brief says: names and sentences may hold any character."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

from ogi.spreadsheet import storable

T = TypeVar("T")


def storable_in(said: T) -> T:
    """Return a brief, or any part of one, with each of its texts :func:`ogi.spreadsheet.storable`; all else stays as it is."""
    return _mended(said)  # type: ignore[return-value]


def _mended(said: object) -> object:
    if isinstance(said, str):
        return storable(said)
    if type(said) in (tuple, list):
        return type(said)(_mended(part) for part in said)  # type: ignore[attr-defined,call-arg]
    if is_dataclass(said) and not isinstance(said, type):
        return replace(said, **{field.name: _mended(getattr(said, field.name)) for field in fields(said)})
    return said
