"""Personal data in the prose of reports: telephone and ID numbers, e-mail addresses, accounts, names behind a label.

What is looked for, and what is put in its place, is data (``personal_data.toml``). Only text is masked, never a reading; a number
in the text only where nothing around it says that it counts, pays for or numbers something. In doubt it stays, and so does a name
without a label: whoever is told how many places were hidden is not told that nothing personal is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar, cast

import msgspec

from ogi.checks.finding import Finding
from ogi.data_files import DATA, load_toml
from ogi.han import HAN
from ogi.report import Report

_PLAIN = str.maketrans("０１２３４５６７８９", "0123456789")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
"""GB 11643-1999: the check character by the weighted sum modulo 11."""
_LOOKS_BACK = 12
_ANY = re.compile(r"\d{4}|[@＠]|人|员|姓名|QQ|qq|微信|[Cc]hat")
"""Without any of these there is nothing to find."""
_PART = re.compile(r"\{([a-z_]+)\}")

T = TypeVar("T")


class Kind(NamedTuple):
    """One kind of personal data."""

    id: str
    mark: str
    """What stands in its place."""
    pattern: re.Pattern[str]
    not_like: re.Pattern[str] | None
    """What it is not, although the pattern matches."""
    is_checked: bool
    """Whether its last character must be the check digit of an ID number."""
    repeats: bool
    """Whether it is looked for again once something was hidden."""


class Rules(NamedTuple):
    """What is looked for, and what around a match says that it is something else."""

    kinds: tuple[Kind, ...]
    not_after: tuple[str, ...]
    not_before: re.Pattern[str]


class Mask:
    """Hides personal data in one text after the other, and counts the places."""

    def __init__(self) -> None:
        """Begin with none."""
        self.count = 0

    def text(self, text: str) -> str:
        """Return a text with marks in the place of what is personal; the same text where nothing is."""
        if _ANY.search(text) is None:
            return text
        for kind in rules().kinds:
            while True:
                text, hidden = _hidden(text, kind)
                self.count += hidden
                if not (hidden and kind.repeats):
                    break
        return text

    def within(self, value: T) -> T:
        """Return plain data (texts, numbers, lists, mappings) with every text in it masked; the names of mappings stay."""
        if isinstance(value, str):
            return cast(T, self.text(value))
        if isinstance(value, dict):
            return cast(T, {name: self.within(item) for name, item in value.items()})
        if isinstance(value, list):
            return cast(T, [self.within(item) for item in value])
        return cast(T, tuple(self.within(item) for item in value)) if isinstance(value, tuple) else value

    def report(self, report: Report) -> Report:
        """Return a report without personal data in its prose, the sentences of its facts and its notices; readings stay."""
        put, narrative = msgspec.structs.replace, report.narrative
        prose = tuple(put(part, title=self.text(part.title), text=self.text(part.text)) for part in narrative)
        again = Mask()  # these sentences stand in the prose, where they were counted
        facts = tuple(put(fact, sentence=again.text(fact.sentence)) for fact in report.facts)
        notices = tuple(put(notice, params=again.within(notice.params)) for notice in report.notices)
        return put(report, narrative=prose, facts=facts, notices=notices)

    def findings(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Return findings without personal data in what they quote of the prose."""
        return tuple(self._finding(finding) for finding in findings)

    def _finding(self, finding: Finding) -> Finding:
        put, stated = msgspec.structs.replace, finding.stated
        if stated is not None:
            stated = put(stated, sentence=self.text(stated.sentence))
        params, quotes = self.within(finding.params), self.within(finding.quotes)
        return put(finding, stated=stated, params=params, quotes=quotes)


def marks_in(text: str) -> int:
    """Return how many places of a masked text are hidden."""
    return sum(text.count(mark) for mark in {kind.mark for kind in rules().kinds})


@lru_cache(maxsize=1)
def rules() -> Rules:
    """Return the rules as the data file has them, patterns compiled."""
    told = load_toml(DATA / "personal_data.toml")
    parts: dict[str, str] = {"han": HAN, **told["part"]}
    kinds = tuple(
        Kind(
            id=kind["id"],
            mark=kind["mark"],
            pattern=re.compile(_filled(kind["pattern"], parts)),
            not_like=re.compile(kind["not_like"]) if "not_like" in kind else None,
            is_checked=kind.get("is_checked", False),
            repeats=kind.get("repeats", False),
        )
        for kind in told["kind"]
    )
    return Rules(kinds, tuple(told["not_after"]), re.compile("|".join(told["not_before"])))


def _filled(pattern: str, parts: dict[str, Any]) -> str:
    """A pattern with the parts it names in the place of their names; what is in braces otherwise stays."""
    while (found := _PART.search(pattern)) is not None:
        pattern = pattern[: found.start()] + parts[found[1]] + pattern[found.end() :]
    return pattern


def _hidden(text: str, kind: Kind) -> tuple[str, int]:
    plain = text.translate(_PLAIN)  # of the same length, so that places are the same
    pieces, end, count = list[str](), 0, 0
    for match in kind.pattern.finditer(plain):
        group = "hide" if kind.pattern.groupindex else 0
        if _is_other(plain, match.span(group), match[group], kind):
            continue
        pieces += (text[end : match.start(group)], kind.mark)
        end, count = match.end(group), count + 1
    return "".join((*pieces, text[end:])), count


def _is_other(text: str, span: tuple[int, int], found: str, kind: Kind) -> bool:
    """Whether a match is a figure, a number of a document or another thing after all."""
    if kind.not_like is not None and kind.not_like.search(re.sub(r"\s", "", found)):
        return True
    if kind.is_checked and not _fits_its_check(found):
        return True
    before = text[max(0, span[0] - _LOOKS_BACK) : span[0]].rstrip(" :：为是")
    said = rules()
    return before.endswith(said.not_after) or said.not_before.match(text, span[1]) is not None


def _fits_its_check(number: str) -> bool:
    weighted = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return _CHECK_CHARACTERS[weighted % 11] == number[-1].upper().replace("Ｘ", "X")
