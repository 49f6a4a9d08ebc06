"""Readers who hold the pass of a share and nothing else: the pages are open to them, and show what the share grants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from ogi.shares.token import COOKIE_PREFIX, is_pass, token_in
from ogi.store.location import StoreError
from ogi.store.shares import find_share
from web.access.sign_in import Database

_MOST = 20
"""So many passes of one browser are looked at."""


def holds_open_share(records: Callable[[], Database], cookies: Mapping[str, str]) -> bool:
    """Whether a browser holds the pass of a share that is open now.

    Which share a page is opened for, and what it then shows, is decided by the page at every run; here only the door is opened.
    """
    passes = [text for name, text in cookies.items() if name.startswith(COOKIE_PREFIX)][:_MOST]
    tokens = {text: token for text in passes if (token := token_in(text)) is not None}
    if not tokens:
        return False
    now = dt.datetime.now(dt.UTC)
    try:
        with records().reading() as connection:
            for text, token in tokens.items():
                share = find_share(connection, token)
                if share is not None and share.state(now) == "open" and is_pass(text, token, share.passcode_hash):
                    return True
    except StoreError:
        return False
    return False
