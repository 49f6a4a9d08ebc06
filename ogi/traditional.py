"""Traditional characters to simplified ones, one by one."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

_KEPT = "乾"
"""Characters that simplified text keeps in names: 乾县, 乾安县."""


def simplified(text: str) -> str:
    """Return ``text`` with each traditional character replaced by its simplified one."""
    return text.translate(simplified_characters())


@lru_cache(maxsize=1)
def simplified_characters() -> dict[int, str]:
    """The table: code points of traditional characters and their usual simplified ones.

    Read from the dictionary of OpenCC, whose converter itself is slow to load and needed for phrases only.

    Raises:
        ModuleNotFoundError: OpenCC is not installed.
    """
    spec = find_spec("opencc")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("opencc-python-reimplemented")
    path = Path(spec.origin).parent / "dictionary" / "TSCharacters.txt"
    return {
        ord(line[0]): line[2:].partition(" ")[0]
        for line in path.read_text(encoding="utf-8").splitlines()
        if line[1:2] == "\t" and line[2:] and line[0] not in _KEPT
    }
