"""The figures of many reports as columns: what :class:`ogi.checks.Figures` says of one report, for all of them at once.

Reports whose tables have the same editions share a plan and are one :class:`Batch`. Numbers are floats, NaN where unknown; words
are object columns, ``None`` where unknown. A cell left empty counts as 0, or as the sum of its parts, by the same rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ogi.checks import nodes
from ogi.checks.column_values import Column, number_column, value_of
from ogi.checks.figures import Figures
from ogi.checks.lone_blanks import lone_blanks
from ogi.checks.plan import Plan
from ogi.checks.quantity import Value, exact
from ogi.form import Form
from ogi.once import once
from ogi.report import Report

PRINTED, BLANK, DASH, NOT_APPLICABLE, ILLEGIBLE, WORDS, AWAY = range(7)
"""What is known of a cell: a number; the organ wrote none, in three ways; what cannot be known; words; no reading."""
_CODES = {
    "blank": BLANK, "dash": DASH, "not_applicable": NOT_APPLICABLE, "unreadable": ILLEGIBLE, "text": WORDS,
    "missing_page": ILLEGIBLE, "not_asked": ILLEGIBLE,
}  # fmt: skip
_NO_BLANK = 127
_COUNTED = frozenset({"meta.blank_cells", "meta.bad_cells", "meta.lone_blanks"})


class Many:
    """Reports with last year's reports and subordinates, by their numbers in the list."""

    def __init__(
        self,
        reports: Sequence[Report],
        form: Form,
        previous: Mapping[int, Sequence[int]] | None = None,
        children: Mapping[int, Sequence[int]] | None = None,
        facts: Mapping[int, Mapping[str, Value]] | None = None,
    ) -> None:
        """Take the reports.

        Args:
            reports: the reports.
            form: the dictionary.
            previous: report → those of the year before, as :meth:`ogi.checks.context.Context.previous` finds them.
            children: report → its subordinates' reports.
            facts: report → facts that take the place of what it tells. How alike texts are is not worked out anew: it only
                changes with the documents, so it is given here or not assessed.
        """
        self.form, self.reports = form, reports
        self.children = dict(children or {})
        given = facts or {}
        self.figures = [Figures(report, form, facts=given.get(place)) for place, report in enumerate(reports)]
        self.previous = {place: tuple(before) for place, before in (previous or {}).items() if before}
        for place, before in self.previous.items():
            self.figures[place].before = tuple(self.figures[other] for other in before)
        plans: dict[int, list[int]] = {}
        for place, figures in enumerate(self.figures):
            plans.setdefault(id(figures.plan), []).append(place)
        self.batches = [Batch(self, np.array(places)) for places in plans.values()]
        self._whole: dict[str, Column] = {}
        self._cells: dict[str, tuple[Column, Column]] = {}

    def column(self, key: str) -> Column:
        """Return a figure of all reports."""
        if key not in self._whole:
            parts = [(batch.rows, batch.get(key)) for batch in self.batches]
            words = any(column.dtype == object for _, column in parts)
            found = np.full(len(self.reports), None if words else np.nan, dtype=object if words else np.float64)
            for rows, column in parts:
                found[rows] = column
            self._whole[key] = found
        return self._whole[key]

    def printed(self, key: str) -> Column:
        """Return the printed numbers of a cell in all reports."""
        return self._of_cells(key)[0]

    def has(self, key: str) -> Column:
        """Return which reports have a reading of a cell."""
        return self._of_cells(key)[1]

    def _of_cells(self, key: str) -> tuple[Column, Column]:
        if key not in self._cells:
            numbers, there = np.full(len(self.reports), np.nan), np.zeros(len(self.reports), dtype=bool)
            for batch in self.batches:
                if (place := batch.place.get(key)) is not None:
                    numbers[batch.rows], there[batch.rows] = batch.printed[:, place], batch.codes[:, place] != AWAY
            self._cells[key] = numbers, there
        return self._cells[key]

    def summed(self, key: str, groups: Mapping[int, Sequence[int]], rows: np.ndarray) -> Column:
        """Return the sum of a figure over the reports each row is grouped with; NaN where there is none or one is unknown."""
        whole = self.column(key)
        first = np.array([groups[row][0] if groups.get(row) else -1 for row in rows.tolist()], dtype=np.int64)
        if whole.dtype == object:
            return np.array([whole[place] if place >= 0 else None for place in first], dtype=object)
        found = np.where(first >= 0, whole[first], np.nan)
        for place, row in enumerate(rows.tolist()):
            if row in groups and len(groups[row]) > 1:
                found[place] = whole[list(groups[row])].sum()
        return found


class Batch:
    """Reports that share a plan."""

    def __init__(self, many: Many, rows: np.ndarray) -> None:
        """Take the reports with these numbers."""
        self.many, self.rows = many, rows
        self.plan: Plan = many.figures[rows[0]].plan
        self._known: dict[str, Column] = {}
        self.used: dict[str, np.ndarray[Any, np.dtype[np.int8]]] = {}
        """Blank total → which of its sums stands for it in each row; :data:`_NO_BLANK` where none does."""

    def get(self, key: str) -> Column:
        """Return a figure of the reports of this batch."""
        found = self._known.get(key)
        if found is None:
            self._known[key] = np.full(len(self.rows), np.nan)  # a figure that would need itself is unknown
            found = self._known[key] = self._find(key)
        return found

    def previous(self, key: str) -> Column:
        """Return the figure of last year's reports."""
        return self.many.summed(key, self.many.previous, self.rows)

    def subordinates(self, key: str) -> Column:
        """Return the sum over the subordinates."""
        return self.many.summed(key, self.many.children, self.rows)

    def about(self, question: str, key: str) -> Column:
        """Answer a question about the state of a cell; NaN where the place could not be read."""
        if question == "exists" or key not in self.place:
            return self._one_by_one(lambda figures: figures.about(question, key).value)
        if question == "is_number":
            codes, printed = self.codes[:, self.place[key]], ~np.isnan(self.printed[:, self.place[key]])
            return np.where(np.isin(codes, (AWAY, ILLEGIBLE)), np.nan, printed)
        return self._one_by_one(lambda figures: figures.about(question, key).value)

    def _find(self, key: str) -> Column:
        if key in self.plan.cells:
            return self._cell(key)
        if key in self.plan.derived:
            return value_of(self.plan.derived[key], self)
        return self._fact(key)

    def _fact(self, key: str) -> Column:
        if not key.startswith(("meta.", "text.")):
            return np.full(len(self.rows), np.nan)  # a cell of another edition
        if key in _COUNTED:
            return self._counted(key)
        if key == "meta.same_cells_prev":
            return self._same_cells()
        if key == "meta.text_similarity_prev":
            return self._one_by_one(lambda figures: (figures.facts or {}).get(key))
        return self._one_by_one(lambda figures: figures.get(key).value)

    def _same_cells(self) -> Column:
        """The share of the figures not zero in both years that is the same; NaN without exactly one report of last year."""
        previous = self.many.previous
        single = [row in previous and len(previous[row]) == 1 for row in self.rows.tolist()]
        same, all_of_them = np.zeros(len(self.rows)), np.zeros(len(self.rows))
        before = np.array([previous[row][0] if ok else 0 for row, ok in zip(self.rows.tolist(), single, strict=True)])
        for key, place in self.place.items():
            now, then = self.printed[:, place], self.many.printed(key)[before]
            there = (self.codes[:, place] != AWAY) & self.many.has(key)[before]
            counts = there & ((np.nan_to_num(now) != 0) | (np.nan_to_num(then) != 0))
            same, all_of_them = same + (counts & (now == then)), all_of_them + counts
        return np.where(np.array(single) & (all_of_them > 0), same / all_of_them, np.nan)

    def _one_by_one(self, ask) -> Column:
        values = [ask(self.many.figures[row]) for row in self.rows.tolist()]
        if any(isinstance(value, str) for value in values):
            return np.array(values, dtype=object)
        return number_column(values)

    def _cell(self, key: str) -> Column:
        printed, empty = self.printed[:, self.place[key]], self._is_empty(key)
        if not empty.any():
            return printed
        as_zero = np.where(empty & self._beside_numbers(key), 0.0, np.nan)
        if key in self.plan.totals:
            as_zero = self._total(key, as_zero)
        return np.where(empty, as_zero, printed)

    def _is_empty(self, key: str) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Whether the organ wrote no number."""
        codes = self.codes[:, self.place[key]]
        return (codes >= BLANK) & (codes <= NOT_APPLICABLE)

    def _counted(self, key: str) -> Column:
        """How many cells are blank, hold no number where one belongs, or are blank alone in their table."""
        if key == "meta.blank_cells":
            return np.isin(self.codes, (BLANK, DASH)).sum(axis=1).astype(float)
        if key == "meta.bad_cells":
            kinds = np.array([cell.kind for cell in self.plan.cells.values()])
            wrong = ((self.printed < 0) & (kinds != "delta")) | ((self.printed % 1 != 0) & (kinds != "amount"))
            return ((self.codes == WORDS) | (wrong & ~np.isnan(self.printed))).sum(axis=1).astype(float)
        return self._lone_blanks().astype(float)

    def _lone_blanks(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        found = np.zeros(len(self.rows), dtype=np.int64)
        for table in dict.fromkeys(cell.table.id for cell in self.plan.cells.values()):
            cells = [cell for cell in self.plan.cells.values() if cell.table.id == table]
            places = [self.place[cell.key] for cell in cells]
            codes = self.codes[:, places]
            legible = ~np.isin(codes, (AWAY, ILLEGIBLE))
            found += lone_blanks(cells, legible, codes == BLANK, self.printed[:, places]).sum(axis=1)
        return found

    def _total(self, key: str, as_zero: Column) -> Column:
        """A blank total: the first of its sums that is known; 0 only where its parts are empty too."""
        sums = [value_of(formula, self) for formula in self.plan.totals[key]]
        used = np.full(len(self.rows), _NO_BLANK, dtype=np.int8)
        found = np.full(len(self.rows), np.nan)
        for place, column in reversed(list(enumerate(sums))):
            known = ~np.isnan(column)
            found, used = np.where(known, column, found), np.where(known, np.int8(place), used)
        self.used[key] = np.where(self._is_empty(key), used, np.int8(_NO_BLANK))
        first = [part.name for part in self.plan.totals[key][0].walk() if isinstance(part, nodes.Key)]
        parts = [cell for part in first for cell in self.plan.parts.get(part, (part,))]
        empty = np.all([self._is_empty(cell) for cell in parts], axis=0)
        return np.where(np.isnan(found), np.where(empty, as_zero, np.nan), found)

    def _beside_numbers(self, key: str) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Whether the row or the column of a cell holds a number."""
        cell, found = self.plan.cells[key], ~np.isnan(self.printed)
        table = [(self.place[other.key], other) for other in self.plan.cells.values() if other.table.id == cell.table.id]
        line = [place for place, other in table if other.row.key == cell.row.key or other.column.key == cell.column.key]
        return np.asarray(found[:, line].any(axis=1))

    @once
    def place(self) -> dict[str, int]:
        """Cell → its column in ``printed`` and ``codes``."""
        return {key: place for place, key in enumerate(self.plan.cells)}

    @once
    def printed(self) -> Column:
        """The printed numbers, in the unit of the form."""
        return self._read[0]

    @once
    def codes(self) -> np.ndarray[Any, np.dtype[np.int8]]:
        """What is known of each cell."""
        return self._read[1]

    @once
    def _read(self) -> tuple[Column, np.ndarray[Any, np.dtype[np.int8]]]:
        shape = (len(self.rows), len(self.place))
        printed, codes = np.full(shape, np.nan), np.full(shape, AWAY, dtype=np.int8)
        for line, row in enumerate(self.rows.tolist()):
            figures, cells = self.many.figures[row], self.many.reports[row].cells
            for key, reading in cells.items():
                place = self.place.get(key)
                if place is None:
                    continue
                if reading.value is None:
                    codes[line, place] = _CODES[reading.state]
                else:
                    codes[line, place] = PRINTED
                    value = reading.value if reading.unit is None else exact(figures.get(key).value)  # type: ignore[arg-type]
                    printed[line, place] = float(value)  # type: ignore[arg-type]
        return printed, codes
