"""Who reports, for which year, on whose figures: read from title, period sentence, signature and wording.

Order of trust. Organ: title > signature > page metadata (来源, 发布机构) > a sentence of the report > file name. Year: period
sentence > title > first “Y年” of section 一 > year of publication − 1 > file name. Whatever comes from below the signature or the
title is said in a notice, and so is every contradiction; nothing is settled silently.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import PurePath
from typing import NamedTuple

import msgspec

from loaders.compact import compact
from loaders.dates import DATE, YEAR, Period, as_date, find_period, first_date
from loaders.narrative import Narrative
from loaders.normalise import plain
from loaders.scope import find_scope
from loaders.title import Title, find_title, parse_title
from ogi.organs import describe_organ, may_be_same_organ
from ogi.report import Notice, OrganName, Scope

Meta = dict[str, str | int | bool | None]
_TAIL = 15
"""Lines at the end of a report among which its signature is looked for."""
_LONGEST_HEAD = 200
"""Lines before the first section among which title and page metadata are looked for."""
_LABEL_ALONE = re.compile(
    r"(?:发布机构|发布单位|公开机构|公开主体|信息来源|发文机关|发文单位|来源|(?:发布|公开|发文)(?:日期|时间))[:：]?"
)
_METADATA = re.compile(
    r"(?:发布机构|发布单位|公开机构|公开主体|信息来源|发文机关|发文单位|来源)\s*[:：]\s*(?P<organ>[^\s:：|\]】]{2,40})"
)
_PUBLISHED = re.compile(r"(?:发布|公开|发文|更新)?(?:日期|时间)[:：]?")
_QUOTED_TITLE = re.compile(
    r"(?:公布|公开|发布|编制)了?(?P<title>[^。,;:]{2,50}?(?:政府信息公开|政务公开|信息公开)[^。,;:]{0,12}(?:报告|年报))"
)
_WRITTEN_BY = re.compile(r"由(?P<organ>[^。,;:《]{4,30}?)(?:根据|按照|依据|负责编制|编制)")
_MONTH_AFTER = re.compile(r"\d{1,2}月")


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the report as a whole. ``meta`` holds the ``meta.*`` keys of the dictionary, dates in ISO form."""

    organ: OrganName
    report_year: int | None
    scope: Scope
    meta: Meta
    notices: tuple[Notice, ...]


class _Signature(NamedTuple):
    organ: str | None
    date: dt.date | None


def identify(narrative: Narrative, *, title: str = "", file_name: str = "") -> Identity:
    """Read the identity of a report.

    Args:
        narrative: the prose by sections.
        title: title outside the body (HTML ``<title>``, document properties), used where the body has none.
        file_name: name of the file, the last resort for organ and year.
    """
    head = (narrative.preamble if narrative.sections else narrative.lines[:30])[-_LONGEST_HEAD:]
    labelled = _labelled(head)
    found = _title(head, title)
    signature = _signature(narrative.lines[-_TAIL:])
    if signature.date is None and narrative.sections:  # a page may go on with links and notices below the report
        signature = _signature(narrative.sections[-1].text.split("\n")[:_LONGEST_HEAD])
    text = compact("".join(narrative.lines))
    opening = compact("".join((*narrative.preamble, narrative.text_of("s1")))) if narrative.sections else text
    period, published = find_period(opening), _published(labelled)
    by_file = parse_title(PurePath(file_name).stem) if file_name else None
    name, organ_notice = _organ(found, signature, labelled, opening, by_file)
    year, year_notice = _year(found, period, compact(narrative.text_of("s1")) or text, published, by_file)
    organ = describe_organ(name)
    scope = find_scope(organ, found.remark if found else "", text)
    if organ.kind == "government_office" and scope == "region_total" and not (found and found.organ):
        organ = msgspec.structs.replace(organ, kind="government")  # an office that signs for the government it serves
    notices = [organ_notice, year_notice, *_contradictions(found, signature, period)]
    if scope == "unknown" and organ.name:
        notices.append(Notice(code="scope_unknown", keys=("meta.scope",)))
    return Identity(
        organ=organ,
        report_year=year,
        scope=scope,
        meta={"meta.report_year": year, **_meta(organ.name, found, signature, period, published)},
        notices=tuple(notice for notice in notices if notice),
    )


def _title(head: Sequence[str], outside: str) -> Title | None:
    """The title in the body, completed by the one outside it; portals add their own name behind a dash or bar."""
    body = find_title(head)
    other = max(filter(None, map(parse_title, _parts(outside))), key=lambda title: title.score, default=None)
    if body is None or other is None:
        return body or other
    return body._replace(organ=body.organ or other.organ, year=body.year or other.year, remark=body.remark or other.remark)


def _parts(outside: str) -> list[str]:
    """What may be the title in the title of a page, the finest cut first: the portal adds its own name and that of the column."""
    cuts = (r"[_|｜]|[-–—]+|\s+", r"[_|｜]|[-–—]+", r"[_|｜]|\s[-–—]\s|--+|—+")
    return [part for cut in cuts for part in re.split(cut, outside) if part.strip()] + [outside]


def _organ(
    title: Title | None, signature: _Signature, head: Sequence[str], opening: str, by_file: Title | None
) -> tuple[str | None, Notice | None]:
    """The organ by the order of trust, with a notice where it is not from title or signature."""
    if title and title.organ:
        return title.organ, None
    if signature.organ:
        return signature.organ, None
    stated = _metadata(head)
    if stated:
        return stated, Notice(code="organ_from_metadata", params={"organ": stated}, keys=("meta.organ_name",))
    quoted = _QUOTED_TITLE.search(opening)
    inside = parse_title(quoted["title"]) if quoted else None
    written = _WRITTEN_BY.search(opening)
    for name in (inside.organ if inside else None, written["organ"] if written else None):
        if name and _is_organ(name):
            return name, Notice(code="organ_from_text", params={"organ": name}, keys=("meta.organ_name",))
    if by_file and by_file.organ:
        return by_file.organ, Notice(code="organ_from_file_name", params={"organ": by_file.organ}, keys=("meta.organ_name",))
    return None, Notice(code="organ_unknown", keys=("meta.organ_name",))


def _year(
    title: Title | None, period: Period | None, section_one: str, published: dt.date | None, by_file: Title | None
) -> tuple[int | None, Notice | None]:
    """The report year by the order of trust, with a notice where neither period nor title says it."""
    if period and period.year:
        return period.year, None
    if title and title.year:
        return title.year, None
    stated = next((y for y in YEAR.finditer(section_one) if not _MONTH_AFTER.match(section_one, y.end())), None)
    others = (
        ("year_from_text", int(stated["year"]) if stated else None),
        ("year_from_publication", published.year - 1 if published else None),
        ("year_from_file_name", by_file.year if by_file else None),
    )
    for code, year in others:
        if year:
            return year, Notice(code=code, params={"year": year}, keys=("meta.report_year",))
    return None, Notice(code="year_unknown", keys=("meta.report_year",))


def _signature(lines: Sequence[str]) -> _Signature:
    """The organ and date at the end: the last line that is nothing but a date, with the organ in it or right above."""
    texts = [compact(line) for line in lines]
    for index in range(len(texts) - 1, -1, -1):
        found = DATE.search(texts[index])
        date = as_date(found) if found else None
        if found is None or date is None or found.end() != len(texts[index]) or _PUBLISHED.search(texts[index]):
            continue
        beside = texts[index][: found.start()]
        if len(beside) > 40:
            continue
        organ = beside or next((text for text in reversed(texts[max(0, index - 2) : index]) if _is_organ(text)), "")
        if beside and not _is_organ(beside):
            continue
        return _Signature(organ or None, date)
    return _Signature(next((text for text in reversed(texts[-4:]) if _is_organ(text)), None), None)


def _is_organ(text: str) -> bool:
    """Whether a short text is nothing but the name of an organ (not 我局, not a sentence)."""
    if not 3 <= len(text) <= 40 or re.search(r"[。,;:!?\d]|^[我本该各全由]|的|了|进行|开展|报告", text):
        return False
    organ = describe_organ(text)
    return organ.kind != "unknown" and (organ.region is not None or len(text) >= 5 or organ.level == "national")


def _labelled(head: Sequence[str]) -> list[str]:
    """The lines of the head; a label alone (发布机构 in a cell of its own) is put before the line that follows it."""
    lines = list(head)
    pairs = pairwise(head)
    return lines + [f"{plain(line).rstrip(':')}:{after}" for line, after in pairs if _LABEL_ALONE.fullmatch(plain(line))]


def _metadata(head: Sequence[str]) -> str | None:
    found = (_METADATA.search(plain(line)) for line in head)
    return next((match["organ"] for match in found if match and describe_organ(match["organ"]).kind != "unknown"), None)


def _published(head: Sequence[str]) -> dt.date | None:
    """The date of publication given above the report (发布日期, 发布时间)."""
    for line in head:
        text = compact(line)
        found = _PUBLISHED.search(text)
        date = first_date(text[found.end() :][:12]) if found else None
        if date:
            return date
    return None


def _contradictions(title: Title | None, signature: _Signature, period: Period | None) -> list[Notice | None]:
    notices: list[Notice | None] = []
    if title and title.year and period and period.year and title.year != period.year:
        params: dict[str, str | int | float] = {"title": title.year, "period": period.year}
        notices.append(Notice(code="years_differ", params=params, keys=("meta.title_year", "meta.period_year")))
    if period and not period.is_full_year:
        notices.append(
            Notice(
                code="period_not_full_year",
                params={"start": period.start.isoformat(), "end": period.end.isoformat()},
                keys=("meta.period_start", "meta.period_end"),
            )
        )
    if title and title.organ and signature.organ and not may_be_same_organ(title.organ, signature.organ):
        names: dict[str, str | int | float] = {"title": title.organ, "signature": signature.organ}
        notices.append(Notice(code="organs_differ", params=names, keys=("meta.title_organ", "meta.sign_organ")))
    return notices


def _meta(
    organ: str | None,
    title: Title | None,
    signature: _Signature,
    period: Period | None,
    published: dt.date | None,
) -> Meta:
    """The ``meta.*`` keys known; what the document does not tell is ``None``."""
    return {
        "meta.organ_name": organ,
        "meta.title_organ": title.organ if title else None,
        "meta.sign_organ": signature.organ,
        "meta.title_year": title.year if title else None,
        "meta.period_year": period.year if period else None,
        "meta.period_start": period.start.isoformat() if period else None,
        "meta.period_end": period.end.isoformat() if period else None,
        "meta.period_full_year": period.is_full_year if period else None,
        "meta.sign_date": signature.date.isoformat() if signature.date else None,
        "meta.publish_date": published.isoformat() if published else None,
    }
