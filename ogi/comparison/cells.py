"""Every cell of the form over years: the figures, what changed between two of them, and why something was not compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from math import isnan
from typing import Any

import msgspec
import pandas as pd
from msgspec.structs import replace

from ogi.comparison.wholes import whole_of
from ogi.form import Comparability
from ogi.indicators import FULL_BASE, SMALLEST_BASE
from ogi.lineage import Way
from ogi.selection import joined

Number = int | Decimal
_PLACES = 6
"""Sums of money are made in floats; the noise of their last digits is no figure of anybody's."""


class YearFigure(msgspec.Struct, frozen=True, kw_only=True):
    """One cell in one year, of one organ or added up."""

    value: Number | None
    """Exact; ``None`` unless ``state`` is ``reported``."""
    state: str
    """``reported``, or why there is no number (:func:`ogi.selection.lines.long`); a sum of no organ is ``no_report``."""
    edition: str = ""
    """Of the table; ``""`` for a sum and where there is no report."""
    derived: bool = False
    """Whether it is added up or computed and not printed."""
    flags: tuple[str, ...] = ()
    report_id: str = ""
    known: int = 1
    """Organs with a number …"""
    expected: int = 1
    """… of the organs shown."""
    reports: int = 0
    """Organs with a report of that year, where the head of its column says how many; 0 where it does not."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What changed between two years, or why that is not said."""

    before: int
    after: int
    amount: Number | None = None
    """Later minus earlier."""
    fraction: float | None = None
    """``amount`` as a part of the earlier figure; only where that is at least ten."""
    points: float | None = None
    """Change of the share in percentage points (10.4), where the cell is a part of a total of at least ten in both years."""
    shares: tuple[float | None, float | None] = (None, None)
    """The shares themselves, 0–1."""
    is_small: bool = False
    """Whether one of the totals is below thirty: the share rests on few cases."""
    reason: str = ""
    """Why there is no ``amount`` or no ``fraction``; a message ``selection.reason.…``, ``""`` where nothing is wanting."""
    comparability: str = ""
    """``same``, ``caution``, ``not_comparable``, ``absent``, or what became of the organ (:data:`ogi.lineage.WAYS`);
    ``""`` where a figure is missing."""
    organs: int = 1
    """Organs with comparable figures in both years; only these are compared."""

    @property
    def needs_care(self) -> bool:
        """Whether the change is said and marked: the forms differ, or one side is a sum of predecessors."""
        return self.amount is not None and self.comparability in ("caution", "merged")


class ComparedCell(msgspec.Struct, frozen=True, kw_only=True):
    """A cell over the years."""

    key: str
    figures: Mapping[int, YearFigure]
    change: Change
    apart: Mapping[int, Comparability | Way] = msgspec.field(default_factory=dict)
    """Years whose figure may not be joined to the year shown before it, with the status: of the form, or of the organ itself."""

    @property
    def is_unchanged(self) -> bool:
        """Whether all years shown have the same; see :meth:`is_unchanged_in`."""
        return self.is_unchanged_in(self.figures)

    def is_unchanged_in(self, years: Iterable[int]) -> bool:
        """Whether these years have the same figure, or lack it for the same reason; years that do not ask for it say nothing.

        A sum that covers fewer organs than are shown is never said to be unchanged.
        """
        figures = [self.figures[year] for year in years if year in self.figures]
        asked = [figure for figure in figures if figure.state not in ("not_asked", "no_report")]
        whole = all(figure.known == figure.expected for figure in asked)
        return whole and len({(figure.value, figure.state) for figure in asked}) <= 1


def compare_years(frame: pd.DataFrame, years: Sequence[int], pair: tuple[int, int]) -> dict[str, ComparedCell]:
    """Return the cells of one series by key.

    Args:
        frame: a long frame of one organ in one scope (:meth:`ogi.selection.Selection.long`).
        years: the years to show, in their order.
        pair: the earlier and the later year of the change.

    Raises:
        ValueError: the frame holds more than one series.
    """
    if len(frame[["organ_id", "scope"]].drop_duplicates()) > 1:
        raise ValueError("years are compared for one organ in one scope; add several up with compare_sums")
    names = ("key", "report_year", "value", "state", "edition", "derived", "flags", "report_id")
    found: dict[str, dict[int, YearFigure]] = {}
    for key, year, value, state, edition, derived, flags, report_id in zip(
        *(frame[name].tolist() for name in names), strict=True
    ):
        found.setdefault(key, {})[int(year)] = YearFigure(
            value=exact(value),
            state=state,
            edition=edition,
            derived=bool(derived),
            flags=tuple(filter(None, flags.split(","))),
            report_id=report_id,
        )
    absent = YearFigure(value=None, state="no_report")
    cells = {}
    for key, by_year in found.items():
        figures = {year: by_year.get(year, absent) for year in years}
        compared = _change(key, by_year.get(pair[0], absent), by_year.get(pair[1], absent), pair)
        cells[key] = ComparedCell(key=key, figures=figures, change=compared, apart=_apart(key, figures))
    return with_points(cells, {key: {y: f.value for y, f in by_year.items()} for key, by_year in found.items()})


def what_changed(cells: Mapping[str, ComparedCell]) -> list[ComparedCell]:
    """Return the cells whose change can be said and is not 0, the largest change first."""
    changed = [cell for cell in cells.values() if cell.change.amount]
    return sorted(changed, key=lambda cell: -abs(cell.change.amount or 0))


def _change(key: str, before: YearFigure, after: YearFigure, pair: tuple[int, int]) -> Change:
    shown = Change(before=pair[0], after=pair[1])
    status = joined(key, before.edition, after.edition) if before.edition and after.edition else "same"
    if status in ("absent", "not_comparable"):
        return replace(shown, reason="not_asked" if status == "absent" else status, comparability=status)
    if before.value is None or after.value is None:
        wanting = before if before.value is None else after
        return replace(shown, reason=wanting.state)
    if "unit_unknown" in (*before.flags, *after.flags):
        return replace(shown, reason="unit_unknown", comparability=status)
    amount = after.value - before.value
    small = abs(before.value) < SMALLEST_BASE
    return replace(
        shown,
        amount=amount,
        fraction=None if small else float(amount / before.value),
        reason="small_base" if small else "",
        comparability=status,
    )


def _apart(key: str, figures: Mapping[int, YearFigure]) -> dict[int, Comparability]:
    """The years that may not be joined to the last one shown before them that has a report."""
    apart: dict[int, Comparability] = {}
    edition = ""
    for year, figure in figures.items():
        if not figure.edition:
            continue
        status = joined(key, edition, figure.edition) if edition else "same"
        if status != "same":
            apart[year] = status
        edition = figure.edition
    return apart


def with_points(cells: dict[str, ComparedCell], numbers: Mapping[str, Mapping[int, Number | None]]) -> dict[str, ComparedCell]:
    """Add the change of the share to cells that are a part of a total, where both totals are large enough."""
    for key, cell in cells.items():
        whole = whole_of(key)
        change = cell.change
        if whole is None or whole not in numbers or change.amount is None:
            continue
        parts = [numbers[key].get(year) for year in (change.before, change.after)]
        totals = [numbers[whole].get(year) for year in (change.before, change.after)]
        shares = [
            None if part is None or total is None or total < SMALLEST_BASE else float(Decimal(part) / Decimal(total))
            for part, total in zip(parts, totals, strict=True)
        ]
        points = None if shares[0] is None or shares[1] is None else (shares[1] - shares[0]) * 100
        small = any(total is not None and total < FULL_BASE for total in totals)
        cells[key] = replace(cell, change=replace(change, points=points, shares=(shares[0], shares[1]), is_small=small))
    return cells


def exact(value: Any) -> Number | None:
    """Return a number of a frame without the noise of floats; ``None`` for a gap."""
    if value is None or value is pd.NA or (isinstance(value, float) and isnan(value)):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    number = Decimal(str(round(value, _PLACES)))
    return int(number) if number == number.to_integral_value() else number
