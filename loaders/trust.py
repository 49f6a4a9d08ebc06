"""Which of the places of a document is believed on organ and report year, and how far.

Order of trust (domain specification, section 9). Organ: title > signature > publishing organ > a sentence of the report > file
name. Year: period sentence > title > first “Y年” of section 一 > address of the page > year of publication − 1 > file name. A
year that two other places contradict with one voice, while none supports it, was left over from last year: they are followed.
Whatever comes from below signature or title is said in a notice.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from loaders.statements import Statements
from ogi.data_files import read_data
from ogi.organs import describe_organ, may_be_same_organ
from ogi.report import Notice


class Organ(NamedTuple):
    """The organ believed, with the place that named it; see ``confidence`` in ``ogi/data/identity.yaml``."""

    name: str | None
    source: str
    notices: tuple[Notice, ...] = ()


class Year(NamedTuple):
    """The report year believed, with the place that gave it."""

    year: int | None
    source: str
    notices: tuple[Notice, ...] = ()


def believed_organ(said: Statements) -> Organ:
    """Return the organ by the order of trust, with a notice where it is not from title or signature."""
    title, signature = said.title.organ if said.title else None, said.signature.organ
    if title and _says_nothing(title) and (signature or said.head.organ):
        title = None  # words of the page that stand where an organ should
    if title:
        return Organ(title, "title_and_signature" if signature and may_be_same_organ(title, signature) else "title")
    if signature:
        return Organ(signature, "signature")
    by_file = said.by_file.organ if said.by_file else None
    for source, name in (("metadata", said.head.organ), ("text", said.text_organ), ("file_name", by_file)):
        if name:
            return Organ(name, source, (_notice(f"organ_from_{source}", "meta.organ_name", organ=name),))
    return Organ(None, "", (Notice(code="organ_unknown", keys=("meta.organ_name",)),))


def _says_nothing(name: str) -> bool:
    organ = describe_organ(name)
    return organ.kind == "unknown" and organ.region is None


def believed_year(said: Statements) -> Year:
    """Return the report year by the order of trust, with a notice where neither period nor title says it."""
    ordered = _years(said)
    if not ordered:
        return Year(None, "", (Notice(code="year_unknown", keys=("meta.report_year",)),))
    source, year = ordered[0]
    witnesses = [(place, other) for place, other in ordered if place not in ("address", "file_name")]
    others = [(place, other) for place, other in witnesses if place != source]
    agreed = {other for _, other in others}
    if source in ("period", "title") and len(others) > 1 and len(agreed) == 1 and year not in agreed:
        followed, right = others[0]
        notice = _notice("year_outvoted", "meta.report_year", wrong=year, year=right)
        return Year(right, followed, (notice, *_of_source(followed, right)))
    if source == "period" and ("title", year) in ordered:
        source = "title_and_period"
    return Year(year, source, _of_source(source, year))


def _years(said: Statements) -> list[tuple[str, int]]:
    """The places that give a year, the most trusted first."""
    date = said.date
    given = {
        "period": said.period.year if said.period else None,
        "title": said.title.year if said.title else None,
        "text": said.text_year,
        "address": said.address_year,
        "publication": date.year - 1 if date else None,
        "file_name": said.by_file.year if said.by_file else None,
    }
    return [(place, year) for place, year in given.items() if year]


def _of_source(source: str, year: int) -> tuple[Notice, ...]:
    said_outright = ("period", "title", "title_and_period")
    return () if source in said_outright else (_notice(f"year_from_{source}", "meta.report_year", year=year),)


def confidence(subject: str, source: str, *, contradicted: bool = False) -> float:
    """Return how sure an answer is, from 0 (not known) to 1, by the place it came from."""
    table = read_data("identity.yaml")["confidence"]
    sure = table[subject].get(source, 0.0)
    return min(sure, table["contradicted"]) if contradicted else sure


def is_of(subject: str, notices: Iterable[Notice]) -> bool:
    """Whether one of the notices is a contradiction about ``organ`` or ``year``."""
    codes = read_data("identity.yaml")["contradictions"][subject]
    return any(notice.code in codes for notice in notices)


def _notice(code: str, key: str, **params: str | int) -> Notice:
    return Notice(code=code, params=dict(params), keys=(key,))
