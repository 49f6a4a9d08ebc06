"""What the prose states: every figure and denial the dictionary names (``text.*``), with the sentence it stands in.

Only what is certain is stated; a figure of another year, of a part of the organ, of a channel or of another subject is none.
The way: paragraphs without blanks (:mod:`.folded`) → sentences → numbers with counting words (:mod:`.quantities`) → what each
number is about (:mod:`.subjects`) → which fact the words around it name (:mod:`.figures`); statements without a number in
:mod:`.denials`, the fee in :mod:`.fees`, shares and changes in :mod:`.shares`, proactive disclosure in :mod:`.proactive`. The
words are data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from loaders.paragraphs import Paragraph
from loaders.stated_facts.clue import Clue
from loaders.stated_facts.denials import denials
from loaders.stated_facts.fees import fees
from loaders.stated_facts.figures import figures
from loaders.stated_facts.folded import Folded
from loaders.stated_facts.proactive import proactive
from loaders.stated_facts.subjects import Sentence, Subjects
from ogi.report import SURE, StatedFact

__all__ = ["stated_facts"]


def stated_facts(paragraphs: Iterable[Paragraph], report_year: int | None) -> tuple[StatedFact, ...]:
    """Read the facts stated in the prose, in the order of the document.

    Args:
        paragraphs: the prose by paragraphs.
        report_year: figures of another year are not stated; ``None`` where the report does not say its year.
    """
    return tuple(_facts(paragraphs, report_year))


def _facts(paragraphs: Iterable[Paragraph], report_year: int | None) -> Iterator[StatedFact]:
    subjects = Subjects(report_year)
    for paragraph in paragraphs:
        folded = Folded(paragraph.text)
        for sentence in subjects.sentences(folded, paragraph.section):
            place = paragraph.place(folded.place(sentence.start))
            if place.confidence < SURE:
                continue
            printed = folded.quote(sentence.start, sentence.end).strip()
            for clue in _clues(sentence):
                yield StatedFact(
                    key=clue.key,
                    value=clue.value,
                    sentence=printed,
                    words=folded.quote(sentence.start + clue.start, sentence.start + clue.end),
                    unit=clue.unit,
                    section=paragraph.section or None,
                    source=place.source,
                    about=clue.about,
                    approximate=clue.approximate,
                )


def _clues(sentence: Sentence) -> list[Clue]:
    stated = figures(sentence)
    found = [*stated, *proactive(sentence), *fees(sentence), *denials(sentence, stated)]
    return sorted(found, key=lambda clue: (clue.start, clue.end, clue.key))
