"""Who signed a report and when: the organ and the date at its end."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from loaders.compact import compact
from loaders.dates import DATE, as_date
from loaders.narrative import Narrative
from ogi.organs import describe_organ

_TAIL = 15
"""Lines at the end of a report among which its signature is looked for."""
_FURTHER = 200
"""Lines of the last section looked through where the page goes on with links and notices below the report."""
_NOT_A_SIGNATURE = re.compile(r"(?:发布|公开|发文|更新|生成|成文|印发)(?:日期|时间)|日期[:：]|时间[:：]")
_SEAL = re.compile(r"\((?:盖章|公章|印章|章|加盖公章)\)|^(?:单位|机关|填报单位|编制单位|单位名称)(?:\((?:盖章|公章)\))?:")


class Signature(NamedTuple):
    """The organ and the date at the end of a report; ``None`` where it is not signed or not dated."""

    organ: str | None
    date: dt.date | None


def find_signature(narrative: Narrative) -> Signature:
    """Return the signature: the last line that is nothing but a date, with the organ in it or right above."""
    found = _signature(narrative.lines[len(narrative.preamble) if narrative.sections else 0 :][-_TAIL:])
    if found.date is None and narrative.sections:
        further = _signature(narrative.sections[-1].text.split("\n")[:_FURTHER])
        return further if further.date or not found.organ else found
    return found


def is_organ(text: str) -> bool:
    """Whether a short text is nothing but the name of an organ (not 我局, not a sentence)."""
    if not 3 <= len(text) <= 40 or re.search(r"[。,;:!?\d]|^[我本该各全由]|的|了|进行|开展|报告", text):
        return False
    organ = describe_organ(text)
    return organ.kind != "unknown" and (organ.region is not None or len(text) >= 5 or organ.level == "national")


def _signature(lines: Sequence[str]) -> Signature:
    texts = [_SEAL.sub("", compact(line)) for line in lines]
    for index in range(len(texts) - 1, -1, -1):
        found = DATE.search(texts[index])
        date = as_date(found) if found else None
        if found is None or date is None or found.end() != len(texts[index]) or _NOT_A_SIGNATURE.search(texts[index]):
            continue
        beside = texts[index][: found.start()]
        if len(beside) > 40:
            continue
        organ = beside or next((text for text in reversed(texts[max(0, index - 2) : index]) if is_organ(text)), "")
        if beside and not is_organ(beside):
            continue
        return Signature(organ or None, date)
    return Signature(next((text for text in reversed(texts[-4:]) if is_organ(text)), None), None)
