"""What stands on a page and is no part of the report: page numbers, running heads, the portal below the last section."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from loaders.grid import TextLine
from loaders.headings import section_words
from loaders.normalise import plain

_PAGE_MARK = re.compile(
    r"(?:[-—–―－·•~]+\s*\d{1,3}\s*[-—–―－·•~]+|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?|\d{1,3}\s*/\s*\d{1,3}|P\.\s*\d{1,3}"
    r"|Page\s+\d{1,3}(?:\s*of\s*\d{1,3})?)"
)
_LONE_NUMBER = re.compile(r"\d{1,3}")
_DIGITS = re.compile(r"\d+")
_LONGEST_MARK = 16
_LONGEST_HEAD = 60
_LONGEST_FOOTER = 200
_LONGEST_SHORT = 40


def without_furniture(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines without blank ones, page numbers and what repeats at the head or foot of the pages."""
    kept = [line for line in lines if line.text.strip() and not _is_page_mark(line)]
    repeated = _running_heads(kept)
    if not repeated:
        return kept
    seen: set[str] = set()
    result: list[TextLine] = []
    for line in kept:
        key = _without_digits(line.text) if len(line.text) <= _LONGEST_HEAD else ""
        if key not in repeated or key not in seen:
            result.append(line)
        seen.add(key)
    return result


def footer_start(texts: Sequence[str]) -> int:
    """Where, among the paragraphs of the last section, the portal begins that is printed below the report."""
    anywhere, short = _footer_words()
    for index, text in enumerate(texts):
        if len(text) <= _LONGEST_FOOTER and anywhere.search(text) and "。" not in text:
            return index
        if len(text) <= _LONGEST_SHORT and short.search(text) and "。" not in text:
            return index
    return len(texts)


def _is_page_mark(line: TextLine) -> bool:
    if len(line.text) > _LONGEST_MARK:
        return False
    text = plain(line.text)
    return bool(_PAGE_MARK.fullmatch(text) or (line.source.page is not None and _LONE_NUMBER.fullmatch(text)))


def _running_heads(lines: Sequence[TextLine]) -> set[str]:
    """Short lines that stand first or last on at least three pages, numbers aside."""
    ends: dict[int, tuple[str, str]] = {}
    for line in lines:
        if line.source.page is not None:
            first = ends[line.source.page][0] if line.source.page in ends else line.text
            ends[line.source.page] = (first, line.text)
    if len(ends) < 3:
        return set()
    counted = Counter(
        key for pair in ends.values() for key in {_without_digits(text) for text in pair if len(text) <= _LONGEST_HEAD}
    )
    return {key for key, count in counted.items() if count >= 3 and len(key) >= 4}


def _without_digits(text: str) -> str:
    return _DIGITS.sub("", plain(text)).replace(" ", "")


@lru_cache(maxsize=1)
def _footer_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = section_words()
    return re.compile("|".join(words.footer)), re.compile("|".join(words.footer_short))
