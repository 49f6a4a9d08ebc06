"""The passcode of a share."""

from __future__ import annotations

from ogi.access.secrets import LONGEST_PASSCODE, SHORTEST_PASSCODE, is_secret, secret_hash


def hash_passcode(passcode: str) -> str:
    """Return what is stored of a passcode.

    Raises:
        ValueError: it is shorter than 4 or longer than 64 characters.
    """
    if not SHORTEST_PASSCODE <= len(passcode.strip()) <= LONGEST_PASSCODE:
        raise ValueError("a passcode has 4 to 64 characters")
    return secret_hash(passcode)


def is_passcode(passcode: str, stored: str) -> bool:
    """Whether a passcode is the one that was stored; full-width letters and digits are taken as plain ones."""
    return len(passcode.strip()) <= LONGEST_PASSCODE and is_secret(passcode, stored)
