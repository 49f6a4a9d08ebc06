"""The official tables over years as rows of cells, for documents of every kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Protocol

from ogi.brief.word_table import Cell
from ogi.comparison.cells import ComparedCell
from ogi.comparison.layout import Block
from ogi.comparison.words import amount_words, figure_words, fraction_words, mark_words, points_words
from ogi.labels import Labels


class OverYears(Protocol):
    """Cells of the form over years."""

    @property
    def cells(self) -> Mapping[str, ComparedCell]:
        """By key."""
        ...

    @property
    def years(self) -> Sequence[int]:
        """In the order they are shown."""
        ...

    @property
    def heads(self) -> Mapping[int, str]:
        """What stands under a year in the head of its column."""
        ...


def narrow(block: Block, content: OverYears, labels: Labels) -> list[list[Cell]]:
    """Return one block as rows: the years, the change, the change in per cent and in percentage points."""
    change = content.cells[block.lines[0].key].change
    heads = [labels("comparison.table.item"), *_year_heads(content)]
    heads += [labels("comparison.table.change", before=change.before, after=change.after)]
    heads += [labels("comparison.table.percent"), labels("comparison.table.points")]
    rows = [[Cell(text, head=True) for text in heads]]
    for headings, lines in groupby(block.lines, key=lambda line: line.headings):
        if headings:
            rows.append([Cell(" · ".join(headings), span=len(heads), head=True, left=True)])
        for line in lines:
            cell = content.cells[line.key]
            words = [*_figures(cell, content.years, labels), _change(cell, labels)]
            words += [fraction_words(cell.change), points_words(cell.change)]
            rows.append([Cell(line.label, left=True), *(Cell(text) for text in words)])
    return rows


def wide(blocks: Sequence[Block], content: OverYears, labels: Labels) -> list[list[Cell]]:
    """Return every kind of applicant side by side, under each the years and the change."""
    width = len(content.years) + 1
    under = [*_year_heads(content), labels("comparison.table.change_short")]
    rows = [
        [
            Cell(labels("comparison.table.item"), head=True),
            *(Cell(block.column_title, span=width, head=True) for block in blocks),
        ],
        [Cell("", head=True), *(Cell(text, head=True) for _ in blocks for text in under)],
    ]
    for headings, lines in groupby(zip(*(block.lines for block in blocks), strict=True), key=lambda line: line[0].headings):
        if headings:
            rows.append([Cell(" · ".join(headings), span=1 + width * len(blocks), head=True, left=True)])
        for line in lines:
            row = [Cell(line[0].label, left=True)]
            for part in line:
                cell = content.cells[part.key]
                row += [*(Cell(text) for text in _figures(cell, content.years, labels)), Cell(_change(cell, labels))]
            rows.append(row)
    return rows


def _year_heads(content: OverYears) -> list[str]:
    return [f"{year} {content.heads[year]}" if year in content.heads else str(year) for year in content.years]


def _figures(cell: ComparedCell, years: Sequence[int], labels: Labels) -> list[str]:
    return [
        ("｜" if year in cell.apart else "") + (figure_words(figure, labels) if (figure := cell.figures.get(year)) else "")
        for year in years
    ]


def _change(cell: ComparedCell, labels: Labels) -> str:
    text = amount_words(cell.change) or mark_words(cell.change.reason, labels)
    return text + (labels("comparison.table.caution_mark") if cell.change.needs_care else "")
