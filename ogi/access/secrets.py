"""Passwords and tokens: made here, and only their hashes are ever kept."""

from __future__ import annotations

import hashlib
import secrets
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
_TOKEN_BYTES = 16


def new_token() -> str:
    """Return 128 random bits, fit for an address."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def token_hash(token: str) -> str:
    """Return what is kept of a token. It is random, so a plain hash gives nothing away."""
    return hashlib.sha256(token.encode()).hexdigest()


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    """Argon2id with the parameters of RFC 9106 for little memory: about 50 ms and 64 MB a try."""
    return PasswordHasher()


@lru_cache(maxsize=1)
def _of_nobody() -> str:
    return _hasher().hash(secrets.token_hex(16))


def password_hash(password: str) -> str:
    """Return what is kept of a password."""
    return _hasher().hash(password)


def is_password(password: str, kept: str | None) -> bool:
    """Whether a password is the one kept. Without one it takes as long as with one, so that names cannot be found by timing."""
    try:
        return _hasher().verify(kept or _of_nobody(), password[:LONGEST_PASSWORD]) and kept is not None
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return False
