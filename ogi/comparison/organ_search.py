"""Finding organs by what a person types: part of the name, the initials of its pinyin, a code, a level or a place."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

# Only the table of characters is wanted; the dictionary of phrases takes two seconds to load.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
from pypinyin.pinyin_dict import pinyin_dict


@dataclass(frozen=True)
class Findable:
    """An organ with the words it can be found by."""

    id: str
    name: str
    words: str
    """Name, initials and further words in lower case, parted by line breaks."""


_MOST_WAYS = 12
"""Ways to read a name that are kept; 重庆 is both zhongqing and chongqing to a table of single characters."""
_MARKS = {ord("ɡ"): "g"}


@lru_cache(maxsize=65536)
def spellings(name: str) -> tuple[str, ...]:
    """Return the ways a name can be spelled in pinyin without tones, the usual one first: ``jiao yu ju``.

    In each of the others one character has its second reading. Characters without a reading stay as they are.
    """
    readings = [_readings(character) for character in name]
    usual = [found[0] for found in readings]
    other = [(place, reading) for place, found in enumerate(readings) for reading in found[1:2]]
    ways = [usual, *([*usual[:place], reading, *usual[place + 1 :]] for place, reading in other[: _MOST_WAYS - 1])]
    return tuple(" ".join(way) for way in ways)


@lru_cache(maxsize=32768)
def _readings(character: str) -> tuple[str, ...]:
    found = pinyin_dict.get(ord(character), "") if not character.isascii() else ""
    plain = (unicodedata.normalize("NFD", reading).translate(_MARKS) for reading in found.split(",") if reading)
    letters = ("".join(letter for letter in reading if letter.isascii() and letter.isalpha()) for reading in plain)
    return tuple(dict.fromkeys(filter(None, letters))) or (character.lower(),)


def initials(name: str) -> tuple[str, ...]:
    """Return the first letters of :func:`spellings`: 示例市教育局 → ``slsjyj``; digits and Latin letters stay."""
    return tuple(dict.fromkeys("".join(part[0] for part in way.split(" ") if part) for way in spellings(name)))


def findable(organs: Iterable[tuple[str, str, Sequence[str]]]) -> tuple[Findable, ...]:
    """Make organs findable.

    Args:
        organs: id, name and further words (code, level, kind, region in both languages) of each.
    """
    return tuple(Findable(id, name, "\n".join(_words(id, name, more))) for id, name, more in organs)


def _words(id: str, name: str, more: Sequence[str]) -> list[str]:
    spelled = [way.replace(" ", "") for way in spellings(name)]
    return [name.lower(), *initials(name), *spelled, id, *(word.lower() for word in more)]


def search_organs(typed: str, organs: Sequence[Findable]) -> list[Findable]:
    """Return the organs all typed words are found in, those whose name or initials begin with the first word in front.

    Nothing typed finds every organ.
    """
    words = typed.lower().split()
    found = [organ for organ in organs if all(word in organ.words for word in words)]
    if not words:
        return found
    first = f"\n{words[0]}"
    return sorted(found, key=lambda organ: (first not in f"\n{organ.words}", organ.words.find(words[0])))
