"""A chart on a page: heading with tip, unit, one-sentence reading, picture with alternative text, data and download."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ogi.charts import CONFIG, Chart, ReadyFigure
from ogi.charts.clicks import emphasised
from ogi.form import load_form
from ogi.labels import Labels
from pages.parts.address import data_link
from pages.parts.opening import not_asked
from pages.parts.plain import plain
from pages.parts.share_state import shared_code
from pages.parts.stage import Stage, stage


def show_chart(chart: Chart, labels: Labels, *, key: str, tip: str, asks: Sequence[str] = ()) -> None:
    """Draw ``chart``; ``key`` names its widgets, ``tip`` explains the figure at its heading.

    ``asks`` names the cells it is made of: where it is empty because no edition in the selection asks for any of them,
    that is said instead of an empty picture.
    """
    if chart.is_empty and asks and not _is_asked(asks):
        not_asked(chart, key=key)
        return
    with st.container(key=f"chart_{key}"):
        st.subheader(chart.title, help=tip, anchor=False)
        if chart.unit:
            st.caption(labels("chart_part.unit", unit=chart.unit))
        st.markdown(plain(chart.sentence))
        if chart.is_empty:
            return
        at = stage()
        figure = emphasised(chart.figure, at.view.focus_organ, at.view.focus_year)
        drawing = ReadyFigure({**figure, "layout": {**figure["layout"], "meta": {"picture": picture_words(chart, at)}}})
        st.plotly_chart(drawing, config=CONFIG, key=f"plot_{key}", alt=chart.alt)
        data = st.expander(labels("chart_part.data"), icon=":material/table:", key=f"data_{key}", on_change="rerun")
        if not data.open:  # the table and what draws it are sent to those who ask for it
            return
        with data:
            st.dataframe(chart.table, hide_index=True, key=f"table_{key}", alt=chart.title)
            st.download_button(
                labels("chart_part.csv"),
                chart.csv,
                file_name=f"{chart.filename}.csv",
                mime="text/csv",
                icon=":material/download:",
                key=f"csv_{key}",
                on_click="ignore",
            )
            if shared_code() is None:
                st.caption(labels("chart_part.api", address=f"`{data_link(at.view, at.view.page)}`"))


def picture_words(chart: Chart, at: Stage) -> dict[str, object]:
    """What a picture of the chart says outside the page: title with unit, the sentence of the view, its reading, the source.

    The day is filled in by the browser when the picture is taken.
    """
    labels = at.labels
    title = f"{chart.title} ({chart.unit})" if chart.unit else chart.title
    source = labels("picture.source", collection=labels(f"view.collection.{at.collection}"), date="{date}")
    return {"title": title, "lines": [at.sentence, chart.sentence], "source": source, "filename": chart.filename}


def _is_asked(keys: Sequence[str]) -> bool:
    """Whether any report shown is of an edition that has one of these cells."""
    form = load_form()
    wanted = {
        (table.table.id, edition) for key in keys for edition in form.editions_of(key) if (table := form.cell(key, edition))
    }
    found = {table: stage().selection.editions_of(table) for table, _ in wanted}
    return any(edition in found[table] for table, edition in wanted)
