"""A view in words: the sentence above charts and in exports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import numpy as np
import pandas as pd

from ogi.facts import WideSource, facts_of
from ogi.form import load_form
from ogi.form.definitions import definitions_of
from ogi.labels import Labels
from ogi.library import Library
from ogi.view.conditions import condition, condition_words, figure_words
from ogi.view.groups import group_id
from ogi.view.sharing import resolve_collection
from ogi.view.state import View
from ogi.view.year_runs import year_runs

_NAMED = 3


_OF_ORGANS = "agencies"
"""The page that shows conditions."""
OF_GROUPS = ("agencies", "overview", "proactive", "applications", "disputes")
"""Pages that set groups beside agencies."""
_OF_ONE = ("years", "proactive", "applications", "disputes")
"""Pages whose charts may be those of one agency, or of one group, among all shown."""
_OF_A_FIGURE = ("agencies", "agency")
"""Pages about the figure ``measure``, whose definition is then said."""

_TOLD = (
    "page", "lang", "collection", "organs", "years", "scope", "applicant", "baseline", "levels", "kinds", "regions", "peers_of",
    "children_of", "values",
)  # fmt: skip


def describe(view: View, labels: Labels, library: Library, groups: Mapping[str, str] | None = None) -> str:
    """Return what the view shows: collection, organs, years, scope, applicant, and how many organs and reports it covers.

    Chinese or English as ``labels`` says. The numbers count what is at hand and matches the view, so an organ without any
    report in these years is not covered, and the sentence shows it (``2/3``); of one organ alone that is not counted. Conditions
    on figures are said as they were set: how many organs they leave depends on the year of the page, which says it.

    Args:
        view: what is shown.
        labels: the language.
        library: what is at hand.
        groups: names people gave to groups, by id.
    """
    collection = resolve_collection(view, library)
    facts = facts_of(library, collection)
    identity = facts.identity
    near = identity.iloc[cast(WideSource, facts).rows_of(view.organs)] if facts.is_wide and view.organs else identity
    matching = near.loc[matches(view, near)]
    covered = matching.loc[matching["report_year"].isin(view.years)] if view.years else matching
    organs = covered["organ_id"].nunique()
    asked = len(view.organs) or matching["organ_id"].nunique()
    parts = [
        labels(f"view.collection.{collection}"),
        _organs(view, labels, near, groups or {}),
        _years(view, labels, covered),
        labels(f"view.scope.{view.scope}"),
    ]
    parts += _asked(view, labels, identity, groups or {})
    key = "coverage_one" if organs == len(view.organs) == 1 else "coverage"
    parts.append(labels(f"view.sentence.{key}", organs=organs, asked=asked, reports=len(covered)))
    return labels("view.sentence.end", text=labels("view.sentence.comma").join(parts))


def told_by(view: View) -> View:
    """Return the view without what :func:`describe` does not tell; views that are told alike become equal."""
    told: dict[str, Any] = {name: getattr(view, name) for name in _TOLD}
    if view.page == _OF_ORGANS:
        told["where"] = view.where
    if view.page in OF_GROUPS:
        told["groups"] = view.groups
    if view.page in _OF_ONE:
        told["focus_organ"] = view.focus_organ
    if view.page in _OF_A_FIGURE:
        told["measure"] = view.measure
    return View(**told)


def _asked(view: View, labels: Labels, identity: pd.DataFrame, groups: Mapping[str, str]) -> list[str]:
    """What was asked for beside organs, years and scope."""
    parts = []
    if view.applicant != "total":
        parts.append(labels("view.sentence.applicant", name=applicant_label(view.applicant, labels)))
    if view.baseline is not None:
        parts.append(labels("view.sentence.baseline", year=view.baseline))
    for name, values in (("level", view.levels), ("kind", view.kinds)):
        if values:
            parts.append(_join(labels, [labels(f"view.{name}.{value}") for value in values]))
    if view.regions:
        parts.append(labels("view.sentence.regions", names=_join(labels, view.regions)))
    return [*parts, *_related(view, labels, identity, groups)]


def _related(view: View, labels: Labels, identity: pd.DataFrame, groups: Mapping[str, str]) -> list[str]:
    """Peers, subordinates, groups, conditions, the definition of the figure, and which figures are taken."""
    parts = []
    if view.peers_of is not None:
        parts.append(labels("view.sentence.peers", name=_name(view.peers_of, identity)))
    if view.children_of is not None:
        parts.append(labels("view.sentence.children", name=_name(view.children_of, identity)))
    if view.focus_organ and view.page in _OF_ONE and view.organs != (view.focus_organ,):
        parts.append(labels("view.sentence.focus", name=groups.get(view.focus_organ) or _name(view.focus_organ, identity)))
    if view.groups and view.page in OF_GROUPS:
        parts.append(labels("view.sentence.groups", names=_join(labels, [groups.get(key, key) for key in view.groups])))
    if view.where and view.page == _OF_ORGANS:
        parts.append(labels("view.sentence.where", words=_conditions(view, labels)))
    if view.page in _OF_A_FIGURE and (found := definitions_of(view.measure)) is not None:
        words = found.figures[view.measure][labels.lang]
        parts.append(labels("view.sentence.definition", name=found.label(labels.lang), words=words))
    if view.values != "printed":
        parts.append(labels(f"view.values.{view.values}"))
    return parts


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


def _name(organ: str, identity: pd.DataFrame) -> str:
    """The name of an organ; its id where it is not at hand."""
    found = identity.loc[identity["organ_id"] == organ, "organ_name"]
    return str(found.iloc[-1]) if len(found) else organ


def _conditions(view: View, labels: Labels) -> str:
    held = [found for text in view.where if (found := condition(text)) is not None]
    return labels("agencies.and").join(condition_words(item, figure_words(item.key, labels), labels) for item in held)


def _organs(view: View, labels: Labels, identity: pd.DataFrame, groups: Mapping[str, str]) -> str:
    if not view.organs:
        return labels("view.sentence.all_organs")
    if groups and (name := groups.get(group_id(view.organs))):
        return labels("view.sentence.group", name=name, count=len(view.organs))
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
