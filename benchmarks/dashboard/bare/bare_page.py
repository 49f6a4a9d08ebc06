"""One button and one chart of one trace, as small as a page with a chart can be."""

import streamlit as st

count = st.session_state.get("count", 0)


def _more() -> None:
    st.session_state["count"] = count + 1


st.button("more", on_click=_more, key="more")
st.write(f"count={count}")
if st.query_params.get("chart", "1") == "1":
    st.plotly_chart(
        {
            "data": [{"type": "scatter", "x": list(range(7)), "y": [count + n for n in range(7)]}],
            "layout": {"title": {"text": f"chart {count}"}},
        },
        key="plot",
    )
