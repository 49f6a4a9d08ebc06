"""Figures of applications and disputes, and the shares and changes said of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from loaders.stated_facts.clue import Clue
from loaders.stated_facts.quantities import Quantity
from loaders.stated_facts.shares import share_or_change
from loaders.stated_facts.subjects import Context, Sentence
from loaders.stated_facts.words import Figure

_PARTS_FOLLOW = ("其中", "分别")
_SURELY_RECEIVED = re.compile(r"收到|接到|接收|收悉|接获|受理|收办")
_PART_OF_ORGAN = re.compile(
    r"(?:局|委|办|厅|[区县市镇乡旗]|街道|部门|单位|分局|支队|中心|机关|本级|系统)(?:共|新|受理|收到|接到|答复|办结|办理|接收|承办|产生|发生|#)"
)
_TOTAL = re.compile(r"共|总|全[年市区县镇乡省州旗系]|合计|累计")
_DEFINITION = re.compile(r"[（(](?:其中)?(?:不?含|包括|包含|不包括|其中含)[^（）()]*[)）]?")
_RECEIVED_AND_ANSWERED = re.compile(
    r"(?:收到|接到|受理)(?:并|后|和|、)?(?:及时|全部|按时|按期|依法|均)*(?:予以)?(?:答复|办结|回复)"
)
_ONCE = frozenset({"text.requests", "text.requests_new", "text.answered", "text.reconsideration", "text.litigation"})
"""Figures a sentence states once; several values of one key in it are those of parts (channels, agencies)."""


def figures(sentence: Sentence) -> list[Clue]:
    """The figures of applications and disputes a sentence states, in order."""
    return list(_without_parts(sentence, list(_found(sentence))))


def _found(sentence: Sentence) -> Iterator[tuple[Clue, bool]]:
    """Facts with whether they stand in a list of parts."""
    if sentence.words.context["attribute"].search(sentence.text):
        return
    last: Clue | None = None
    for index, quantity in enumerate(sentence.quantities):
        if quantity.value is None:
            last = None
            continue
        context = sentence.context(index)
        if quantity.unit in ("%", "个百分点"):
            clue = share_or_change(sentence, quantity, context, last)
            if clue:
                yield clue, False
            continue
        if quantity.unit not in sentence.words.counters:
            last = None
            continue
        in_list = _is_part(sentence, index)
        rules = list(_rules(sentence, quantity, context, in_list))
        if not rules and sentence.is_bare(quantity, context):
            context = sentence.context(index, wide=True)
            rules = list(_rules(sentence, quantity, context, in_list))
        if sentence.is_elsewhere(quantity, context, from_last_year=rules[:1] in (["text.carried_in"], ["text.carried_over"])):
            continue
        last = None
        for key in rules:
            last = Clue(key, quantity.value, context.start, _end(sentence, quantity, context), "jian", None, quantity.approximate)
            yield last, in_list


def _is_part(sentence: Sentence, index: int) -> bool:
    """Whether a number stands in a list of parts (其中) of a number about the same."""
    quantity = sentence.quantities[index]
    begins = max(sentence.text.rfind(words, 0, quantity.start) for words in _PARTS_FOLLOW)
    if begins < 0:
        return False
    whole = next((i for i in range(index - 1, -1, -1) if sentence.quantities[i].start < begins), None)
    if whole is None:
        return True
    about = sentence.topic(sentence.quantities[whole], sentence.context(whole))
    return about == sentence.topic(quantity, sentence.context(index))


def _end(sentence: Sentence, quantity: Quantity, context: Context) -> int:
    """The end of the words: those behind the number, with a bracket that defines it (含上年结转34件)."""
    definition = _DEFINITION.match(sentence.text, context.end)
    return definition.end() if definition else context.end


def _rules(sentence: Sentence, quantity: Quantity, context: Context, in_list: bool) -> Iterator[str]:
    topic = sentence.topic(quantity, context)
    if topic not in ("request", "dispute") or (topic == "dispute" and not sentence.is_about_disputes):
        return
    if in_list and _PART_OF_ORGAN.search(context.text):
        return
    for rule in sentence.words.figures:
        if rule.topic != topic or (in_list and not rule.in_list):
            continue
        if _fits(rule, context.text, sentence.report_year):
            yield rule.key
            if rule.key == "text.requests" and _RECEIVED_AND_ANSWERED.search(context.text.partition("#")[0]):
                yield "text.answered"
            return


def _fits(rule: Figure, text: str, report_year: int | None) -> bool:
    match = rule.words.search(text) if rule.is_hinted(text) else None
    if match is None or not _year_fits(match, report_year):
        return False
    return not (rule.forbidden and rule.forbidden.search(text))


def _year_fits(match: re.Match[str], report_year: int | None) -> bool:
    """Whether a year named in the words is the one before or after the report's, as they say."""
    for name, year in match.groupdict().items():
        if year and (report_year is None or int(year) != report_year + (1 if name.startswith("next") else -1)):
            return False
    return True


def _without_parts(sentence: Sentence, found: list[tuple[Clue, bool]]) -> Iterator[Clue]:
    """Leave out figures that are parts of another of the same name in the sentence, and all where none is the whole."""
    dropped: set[Clue] = set()
    ordered = sorted((pair for pair in found if pair[0].key in _ONCE), key=lambda pair: pair[0].key)
    for _, group in groupby(ordered, key=lambda pair: pair[0].key):
        pairs = list(group)
        whole = [clue for clue, in_list in pairs if not in_list] or [clue for clue, _ in pairs]
        received = [clue for clue in whole if _SURELY_RECEIVED.search(sentence.text, clue.start, clue.end)]
        whole = received or whole  # 收到164件，办理85件: the second is what was answered
        dropped |= {clue for clue, _ in pairs} - set(whole)
        if len({clue.value for clue in whole}) > 1:
            named = [clue for clue in whole if _TOTAL.search(sentence.text, clue.start, clue.end)]
            dropped |= set(whole) - set(named[:1])
    lost = {clue.key for clue in dropped} - {clue.key for clue, _ in found if clue not in dropped}
    yield from (clue for clue, _ in found if clue not in dropped and clue.about not in lost)
