"""Headings of the report: by the spellings of the form, where reworded by telling words, and told from what looks alike.

Numbering is 一、 as a rule; 第一部分, （一） and 1. occur. Row labels of tables (四、结转下年度继续办理) and sentences are no
headings.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import msgspec

from loaders.normalise import label_key, plain, without_pinyin
from ogi.data_files import read_data
from ogi.form import Form
from ogi.report import OTHER_SECTION

LONGEST_HEADING = 40
_KEPT_AS = "_headings"
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "十一": 11, "十二": 12}
_NUMBERED = re.compile(
    r"(?P<main>第(?P<part>[一二三四五六七八九十]{1,2})部分\s*[、.．,，:：]?|(?P<ordinal>[一二三四五六七八九十]{1,2})\s*[、.．,，:：])"
    r"|(?P<bracket>\((?P<inner>[一二三四五六七八九十]{1,2})\)[、.．,，]?)|(?P<digit>\d{1,2}(?:[、.．](?!\d)|\s))"
)
_STARTS = frozenset("一二三四五六七八九十第（(㈠㈡㈢㈣㈤㈥ⅠⅡⅢⅣⅤⅥ\u2f00\u2f06\u2f17123456789１２３４５６７８９ \u3000\t\xa0*#")
"""First characters of a numbered line; others need no closer look. The radicals ⼀ ⼆ ⼗ are written by some PDF printers."""
_SENTENCE = re.compile(r"[。；;！!？?]")
_CONTENTS = re.compile(r"(?:\.{3,}|·{3,}|…+|\s)\s*\d{1,3}$|\.{3,}$|…$")
"""A line of a table of contents: dots or a blank and a page number at its end."""
_NO_TITLE = re.compile(r"[\d,。]")
_STOPS_TITLE = re.compile(r"[。:：;；]\s*(?=\S)")
_GOES_ON = re.compile(r"(?:[情况的及和与方面工作、]|$)")
"""What stands behind a spelling where the heading itself goes on."""
_BETWEEN_LETTERS = ("、", ",", "，")
_SHORTEST_BARE = 8
"""A heading that lost its number among numbered ones is believed only where it is as long as this."""


class Heading(NamedTuple):
    """A line taken for a heading."""

    section: str
    """``s1`` … ``s6``, or ``OTHER_SECTION`` for one the form does not have."""
    style: str
    """``main`` (一、), ``bracket``, ``digit``, or ``bare`` without a number."""
    ordinal: int | None
    exact: bool
    """Whether it is spelt as on the form."""
    end: int
    """Where, in the :func:`plain_line`, the heading ends and text of the section begins."""


class _Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    section: str
    words: tuple[str, ...]


class SectionWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Contents of ``sections.yaml``; each field is explained there."""

    reworded: tuple[_Rule, ...]
    attached: tuple[str, ...]
    by_content: tuple[_Rule, ...]
    footer: tuple[str, ...]
    footer_short: tuple[str, ...]


@lru_cache(maxsize=1)
def section_words() -> SectionWords:
    """Read ``sections.yaml``.

    Raises:
        msgspec.ValidationError: a field is missing, unknown or of the wrong kind.
    """
    return msgspec.convert(read_data("sections.yaml"), SectionWords)


def plain_line(line: str) -> str:
    """The line as headings are looked for in it: plain characters, without pinyin."""
    return without_pinyin(plain(line))


class Headings:
    """Recognises the headings of one form."""

    def __init__(self, form: Form) -> None:
        self._spellings: dict[str, str] = {}
        labels = {spelling for group in form.groups.values() for spelling in group.spellings}
        titles: set[str] = set()
        for edition in form.editions.values():
            labels |= {spelling for table in edition for row in table.rows for spelling in row.spellings}
            # An edition without prose (the statistical form of 2014) has no headings in the narrative.
            if any(section.type == "text" for section in edition.sections):
                for section in edition.sections:
                    self._spellings.update({label_key(spelling): section.key for spelling in section.spellings})
                    titles.update(section.spellings)
        self._labels = {label_key(label) for label in labels}
        self._long = tuple(sorted((key for key in self._spellings if len(key) >= 6), key=len, reverse=True))
        spelt = sorted(titles, key=len, reverse=True)
        self._titles = tuple(dict.fromkeys(map(label_key, spelt)))
        self._reworded = [(rule.section, re.compile("|".join(rule.words))) for rule in section_words().reworded]

    def find(self, line: str) -> Heading | None:
        """Return what heading ``line`` is or begins with, of whatever style; ``None`` for a label, a sentence or prose."""
        if line[:1] not in _STARTS:
            return self._bare(line) if len(line) <= LONGEST_HEADING else None
        text = plain_line(line)
        numbered = _NUMBERED.match(text)
        if not numbered:
            return self._bare(line) if len(line) <= LONGEST_HEADING else None
        style = "main" if numbered["main"] else "bracket" if numbered["bracket"] else "digit"
        numeral = numbered["part"] or numbered["ordinal"] or numbered["inner"]
        ordinal = _NUMERALS.get(numeral) if numeral else int(re.sub(r"\D", "", numbered["digit"]))
        start = numbered.end() + len(text[numbered.end() :]) - len(text[numbered.end() :].lstrip())
        return self._whole(text, start, style, ordinal) or self._begun(text, start, style, ordinal)

    def section_of(self, line: str, *, ordinal_needed: bool = True) -> str | None:
        """Return the section whose heading ``line`` is, or ``None``. Without an ordinal only a spelling of the form counts."""
        found = self.find(line)
        if found is None or found.section == OTHER_SECTION or (ordinal_needed and found.style != "main"):
            return None
        return found.section if found.style in ("main", "bare") else None

    def is_spelt(self, text: str) -> str | None:
        """The section of a numbered line whose words are exactly a spelling of the form."""
        found = self.find(text)
        return found.section if found and found.exact and found.style == "main" and found.end == len(plain_line(text)) else None

    def _whole(self, text: str, start: int, style: str, ordinal: int | None) -> Heading | None:
        """The line as a heading and nothing more."""
        bare = text.rstrip("。；;:：")
        if len(text) > LONGEST_HEADING or _SENTENCE.search(bare) or _CONTENTS.search(text):
            return None
        key = label_key(bare[start:])
        if not key or key in self._labels:
            return None
        if key in self._spellings:
            return Heading(self._spellings[key], style, ordinal, True, len(text))
        if style != "main":
            return None
        section = self._by_words(key, bare[start:])
        return None if section is None else Heading(section, style, ordinal, False, len(text))

    def _begun(self, text: str, start: int, style: str, ordinal: int | None) -> Heading | None:
        """A heading at the start of a paragraph: 一、总体情况。2023年… or 五、存在问题及改进情况：一是…."""
        if style != "main" or _CONTENTS.search(text):
            return None
        title, stop_at = self._title_at(text, start)
        if title and not _GOES_ON.match(text, stop_at):
            end = stop_at + len(text[stop_at:]) - len(text[stop_at:].lstrip("。:：;；,， "))
            return Heading(self._spellings[title], style, ordinal, True, end) if self._is_own(text, stop_at) else None
        stop = _STOPS_TITLE.search(text, start, start + LONGEST_HEADING)
        if stop and label_key(text[start : stop.start()]) not in self._labels:
            section = self._by_words(label_key(text[start : stop.start()]), text[start : stop.start()])
            if section and section != OTHER_SECTION:
                return Heading(section, style, ordinal, False, stop.end())
        return None

    def _title_at(self, text: str, start: int) -> tuple[str, int]:
        """The longest spelling that stands at this place, with a mark between its letters or none, and where it ends."""
        for title in self._titles:
            end = start
            for place, letter in enumerate(title):
                if place and text.startswith(_BETWEEN_LETTERS, end):
                    end += 1
                if not text.startswith(letter, end):
                    break
                end += 1
            else:
                return title, end
        return "", start

    @staticmethod
    def _is_own(text: str, end: int) -> bool:
        """Whether a spelling stands for itself: what follows begins a sentence, not 、 or the rest of a list."""
        return text[end] not in '、）)】》”"' and not text.startswith(("等", "和", "及"), end)

    def _by_words(self, key: str, words: str) -> str | None:
        """The section of a heading in other words: one that holds an official spelling, else by telling words."""
        best = next((spelling for spelling in self._long if spelling in key), None)
        if best:
            return self._spellings[best]
        if _NO_TITLE.search(words) or any(spelling.startswith(key) for spelling in self._long):
            return None  # a sentence, or a heading that was cut off with all that stood behind it
        return next((section for section, telling in self._reworded if telling.search(key)), OTHER_SECTION)

    def _bare(self, line: str) -> Heading | None:
        text = plain_line(line)
        key = label_key(text) if text and not _SENTENCE.search(text.rstrip("。；;")) and not _CONTENTS.search(text) else ""
        if key in self._labels or key not in self._spellings:
            return None
        return Heading(self._spellings[key], "bare", None, len(key) >= _SHORTEST_BARE, len(text))


def headings_of(form: Form) -> Headings:
    """Return the headings of ``form``, worked out once and kept with it."""
    kept = vars(form)
    if _KEPT_AS not in kept:
        kept[_KEPT_AS] = Headings(form)
    return kept[_KEPT_AS]
