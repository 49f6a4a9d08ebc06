"""Printed text brought to one spelling, so that labels can be compared.

Two steps, used everywhere: :func:`plain` removes differences of code (Kangxi radicals, full-width forms, zero-width
characters, traditional characters) and keeps the words; :func:`label_key` also removes what does not distinguish labels
(blanks, punctuation, a leading ordinal). Neither ever touches a printed value that is stored.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from loaders.words import load_words
from ogi.han import HAN
from ogi.traditional import simplified_characters

_INVISIBLE = dict.fromkeys((*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF, 0x00AD))
_BLANKS = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[\W_]+")
_BRACKETED = re.compile(r"\([^()]*\)")
PINYIN = re.compile(rf"\((?=[^()]*[^\x00-\x7f])[a-z\u00e0-\u01dc]{{1,6}}\)|\([a-z]{{1,6}}\)(?={HAN})")
# 一、 （一） (1) 1. 1． 1、 ① 第三部分 其中： and a bare 1 before a Chinese word. Never "上一年", never "第二十条".
_ORDINAL = re.compile(
    r"^(?:\([一二三四五六七八九十\d]{1,3}\)[、.,:]?"
    r"|第[一二三四五六七八九十]{1,2}部分[、.,:]?"
    r"|其中[、,:]?"
    r"|[一二三四五六七八九十]{1,3}[、.,:)]"
    r"|\d{1,2}[、.,:)]"
    r"|[\u2460-\u2473\u2474-\u2487\u2488-\u249b]"
    rf"|\d{{1,2}}(?={HAN}))"
)


def plain(text: str) -> str:
    """Return ``text`` in simplified characters and half-width forms, blanks collapsed to one space, trimmed."""
    return _plain(text) if len(text) <= 400 else _plain.__wrapped__(text)


@lru_cache(maxsize=16384)
def _plain(text: str) -> str:
    if text.isascii():
        return _BLANKS.sub(" ", text).strip()
    text = unicodedata.normalize("NFKC", _enclosed(text).translate(_INVISIBLE)).translate(_code_points())
    return _BLANKS.sub(" ", text).strip()


def _enclosed(text: str) -> str:
    """Turn ① and ⑴ into ``1.`` before NFKC makes a bare digit of them."""
    return re.sub(r"[\u2460-\u2473\u2474-\u2487]", lambda m: f"{int(unicodedata.numeric(m[0]))}.", text)


@lru_cache(maxsize=1)
def _code_points() -> dict[int, str]:
    """One table for all single characters: traditional to simplified, radicals, brackets, dashes."""
    words = load_words()
    table = dict(simplified_characters())
    for mapping in (words.radicals, words.brackets, words.dashes):
        table.update({ord(key): value for key, value in mapping.items() if len(key) == 1})
    return table


def without_pinyin(text: str) -> str:
    """Drop the pinyin that mirror pages put behind characters, as in ``中华人民共和国(guó)``."""
    return PINYIN.sub("", text) if "(" in text else text


def without_ordinal(text: str) -> str:
    """Return ``text`` (already plain) without blanks, pinyin and leading ordinals."""
    text = without_pinyin(_BLANKS.sub("", text))
    while match := _ORDINAL.match(text):
        if match.end() == len(text):
            return ""
        text = text[match.end() :]
    return text


@lru_cache(maxsize=16384)
def label_key(text: str) -> str:
    """Return what identifies a label: no ordinal, no blanks, no punctuation; bracketed words stay."""
    return _NOT_WORD.sub("", without_ordinal(plain(text))).upper()


@lru_cache(maxsize=16384)
def label_keys(text: str) -> tuple[str, ...]:
    """Return the keys under which a printed label may be known, the most exact first.

    As printed; without bracketed instructions (``上一年项目数量（指2019年事项数）``), also where the bracket was never
    closed; with the words mirror pages use instead. Empty for text without words.
    """
    if len(text) > 400:
        return ()
    bare = without_ordinal(plain(text))
    shorter = bare
    while (cut := _BRACKETED.sub("", shorter)) != shorter:
        shorter = cut
    candidates = [bare, shorter, shorter.partition("(")[0]]
    candidates = list(dict.fromkeys(candidates))  # most labels have no bracket, and this is done for every text of a document
    for old, new in load_words().other_words.items():
        candidates += [candidate.replace(old, new) for candidate in candidates if old in candidate]
    keys = (_NOT_WORD.sub("", without_ordinal(candidate)).upper() for candidate in candidates)
    return tuple(dict.fromkeys(key for key in keys if key))


@lru_cache(maxsize=4096)
def caption_key(text: str) -> str:
    """Return the key of a table's caption: 第二十条第（五）项, 第二十条(五)项 and 第二十条 第(五)项 are one."""
    return _NOT_WORD.sub("", without_pinyin(plain(text))).replace("第", "") if len(text) <= 60 else ""
