"""What organs are held against: a collection or a region as a whole, the median of the peers; each with its coverage."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import pandas as pd

from ogi.comparison.organ_grid import OrganGrid, organ_grid
from ogi.comparison.peers import peers_of
from ogi.comparison.standing import Standing, standing
from ogi.divisions import division
from ogi.facts import FactsSource, facts_of
from ogi.indicators import RATE_FACTORS
from ogi.library import Library
from ogi.selection import Selection, select
from ogi.view import resolve_collection
from ogi.view.state import Line

Why = Literal["counts", "mixed", "nobody", "too_many", "no_focus", "no_region"]


@dataclass(frozen=True)
class Reference:
    """One line: the figure of many organs in each year; ``None`` where it is not known."""

    line: Line
    place: str
    """The region, or the organ whose peers are meant; empty for all."""
    values: tuple[float | None, ...]
    known: tuple[int, ...]
    """Organs with a number …"""
    expected: int
    """… of those asked."""
    why: Why | None = None
    """Why there is no line."""


def reference_line(library: Library, shown: Selection, grid: OrganGrid, line: Line, focus: str | None) -> Reference:
    """Return a line to hold organs against.

    ``total`` and ``region`` are the rate of all organs of the collection, or of the region of ``focus``, taken together; of a
    count there is no such line, since a sum is of another size than its parts. ``peers`` is the median of the peers of ``focus``
    (:func:`ogi.comparison.peers.peers_of`), of counts too. Organs without a number take no part, and how many have one is told.

    Args:
        library: what is at hand.
        shown: what the page shows: its collection, scope, applicant, years.
        grid: the figure as it is drawn.
        line: which line.
        focus: the organ whose region or peers are meant.
    """
    if line != "total" and focus is None:
        return _none(grid, line, "", "no_focus")
    if line != "peers" and not (grid.unit in RATE_FACTORS and grid.basis != "change"):
        return _none(grid, line, "", "counts")
    narrowed, place = _narrowed(facts_of(library, resolve_collection(shown.view, library)), line, focus)
    if narrowed is None:
        return _none(grid, line, place, "no_region")
    everyone: dict[str, Any] = {"levels": (), "kinds": (), "regions": (), "peers_of": None, "children_of": None, "groups": ()}
    view = replace(shown.view, years=grid.years, **{**everyone, "organs": (), **narrowed})
    chosen = select(library, view)
    if chosen.is_empty:
        return _none(grid, line, place, "nobody")
    if chosen.is_wide:
        return _of_many(chosen, grid, line, place)
    other = _same_scope(organ_grid(chosen, grid.key, grid.basis, view.baseline), grid)
    return _line(other, grid, line, place)


def _narrowed(facts: FactsSource, line: Line, focus: str | None) -> tuple[dict[str, Any] | None, str]:
    """What of a view makes it show the organs of the line, and the name of the place or organ."""
    if line == "total":
        return {}, ""
    identity = facts.identity
    mine = identity.loc[identity["organ_id"] == focus]
    name = str(mine["organ_name"].iloc[-1]) if len(mine) else ""
    if line == "peers":
        return {"organs": peers_of(facts, str(focus)).organs} if len(mine) else None, name
    region = mine["region"].iloc[-1] if len(mine) else None
    if not isinstance(region, str):
        return None, name
    code = mine["region_code"].iloc[-1]
    outer = _outer(code if isinstance(code, str) else None)
    place = outer or min((str(one) for one in identity["region"].dropna().unique() if region.startswith(str(one))), key=len)
    inside = [str(one) for one in identity["region"].dropna().unique() if str(one).startswith(place)]
    return {"regions": tuple(inside)}, place


def _outer(code: str | None) -> str:
    """The province of a division; empty where it is not settled."""
    found = division(f"{code[:2]}0000") if code else None
    return found.name if found else ""


def _same_scope(other: OrganGrid, grid: OrganGrid) -> OrganGrid:
    """Only series of the scopes that are drawn: a region's total is no agency."""
    scopes = {*grid.single.scopes}
    scopes |= {"own", "unknown"} if scopes & {"own", "unknown"} else set()
    return other.take(np.array([scope in scopes for scope in other.scopes], dtype=bool))


def _line(other: OrganGrid, grid: OrganGrid, line: Line, place: str) -> Reference:
    found: list[Standing] = [standing(other, year) for year in grid.years]
    if line == "peers":
        values = tuple(one.median for one in found)
        known = tuple(one.known for one in found)
    else:
        values = tuple(one.whole for one in found)
        known = tuple(one.counted for one in found)
    why: Why | None = None
    if all(value is None for value in values):
        why = "nobody" if line == "peers" else "mixed"
    return Reference(line, place, values, known, len(set(other.organs)), why)


def _of_many(chosen: Selection, grid: OrganGrid, line: Line, place: str) -> Reference:
    """The rate of very many organs, added up where they are; only of the figure as it is."""
    if line == "peers" or grid.basis != "count":
        return _none(grid, line, place, "too_many")
    frame = chosen.totals([grid.key]).frame.set_index("report_year").loc[list(grid.years)]
    factor = 100.0 if grid.unit == "percent" else 1.0
    values = tuple(None if pd.isna(value) else factor * float(value) for value in frame["value"])
    return Reference(line, place, values, tuple(frame["n_present"].tolist()), int(frame["n_expected"].max()))


def _none(grid: OrganGrid, line: Line, place: str, why: Why) -> Reference:
    return Reference(line, place, (None,) * len(grid.years), (0,) * len(grid.years), 0, why)
