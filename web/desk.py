"""The desk where links are shown: who is let in, and what a share shows. One decision for every route."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from ogi.labels import Labels
from ogi.library import Library
from ogi.shares.changes import changes_since
from ogi.shares.content import Content
from ogi.shares.frozen import DamagedError, thaw
from ogi.shares.grant import Grant, UnreadableShareError
from ogi.shares.making import content_of
from ogi.shares.page import Shown
from ogi.shares.share import Share
from ogi.shares.token import cookie_name, is_pass, is_token
from ogi.store.location import StoreError
from ogi.store.shares import find_share, note_opening
from ogi.store.store import Store

_KEPT = 64
_LOG = logging.getLogger(__name__)
Reason = Literal["gone", "expired", "passcode", "unreadable", "unavailable"]


class Closed(Exception):  # noqa: N818 - it is no error that a link is closed
    """A link does not open, or not yet; ``reason`` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


@dataclass(frozen=True)
class Today:
    """A shared view of the reports of now."""

    content: Content
    opens: bool
    """Whether the interactive page can be opened."""


class Desk:
    """Opens shares. Safe to use from several threads."""

    def __init__(
        self,
        store: Callable[[], Store],
        library: Callable[[], Library],
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        """Take where shares are stored, what they show, and the clock.

        Args:
            store: returns the store, or raises ``StoreError``.
            library: returns the reports everybody on this server has; the same object as long as they are the same.
            now: the clock.
        """
        self.store, self._library, self.now = store, library, now
        self._lock = threading.Lock()
        self._today: OrderedDict[str, tuple[Library, Today]] = OrderedDict()

    def find(self, token: str) -> Share:
        """Return the share of a token that may be opened now, whoever asks.

        Raises:
            Closed: ``gone`` for an unknown and for a revoked one alike, ``expired``, ``unavailable``.
        """
        try:
            with self.store().records.reading() as connection:
                # A text that is no token is looked up all the same: every refusal takes the same way.
                share = find_share(connection, token if is_token(token) else "")
        except StoreError as error:
            _LOG.warning("shares cannot be read: %s", error)
            raise Closed("unavailable") from error
        if share is None:
            raise Closed("gone")
        if share.state(self.now()) != "open":
            raise Closed("expired")
        return share

    def admit(self, token: str, cookies: Mapping[str, str]) -> Share:
        """Return the share of a token to a browser that may see it.

        Raises:
            Closed: as :meth:`find`, and ``passcode`` where the browser has no pass for a share with a passcode.
        """
        share = self.find(token)
        if share.passcode_hash is not None:
            held = cookies.get(cookie_name(share.code), "")
            if not is_pass(held, token, share.passcode_hash):
                raise Closed("passcode")
        return share

    def grant_of(self, share: Share) -> Grant:
        """Return what a share opens.

        Raises:
            Closed: ``unreadable``.
        """
        try:
            return Grant.read(share.query)
        except UnreadableShareError as error:
            raise Closed("unreadable") from error

    def today(self, share: Share) -> Today:
        """Return what a share shows of the reports of now; made once as long as they are the same.

        Raises:
            Closed: ``unreadable``, ``unavailable``.
        """
        grant, library = self.grant_of(share), self._now_at_hand(share)
        with self._lock:
            known = self._today.get(share.query)
        if known is not None and known[0] is library:
            return known[1]
        made = Today(content_of(grant.view, library), grant.opens(library))
        with self._lock:
            self._today[share.query] = (library, made)
            self._today.move_to_end(share.query)
            while len(self._today) > _KEPT:
                self._today.popitem(last=False)
        return made

    def _now_at_hand(self, share: Share) -> Library:
        library = self._library()
        if self.grant_of(share).view.collection == "library" and library.kept is None:
            raise Closed("unavailable")
        return library

    def shown(self, share: Share) -> tuple[Shown, bool]:
        """Return what is drawn of a share, and whether its interactive page can be opened.

        A frozen share shows what it keeps; today's figures only tell what changed since.

        Raises:
            Closed: ``unreadable``, ``unavailable``.
        """
        about = {"title": share.title, "note": share.note, "expires_at": share.expires_at}
        if share.frozen is None:
            today = self.today(share)
            return Shown(content=today.content, at=self.now(), **about), today.opens  # type: ignore[arg-type]
        try:
            frozen = thaw(share.frozen)
        except DamagedError as error:
            _LOG.error("what share %s keeps is damaged: %s", share.code, error)
            raise Closed("unreadable") from error
        changes, opens = self._since(share, frozen.content)
        found = Shown(content=frozen.content, at=frozen.at, sha256=frozen.sha256, changes=changes, **about)  # type: ignore[arg-type]
        return found, opens

    def _since(self, share: Share, content: Content) -> tuple[tuple[str, ...] | None, bool]:
        if content.collection == "uploads":
            return (), False
        try:
            today = self.today(share)
        except Closed:
            return None, False
        return changes_since(content, today.content, Labels(content.lang)), today.opens

    def count(self, share: Share) -> None:
        """Count an opening; where that cannot be written now it is not counted, and the reader is not kept waiting for it."""
        try:
            with self.store().records.writing() as connection:
                note_opening(connection, share.share_id, self.now())
        except StoreError as error:
            _LOG.warning("an opening of a link was not counted: %s", error)
