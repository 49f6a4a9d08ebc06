"""Shares (占33.9%) and changes against last year (同比下降12.3%) said of a figure."""

from __future__ import annotations

import re

from loaders.stated_facts.clue import Clue
from loaders.stated_facts.quantities import Quantity
from loaders.stated_facts.subjects import Context, Sentence

_ABOUT = (
    ("text.requests_new", re.compile(r"新收|新受理|新增")),
    ("text.answered", re.compile(r"(?:答复|办结)(?!率)")),
    ("text.requests", re.compile(r"申请(?!人)|收到|受理|收办")),
    ("text.reconsideration", re.compile(r"复议")),
    ("text.litigation", re.compile(r"诉讼")),
)
_RATE = re.compile(r"率(?:为|达|是|[:：])?[^#]{0,4}#|百分比|满意")
_YEARS = re.compile(r"20\d\d年")


def share_or_change(sentence: Sentence, quantity: Quantity, context: Context, last: Clue | None) -> Clue | None:
    """The share or change a percentage states, or ``None`` where it is of something else.

    ``last`` is the figure stated right before it, if any; a share is always of that.
    """
    shares = sentence.words.shares
    before = sentence.text[context.start : quantity.start]
    if quantity.value is None or quantity.unit not in ("%", "个百分点") or _RATE.search(context.text):
        return None
    up, down = shares["up"].search(before), shares["down"].search(before)
    if up or down:
        about = _subject(sentence, before, context, last)
        points = quantity.unit == "个百分点"
        if about is None or not _has_base(sentence, quantity, context) or (points and not _follows_share(sentence, quantity)):
            return None
        unit = "pp" if points else "percent"
        value = quantity.value if up else -quantity.value
        return Clue("text.growth_stated", value, context.start, context.end, unit, about, quantity.approximate)
    if quantity.unit == "%" and last is not None and shares["share"].fullmatch(sentence.text, last.end, quantity.start):
        return Clue("text.percent_stated", quantity.value, last.start, context.end, "percent", last.key, quantity.approximate)
    return None


def _follows_share(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a share stands right before: only shares change by percentage points."""
    before = [other for other in sentence.quantities if other.start < quantity.start]
    return bool(before) and before[-1].unit == "%"


def _subject(sentence: Sentence, before: str, context: Context, last: Clue | None) -> str | None:
    """What grew: named in the same clause, else the figure right before it."""
    named = [topic for place, topic in sentence.mentions if context.start <= place < context.start + len(before)]
    if named and named[-1] not in ("request", "dispute"):
        return None
    for key, words in _ABOUT:
        if words.search(before):
            return key if named or sentence.heading == "request" or sentence.before == "request" else None
    return last.key if last else None


def _has_base(sentence: Sentence, quantity: Quantity, context: Context) -> bool:
    """Whether the change is against last year."""
    near = sentence.text[max(0, context.start - 20) : quantity.start]
    if sentence.words.shares["base"].search(near):
        return True
    years = _YEARS.findall(near)
    return sentence.report_year is not None and f"{sentence.report_year - 1}年" in years
