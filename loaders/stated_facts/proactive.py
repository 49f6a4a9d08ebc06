"""Proactive disclosure: how many pieces in total, and what the parts of a complete list add up to."""

from __future__ import annotations

from collections.abc import Iterator

from loaders.stated_facts.clue import Clue
from loaders.stated_facts.quantities import Quantity
from loaders.stated_facts.shares import share_or_change
from loaders.stated_facts.subjects import Context, Sentence
from ogi.report import Number


def proactive(sentence: Sentence) -> Iterator[Clue]:
    """The total of proactive disclosures of a sentence, and the sum of its parts where their list claims to be complete."""
    found = _totals(sentence) if "公开" in sentence.text or "发布" in sentence.text else []
    if not found:
        return
    index, context = found[0]
    quantity = sentence.quantities[index]
    if quantity.value is None or (len(found) > 1 and sentence.words.proactive["channel"].search(context.text)):
        return
    total = Clue("text.proactive_total", quantity.value, context.start, context.end, "tiao", None, quantity.approximate)
    yield total
    yield from _parts(sentence, index, quantity)
    for following in range(index + 1, min(index + 3, len(sentence.quantities))):
        change = share_or_change(sentence, sentence.quantities[following], sentence.context(following), total)
        if change and change.about == total.key:
            yield change
            return


def _totals(sentence: Sentence) -> list[tuple[int, Context]]:
    """What may be the total: several of them, each through another channel, are parts."""
    words = sentence.words.proactive
    found: list[tuple[int, Context]] = []
    for index, quantity in enumerate(sentence.quantities):
        if quantity.value is None or quantity.unit not in sentence.words.proactive_counters:
            continue
        context = sentence.context(index)
        if words["not"].search(context.text) or not words["total"].search(context.text):
            continue
        part = words["channel"].search(context.text) and not words["whole"].search(context.text)
        if part and not words["claim"].match(sentence.text, quantity.end):
            continue
        if sentence.topic(quantity, context) == "proactive" and not sentence.is_elsewhere(quantity, context):
            found.append((index, context))
    return found


def _parts(sentence: Sentence, index: int, total: Quantity) -> Iterator[Clue]:
    """The sum of the parts, where their list is complete: it ends with 其他, reaches the total, or says 其中： and comes near it.

    Real reports also write 其中： before a mere selection, but then leave out far more than a tenth.
    """
    text, words = sentence.text, sentence.words.proactive
    claim = words["claim"].match(text, total.end)
    if claim is None or total.approximate:
        return
    parts: list[Quantity] = []
    for quantity in sentence.quantities[index + 1 :]:
        between = text[parts[-1].end if parts else claim.end() : quantity.start]
        if text.count("（", claim.end(), quantity.start) + text.count("(", claim.end(), quantity.start) > text.count(
            "）", claim.end(), quantity.start
        ) + text.count(")", claim.end(), quantity.start):
            continue  # a part of a part
        if quantity.value is None or quantity.approximate or words["stop"].search(between):
            break
        if quantity.unit == "%":
            continue
        if quantity.unit != total.unit:
            return
        parts.append(quantity)
    if len(parts) < 2:
        return
    added: Number = sum(part.value for part in parts if part.value is not None)
    whole = total.value or 0
    rest = words["rest"].search(text, parts[-2].end, parts[-1].start)
    if rest or added >= whole or (claim["sure"] and added * 10 >= whole * 9):
        start = total.end + len(text[total.end :]) - len(text[total.end :].lstrip("。，,；;：:"))
        yield Clue("text.proactive_parts_sum", added, start, parts[-1].end, "tiao", "text.proactive_total")
