"""How disputes ended, as the prose says it: 结果维持72件, 尚未审结37件; 行政复议7件，诉讼9件，均获维持."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loaders.stated_facts.clue import Clue
from loaders.stated_facts.subjects import Sentence

_HINTS = ("维持", "纠正", "纠错", "其他结果", "其它结果", "审结", "结案")
_COLUMNS = ("pending", "upheld", "corrected", "other_result")
_DISPUTES = ("text.reconsideration", "text.litigation")


def outcomes(sentence: Sentence, stated: Sequence[Clue]) -> Iterator[Clue]:
    """The outcomes a sentence about disputes states; ``stated`` are its other figures."""
    if not any(hint in sentence.text for hint in _HINTS) or not sentence.is_about_disputes:
        return
    yield from _counted(sentence)
    yield from _all_upheld(sentence, stated)


def _counted(sentence: Sentence) -> Iterator[Clue]:
    words = sentence.words.outcomes
    for index, quantity in enumerate(sentence.quantities):
        if quantity.value is None or quantity.approximate or quantity.unit not in sentence.words.counters:
            continue
        context = sentence.context(index)
        if words["not"].search(context.text) or sentence.is_elsewhere(quantity, context):
            continue
        column = next((name for name in _COLUMNS if words[name].search(context.text)), None)
        kind = _kind(sentence, quantity.start) if column else None
        if kind:
            yield Clue(f"text.{kind}_{column}", quantity.value, context.start, context.end, "jian")


def _kind(sentence: Sentence, place: int) -> str | None:
    """Which kind of dispute was spoken of last; ``None`` where it is none or both together."""
    words = sentence.words.outcomes
    kinds = list(words["kind"].finditer(sentence.text, 0, place))
    if not kinds or any(match.end() == kinds[-1].end() for match in words["both"].finditer(sentence.text, 0, place)):
        return None
    return kinds[-1].lastgroup


def _all_upheld(sentence: Sentence, stated: Sequence[Clue]) -> Iterator[Clue]:
    """均获维持 is said of the disputes counted right before it: of one number, or of several in a row."""
    said = sentence.words.outcomes["all_upheld"].search(sentence.text)
    if said is None:
        return
    counted = {clue.end: clue for clue in stated if clue.key in _DISPUTES and not clue.approximate}
    for quantity in reversed([one for one in sentence.quantities if one.end <= said.start()]):
        clue = next((one for end, one in counted.items() if one.start <= quantity.start and quantity.end <= end), None)
        if clue is None:
            return
        yield Clue(f"{clue.key}_upheld", clue.value, clue.start, said.end(), "jian")
