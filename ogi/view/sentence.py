"""A view in words: the sentence above charts and in exports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from ogi.facts import facts_of
from ogi.form import load_form
from ogi.labels import Labels
from ogi.library import Library
from ogi.view.sharing import resolve_collection
from ogi.view.state import View
from ogi.view.year_runs import year_runs

_NAMED = 3


def describe(view: View, labels: Labels, library: Library) -> str:
    """Return what the view shows: collection, organs, years, scope, applicant, and how many organs and reports it covers.

    Chinese or English as ``labels`` says. The numbers count what is at hand and matches the view, so an organ without any
    report in these years is not covered, and the sentence shows it (``2/3``).
    """
    collection = resolve_collection(view, library)
    identity = facts_of(library, collection).identity
    matching = identity.loc[matches(view, identity)]
    covered = matching.loc[matching["report_year"].isin(view.years)] if view.years else matching
    organs = covered["organ_id"].nunique()
    asked = len(view.organs) or matching["organ_id"].nunique()
    parts = [
        labels(f"view.collection.{collection}"),
        _organs(view, labels, identity),
        _years(view, labels, covered),
        labels(f"view.scope.{view.scope}"),
    ]
    if view.applicant != "total":
        parts.append(labels("view.sentence.applicant", name=applicant_label(view.applicant, labels)))
    if view.baseline is not None:
        parts.append(labels("view.sentence.baseline", year=view.baseline))
    for name, values in (("level", view.levels), ("kind", view.kinds)):
        if values:
            parts.append(_join(labels, [labels(f"view.{name}.{value}") for value in values]))
    if view.regions:
        parts.append(labels("view.sentence.regions", names=_join(labels, view.regions)))
    if view.peers_of is not None:
        names = {entry.organ_id: entry.organ_name or "" for entry in library.collection(collection)}
        parts.append(labels("view.sentence.peers", name=names.get(view.peers_of, view.peers_of)))
    if view.values != "printed":
        parts.append(labels(f"view.values.{view.values}"))
    parts.append(labels("view.sentence.coverage", organs=organs, asked=asked, reports=len(covered)))
    return labels("view.sentence.end", text=labels("view.sentence.comma").join(parts))


def matches(view: View, identity: pd.DataFrame) -> Any:
    """Return which reports of an identity frame (:mod:`ogi.facts.source`) are of the organs and the scope of the view.

    Years are left to the caller.
    """
    found = is_of_kind(view, identity)
    if view.organs:
        found &= identity["organ_id"].isin(view.organs).to_numpy()
    if view.scope != "all":
        found &= identity["scope"].isin(("own", "unknown") if view.scope == "own" else (view.scope,)).to_numpy()
    return found


def is_of_kind(view: View, identity: pd.DataFrame) -> Any:
    """Return which reports are of organs of the levels, kinds and regions of the view."""
    found = np.ones(len(identity), dtype=bool)
    for name, values in (("level", view.levels), ("kind", view.kinds), ("region", view.regions)):
        if values:
            found &= identity[name].isin(values).to_numpy()
    return found


def applicant_label(applicant: str, labels: Labels) -> str:
    """Return the label of an applicant column."""
    for edition in load_form().editions.values():
        table = edition.table("t3_requests")
        for column in table.columns if table else ():
            if column.key == applicant:
                return column.label(labels.lang)
    return applicant


def _organs(view: View, labels: Labels, identity: pd.DataFrame) -> str:
    if not view.organs:
        return labels("view.sentence.all_organs")
    chosen = identity.loc[identity["organ_id"].isin(view.organs), ["organ_id", "organ_name"]]
    names = dict(zip(chosen["organ_id"], chosen["organ_name"], strict=True))
    known = [names[organ] for organ in view.organs if organ in names]
    if not known:
        return labels("view.sentence.organs_unknown", count=len(view.organs))
    shown = _join(labels, known[:_NAMED])
    if len(view.organs) > len(known[:_NAMED]):
        return labels("view.sentence.organs_more", names=shown, count=len(view.organs))
    return shown


def _years(view: View, labels: Labels, covered: pd.DataFrame) -> str:
    years = sorted(view.years or {int(year) for year in covered["report_year"].unique()})
    if not years:
        return labels("view.sentence.no_years")
    return labels("view.sentence.years", years=_join(labels, year_runs(years, "–")))


def _join(labels: Labels, words: Sequence[str]) -> str:
    return labels("view.sentence.and").join(words)
