"""A view in words: the sentence above charts and in exports."""

from __future__ import annotations

from collections.abc import Sequence

from ogi.form import load_form
from ogi.labels import Labels
from ogi.library import Entry, Library
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
    matching = [entry for entry in library.collection(collection) if matches(view, entry)]
    covered = [entry for entry in matching if not view.years or entry.report_year in view.years]
    organs = {entry.organ_id for entry in covered}
    asked = {*view.organs} or {entry.organ_id for entry in matching}
    parts = [
        labels(f"view.collection.{collection}"),
        _organs(view, labels, library.collection(collection)),
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
    if view.values != "printed":
        parts.append(labels(f"view.values.{view.values}"))
    parts.append(labels("view.sentence.coverage", organs=len(organs), asked=len(asked), reports=len(covered)))
    return labels("view.sentence.end", text=labels("view.sentence.comma").join(parts))


def matches(view: View, entry: Entry) -> bool:
    """Whether an entry's organ and scope are among those of the view; years are left to the caller."""
    return (not view.organs or entry.organ_id in view.organs) and scope_matches(view, entry.scope) and is_of_kind(view, entry)


def is_of_kind(view: View, entry: Entry) -> bool:
    """Whether an entry's organ is of the levels, kinds and regions of the view."""
    return (
        (not view.levels or entry.level in view.levels)
        and (not view.kinds or entry.kind in view.kinds)
        and (not view.regions or entry.region in view.regions)
    )


def scope_matches(view: View, scope: str) -> bool:
    """Whether a report of this scope is shown. A scope the document does not tell goes with the organ's own figures."""
    return view.scope in ("all", scope) or (view.scope == "own" and scope == "unknown")


def applicant_label(applicant: str, labels: Labels) -> str:
    """Return the label of an applicant column."""
    for edition in load_form().editions.values():
        table = edition.table("t3_requests")
        for column in table.columns if table else ():
            if column.key == applicant:
                return column.label(labels.lang)
    return applicant


def _organs(view: View, labels: Labels, entries: Sequence[Entry]) -> str:
    if not view.organs:
        return labels("view.sentence.all_organs")
    names = {entry.organ_id: entry.organ_name or "" for entry in entries}
    known = [names[organ] for organ in view.organs if organ in names]
    if not known:
        return labels("view.sentence.organs_unknown", count=len(view.organs))
    shown = _join(labels, known[:_NAMED])
    if len(view.organs) > len(known[:_NAMED]):
        return labels("view.sentence.organs_more", names=shown, count=len(view.organs))
    return shown


def _years(view: View, labels: Labels, covered: Sequence[Entry]) -> str:
    years = sorted(view.years or {entry.report_year for entry in covered if entry.report_year is not None})
    if not years:
        return labels("view.sentence.no_years")
    return labels("view.sentence.years", years=_join(labels, year_runs(years, "–")))


def _join(labels: Labels, words: Sequence[str]) -> str:
    return labels("view.sentence.and").join(words)
