"""Who looks at the pages, found out anew at every run, so that who signs out or loses an account loses what is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

import streamlit as st

from ogi.access.roles import LOCAL_PERSON, PUBLIC_READER, STRANGER, Visitor
from ogi.access.settings import SIGN_IN_COOKIE, Settings, settings_from
from ogi.store.accounts import account_of, signed_in
from ogi.store.location import StoreError
from ogi.store.records import Records

_VISITOR = "visitor"


@lru_cache(maxsize=1)
def settings() -> Settings:
    """How this server may be used; read once, when it starts."""
    return settings_from()


def take_visitor(records: Callable[[], Records]) -> Visitor:
    """Find out who looks at the pages now, for this run."""
    found = st.session_state[_VISITOR] = _found(records)
    return found


def visitor_now(records: Callable[[], Records]) -> Visitor:
    """Who looks at the pages at this moment: a callback comes before the run that would find out."""
    return _found(records)


def visitor() -> Visitor:
    """Who looks at the pages in this run."""
    return st.session_state.get(_VISITOR) or (STRANGER if settings().is_shared else LOCAL_PERSON)


def has_single_sign_on() -> bool:
    """Whether another server signs people in: ``[auth]`` stands in ``.streamlit/secrets.toml``."""
    try:
        return "auth" in st.secrets
    except FileNotFoundError:
        return False


def _found(records: Callable[[], Records]) -> Visitor:
    if not settings().is_shared:
        return LOCAL_PERSON
    person = None
    try:
        with records().reading() as connection:
            person = signed_in(connection, st.context.cookies.get(SIGN_IN_COOKIE))
            if person is None and (address := vouched_for(st.user)):
                account = account_of(connection, address)
                person = account.visitor if account is not None else None
    except StoreError:
        person = None  # nobody is known where the records cannot be asked
    return person or (PUBLIC_READER if settings().public_reading else STRANGER)


def vouched_for(user: Mapping[str, object]) -> str | None:
    """The e-mail address a single sign-on vouches for; ``None`` where nobody signed in there, or it says it is not verified."""
    if not user.get("is_logged_in") or user.get("email_verified") is False:
        return None
    address = user.get("email")
    return address.strip().lower() if isinstance(address, str) and "@" in address else None
