"""The link to a page with figures, what it cannot carry, and the way back to everything."""

from __future__ import annotations

import streamlit as st

from ogi.view import carries, is_group
from pages.parts.address import clear_filters, link, query_of
from pages.parts.groups import MOST_WRITTEN
from pages.parts.plain import plain
from pages.parts.stage import Stage


def show_sharing(at: Stage, page: str) -> None:
    """Draw the link with a button that copies it, what it cannot carry, and the button that resets the page."""
    with st.container(horizontal=True, width="content", vertical_alignment="center", gap="xsmall"):
        _buttons(at, page)


def _buttons(at: Stage, page: str) -> None:
    labels, view = at.labels, at.view
    drawer = st.popover(labels("share.short"), icon=":material/link:", key="sharing", help=labels("share.tip"), on_change="rerun")
    if drawer.open:  # its copy button costs half a megabyte
        with drawer:
            st.caption(labels("share.hint"))
            st.code(link(view, page), language=None, wrap_lines=True)
            for text in not_carried(at, page):
                st.caption(f":material/info: {plain(text)}")
    st.button(
        labels("share.reset"), key="reset_view", icon=":material/restart_alt:", type="tertiary", on_click=clear_filters,
        help=labels("share.reset_tip"),
    )  # fmt: skip


def not_carried(at: Stage, page: str) -> list[str]:
    """What a link to this page cannot carry, as sentences."""
    labels, view = at.labels, at.view
    found = [notice.text(labels) for notice in carries(view, at.library)]
    organs = dict(query_of(view, page)).get("organs", "")
    if is_group(organs) or view.groups or is_group(view.focus_organ or ""):
        found.append(labels("share.group"))
    elif len(view.organs) > MOST_WRITTEN:
        found.append(labels("share.long", count=len(view.organs)))
    found.append(labels("share.typed"))
    return found
