"""Web archives (.mht, .mhtml) and what Word saves as a single file web page: the page with its frames, out of a MIME message."""

from __future__ import annotations

import email
from email.message import Message
from urllib.parse import unquote, urljoin

from loaders.errors import CannotReadError
from loaders.grid import Pages
from loaders.html import read_page

MEDIA_TYPE = "multipart/related"
_PAGES = frozenset(["text/html", "application/xhtml+xml"])


def read(data: bytes, name: str) -> Pages:
    """Read a web archive: its root page, the first one where none is named, with the frames in it where they stand.

    Other pages of the archive (headers of Word, frames of advertisements nobody refers to) are not read. As
    :func:`loaders.html.read` otherwise.

    Raises:
        CannotReadError: ``no_page_in_archive``, and those of a page.
    """
    message = email.message_from_bytes(data.lstrip())
    pages = [part for part in message.walk() if part.get_content_type() in _PAGES]
    start = _text(message.get_param("start"))
    main = next((page for page in pages if start and _head(page, "content-id") == start), pages[0] if pages else None)
    if main is None:
        raise CannotReadError("no_page_in_archive")
    place = _head(main, "content-location")
    known: dict[str, Message] = {}
    for page in pages:
        for address in (_joined(place, _head(page, "content-location")), f"cid:{_head(page, 'content-id').strip('<>')}"):
            known.setdefault(unquote(address), page)

    def frame(address: str) -> tuple[bytes, str | None] | None:
        page = known.get(unquote(_joined(place, address)))
        return None if page is None or page is main else _content(page)

    content, encoding = _content(main)
    return read_page(content, encoding, frame, MEDIA_TYPE, place or None)


def _content(page: Message) -> tuple[bytes, str | None]:
    """The bytes of a part, its transfer encoding undone, and the encoding its head declares."""
    content = page.get_payload(decode=True)
    return content if isinstance(content, bytes) else b"", page.get_content_charset()


def _head(page: Message, name: str) -> str:
    """A header line as it stands; browsers write addresses in UTF-8 where only ASCII is allowed."""
    found = next((str(text) for key, text in page.raw_items() if key.lower() == name), "")
    return found.encode("ascii", errors="surrogateescape").decode("utf-8", errors="replace").strip()


def _joined(place: str, address: str) -> str:
    """An address seen from the root page; one that is none is left as it is."""
    try:
        return urljoin(place, address)
    except ValueError:
        return address


def _text(parameter: object) -> str:
    return parameter if isinstance(parameter, str) else ""
