"""How soon something is made anew that others may change at any time: at once after calm, more slowly the more often it was.

A single accepted report is shown at once. While thousands arrive, every new generation of the library would throw away what was
made for the pages; then one is taken every few seconds.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

WINDOW_SECONDS = 30.0
"""So far back it counts how often."""
FREE = 3
"""So many times within the window it is done at once."""
STEP_SECONDS = 0.5
"""For every time beyond those, the pause grows by so much; under steady change it settles at about four seconds."""


class Pace:
    """Tells whether it is time again. One thread at a time may use it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """``clock`` tells the seconds."""
        self._clock = clock
        self._times: deque[float] = deque()

    def is_due(self) -> bool:
        """Whether enough time has gone by since the last time."""
        now = self._clock()
        while self._times and now - self._times[0] > WINDOW_SECONDS:
            self._times.popleft()
        return not self._times or now - self._times[-1] >= max(0, len(self._times) - FREE + 1) * STEP_SECONDS

    def went(self) -> None:
        """Say that it was done just now."""
        self._times.append(self._clock())
