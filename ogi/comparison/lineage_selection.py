"""An organ with those it came from as a selection: headlines, sums by year and the past of a figure by the law of the lineage.

What is joined here is what :mod:`ogi.comparison.lineage` joins: one predecessor lends its figures, several are a sum that needs
care and lacks no one; what was split off, and what still reports itself, is a gap, for a part is no whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pandas as pd

from ogi.comparison.lineage_cells import LACKING
from ogi.facts import masked
from ogi.form import Comparability
from ogi.lineage import NOT_JOINED, Lineage
from ogi.selection import Selection
from ogi.selection.comparability import worst
from ogi.selection.headlines import change_row, headline_frame, value_row
from ogi.selection.measure import Measured
from ogi.selection.scopes import ADDABLE
from ogi.selection.selected import sharing
from ogi.selection.sums import Added, Totals, summed


@dataclass(frozen=True, eq=False, kw_only=True)
class LineageSelection(Selection):
    """The reports of an organ and of those it came from; what is added up by year is the organ through its history."""

    lineage: Lineage
    scope: str

    def rows_of(self, year: int) -> tuple[int, ...]:
        """Return the rows of the facts that stand in the organ's place in a year; none where they may not be joined."""
        stand = self.lineage.stand(year)
        if not stand.is_joined:
            return ()
        found = (self._row_of(organ, year) for organ in stand.organs)
        return tuple(row for row in found if row is not None)

    def added_in(self, years: Sequence[int]) -> Added:
        """Return one line: the organ's own report or that of its one predecessor; a sum of several only has :meth:`totals`."""
        places = np.full((1, len(years)), -1, dtype=np.int64)
        for column, year in enumerate(years):
            if len(self.lineage.stand(year).organs) == 1 and (rows := self.rows_of(year)):
                places[0, column] = rows[0]
        every = self.grid(years).places.reshape(len(self.series), len(years))
        return Added(self.scope, places, (every >= 0) & (every == places), ())

    @property
    def added(self) -> Added:  # type: ignore[override]
        """What stands for the organ in the years shown."""
        return self.added_in(self.years)

    def totals(self, keys: Sequence[str]) -> Totals:
        """Return the figure of each year; a sum of predecessors that lacks one of them is a gap."""
        return Totals(self.remembered(("totals of lineage", *keys), lambda: _totals(self, keys)), self.scope, ())

    def headline(self, keys: Sequence[str]) -> pd.DataFrame:
        """Return the newest year of the organ against the baseline of the view or the year before, as headlines everywhere."""
        years = [year for year in self.years if self.rows_of(year)]
        if not years:
            return headline_frame([{"key": key, "reason": "no_report"} for key in keys])
        year = years[-1]
        before = year - 1 if self.view.baseline is None else self.view.baseline
        return headline_frame([{"scope": self.scope, **_headline(self, self.measure(key), before, year)} for key in keys])

    def _row_of(self, organ: str, year: int) -> int | None:
        scopes = next((scopes for scopes in ADDABLE if self.scope in scopes), ())
        order = dict.fromkeys((self.scope, *scopes))
        return next((row for scope in order if (row := self._places.get((organ, year, scope))) is not None), None)

    @property
    def _places(self) -> dict[tuple[str, int, str], int]:
        return self.remembered(("rows of lineage",), lambda: _rows(self))


def lineage_selection(selection: Selection, lineage: Lineage, scope: str) -> LineageSelection:
    """Return the organ through its history.

    Args:
        selection: every report of the organ and of those it came from, in the years shown and the year they are set against.
        lineage: who stood when.
        scope: the scope of the organ.
    """
    given = {item.name: getattr(selection, item.name) for item in fields(selection) if item.init}
    made = LineageSelection(**given, lineage=lineage, scope=scope)
    stands = tuple((year, lineage.stand(year)) for year in lineage.years)
    return sharing(made, selection, (selection._token, lineage.links, stands, scope))


def _rows(selection: Selection) -> dict[tuple[str, int, str], int]:
    """Rows of the facts by organ, year and scope, whichever years are shown."""
    identity = selection.facts.identity.iloc[selection.in_scope]
    columns = (identity[name].tolist() for name in ("organ_id", "report_year", "scope"))
    return {
        (str(organ), int(year), str(scope)): row
        for row, organ, year, scope in zip(selection.in_scope.tolist(), *columns, strict=True)
    }


def _whole(item: Measured, rows: Sequence[int], expected: int) -> tuple[Any, Any, Any, int]:
    """The figure of one year with its part and base, NaN where one of those that belong to it has none; and how many have."""
    value, part, base, present = summed(item, np.array(rows, dtype=np.int64)[:, None])
    nothing = np.full(1, np.nan)
    known = int(present[0])
    return (value, part, base, known) if known == expected else (nothing, nothing, nothing, known)


def _headline(selection: LineageSelection, item: Measured, before: int, year: int) -> dict[str, Any]:
    lineage, rows = selection.lineage, selection.rows_of(year)
    said = {**value_row(item, np.array(rows, dtype=np.int64), year), "n_expected": len(lineage.stand(year).organs)}
    if item.kind == "amount" and item.unit is None:
        return {**said, "reason": "unit_unknown"}
    if before == year:
        return {**said, "reason": "no_previous"}
    return {**said, "previous_year": before, **_against(selection, item, before, year)}


def _against(selection: LineageSelection, item: Measured, before: int, year: int) -> dict[str, Any]:
    """The change between two years of the organ and those in its place, or the reason why there is none."""
    lineage, earlier, rows = selection.lineage, selection.rows_of(before), selection.rows_of(year)
    between = lineage.between(before, year)
    if between in NOT_JOINED:
        return {"reason": between, "comparability": between}
    expected = [len(lineage.stand(when).organs) for when in (before, year)]
    sides = [_whole(item, of, count) for of, count in zip((earlier, rows), expected, strict=True) if of]
    if len(sides) < len(expected) or any(known == 0 for *_, known in sides):
        return {"reason": "no_previous"}
    status = _status(item, earlier, rows)
    if status not in ("same", "caution"):
        return {"reason": "not_comparable", "comparability": status}
    if any(known < count for (*_, known), count in zip(sides, expected, strict=True)):
        return {"reason": LACKING}
    sums = [np.concatenate([side[part] for side in sides]) for part in range(3)]
    care = between if between == "merged" and status == "same" else status
    return {"n_matched": 1, "same_organs": True, "comparability": care, **change_row(item, *sums)}


def _status(item: Measured, before: Sequence[int], after: Sequence[int]) -> Comparability:
    """How the editions of two years compare, at worst."""
    pairs = {(str(item.editions[one]), str(item.editions[other])) for one in before for other in after}
    return worst(item.joins(*pair) for pair in pairs) or "absent"


def _totals(selection: LineageSelection, keys: Sequence[str]) -> pd.DataFrame:
    rows = []
    for year in selection.years:
        of, expected = selection.rows_of(year), len(selection.lineage.stand(year).organs)
        for key in keys:
            item = selection.measure(key)
            value, part, base, known = _whole(item, of, expected)
            derived = expected > 1 or bool(item.derived[list(of)].any())
            rows.append((year, key, value[0], known, expected, len(of), derived, part[0], base[0]))
    names = ("report_year", "key", "value", "n_present", "n_expected", "n_reports", "derived", "numerator", "denominator")
    columns = dict(zip(names, zip(*rows, strict=True) if rows else [()] * len(names), strict=True))
    frame = pd.DataFrame({name: list(columns[name]) for name in names})
    numbers = ("value", "numerator", "denominator")
    floats = {name: masked(frame[name].to_numpy(dtype=np.float64)) for name in numbers}
    return frame.assign(key=frame["key"].astype("str"), **floats)
