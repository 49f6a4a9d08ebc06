"""Who has signed in, the way in and out, and pages that are for who may change something."""

from __future__ import annotations

import streamlit as st

from ogi.labels import Labels
from pages.parts.plain import plain
from pages.parts.stage import stage
from pages.parts.visitor import has_single_sign_on, settings, visitor, vouched_for

FOR_EDITORS = ("upload", "key_in", "share")
"""Pages that only enter and change, and the list of links, which names who made them."""
FOR_ADMINISTRATORS = ("audit",)
"""Pages for administrators; of neither the others see a link."""


def show_sign_in(labels: Labels) -> None:
    """Draw the ways to sign in, in place of a page."""
    with st.container(border=True, horizontal_alignment="center", key="sign_in"):
        st.subheader(labels("access.page.title"), anchor=False, icon=":material/lock:", text_alignment="center")
        st.markdown(labels("access.page.text"), text_alignment="center")
        if address := vouched_for(st.user):
            st.warning(plain(labels("access.page.unknown", address=address)), icon=":material/person_off:")
            st.button(labels("access.page.leave"), on_click=st.logout, key="sso_leave")
            return
        if has_single_sign_on():
            st.button(labels("access.page.single"), on_click=st.login, key="sso", type="primary", icon=":material/badge:")
        st.link_button(labels("access.page.with_password"), _there("sign-in", labels), icon=":material/password:")


def show_visitor(labels: Labels) -> None:
    """Say in the sidebar who has signed in, with the way out; or the way in where reading is public."""
    who = visitor()
    if who.is_local:
        return
    with st.sidebar.container(key="visitor"):
        if not who.name:
            st.link_button(labels("access.page.enter"), _there("sign-in", labels), icon=":material/login:", width="stretch")
            return
        st.caption(plain(labels("access.page.signed_in", name=who.name, role=labels(f"access.role.{who.role}"))))
        if vouched_for(st.user):
            st.button(labels("access.page.leave"), on_click=st.logout, key="sso_leave", icon=":material/logout:", width="stretch")
        else:
            st.link_button(labels("access.page.leave"), _there("sign-out", labels), icon=":material/logout:", width="stretch")


def is_open(page: str, labels: Labels) -> bool:
    """Whether the visitor may use a page; draws the reason where not."""
    if is_for(page):
        return True
    why = "audit.only_administrators" if page in FOR_ADMINISTRATORS else "access.page.only_editors"
    st.info(labels(why), icon=":material/lock:")
    return False


def is_for(page: str) -> bool:
    """Whether the visitor is told of a page at all."""
    if page in FOR_ADMINISTRATORS:
        return visitor().may_administer
    return page not in FOR_EDITORS or visitor().may_edit


def show_way_to_upload(labels: Labels) -> None:
    """Draw the link to the page of uploads for who may use it."""
    if is_for("upload"):
        st.page_link(stage().pages["upload"], label=labels("empty.nothing_way"), icon=":material/upload_file:")


def _there(way: str, labels: Labels) -> str:
    return f"{settings().base_path}/{way}?lang={labels.lang}"
