"""Counting what may only be tried so often: passwords, passcodes, uploads, requests of programs."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

_MOST_NAMES = 50_000


class Attempts:
    """How often each name tried within a time. Safe to use from several threads; kept in this process only."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Allow ``most`` tries of one name within ``seconds``."""
        self._most, self._seconds, self._clock = most, seconds, clock
        self._lock = threading.Lock()
        self._tries: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, name: str) -> int:
        """Return how many whole seconds the name must wait before the next try; 0 where it need not."""
        with self._lock:
            tries = self._recent(name)
            if len(tries) < self._most:
                return 0
            return max(1, int(tries[0] + self._seconds - self._clock() + 0.999))

    def count(self, name: str) -> None:
        """Count one try."""
        with self._lock:
            self._recent(name).append(self._clock())
            self._tries.move_to_end(name)
            while len(self._tries) > _MOST_NAMES:
                self._tries.popitem(last=False)

    def forget(self, name: str) -> None:
        """Forget the tries of a name, after one that succeeded."""
        with self._lock:
            self._tries.pop(name, None)

    def _recent(self, name: str) -> deque[float]:
        tries = self._tries.setdefault(name, deque(maxlen=self._most))
        while tries and tries[0] <= self._clock() - self._seconds:
            tries.popleft()
        return tries
