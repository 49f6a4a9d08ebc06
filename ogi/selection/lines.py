"""Tall frames for charts: one row per series, year and key, with every gap and its reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np
import pandas as pd

from ogi.facts import STATES, masked
from ogi.form import load_form
from ogi.indicators import FULL_BASE, SMALLEST_BASE
from ogi.selection.measure import Measured

if TYPE_CHECKING:
    from ogi.selection.selected import Selection

REASONS = np.array([*STATES, "no_report", "counts_only", "undefined"], dtype=object)
_NO_REPORT, _COUNTS_ONLY, _UNDEFINED = range(len(STATES), len(STATES) + 3)


class Grid(NamedTuple):
    """Series × years, one after the other."""

    places: Any
    """The row of the facts for each, −1 where there is no report."""
    frame: pd.DataFrame
    """``organ_id, organ_name, scope, report_year``."""


def grid(selection: Selection, axis: Sequence[int]) -> Grid:
    """Return where the reports of each series and year stand.

    Args:
        selection: what is shown.
        axis: the years of the selection, or others, for example the year before the first one shown.
    """
    series = selection.series
    places = np.full((len(series), len(axis)), -1, dtype=np.int64)
    identity = selection.facts.identity.iloc[selection.in_scope]
    of_row = _series_of(series, identity)
    of_year = identity["report_year"].to_numpy()
    for column, year in enumerate(axis):
        there = of_year == year
        places[of_row[there], column] = selection.in_scope[there]
    repeated = np.repeat(np.arange(len(series)), len(axis))
    frame = pd.DataFrame(
        {
            "organ_id": series["organ_id"].array.take(repeated),
            "organ_name": series["organ_name"].array.take(repeated),
            "scope": series["scope"].array.take(repeated),
            "report_year": np.tile(np.array(axis, dtype=np.int64), len(series)),
        }
    )
    return Grid(places.ravel(), frame)


def _series_of(series: pd.DataFrame, identity: pd.DataFrame) -> Any:
    """The number of the series of each report."""
    names = ("organ_id", "scope")
    organs, scopes = (cast(pd.Categorical, identity[name].array) for name in names)
    asked = [kept.categories.get_indexer(series[name].tolist()) for kept, name in zip((organs, scopes), names, strict=True)]
    width = len(scopes.categories) + 1
    of_series = asked[0].astype(np.int64) * width + asked[1]
    order = np.argsort(of_series)
    return order[np.searchsorted(of_series, organs.codes.astype(np.int64) * width + scopes.codes, sorter=order)]


def long(selection: Selection, keys: Sequence[str]) -> pd.DataFrame:
    """Return one row per series × year × key, sorted by series, year and the order of ``keys``; gaps included.

    ========================= ======= =============================================================================
    ``organ_id``              str
    ``organ_name``            str     as shown; a consolidated series carries its scope
    ``scope``                 str
    ``report_year``           int64
    ``key``                   str
    ``value``                 Float64 ``<NA>`` unless ``state`` is ``reported``; rates in percent are fractions
    ``state``                 str     ``reported``, or why there is no value: a state of a reading, ``not_whole``,
                                      ``no_report``; for a rate ``undefined`` (base 0) or ``counts_only`` (base
                                      below 10). Each is a message ``selection.reason.…``
    ``edition``               str     of the table the figure stands in; ``""`` where there is none
    ``derived``               bool    computed from cells, not printed: a derived figure, a rate, or a total left blank
                                      in the report and added up from its parts (flag ``uses_derived``)
    ``flags``                 str     what the number went through, joined by commas; ``""`` for nothing
    ``report_id``             str     ``""`` where there is no report
    ========================= ======= =============================================================================

    Raises:
        KeyError: a key is no cell, derived figure or indicator of one report.
    """
    places, identity = selection.grid()
    measured = [selection.measure(key) for key in keys]
    count, width = len(places), len(measured)
    order = np.arange(count * width).reshape(width, count).T.ravel()
    if width == 0:
        order = np.zeros(0, dtype=np.int64)
    columns = [figures_at(item, places) for item in measured]

    def flat(name: str, dtype: Any) -> Any:
        return np.concatenate([getattr(column, name) for column in columns])[order] if columns else np.zeros(0, dtype=dtype)

    frame = identity.take(np.repeat(np.arange(count), width)).reset_index(drop=True)
    ids = np.full(len(places), "", dtype=object)
    ids[places >= 0] = selection.facts.report_ids(places[places >= 0])
    return frame.assign(
        key=pd.array(np.tile(np.array(list(keys), dtype=object), count), dtype="str"),
        value=masked(flat("value", np.float64)),
        state=pd.array(REASONS[flat("state", np.int64)], dtype="str"),
        edition=pd.array(flat("edition", object), dtype="str"),
        derived=flat("derived", np.bool_),
        flags=pd.array(flat("flags", object), dtype="str"),
        report_id=pd.array(np.repeat(ids, width), dtype="str"),
    )


class Figures(NamedTuple):
    """One figure at places of the facts; arrays in the shape of the places."""

    value: Any
    """NaN where there is none to show."""
    state: Any
    """Index into :data:`REASONS`."""
    edition: Any
    derived: Any
    flags: Any


def figures_at(item: Measured, places: Any) -> Figures:
    """Return a figure at these rows of the facts; place −1 takes what stands at the end: nothing.

    A rate with a base below ten has no value, and its state says so.
    """
    value = _then(item.value, np.nan)[places]
    state = _then(item.codes.astype(np.int64), _NO_REPORT)[places]
    if item.kind == "rate":
        base = _then(item.denominator, np.nan)[places]
        value = np.where(base >= SMALLEST_BASE, value, np.nan)
        state = np.where(base < SMALLEST_BASE, _COUNTS_ONLY, state)
        state = np.where(base <= 0, _UNDEFINED, state)
    return Figures(
        value=value,
        state=state,
        edition=_then(item.editions, "")[places],
        derived=_then(item.derived, _is_computed(item.key))[places],
        flags=_flags(item, value, places),
    )


def _then(column: Any, last: Any) -> Any:
    """The column with one more value at its end; :func:`numpy.append` takes twice as long, which hundreds of keys feel."""
    found = np.empty(len(column) + 1, dtype=column.dtype)
    found[:-1] = column
    found[-1] = last
    return found


def _flags(item: Measured, value: Any, places: Any) -> Any:
    if not item.flags:  # so of nearly every key
        return np.full(np.shape(places), "", dtype=object)
    flags = np.full(len(item.value) + 1, "", dtype=object)
    for row, text in item.flags.items():
        flags[row] = text
    return np.where(np.isnan(value), "", flags[places])


def _is_computed(key: str) -> bool:
    return load_form().cell(key) is None


def rates(selection: Selection, indicators: Sequence[str]) -> pd.DataFrame:
    """Return rates per series × year: the columns of :func:`long` with ``numerator``, ``denominator``, ``base_class``.

    ``base_class`` follows the size of the denominator: ``none`` (0 or unknown), ``counts_only`` (below 10), ``few``
    (10 to 29, marked 样本偏少), ``ample`` (30 and more). For ``none`` and ``counts_only`` the ``value`` is ``<NA>``:
    numerator and denominator are what may be shown (domain specification, presentation rules of the indicators).

    Raises:
        KeyError: an indicator is unknown or needs more than one report.
    """
    places, _ = selection.grid()
    frame = selection.long(indicators)
    measured = [selection.measure(key) for key in indicators]

    def column(name: str) -> Any:
        if not measured:
            return np.zeros(0)
        return np.column_stack([np.append(getattr(item, name), np.nan)[places] for item in measured]).ravel()

    denominator = column("denominator")
    classes = base_class(denominator)
    return frame.assign(
        numerator=masked(column("numerator")),
        denominator=masked(denominator),
        base_class=pd.array(classes, dtype="str"),
    )


def base_class(denominator: Any) -> Any:
    """Return ``none``, ``counts_only``, ``few`` or ``ample`` for each base; unknown bases are ``none``."""
    base = np.asarray(denominator, dtype=np.float64)
    conditions = [~(base > 0), base < SMALLEST_BASE, base < FULL_BASE]
    return np.select(conditions, np.array(["none", "counts_only", "few"], dtype=object), default="ample")
