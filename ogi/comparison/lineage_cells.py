"""The cells of an organ over years with those it came from: one series out of several, and what may not be compared in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd
from msgspec.structs import replace

from ogi.comparison.cells import Change, ComparedCell, YearFigure, compare_years, exact
from ogi.form import load_form
from ogi.lineage import NOT_JOINED, Lineage
from ogi.selection.scopes import ADDABLE

LACKING = "predecessor_missing"
"""Why a sum of predecessors is not the whole: one of them has no report, or no number. A message ``selection.reason.…``."""
_NO_NUMBER = "unit_unknown"


class Summed(NamedTuple):
    """One figure of several predecessors."""

    value: Any
    """Over those that have a number; ``None`` where none has."""
    known: int
    expected: int


class Joined(NamedTuple):
    """A series made of an organ and those it came from."""

    frame: pd.DataFrame
    """Of one organ and scope, as :meth:`ogi.selection.Selection.long`; a sum that lacks one predecessor is a gap."""
    sums: Mapping[tuple[int, str], Summed]
    """What was added up, by year and key, also where it is not whole."""


def joined_frame(frame: pd.DataFrame, lineage: Lineage, scope: str) -> Joined:
    """Put the years of an organ together out of its own reports and those of whoever stood in its place.

    Args:
        frame: long frame of all of ``lineage.organs``.
        lineage: who stood when.
        scope: the scope of the organ; a predecessor that does not tell its scope counts as its own, as everywhere.
    """
    scopes = next((scopes for scopes in ADDABLE if scope in scopes), (scope,))
    there = frame.loc[frame["scope"].isin(scopes) & (frame["report_id"] != "")]
    found: dict[Any, pd.DataFrame] = dict(iter(there.groupby(["organ_id", "report_year", "scope"])))
    parts, sums = [], {}
    for year in lineage.years:
        stand = lineage.stand(year)
        rows = [one for organ in stand.organs if (one := _of(found, organ, year, (scope, *scopes))) is not None]
        if not rows:
            continue
        if len(stand.organs) == 1:
            parts.append(rows[0])
        else:
            one, added = _added(rows, len(stand.organs), year)
            parts.append(one)
            sums |= added
    if not parts:
        return Joined(frame.iloc[:0], {})
    series = pd.concat(parts, ignore_index=True)
    return Joined(series.assign(organ_id=lineage.organ, organ_name=lineage.name(lineage.organ), scope=scope), sums)


def compare_lineage(joined: Joined, lineage: Lineage, years: Sequence[int], pair: tuple[int, int]) -> dict[str, ComparedCell]:
    """Return the cells by key, as :func:`ogi.comparison.compare_years` does, with what the lineage forbids to compare."""
    cells = compare_years(joined.frame, years, pair)
    between, apart = lineage.between(*pair), _apart(lineage, years)
    summed_years = {year for year, _ in joined.sums}
    return {key: _with_lineage(cell, joined, summed_years, between, apart) for key, cell in cells.items()}


def _of(found: Mapping[Any, pd.DataFrame], organ: str, year: int, scopes: Sequence[str]) -> pd.DataFrame | None:
    return next((found[organ, year, scope] for scope in scopes if (organ, year, scope) in found), None)


def _added(rows: Sequence[pd.DataFrame], expected: int, year: int) -> tuple[pd.DataFrame, dict[tuple[int, str], Summed]]:
    """The reports of one year added up; a figure that one of them lacks is a gap in the frame."""
    names = ("key", "value", "state", "edition", "flags")
    columns = {name: list(zip(*(one[name].tolist() for one in rows), strict=True)) for name in names}
    values, states, editions, flags, sums = [], [], [], [], {}
    for (key, *_), numbers, of_state, of_edition, of_flags in zip(*columns.values(), strict=True):
        known = [
            exact(number)
            for number, state, flag in zip(numbers, of_state, of_flags, strict=True)
            if state == "reported" and _NO_NUMBER not in flag
        ]
        total = sum(number for number in known if number is not None) if known else None
        sums[year, key] = Summed(total, len(known), expected)
        is_whole = len(known) == expected
        values.append(float(total) if is_whole and total is not None else None)
        alike = len(rows) == expected and len(set(of_state)) == 1 and not known
        states.append("reported" if is_whole else of_state[0] if alike and of_state[0] != "reported" else LACKING)
        editions.append(_oldest(of_edition))
        said = dict.fromkeys(part for flag in of_flags for part in flag.split(","))
        flags.append(",".join(part for part in said if part not in ("", _NO_NUMBER)))
    made = rows[0].assign(
        value=pd.array(values, dtype="Float64"),
        state=pd.array(states, dtype="str"),
        edition=pd.array(editions, dtype="str"),
        derived=True,
        flags=pd.array(flags, dtype="str"),
        report_id=pd.array([""] * len(values), dtype="str"),
    )
    return made, sums


def _oldest(editions: Sequence[str]) -> str:
    """The edition that has least in common with later ones; a sum of several editions is compared as if all were of it."""
    order = list(load_form().editions)
    return max((one for one in editions if one in order), key=order.index, default="")


def _apart(lineage: Lineage, years: Sequence[int]) -> dict[int, str]:
    """The years whose column is not simply joined to the one shown before it."""
    found = {year: lineage.between(earlier, year) for earlier, year in pairwise(years)}
    return {year: way for year, way in found.items() if way != "own"}


def _with_lineage(cell: ComparedCell, joined: Joined, years: set[int], between: str, apart: Mapping[int, str]) -> ComparedCell:
    figures = {
        year: _figure(figure, joined.sums[year, cell.key]) if year in years and (year, cell.key) in joined.sums else figure
        for year, figure in cell.figures.items()
    }
    own: dict[int, Any] = dict(cell.apart)
    for year, way in apart.items():
        if way in NOT_JOINED or year not in own:
            own[year] = way
    return replace(cell, figures=figures, apart=own, change=_change(cell.change, between))


def _figure(figure: YearFigure, summed: Summed) -> YearFigure:
    value = exact(summed.value)
    state = figure.state if value is None else "reported"
    return replace(figure, value=value, state=state, known=summed.known, expected=summed.expected)


def _change(change: Change, between: str) -> Change:
    """Nothing is said across organs that are not joined; a change to or from a sum needs care."""
    if between in NOT_JOINED:
        return Change(before=change.before, after=change.after, reason=between)
    if between == "merged" and change.amount is not None and change.comparability == "same":
        return replace(change, comparability=between)
    return change
