"""What a server does for its store beside serving, a little at a time.

Stored prose goes into the search index; reports stored in bulk are checked beside last year's and those of their region.
"""

from __future__ import annotations

import logging
import threading

from ogi.store.location import StoreError
from ogi.store.search import index_pending
from ogi.store.settling import settle
from ogi.store.store import Store

_log = logging.getLogger(__name__)
_AT_ONCE_SECONDS = 0.5
"""So long a round takes at most; other writers come in between its small transactions."""
_ROUND_SECONDS = 3.0


class Upkeep:
    """A thread that looks after a store until it is stopped. What it has not done yet is found all the same, only slower."""

    def __init__(self, store: Store, round_seconds: float = _ROUND_SECONDS) -> None:
        """Take an open store; nothing is done before :meth:`start`."""
        self._store = store
        self._round_seconds = round_seconds
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="store-upkeep", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """End, and wait for the step under way."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._ended.wait(self._round_seconds):
            try:
                index_pending(self._store.records, _AT_ONCE_SECONDS)
                _, changed = settle(self._store.records, _AT_ONCE_SECONDS)
                if changed:
                    self._store.publish()
            except StoreError as error:  # locked or full just now: the next round tries again
                _log.warning("what can wait in the records is not up to date: %s", error)
