"""The cells of the form added up over organs, each year with how many it covers; what changed is over the same organs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from ogi.comparison.cells import Change, ComparedCell, Number, YearFigure, exact, with_points
from ogi.comparison.held import held_by_year
from ogi.form import Comparability, load_form
from ogi.selection import Selection, joined
from ogi.selection.changes import Changed, changes
from ogi.selection.comparability import worst

_FIGURE = 700
"""About so many bytes a figure takes with its place."""


def compare_sums(
    selection: Selection, keys: Sequence[str], years: Sequence[int], pair: tuple[int, int]
) -> dict[str, ComparedCell]:
    """Return the cells added up over one scope, each year with how many organs it covers.

    The change is that of :meth:`ogi.selection.Selection.headline`, over the organs that have comparable figures in both years,
    which may be fewer than those added up.

    Args:
        selection: what is shown.
        keys: cells.
        years: the years to show, in their order.
        pair: the earlier and the later year of the change.
    """
    of_years = tuple(years)
    added = selection.remembered(
        ("cells added", of_years, *keys),
        lambda: _added(selection, keys, of_years),
        weight=_FIGURE * len(keys) * len(of_years),
    )
    found = changes(selection, keys, *pair)
    cells = {
        key: ComparedCell(key=key, figures=figures, change=_change(changed, pair), apart=apart)
        for (key, figures, apart), changed in zip(added.cells, found, strict=True)
    }
    return with_points(cells, added.whole)


class _Added(NamedTuple):
    """What is the same whichever two years are compared."""

    cells: tuple[tuple[str, dict[int, YearFigure], dict[int, Comparability]], ...]
    """Key, its figures by year, and the years that are not joined to the one before."""
    whole: dict[str, dict[int, Number | None]]
    """The sums that lack no organ."""


def _added(selection: Selection, keys: Sequence[str], years: Sequence[int]) -> _Added:
    frame = selection.totals(keys).frame
    held = {} if selection.is_wide else {one.year: one for one in held_by_year(selection)}
    found: dict[str, dict[int, YearFigure]] = {}
    whole: dict[str, dict[int, Number | None]] = {}
    names = ("key", "report_year", "value", "n_present", "n_expected", "derived")
    for key, year, value, known, expected, derived in zip(*(frame[name].tolist() for name in names), strict=True):
        number, of = exact(value), held.get(int(year))
        whole.setdefault(key, {})[int(year)] = number if known == expected else None
        found.setdefault(key, {})[int(year)] = YearFigure(
            value=number,
            state="reported" if number is not None else "no_report",
            derived=bool(derived),
            known=int(known),
            expected=of.asked if of else int(expected),
            reports=of.held if of else 0,
        )
    cells, of_table = [], dict[str, dict[int, set[str]]]()
    for key in keys:
        by_year = found.get(key, {})
        cell = load_form().cell(key)
        table = cell.table.id if cell else ""
        if table not in of_table:
            of_table[table] = _editions(selection, table, years)
        editions = of_table[table]
        figures = {year: _why_none(key, by_year[year], editions.get(year, set())) for year in years if year in by_year}
        cells.append((key, figures, _apart(key, editions)))
    return _Added(tuple(cells), whole)


def _change(found: Changed, pair: tuple[int, int]) -> Change:
    return Change(
        before=pair[0],
        after=pair[1],
        amount=exact(found.amount),
        fraction=found.fraction,
        reason=found.reason,
        comparability=found.comparability,
        organs=found.organs,
    )


def _editions(selection: Selection, table: str, years: Sequence[int]) -> dict[int, set[str]]:
    """The editions in which the organs that are added report a table, by year; nothing for a figure that stands in none."""
    if not table:
        return {}
    editions = selection.facts.editions_of(table)
    found = {}
    for year in years:
        places = selection.added.places[:, selection.years.index(year)]
        found[year] = {str(edition) for edition in editions[places[places >= 0]]} - {""}
    return found


def _apart(key: str, editions: Mapping[int, set[str]]) -> dict[int, Comparability]:
    """The years in which any organ reports in an edition that may not be joined to one of the year before."""
    apart: dict[int, Comparability] = {}
    earlier: set[str] = set()
    for year, now in editions.items():
        status = worst(joined(key, one, other) for one in earlier for other in now)
        if status not in (None, "same"):
            apart[year] = status
        earlier = now or earlier
    return apart


def _why_none(key: str, figure: YearFigure, editions: set[str]) -> YearFigure:
    """A sum without any number is ``not_asked`` where no edition of that year has the cell."""
    if figure.value is not None or not editions or any(load_form().cell(key, edition) for edition in editions):
        return figure
    return msgspec.structs.replace(figure, state="not_asked")
