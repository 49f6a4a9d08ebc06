"""Years and dates as reports print them: 2024年, ２０２０, 二〇二〇年一月二十六日, 2020-01-31, 2020 年 1 月."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from loaders.compact import compact
from loaders.normalise import plain

DATE = re.compile(r"(?P<year>(?:19|20)\d\d)(?:年|[./-])(?P<month>\d{1,2})(?:月|[./-])(?P<day>\d{1,2})(?:日|号)?(?!\d)")
YEAR = re.compile(r"(?<!\d)(?P<year>20\d\d)(?:年度?)+")
_PERIOD = re.compile(
    r"(?P<y1>20\d\d)年(?P<m1>\d{1,2})月(?P<d1>\d{1,2})日(?:\d{1,2}时)?[^\d。;]{0,6}(?:(?P<y2>20\d\d)年)?(?P<m2>\d{1,2})月(?P<d2>\d{1,2})日"
)
_PERIOD_DOTS = re.compile(
    r"(?P<y1>20\d\d)[./-](?P<m1>\d{1,2})[./-](?P<d1>\d{1,2})[^\d。;]{1,4}(?P<y2>20\d\d)[./-](?P<m2>\d{1,2})[./-](?P<d2>\d{1,2})"
)


class Period(NamedTuple):
    """The time the figures cover, first and last day."""

    start: dt.date
    end: dt.date

    @property
    def year(self) -> int | None:
        """The calendar year; ``None`` where the period runs over two."""
        return self.start.year if self.start.year == self.end.year else None

    @property
    def is_full_year(self) -> bool:
        """Whether the period is 1 January to 31 December of one year."""
        return self == Period(dt.date(self.start.year, 1, 1), dt.date(self.start.year, 12, 31))


_TIME_OF_DAY = re.compile(r"(?<=[\d日号])[T\s]+\d{1,2}:\d{2}.*")


def date_of(line: str) -> dt.date | None:
    """Return the first date of a line as printed, with or without a time of day (``2023-01-31 13:24``)."""
    return first_date(compact(_TIME_OF_DAY.sub("", plain(line))))


def first_date(text: str) -> dt.date | None:
    """Return the first possible date of a :func:`loaders.compact.compact` text."""
    return next(filter(None, (as_date(found) for found in DATE.finditer(text))), None)


def as_date(found: re.Match[str]) -> dt.date | None:
    """Return a match of :data:`DATE` as a date; ``None`` for 31 February."""
    return _date(found["year"], found["month"], found["day"])


def find_period(text: str) -> Period | None:
    """Return the statistics period stated in a :func:`loaders.compact.compact` text (统计期限自…起至…止).

    A range of dates counts where 统计 or 期限 stands shortly before it, or where it is a full calendar year.
    """
    for pattern in (_PERIOD, _PERIOD_DOTS):
        for found in pattern.finditer(text):
            start = _date(found["y1"], found["m1"], found["d1"])
            end = _date(found["y2"] or found["y1"], found["m2"], found["d2"])
            if start is None or end is None or end < start:
                continue
            period = Period(start, end)
            before = text[max(0, found.start() - 24) : found.start()].rpartition("。")[2]
            if period.is_full_year or "统计" in before or "期限" in before:
                return period
    return None


def _date(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
