"""Who reports, and which reports there are."""

from __future__ import annotations

import pandas as pd

from ogi.library import Library
from web.api.answer import Rows
from web.api.asked import Asked
from web.api.facts import identities
from web.api.shown import about, selected

ORGAN_COLUMNS = ("organ_id", "organ_name", "level", "kind", "region", "region_code", "report_years", "scopes")
REPORT_COLUMNS = (
    "report_id", "organ_id", "organ_name", "level", "kind", "region", "region_code", "report_year", "scope", "is_complete",
    "errors", "warnings",
)  # fmt: skip
_OF_ORGAN = ORGAN_COLUMNS[1:6]


def organ_rows(asked: Asked, library: Library) -> Rows:
    """Return the organs of the view by id, each as its newest report names it, with the years it reported."""
    selection = selected(asked, library)
    frame = selection.identity.sort_values("report_year", kind="stable")
    ids = sorted(frame["organ_id"].astype(str).unique())
    shown = set(ids[asked.offset : asked.offset + asked.limit])
    frame = frame.loc[frame["organ_id"].isin(sorted(shown))]
    newest = frame.drop_duplicates("organ_id", keep="last").astype({"organ_id": str}).set_index("organ_id")
    years: dict[str, set[int]] = {}
    scopes: dict[str, set[str]] = {}
    for organ, year, scope in zip(frame["organ_id"], frame["report_year"], frame["scope"], strict=True):
        years.setdefault(organ, set()).add(int(year))
        scopes.setdefault(organ, set()).add(str(scope))
    rows = []
    for organ in sorted(shown):
        told = {name: newest.at[organ, name] for name in _OF_ORGAN}
        told = {name: None if pd.isna(value) else str(value) for name, value in told.items()}
        rows.append({"organ_id": organ, **told, "report_years": sorted(years[organ]), "scopes": sorted(scopes[organ])})
    return Rows(columns=ORGAN_COLUMNS, rows=rows, total=len(ids), about=about(asked, library, selection))


def report_rows(asked: Asked, library: Library) -> Rows:
    """Return the reports of the view with their state; the whole report is at ``/api/v1/reports/{report_id}``."""
    selection = selected(asked, library)
    rows = selection.rows[asked.offset : asked.offset + asked.limit]
    frame = selection.facts.identity.iloc[rows]
    state = [frame[name].tolist() for name in ("is_complete", "errors", "warnings")]
    found = [
        {**identity, "is_complete": bool(complete), "errors": int(errors), "warnings": int(warnings)}
        for identity, complete, errors, warnings in zip(identities(selection, rows), *state, strict=True)
    ]
    return Rows(columns=REPORT_COLUMNS, rows=found, total=len(selection.rows), about=about(asked, library, selection))
