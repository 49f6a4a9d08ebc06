"""The headers under which shared pages go out."""

from __future__ import annotations

from ogi.shares.addresses import frame_ancestors
from ogi.shares.page import style_digest


def plain_headers() -> dict[str, str]:
    """Return what every answer about a link carries: nobody keeps it, nobody lists it, and the link is told to no other site."""
    return {
        "Cache-Control": "private, no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex, nofollow",
    }


def page_headers(*, framed: bool = False) -> dict[str, str]:
    """Return the headers of a page: no script, our one style, and nobody shows it in a frame.

    Args:
        framed: whether it may be shown in the frames of the origins that are listed.
    """
    ancestors = frame_ancestors() if framed else "'none'"
    policy = (
        f"default-src 'none'; style-src '{style_digest()}'; img-src data:; form-action 'self'; base-uri 'none'; "
        f"frame-ancestors {ancestors}"
    )
    headers = plain_headers() | {"Content-Security-Policy": policy}
    return headers if ancestors != "'none'" else headers | {"X-Frame-Options": "DENY"}
