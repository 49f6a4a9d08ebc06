"""Who asks: found out from the cookies and tokens of a request."""

from __future__ import annotations

from collections.abc import Callable

from ogi.access.roles import LOCAL_PERSON, PUBLIC_READER, STRANGER, Visitor
from ogi.access.settings import SIGN_IN_COOKIE, Settings
from ogi.store.accounts import signed_in
from ogi.store.location import StoreError
from web.access.sign_in import Database


def who_asks(settings: Settings, records: Callable[[], Database], cookies: dict[str, str], bearer: str | None = None) -> Visitor:
    """Return the visitor. Where the records cannot be used nobody is known, and a shared server shows what is public.

    Args:
        settings: of this server.
        records: opens the records.
        cookies: of the request.
        bearer: the token of a script; who sends one is who it says, whatever cookies come along.
    """
    if not settings.is_shared:
        return LOCAL_PERSON
    found = None
    if bearer or cookies.get(SIGN_IN_COOKIE):
        try:
            with records().reading() as connection:
                cookie = cookies.get(SIGN_IN_COOKIE)
                found = signed_in(connection, bearer, kind="script") if bearer else signed_in(connection, cookie)
        except StoreError:
            found = None
    return found or (PUBLIC_READER if settings.public_reading else STRANGER)
