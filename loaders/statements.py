"""What the places of a document say of its organ and year, before any of them is believed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple

from loaders.compact import compact
from loaders.dates import YEAR, Period, find_period
from loaders.head import Head, read_head
from loaders.narrative import Narrative
from loaders.origin import Origin
from loaders.signature import Signature, find_signature, is_organ
from loaders.title import Title, find_title, parse_title

_LONGEST_HEAD = 200
"""Lines before the first section among which title and page metadata are looked for."""
_QUOTED_TITLE = re.compile(
    r"(?:公布|公开|发布|编制)了?(?P<title>[^。,;:]{2,50}?(?:政府信息公开|政务公开|信息公开)[^。,;:]{0,12}(?:报告|年报))"
)
_WRITTEN_BY = re.compile(r"由(?P<organ>[^。,;:《]{4,30}?)(?:根据|按照|依据|负责编制|编制)")
_MONTH_AFTER = re.compile(r"\d{1,2}月")
_YEAR_IN_ADDRESS = re.compile(r"(?:fbtime|niandu|ndbg|nb|year|nd)[=/_-]?(20\d\d)(?!\d)", re.IGNORECASE)
"""Parts of addresses that carry the report year; the date in a path is that of publication."""


class Statements(NamedTuple):
    """What a document says, place by place; ``None`` where the place is silent."""

    title: Title | None
    signature: Signature
    head: Head
    period: Period | None
    text_organ: str | None
    """The organ a sentence of the report names: 由某局编制."""
    text_year: int | None
    """The first “Y年” of section 一 that is no date."""
    address_year: int | None
    by_file: Title | None
    """The name of the file, where it is a title."""

    @property
    def date(self) -> dt.date | None:
        """The day of the signature, else that of publication."""
        return self.signature.date or self.head.date


class Prose(NamedTuple):
    """The prose in the form of :func:`loaders.compact.compact`."""

    opening: str
    """What stands before the first section, and section 一; everything where there are no sections."""
    section_one: str
    """Section 一; everything where there is none."""
    sections: str
    """All sections without headings, each paragraph ended by a full stop; empty where there are none."""
    whole: str


def compact_prose(narrative: Narrative) -> Prose:
    """Bring the prose together for searching."""
    above = "".join(map(compact, narrative.preamble))
    sections = [(part.section, [compact(line) for line in part.text.split("\n")]) for part in narrative.sections]
    if not sections:
        whole = "".join(map(compact, narrative.lines))
        return Prose(whole, whole, "", whole)
    first = "".join(line for section, lines in sections if section == "s1" for line in lines)
    every = [line for _, lines in sections for line in lines]
    whole = above + "".join(every)
    return Prose(above + first, first or whole, "。".join(every), whole)


def statements(narrative: Narrative, prose: Prose, *, titles: Sequence[str], file_name: str, origin: Origin) -> Statements:
    """Collect what the places of a document say.

    Args:
        narrative: the prose by sections.
        prose: the same brought together.
        titles: titles outside the body, the most telling first.
        file_name: name of the file.
        origin: what a web page says of its own publication.
    """
    lines = preamble(narrative)
    head = read_head(lines, origin)
    in_address = _YEAR_IN_ADDRESS.search(head.url or "")
    return Statements(
        title=_title(lines, titles),
        signature=find_signature(narrative),
        head=head,
        period=find_period(prose.opening),
        text_organ=_text_organ(prose.opening),
        text_year=_text_year(prose.section_one),
        address_year=int(in_address[1]) if in_address else None,
        by_file=parse_title(PurePath(file_name).stem) if file_name else None,
    )


def preamble(narrative: Narrative) -> tuple[str, ...]:
    """The lines above the first section, at most the last 200 of them."""
    return (narrative.preamble if narrative.sections else narrative.lines[:30])[-_LONGEST_HEAD:]


def _title(lines: Sequence[str], outside: Sequence[str]) -> Title | None:
    """The title in the body, completed by those outside it; portals add their own name behind a dash or bar."""
    body = find_title(lines)
    for text in outside:
        other = max(filter(None, map(parse_title, _parts(text))), key=lambda title: title.score, default=None)
        if body is None or other is None:
            body = body or other
        else:
            body = body._replace(
                organ=body.organ or other.organ, year=body.year or other.year, remark=body.remark or other.remark
            )
    return body


def _parts(outside: str) -> list[str]:
    """What may be the title in the title of a page, the finest cut first: the portal adds its own name and that of the column."""
    cuts = (r"[_|｜]|[-–—]+|\s+", r"[_|｜]|[-–—]+", r"[_|｜]|\s[-–—]\s|--+|—+")
    return [part for cut in cuts for part in re.split(cut, outside) if part.strip()] + [outside]


def _text_organ(opening: str) -> str | None:
    quoted, written = _QUOTED_TITLE.search(opening), _WRITTEN_BY.search(opening)
    inside = parse_title(quoted["title"]) if quoted else None
    names = (inside.organ if inside else None, written["organ"] if written else None)
    return next((name for name in names if name and is_organ(name)), None)


def _text_year(section_one: str) -> int | None:
    found = (year for year in YEAR.finditer(section_one) if not _MONTH_AFTER.match(section_one, year.end()))
    return next((int(year["year"]) for year in found), None)
