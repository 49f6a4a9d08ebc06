"""Which figures and charts stand for a view on the page of a link: few, for a reader with a minute."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from ogi.charts.palette import colours, sequence, single
from ogi.charts.words import measure_name, short_name
from ogi.comparison.headline_words import FIGURES
from ogi.labels import Labels
from ogi.view import View

Kind = Literal["columns", "stack"]
_OF_PAGE: dict[str, tuple[str, ...]] = {
    "proactive": (
        "normative_documents.in_force", "normative_documents.issued", "licensing.decisions",
        "penalty.decisions", "coercion.decisions", "fees.amount_wan_yuan",
    ),
    "disputes": (
        "reconsideration.total", "reconsideration.corrected", "I23_review_corrected_rate",
        "litigation_all.total", "litigation_all.corrected", "I24_lit_loss_rate",
    ),
}  # fmt: skip
_OWN_MEASURE = ("agencies", "agency", "applications")
"""Pages on which the reader's own figure is the point."""
RANKED = 12
"""So many organs are ranked by name."""


class Wanted(NamedTuple):
    """One chart over years: its subject (a message), and the key, name and colour of each series."""

    subject: str
    kind: Kind
    series: tuple[tuple[str, str, str], ...]


def figures_of(view: View) -> tuple[str, ...]:
    """Return the headline figures of a view, at most seven."""
    found = _OF_PAGE.get(view.page, tuple(FIGURES))
    return tuple(dict.fromkeys((view.measure, *found))) if view.page in _OWN_MEASURE else found


def figure_name(key: str, labels: Labels) -> str:
    """Return the name of a headline figure, the same as on the overview where it stands there."""
    return labels(f"overview.{FIGURES[key]}") if key in FIGURES else measure_name(labels, key)


def ranked_by(view: View) -> str:
    """Return the figure by which organs are ranked."""
    return view.measure if view.page in _OWN_MEASURE else figures_of(view)[0]


def charts_of(view: View, labels: Labels) -> tuple[Wanted, ...]:
    """Return the charts over years of a view: two, and a third for where there is only one organ and nothing to rank."""
    if view.page == "proactive":
        return (
            _columns("documents", ["normative_documents.in_force", "normative_documents.issued"], labels),
            _columns("decisions", ["licensing.decisions", "penalty.decisions"], labels),
            _columns("fees", ["fees.amount_wan_yuan"], labels),
        )
    reviews = _stack("reconsideration", "disputes", labels)
    suits = _columns("litigation", ["litigation_all.total", "litigation_all.corrected"], labels)
    if view.page == "disputes":
        return (reviews, suits, _columns("disputes", ["reconsideration.total", "litigation_all.total"], labels))
    who = view.applicant
    came = _columns("flow", [f"applications.received.{who}", f"applications.result_total.{who}"], labels)
    outcomes = tuple((f"applications.{row}.{who}", short_name(labels, row), c) for row, c in colours("outcomes").items())
    return (came, Wanted("outcomes", "stack", outcomes), reviews)


def _columns(subject: str, keys: Sequence[str], labels: Labels) -> Wanted:
    tones = [single(), *sequence()[1:]]
    series = tuple((key, measure_name(labels, key), tones[place]) for place, key in enumerate(keys))
    return Wanted(subject, "columns", series)


def _stack(block: str, group: str, labels: Labels) -> Wanted:
    series = tuple((f"{block}.{column}", short_name(labels, column), colour) for column, colour in colours(group).items())
    return Wanted(block, "stack", series)
