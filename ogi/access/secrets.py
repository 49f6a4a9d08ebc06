"""Passwords, passcodes and tokens: made here, and only their hashes are ever kept."""

from __future__ import annotations

import hashlib
import secrets
import threading
import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 200
SHORTEST_PASSCODE, LONGEST_PASSCODE = 4, 64
_ONE_AFTER_THE_OTHER = threading.Semaphore(2)
"""Each try takes 64 MB for a moment; strangers must not make the server take more than this."""


def new_token() -> str:
    """Return 128 random bits as 22 characters that may stand in an address."""
    return secrets.token_urlsafe(16)


def digest_of(token: str) -> str:
    """Return what is kept of a token. It is random, so its plain SHA-256 gives nothing away."""
    return hashlib.sha256(token.encode()).hexdigest()


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    """Argon2id with the parameters of RFC 9106 for little memory: about 50 ms and 64 MB a try."""
    return PasswordHasher()


@lru_cache(maxsize=1)
def _of_nobody() -> str:
    return _hasher().hash(secrets.token_hex(16))


def secret_hash(secret: str) -> str:
    """Return what is kept of a password or a passcode; letters and digits of full width are taken as plain ones."""
    with _ONE_AFTER_THE_OTHER:
        return _hasher().hash(_plain(secret))


def is_secret(given: str, kept: str | None) -> bool:
    """Whether this is the secret kept. Where there is none it takes as long, so that names cannot be found out by timing."""
    with _ONE_AFTER_THE_OTHER:
        try:
            return _hasher().verify(kept or _of_nobody(), _plain(given)[:LONGEST_PASSWORD]) and kept is not None
        except (Argon2Error, InvalidHashError):
            return False


def _plain(secret: str) -> str:
    return unicodedata.normalize("NFKC", secret).strip()
