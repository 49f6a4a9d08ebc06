"""How often secrets were tried of late: passwords by name and address, passcodes by share and address."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque


class Tries:
    """How often something was tried of late, by name. Safe to use from several threads.

    It is kept in memory: of several server processes each counts its own.
    """

    def __init__(self, most: int = 5, seconds: float = 600.0, kept: int = 10_000) -> None:
        """Allow ``most`` tries in ``seconds``; of more than ``kept`` names the oldest are forgotten."""
        self._most, self._seconds, self._kept = most, seconds, kept
        self._lock = threading.Lock()
        self._at: OrderedDict[str, deque[float]] = OrderedDict()

    def take(self, name: str, now: float) -> float:
        """Count a try; return 0 where it is allowed, else the seconds until the next one is.

        Args:
            name: what is counted, for example the share and the client's address.
            now: a clock that never goes back, in seconds.
        """
        with self._lock:
            times = self._at.setdefault(name, deque())
            self._at.move_to_end(name)
            while times and now - times[0] >= self._seconds:
                times.popleft()
            if len(times) >= self._most:
                return self._seconds - (now - times[0])
            times.append(now)
            while len(self._at) > self._kept:
                self._at.popitem(last=False)
            return 0.0

    def forget(self, name: str) -> None:
        """Begin anew for ``name``, after the right secret."""
        with self._lock:
            self._at.pop(name, None)
