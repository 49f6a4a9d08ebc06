"""What a search found, as HTML: report, section, and the sentence with the words marked."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from ogi.form import load_form
from ogi.labels import Labels
from ogi.store.search import Hit
from ogi.view import View
from pages.parts.report_list import report_link


def hits_html(hits: Iterable[Hit], view: View, labels: Labels) -> str:
    """Return the hits, every text escaped."""
    return "".join(f"<article>{_hit(hit, view, labels)}</article>" for hit in hits)


def _hit(hit: Hit, view: View, labels: Labels) -> str:
    title = labels("report.title", organ=hit.organ_name, year=hit.report_year, scope=labels(f"view.scope.{hit.scope}"))
    section = " · ".join(part for part in (section_name(hit.section, labels), _times(hit, labels)) if part)
    return f"{report_link(hit.key, title, view)}<p>{marked(hit)}</p><small>{escape(section)}</small>"


def section_name(section: str, labels: Labels) -> str:
    """What a section of the form is called; empty for a part the form does not have."""
    for edition in load_form().editions.values():
        for part in edition.sections:
            if part.key == section:
                return f"{part.ordinal}、{part.label(labels.lang)}"
    return ""


def marked(hit: Hit) -> str:
    """Return the sentence as HTML, its text escaped and the words marked."""
    done, parts = 0, []
    for start, end in sorted(hit.places):
        if start >= done:
            parts += [escape(hit.sentence[done:start]), f"<mark>{escape(hit.sentence[start:end])}</mark>"]
            done = end
    return "".join([*parts, escape(hit.sentence[done:])])


def _times(hit: Hit, labels: Labels) -> str:
    return labels("search_page.times", count=hit.times) if hit.times > 1 else ""
