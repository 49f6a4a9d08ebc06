"""The dictionary as tables for the methodology page: what stands in ``ogi/data``, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, get_args

import pandas as pd
import streamlit as st

from ogi.form import load_form
from ogi.labels import Labels
from ogi.report import State
from pages.parts.formula_words import formula_words, key_words
from pages.parts.tips import caution_of


def editions(labels: Labels) -> pd.DataFrame:
    """The editions of the form: document, years, tables, number of cells."""
    return _table(
        labels,
        "editions",
        [
            (
                edition.label(labels.lang),
                edition.document,
                f"{edition.report_years.first}–{edition.report_years.last or ''}",
                len(edition.tables),
                len(edition.cells),
                edition.verification(labels.lang),
            )
            for edition in load_form().editions.values()
        ],
        ["name", "document", "years", "tables", "cells", "note"],
    )


def cells(labels: Labels) -> pd.DataFrame:
    """Every row and column of every edition with its unit and rule of law; one line per row of a table and column."""
    rows = [
        (
            edition.label(labels.lang),
            cell.table.label(labels.lang),
            cell.row.ordinal,
            cell.row.label(labels.lang),
            cell.column.label(labels.lang),
            labels.unit(cell.unit),
            cell.row.law or "",
            cell.row.note(labels.lang) or cell.column.note(labels.lang),
            cell.key,
        )
        for edition in load_form().editions.values()
        for cell in edition.cells.values()
    ]
    return _table(labels, "cells", rows, ["edition", "table", "ordinal", "row", "column", "unit", "law", "note", "key"])


def checks(labels: Labels) -> pd.DataFrame:
    """Every check with severity, formula in words and the message shown where it does not hold."""
    form = load_form()
    rows = [
        (
            check.id.split("_")[0],
            labels(f"checks.severity.{check.severity}"),
            labels("methodology.yes") if check.reminder else "",
            formula_words(check.formula, labels),
            re.sub(r"\{[a-z_0-9]+\}", "…", check.label(labels.lang)),
            labels("list_separator").join(form.editions[e].label(labels.lang) for e in check.formats if e in form.editions),
            check.id,
        )
        for check in form.checks.values()
    ]
    return _table(labels, "checks", rows, ["id", "severity", "reminder", "formula", "message", "editions", "key"])


def indicators(labels: Labels) -> pd.DataFrame:
    """Every indicator with formula in words, unit, smallest base and caution."""
    rows = [
        (
            indicator.id.split("_")[0],
            indicator.label(labels.lang),
            formula_words(indicator.formula, labels),
            labels.unit(indicator.unit),
            formula_words(indicator.min_n, labels) if indicator.min_n else "",
            caution_of(indicator, labels),
            indicator.id,
        )
        for indicator in load_form().indicators.values()
    ]
    return _table(labels, "indicators", rows, ["id", "name", "formula", "unit", "base", "caution", "key"])


def derived(labels: Labels) -> pd.DataFrame:
    """Figures computed from cells; they are marked as derived wherever they are shown."""
    rows = [(d.label(labels.lang), formula_words(d.formula, labels), labels.unit(d.unit), d.key) for d in load_form().derived]
    return _table(labels, "derived", rows, ["name", "formula", "unit", "key"])


def comparability(labels: Labels) -> pd.DataFrame:
    """Which figures may be joined in one line across editions."""
    rows = [
        (
            concept.concept if labels.lang == "zh" else concept.en,
            *(key_words(key, labels.lang) if key else "—" for key in (concept.st2014, concept.gf2019, concept.gf2021)),
            labels(f"methodology.comparability.{concept.status_2019_2021}"),
            labels(f"methodology.comparability.{concept.status_2014_2019}"),
            concept.note if labels.lang == "zh" else concept.note_en,
        )
        for concept in load_form().comparability
    ]
    names = ["name", "st2014", "gf2019", "gf2021", "status_2019_2021", "status_2014_2019", "note"]
    return _table(labels, "comparability", rows, names)


def states(labels: Labels) -> pd.DataFrame:
    """How a cell may be found; only a printed number is a number, and none of the others is ever 0."""
    rows = [(labels(f"state.{state}"), labels(f"methodology.state.{state}"), state) for state in get_args(State)]
    return _table(labels, "states", rows, ["name", "meaning", "key"])


SECTIONS: dict[str, Callable[[Labels], pd.DataFrame]] = {
    "indicators": indicators,
    "checks": checks,
    "cells": cells,
    "derived": derived,
    "comparability": comparability,
    "states": states,
    "editions": editions,
}
"""The parts of the page, in order."""
LONG = ("cells",)
"""Parts too long to print whole; they are shown in a table of their own with scroll bar."""


def matching(table: pd.DataFrame, wanted: str) -> pd.DataFrame:
    """The rows in which every word of ``wanted`` occurs somewhere; all rows where nothing is wanted."""
    if not wanted.strip():
        return table
    text = table.astype(str).agg(" ".join, axis=1).str.casefold()
    for word in wanted.casefold().split():
        text = text[text.str.contains(word, regex=False)]
    return table.loc[text.index]


def widths(table: pd.DataFrame) -> dict[str, Any]:
    """Column widths: long texts get room, keys and numbers little."""
    sizes = {}
    for column in table.columns:
        longest = int(table[column].astype(str).str.len().max())
        size = "large" if longest > 30 else "medium" if longest > 12 else "small"
        sizes[column] = st.column_config.Column(width=size)
    return sizes


def _table(labels: Labels, section: str, rows: list[tuple], names: list[str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=pd.Index([labels(f"methodology.column.{name}") for name in names]))
