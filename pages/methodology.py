"""口径说明: every figure, check, indicator and state, rendered from the dictionary and searchable."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ogi.spreadsheet import csv_of
from pages.parts import dictionary_tables
from pages.parts.stage import stage

labels = stage().labels

st.title(labels("methodology.title"), help=labels("methodology.tip"), anchor=False)
st.markdown(labels("methodology.intro"))
wanted = st.text_input(
    labels("methodology.search"),
    key="methodology_search",
    placeholder=labels("methodology.search_hint"),
    icon=":material/search:",
)

found = {section: dictionary_tables.matching(build(labels), wanted) for section, build in dictionary_tables.SECTIONS.items()}
titles = [
    labels("methodology.tab", title=labels(f"methodology.{section}.title"), count=len(table)) for section, table in found.items()
]
for tab, (section, table) in zip(st.tabs(titles), found.items(), strict=True):
    with tab:
        name = labels(f"methodology.{section}.title")
        st.caption(labels(f"methodology.{section}.tip"))
        if table.empty:
            st.info(labels("methodology.nothing", wanted=wanted), icon=":material/search_off:")
        elif section in dictionary_tables.LONG:
            st.dataframe(
                table, hide_index=True, key=f"methodology_{section}", column_config=dictionary_tables.widths(table), alt=name
            )
        else:
            st.table(table, hide_index=True, border="horizontal", alt=name)
        st.download_button(
            labels("chart_part.csv"),
            partial(csv_of, table),
            file_name=f"{section}.csv",
            mime="text/csv",
            icon=":material/download:",
            key=f"csv_{section}",
            on_click="ignore",
        )
