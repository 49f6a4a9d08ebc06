"""What the places of a document say against each other about organ and year; each contradiction becomes a notice."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from loaders.statements import Statements
from ogi.data_files import read_data
from ogi.organs import describe_organ, may_be_same_organ
from ogi.report import Notice

_YEAR_KEYS = ("meta.title_year", "meta.period_year")
_LONGEST_QUOTE = 40
_SENTENCE_END = re.compile(r"[。;!?]")
_BEGINS_WITH_YEAR = re.compile(r"(?:\(?[一二三四五六七八九十\d]{1,2}[、.)])?(?:截至|截止|在)?(?P<year>20\d\d)年(?:度)?(?!\d)")


def contradictions(said: Statements, year: int | None, strangers: Sequence[str]) -> tuple[Notice, ...]:
    """Return a notice for every two places that disagree.

    Args:
        said: what the places say.
        year: the report year that was settled on.
        strangers: the sentences that speak of another year, see :func:`other_years`.
    """
    return (*_of_years(said, year, strangers), *_of_organs(said))


def _of_years(said: Statements, year: int | None, strangers: Sequence[str]) -> Iterator[Notice]:
    title, period = said.title, said.period
    if title and title.year and period and period.year and title.year != period.year:
        yield _notice("years_differ", _YEAR_KEYS, title=title.year, period=period.year, followed=year or 0)
    if period and not period.is_full_year:
        keys = ("meta.period_start", "meta.period_end")
        yield _notice("period_not_full_year", keys, start=period.start.isoformat(), end=period.end.isoformat())
    if year is None:
        return
    by_file = said.by_file.year if said.by_file else None
    if by_file and by_file != year:
        yield _notice("year_differs_from_file_name", ("meta.report_year",), year=year, file=by_file)
    for code, date in (("signed_too_early", said.signature.date), ("published_too_early", said.head.date)):
        if date and date < dt.date(year, 12, 1):
            yield _notice(code, ("meta.report_year",), year=year, date=date.isoformat())
    if strangers:
        shown = strangers[0] if len(strangers[0]) <= _LONGEST_QUOTE else strangers[0][:_LONGEST_QUOTE] + "……"
        yield _notice("other_years_in_text", ("meta.other_year_mentions",), year=year, count=len(strangers), sentence=shown)


def other_years(text: str, year: int) -> list[str]:
    """Return the sentences that speak of another year as if it were the report year (“2022年，我局共收到申请3件”).

    ``text`` is the prose in the form of :func:`loaders.compact.compact`, with a full stop after each paragraph.
    Sentences that compare, look back or forward, or name laws and documents are none.
    """
    rules = read_data("identity.yaml")["other_year"]
    about, passing = re.compile(rules["about"]), re.compile(rules["passing"])
    found = []
    for sentence in _SENTENCE_END.split(text):
        said = _BEGINS_WITH_YEAR.match(sentence)
        if not said or int(said["year"]) == year or str(year) in sentence:
            continue
        if about.search(sentence) and not passing.search(sentence):
            found.append(sentence)
    return found


def _of_organs(said: Statements) -> Iterator[Notice]:
    title = said.title.organ if said.title else None
    signed = said.signature.organ
    if title and signed and not may_be_same_organ(title, signed):
        yield _notice("organs_differ", ("meta.title_organ", "meta.sign_organ"), title=title, signature=signed)
    named = title or signed
    if named and said.head.organ and not _published_for(named, said.head.organ):
        yield _notice("organ_differs_from_publisher", ("meta.organ_name",), organ=named, publisher=said.head.organ)
    by_file = said.by_file.organ if said.by_file else None
    if named and by_file and not may_be_same_organ(named, by_file):
        yield _notice("organ_differs_from_file_name", ("meta.organ_name",), organ=named, file=by_file)


def _published_for(organ: str, publisher: str) -> bool:
    """Whether one organ may publish for the other: its office, the government of its place, or the same organ."""
    if may_be_same_organ(organ, publisher):
        return True
    one, other = describe_organ(organ), describe_organ(publisher)
    if other.kind in ("government", "government_office", "zone_committee") or not one.region or not other.region:
        return True
    return not (one.region_code and other.region_code) or one.kind == "unknown"


def _notice(code: str, keys: tuple[str, ...], **params: str | int) -> Notice:
    return Notice(code=code, params=dict(params), keys=keys)
