"""What the list of reports shows: search, filters and order, all of them in the address."""

from __future__ import annotations

from typing import Any, get_args

import streamlit as st

from ogi.labels import Labels
from ogi.report import Scope
from ogi.store.listing import ReportFilter, ReportPage, list_reports, years_of
from ogi.view import View
from ogi.view.state import Only, Order
from pages.parts.address import change_view
from pages.parts.store import look
from pages.parts.widgets import draw

_LEVELS = ("national", "province", "city", "county", "township", "zone", "unknown")
_SCOPES = ("all", "own", "region_total", "system_total")


SCOPES_OF: dict[str, tuple[Scope, ...]] = {
    "all": (),
    "own": ("own", "unknown"),
    "region_total": ("region_total",),
    "system_total": ("system_total",),
}
"""What a scope of the view takes; a scope the document does not tell goes with the organ's own figures, as everywhere."""


def show_filters(view: View, labels: Labels) -> None:
    """Draw the fields; each choice goes into the address, and the list begins anew."""
    search, scope, order = st.columns([5, 3, 3])
    with search:
        search_field(view, labels("reports.search"), labels("reports.search_placeholder"))
    with scope:
        draw(
            st.selectbox, "scope", view.scope, apply=_apply("scope"), label=labels("filter.scope"), options=list(_SCOPES),
            format_func=lambda value: labels(f"view.scope.{value}"), help=labels("filter.scope_tip"),
        )  # fmt: skip
    with order:
        draw(
            st.selectbox, "order", view.order, apply=_apply("order"), label=labels("reports.order"),
            options=list(get_args(Order)), format_func=lambda value: labels(f"reports.order_option.{value}"),
        )  # fmt: skip
    years, levels = st.columns(2)
    with years:
        years_field(view, labels)
    with levels:
        draw(
            st.multiselect, "levels", list(view.levels), apply=_apply("levels"), label=labels("filter.levels"),
            options=list(_LEVELS), format_func=lambda value: labels(f"view.level.{value}"), placeholder=labels("filter.any"),
        )  # fmt: skip
    draw(
        st.pills, "only", list(view.only), apply=_apply("only"), label=labels("reports.only"), options=list(get_args(Only)),
        format_func=lambda value: labels(f"reports.only_option.{value}"), selection_mode="multi",
    )  # fmt: skip


def reports_of(connection: Any, view: View, offset: int, limit: int) -> ReportPage:
    """Return the reports the view asks for, one page of them."""
    only = set(view.only)
    status = (("complete",) if "complete" in only else ()) + (("partial", "missing") if "partly" in only else ())
    wanted = ReportFilter(
        text=view.search,
        organ_ids=view.organs,
        years=view.years,
        levels=view.levels,
        scopes=SCOPES_OF[view.scope],
        read_status=status,
        severity="error" if "errors" in only else "",
        corrected=True if "corrected" in only else None,
        flagged="flagged" in only,
        marked=True if "marked" in only else None,
        deleted="deleted" in only,
    )
    return list_reports(connection, wanted, sort=view.order, offset=offset, limit=limit)


def has_conditions(view: View) -> bool:
    """Whether the list leaves anything out."""
    return bool(view.search or view.organs or view.years or view.levels or view.only or view.scope != "all")


def clear() -> None:
    """Take all conditions away."""
    change_view(search="", organs=(), years=(), levels=(), only=(), scope="all", list_page=1)


def years_field(view: View, labels: Labels) -> None:
    """Draw the choice of report years."""
    draw(
        st.multiselect, "years", list(view.years), apply=_apply("years"), label=labels("filter.years"),
        options=sorted({*look(years_of), *view.years}, reverse=True), placeholder=labels("filter.any"),
    )  # fmt: skip


def search_field(view: View, label: str, placeholder: str) -> None:
    """Draw the field for words; what is typed goes into the address."""
    st.session_state["report_search"] = view.search

    def changed() -> None:
        typed = " ".join("".join(letter for letter in st.session_state["report_search"] if letter.isprintable()).split())
        change_view(search=typed[:80].strip(), list_page=1)

    st.text_input(
        label, key="report_search", max_chars=80, on_change=changed, type="search",
        placeholder=placeholder, icon=":material/search:",
    )  # fmt: skip


def _apply(name: str) -> Any:
    """Put a choice into the view and go to the first page."""

    def apply(chosen: Any) -> None:
        change_view(**{name: tuple(chosen) if isinstance(chosen, list) else chosen}, list_page=1)

    return apply
