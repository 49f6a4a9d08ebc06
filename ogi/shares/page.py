"""The page of a link and the file to take away: two drawings of one content, from the templates beside this module.

Whatever people typed or documents say is escaped by the templates. The page has no script; the file holds plotly.js once and
asks the network for nothing.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

import ogi
from ogi.charts.chart import CONFIG
from ogi.charts.script import plotly_script
from ogi.labels import Labels, Lang
from ogi.shares.content import Content, Drawing
from ogi.shares.plotly_figure import figure_of
from ogi.shares.svg import svg_of, value_of

_FOLDER = Path(__file__).with_name("templates")
_CHINA = dt.timezone(dt.timedelta(hours=8))
_SOURCES_ON_PAGE, _CHANGES = 10, 10


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What is drawn, and what is said about it."""

    content: Content
    at: dt.datetime
    """When the figures were frozen, or now."""
    title: str = ""
    note: str = ""
    sha256: str | None = None
    """The digest of a frozen view; ``None`` for the figures of today."""
    changes: tuple[str, ...] | None = ()
    """What is otherwise today; ``None`` where today's figures cannot be told."""
    expires_at: dt.datetime | None = None

    @property
    def is_frozen(self) -> bool:
        """Whether the figures are those of an earlier moment."""
        return self.sha256 is not None

    @property
    def heading(self) -> str:
        """The title given, or one made of what is shown."""
        labels = Labels(self.content.lang)
        return self.title or labels("share.page.heading", year=self.content.year or "—")


def page_of(shown: Shown, *, base: str = "", interactive: bool = True) -> str:
    """Return the page of a link.

    Args:
        shown: what it shows.
        base: the last part of the page's own address, from which its other addresses are told.
        interactive: whether the way to the interactive page is shown.
    """
    return _render("page.html", _words(shown) | {"base": base, "interactive": interactive, "most_sources": _SOURCES_ON_PAGE})


def file_of(shown: Shown) -> bytes:
    """Return the file to take away: one HTML document that needs no network."""
    figures = [figure_of(drawing) for drawing in shown.content.drawings]
    given = {"figures": figures, "config": CONFIG, "plotly": Markup(plotly_script()), "most_sources": len(shown.content.sources)}  # noqa: S704
    return _render("file.html", _words(shown) | given).encode()


def closed_page(name: str, lang: Lang) -> str:
    """Return the page of a link that opens nothing.

    Args:
        name: ``gone`` (unknown or revoked), ``expired``, ``unreadable`` or ``unavailable``.
        lang: its language.
    """
    return _render("closed.html", {"labels": Labels(lang), "name": name})


def passcode_page(base: str, lang: Lang, problem: str = "", minutes: int = 0) -> str:
    """Return the page that asks for a passcode; ``problem`` is ``wrong`` or ``often``. It tells nothing of what is shared."""
    return _render("passcode.html", {"labels": Labels(lang), "base": base, "problem": problem, "minutes": minutes})


def china_time(at: dt.datetime) -> str:
    """Return a moment as clocks in China show it, to the minute."""
    return at.astimezone(_CHINA).strftime("%Y-%m-%d %H:%M")


@lru_cache(maxsize=1)
def style_digest() -> str:
    """Return the digest of the style of the page, by which its policy allows this style and no other."""
    text = _environment().get_template("style.css").render()
    return "sha256-" + base64.b64encode(hashlib.sha256(f"\n{text}\n".encode()).digest()).decode()


def _words(shown: Shown) -> dict[str, Any]:
    labels = Labels(shown.content.lang)
    return {
        "shown": shown,
        "content": shown.content,
        "labels": labels,
        "time": china_time(shown.at),
        "expires": china_time(shown.expires_at) if shown.expires_at else "",
        "drawings": [(drawing, Markup(svg_of(drawing, labels))) for drawing in shown.content.drawings],  # noqa: S704
        "rows_of": _rows,
        "changes": (shown.changes or ())[:_CHANGES],
        "more_changes": max(0, len(shown.changes or ()) - _CHANGES),
        "version": ogi.__version__,
    }


def _rows(drawing: Drawing) -> list[list[str]]:
    """The numbers of a chart, a row for each of its labels."""
    return [
        [label, *(value_of(one.values[place], drawing.unit) for one in drawing.series)]
        for place, label in enumerate(drawing.labels)
    ]


def _render(template: str, given: dict[str, Any]) -> str:
    return _environment().get_template(template).render(given)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
