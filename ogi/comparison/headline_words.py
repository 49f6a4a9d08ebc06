"""Headline figures in words: the value, its change, and what to mind; for rows of :meth:`ogi.selection.Selection.headline`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ogi.labels import Labels

FIGURES = {
    "applications.received.total": "received",
    "applications.result_total.total": "closed",
    "I04_grant_rate": "disclosure_rate",
    "reconsideration.total": "reconsideration",
    "litigation_all.total": "litigation",
    "applications.carried_over.total": "carried_over",
}
"""The figures of the row by the key of their message."""


def value_words(row: Mapping[str, Any], labels: Labels) -> str:
    """The figure in words: a count, a rate, or a dash where there is none to show."""
    if pd.isna(row["value"]):
        return "—"
    if row["kind"] == "rate":
        return f"{row['value'] * 100:.1f}%"
    return f"{row['value']:,.0f}"


def change_words(row: Mapping[str, Any], labels: Labels) -> str:
    """The change against the year before over the same organs, or why there is none."""
    if not has_change(row):
        return labels(f"overview.no_change.{row['reason'] or 'no_previous'}")
    if not row["change"]:
        return labels("overview.no_change.same")
    if row["kind"] == "rate":
        return f"{row['change']:+.1f} {labels('overview.pp')}"
    change = f"{row['change']:+,.0f}"
    return change if pd.isna(row["percent"]) else f"{change} ({row['percent'] * 100:+.1f}%)"


def has_change(row: Mapping[str, Any]) -> bool:
    """Whether a figure has a change to show."""
    return not pd.isna(row["change"])


def notes(row: Mapping[str, Any], labels: Labels) -> list[str]:
    """What the change is against, base of a rate, coverage, and what to mind."""
    found = []
    if has_change(row):
        key = "overview.compared" if row["n_expected"] > 1 else "overview.compared_one"
        found.append(labels(key, year=row["previous_year"], organs=row["n_matched"]))
    if row["kind"] == "rate" and not pd.isna(row["denominator"]):
        found.append(labels("overview.base", part=f"{row['numerator']:,.0f}", base=f"{row['denominator']:,.0f}"))
        if row["base_class"] in ("few", "counts_only"):
            found.append(labels("overview.small_base" if row["base_class"] == "few" else "overview.counts_only"))
    if row["n_expected"] > 1:
        found.append(labels("overview.covers", known=row["n_present"], all=row["n_expected"]))
    if row["comparability"] == "caution":
        found.append(labels("overview.caution"))
    if row["comparability"] == "merged":
        found.append(labels("comparison.apart.merged"))
    return found
