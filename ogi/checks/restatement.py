"""Last year's figures as this year's prose gives them: 上年收到申请304件, 比上年增加48件.

They are no figures of this report, so no reader states them; here they are looked for to be held against last year's report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ogi.data_files import read_data
from ogi.report import Report, StatedFact

LAST_YEAR, CHANGE = "text.requests_last_year", "text.requests_change"
_BLANKS = re.compile(r"\s+")
_SENTENCE = re.compile(r"[^。！？\n]+")
_CLAUSE = re.compile(r"[，,；;、（(]")
_FEWER = ("减少", "下降", "少")


class _Patterns(NamedTuple):
    year: re.Pattern[str]
    """Words without which nothing is said of last year."""
    figure: re.Pattern[str]
    change: re.Pattern[str]
    about: re.Pattern[str]
    never: re.Pattern[str]


def restated(report: Report) -> dict[str, tuple[StatedFact, ...]]:
    """Return what the prose says of last year's applications (``LAST_YEAR``) and of the change in cases (``CHANGE``, signed)."""
    if report.report_year is None or not report.narrative:
        return {}
    patterns = _patterns(report.report_year - 1)
    return {key: tuple(_found(key, report, patterns)) for key in (LAST_YEAR, CHANGE)}


def _found(key: str, report: Report, patterns: _Patterns) -> Iterator[StatedFact]:
    for part in report.narrative:
        if not patterns.year.search(part.text):
            continue
        for sentence in _SENTENCE.findall(part.text):
            text = _BLANKS.sub("", sentence)
            for match in (patterns.figure if key == LAST_YEAR else patterns.change).finditer(text):
                before = text[: match.start()]
                topic = before + match.group() if key == LAST_YEAR else before
                if not patterns.about.search(topic) or patterns.never.search(_near(before) + match.group()):
                    continue
                number = int(match["number"])
                value = -number if key == CHANGE and match["way"] in _FEWER else number
                place, words = part.section or None, match.group()
                yield StatedFact(key=key, value=value, sentence=sentence.strip(), words=words, unit="jian", section=place)


def _near(before: str) -> str:
    """The clause before the words and the one they stand in: what the change is said of."""
    return "，".join(_CLAUSE.split(before)[-2:])


def _spaced(year: int) -> str:
    """The year with blanks where a printed line may have them."""
    return r"\s*".join(str(year)) + r"\s*"


@lru_cache(maxsize=16)
def _patterns(last: int) -> _Patterns:
    rules = read_data("prose.yaml")["restated"]
    figure, change = (re.compile(rules[name].replace("{last}", str(last))) for name in ("figure", "change"))
    year = re.compile(rules["year"].replace("{last}", _spaced(last)))
    return _Patterns(year, figure, change, re.compile(rules["about"]), re.compile(rules["not"]))
