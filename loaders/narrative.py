"""The prose of a report by sections: 一、总体情况 … 六、其他需要报告的事项, without the tables inside them.

Headings are told in :mod:`loaders.headings`, paragraphs joined in :mod:`loaders.paragraphs`, page numbers and the portal left
out in :mod:`loaders.furniture`. Text stays as printed, except that Kangxi radicals, which some PDF printers write for ordinary
characters, are brought back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import msgspec

from loaders.furniture import footer_start, without_furniture
from loaders.grid import TextLine
from loaders.headings import LONGEST_HEADING, Heading, Headings, headings_of, plain_line, section_words
from loaders.normalise import plain
from loaders.paragraphs import Paragraph, clean, margins_of, paragraphs_of
from ogi.form import Form
from ogi.report import OTHER_SECTION, NarrativeSection, Notice

__all__ = ["Narrative", "read_narrative"]

_INLINE = re.compile(r"(?:(?<=\s)|(?<=[。；])|^)[一二三四五六]\s*[、.．]\s*\S{4,30}(?=\s|$)")
_FIRST_WORD = re.compile(r"[一二三四五六]\s*[、.．]\s*\S+")
_ORDINAL_ALONE = re.compile(r"\s*(?:第?[一二三四五六七]{1,2}\s*(?:部分|[、.．]))\s*")
_PLACED_CONFIDENCE = 0.8
"""How sure it is that words such as 问题 and 改进 begin section five where its heading is missing."""


class _Part(NamedTuple):
    """A section under construction: its key, its printed title and its lines."""

    section: str
    title: str
    lines: list[TextLine]


class Narrative(msgspec.Struct, frozen=True, kw_only=True):
    """The prose of a report: what stands before the first section, the sections, and every line for searching."""

    preamble: tuple[str, ...]
    sections: tuple[NarrativeSection, ...]
    lines: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    """All prose, headings left out, in the order of the document."""
    notices: tuple[Notice, ...] = ()

    def text_of(self, section: str) -> str:
        """The text of all parts of one section; empty where the report does not have it."""
        return "\n".join(part.text for part in self.sections if part.section == section)

    @property
    def found(self) -> tuple[str, ...]:
        """The sections of the form that have a heading, each once, in the order of the form."""
        return tuple(sorted({part.section for part in self.sections if part.title and part.section != OTHER_SECTION}))


def read_narrative(prose: Sequence[TextLine], form: Form, *, whole_paragraphs: bool = False) -> Narrative:
    """Divide the lines outside tables into sections.

    A report that numbers its narrative and then its tables anew from 一 gives the same section twice; both parts are kept. A
    section whose heading is missing is placed by its words where they are telling, without a title and with a notice.

    Args:
        prose: the lines, in reading order.
        form: the dictionary.
        whole_paragraphs: whether the format gives paragraphs (web pages, Word) and no printed lines.
    """
    headings = headings_of(form)
    lines = list(_split(without_furniture(prose), headings))
    margins = None if whole_paragraphs else margins_of(lines)
    preamble, parts = _divided(lines, headings)
    bodies = [(part, paragraphs_of(part.lines, part.section, margins)) for part in parts]
    bodies = _without_echo(_without_footer(bodies))
    bodies, notices = _placed_by_content(bodies, form)
    return Narrative(
        preamble=tuple(clean(line.text) for line in preamble),
        sections=tuple(
            NarrativeSection(section=part.section, title=part.title, text="\n".join(paragraph.text for paragraph in body))
            for part, body in bodies
        ),
        lines=tuple(clean(line.text) for line in lines),
        paragraphs=(*paragraphs_of(preamble, None, margins), *(paragraph for _, body in bodies for paragraph in body)),
        notices=tuple(notices),
    )


def _divided(lines: Sequence[TextLine], headings: Headings) -> tuple[list[TextLine], list[_Part]]:
    """The lines before the first heading, and the sections."""
    found = [headings.find(line.text) for line in lines]
    style = _style(found)
    preamble: list[TextLine] = []
    parts: list[_Part] = []
    order = _Order()
    for line, heading in zip(lines, found, strict=True):
        section = order.section(heading, style)
        if section is not None and not (section != OTHER_SECTION and parts and parts[-1].section == section):
            title, rest = _cut(line.text, heading) if heading else (line.text, "")
            parts.append(_Part(section, clean(title), []))
            if rest:
                parts[-1].lines.append(msgspec.structs.replace(line, text=rest))
        elif parts and _is_attached(line.text) and parts[-1].section in ("s5", "s6"):
            parts.append(_Part(OTHER_SECTION, clean(line.text), []))
        elif parts:
            parts[-1].lines.append(line)
        else:
            preamble.append(line)
    return preamble, parts


def _cut(printed: str, heading: Heading) -> tuple[str, str]:
    """The heading and the text that goes on behind it in the same printed line, if any."""
    if heading.end >= len(plain_line(printed)):
        return printed, ""
    rest = plain_line(printed)[heading.end :].strip()
    place = next(place for place in range(len(printed)) if plain_line(printed[place:]) == rest)
    return printed[:place].rstrip("。:：;；,， \u3000"), printed[place:].strip()


def _style(found: Sequence[Heading | None]) -> str:
    """How the sections are numbered: the way in which most different ones are spelt, 一、 before （一） before 1."""
    known = [heading for heading in found if heading and heading.section != OTHER_SECTION]
    if len({heading.section for heading in known if heading.style == "main"}) >= 2:
        return "main"
    for style in ("bracket", "digit"):
        exact = [heading for heading in known if heading.style == style and heading.exact]
        if len({heading.section for heading in exact}) >= 3 and all(
            heading.section == f"s{heading.ordinal}" for heading in exact
        ):
            return style
    return "bare"


class _Order:
    """Which headings are of the first level: those that count on, not those of a list begun anew inside a section."""

    def __init__(self) -> None:
        self._last = 0
        self._list_inside = False
        self._seen: set[str] = set()

    def section(self, heading: Heading | None, style: str) -> str | None:
        """The section a heading begins; ``None`` where it begins none."""
        if heading is None:
            return None
        if heading.section == OTHER_SECTION:
            return self._other(heading) if heading.style == style == "main" else None
        if heading.style == style or (style == "bare" and heading.style == "main"):
            self._last, self._list_inside = heading.ordinal or 0, False
        elif heading.style != "bare" or not heading.exact or heading.section in self._seen or not self._fits(heading.section):
            return None
        self._seen.add(heading.section)
        return heading.section

    def _fits(self, section: str) -> bool:
        """Whether a heading that lost its number stands where it belongs."""
        return all(seen < section for seen in self._seen)

    def _other(self, heading: Heading) -> str | None:
        if self._last and heading.ordinal == self._last + 1 and not self._list_inside:
            self._last += 1
            return OTHER_SECTION
        if heading.ordinal == 1:
            self._list_inside = True
        return None


def _split(lines: Sequence[TextLine], headings: Headings) -> Iterator[TextLine]:
    """The lines with whole sections in one line cut apart, and headings printed over two lines made one."""
    position = 0
    while position < len(lines):
        line = lines[position]
        following = lines[position + 1] if position + 1 < len(lines) else None
        if following is not None and (whole := _over_two_lines(line, following, headings)):
            yield whole
            position += 2
            continue
        yield from _split_inline(line, headings)
        position += 1


def _over_two_lines(line: TextLine, following: TextLine, headings: Headings) -> TextLine | None:
    """A heading cut by the end of a line (五、…主要问题及改 | 进情况), or parted from its number (一、 | 总体情况)."""
    if len(line.text) > LONGEST_HEADING or len(following.text) > LONGEST_HEADING or line.text[-1:] in "。；;：:":
        return None
    first = line.text.strip()[:1]
    if first not in "一二三四五六第⼀⼆" or (headings.is_spelt(line.text) and not _ORDINAL_ALONE.fullmatch(line.text)):
        return None
    text = line.text.rstrip() + following.text.lstrip()
    return msgspec.structs.replace(line, text=text) if headings.is_spelt(text) else None


def _split_inline(line: TextLine, headings: Headings) -> Iterator[TextLine]:
    """Cut a line that holds whole sections, as pages without paragraphs do: 一、总体情况 … 二、主动公开政府信息情况 …."""
    if len(line.text) <= LONGEST_HEADING:
        yield line
        return
    starts = [found.start() for found in _INLINE.finditer(line.text) if headings.section_of(found[0])]
    if not starts:
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


_Bodies = list[tuple[_Part, list[Paragraph]]]


def _without_footer(bodies: _Bodies) -> _Bodies:
    """The sections without the portal printed below the last one."""
    if not bodies:
        return bodies
    part, body = bodies[-1]
    return [*bodies[:-1], (part, body[: footer_start([paragraph.text for paragraph in body])])]


def _without_echo(bodies: _Bodies) -> _Bodies:
    """The sections without those a table of contents names: where a section has text elsewhere, or stands again without any."""
    written = {part.section for part, body in bodies if body}
    last = {part.section: index for index, (part, _) in enumerate(bodies)}
    return [
        (part, body)
        for index, (part, body) in enumerate(bodies)
        if body or part.section == OTHER_SECTION or (part.section not in written and last[part.section] == index)
    ]


def _placed_by_content(bodies: _Bodies, form: Form) -> tuple[_Bodies, list[Notice]]:
    """Part from the section before it what by its words is a section without a heading."""
    notices: list[Notice] = []
    for section, words in _content_rules():
        present = [part.section for part, _ in bodies]
        before = max((found for found in present if OTHER_SECTION < found < section), default=None)
        if section in present or before is None or before < f"s{int(section[1]) - 2}":
            continue
        index = len(present) - 1 - present[::-1].index(before)
        part, body = bodies[index]
        start = next((i for i, paragraph in enumerate(body) if words.search(plain(paragraph.text))), None)
        if start is None or (before in ("s1", "s5") and start == 0):
            continue
        moved = [msgspec.structs.replace(paragraph, section=section) for paragraph in body[start:]]
        bodies = [*bodies[:index], (part, body[:start]), (_Part(section, "", []), moved), *bodies[index + 1 :]]
        notices.append(_placed_notice(section, form))
    return bodies, notices


def _placed_notice(section: str, form: Form) -> Notice:
    named = next(s for e in form.editions.values() for s in e.sections if s.key == section and s.type == "text")
    params: dict[str, str | int | float] = {
        "ordinal": named.ordinal,
        "section": named.zh,
        "section_en": named.en,
        "percent": round(100 * _PLACED_CONFIDENCE),
    }
    return Notice(code="section_by_content", params=params, keys=("meta.sections_found",))


@lru_cache(maxsize=1)
def _content_rules() -> list[tuple[str, re.Pattern[str]]]:
    return [(rule.section, re.compile("|".join(rule.words))) for rule in section_words().by_content]


@lru_cache(maxsize=1)
def _attached() -> re.Pattern[str]:
    return re.compile("|".join(section_words().attached))


def _is_attached(text: str) -> bool:
    return text.lstrip()[:1] in "附相" and bool(_attached().search(plain_line(text)))
