"""The colour of the words in charts: that of the page they stand on, light or dark."""

from __future__ import annotations

import streamlit as st

CHART_STYLE = """<style>
.stPlotlyChart text:not(.heatmap-label *, .bartext-inside, .hoverlayer *) {
  fill: currentColor !important;
  fill-opacity: .8 !important;
}
</style>"""
"""Streamlit draws them in a grey of 3.7:1 on its light page. Words on coloured cells, and those of a tip, keep their own."""
WORDS_OPACITY = 0.8


def style_charts() -> None:
    """Put the style into the page; what stands in pictures taken from a chart is not changed by it."""
    st.html(CHART_STYLE)
