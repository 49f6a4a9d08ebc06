"""A table wider than its place: scrolled with the keyboard, too, and named."""

from __future__ import annotations

from html import escape


def scrolling(table: str, name: str, kind: str = "") -> str:
    """Return a box around a table, as HTML, that Tab reaches and the arrow keys scroll.

    Args:
        table: HTML whose texts are escaped.
        name: what the table shows, for readers who do not see it.
        kind: the class that styles it.
    """
    look = f' class="{escape(kind)}"' if kind else ""
    return f'<div{look} style="overflow-x:auto" tabindex="0" role="region" aria-label="{escape(name)}">{table}</div>'
