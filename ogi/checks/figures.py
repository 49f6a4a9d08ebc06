"""The figures of one report by key: cells, totals that had to be added up, derived figures, and facts of the document.

A missing number is never 0. A blank or placeholder cell counts as 0 only where its row or column holds a number, and the
figure then says so (``blank_as_zero``). A total that is not printed is added up from its parts where all are known
(``uses_derived``); a printed total always wins, even a wrong one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from ogi.checks.copied import cells_copied, text_copied
from ogi.checks.denials import DISPUTES, denied_parts, statement
from ogi.checks.document_facts import document_fact
from ogi.checks.editions import table_editions, unread_tables
from ogi.checks.finding import OtherFigure
from ogi.checks.nodes import Node
from ogi.checks.passages import PASSAGES, passages_of
from ogi.checks.plan import Plan, plan_for
from ogi.checks.quantity import (
    BLANK_AS_ZERO,
    SUMMED_BEFORE,
    UNIT_CONVERTED,
    USES_DERIVED,
    Quantity,
    Value,
    combined,
    exact,
    is_number,
    unknown,
)
from ogi.checks.restatement import restated
from ogi.form import Form
from ogi.once import once
from ogi.report import Reading, Report, StatedFact

EMPTY = frozenset({"blank", "dash", "not_applicable"})
"""States in which the organ wrote no number; all other states without a value are unknown."""

_BLANK = frozenset({"blank", "dash"})
_COUNTED = {
    "meta.missing_tables": "unread_tables",
    "meta.blank_cells": "blank_cells",
    "meta.bad_cells": "bad_cells",
    "meta.lone_blanks": "lone_blanks",
}
"""Facts that count something, by the property that lists it."""
_COPIED = frozenset({"meta.text_similarity_prev", "meta.same_cells_prev"})
_WAN_YUAN = {"元": Fraction(1, 10_000), "万元": Fraction(1), "万": Fraction(1), "亿元": Fraction(10_000)}


class Figures:
    """The figures of a report. Values are exact; an unknown figure has no value and names what is missing."""

    def __init__(
        self,
        report: Report,
        form: Form,
        previous: Report | Sequence[Report] | None = None,
        children: Iterable[Report] | None = None,
        *,
        facts: Mapping[str, Value] | None = None,
        lists: Mapping[str, tuple[str, ...]] | None = None,
        no_previous: str = "",
        quotes: Mapping[str, tuple[str, ...]] | None = None,
        others: Mapping[str, tuple[OtherFigure, ...]] | None = None,
    ) -> None:
        """Prepare the figures of ``report``.

        Args:
            report: the report.
            form: the dictionary.
            previous: the same organ's report of the year before; ignored if it is of another year or scope. Several, where
                several organs were merged into this one: their figures are added up.
            children: the reports of the direct subordinates, or ``None`` where they are not at hand.
            facts: ``text.*`` and further ``meta.*`` facts; they take the place of what the report itself tells.
            lists: what a message lists for a ``meta.*`` fact: the missing subordinates, passages that were copied.
            no_previous: why there is no report of the year before to compare with, where that is known; it stands among what is
                missing, see :mod:`ogi.checks.before`.
            quotes: passages of the prose a given fact rests on.
            others: figures of other reports a given fact rests on.
        """
        self.report, self.form, self.facts, self.no_previous = report, form, facts, no_previous
        self.plan: Plan = plan_for(form, table_editions(report, form))
        before = (previous,) if isinstance(previous, Report) else tuple(previous or ())
        self.before = tuple(Figures(one, form) for one in before) if all(_precedes(one, report) for one in before) else ()
        self.lists, self.quotes, self.others = dict(lists or {}), dict(quotes or {}), dict(others or {})
        self.subordinates = tuple(Figures(child, form) for child in children or ())
        self._known: dict[str, Quantity] = {}

    def get(self, key: str) -> Quantity:
        """Return the figure with this key; unknown where the report or its edition does not have it."""
        found = self._known.get(key)
        if found is None:
            # A figure that would need itself is unknown.
            self._known[key] = unknown(key)
            found = self._known[key] = self._find(key)
        return found

    def previous(self, key: str) -> Quantity:
        """Return the figure of last year's report; its cells belong to another report and are not listed."""
        found = [one.get(key) for one in self.before]
        if len(found) == 1 and found[0].value is not None:
            return Quantity(found[0].value, found[0].flags)
        if not found or not all(is_number(quantity.value) for quantity in found):
            return unknown(self.no_previous or f"prev({key})")
        return Quantity(sum(exact(q.value) for q in found), combined(found, None).flags | {SUMMED_BEFORE})  # type: ignore[misc, arg-type]

    def children(self, key: str) -> Quantity:
        """Return the sum over the subordinate reports; unknown unless every one of them has the figure."""
        if not self.subordinates:
            return unknown(f"child_sum({key})")
        found = [child.get(key) for child in self.subordinates]
        if not all(is_number(quantity.value) for quantity in found):
            return unknown(f"child_sum({key})")
        total = sum(exact(quantity.value) for quantity in found)  # type: ignore[misc, arg-type]
        return Quantity(total, combined(found, None).flags)

    def made_of(self, key: str) -> Node | None:
        """Return the formula of a derived figure; ``None`` for a cell or a fact."""
        return self.plan.derived.get(key) if key not in self.plan.cells else None

    def stated(self, key: str) -> tuple[StatedFact, ...]:
        """Return the statements of a ``text.*`` key; none where a fact was given in their place."""
        if self.facts is not None and key in self.facts:
            return ()
        return self._said.get(key, ())

    @once
    def _said(self) -> dict[str, tuple[StatedFact, ...]]:
        """The statements by key, also those that are only looked for here."""
        found: dict[str, list[StatedFact]] = {}
        for fact in self.report.facts:
            found.setdefault(fact.key, []).append(fact)
        said = {key: tuple(facts) for key, facts in found.items()}
        return said | denied_parts(said.get(DISPUTES, ())) | restated(self.report)

    def about(self, question: str, key: str) -> Quantity:
        """Answer a question about the state of a cell; unknown where the place itself could not be read."""
        if question == "exists":
            known = key in (self.facts or ()) or self.report.stated(key)
            is_prose_told = any(name.startswith("text.") for name in self.facts or ())
            return Quantity(bool(known)) if is_prose_told or self.report.narrative else unknown(key)
        reading = self.report.cells.get(key)
        if reading is None or reading.state in ("missing_page", "not_asked"):
            return unknown(key)
        if question == "is_blank":
            return Quantity(reading.state in _BLANK, cells=(key,))
        if reading.state == "unreadable":
            return unknown(key)
        if question == "has_unit":
            return Quantity(reading.unit is not None, cells=(key,))
        whole = question == "is_number" or (reading.value is not None and reading.value == int(reading.value))
        return Quantity(reading.value is not None and whole, cells=(key,))

    @once
    def blank_cells(self) -> tuple[str, ...]:
        """Cells the organ left blank or marked with a placeholder."""
        return tuple(k for k, r in self.report.cells.items() if r.state in _BLANK and k in self.plan.cells)

    @once
    def lone_blanks(self) -> tuple[str, ...]:
        """Empty cells in rows and columns that are filled in otherwise, zeros included: probably left out by mistake."""
        blank = [key for key in self.blank_cells if self.report.cells[key].state == "blank"]
        tables = dict.fromkeys(self.plan.cells[key].table.id for key in blank)
        return tuple(key for table in tables for key in self._lone_of(table))

    def _lone_of(self, table: str) -> Iterator[str]:
        import numpy as np  # noqa: PLC0415 - the command line reads without it

        from ogi.checks.lone_blanks import lone_blanks  # noqa: PLC0415

        cells = [cell for cell in self.plan.cells.values() if cell.table.id == table]
        readings = [self.report.cells.get(cell.key) for cell in cells]
        there = np.array([[reading is not None and _is_legible(reading) for reading in readings]])
        blank = np.array([[reading is not None and reading.state == "blank" for reading in readings]])
        printed = np.array([[np.nan if r is None or r.value is None else float(r.value) for r in readings]])
        marks = lone_blanks(cells, there, blank, printed)[0]
        return (cell.key for cell, is_lone in zip(cells, marks, strict=True) if is_lone)

    @once
    def bad_cells(self) -> tuple[str, ...]:
        """Cells that hold words, a negative or a broken number where the form asks for a count or an amount."""
        return tuple(key for key, reading in self.report.cells.items() if key in self.plan.cells and self._is_bad(key, reading))

    @once
    def unread_tables(self) -> tuple[str, ...]:
        """Tables that are missing or were read in part only."""
        return unread_tables(self.report, self.plan.editions)

    def _is_bad(self, key: str, reading: Reading) -> bool:
        if reading.value is None:
            return reading.state == "text"
        kind = self.plan.cells[key].kind
        return (kind != "delta" and reading.value < 0) or (kind != "amount" and reading.value != int(reading.value))

    def _find(self, key: str) -> Quantity:
        if key in self.plan.cells:
            return self._cell(key)
        if key in self.plan.derived:
            return self.plan.derived[key].evaluate(self)
        return self._document(key)

    def _cell(self, key: str) -> Quantity:
        reading = self.report.cells.get(key)
        if reading is None:
            return unknown(key)
        if reading.value is not None:
            return self._printed(key, reading)
        if reading.state not in EMPTY:
            return unknown(key)
        if key not in self.plan.totals:
            return self._blank(key)
        sums = [formula.evaluate(self) for formula in self.plan.totals[key]]
        for found in sums:
            if found.value is not None:
                return Quantity(found.value, found.flags | {USES_DERIVED}, (key, *found.cells))
        # A blank total beside parts that are filled in or cannot be read is not 0.
        first = self.plan.totals[key][0]
        parts = (cell for part in first.walk() if (cell := getattr(part, "name", None)))
        return self._blank(key) if all(self._is_empty(part) for part in parts) else unknown(key)

    def _is_empty(self, key: str) -> bool:
        cells = self.plan.parts.get(key, (key,))
        return all((reading := self.report.cells.get(cell)) is not None and reading.state in EMPTY for cell in cells)

    def unit_of(self, key: str) -> Fraction:
        """How much of the unit of the form the unit is that a cell prints itself: 1/10 000 for 元 where 万元 belong, else 1."""
        reading = self.report.cells.get(key)
        known = reading is not None and reading.unit is not None and self.plan.cells[key].unit == "wan_yuan"
        return _WAN_YUAN.get(reading.unit, Fraction(1)) if known else Fraction(1)  # type: ignore[union-attr, arg-type]

    def _printed(self, key: str, reading: Reading) -> Quantity:
        factor = self.unit_of(key)
        if factor != 1:
            return Quantity(Fraction(reading.value) * factor, frozenset({UNIT_CONVERTED}), (key,))  # type: ignore[arg-type]
        return Quantity(reading.value, cells=(key,))

    def _blank(self, key: str) -> Quantity:
        cell = self.plan.cells[key]
        rows, columns = self._lines_with_numbers
        place = cell.table.id
        if (place, cell.row.key) in rows or (place, cell.column.key) in columns:
            return Quantity(0, frozenset({BLANK_AS_ZERO}), (key,))
        return unknown(key)

    @once
    def _lines_with_numbers(self) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
        """Rows and columns, by table, in which at least one number is printed."""
        filled = [
            cell for key, reading in self.report.cells.items() if reading.value is not None and (cell := self.plan.cells.get(key))
        ]
        return {(c.table.id, c.row.key) for c in filled}, {(c.table.id, c.column.key) for c in filled}

    def _document(self, key: str) -> Quantity:
        if self.facts is not None and key in self.facts:
            return Quantity(self.facts[key], cells=tuple(name for name in self.lists.get(key, ()) if name in self.plan.cells))
        if key in _COUNTED:
            found = getattr(self, _COUNTED[key])
            return Quantity(len(found), cells=found if key != "meta.missing_tables" else ())
        if key in PASSAGES:
            return self._passages(key)
        if key in _COPIED:
            return self._copied(key)
        return self._stated(key) if key.startswith("text.") else document_fact(key, self.report, self.form)

    def _passages(self, key: str) -> Quantity:
        found = passages_of(key, self.report)
        if found is None:
            return unknown(key)
        self.lists.setdefault(key, found.quotes)
        self.quotes.setdefault(key, found.quotes)
        return Quantity(found.number)

    def _copied(self, key: str) -> Quantity:
        """How much text or how many figures are the same as last year."""
        before = tuple(one.report for one in self.before)
        copied = text_copied(self.report, before) if key == "meta.text_similarity_prev" else cells_copied(self.report, before)
        self.lists.setdefault(key, copied.passages)
        self.quotes.setdefault(key, copied.passages)
        return unknown(key) if copied.share is None else Quantity(Fraction(copied.share))

    def _stated(self, key: str) -> Quantity:
        """What the prose says once, or always the same; a statement that is not made is unknown, unless its place is known."""
        fact = self.form.facts.get(key)
        if fact is None or fact.unit != "bool":
            values = {stated.value for stated in self.stated(key)}
            return Quantity(values.pop()) if len(values) == 1 else unknown(key)
        return statement(key, self.stated, self.report)


def _is_legible(reading: Reading) -> bool:
    """Whether it is known what stands in a cell, be it nothing."""
    return reading.value is not None or reading.state in EMPTY or reading.state == "text"


def _precedes(previous: Report, report: Report) -> bool:
    """Whether ``previous`` is of the year before and of the same scope, as far as both are known."""
    years = previous.report_year is None or report.report_year is None or previous.report_year == report.report_year - 1
    scopes = "unknown" in (previous.scope, report.scope) or previous.scope == report.scope
    return years and scopes
