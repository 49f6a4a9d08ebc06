"""The selection a request is about, and what is said of it in every answer."""

from __future__ import annotations

from typing import Any

from ogi.comparison.shown import shown
from ogi.labels import Labels
from ogi.library import Library
from ogi.selection import Selection, select
from ogi.view import describe, resolve_collection
from web.api.asked import Asked
from web.api.problem import Problem

TOO_MANY_TO_LIST = 422


def selected(asked: Asked, library: Library) -> Selection:
    """Return what the view selects, as the pages do."""
    return select(library, shown(asked.view, library))


def about(asked: Asked, library: Library, selection: Selection) -> dict[str, Any]:
    """Return the sentence above the charts, and what the view asks for and cannot be shown."""
    labels = Labels(asked.view.lang)
    return {
        "sentence": describe(selection.view, labels, library),
        "collection": resolve_collection(asked.view, library),
        "notices": [notice.text(labels) for notice in selection.notices],
    }


def refuse_wide(asked: Asked, selection: Selection) -> None:
    """Refuse what is made of each report where there are too many of them.

    Raises:
        Problem: the selection is of more reports than are taken out one by one.
    """
    if selection.is_wide:
        raise Problem(code="too_many", status=TOO_MANY_TO_LIST, lang=asked.view.lang, params={"count": len(selection.rows)})
