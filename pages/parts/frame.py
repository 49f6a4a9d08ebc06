"""The main script: page config, navigation, language, filters, link, notices, and then the page itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import streamlit as st

from ogi.labels import Labels
from ogi.view import PAGES
from pages.parts import share_panel, sidebar
from pages.parts.address import (
    clear_filters,
    current_view,
    notices,
    query_of,
    take_address,
    take_language,
    take_refused,
    take_turn,
    write_address,
)
from pages.parts.chart_clicks import listen_to_charts
from pages.parts.chart_style import style_charts
from pages.parts.granted import Granted, granted, watch
from pages.parts.loading import show_progress
from pages.parts.modules import load_modules_of
from pages.parts.plain import plain
from pages.parts.sample_library import sample_library
from pages.parts.signed_in import is_open, show_sign_in, show_visitor
from pages.parts.stage import Stage, set_stage
from pages.parts.store import show_trouble, store
from pages.parts.uploads import session_library
from pages.parts.visitor import take_visitor

FOLDER = Path(__file__).resolve().parent.parent
ICON = Path(__file__).with_name("favicon.svg")
ICONS = {
    "overview": "dashboard",
    "years": "difference",
    "agencies": "leaderboard",
    "agency": "domain",
    "proactive": "campaign",
    "applications": "inbox",
    "disputes": "gavel",
    "reports": "folder_open",
    "checks": "rule",
    "report": "description",
    "key_in": "keyboard",
    "search": "search",
    "expected": "fact_check",
    "consolidation": "functions",
    "organs": "apartment",
    "upload": "upload_file",
    "self_check": "checklist",
    "methodology": "menu_book",
    "share": "share",
    "audit": "policy",
}
WITH_FILTERS = (
    "overview",
    "years",
    "agencies",
    "agency",
    "proactive",
    "applications",
    "disputes",
    "checks",
)


def run() -> None:
    """Draw the frame and the page inside it."""
    st.set_page_config(page_icon=str(ICON), layout="wide")
    take_language()
    found = granted()
    labels = Labels(current_view().lang)
    if not take_visitor(lambda: store().records).may_read and found is None:
        show_sign_in(labels)
        return
    pages = {
        name: st.Page(
            FOLDER / f"{name}.py",
            title=labels(f"page.{name}"),
            icon=f":material/{ICONS[name]}:",
            url_path=name,
            default=name == PAGES[0],
        )
        for name in PAGES
    }
    chosen = st.navigation(list(pages.values()), position="hidden")
    page = chosen.url_path or PAGES[0]
    view = take_address(page, found.grant if found else None)
    wanted = take_turn() or view.page
    if wanted != page:
        st.switch_page(pages[wanted], query_params=query_of(replace(view, page=wanted), wanted))
    if view.lang != labels.lang:
        st.rerun()
    set_stage(Stage(labels=labels, view=view, library=session_library(), progress=sample_library().progress(), pages=pages))
    if found is None:
        sidebar.page_links(view, pages)
    sidebar.language_switch(view)
    if found is None:
        show_visitor(labels)
    draw(page, labels, found)
    if found is not None or is_open(page, labels):
        load_modules_of(FOLDER / f"{page}.py")
        chosen.run()


def draw(page: str, labels: Labels, found: Granted | None) -> None:
    """Draw what surrounds every page: filters and link in the sidebar, notices and progress at the top."""
    view, library = current_view(), session_library()
    write_address(view, page)
    if found is not None:
        watch()
        share_panel.show_shared(found.share, labels)
    elif page not in ("share", "audit"):
        share_panel.show(view, library, labels)
    if page in WITH_FILTERS:
        sidebar.filters(view, library, labels)
        style_charts()
    if found is None and page not in WITH_FILTERS:
        share_panel.show_address(view, library, page, labels)
    show_notices(labels)
    if page in WITH_FILTERS and found is None:
        show_trouble(labels)
        listen_to_charts()
    show_progress(labels)


def show_notices(labels: Labels) -> None:
    """Say what the address asked for and cannot be shown."""
    refused = take_refused()
    if refused:
        st.warning("\n".join(f"- {plain(notice.text(labels))}" for notice in refused), icon=":material/lock:")
    said = notices()
    if not said:
        return
    with st.container(key="address_notices"):
        st.warning("\n".join(f"- {plain(notice.text(labels))}" for notice in said), icon=":material/link_off:")
        st.button(labels("frame.forget_notices"), key="forget_notices", on_click=clear_filters, type="tertiary")


run()
