"""Automatic numbers of Word paragraphs: 一、 （一） 1. are often not in the text but counted by Word when it shows the file.

Element names and number formats are those of ECMA-376, part 1, sections 17.9 and 17.18.59.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import zip_longest

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - no types are shipped

from loaders.docx_xml import is_on, number, value
from loaders.xml import attribute, child, tag_of

_DIGITS = "〇一二三四五六七八九"
_CLOSED = tuple("、，。．.：:）)】] ")
_PLACE = re.compile(r"%(\d)")
_STYLE = re.compile(rb"""<(?:\w+:)?style\s[^>]*?styleId=["']([^"']*)["']""")
_USED_STYLE = re.compile(rb"""pStyle\s[^>]*?val=["']([^"']*)["']""")
_BASED_ON = re.compile(rb"""basedOn\s[^>]*?val=["']([^"']*)["']""")


def _chinese(count: int) -> str:
    """十一 for 11, as headings count; plain digits from a hundred on."""
    if not 0 < count < 100:
        return str(count)
    tens, ones = divmod(count, 10)
    return (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


def _letters(count: int) -> str:
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if count > 0 else ""


def _roman(count: int) -> str:
    text = ""
    for size, sign in ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        while count >= size:
            text, count = text + sign, count - size
    return text


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda count: f"{count:02}",
    "decimalFullWidth": lambda count: str(count).translate({ord("0") + i: 0xFF10 + i for i in range(10)}),
    "decimalEnclosedCircle": lambda count: chr(0x245F + count) if 0 < count <= 20 else str(count),
    "decimalEnclosedCircleChinese": lambda count: chr(0x245F + count) if 0 < count <= 20 else str(count),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "ideographDigital": lambda count: "".join(_DIGITS[int(digit)] for digit in str(count)),
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
}
"""How a count is written. Bullets and formats that are not here give no number: better none than a wrong one."""


@dataclass(frozen=True)
class _Level:
    """One level of a list: the pattern holds ``%1`` for the count of the first level, and so on."""

    start: int
    form: str
    pattern: str
    is_legal: bool
    """Whether all counts in it are written in plain digits (1.1 under 一、)."""


@dataclass
class Numbers:
    """Counts the numbered paragraphs of a document, which must be given in reading order."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    """Levels by list (``numId``)."""
    definitions: dict[str, str] = field(default_factory=dict)
    """The definition (``abstractNumId``) of each list: lists of one definition count on together."""
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    """Where a list begins anew although its definition is in use."""
    styles: dict[str, tuple[str | None, str | None, int | None]] = field(default_factory=dict)
    """By paragraph style: the style it is based on, its list and level."""
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def before(self, paragraph: etree._Element) -> str:
        """Return the number Word shows before the paragraph, counting it; empty where it has none."""
        properties = child(paragraph, "pPr") if self.levels else None
        place = self._place(properties) if properties is not None else None
        if place is None:
            return ""
        list_id, at = place
        levels = self.levels.get(list_id, {})
        if at not in levels:
            return ""
        counts = self._counts.setdefault(self.definitions[list_id], {})
        if list_id not in self._begun:
            self._begun.add(list_id)
            for level, start in self.restarts.get(list_id, {}).items():
                counts[level] = start - 1
        counts[at] = counts.get(at, levels[at].start - 1) + 1
        for deeper in [level for level in counts if level > at]:
            del counts[deeper]
        return _written(levels, counts, at)

    def _place(self, properties: etree._Element) -> tuple[str, int] | None:
        """List and level of a paragraph, its own or those of its style."""
        list_id, level, style = None, None, None
        for element in properties:
            tag = tag_of(element)
            if tag == "numPr":
                list_id, level = _own(element)
            elif tag == "pStyle":
                style = value(element) or None
        for _ in range(20):  # styles may be based on each other in a circle in a damaged file
            if style is None or (list_id is not None and level is not None):
                break
            based_on, style_list, style_level = self.styles.get(style, (None, None, None))
            list_id = list_id if list_id is not None else style_list
            level = level if level is not None else style_level
            style = based_on
        return (list_id, level or 0) if list_id and list_id != "0" else None


def _own(properties: etree._Element | None) -> tuple[str | None, int | None]:
    """The list and level that ``numPr`` gives; ``None`` for what it leaves open."""
    level = child(properties, "ilvl")
    return value(child(properties, "numId")) or None, None if level is None else number(level, 0)


def _written(levels: dict[int, _Level], counts: dict[int, int], at: int) -> str:
    """The number with its punctuation, and a blank where it has none at its end."""
    unknown = False

    def count(match: re.Match[str]) -> str:
        nonlocal unknown
        level = levels.get(int(match[1]) - 1)
        if level is None or level.form not in _FORMATS:
            unknown = True
            return ""
        form = "decimal" if levels[at].is_legal else level.form
        return _FORMATS[form](counts.get(int(match[1]) - 1, level.start))

    text = _PLACE.sub(count, levels[at].pattern) if levels[at].form in _FORMATS else ""
    if unknown or not text.strip():
        return ""
    return text if text.endswith(_CLOSED) else f"{text} "


def styles_may_number(document: bytes, styles: bytes) -> bool:
    """Whether a style that paragraphs of the document use may number them.

    Told from the bytes of both parts: the styles are often the largest part, and hardly ever needed.
    """
    if b"numPr" not in styles:
        return False
    starts = list(_STYLE.finditer(styles))
    texts = {match[1]: styles[match.end() : after.start() if after else None] for match, after in zip_longest(starts, starts[1:])}
    waiting, seen = set(_USED_STYLE.findall(document)), set()
    while waiting:
        style = waiting.pop()
        seen.add(style)
        text = texts.get(style, b"")
        if b"numPr" in text:
            return True
        waiting |= set(_BASED_ON.findall(text)) - seen
    return not starts


def numbers_of(numbering: etree._Element | None, styles: etree._Element | None) -> Numbers:
    """Collect the lists of ``numbering.xml`` and which styles of ``styles.xml`` use them; either part may be missing."""
    found = Numbers()
    definitions: dict[str, dict[int, _Level]] = {}
    for element in () if numbering is None else numbering:
        if tag_of(element) == "abstractNum":
            definitions[attribute(element, "abstractNumId")] = _levels(element)
        elif tag_of(element) == "num":
            list_id, definition = attribute(element, "numId"), value(child(element, "abstractNumId"))
            found.definitions[list_id] = definition
            found.levels[list_id] = dict(definitions.get(definition, {}))
            for override in element:
                if tag_of(override) == "lvlOverride":
                    found.levels[list_id].update(_levels(override))
                    start = child(override, "startOverride")
                    if start is not None:
                        found.restarts.setdefault(list_id, {})[_as_level(override)] = number(start, 1)
    for style in () if styles is None else styles:
        if tag_of(style) == "style" and attribute(style, "type") == "paragraph":
            found.styles[attribute(style, "styleId")] = (
                value(child(style, "basedOn")) or None,
                *_own(child(style, "pPr", "numPr")),
            )
    return found


def _levels(element: etree._Element) -> dict[int, _Level]:
    return {
        _as_level(level): _Level(
            start=number(child(level, "start"), 1),
            form=value(child(level, "numFmt")) or "decimal",
            pattern=value(child(level, "lvlText")),
            is_legal=is_on(child(level, "isLgl")),
        )
        for level in element
        if tag_of(level) == "lvl"
    }


def _as_level(element: etree._Element) -> int:
    text = attribute(element, "ilvl")
    return int(text) if text.isdecimal() else 0
