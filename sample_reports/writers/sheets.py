"""A report set on sheets of A4: every line of text and every rule with its place in millimetres, tables cut by the page end.

A page layout program would do this; here it is done by hand, so that a format with fixed places can be written from it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ogi.form import load_form
from sample_reports.dress import dressed_tables
from sample_reports.sample import Sample
from sample_reports.tables import Box, Rows, cut, placed

WIDTH, HEIGHT = 210.0, 297.0
LEFT, TOP, BOTTOM = 22.0, 24.0, 274.0
INNER = WIDTH - 2 * LEFT
BODY, SMALL = 4.2, 3.7
"""Sizes of letters in millimetres: 12 points, and 10.5 in tables."""
_PAD = 1.2
_LEADING, _TIGHT = 1.75, 1.3
_CLOSING = "，。、；：？！）》”%"
_REQUEST_COLUMNS = (7.0, 17.0, 44.0)


@dataclass(frozen=True)
class Run:
    """A line of text: its left end, its base line, the size of its letters."""

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True)
class Rule:
    """A level or upright line."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass
class Sheet:
    """One page."""

    runs: list[Run] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


def width_of(letter: str, size: float) -> float:
    """Return the width of a letter: Chinese ones are as wide as high, the others half as wide."""
    return size if letter >= "\u2000" or letter in "\u00b7\u00d7" else size / 2


def length(text: str, size: float) -> float:
    """Return the length of a line of text."""
    return sum(width_of(letter, size) for letter in text)


def set_report(sample: Sample, *, small: float = SMALL, closing_rules: bool = True) -> list[Sheet]:
    """Set a report with letters of ``small`` millimetres in its tables.

    Without ``closing_rules`` a table cut by the page end has no rule there, as some programs leave it.
    """
    setter = _Setter(small, closing_rules)
    for line in sample.title:
        setter.paragraph(line, 6.3, centred=True)
    setter.paragraph(f"（{sample.note}）", 3.5, centred=True)
    for section in load_form().editions["gf2021"].sections:
        setter.paragraph(f"{section.ordinal}、{section.zh}", 4.6)
        for text in sample.narrative[section.key]:
            setter.paragraph("　　" + text, BODY)
        for rows in dressed_tables(sample, section.key):
            setter.table(rows, _columns(section.key, rows))
    setter.paragraph(sample.signature, BODY, right=True)
    if sample.signed:
        setter.paragraph(sample.signed, BODY, right=True)
    return setter.sheets


def _columns(section: str, rows: Rows) -> list[float]:
    count = sum(box.colspan for box in rows[0])
    first = _REQUEST_COLUMNS if section == "s3" else ()
    rest = count - len(first)
    return [*first, *([(INNER - sum(first)) / rest] * rest)]


def wrapped(text: str, size: float, room: float) -> list[str]:
    """Return a text cut into lines that fit: a number is never cut, and a line begins with no closing mark."""
    lines, line = [""], 0.0
    for letter in text:
        wide = width_of(letter, size)
        if line + wide > room + 1e-6 and lines[-1]:
            lines.append("")
            line = 0.0
            while len(lines[-2]) > 1 and _clings(lines[-2][-1], (lines[-1] + letter)[0]):
                lines[-1] = lines[-2][-1] + lines[-1]
                lines[-2] = lines[-2][:-1]
            line = length(lines[-1], size)
        lines[-1] += letter
        line += wide
    return lines


def _clings(before: str, after: str) -> bool:
    return after in _CLOSING or (before.isdigit() and after.isdigit())


class _Setter:
    def __init__(self, small: float, closing_rules: bool) -> None:
        self.sheets = [Sheet()]
        self._small = small
        self._y = TOP
        self._closing_rules = closing_rules

    def paragraph(self, text: str, size: float, *, centred: bool = False, right: bool = False) -> None:
        """Set a paragraph at the full width."""
        for line in wrapped(text, size, INNER):
            if self._y + size * _LEADING > BOTTOM:
                self._turn()
            free = INNER - length(line, size)
            x = LEFT + (free / 2 if centred else free if right else 0.0)
            self.sheets[-1].runs.append(Run(line, x, self._y + size, size))
            self._y += size * _LEADING
        self._y += 0.8

    def table(self, rows: Rows, columns: list[float]) -> None:
        """Set a table, cut where the page ends; a head is never parted from the first row under it."""
        head = next((number for number, row in enumerate(rows) if any(box.kind == "number" for box in row)), len(rows))
        while rows:
            heights = _heights(rows, columns, self._small)
            fits = _fitting(heights, BOTTOM - self._y)
            if fits >= len(rows):
                self._draw(rows, columns, heights)
                break
            if fits <= head:
                self._turn()
                continue
            first, rows = cut(rows, fits)
            self._draw(first, columns, _heights(first, columns, self._small), open_below=not self._closing_rules)
            self._turn()
            head = 0
        self._y += 2.0

    def _turn(self) -> None:
        self.sheets.append(Sheet())
        self._y = TOP

    def _draw(self, rows: Rows, columns: list[float], heights: list[float], *, open_below: bool = False) -> None:
        sheet = self.sheets[-1]
        xs = [LEFT + sum(columns[:number]) for number in range(len(columns) + 1)]
        ys = [self._y + sum(heights[:number]) for number in range(len(heights) + 1)]
        level: set[tuple[int, int]] = set()
        upright: set[tuple[int, int]] = set()
        for row, line in enumerate(placed(rows)):
            for column, box in line:
                below, beyond = min(row + box.rowspan, len(rows)), column + box.colspan
                level |= {(at, part) for at in (row, below) for part in range(column, beyond)}
                upright |= {(at, part) for at in (column, beyond) for part in range(row, below)}
                self._fill(box, xs[column], ys[row], xs[beyond], ys[below])
        if open_below:
            level -= {(len(rows), part) for part in range(len(columns))}
        sheet.rules += [Rule(xs[start], ys[at], xs[end], ys[at]) for at, start, end in _joined(level)]
        sheet.rules += [Rule(xs[at], ys[start], xs[at], ys[end]) for at, start, end in _joined(upright)]
        self._y = ys[-1]

    def _fill(self, box: Box, x0: float, y0: float, x1: float, y1: float) -> None:
        size = self._small
        lines = _lines(box, x1 - x0, size)
        y = (y0 + y1 - len(lines) * size * _TIGHT) / 2
        for line in lines:
            x = x0 + _PAD if box.kind == "label" else (x0 + x1 - length(line, size)) / 2
            if line:
                self.sheets[-1].runs.append(Run(line, x, y + size, size))
            y += size * _TIGHT


def _lines(box: Box, width: float, small: float) -> list[str]:
    return list(box.text) if box.kind == "vertical" else wrapped(box.text, small, width - 2 * _PAD)


def _heights(rows: Rows, columns: list[float], small: float) -> list[float]:
    """Height of each row; a merged cell that needs more makes its last row higher."""
    heights = [0.0] * len(rows)
    boxes = [(row, column, box) for row, line in enumerate(placed(rows)) for column, box in line]
    for row, column, box in sorted(boxes, key=lambda item: item[2].rowspan):
        needed = len(_lines(box, sum(columns[column : column + box.colspan]), small)) * small * _TIGHT + 2 * _PAD
        last = min(row + box.rowspan, len(rows))
        heights[last - 1] += max(needed - sum(heights[row:last]), 0.0)
    return heights


def _fitting(heights: list[float], room: float) -> int:
    taken = 0.0
    for number, height in enumerate(heights):
        taken += height
        if taken > room:
            return number
    return len(heights)


def _joined(parts: set[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Pieces of grid lines joined to long ones: line, first and last grid line they reach."""
    found: list[list[int]] = []
    for at, part in sorted(parts):
        if found and found[-1][0] == at and found[-1][2] == part:
            found[-1][2] = part + 1
        else:
            found.append([at, part, part + 1])
    return [(at, start, end) for at, start, end in found]
