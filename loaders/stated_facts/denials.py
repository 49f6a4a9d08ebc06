"""Statements that there was nothing: no applications, no disputes, no information fee."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.stated_facts.clue import Clue
from loaders.stated_facts.subjects import Sentence

_NONE = frozenset("未没无不")
"""Without any of these nothing is denied in words."""


def denials(sentence: Sentence, found: Sequence[Clue]) -> Iterator[Clue]:
    """The denials of a sentence, also those written as a number (收到0件); ``found`` are its figures."""
    yield from _no_requests(sentence, found)
    if "复议" in sentence.text or "诉讼" in sentence.text:
        yield from _no_disputes(sentence, found)


def _no_requests(sentence: Sentence, found: Sequence[Clue]) -> Iterator[Clue]:
    for match in _denied("no_requests", sentence):
        if not sentence.words.denials["one_kind"].fullmatch(match[0]) and not _is_elsewhere(sentence, match.start()):
            yield Clue("text.no_requests", True, match.start(), match.start("end"))
            return
    for clue in found:
        if clue.key in ("text.requests", "text.requests_new") and clue.value == 0 and not clue.approximate:
            yield Clue("text.no_requests", True, clue.start, clue.end)
            return


def _denied(name: str, sentence: Sentence) -> Iterator[re.Match[str]]:
    return iter(()) if _NONE.isdisjoint(sentence.text) else sentence.words.denials[name].finditer(sentence.text)


def _no_disputes(sentence: Sentence, found: Sequence[Clue]) -> Iterator[Clue]:
    text, words = sentence.text, sentence.words.denials
    about = sentence.section == "s4" or sentence.heading in ("request", "dispute")
    about = about or bool(sentence.words.context["dispute"].search(text))
    for match in _denied("no_disputes", sentence):
        if not about or words["no_disputes_not"].search(match[0]) or _is_elsewhere(sentence, match.start()):
            continue
        stop = match.start("stop")
        if "复议" in match[0] and "诉讼" in match[0]:
            yield Clue("text.no_disputes", True, match.start(), stop)
        elif "复议" in match[0]:
            yield Clue("text.reconsideration", 0, match.start(), stop, "jian")
        else:
            yield Clue("text.litigation", 0, match.start(), stop, "jian")
    none = [clue for clue in found if clue.key in ("text.reconsideration", "text.litigation")]
    if {clue.key for clue in none} == {"text.reconsideration", "text.litigation"} and not any(clue.value for clue in none):
        yield Clue("text.no_disputes", True, none[0].start, none[-1].end)
    elif "复议" in text and "诉讼" in text and about and (both := words["both_zero"].search(text)):
        yield Clue("text.no_disputes", True, both.start(), both.end())


def _is_elsewhere(sentence: Sentence, place: int) -> bool:
    """Whether the denial is of another year, of a part of the year, or on a condition."""
    start = max(sentence.text.rfind(mark, 0, place) for mark in "，,；;：:。") + 1
    lead = sentence.text[start:place]
    before = sentence.text[max(0, start - 12) : start]
    elsewhere = sentence.words.elsewhere
    if any(elsewhere[name].search(f"{before}|{lead}") for name in ("last_year", "part_of_year", "since")):
        return True
    return bool(elsewhere["condition"].search(lead)) or sentence.of_other_year(place, start)
