"""Where organs stand: the largest of a year, the place of one among its peers, and sums by province.

All of them look at the reports that may be added up: one scope, every organ once a year.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np
import pandas as pd

from ogi.divisions import division
from ogi.facts import masked
from ogi.indicators import SMALLEST_BASE
from ogi.selection.sums import summed
from ogi.selection.wide import Groups, parts_of, row_runs, source_of

if TYPE_CHECKING:
    from ogi.selection.selected import Selection


class Standing(NamedTuple):
    """The place of one organ among its peers."""

    value: float
    rank: int
    """1 for the largest; equal figures have one rank."""
    share_at_most: float
    """The share of peers whose figure is at most as large, the organ among them: 1.0 for the largest."""
    peers: int
    """Organs with a figure that can be compared."""


def top(selection: Selection, key: str, year: int, count: int = 20) -> pd.DataFrame:
    """Return the largest figures of a year: ``rank, organ_id, organ_name, report_id, value``, and the base of a rate.

    =============================== ======= ======================================================================
    ``rank``                        int64   1 for the largest; equal figures have one rank, the next ones count on
    ``organ_id, organ_name``        str
    ``report_id``                   str
    ``value``                       Float64 a rate in percent is a fraction
    ``numerator, denominator``      Float64 of a rate, else ``<NA>``
    =============================== ======= ======================================================================

    Organs without a figure, and rates with a base below 10, have no rank. Equal figures stand in the order of their ids.

    Raises:
        KeyError: no such cell, derived figure or indicator of one report.
    """
    rows, value, numerator, denominator = _of_year(selection, key, year)
    if len(value) > count:
        least = -np.partition(-value, count - 1)[count - 1]
        chosen = np.flatnonzero(value >= least)
    else:
        chosen = np.arange(len(value))
    identity = selection.facts.identity.iloc[rows[chosen]]
    frame = pd.DataFrame(
        {
            "rank": 1 + np.searchsorted(np.sort(-value[chosen]), -value[chosen], "left"),
            "organ_id": pd.array(identity["organ_id"].tolist(), dtype="str"),
            "organ_name": pd.array(identity["organ_name"].tolist(), dtype="str"),
            "report_id": pd.array(selection.facts.report_ids(rows[chosen]).tolist(), dtype="str"),
            "value": masked(value[chosen]),
            "numerator": masked(numerator[chosen]),
            "denominator": masked(denominator[chosen]),
        }
    )
    return frame.sort_values(["rank", "organ_id"], ignore_index=True).head(count)


def percentile(selection: Selection, organ: str, key: str, year: int) -> Standing | None:
    """Return where an organ stands in a year among the organs of a selection: choose level, kind and region by its view.

    ``None`` where the organ has no figure there, or a rate with a base below 10.

    Raises:
        KeyError: no such cell, derived figure or indicator of one report.
    """
    rows, value, *_ = _of_year(selection, key, year)
    place = np.flatnonzero(_is_organ(selection, rows, organ))
    if not len(place):
        return None
    own = float(value[place[0]])
    return Standing(own, int((value > own).sum()) + 1, float((value <= own).mean()), len(value))


def by_province(selection: Selection, keys: Sequence[str]) -> pd.DataFrame:
    """Return sums by province and year over one scope: one row per province × year × key.

    ============================= ======= ====================================================================
    ``province_code``             str     two digits after GB/T 2260; ``""`` for organs whose place is not settled
    ``province``                  str     its name, ``""`` likewise
    ``report_year, key``          int64, str
    ``value``                     Float64 ``<NA>`` where no organ has a value, and for a rate below a base of 10
    ``n_present, n_reports``      int64   organs with a value, and with a report of that year
    ``numerator, denominator``    Float64 of a rate, else ``<NA>``
    ============================= ======= ====================================================================

    Raises:
        KeyError: no such cell, derived figure or indicator of one report.
    """
    provinces, found = (_wide_sums if selection.is_wide else _small_sums)(selection, keys)
    years = np.array(selection.years, dtype=np.int64)
    frames = [_frame(provinces, years, key, sums) for key, sums in zip(keys, found, strict=True)]
    columns = ["province_code", "province", "report_year", "key", "value", "n_present", "n_reports", "numerator", "denominator"]
    frame = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=columns)
    return frame.sort_values(["province_code", "report_year"], kind="stable", ignore_index=True)


Sums = tuple[Any, Any, Any, Any, Any]
"""Value, numerator, denominator, organs with a value, reports; each province × year."""


def _wide_sums(selection: Selection, keys: Sequence[str]) -> tuple[list[str], list[Sums]]:
    facts, added = source_of(selection), selection.added_rows
    codes = [str(word)[:2] for word in facts.words("region_code")]
    provinces = sorted(set(codes))
    of_word = np.array([provinces.index(code) for code in codes], dtype=np.intp)
    years = np.array(selection.years, dtype=np.int64)
    of_row = facts.remembered_rows("province", lambda: of_word[facts.codes_of_identity["region_code"]])
    groups = Groups(added.counts, added.weights, row_runs(facts, years), of_row, len(provinces))
    shape = (len(years), len(provinces))
    found: list[Sums] = []
    for key in keys:
        sums = (*groups.figures(parts_of(selection, key)), groups.reports)
        found.append(tuple(column.reshape(shape).T for column in sums))  # type: ignore[arg-type]
    return provinces, found


def _small_sums(selection: Selection, keys: Sequence[str]) -> tuple[list[str], list[Sums]]:
    places = selection.added.places
    codes = selection.facts.identity["region_code"].astype(object).tolist()
    of_organ = [next((str(codes[row])[:2] for row in line if row >= 0 and isinstance(codes[row], str)), "") for line in places]
    provinces = sorted(set(of_organ))
    inside = [np.array([code == province for code in of_organ], dtype=bool) for province in provinces]
    found: list[Sums] = []
    for key in keys:
        item = selection.measure(key)
        lines = [(*summed(item, places[rows]), (places[rows] >= 0).sum(axis=0)) for rows in inside]
        nothing = np.zeros((0, len(selection.years)))
        sums = tuple(np.array(column) for column in zip(*lines, strict=True)) if lines else (nothing,) * 5
        found.append(sums)  # type: ignore[arg-type]
    return provinces, found


def _frame(provinces: Sequence[str], years: Any, key: str, sums: Sums) -> pd.DataFrame:
    """One key; provinces without any report of the selection are left out."""
    value, numerator, denominator, present, reports = (np.asarray(column) for column in sums)
    kept = np.flatnonzero(reports.sum(axis=1) > 0) if len(provinces) else np.zeros(0, dtype=np.int64)
    codes = [provinces[place] for place in kept.tolist()]
    return pd.DataFrame(
        {
            "province_code": pd.array(np.repeat(np.array(codes, dtype=object), len(years)), dtype="str"),
            "province": pd.array(np.repeat(np.array([_name(code) for code in codes], dtype=object), len(years)), dtype="str"),
            "report_year": np.tile(years, len(kept)),
            "key": pd.array([key] * (len(kept) * len(years)), dtype="str"),
            "value": masked(value[kept].ravel().astype(np.float64)),
            "n_present": present[kept].ravel().astype(np.int64),
            "n_reports": reports[kept].ravel().astype(np.int64),
            "numerator": masked(numerator[kept].ravel().astype(np.float64)),
            "denominator": masked(denominator[kept].ravel().astype(np.float64)),
        }
    )


def _name(code: str) -> str:
    found = division(f"{code}0000") if code else None
    return found.name if found else code


def _is_organ(selection: Selection, rows: Any, organ: str) -> Any:
    column = cast(pd.Categorical, selection.facts.identity["organ_id"].array)
    place = column.categories.get_indexer([organ])[0]
    return column.codes[rows] == place if place >= 0 else np.zeros(len(rows), dtype=bool)


def _of_year(selection: Selection, key: str, year: int) -> tuple[Any, Any, Any, Any]:
    """The reports of one year that have a figure: their rows, value, numerator and denominator."""
    if year not in selection.years:
        nothing = np.zeros(0)
        return np.zeros(0, dtype=np.int64), nothing, nothing, nothing
    if not selection.is_wide:
        item = selection.measure(key)
        places = selection.added.places[:, selection.years.index(year)]
        rows = places[places >= 0]
        value = item.value if item.kind == "rate" else item.summable  # money of unknown unit is compared with nothing
        return _known(rows, value[rows], item.numerator[rows], item.denominator[rows], is_rate=item.kind == "rate")
    facts, parts = source_of(selection), parts_of(selection, key)
    ((start, stop),) = row_runs(facts, np.array([year]))
    rows = start + np.flatnonzero(selection.added_rows.counts[start:stop])
    number = parts.number.floats_at(rows)
    if parts.base is None:
        nothing = np.full(len(rows), np.nan)
        return _known(rows, number, nothing, nothing, is_rate=False)
    base = parts.base.floats_at(rows)
    with np.errstate(divide="ignore", invalid="ignore"):
        return _known(rows, parts.factor * number / base, number, base, is_rate=True)


def _known(rows: Any, value: Any, numerator: Any, denominator: Any, *, is_rate: bool) -> tuple[Any, Any, Any, Any]:
    known = ~np.isnan(value)
    if is_rate:
        known &= denominator >= SMALLEST_BASE
    return rows[known], value[known], numerator[known], denominator[known]
