"""报告: every report of the library, to search, filter, sort and open."""

from __future__ import annotations

from math import ceil

import streamlit as st

from pages.parts.address import change_view, go_to
from pages.parts.corrections_table import show_corrections_table
from pages.parts.report_filters import clear, has_conditions, reports_of, show_filters
from pages.parts.report_head import bring_back, show_undelete
from pages.parts.report_list import report_list
from pages.parts.signed_in import is_for, show_way_to_upload
from pages.parts.stage import stage
from pages.parts.store import is_at_hand, look, show_said, telling

ON_A_PAGE = 50
at = stage()
labels, view = at.labels, at.view


def choose(name: str) -> None:
    """Open a report by its key; bring a deleted one, named by its number, back."""
    if name.isdecimal():
        bring_back(int(name), labels)
    else:
        go_to("report", report=name, cell=None)


def show_empty(name: str) -> None:
    """Say that there is nothing to list, and what to do."""
    with st.container(border=True, horizontal_alignment="center", key=f"empty_{name}"):
        icon = ":material/inbox:" if name == "nothing" else ":material/filter_alt_off:"
        st.subheader(labels(f"reports.empty.{name}_title"), anchor=False, icon=icon, text_alignment="center")
        st.markdown(labels(f"reports.empty.{name}_text"), text_alignment="center")
        if name == "nothing":
            show_way_to_upload(labels)
        else:
            st.button(labels("reports.empty.filtered_way"), key="clear_conditions", on_click=clear)


st.title(labels("page.reports"), help=labels("reports.tip"), anchor=False)
show_said()
show_undelete(labels)
if not is_at_hand(labels):
    st.stop()
with telling(labels):
    show_filters(view, labels)
    found = look(lambda c: reports_of(c, view, (view.list_page - 1) * ON_A_PAGE, ON_A_PAGE))
    pages = max(1, ceil(found.total / ON_A_PAGE))
    if not found.rows and view.list_page > 1:  # the list has become shorter than the address remembers
        change_view(list_page=1)
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        first = (view.list_page - 1) * ON_A_PAGE + 1
        words = {"total": f"{found.total:,}", "first": first, "last": first + len(found.rows) - 1}
        st.markdown(labels("reports.count" if pages > 1 else "reports.count_all", **words))
        if is_for("key_in"):
            st.button(
                labels("reports.key_in"), key="new_keyed", icon=":material/keyboard:", type="tertiary",
                on_click=go_to, args=("key_in",), kwargs={"report": None},
            )  # fmt: skip
    if found.rows:
        report_list(found.rows, view, labels, choose)
    else:
        show_empty("filtered" if has_conditions(view) else "nothing")
    if pages > 1:
        turned = st.pagination(pages, default=min(view.list_page, pages), key=f"list_page_{view.list_page}")
        if turned != view.list_page:
            change_view(list_page=turned)
            st.rerun()
    show_corrections_table(labels)
