"""Passages of the prose that look wrong in themselves: left-over template words, doubled words, sentences cut off, headings.

Each kind is a ``meta.*`` figure (how many) with the passages as printed. The patterns are data (``prose.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ogi.data_files import read_data
from ogi.report import NarrativeSection, Report

_AROUND = 12
"""Characters of context left and right of a passage."""
_ORDINAL = re.compile(r"\s*第?([一二三四五六七八九十])\s*(?:部分|[、.．,，])")
_SUB_ORDINAL = re.compile(r"\s*[（(]([一二三四五六七八九十]{1,2})[）)]\s*(.{0,20})")
_ORDINALS = "一二三四五六七八九十"
RECOGNISED = "pages_were_recognised"
"""The notice of a report whose pages are pictures."""
_NEED_PRINT = frozenset({"meta.doubled_words", "meta.cut_sentences"})
"""Kinds that cannot be told from recognised pages: a line not recognised looks like a sentence cut off."""


class Passages(NamedTuple):
    """How many there are, and the ones that can be quoted."""

    number: int
    quotes: tuple[str, ...]


def passages_of(key: str, report: Report) -> Passages | None:
    """Return the passages of one kind (a key of :data:`PASSAGES`); ``None`` where the prose was not read."""
    told = report.meta.get(key)
    if not report.narrative or key == "meta.other_year_mentions":
        # The reader of the document looks for other years itself, because it settles which year the report is of.
        return None if told is None else Passages(int(told), tuple(PASSAGES[key](report)))
    if key in _NEED_PRINT and any(notice.code == RECOGNISED for notice in report.notices):
        return None
    found = tuple(dict.fromkeys(PASSAGES[key](report)))
    return Passages(len(found), found)


def _template(report: Report) -> Iterator[str]:
    for part in report.narrative:
        for pattern in _patterns("template_residue"):
            yield from (_quoted(part.text, match) for match in pattern.finditer(part.text))


def _doubled(report: Report) -> Iterator[str]:
    never = set(read_data("prose.yaml")["doubled"]["never"])
    for part in report.narrative:
        for name in ("word", "single"):
            for match in _pattern("doubled", name).finditer(part.text):
                if match.group() not in never and not _is_meeting(match):
                    yield _quoted(part.text, match)


def _is_meeting(match: re.Match[str]) -> bool:
    """Whether the doubled word is the end of one word and the beginning of the next (信息公开公开指南)."""
    return match.groupdict().get("word") in read_data("prose.yaml")["doubled"]["meeting"]


def _cut(report: Report) -> Iterator[str]:
    for part in report.narrative:
        paragraphs = [line.strip() for line in part.text.split("\n") if line.strip()]
        for place, line in enumerate(paragraphs):
            if _pattern("cut", "not").search(line) or _pattern("cut", "follows").search(line):
                continue
            last = place == len(paragraphs) - 1
            middle = _pattern("cut", "middle").search(line) and (last or not line.endswith(("：", "；")))
            open_end = last and _is_open(line)
            if middle or open_end:
                yield f"……{line[-2 * _AROUND :]}"


def _is_open(line: str) -> bool:
    shortest = read_data("prose.yaml")["cut"]["shortest"]
    return (
        len(line) >= shortest
        and _pattern("cut", "open").search(line) is not None
        and _pattern("cut", "sentence").search(line) is not None
    )


def _order(report: Report) -> Iterator[str]:
    """Headings that stand before one they should follow; numbering may begin anew at 一 (narrative first, then tables)."""
    for before, after in pairwise(_numbered(report)):
        if after[0] < before[0] and after[0] != 1:
            yield f"{before[1].title.strip()} → {after[1].title.strip()}"


def _numbers(report: Report) -> Iterator[str]:
    """Numbers given to two headings in a row, or to two paragraphs of one section in a row."""
    for before, after in pairwise(_numbered(report)):
        if after[0] == before[0] and after[1].title.strip() != before[1].title.strip() and after[1].section != before[1].section:
            yield f"{before[1].title.strip()} / {after[1].title.strip()}"
    for part in report.narrative:
        lines = enumerate(line for line in part.text.split("\n") if line.strip())
        found = [(place, match) for place, line in lines if (match := _SUB_ORDINAL.match(line))]
        for (place, one), (following, other) in pairwise(found):
            # After a paragraph between them a list may begin anew at 一: first the problems, then what is done about them.
            anew = other[1] == "一" and following > place + 1
            if one[1] == other[1] and one[2] != other[2] and not anew:
                yield f"（{one[1]}）{one[2]} / （{other[1]}）{other[2]}"


def _numbered(report: Report) -> list[tuple[int, NarrativeSection]]:
    titled = [(_ORDINAL.match(part.title), part) for part in report.narrative if part.title]
    return [(_ORDINALS.index(match[1]) + 1, part) for match, part in titled if match]


def _other_years(report: Report) -> Iterator[str]:
    for notice in report.notices:
        if notice.code == "other_years_in_text":
            yield str(notice.params.get("sentence", ""))


def _quoted(text: str, match: re.Match[str]) -> str:
    start, end = max(0, match.start() - _AROUND), match.end() + _AROUND
    return ("…" if start else "") + " ".join(text[start:end].split()) + ("…" if end < len(text) else "")


@lru_cache(maxsize=64)
def _pattern(group: str, name: str) -> re.Pattern[str]:
    return re.compile(read_data("prose.yaml")[group][name])


@lru_cache(maxsize=8)
def _patterns(group: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in read_data("prose.yaml")[group])


PASSAGES: dict[str, Callable[[Report], Iterator[str]]] = {
    "meta.template_residue": _template,
    "meta.doubled_words": _doubled,
    "meta.cut_sentences": _cut,
    "meta.sections_out_of_order": _order,
    "meta.doubled_numbers": _numbers,
    "meta.other_year_mentions": _other_years,
}
"""The figures that count passages."""
