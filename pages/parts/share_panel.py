"""The way to share what is shown: a short link, live or frozen, and the file for networks without one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from ogi.access.secrets import LONGEST_PASSCODE, SHORTEST_PASSCODE
from ogi.labels import Labels
from ogi.library import Library
from ogi.shares.addresses import is_this_computer_only, link_of
from ogi.shares.frozen import freeze, thaw
from ogi.shares.grant import Grant, NothingToShareError, shared_view
from ogi.shares.making import content_of
from ogi.shares.page import Shown, china_time, file_of
from ogi.shares.passcode import hash_passcode
from ogi.shares.share import Draft, Share
from ogi.store.location import StoreError
from ogi.store.shares import make_share
from ogi.view import PAGES, View, carries
from pages.parts.address import link
from pages.parts.lineage import with_predecessors
from pages.parts.members import narrowed
from pages.parts.person import act
from pages.parts.plain import plain
from pages.parts.store import change, error_text
from pages.parts.visitor import visitor

_MADE, _OPEN = "share_made", "share_is_open"
_DAYS = {"never": None, "week": 7, "month": 30, "year": 365}


@dataclass(frozen=True)
class _Made:
    """A link just made; its token is nowhere else."""

    link: str
    draft: Draft
    view: View


def show(view: View, library: Library, labels: Labels) -> None:
    """Draw the button in the sidebar, and what it opens."""
    st.sidebar.button(labels("share.panel.button"), key="share_open", icon=":material/share:", on_click=_open, width="stretch")
    if st.session_state.get(_OPEN):
        st.dialog(labels("share.panel.title"), icon=":material/share:", on_dismiss=_close)(_draw)(view, library, labels)


def show_address(view: View, library: Library, page: str, labels: Labels) -> None:
    """Draw the plain address of a page that does not show it itself, with what it cannot carry."""
    drawer = st.sidebar.expander(labels("share.title"), icon=":material/link:", key="share", on_change="rerun")
    if not drawer.open:  # its copy button costs half a megabyte
        return
    with drawer:
        st.caption(labels("share.hint"))
        st.code(link(view, page), language=None, wrap_lines=True)
        for notice in carries(view, library):
            st.caption(f":material/info: {notice.text(labels)}")


def show_shared(share: Share, labels: Labels) -> None:
    """Say in the sidebar of a reader that this is shared, and until when."""
    with st.sidebar:
        st.caption(f":material/share: {plain(share.title or labels('share.panel.shared'))}")
        if share.expires_at is not None:
            st.caption(labels("share.page.expires", time=china_time(share.expires_at)))


def _open() -> None:
    st.session_state.pop(_MADE, None)
    st.session_state[_OPEN] = True


def _close() -> None:
    st.session_state.pop(_MADE, None)
    st.session_state[_OPEN] = False


def _draw(view: View, library: Library, labels: Labels) -> None:
    made: _Made | None = st.session_state.get(_MADE)
    if made is not None:
        _show_made(made, labels)
        draft = made.draft
        _file_button(
            lambda: _file(draft.frozen or freeze(content_of(made.view, library), act().at), draft.title, draft.note), labels
        )
        return
    try:
        shared = shared_view(with_predecessors(narrowed(view, view.focus_organ)), library)
    except NothingToShareError:
        st.info(labels("share.panel.nothing"), icon=":material/filter_alt_off:")
        return
    _form(shared, library, labels)


def _form(view: View, library: Library, labels: Labels) -> None:
    st.text_input(labels("share.panel.name"), key="share_title", max_chars=60, placeholder=labels("share.panel.name_placeholder"))
    st.text_area(labels("share.panel.note"), key="share_note", max_chars=500, height=68)
    if visitor().may_edit:
        _link_fields(view, labels)
    else:
        st.caption(f":material/info: {labels('share.panel.for_editors')}")
    if problem := st.session_state.pop("share_problem", None):
        st.error(plain(problem), icon=":material/error:")
    with st.container(horizontal=True):
        if visitor().may_edit:
            st.button(
                labels("share.panel.make"), key="share_make", type="primary", icon=":material/add_link:",
                on_click=_make, args=(view, library, labels),
            )  # fmt: skip
        _file_button(lambda: _file(freeze(content_of(view, library), act().at), *_typed()), labels)


def _link_fields(view: View, labels: Labels) -> None:
    """What only a link has: whether it follows the data, until when it opens, with which passcode, and what it hides."""
    is_uploads = view.collection == "uploads"
    mode = st.segmented_control(
        labels("share.panel.mode"), ["frozen"] if is_uploads else ["live", "frozen"], key="share_mode", required=True,
        default="frozen" if is_uploads else "live", format_func=lambda name: labels(f"share.panel.{name}"), width="stretch",
    )  # fmt: skip
    st.caption(labels(f"share.panel.{'uploads' if is_uploads else mode}_hint"))
    left, right = st.columns(2)
    with left:
        st.selectbox(
            labels("share.panel.expiry"), list(_DAYS), key="share_expiry", format_func=lambda name: labels(f"share.panel.{name}")
        )
    with right:
        st.text_input(
            labels("share.panel.passcode"), key="share_passcode", type="password", max_chars=LONGEST_PASSCODE,
        autocomplete="new-password",
            placeholder=labels("share.panel.passcode_placeholder"),
        )  # fmt: skip
    if view.page == "years":  # the only shared page with prose of reports
        st.checkbox(labels("personal.hide"), value=True, key="share_hides_personal", help=labels("personal.hide_tip"))


def _make(view: View, library: Library, labels: Labels) -> None:
    typed = st.session_state
    passcode = (typed.get("share_passcode") or "").strip()
    doing, (title, note) = act(), _typed()
    days = _DAYS[typed.get("share_expiry") or "never"]
    try:
        passcode_hash = hash_passcode(passcode) if passcode else None
    except ValueError:
        typed["share_problem"] = labels("share.panel.passcode_length", shortest=SHORTEST_PASSCODE, longest=LONGEST_PASSCODE)
        return
    try:
        draft = Draft(
            query=Grant.of(view, hides_personal=typed.get("share_hides_personal", True)).written(),
            title=title,
            note=note,
            expires_at=None if days is None else doing.at + dt.timedelta(days=days),
            passcode_hash=passcode_hash,
            frozen=freeze(content_of(view, library), doing.at) if typed.get("share_mode") == "frozen" else None,
        )
        token, _ = change(lambda connection: make_share(connection, draft, doing))
    except StoreError as error:
        typed["share_problem"] = error_text(error, labels)
    else:
        typed[_MADE] = _Made(link_of(token, st.context.url or "", PAGES), draft, view)


def _show_made(made: _Made, labels: Labels) -> None:
    st.success(labels("share.panel.made"), icon=":material/check:")
    st.code(made.link, language=None, wrap_lines=True)
    if is_this_computer_only(made.link):
        st.warning(labels("share.panel.local"), icon=":material/computer:")
    if made.draft.passcode_hash is not None:
        st.caption(f":material/key: {labels('share.panel.tell_passcode')}")
    if made.draft.frozen is not None:
        st.caption(f":material/fingerprint: SHA-256 {thaw(made.draft.frozen).sha256}")


def _file_button(make: Callable[[], bytes], labels: Labels) -> None:
    st.download_button(
        labels("share.page.file"), make, file_name="ogi-share.html", mime="text/html", icon=":material/download:",
        key="share_file", on_click="ignore",
    )  # fmt: skip


def _file(kept: bytes, title: str, note: str) -> bytes:
    """The file of frozen figures; it carries the digest a frozen link of the same moment has."""
    frozen = thaw(kept)
    return file_of(Shown(content=frozen.content, at=frozen.at, title=title, note=note, sha256=frozen.sha256))


def _typed() -> tuple[str, str]:
    """Title and note as they stand in the form."""
    title, note = (st.session_state.get(name) or "" for name in ("share_title", "share_note"))
    return title.strip(), note.strip()
