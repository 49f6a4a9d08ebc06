"""What of a view decides which reports are shown and what their figures are."""

from __future__ import annotations

from dataclasses import replace

from ogi.view.state import View

_DEFAULT = View()
_PRESENTATION = (
    "page", "measure", "basis", "sort", "chart", "focus_year", "focus_organ", "applicant", "rows", "applicants", "against",
    "bubble", "figures", "where", "peers_of", "report", "cell", "search", "only", "order", "list_page",
    "children_of", "groups", "lines", "severities", "standings", "check", "finding",
)  # fmt: skip
"""Fields that say how something is shown, or that are told to a selection by whoever asks it: never which reports or numbers.

A field that is not listed here is taken to matter, so a new one makes results at worst twice, never wrong.
"""

OF_HEADLINES = ("baseline",)
"""Fields that only headlines depend on, which are kept under them, and notices, which each view has of its own."""


def asked_of(view: View) -> View:
    """Return the view without what makes no difference to a selection; views that ask the same become equal."""
    return replace(view, **{name: getattr(_DEFAULT, name) for name in (*_PRESENTATION, *OF_HEADLINES)})
