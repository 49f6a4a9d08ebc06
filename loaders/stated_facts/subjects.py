"""What a sentence and each of its numbers is about: applications, disputes, proactive disclosure, the fee, or something else.

The last telling word before a number counts. Where the sentence has none, the heading it stands under counts (（二）依申请公开),
then the sentence before. So a number of petitions, proposals or readers never becomes one of applications.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from loaders.stated_facts.folded import Folded
from loaders.stated_facts.quantities import Quantity, quantities
from loaders.stated_facts.words import Patterns, patterns
from ogi.report import OTHER_SECTION

_LONGEST_HEADING = 40
_LONGEST_SENTENCE = 3000
"""No sentence of a report is longer; what is, is no prose."""
_OF_SECTION = {"s3": "request", "s4": "dispute"}
_NUMBERED = re.compile(
    r"(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．是]|\d{1,2}[、.．)）]|[①-⑳])"
)
_NEW_PART = re.compile(r"[（(][一二三四五六七八九十]{1,2}[)）]|[一二三四五六七八九十]{1,3}[、.．]")
_TELLING = re.compile(r"申请|复议|诉讼|处理费|公开|答复|办结|结转|费用")
_SEPARATORS = re.compile(r"[，,；;:：（）()。]")
_FILLER = re.compile(
    r"共计?|合计|总计|总数|总量|数量|件数|累计|其中|其余|剩余|余下|另有|分别|全部|[为有是约近达计已均都各的、,，“”\"]"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_GOVERNS = re.compile(r"(?:^|[，,；;：:（(。]|截至|截止|截止至|自)(?:其中)?$")
_COMPARED = re.compile(r"(?:比|较|与|同|于|和|对比|相比)$")
_CARRIED = re.compile(r"度?(?:结转|遗留|转入|接转|转结)")
_THIS_YEAR = re.compile(r"本年|今年|全年|当年|本年度")
_TITLES = re.compile(r"《[^》]*》")


class Context(NamedTuple):
    """The words around a number: ``before#after``, and where they begin and end in the sentence."""

    text: str
    start: int
    end: int
    lead: str
    """The short clause before, such as 第四季度; empty where there is none."""


class Sentence:
    """A sentence with what is known around it. What is not needed is not worked out."""

    def __init__(self, whole: str, start: int, end: int, subjects: Subjects, section: str | None) -> None:
        self.text, self.start, self.end = whole[start:end], start, end
        self.section = section
        self.report_year = subjects.report_year
        self.heading = subjects.heading
        self.words = subjects.words
        self._whole = whole
        self._previous = subjects.previous
        self._contexts: dict[tuple[int, bool], Context] = {}

    @cached_property
    def quantities(self) -> list[Quantity]:
        """The numbers of the sentence in order."""
        return list(quantities(self.text))

    @cached_property
    def is_about_disputes(self) -> bool:
        """Whether disputes it names are those about the disclosure of information."""
        if self.section == "s4" or self.heading in ("request", "dispute"):
            return True
        return bool(self.words.context["dispute"].search(self.text))

    @cached_property
    def before(self) -> str | None:
        """What the sentence before was about last."""
        return _last_topic(self.words, self._previous)

    @cached_property
    def mentions(self) -> list[tuple[int, str]]:
        """Where the sentence names what it is about, in order."""
        found: list[tuple[int, str]] = []
        known = self.heading == "request"
        for match in self.words.topic.finditer(self.text):
            topic = match.lastgroup or ""
            if topic == "request":
                known = True
            elif topic == "weak_request":  # 申请 alone: of information where that was spoken of
                known = known or bool(self.words.request.search(self._whole, 0, self.start))
                if not known:
                    continue
                topic = "request"
            found.append((match.start(), topic))
        return found

    def topic(self, quantity: Quantity, context: Context) -> str | None:
        """What a number is about."""
        before = [topic for place, topic in self.mentions if place < quantity.start]
        behind = [topic for place, topic in self.mentions if quantity.end <= place < context.end]
        own = any(context.start <= place < quantity.start for place, _ in self.mentions)
        if behind and not own:
            return behind[-1]
        if before:
            return before[-1]
        return self.heading or self.before

    def context(self, index: int, wide: bool = False) -> Context:
        """The words around the number with this index; ``wide`` takes the clause before with it (收到申请，共12件)."""
        if (index, wide) not in self._contexts:
            self._contexts[index, wide] = self._context(index, wide)
        return self._contexts[index, wide]

    @cached_property
    def _cuts(self) -> list[int]:
        """Where the clauses begin."""
        return [0, *(match.end() for match in _SEPARATORS.finditer(self.text))]

    def _context(self, index: int, wide: bool) -> Context:
        quantity, cuts = self.quantities[index], self._cuts
        left = self.quantities[index - 1].end if index else 0
        right = self.quantities[index + 1].start if index + 1 < len(self.quantities) else len(self.text)
        clause = bisect_right(cuts, quantity.start) - 1
        begins = max(left, cuts[clause])
        before_it = max(left, cuts[clause - 1]) if clause and cuts[clause] > left else begins
        lead = self.text[before_it : begins - 1]
        start = before_it if wide else begins
        while start < quantity.start and self.text[start] in "、，,；;。：:":
            start += 1
        end = min(right, cuts[clause + 1] - 1 if clause + 1 < len(cuts) else right)
        comma = self.text.find("、", quantity.end, end)
        end = comma if comma >= 0 else end
        before, after = self.text[start : quantity.start], self.text[quantity.end : end]
        return Context(f"{before}#{after}", start, end, lead if len(lead) <= 12 else "")

    def is_bare(self, quantity: Quantity, context: Context) -> bool:
        """Whether the words before a number in its clause say nothing (共12件)."""
        return not _FILLER.sub("", self.text[context.start : quantity.start])

    def is_elsewhere(self, quantity: Quantity, context: Context, from_last_year: bool = False) -> bool:
        """Whether a number is of another year, of a part of the year, of a list of kinds, or of what shall be done.

        ``from_last_year``: the words themselves say how the number is tied to another year (上年结转).
        """
        near = f"{context.lead}|{context.text}"
        elsewhere = self.words.elsewhere
        if self.words.never_this_year.search(near):
            return True
        if not from_last_year and elsewhere["last_year"].search(near):
            return True
        if elsewhere["condition"].search(context.text) or elsewhere["limit"].match(self.text, quantity.end):
            return True
        return not from_last_year and self.of_other_year(quantity.start, context.start)

    def of_other_year(self, place: int, clause: int) -> bool:
        """Whether what stands at ``place``, in the clause that begins at ``clause``, is said of another year."""
        if self.report_year is None or "20" not in self.text:
            return False
        titles = [match.span() for match in _TITLES.finditer(self.text)] if "《" in self.text else []
        year, found = None, -1
        for match in _YEAR.finditer(self.text, 0, place):
            if any(start < match.start() < end for start, end in titles):
                continue
            before = self.text[max(0, match.start() - 4) : match.start()]
            compared = _COMPARED.search(before)
            if (compared and match.start() < clause) or _CARRIED.match(self.text, match.end()):
                continue
            if compared or _GOVERNS.search(before):
                year, found = int(match[1]), match.end()
        if year is None or year == self.report_year:
            return False
        return not _THIS_YEAR.search(self.text, found, place)


class Subjects:
    """Goes through the prose and remembers under which heading it is."""

    def __init__(self, report_year: int | None) -> None:
        self.report_year = report_year
        self.words: Patterns = patterns()
        self.heading: str | None = None
        self.previous = ""
        self._section: str | None = OTHER_SECTION

    def sentences(self, folded: Folded, section: str | None) -> Iterator[Sentence]:
        """The sentences of a paragraph in which a fact may be stated."""
        if section != self._section:
            self._section, self.heading = section, _OF_SECTION.get(section or "")
        if _NEW_PART.match(folded.text):
            self.heading = _OF_SECTION.get(section or "")
        self.previous = ""
        for start, end in folded.sentences():
            text = folded.text[start:end]
            if not _TELLING.search(text):
                self.previous = ""
                continue
            states = self.words.states.search(text)
            if states and len(text) <= _LONGEST_SENTENCE:
                yield Sentence(folded.text, start, end, self, section)
            if not states and len(text) <= _LONGEST_HEADING and (_NUMBERED.match(text) or not text.endswith("。")):
                self.heading = _last_topic(self.words, text) or _OF_SECTION.get(section or "")
            self.previous = text


def _last_topic(words: Patterns, text: str) -> str | None:
    """What a text is about last; 申请 alone counts, as a heading it means those of information."""
    last = next(reversed([match.lastgroup for match in words.topic.finditer(text)]), None) if text else None
    return "request" if last == "weak_request" else last
