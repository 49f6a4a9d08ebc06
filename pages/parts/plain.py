"""Text without meaning to Markdown."""

from __future__ import annotations

_SPECIAL = frozenset(r"\`*_{}[]<>()#+-.!|~$:")


def plain(text: str) -> str:
    """Return ``text`` so that Markdown shows it letter by letter: names and sentences may hold any sign."""
    return "".join(f"\\{letter}" if letter in _SPECIAL else letter for letter in text)
