"""From a view to its :class:`~ogi.shares.content.Content`."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ogi.checks import message
from ogi.comparison.headline_words import change_words, has_change, notes, value_words
from ogi.labels import Labels
from ogi.library import Library
from ogi.selection import Selection, select
from ogi.shares.content import Content, Figure, Problem, Source
from ogi.shares.drawings import drawings_of, organs_in
from ogi.shares.organ_table import organ_table
from ogi.shares.plan import figure_name, figures_of
from ogi.view import View, describe, resolve_collection

_PROBLEMS, _SOURCES, _LOOKED_AT = 12, 60, 300
_SEVERITIES = ("error", "warning")


def content_of(view: View, library: Library) -> Content:
    """Return what a view shows, in its language.

    Args:
        view: a view made by :func:`ogi.shares.grant.shared_view`.
        library: what is at hand; only the reports of the view are looked at.
    """
    labels, selection = Labels(view.lang), select(library, view)
    collection = resolve_collection(view, library)
    figures, year = _figures(selection, labels)
    problems, errors, warnings = _problems(selection, labels)
    sources = _sources(selection)
    return Content(
        lang=view.lang,
        collection=collection,
        year=year,
        sentence=describe(view, labels, library),
        origin=labels(f"share.origin.{collection}"),
        remarks=_remarks(selection, labels),
        reports=len(selection.rows),
        organs=organs_in(selection.identity),
        figures=figures,
        drawings=drawings_of(selection, labels, year),
        table=organ_table(selection, labels, year),
        problems=problems,
        errors=errors,
        warnings=warnings,
        sources=sources,
        more_sources=len(selection.rows) - len(sources),
    )


def plain_number(value: Any) -> int | float | None:
    """Return a value of a frame as JSON has it: whole numbers whole, ``None`` where it is missing."""
    if value is None or pd.isna(value):
        return None
    number = float(value)
    return int(number) if number == int(number) else round(number, 6)


def _figures(selection: Selection, labels: Labels) -> tuple[tuple[Figure, ...], int | None]:
    keys = {key: selection.key(key) for key in figures_of(selection.view)}
    rows: list[Any] = selection.headline(list(keys.values())).to_dict("records")
    years = [int(row["year"]) for row in rows if not pd.isna(row["year"])]
    if not years:
        return (), None
    found = []
    for key, row in zip(keys, rows, strict=True):
        direction = int(np.sign(float(row["change"]))) if has_change(row) else 0
        found.append(
            Figure(
                key=str(row["key"]),
                name=figure_name(key, labels),
                value=plain_number(row["value"]),
                text=value_words(row, labels),
                change=change_words(row, labels),
                direction=direction,
                notes=tuple(notes(row, labels)),
            )
        )
    return tuple(found), max(years)


def _remarks(selection: Selection, labels: Labels) -> tuple[str, ...]:
    said = [notice.text(labels) for notice in selection.notices]
    if note := selection.totals([]).scope_note(labels):
        said.append(note.strip())
    if selection.view.applicant != "total":
        cell = f"applications.received.{selection.view.applicant}"
        said.append(labels("overview.applicant_note", name=figure_name(cell, labels)))
    return tuple(said)


def _problems(selection: Selection, labels: Labels) -> tuple[tuple[Problem, ...], int, int]:
    """The first open findings, and how many errors and warnings there are in all."""
    identity: Any = selection.identity
    errors, warnings = int(identity["errors"].sum()), int(identity["warnings"].sum())
    if selection.is_wide:  # rows are in the order of years, and sorting millions of them is not worth a list of twelve
        ordered = identity.index[identity["errors"] > 0][::-1][:_LOOKED_AT]
    else:
        bad = identity.loc[identity["errors"] + identity["warnings"] > 0]
        ordered = bad.sort_values(["errors", "report_year"], ascending=False, kind="stable").index[:_LOOKED_AT]
    found = []
    for entry in selection.facts.entries_at(ordered.tolist()):
        for finding in entry.findings:
            if finding.status == "fail" and not finding.reminder and finding.severity in _SEVERITIES:
                about = f"{entry.organ_name or ''} · {entry.report_year}"
                name = labels(f"checks.severity.{finding.severity}")
                text = message(finding, labels)
                found.append(
                    Problem(
                        severity=finding.severity,
                        severity_name=name,
                        about=about,
                        text=text,
                        report_id=entry.report_id,
                        sha256=entry.report.document.sha256,
                        cell=next((key for key in finding.cells if key in entry.report.cells), ""),
                    )
                )
    found.sort(key=lambda problem: _SEVERITIES.index(problem.severity))
    return tuple(found[:_PROBLEMS]), errors, warnings


def _sources(selection: Selection) -> tuple[Source, ...]:
    if selection.is_wide:
        ordered = selection.identity.index[::-1]
    else:
        ordered = selection.identity.sort_values(["report_year", "organ_name"], ascending=[False, True], kind="stable").index
    entries = selection.facts.entries_at(ordered[:_SOURCES].tolist())
    return tuple(
        Source(
            report_id=entry.report_id,
            organ=entry.organ_name or "",
            year=entry.report_year or 0,
            scope=entry.scope,
            document=entry.report.document.name,
            sha256=entry.report.document.sha256,
        )
        for entry in entries
    )
