"""Organs chosen together and named by one short id, so that a link to thousands of them stays short."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterable

FindGroup = Callable[[str], tuple[str, ...] | None]
"""Returns the organs of a group by its id; ``None`` where it is not known here."""
NameGroup = Callable[[tuple[str, ...]], str | None]
"""Returns the id that stands for organs in an address; ``None`` where they have to be written out."""
_GROUP = re.compile(r"g[a-z2-7]{10}")


def group_id(organs: Iterable[str]) -> str:
    """Return the id of these organs together: ``g`` and ten characters a–z, 2–7, the same on every machine and in any order."""
    digest = hashlib.sha256("\n".join(sorted(set(organs))).encode("ascii")).digest()
    return "g" + base64.b32encode(digest).decode("ascii").lower()[:10]


def is_group(text: str) -> bool:
    """Whether a text is written as the id of a group; whether it is known is not looked at here."""
    return bool(_GROUP.fullmatch(text))
