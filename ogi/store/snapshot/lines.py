"""A row of the snapshot as a row of facts, and what is not written because the edition tells it."""

from __future__ import annotations

from typing import Any

import numpy as np

from ogi.facts import CODE, POPULATION, Line, ReportFacts, absent_states, table_columns
from ogi.form import Cell
from ogi.store.snapshot.row import FactsRow


def line_from(row: FactsRow) -> Line:
    """Return a row of the snapshot as a row of facts."""
    return Line(
        organ_id=row.organ_id,
        organ_name=row.organ_name,
        level=row.level,
        kind=row.kind,
        region=row.region,
        region_code=row.region_code,
        report_year=row.report_year,
        scope=row.scope,
        document_name=row.document_name,
        editions=tuple(row.editions.get(table, "") for table in table_columns()),
        is_complete=not row.statuses,
        facts=ReportFacts(row.numbers, row.derived, row.states, row.flags, row.counted),  # type: ignore[arg-type]
        errors=row.errors,
        warnings=row.warnings,
        amended=row.amended,
    )


def absent_elsewhere(key: str) -> Any:
    """Return the state code of a figure that is no cell of the form, in reports that have neither a number nor a word of it."""
    return np.int8(CODE["no_population" if key == POPULATION else "not_asked"])


def absent_by_edition(cell: Cell, years: Any, editions: Any, words: Any) -> Any:
    """Return the state code of a cell in reports that have neither a number nor a word of it.

    Args:
        cell: the cell.
        years: the report year of every row, in order.
        editions: the edition of its table in every row as the number of a word, -1 where it is missing.
        words: the words, ``""`` at the end for -1.
    """
    codes, place = np.zeros(len(years), dtype=np.int8), table_columns().index(cell.table.id)
    for year, first, last in year_runs(years):
        of_edition = []
        for word in words:
            tables = [""] * len(table_columns())
            tables[place] = word
            of_edition.append(CODE[absent_states(tuple(tables), year)[cell.key]])
        codes[first:last] = np.array(of_edition, dtype=np.int8)[editions[first:last]]
    return codes


def year_runs(years: Any) -> list[tuple[int, int, int]]:
    """Return each year with the first of its rows and the one after its last; rows are in the order of years."""
    starts = np.flatnonzero(np.diff(years, prepend=years[0] - 1)) if len(years) else np.zeros(0, dtype=np.int64)
    ends = [*starts[1:], len(years)]
    return [(int(years[start]), int(start), int(end)) for start, end in zip(starts, ends, strict=True)]
