"""The prose of a report by sections: 一、总体情况 … 六、其他需要报告的事项, without the tables inside them.

Headings are recognised by the spellings of the form and, where reworded, by the words in ``ogi/data/sections.yaml``. Row labels
that look like headings (四、结转下年度继续办理) are told apart by being labels of a table. Text stays as printed, except that
Kangxi radicals, which some PDF printers write for ordinary characters, are brought back, and page numbers are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec

from loaders.grid import TextLine
from loaders.normalise import label_key, plain, without_pinyin
from ogi.data_files import read_data
from ogi.form import Form
from ogi.report import NarrativeSection, Source

LONGEST_HEADING = 40
_HEADING = re.compile(
    r"^\s*(?:第[一二三四五六七八九十]{1,2}部分\s*[、.．,，:：]?|[一二三四五六七八九十]{1,2}\s*[、.．,，:：])\s*(?P<words>\S.*)$"
)
_SUB_HEADING = re.compile(
    r"^\s*(?:[（(][一二三四五六七八九十\d]{1,2}[)）]|[一二三四五六七八九十]{1,2}、|\d{1,2}[、.．)）](?!\d))"
)
_SENTENCE = re.compile(r"[。；;！!？?]")
_ENDS = re.compile(r"[。：:！!？?…]\s*[”’」』）)]?\s*$")
_PAGE_MARK = re.compile(
    r"^\s*(?:[-—–―－]+\s*\d{1,3}\s*[-—–―－]+|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?|P\.\s*\d{1,3}|Page\s+\d{1,3})\s*$"
)
_CONTENTS = re.compile(r"(?:\.{3,}|·{3,}|\s)\s*\d{1,3}$|\.{3,}$")
"""A line of a table of contents: dots or a blank and a page number at its end."""
_FIRST_WORD = re.compile(r"[一二三四五六]\s*[、.．]\s*\S+")
_LONE_NUMBER = re.compile(r"^\s*\d{1,3}\s*$")
_SHORTEST_FULL_LINE = 20
"""A line shorter than this does not run on into the next one: it is a title, a signature or a list."""
_RADICALS = re.compile("[\u2e80-\u2fdf]")


class Place(NamedTuple):
    """Where a printed line of a paragraph begins in its text, where it stands in the document, how surely it was read."""

    offset: int
    source: Source
    confidence: float


class Paragraph(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph of prose with the printed lines it was joined from; ``section`` is ``None`` before the first heading."""

    section: str | None
    text: str
    places: tuple[Place, ...]

    def place(self, offset: int) -> Place:
        """The printed line a position of the text stands in."""
        return self.places[bisect_right(self.places, offset, key=lambda place: place.offset) - 1]


class Narrative(msgspec.Struct, frozen=True, kw_only=True):
    """The prose of a report: what stands before the first section, the sections, and every line for searching."""

    preamble: tuple[str, ...]
    sections: tuple[NarrativeSection, ...]
    lines: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    """All prose, headings left out, in the order of the document."""

    def text_of(self, section: str) -> str:
        """The text of all parts of one section; empty where the report does not have it."""
        return "\n".join(part.text for part in self.sections if part.section == section)

    @property
    def found(self) -> tuple[str, ...]:
        """The sections found, each once, in the order of the form."""
        return tuple(sorted({part.section for part in self.sections}))


def read_narrative(prose: Sequence[TextLine], form: Form) -> Narrative:
    """Divide the lines outside tables into sections.

    A report that numbers its narrative and then its tables anew from 一 gives the same section twice; both parts are kept.
    """
    headings = Headings(form)
    lines = [part for line in prose if line.text.strip() and not _is_page_mark(line) for part in _split_inline(line, headings)]
    numbered = sum(1 for line in lines if headings.section_of(line.text)) >= 2
    preamble: list[TextLine] = []
    sections: list[tuple[str, str, list[TextLine]]] = []
    for line in lines:
        key = headings.section_of(line.text, ordinal_needed=numbered)
        if key and not (sections and sections[-1][0] == key):
            sections.append((key, _clean(line.text), []))
        elif sections:
            sections[-1][2].append(line)
        else:
            preamble.append(line)
    bodies = [(key, title, _paragraphs(body, key)) for key, title, body in sections]
    written = {key for key, _, body in bodies if body}
    again = [part for part in bodies if part[2] or part[0] not in written]  # without the echo of a table of contents
    return Narrative(
        preamble=tuple(_clean(line.text) for line in preamble),
        sections=tuple(
            NarrativeSection(section=key, title=title, text="\n".join(paragraph.text for paragraph in body))
            for key, title, body in again
        ),
        lines=tuple(_clean(line.text) for line in lines),
        paragraphs=(*_paragraphs(preamble, None), *(paragraph for _, _, body in again for paragraph in body)),
    )


class Headings:
    """Tells headings of the six sections from labels of table rows and from ordinary lines."""

    def __init__(self, form: Form) -> None:
        self._spellings: dict[str, str] = {}
        labels = {spelling for group in form.groups.values() for spelling in group.spellings}
        for edition in form.editions.values():
            labels |= {spelling for table in edition for row in table.rows for spelling in row.spellings}
            # An edition without prose (the statistical form of 2014) has no headings in the narrative.
            if any(section.type == "text" for section in edition.sections):
                for section in edition.sections:
                    self._spellings.update({label_key(spelling): section.key for spelling in section.spellings})
        self._labels = {label_key(label) for label in labels}

    def section_of(self, line: str, *, ordinal_needed: bool = True) -> str | None:
        """Return the section whose heading ``line`` is, or ``None``. Without an ordinal only a spelling of the form counts."""
        text = without_pinyin(plain(line))
        if not text or len(text) > LONGEST_HEADING or _SENTENCE.search(text.rstrip("。；;")) or _CONTENTS.search(text):
            return None
        found = _HEADING.match(text)
        key = label_key(found["words"] if found else text)
        if key in self._labels:
            return None
        if key in self._spellings and (found or not ordinal_needed):
            return self._spellings[key]
        return self._reworded(key, found["words"]) if found else None

    def _reworded(self, key: str, words: str) -> str | None:
        """The section of a numbered heading in other words: one that holds an official spelling, else by telling words."""
        best = max((spelling for spelling in self._spellings if spelling in key), key=len, default="")
        if len(best) >= 6:
            return self._spellings[best]
        if re.search(r"[\d,。]", words):
            return None  # a sentence
        return next((rule["section"] for rule in read_data("sections.yaml") if any(word in key for word in rule["words"])), None)


def _split_inline(line: TextLine, headings: Headings) -> Iterator[TextLine]:
    """Cut a line that holds whole sections, as pages without paragraphs do: 一、总体情况 … 二、主动公开政府信息情况 …."""
    starts = [
        found.start()
        for found in re.finditer(r"(?:(?<=\s)|(?<=[。；])|^)[一二三四五六]\s*[、.．]\s*\S{4,30}(?=\s|$)", line.text)
        if headings.section_of(found[0])
    ]
    if not starts or (len(starts) == 1 and starts[0] == 0 and len(plain(line.text)) <= LONGEST_HEADING):
        yield line
        return
    before = line.text[: starts[0]].strip()
    if before:
        yield msgspec.structs.replace(line, text=before)
    for start, end in pairwise([*starts, len(line.text)]):
        part = line.text[start:end].strip()
        heading = _FIRST_WORD.match(part)
        pieces = (heading[0], part[heading.end() :]) if heading else (part,)
        yield from (msgspec.structs.replace(line, text=piece.strip()) for piece in pieces if piece.strip())


def _paragraphs(lines: Sequence[TextLine], section: str | None) -> list[Paragraph]:
    """Join printed lines to paragraphs where the format breaks them (PDF pages, wrapped plain text)."""
    joined: list[tuple[list[str], list[Place]]] = []
    length = 0
    previous: TextLine | None = None
    for line in lines:
        text = _clean(line.text)
        if not text:
            continue
        if previous is not None and _runs_on(previous, line):
            pieces, places = joined[-1]
            if pieces[-1][-1:].isascii() and pieces[-1][-1:].isalnum() and text[0].isascii() and text[0].isalpha():
                pieces.append(" ")
                length += 1
        else:
            pieces, places = [], []
            joined.append((pieces, places))
            length = 0
        places.append(Place(length, line.source, line.confidence))
        pieces.append(text)
        length += len(text)
        previous = line
    return [Paragraph(section=section, text="".join(pieces), places=tuple(places)) for pieces, places in joined]


def _runs_on(line: TextLine, following: TextLine) -> bool:
    if line.source.page is None and (line.source.line is None or following.source.line != line.source.line + 1):
        return False
    if _ENDS.search(line.text) or _SUB_HEADING.match(following.text) or following.text.startswith("\u3000\u3000"):
        return False
    return len(plain(line.text)) >= _SHORTEST_FULL_LINE


def _is_page_mark(line: TextLine) -> bool:
    text = plain(line.text)
    return bool(_PAGE_MARK.match(text) or (line.source.page is not None and _LONE_NUMBER.match(text)))


def _clean(text: str) -> str:
    return _RADICALS.sub(lambda found: plain(found[0]), text).strip()
