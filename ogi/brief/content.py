"""What a brief says, before it becomes a file: figures, charts, sentences, what is open, sources, the origin of each number."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ogi.brief.number import Used
from ogi.brief.sentences import Sentence
from ogi.comparison.cells import ComparedCell
from ogi.comparison.layout import Block
from ogi.once import once

Shape = Literal["columns", "stacked", "line", "bars"]


@dataclass(frozen=True, kw_only=True)
class Series:
    """One series of a chart."""

    name: str
    key: str
    colour: str
    """As ``#RRGGBB``."""
    values: tuple[float | None, ...]
    """One for each category; ``None`` is a gap and never 0."""


@dataclass(frozen=True, kw_only=True)
class BriefChart:
    """A chart as data, for programs that draw charts of their own."""

    title: str
    unit: str
    """Word of the unit."""
    shape: Shape
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    note: str = ""
    """What the reader must mind: incomplete years, small bases, forms that differ."""
    formula: str = ""
    """How the values were made, where they are no sums of the keys."""
    is_share: bool = False
    """Whether values are per cent, 0–100."""

    @property
    def is_empty(self) -> bool:
        """Whether there is no number in it."""
        return all(value is None for series in self.series for value in series.values)


@dataclass(frozen=True, kw_only=True)
class Tables:
    """The official tables, the years as columns."""

    blocks: Sequence[Block]
    cells: Mapping[str, ComparedCell]
    years: Sequence[int]
    heads: Mapping[int, str] = field(default_factory=dict)
    """What stands under a year in the heads of the tables."""


@dataclass(frozen=True, kw_only=True)
class Brief:
    """A brief of one agency or of several."""

    lang: str
    title: str
    sentence: str
    """What is shown, as above the charts of the page."""
    scope_note: str
    """Of several agencies: which reports are added up and which are not."""
    year: int
    who: str
    headline: tuple[Sentence, ...]
    """The main figures, each with its change."""
    standing_out: tuple[Sentence, ...]
    further: tuple[Sentence, ...]
    """All other figures."""
    charts: tuple[BriefChart, ...]
    findings: tuple[str, ...]
    """What is open, worst first …"""
    finding_count: int
    """… of so many."""
    sources: tuple[str, ...]
    report_count: int
    tables: Tables | None
    made_on: str
    """The day the file was made, as ``YYYY-MM-DD``; no part of :attr:`content_hash`."""

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence in the order it is printed."""
        return (*self.headline, *self.standing_out, *self.further)

    def told(self, way: str) -> list[Sentence]:
        """Return the sentences about single figures that go one way (``rose``, ``fell``, ``same``, ``unsaid``)."""
        return [sentence for sentence in (*self.headline, *self.further) if sentence.way == way]

    @once
    def numbers(self) -> tuple[Used, ...]:
        """Every number of the sentences, each once."""
        return tuple(dict.fromkeys(number for sentence in self.sentences for number in sentence.numbers))

    def places(self, sentence: Sentence) -> list[int]:
        """Return the places of a sentence's numbers in :attr:`numbers`, counted from 1."""
        return sorted({self._place[number] for number in sentence.numbers})

    @once
    def _place(self) -> dict[Used, int]:
        return {number: place for place, number in enumerate(self.numbers, 1)}

    @once
    def content_hash(self) -> str:
        """SHA-256 of all that is said and shown: two briefs with the same one say the same, whatever the kind of file."""
        said = {
            "title": self.title,
            "sentence": [self.sentence, self.scope_note],
            "text": [sentence.text for sentence in self.sentences],
            "numbers": [[n.key, n.formula, n.year, n.who, n.text, n.value] for n in self.numbers],
            "charts": [[c.title, c.categories, [[s.key, s.values] for s in c.series], c.note] for c in self.charts],
            "findings": [*self.findings, self.finding_count],
            "sources": self.sources,
            "tables": [
                [cell.key, [[year, str(of.value), of.state] for year, of in cell.figures.items()]]
                for cell in (self.tables.cells.values() if self.tables else ())
            ],
        }
        return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
