"""What the prose states: every figure and denial the dictionary names (``text.*``), with the sentence it stands in.

Only what is certain is stated; a figure of another year, of a part of the organ, of a channel or of another subject is none.
The way: paragraphs without blanks (:mod:`.folded`) → sentences → numbers with counting words (:mod:`.quantities`) → what each
number is about (:mod:`.subjects`) → which fact the words around it name (:mod:`.figures`); how disputes ended in
:mod:`.outcomes`, statements without a number in :mod:`.denials`, the fee in :mod:`.fees`, shares and changes in :mod:`.shares`,
proactive disclosure in :mod:`.proactive`. The words are data.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from loaders.paragraphs import Paragraph
from loaders.stated_facts.clue import Clue
from loaders.stated_facts.denials import denials
from loaders.stated_facts.fees import fees
from loaders.stated_facts.figures import figures
from loaders.stated_facts.folded import Folded
from loaders.stated_facts.outcomes import outcomes
from loaders.stated_facts.proactive import proactive
from loaders.stated_facts.subjects import Sentence, Subjects
from ogi.report import SURE, Notice, StatedFact

__all__ = ["Stated", "stated_facts"]


class Stated(NamedTuple):
    """What the prose states, and what has to be said about reading it."""

    facts: tuple[StatedFact, ...]
    notices: tuple[Notice, ...]


def stated_facts(paragraphs: Iterable[Paragraph], report_year: int | None) -> Stated:
    """Read the facts stated in the prose, in the order of the document.

    A fact whose words stand in a line that was read with doubt (a scan) is not stated, which a notice says.

    Args:
        paragraphs: the prose by paragraphs.
        report_year: figures of another year are not stated; ``None`` where the report does not say its year.
    """
    subjects = Subjects(report_year)
    facts: list[StatedFact] = []
    doubtful: list[str] = []
    for paragraph in paragraphs:
        folded = Folded(paragraph.text)
        for sentence in subjects.sentences(folded, paragraph.section):
            for clue in _clues(sentence):
                fact, confidence = _placed(clue, sentence, folded, paragraph)
                if confidence < SURE:
                    doubtful.append(fact.key)
                else:
                    facts.append(fact)
    return Stated(tuple(facts), _notice(doubtful))


def _placed(clue: Clue, sentence: Sentence, folded: Folded, paragraph: Paragraph) -> tuple[StatedFact, float]:
    """The fact with its place in the document, and how surely the lines of its words were read."""
    start, end = sentence.start + clue.start, sentence.start + clue.end
    fact = StatedFact(
        key=clue.key,
        value=clue.value,
        sentence=folded.quote(sentence.start, sentence.end).strip(),
        words=folded.quote(start, end),
        unit=clue.unit,
        section=paragraph.section or None,
        source=paragraph.place(folded.place(sentence.start)).source,
        about=clue.about,
        approximate=clue.approximate,
    )
    return fact, paragraph.confidence(folded.place(start), folded.place(end - 1))


def _notice(doubtful: list[str]) -> tuple[Notice, ...]:
    if not doubtful:
        return ()
    return (Notice(code="prose_read_with_doubt", params={"count": len(doubtful)}, keys=tuple(dict.fromkeys(doubtful))),)


def _clues(sentence: Sentence) -> list[Clue]:
    stated = figures(sentence)
    found = [*stated, *proactive(sentence), *fees(sentence), *denials(sentence, stated), *outcomes(sentence, stated)]
    return sorted(found, key=lambda clue: (clue.start, clue.end, clue.key))
