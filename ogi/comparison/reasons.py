"""Why a figure of two editions is not joined, in the words of the dictionary."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from ogi.form import load_form
from ogi.labels import Labels
from ogi.lineage import WAYS
from ogi.selection.comparability import all_breaks


def why_apart(key: str, status: str, labels: Labels) -> str:
    """Return in a sentence what keeps the years of ``key`` apart, or what to mind where they may be joined with care.

    Args:
        key: a cell.
        status: ``caution``, ``not_comparable`` or ``absent``, or what became of the organ; for ``same`` the text is empty.
        labels: the language.
    """
    if status == "same":
        return ""
    if status in WAYS:
        return labels(f"comparison.apart.{status}")
    note = _note(key, labels.lang)
    return labels(f"comparison.apart.{status}", note=labels("comparison.apart.note", note=note) if note else "")


def of_form(apart: Mapping[int, str]) -> list[str]:
    """Return the statuses that say something of single lines; what became of the organ itself concerns all of them."""
    return [status for status in apart.values() if status not in WAYS]


def law_changes(key: str, before: int, after: int, labels: Labels) -> list[str]:
    """Return the changes of law or form between two years that concern a figure."""
    return [item.label(labels.lang) for item in all_breaks() if before < item.report_year <= after and item.concerns(key)]


@lru_cache(maxsize=2048)
def _note(key: str, lang: str) -> str:
    """The note of the concept a cell belongs to; that of the total where a kind of applicant has none of its own."""
    row, _, _ = key.rpartition(".")
    for candidate in (key, f"{row}.total"):
        for concept in load_form().comparability:
            if candidate in (concept.st2014, concept.gf2019, concept.gf2021):
                return (concept.note if lang == "zh" else concept.note_en) or ""
    return ""
