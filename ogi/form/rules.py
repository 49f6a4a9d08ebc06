"""What is computed from cells: derived figures, checks, indicators and comparability between editions.

These are the rows of ``ogi/data/{derived,checks,indicators,comparability}.yaml``; the formulas are kept as text here
and understood by :mod:`ogi.checks`.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Severity = Literal["error", "warning", "hint"]
Comparability = Literal["same", "caution", "not_comparable", "absent"]


class _Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    zh: str
    en: str

    def label(self, lang: str) -> str:
        """Return the text in ``lang`` (``zh`` or ``en``)."""
        return self.zh if lang == "zh" else self.en


class Unit(_Row, frozen=True, kw_only=True):
    """A unit of measure with the words reports use for it."""

    variants: tuple[str, ...] = ()


class FactKey(_Row, frozen=True, kw_only=True):
    """A key that is not a cell: of the document (``meta.*``) or stated in prose (``text.*``)."""

    key: str
    type: str = ""
    unit: str | None = None
    values: tuple[str, ...] = ()


class Derived(_Row, frozen=True, kw_only=True):
    """A figure computed from cells. It is marked as derived wherever it is shown and never stored as a reading."""

    key: str
    formula: str
    formula_gf2019: str | None = None
    for_each: dict[str, str] = {}
    unit: str | None = None


class Check(_Row, frozen=True, kw_only=True):
    """A rule that should hold in a report; ``zh``/``en`` is the message shown where it does not."""

    id: str
    severity: Severity
    basis: str
    formats: tuple[str, ...]
    formula: str
    for_each: dict[str, str] = {}
    also_for_each: dict[str, dict[str, str]] = {}
    when: str | None = None
    tolerance: int | str = 0
    reminder: bool = False
    exceptions: str = ""
    show: dict[str, str] = {}
    """Further placeholders of the message, each a formula; ``left``, ``right`` and ``diff`` come from the rule itself."""


class Indicator(_Row, frozen=True, kw_only=True):
    """A rate or other figure readers ask for, with its base (``min_n``) and the case in which it is undefined."""

    id: str
    formula: str
    unit: str
    formats: tuple[str, ...]
    undefined_when: str
    min_n: str | None = None
    caution: str = ""
    for_each: dict[str, str] = {}


class Concept(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One quantity across editions: which key holds it in each, and whether the values may be joined in one line."""

    concept: str
    status_2019_2021: Comparability
    status_2014_2019: Comparability
    st2014: str | None = None
    gf2019: str | None = None
    gf2021: str | None = None
    note: str = ""
    en: str = ""
    """The concept in English."""
    note_en: str = ""
