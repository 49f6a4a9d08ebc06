"""The links that were made, one below the other, each with the way to revoke it."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from ogi.labels import Labels
from ogi.shares.grant import Grant, UnreadableShareError
from ogi.shares.share import Share
from ogi.store.shares import list_shares, revoke_share
from pages.parts.person import act, moment, person_name
from pages.parts.plain import plain
from pages.parts.store import attempt, change, look
from pages.parts.visitor import visitor

_COLOURS = {"open": "green", "expired": "gray", "revoked": "gray"}
_ON_A_PAGE = 30


def show_shares(labels: Labels) -> None:
    """Draw the list: what can be opened first, then what has ended."""
    found, now = look(list_shares), dt.datetime.now(dt.UTC)
    if not found:
        st.info(labels("share.list.empty"), icon=":material/share:")
        return
    found.sort(key=lambda share: share.state(now) != "open")
    is_open = sum(share.state(now) == "open" for share in found)
    st.markdown(labels("share.list.count", count=len(found), open=is_open))
    pages = -(-len(found) // _ON_A_PAGE)
    number = st.pagination(pages, key="share_page") if pages > 1 else 1
    for share in found[(number - 1) * _ON_A_PAGE : number * _ON_A_PAGE]:
        _show(share, share.state(now), labels)


def _show(share: Share, state: str, labels: Labels) -> None:
    with st.container(border=True, key=f"share_{share.share_id}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.badge(labels(f"share.state.{state}"), color=_COLOURS[state])  # type: ignore[arg-type]
            st.badge(labels("share.panel.frozen" if share.is_frozen else "share.panel.live"), color="blue")
            if share.passcode_hash is not None:
                st.badge(labels("share.list.locked"), icon=":material/key:", color="gray")
            st.markdown(f"**{plain(share.title or labels('share.list.untitled'))}**", width="stretch")
            if state != "revoked" and visitor().may_edit:
                _offer_revoking(share, labels)
        st.caption(plain(_about(share, labels)))


def _offer_revoking(share: Share, labels: Labels) -> None:
    """Ask once more: a revoked link cannot be brought back."""
    with st.popover(labels("share.list.revoke"), icon=":material/link_off:", key=f"revoking_{share.share_id}"):
        st.markdown(labels("share.list.revoke_hint"))
        st.button(
            labels("share.list.revoke_sure"),
            key=f"revoke_{share.share_id}",
            type="primary",
            on_click=_revoke,
            args=(share, labels),
        )


def _about(share: Share, labels: Labels) -> str:
    """What is shared, who made it and when, until when it opens, and how often it was opened."""
    parts = [_page(share, labels), labels("share.list.made", by=person_name(share.by, labels), at=moment(share.at))]
    if share.expires_at is not None:
        parts.append(labels("share.list.until", at=moment(share.expires_at)))
    if share.revoked_at is not None:
        parts.append(labels("share.list.revoked", by=person_name(share.revoked_by or "", labels), at=moment(share.revoked_at)))
    last = labels("share.list.last", at=moment(share.opened_at)) if share.opened_at else ""
    parts.append(labels("share.list.opened", count=share.opened) + last)
    return " · ".join(parts)


def _page(share: Share, labels: Labels) -> str:
    try:
        return labels(f"page.{Grant.read(share.query).view.page}")
    except UnreadableShareError:
        return labels("share.closed.unreadable_title")


def _revoke(share: Share, labels: Labels) -> None:
    def make() -> str:
        change(lambda connection: revoke_share(connection, share.share_id, act()))
        return labels("share.list.revoked_now", title=share.title or labels("share.list.untitled"))

    attempt(make, labels)
