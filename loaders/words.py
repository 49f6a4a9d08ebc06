"""The words and marks by which printed text is understood, read from ``ogi/data/reading.yaml``."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from ogi.data_files import read_data


class Words(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Contents of ``reading.yaml``; each field is explained there."""

    radicals: dict[str, str]
    brackets: dict[str, str]
    dashes: dict[str, str]
    other_words: dict[str, str]
    row_numbers: tuple[str, ...]
    stubs: tuple[str, ...]
    elsewhere: tuple[str, ...]
    label_heads: tuple[str, ...]
    unit_heads: tuple[str, ...]
    value_heads: tuple[str, ...]
    other_units: tuple[str, ...]
    note_starts: tuple[str, ...]
    blank_marks: tuple[str, ...]
    dash_marks: tuple[str, ...]
    not_applicable: tuple[str, ...]
    plus_words: tuple[str, ...]
    minus_words: tuple[str, ...]
    money_units: tuple[str, ...]
    money_marks: tuple[str, ...]
    zero_words: tuple[str, ...]
    lone_page_number: str


@lru_cache(maxsize=1)
def load_words() -> Words:
    """Read ``reading.yaml``.

    Raises:
        msgspec.ValidationError: a field is missing, unknown or of the wrong kind.
    """
    return msgspec.convert(read_data("reading.yaml"), Words)
