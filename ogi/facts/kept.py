"""What was made of facts, kept as long as there is room: frames and figures that several runs of a page ask for.

Facts never change: another generation of the library and another set of uploads are other facts, with nothing kept yet. So a
result is right as long as it is told from all others by its name, and the name holds everything it depends on.
"""

from __future__ import annotations

import sys
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import is_dataclass
from threading import Lock, RLock
from typing import Any, TypeVar, cast

import numpy as np
import pandas as pd

ROOM = 128 * 2**20
"""Bytes kept of one collection, as far as they can be told; what was not asked for longest makes room."""
_CELL = 24
"""About so many bytes a cell of a frame takes; to ask the frame costs more than many frames cost to make."""
T = TypeVar("T")


class Kept:
    """Results by name. Safe to use from several threads; of two that ask at once for the same, one makes it and the other waits.

    Nobody can spoil what is kept: arrays are made read-only, and of a frame everybody gets a copy of his own, which pandas really
    copies only where somebody writes into it.
    """

    def __init__(self, room: int = ROOM) -> None:
        self.room = room
        self._lock = Lock()
        self._found: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._under_way: dict[Hashable, RLock] = {}
        self._used = 0

    @property
    def used(self) -> int:
        """Bytes kept, as far as they can be told."""
        return self._used

    def __len__(self) -> int:
        return len(self._found)

    def forget(self) -> None:
        """Let everything go, so that what is asked for next is made anew; for measuring how long that takes."""
        with self._lock:
            self._found.clear()
            self._used = 0

    def end(self) -> None:
        """Let everything go and keep nothing from now on: newer facts took the place of these.

        What is kept holds the facts it was made of, and they hold what is kept; Python finds such rings so rarely that a server
        would hold a dozen generations of a large library. Runs of a page that still show these facts make what they need.
        """
        with self._lock:
            self.room = -1
        self.forget()

    def get(self, name: Hashable, make: Callable[[], T], *, weight: int | Callable[[T], int] = 0) -> T:
        """Return what has this name; it is made where it is not kept.

        Args:
            name: tells it from everything else made of these facts.
            make: makes it. What it raises is not kept.
            weight: bytes it takes beyond its arrays and frames, or what tells them of the thing made.
        """
        known = self._known(name)
        if known is None:
            with self._lock:
                lock = self._under_way.setdefault(name, RLock())
            try:
                with lock:
                    known = self._known(name) or self._made(name, make, weight)
            finally:
                with self._lock:
                    self._under_way.pop(name, None)
        return _handed_out(known[0])

    def _known(self, name: Hashable) -> tuple[Any, int] | None:
        with self._lock:
            known = self._found.get(name)
            if known is not None:
                self._found.move_to_end(name)
            return known

    def _made(self, name: Hashable, make: Callable[[], T], weight: int | Callable[[T], int]) -> tuple[T, int]:
        made = make()
        size = sealed(made) + (weight(made) if callable(weight) else weight)
        with self._lock:
            if name not in self._found and size <= self.room:
                self._found[name] = (made, size)
                self._used += size
                while self._used > self.room:
                    self._used -= self._found.popitem(last=False)[1][1]
        return made, size


def sealed(value: Any) -> int:
    """Make the arrays of a result read-only and return its bytes in memory: arrays, frames, and what holds them in fields."""
    if isinstance(value, np.ndarray):
        value.setflags(write=False)
        return value.nbytes
    if isinstance(value, pd.DataFrame):
        return _CELL * value.shape[0] * (value.shape[1] + 1)
    if isinstance(value, tuple):
        return sys.getsizeof(value) + sum(sys.getsizeof(part) if isinstance(part, str) else sealed(part) for part in value)
    if is_dataclass(value) and hasattr(value, "__dict__"):
        return sum(sealed(part) for part in vars(value).values() if isinstance(part, (np.ndarray, pd.DataFrame, tuple)))
    return sys.getsizeof(value)


def _handed_out(value: T) -> T:
    if isinstance(value, pd.DataFrame):
        return cast(T, value.copy(deep=False))
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*map(_handed_out, value))
    return value
