"""The passcode of a share: stored as Argon2 makes it, and tried only a few times."""

from __future__ import annotations

import threading
import unicodedata
from collections import OrderedDict, deque

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

SHORTEST, LONGEST = 4, 64
_HASHER = PasswordHasher()
_ONE_AFTER_THE_OTHER = threading.Semaphore(2)
"""Each try takes 64 MB for a moment; strangers must not make the server take more than this."""


def hash_passcode(passcode: str) -> str:
    """Return what is stored of a passcode.

    Raises:
        ValueError: it is shorter than 4 or longer than 64 characters.
    """
    text = _plain(passcode)
    if not SHORTEST <= len(text) <= LONGEST:
        raise ValueError("a passcode has 4 to 64 characters")
    with _ONE_AFTER_THE_OTHER:
        return _HASHER.hash(text)


def is_passcode(passcode: str, stored: str) -> bool:
    """Whether a passcode is the one that was stored; full-width letters and digits are taken as plain ones."""
    text = _plain(passcode)
    if len(text) > LONGEST:
        return False
    with _ONE_AFTER_THE_OTHER:
        try:
            return _HASHER.verify(stored, text)
        except (Argon2Error, InvalidHashError):
            return False


def _plain(passcode: str) -> str:
    return unicodedata.normalize("NFKC", passcode).strip()


class Tries:
    """How often passcodes were tried of late, by share and by who tried. Safe to use from several threads.

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
        """Begin anew for ``name``, after the right passcode."""
        with self._lock:
            self._at.pop(name, None)
