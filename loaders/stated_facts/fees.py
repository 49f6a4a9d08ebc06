"""The information-processing fee (信息处理费): the amount in 元, the applications charged, and that it is spoken of at all."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from loaders.stated_facts.clue import Clue
from loaders.stated_facts.quantities import Quantity
from loaders.stated_facts.subjects import Sentence

_YUAN = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_REPORTED_IN = (None, "", "s6")
"""The section in which the form wants the fee; prose without sections may report it anywhere."""


def fees(sentence: Sentence) -> Iterator[Clue]:
    """What a sentence states of the information-processing fee."""
    words = sentence.words.fee
    mentioned = words["mentioned"].search(sentence.text) if "费" in sentence.text else None
    if mentioned is None or words["template"].search(sentence.text):
        return
    if sentence.section in _REPORTED_IN:
        yield Clue("text.info_fee_mentioned", True, mentioned.start(), mentioned.end())
    none = words["none"].search(sentence.text)
    if none and not words["not_none"].search(sentence.text, 0, none.start()) and not sentence.of_other_year(none.start(), 0):
        yield Clue("text.info_fee_yuan", 0, none.start(), none.end(), "yuan")
        return
    yield from _charged(sentence)


def _charged(sentence: Sentence) -> Iterator[Clue]:
    """The first amount and the first number of applications; what follows 其中 is a part of it."""
    words, text = sentence.words.fee, sentence.text
    stop = text.find("其中")
    named = {"text.info_fee_yuan": False, "text.info_fee_cases": False}
    for index, quantity in enumerate(sentence.quantities):
        if stop >= 0 and quantity.start > stop:
            return
        context = sentence.context(index)
        near = text[max(0, context.start - 8) : context.end]
        if quantity.value is None or words["not"].search(near) or sentence.is_elsewhere(quantity, context):
            continue
        key, value, unit = _read(sentence, quantity, context.text)
        if key and not named[key]:
            named[key] = True
            yield Clue(key, value, context.start, context.end, unit, None, quantity.approximate)


def _read(sentence: Sentence, quantity: Quantity, context: str) -> tuple[str, int | Decimal, str]:
    value = quantity.value or 0
    if quantity.unit in _YUAN:
        if sentence.words.fee["amount"].search(context) or sentence.words.fee["charged"].search(sentence.text):
            yuan = Decimal(value) * _YUAN[quantity.unit]
            return "text.info_fee_yuan", int(yuan) if yuan == int(yuan) else yuan, "yuan"
    elif quantity.unit in ("件", "宗", "起", "份", "例") and sentence.words.fee["cases"].search(context):
        return "text.info_fee_cases", value, "jian"
    return "", 0, ""
