"""Groups of organs: the short id a link carries for many organs, and the groups people named, out of the store."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from ogi.store import groups
from ogi.store.act import Act
from ogi.store.groups import Group
from ogi.store.location import StoreError
from ogi.view import group_id
from pages.parts.person import LOCAL
from pages.parts.store import look, store
from pages.parts.visitor import visitor

MOST_WRITTEN = 40
"""Up to so many organs are written out in a link, so that it works on any machine; more are kept here and named by one id."""
_KEPT = "groups_kept"
_ids = lru_cache(maxsize=64)(group_id)


def find_group(key: str) -> tuple[str, ...] | None:
    """Return the organs of a group; ``None`` where it is not known, or the store cannot be used."""
    try:
        return look(lambda c: groups.organs_of(c, key))
    except StoreError:
        return None


def name_group(organs: tuple[str, ...]) -> str | None:
    """Return the id that stands for very many organs in a link, kept in the store; ``None`` where they are written out."""
    if len(organs) <= MOST_WRITTEN:
        return None
    key = _ids(organs)
    try:
        one = store()
        kept_in, kept = st.session_state.get(_KEPT, (None, set()))
        if kept_in is one and key in kept:
            return key
        if look(lambda c: groups.organs_of(c, key)) is None:
            if not visitor().may_edit:  # who only reads writes nothing; the link is long, and works
                return None
            with one.records.writing() as connection:
                groups.keep(connection, organs, Act(by=LOCAL))
        st.session_state[_KEPT] = (one, {*(kept if kept_in is one else ()), key})
    except StoreError:
        return None
    return key


def named_groups() -> tuple[Group, ...]:
    """Return the groups with a name; none where the store cannot be used."""
    try:
        return look(groups.named)
    except StoreError:
        return ()
