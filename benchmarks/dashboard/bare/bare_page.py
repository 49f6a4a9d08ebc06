"""One button and one chart, as small as a page with a chart can be; ``?figure=`` names a file with another figure."""

import json
from pathlib import Path

import streamlit as st

from ogi.charts import CONFIG, ReadyFigure

count = st.session_state.get("count", 0)


def _more() -> None:
    st.session_state["count"] = count + 1


st.button("more", on_click=_more, key="more")
st.write(f"count={count}")
if path := st.query_params.get("figure"):
    figure = json.loads(Path(path).read_text(encoding="utf-8"))
    figure["layout"]["title"] = {"text": f"chart {count}"}
    st.plotly_chart(ReadyFigure(figure), config=CONFIG, key="plot")
else:
    trace = {"type": "scatter", "x": list(range(7)), "y": [count + n for n in range(7)]}
    st.plotly_chart({"data": [trace], "layout": {"title": {"text": f"chart {count}"}}}, key="plot")
