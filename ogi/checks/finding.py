"""What a check says about a report."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

import msgspec

from ogi.form import Severity
from ogi.report import StatedFact

Status = Literal["pass", "fail", "not_assessable", "not_applicable", "dismissed"]
"""``not_assessable``: a figure it needs is unknown, so it neither holds nor fails. ``not_applicable``: its condition does not
hold here. ``dismissed``: it fails and a person decided that this is right."""

Shown = int | Decimal | str | tuple[str, ...]
"""A figure or word a message names."""

Relation = Literal["previous", "child", "version", "peer"]
"""The report of the year before, of a subordinate, another version of the report itself, that of another organ."""


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """One definition a figure of the prose was held against."""

    formula: str
    value: int | Decimal | None
    terms: dict[str, int | Decimal] = {}
    """The printed figures the value was made from, by key; ``prev(key)`` for those of the year before."""


class OtherFigure(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of another report that a finding rests on, with the document it was read from."""

    relation: Relation
    key: str
    value: int | Decimal | None
    sha256: str
    organ: str | None = None
    report_year: int | None = None


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One check, applied to one place of one report."""

    check: str
    severity: Severity
    status: Status
    cells: tuple[str, ...] = ()
    """The cells involved, as the formula names them; the same in every run, whatever the report holds."""
    left: int | Decimal | None = None
    right: int | Decimal | None = None
    difference: int | Decimal | None = None
    """``left`` minus ``right``."""
    params: dict[str, Shown] = {}
    """What the message names: ``row``, ``col``, ``block``, ``item`` as keys, further figures by placeholder."""
    flags: tuple[str, ...] = ()
    """``blank_as_zero``, ``uses_derived``, ``unit_converted``, ``summed_before``: how figures had to be made."""
    missing: tuple[str, ...] = ()
    """For ``not_assessable``: the figures that are wanting; ``prev(key)`` where last year's report is needed,
    ``before(why:names)`` where there is none to compare with, see :mod:`ogi.checks.before`."""
    reminder: bool = False
    """Whether it is shown once and never counted as a problem."""
    stated: StatedFact | None = None
    """The statement of the prose it is about, with its sentence and place."""
    bases: tuple[Basis, ...] = ()
    """The definitions tried on the statement: the one that fits where it holds, all of them where none does."""
    others: tuple[OtherFigure, ...] = ()
    """For a failed check between reports: the figures of the other reports."""
    quotes: tuple[str, ...] = ()
    """Passages of the prose it is about, as printed."""

    @property
    def is_problem(self) -> bool:
        """Whether it counts: it fails and is no mere reminder."""
        return self.status == "fail" and not self.reminder

    @property
    def place(self) -> tuple[str, ...]:
        """The check and what it was applied to; with organ, year and scope this identifies the finding for good."""
        of = tuple(str(self.params[name]) for name in ("row", "col", "block", "item") if name in self.params)
        return (self.check, *of, *((self.stated.words, str(self.stated.value)) if self.stated else ()))


def shown(value: object) -> int | Decimal | None:
    """Return a number as it is shown and stored: whole where it is whole, else a decimal with at most ten places."""
    if isinstance(value, bool) or not isinstance(value, int | Fraction | Decimal):
        return None
    number = Fraction(value)
    if number.denominator == 1:
        return number.numerator
    return (Decimal(number.numerator) / number.denominator).quantize(Decimal("1e-10"), ROUND_HALF_UP).normalize()
