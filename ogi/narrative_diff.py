"""The prose of two years side by side: section by section, paragraph by paragraph, word by word.

Paragraphs are paired wherever they stand, so one that moved into another section is recognised as moved and not shown as taken
away and written anew. Words are those of a dictionary of Chinese (rjieba, its dictionary inside the wheel); a number with its
decimals and percent sign is one word, so that 12.5% against 13.5% is one change and not two digits.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal, NamedTuple

import rjieba
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel, Opcode

from ogi.once import once
from ogi.report import NarrativeSection

Change = Literal["same", "changed", "added", "removed"]
_ALIKE_AT_HOME, _ALIKE_ELSEWHERE = 50.0, 70.0
"""From so much likeness (0–100) two paragraphs count as one that was changed: in the same section, and in another one.

Set by looking at the pairs of years of the sample reports: set phrases of the form alone make paragraphs of different sections
alike, so that more is asked of them."""
_SHORTEST_MOVE = 12
"""Shorter paragraphs (（一）主动公开) are never said to have moved to another section: they stand in every report."""
_RUN_IN_HEADING = re.compile(r"\(?[一二三四五六七八九十\d]{1,3}[)、.][^。:;,]{2,20}[。:]")
"""（三）政府信息管理。 at the head of a paragraph: two such paragraphs tell of the same thing, however differently."""
_WORD = re.compile(r"\d[\d,，.．]*[%％‰]?|[A-Za-z]+|\s+|[^\dA-Za-z\s]+")
_TRIVIAL = re.compile(r"[\s，。、；：,.;:（）()]*")


class Piece(NamedTuple):
    """A run of words that stayed, came or went."""

    kind: Literal["same", "added", "removed"]
    text: str


@dataclass(frozen=True, kw_only=True)
class ParagraphChange:
    """One paragraph of one year and its counterpart in the other."""

    change: Change
    before: str = ""
    """As printed; empty where it was added."""
    after: str = ""
    has_moved: bool = False
    """Whether it stands in another section, or in another place among the paragraphs of its section."""
    section_before: str | None = None
    section_after: str | None = None

    @once
    def pieces(self) -> tuple[Piece, ...]:
        """The words of both, in the order of reading; what went stands before what came in its place."""
        return words_compared(self.before, self.after)


@dataclass(frozen=True, kw_only=True)
class SectionChange:
    """One section in both years. A paragraph that moved to another section is listed in the section it stands in now."""

    section: str
    """``s1`` … ``s6``, or the title of a section the form does not have."""
    title_before: str | None
    """The heading as printed; ``None`` where the year has no such section."""
    title_after: str | None
    similarity: float | None
    """Share of the words that both have in the same order, 0–1; ``None`` where only one year has the section."""
    paragraphs: tuple[ParagraphChange, ...]


class _Paragraph(NamedTuple):
    section: str
    text: str
    plain: str


def compare_narratives(before: Sequence[NarrativeSection], after: Sequence[NarrativeSection]) -> tuple[SectionChange, ...]:
    """Return the sections of both years in the order of the later one, those it lost at the end.

    Args:
        before: the sections of the earlier report.
        after: those of the later one.
    """
    old, new = _paragraphs(before), _paragraphs(after)
    pairs = _paired(old, new)
    moved = _moved(old, new, pairs)
    titles_before, titles_after = _titles(before), _titles(after)
    changes = []
    for section in dict.fromkeys((*titles_after, *titles_before)):
        one = "\n".join(p.text for p in old if p.section == section)
        other = "\n".join(p.text for p in new if p.section == section)
        in_both = section in titles_before and section in titles_after
        changes.append(
            SectionChange(
                section=section,
                title_before=titles_before.get(section),
                title_after=titles_after.get(section),
                similarity=Indel.normalized_similarity(words(one), words(other)) if in_both else None,
                paragraphs=tuple(_of_section(section, old, new, pairs, moved)),
            )
        )
    return tuple(changes)


def words_compared(before: str, after: str) -> tuple[Piece, ...]:
    """Return two texts word by word.

    Joined, the pieces that are not ``added`` give ``before``, those not ``removed`` give ``after``. A comma left standing between
    two changed words belongs to the change: nobody reads it as kept.
    """
    if before == after:
        return (Piece("same", before),) if before else ()
    one, other = words(before), words(after)
    runs: list[tuple[bool, str, str]] = []
    for step in Indel.opcodes(one, other):
        gone, come = "".join(one[step.src_start : step.src_end]), "".join(other[step.dest_start : step.dest_end])
        stays = step.tag == "equal" and not (_TRIVIAL.fullmatch(gone) and _is_inside(step, len(one), len(other)))
        if runs and runs[-1][0] == stays:
            runs[-1] = (stays, runs[-1][1] + gone, runs[-1][2] + come)
        else:
            runs.append((stays, gone, come))
    pieces: list[Piece] = []
    for stays, gone, come in runs:
        if stays or gone == come:
            pieces.append(Piece("same", gone))
            continue
        pieces += [Piece("removed", gone)] if gone else []
        pieces += [Piece("added", come)] if come else []
    return tuple(pieces)


def _is_inside(step: Opcode, before: int, after: int) -> bool:
    """Whether something stands on either side of a run in both texts."""
    return step.src_start > 0 and step.src_end < before and step.dest_start > 0 and step.dest_end < after


@lru_cache(maxsize=512)
def words(text: str) -> tuple[str, ...]:
    """Return the words of a text; joined they are the text."""
    found: list[str] = []
    for run in _WORD.findall(text):
        found += [run] if run[0].isascii() or run[0].isdigit() or run.isspace() else rjieba.cut(run)
    return tuple(found)


def _paragraphs(sections: Iterable[NarrativeSection]) -> list[_Paragraph]:
    found = []
    for section in sections:
        for line in section.text.split("\n"):
            plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", line))
            if plain:
                found.append(_Paragraph(_key(section), line.strip(), plain))
    return found


def _key(section: NarrativeSection) -> str:
    return section.section or section.title


def _titles(sections: Iterable[NarrativeSection]) -> dict[str, str]:
    return {_key(section): section.title for section in sections}


def _paired(old: Sequence[_Paragraph], new: Sequence[_Paragraph]) -> dict[int, int]:
    """Return for paragraphs of the later year the one of the earlier year they come from, by their places."""
    pairs: dict[int, int] = {}
    matcher = SequenceMatcher(None, [(p.section, p.plain) for p in old], [(p.section, p.plain) for p in new], autojunk=False)
    for a, b, size in matcher.get_matching_blocks():
        pairs |= {b + step: a + step for step in range(size)}
    left_old = [place for place in range(len(old)) if place not in set(pairs.values())]
    left_new = [place for place in range(len(new)) if place not in pairs]
    if not left_old or not left_new:
        return pairs
    scores = process.cdist([old[a].plain for a in left_old], [new[b].plain for b in left_new], scorer=fuzz.ratio)
    found = []
    for row, a in enumerate(left_old):
        for column, b in enumerate(left_new):
            at_home = old[a].section == new[b].section
            long_enough = min(len(old[a].plain), len(new[b].plain)) >= _SHORTEST_MOVE
            if scores[row, column] >= (_ALIKE_AT_HOME if at_home else _ALIKE_ELSEWHERE) and (at_home or long_enough):
                found.append((-float(scores[row, column]), not at_home, abs(row - column), a, b))
    found += [(-_ALIKE_AT_HOME, False, 0, a, b) for a in left_old for b in left_new if _same_heading(old[a], new[b])]
    taken: set[int] = set()
    for *_, a, b in sorted(found):
        if a not in taken and b not in pairs:
            taken.add(a)
            pairs[b] = a
    return pairs


def _same_heading(one: _Paragraph, other: _Paragraph) -> bool:
    headings = [_RUN_IN_HEADING.match(paragraph.plain) for paragraph in (one, other)]
    return one.section == other.section and all(headings) and len({heading[0] for heading in headings if heading}) == 1


def _moved(old: Sequence[_Paragraph], new: Sequence[_Paragraph], pairs: dict[int, int]) -> set[int]:
    """Return the paragraphs of the later year that stand elsewhere: the fewest that must move to explain the new order."""
    moved = {b for b, a in pairs.items() if old[a].section != new[b].section}
    for section in dict.fromkeys(p.section for p in new):
        inside = sorted(b for b in pairs if b not in moved and new[b].section == section)
        kept = _longest_rising([pairs[b] for b in inside])
        moved |= {b for number, b in enumerate(inside) if number not in kept}
    return moved


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """Return the places of a longest rising subsequence."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        at = bisect_left(tails, number)
        tails[at : at + 1] = [number]
        ends[at : at + 1] = [place]
        before.append(ends[at - 1] if at else -1)
    kept: set[int] = set()
    place = ends[-1] if ends else -1
    while place >= 0:
        kept.add(place)
        place = before[place]
    return kept


def _of_section(
    section: str, old: Sequence[_Paragraph], new: Sequence[_Paragraph], pairs: dict[int, int], moved: set[int]
) -> list[ParagraphChange]:
    """The paragraphs as they stand now; one that went stands behind the one it followed."""
    went = [a for a, p in enumerate(old) if p.section == section and a not in set(pairs.values())]
    changes: list[ParagraphChange] = []
    for b, paragraph in enumerate(new):
        if paragraph.section != section:
            continue
        a = pairs.get(b)
        if a is not None and b not in moved:
            while went and went[0] < a:
                changes.append(_gone(old[went.pop(0)]))
        changes.append(_now(paragraph, None if a is None else old[a], b in moved))
    return [*changes, *(_gone(old[a]) for a in went)]


def _gone(paragraph: _Paragraph) -> ParagraphChange:
    return ParagraphChange(change="removed", before=paragraph.text, section_before=paragraph.section)


def _now(paragraph: _Paragraph, earlier: _Paragraph | None, has_moved: bool) -> ParagraphChange:
    if earlier is None:
        return ParagraphChange(change="added", after=paragraph.text, section_after=paragraph.section)
    return ParagraphChange(
        change="same" if earlier.plain == paragraph.plain else "changed",
        before=earlier.text,
        after=paragraph.text,
        has_moved=has_moved,
        section_before=earlier.section,
        section_after=paragraph.section,
    )
