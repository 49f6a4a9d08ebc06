"""The view in the browser's address: read when the address says something new, written when the view has changed."""

from __future__ import annotations

import dataclasses
from urllib.parse import urlencode, urlsplit

import streamlit as st

from ogi.shares.grant import Grant
from ogi.shares.token import PARAMETER
from ogi.view import View, ViewNotice, as_on, from_query, to_query, with_rest_of
from ogi.view.state import PageName
from pages.parts.groups import find_group, name_group
from pages.parts.share_state import shared_code

_VIEW, _WRITTEN, _NOTICES, _PAGE, _TURN = "view", "address_written", "address_notices", "address_page", "address_turn"
_REFUSED = "address_refused"
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


def is_turning() -> bool:
    """Whether a callback asked for another page and the frame has not turned to it yet."""
    return _TURN in st.session_state


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


def take_address(page: str, grant: Grant | None = None) -> View:
    """Return the view of this run: the session's, or what the address says where it is not what we wrote.

    With a grant it is held inside of it, whatever asked for it: the address, a widget, a link or a page.

    A click in the navigation opens a page with an empty address; the view then goes along. Anything else that differs from
    what was written last (a first visit, the back button) comes from the address, which may also name another page.
    """
    found, turned = _query(), st.session_state.get(_PAGE) not in (None, page)
    first = _PAGE not in st.session_state
    st.session_state[_PAGE] = page
    if first or (found != st.session_state.get(_WRITTEN) and (found or not turned)):
        found_view, said = from_query(_params(), page=page, find_group=find_group)
        found_view = found_view if grant is None else grant.asked(found_view, _params())
        view = with_rest_of(current_view(), found_view, found_view.page)
        st.session_state[_NOTICES], st.session_state[_WRITTEN] = said, found
    else:
        view = dataclasses.replace(current_view(), page=page)
    if grant is not None:
        view, refused = grant.held(dataclasses.replace(view, page=st.session_state.pop(_TURN, view.page)))
        st.session_state[_REFUSED] = (*st.session_state.get(_REFUSED, ()), *refused)
    st.session_state[_VIEW] = view
    return view


def take_refused() -> tuple[ViewNotice, ...]:
    """What was asked for lately and is not part of the link this session reads through; said once."""
    return tuple(dict.fromkeys(st.session_state.pop(_REFUSED, ())))


def write_address(view: View, page: str) -> None:
    """Write the view into the address where it is not there already."""
    wanted = tuple(query_of(view, page))
    code = shared_code()
    if wanted != _query() or st.query_params.get(PARAMETER) != code:
        params: dict[str, list[str]] = {} if code is None else {PARAMETER: [code]}
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


def data_link(view: View, page: str) -> str:
    """The address at which the figures of this view are fetched by programs."""
    place = urlsplit(st.context.url or "")
    query = urlencode(query_of(view, page))
    base = place.path.rstrip("/").removesuffix(f"/{page}")
    origin = f"{place.scheme}://{place.netloc}" if place.netloc else ""
    return f"{origin}{base}/api/v1/views/{page}" + (f"?{query}" if query else "")


def _params() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params if name != PARAMETER}


def _query() -> Query:
    return tuple(sorted((name, value) for name, values in _params().items() for value in values))
