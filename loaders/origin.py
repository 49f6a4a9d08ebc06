"""Where a page comes from, as the page itself says: its address, the date and the organ of its publication, its site.

Government sites carry these in ``<meta>`` elements of fixed names (PubDate, ContentSource, SiteName, Url: 政府网站发展指引,
国办发〔2017〕47号, annex), browsers in a comment or a header of the page they save. Nothing is ever fetched from an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from loaders.dates import date_of
from ogi.data_files import read_data

_HEAD = 200_000
"""Characters in which these are looked for."""
_TAG = re.compile(r"<(?:meta|link)\b[^<>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=(?:\(\d+\))?(\S+?)\s*-->", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"'|，。；、（）【】《》]{4,500}")
_HOST = re.compile(r"https?://([\w.-]+)", re.IGNORECASE)
_NO_PAGE = ("https://www.w3.org", "http://www.w3.org")


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """What a page says of its publication; ``None`` where it does not."""

    url: str | None = None
    """The address of the page, http or https only; to be shown, never to be fetched."""
    published: str | None = None
    """The day of publication in ISO form."""
    organ: str | None = None
    """The organ it is attributed to (ContentSource)."""
    site: str | None = None
    """The name of the site (SiteName)."""
    title: str | None = None
    """The title of the article without the names of site and column (ArticleTitle)."""

    @property
    def host(self) -> str:
        """The host of the address in lower case; empty where there is none."""
        found = _HOST.match(self.url or "")
        return found[1].lower() if found else ""


def page_origin(text: str, *, address: str | None = None) -> Origin:
    """Read the origin of a web page from its source text.

    Args:
        text: the source of the page.
        address: where a saved archive says that the page was (``Content-Location``); trusted before the page's own words.
    """
    told = _told(text[:_HEAD])
    saved = _SAVED_FROM.search(text[:2000])
    candidates = (address, saved[1] if saved else None, *told.get("url", ()))
    dates = (date_of(value) for value in told.get("published", ()))
    date = next((found for found in dates if found), None)
    return Origin(
        url=next(filter(None, map(as_address, candidates)), None),
        published=date.isoformat() if date else None,
        organ=next(iter(told.get("organ", ())), None),
        site=next(iter(told.get("site", ())), None),
        title=next(iter(told.get("title", ())), None),
    )


def as_address(text: str | None) -> str | None:
    """Return ``text`` if it is the address of a web page, else ``None``."""
    found = _ADDRESS.fullmatch((text or "").strip())
    return None if found is None or found[0].startswith(_NO_PAGE) else found[0]


def address_in(line: str) -> str | None:
    """Return the address a line of a text gives for its origin (URL: …, 原文链接：…); ``None`` where it gives none."""
    found = _labelled_address().match(line.strip())
    return as_address(found["address"]) if found else None


@lru_cache(maxsize=1)
def _labelled_address() -> re.Pattern[str]:
    labels = "|".join(map(re.escape, read_data("identity.yaml")["address_labels"]))
    return re.compile(rf"(?:{labels})\s*[:：=]?\s*[<(（]?(?P<address>{_ADDRESS.pattern})", re.IGNORECASE)


def _told(text: str) -> dict[str, list[str]]:
    """The contents of the elements by what they tell, in the order of trust of the names."""
    names = read_data("identity.yaml")["page_meta"]
    found: dict[str, str] = {}
    for name, content in _elements(text):
        found.setdefault(name, content)
    return {fact: [found[name] for name in wanted if name in found] for fact, wanted in names.items()}


def _elements(text: str) -> Iterator[tuple[str, str]]:
    from html import unescape  # noqa: PLC0415 - its table is slow to load, and only web pages have such elements

    for tag in _TAG.finditer(text):
        values = {m[1].lower(): unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(tag[0])}
        if values.get("rel", "").lower() == "canonical":
            yield "canonical", values.get("href", "").strip()
        name = (values.get("name") or values.get("property") or "").lower()
        content = " ".join(values.get("content", "").split())
        if name and content:
            yield name, content[:500]
