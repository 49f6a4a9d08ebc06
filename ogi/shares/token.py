"""The secret in a link, and the pass a browser gets for it.

A link holds 128 random bits; stored is only their SHA-256, so who reads the records cannot open a share. The first digits of the
digest are the *code* of a share: they stand in the address of the interactive pages, open nothing, and tell nothing of the token.

The pass is a cookie of its own for every share. It holds the token and a proof made with the stored hash of the passcode: a
browser has it only after the passcode was given, and a changed passcode ends every pass. It counts only on a page whose address
names the code of that share, so who made a share and opens it in the same browser keeps everything elsewhere.
"""

from __future__ import annotations

import hashlib
import hmac
import re

_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
_CODE = re.compile(r"[0-9a-f]{12}")
_PASS = re.compile(r"([A-Za-z0-9_-]{22})\.([0-9a-f]{64})")
COOKIE_PREFIX = "ogi_share_"
"""How the name of the cookie of every share begins."""
PARAMETER = "share"
"""The parameter of the address that names a share."""


def is_token(text: str) -> bool:
    """Whether a text has the form of a token."""
    return _TOKEN.fullmatch(text) is not None


def is_code(text: str) -> bool:
    """Whether a text has the form of a code."""
    return _CODE.fullmatch(text) is not None


def code_of(token_hash: str) -> str:
    """Return the code of a share by the stored digest."""
    return token_hash[:12]


def cookie_name(code: str) -> str:
    """Return the name of the cookie of a share."""
    return f"{COOKIE_PREFIX}{code}"


def pass_of(token: str, passcode_hash: str | None) -> str:
    """Return the pass for a share whose token was shown and whose passcode, where it has one, was given."""
    return f"{token}.{_proof(token, passcode_hash)}"


def token_in(pass_: str) -> str | None:
    """Return the token a pass claims, or ``None`` where the text is no pass; :func:`is_pass` decides whether it counts."""
    found = _PASS.fullmatch(pass_)
    return None if found is None else found[1]


def is_pass(pass_: str, token: str, passcode_hash: str | None) -> bool:
    """Whether a pass was given out for this token under this passcode."""
    return hmac.compare_digest(pass_.encode(), pass_of(token, passcode_hash).encode())


def _proof(token: str, passcode_hash: str | None) -> str:
    return hmac.new((passcode_hash or "").encode(), token.encode(), hashlib.sha256).hexdigest()
