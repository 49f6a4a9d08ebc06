"""Who has reported, organ by year, as a table with a link to each report."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from ogi.labels import Labels
from ogi.store.expected import Matrix, YearStanding, matrix_rows
from ogi.store.reports import stored
from ogi.view import View
from pages.parts.address import go_to
from pages.parts.report_list import linked_html
from pages.parts.scrolling import scrolling
from pages.parts.store import look

_SHOWN_STANDINGS = ("received", "errors", "partial", "missing")
_MOST = 500
"""So many organs are drawn; the download holds all."""


def show_matrix(found: Matrix, view: View, labels: Labels) -> None:
    """Draw how many stand how in each year, and the matrix."""
    st.markdown("  \n".join(_counts(found, year, labels) for year in found.years))
    linked_html(matrix_html(found, labels), "expected_matrix", _open)
    if len(found.rows) > _MOST:
        st.caption(labels("expected.more", shown=_MOST, count=len(found.rows)))


def _counts(found: Matrix, year: int, labels: Labels) -> str:
    counts = found.count(year)
    parts = [f"{labels(f'exchange.expected.standing.{name}')} {counts[name]}" for name in _SHOWN_STANDINGS]
    return f"**{year}** · {' · '.join(parts)}"


def matrix_html(found: Matrix, labels: Labels) -> str:
    """Return the matrix as HTML, every text escaped."""
    heads = "".join(f'<th scope="col">{year}</th>' for year in found.years)
    lines = []
    for row in found.rows[:_MOST]:
        cells = "".join(_cell(row.years[year], year, labels) for year in found.years)
        lines.append(f'<tr><th scope="row">{escape(row.organ.name)}</th>{cells}</tr>')
    head = f'<thead><tr><th scope="col">{escape(labels("reports.column.organ"))}</th>{heads}</tr></thead>'
    return scrolling(f'<table class="matrix">{head}<tbody>{"".join(lines)}</tbody></table>', labels("page.expected"))


def matrix_frame(found: Matrix, labels: Labels) -> pd.DataFrame:
    """Return the matrix for a download."""
    heads, *rows = matrix_rows(found, labels)
    return pd.DataFrame(rows, columns=pd.Index(heads))


def _cell(standing: YearStanding, year: int, labels: Labels) -> str:
    words = escape(labels(f"exchange.expected.standing.{standing.standing}"))
    if standing.report_id is not None:
        words = f'<button data-report="{standing.report_id}">{words}</button>'
    return f'<td class="{standing.standing}" data-label="{year}">{words}</td>'


def _open(report_id: str) -> None:
    found = look(lambda c: stored(c, int(report_id)))
    go_to("report", report=found.key, cell=None)
