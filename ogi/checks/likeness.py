"""How much of a report's own words stand in another report too, and which passages those are.

Boilerplate, which the form or the law asks for in these words, is left out. In the measure all
numbers look alike, so that a text copied with new figures is found; :attr:`Likeness.same_figures` says whether they were copied.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from ogi.data_files import read_data
from ogi.report import Report

_BLANKS = re.compile(r"\s+")
_SENTENCE = re.compile(r"[^。；！？]+[。；！？]?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class Sentence(NamedTuple):
    """A sentence that counts, as printed without blanks, and as it is compared."""

    section: str
    text: str
    compared: str
    """With every number as ``0``."""


class Passage(NamedTuple):
    """Words both reports have, as the first prints them."""

    section: str
    text: str


class Likeness(NamedTuple):
    """How much of one report stands in another."""

    share: float | None
    """Share of the first report's own words; ``None`` where it has too few of them to be judged."""
    by_section: dict[str, float]
    """The same for each section that has words of its own."""
    passages: tuple[Passage, ...]
    same_figures: float | None
    """Share of the numbers inside these passages that are printed in the other report's too; ``None`` without a number."""


def own_words(report: Report, common: Collection[str] = ()) -> tuple[Sentence, ...]:
    """Return the sentences of a report that are no boilerplate.

    Args:
        report: the report.
        common: further sentences, as compared, to leave out: those that many reports of a collection share.
    """
    return tuple(
        sentence
        for sentence in _sentences((part.section, part.text) for part in report.narrative)
        if sentence.compared not in common
    )


def own_words_of(parts: Iterable[tuple[str, str]]) -> tuple[Sentence, ...]:
    """Return the sentences that are no boilerplate of a text given as sections and their words."""
    return tuple(_sentences(parts))


def likeness(report: Report, other: Report, common: Collection[str] = ()) -> Likeness:
    """Compare the own words of a report with another report, section by section and as a whole."""
    return compare(own_words(report, common), own_words(other, common))


def compare(words: tuple[Sentence, ...], other: tuple[Sentence, ...]) -> Likeness:
    """Compare own words; see :func:`likeness`."""
    run = read_data("originality.yaml")["run"]
    theirs = runs(other)
    numbers = {number for sentence in other for number in _NUMBER.findall(sentence.text)}
    covered: dict[str, int] = {}
    length: dict[str, int] = {}
    passages: list[Passage] = []
    for sentence in words:
        spans = _covered(sentence.compared, theirs, run)
        length[sentence.section] = length.get(sentence.section, 0) + len(sentence.compared)
        covered[sentence.section] = covered.get(sentence.section, 0) + sum(end - start for start, end in spans)
        passages += (Passage(sentence.section, _printed(sentence, start, end)) for start, end in spans)
    whole = sum(length.values())
    enough = whole >= read_data("originality.yaml")["shortest"]
    found = [number for passage in passages for number in _NUMBER.findall(passage.text)]
    return Likeness(
        sum(covered.values()) / whole if enough else None,
        {section: covered[section] / size for section, size in length.items() if size},
        tuple(passages),
        sum(number in numbers for number in found) / len(found) if found else None,
    )


def runs(words: tuple[Sentence, ...]) -> frozenset[str]:
    """Return the runs of characters of the compared sentences."""
    run = read_data("originality.yaml")["run"]
    return frozenset(
        text[place : place + run] for text in (sentence.compared for sentence in words) for place in range(_places(text, run))
    )


def _places(text: str, run: int) -> int:
    return max(1, len(text) - run + 1)


def _covered(text: str, theirs: frozenset[str], run: int) -> list[tuple[int, int]]:
    """The stretches of a sentence that lie inside runs the other report has."""
    spans: list[tuple[int, int]] = []
    for place in range(_places(text, run)):
        if text[place : place + run] not in theirs:
            continue
        end = min(place + run, len(text))
        if spans and place <= spans[-1][1]:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((place, end))
    return spans


def _printed(sentence: Sentence, start: int, end: int) -> str:
    """The stretch as printed: its numbers were one character each in the compared text."""
    at, shift = [], 0
    for match in _NUMBER.finditer(sentence.text):
        at.append((match.start() - shift, len(match.group()) - 1))
        shift += len(match.group()) - 1
    before = sum(extra for place, extra in at if place < start)
    inside = sum(extra for place, extra in at if start <= place < end)
    return sentence.text[start + before : end + before + inside]


def _sentences(parts: Iterable[tuple[str, str]]) -> Iterator[Sentence]:
    wanted, boilerplate = read_data("originality.yaml")["sections"], _boilerplate()
    for section, words in parts:
        if section not in wanted:
            continue
        for match in _SENTENCE.finditer(_BLANKS.sub("", words)):
            compared = _NUMBER.sub("0", match.group())
            if not boilerplate.fullmatch(compared.rstrip("。；！？")):
                yield Sentence(section, match.group(), compared)


@lru_cache(maxsize=1)
def _boilerplate() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in read_data("originality.yaml")["boilerplate"]))
