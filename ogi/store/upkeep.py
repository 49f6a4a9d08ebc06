"""What a server does for its store beside serving, a little at a time.

Stored prose goes into the search index; reports stored in bulk are checked beside last year's and those of their region; what
other servers of the same database change is shown here within a second.
"""

from __future__ import annotations

import logging
import threading
import time

from ogi.store.followers import sign_of_life
from ogi.store.location import StoreError
from ogi.store.pace import Pace
from ogi.store.publishing import is_waiting
from ogi.store.search import index_pending
from ogi.store.settling import settle
from ogi.store.store import Store

_log = logging.getLogger(__name__)
_AT_ONCE_SECONDS = 0.5
"""So long a round takes at most; other writers come in between its small transactions."""
_ROUND_SECONDS = 3.0
_FOLLOW_SECONDS = 0.4
"""So long it takes at most until a change of another server is noticed; while many come in, see :class:`Pace`."""
_ALIVE_SECONDS = 600.0


class Upkeep:
    """A thread that looks after a store until it is stopped. What it has not done yet is found all the same, only slower."""

    def __init__(self, store: Store, round_seconds: float = _ROUND_SECONDS) -> None:
        """Take an open store; nothing is done before :meth:`start`."""
        self._store = store
        self._round_seconds = round_seconds
        self._ended = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, name="store-upkeep", daemon=True),
            threading.Thread(target=self._follow, name="store-following", daemon=True),
        ]

    def start(self) -> None:
        """Begin; returns at once."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End, and wait for the steps under way."""
        self._ended.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    def _run(self) -> None:
        while not self._ended.wait(self._round_seconds):
            try:
                index_pending(self._store.records, _AT_ONCE_SECONDS)
                _, changed = settle(self._store.records, _AT_ONCE_SECONDS)
                if changed:
                    self._store.publish_calmly()
            except StoreError as error:  # locked or full just now: the next round tries again
                _log.warning("what can wait in the records is not up to date: %s", error)

    def _follow(self) -> None:
        """Publish what another server, or a process that was killed, has left for this snapshot."""
        alive_at, pace = float("-inf"), Pace()
        while not self._ended.wait(min(_FOLLOW_SECONDS, self._round_seconds)):
            try:
                if pace.is_due() and is_waiting(self._store.records):
                    self._store.publish_calmly()
                    pace.went()
                if time.monotonic() - alive_at > _ALIVE_SECONDS:
                    sign_of_life(self._store.records)
                    alive_at = time.monotonic()
            except (StoreError, OSError) as error:
                _log.warning("changes made elsewhere are not shown yet: %s", error)
