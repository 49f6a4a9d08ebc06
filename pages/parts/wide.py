"""What a page shows where more reports are chosen than can be drawn one by one: sums, provinces and ranks as tables."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from ogi.form import load_form
from ogi.spreadsheet import csv_of
from pages.parts.choices import choose_year
from pages.parts.frames import show_scope_note
from pages.parts.headline import FIGURES, show_headline
from pages.parts.stage import Stage
from pages.parts.tips import measure_name

_TOP = 20


def show_wide(stage: Stage) -> None:
    """Draw what can be said of many reports, and how to see the charts of the page."""
    labels, selection = stage.labels, stage.selection
    st.info(labels("wide.note", reports=f"{len(selection.in_scope):,}", limit=f"{stage.limit:,}"), icon=":material/filter_alt:")
    show_headline(stage)
    show_scope_note(stage)
    sums = selection.totals([selection.key(key) for key in FIGURES]).frame
    sums["figure"] = [measure_name(key, labels) for key in sums["key"]]
    st.subheader(labels("wide.years"), help=labels("wide.years_tip"), anchor=False)
    _table(stage, sums, ("report_year", "figure", "value", "n_present", "n_reports", "n_expected"), "years", labels("wide.years"))
    key = selection.key(stage.view.measure)
    name, year = measure_name(key, labels), choose_year(stage)
    provinces = selection.by_province([key])
    provinces = provinces.loc[provinces["report_year"] == year].sort_values("value", ascending=False, na_position="last")
    provinces["province"] = provinces["province"].replace("", labels("wide.unplaced"))
    title = labels("wide.provinces", year=year, name=name)
    st.subheader(title, help=labels("wide.provinces_tip"), anchor=False)
    _table(stage, provinces, ("province", "value", "n_present", "n_reports"), "provinces", title)
    title = labels("wide.top", year=year, name=name, count=_TOP)
    st.subheader(title, help=labels("wide.top_tip"), anchor=False)
    largest = selection.top(key, year, _TOP)
    base = ("numerator", "denominator") if key in load_form().indicators else ()
    _table(stage, largest, ("rank", "organ_name", "value", *base), "top", title)


def _table(stage: Stage, frame: pd.DataFrame, columns: Sequence[str], key: str, title: str) -> None:
    labels = stage.labels
    shown = frame.loc[:, list(columns)]
    shown.columns = pd.Index([labels(f"wide.column.{name}") for name in columns])
    st.dataframe(shown, hide_index=True, key=f"table_wide_{key}", alt=title)
    st.download_button(
        labels("chart_part.csv"),
        csv_of(shown),
        file_name=f"{key}.csv",
        mime="text/csv",
        icon=":material/download:",
        key=f"csv_wide_{key}",
        on_click="ignore",
    )
