"""The view in the browser's address: read when the address says something new, written when the view has changed."""

from __future__ import annotations

import dataclasses
from urllib.parse import urlencode

import streamlit as st

from ogi.view import View, ViewNotice, as_on, from_query, to_query, with_rest_of
from ogi.view.state import PageName
from pages.parts.groups import find_group, name_group

_VIEW, _WRITTEN, _NOTICES, _PAGE, _TURN = "view", "address_written", "address_notices", "address_page", "address_turn"
Query = tuple[tuple[str, str], ...]


def current_view() -> View:
    """The view of this session; the default one before anything was chosen."""
    return st.session_state.get(_VIEW, View())


def notices() -> tuple[ViewNotice, ...]:
    """What the address asked for and could not be applied."""
    return st.session_state.get(_NOTICES, ())


def change_view(**fields: object) -> None:
    """Change fields of the view; the address follows at the end of the sidebar."""
    st.session_state[_VIEW] = dataclasses.replace(current_view(), **fields)


def go_to(page: PageName, **fields: object) -> None:
    """Turn to another page from a callback, with these fields of the view changed."""
    change_view(**fields)
    st.session_state[_TURN] = page


def take_turn() -> PageName | None:
    """The page a callback asked for, once."""
    return st.session_state.pop(_TURN, None)


def clear_filters() -> None:
    """Go back to everything, in the same language; what the address asked for in vain is forgotten."""
    st.session_state[_VIEW] = View(lang=current_view().lang)
    st.session_state[_NOTICES] = ()


def take_language() -> None:
    """Take the language from the address of a first visit, before anything is drawn."""
    if _VIEW not in st.session_state:
        view, _ = from_query({name: values for name, values in _params().items() if name == "lang"})
        st.session_state[_VIEW] = View(lang=view.lang)


def take_address(page: str) -> View:
    """Return the view of this run: the session's, or what the address says where it is not what we wrote.

    A click in the navigation opens a page with an empty address; the view then goes along. Anything else that differs from
    what was written last (a first visit, the back button) comes from the address, which may also name another page.
    """
    found, turned = _query(), st.session_state.get(_PAGE) not in (None, page)
    first = _PAGE not in st.session_state
    st.session_state[_PAGE] = page
    if first or (found != st.session_state.get(_WRITTEN) and (found or not turned)):
        found_view, said = from_query(_params(), page=page, find_group=find_group)
        view = with_rest_of(current_view(), found_view, found_view.page)
        st.session_state[_NOTICES], st.session_state[_WRITTEN] = said, found
    else:
        view = dataclasses.replace(current_view(), page=page)
    st.session_state[_VIEW] = view
    return view


def write_address(view: View, page: str) -> None:
    """Write the view into the address where it is not there already."""
    wanted = tuple(query_of(view, page))
    if wanted != _query():
        params: dict[str, list[str]] = {}
        for name, value in wanted:
            params.setdefault(name, []).append(value)
        st.query_params.from_dict(params)
    st.session_state[_WRITTEN] = tuple(sorted(wanted))


def query_of(view: View, page: str, *, at: str | None = None) -> list[tuple[str, str]]:
    """The view in the address of ``page``, very many organs by the id under which they are kept.

    ``at`` is the page the address names already where that is another one.
    """
    return to_query(as_on(view, page), page=at or page, name_group=name_group)


def link(view: View, page: str) -> str:
    """The address of this view, whole where the browser tells it."""
    place = (st.context.url or "").split("?")[0]
    query = urlencode(query_of(view, page))
    return f"{place or '/'}?{query}" if query else place or "/"


def _params() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}


def _query() -> Query:
    return tuple(sorted((name, value) for name, values in _params().items() for value in values))
