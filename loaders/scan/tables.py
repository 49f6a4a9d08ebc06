"""Ruled tables of a straight page: grid lines, and cells merged where no rule stands between two fields of the grid."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import msgspec
import numpy as np

from loaders.scan.lost_rules import bridges, merged, turned

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in pixels of the sheet."""

_SAME_LINE = 8
"""Pixels within which two rules are one, or a double rule."""
_REACH = 5
"""Pixels beside a grid line in which its rule is looked for."""
_THIN = 4
"""Pixels that become one where rules are looked for; rules so far from each other still meet."""
_ENDS = 12
"""Pixels by which a vertical rule may stand out beyond the last horizontal one."""
_THERE = 0.5
"""Share of the side of a field that must be ruled for a rule to be there."""
_SURE = (0.3, 0.8)
"""Below the first share a rule is surely not there, from the second on it surely is."""


class Field(msgspec.Struct, frozen=True):
    """One cell of a table: place in the grid, spans, box in pixels, and whether its borders are certain."""

    row: int
    column: int
    rowspan: int
    colspan: int
    box: Box
    certain: bool = True


class Table(msgspec.Struct, frozen=True):
    """A table: its box, its fields by row and column, and where its grid lines are."""

    box: Box
    fields: tuple[Field, ...]
    rows: tuple[float, ...]
    columns: tuple[float, ...]


def find_tables(horizontal: np.ndarray, vertical: np.ndarray, pieces: np.ndarray | None = None) -> list[Table]:
    """Tables of a page from top to bottom, from the masks of its rules.

    ``pieces`` are the boxes of print (left, top, right, bottom): no lost rule is put where print stands.

    At least two fields beside each other, and either a second row or a third field; frames around text and underlined
    headings are not tables.
    """
    rules = (_segments(horizontal, 0), _segments(vertical, 1))
    tables = []
    for box in _places(horizontal, vertical):
        table = _table(box, rules, (horizontal, vertical), np.zeros((0, 4)) if pieces is None else pieces)
        if table is not None:
            tables.append(table)
    return sorted(tables, key=lambda table: (table.box[1], table.box[0]))


class Rule(msgspec.Struct, frozen=True):
    """A piece of a rule: height (or place from the left) of its middle, and from where to where it goes."""

    at: float
    start: float
    end: float


def _segments(mask: np.ndarray, axis: int) -> list[Rule]:
    """The rules of a mask, looked at in every fourth column (row) only: none is shorter, and it is four times faster."""
    thin = np.ascontiguousarray(mask[:: _THIN if axis else 1, :: 1 if axis else _THIN])
    stats, centres = cv2.connectedComponentsWithStats(thin, connectivity=8)[2:]
    return [
        Rule(float(centre[1 - axis]), float(s[axis] * _THIN), float((s[axis] + s[axis + 2]) * _THIN))
        for s, centre in zip(stats[1:], centres[1:], strict=True)
    ]


def _places(horizontal: np.ndarray, vertical: np.ndarray) -> list[Box]:
    """Boxes around rules that meet."""
    small = cv2.resize(cv2.bitwise_or(horizontal, vertical), None, fx=1 / _THIN, fy=1 / _THIN, interpolation=cv2.INTER_AREA)
    stats = cv2.connectedComponentsWithStats((small > 0).astype(np.uint8), connectivity=8)[2][1:] * float(_THIN)
    return _joined([(x, y, x + w, y + h) for x, y, w, h, _ in stats.tolist() if h > 40])


def _joined(boxes: list[Box]) -> list[Box]:
    """Boxes that overlap are one table whose rules are broken."""
    joined: list[Box] = []
    for box in sorted(boxes, key=lambda b: (b[1], b[0])):
        new = box
        again = True
        while again:
            meeting = [old for old in joined if _meet(old, new)]
            again = bool(meeting)
            joined = [old for old in joined if old not in meeting]
            for old in meeting:
                new = (min(old[0], new[0]), min(old[1], new[1]), max(old[2], new[2]), max(old[3], new[3]))
        joined.append(new)
    return joined


def _meet(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _table(
    box: Box, rules: tuple[list[Rule], list[Rule]], masks: tuple[np.ndarray, np.ndarray], pieces: np.ndarray
) -> Table | None:
    x0, top, x1, bottom = box
    inside = tuple(
        [
            r
            for r in kind
            if (top, x0)[axis] - _THIN <= r.at <= (bottom, x1)[axis] + _THIN
            and (x0, top)[axis] - _THIN <= r.start
            and r.end <= (x1, bottom)[axis] + _THIN
        ]
        for axis, kind in enumerate(rules)
    )
    if len(inside[0]) < 2 or not inside[1]:
        return None
    rows = _lines(inside[0], (x1 - x0), inside[1])
    columns = _lines(inside[1], (bottom - top), inside[0])
    if len(rows) < 2 or len(columns) < 2:
        return None
    fields = _fields(rows, columns, masks, pieces)
    beside = len(fields) - len({field.row for field in fields})
    if not beside or len(fields) < 3:
        return None
    return Table((columns[0], rows[0], columns[-1], rows[-1]), tuple(fields), tuple(rows), tuple(columns))


def _lines(pieces: Sequence[Rule], length: float, crossing: Sequence[Rule]) -> list[float]:
    """Where the grid lines are: pieces of rules at one height, and the ends of the crossing rules where they stand out."""
    lines: list[float] = []
    for group in _grouped(pieces):
        if _covered(group) >= min(max(length * 0.12, 60), 200) or any(_from_rule_to_rule(r, crossing) for r in group):
            weight = sum(r.end - r.start for r in group)
            lines.append(sum(r.at * (r.end - r.start) for r in group) / weight)
    if not lines:
        return []
    for sign, end in ((1, min(r.start for r in crossing)), (-1, max(r.end for r in crossing))):
        last = lines[0] if sign > 0 else lines[-1]
        if (last - end) * sign > _ENDS:
            lines.insert(0 if sign > 0 else len(lines), end)
    return lines


def _from_rule_to_rule(rule: Rule, crossing: Sequence[Rule]) -> bool:
    """Whether a piece begins and ends at rules that cross it there: the border of one cell."""
    ends = [
        any(abs(r.at - end) <= _SAME_LINE and r.start - _SAME_LINE <= rule.at <= r.end + _SAME_LINE for r in crossing)
        for end in (rule.start, rule.end)
    ]
    return all(ends) and rule.end - rule.start > 2 * _SAME_LINE


def _grouped(pieces: Sequence[Rule]) -> list[list[Rule]]:
    groups: list[list[Rule]] = []
    for rule in sorted(pieces, key=lambda r: (r.at, r.start)):
        if groups and rule.at - groups[-1][-1].at <= _SAME_LINE and rule.at - groups[-1][0].at <= 2 * _SAME_LINE:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


def _covered(group: Sequence[Rule]) -> float:
    """Length covered by at least one of the pieces."""
    total, reached = 0.0, -1.0
    for rule in sorted(group, key=lambda r: r.start):
        total += max(0.0, rule.end - max(rule.start, reached))
        reached = max(reached, rule.end)
    return total


def _fields(rows: list[float], columns: list[float], masks: tuple[np.ndarray, np.ndarray], pieces: np.ndarray) -> list[Field]:
    """Merge neighbouring fields without a rule between them; merged fields are made rectangular."""
    below = _ruled(masks[0], rows, columns)  # [line][column]: share of the upper side of a field that is ruled
    beside = _ruled(masks[1].T, columns, rows).T  # [row][line]
    flat, upright = np.asarray(below >= _THERE), np.asarray(beside >= _THERE)
    flat[[0, -1]] = True
    upright[:, [0, -1]] = True
    flat |= bridges(flat, np.ones_like(flat), rows, columns, pieces)
    divided = np.repeat(upright[:, 1:-1].any(axis=1, keepdims=True), len(columns), axis=1)  # a row of one cell is a heading
    upright |= bridges(upright.T, divided.T, columns, rows, turned(pieces)).T
    owner = merged(flat, upright, rows, columns, pieces)
    doubtful = _doubtful(owner, below, beside)
    fields = []
    for number in np.unique(owner):
        ys, xs = np.nonzero(owner == number)
        r0, r1, c0, c1 = int(ys.min()), int(ys.max()), int(xs.min()), int(xs.max())
        box = (columns[c0], rows[r0], columns[c1 + 1], rows[r1 + 1])
        fields.append(Field(r0, c0, r1 - r0 + 1, c1 - c0 + 1, box, int(number) not in doubtful))
    return sorted(fields, key=lambda field: (field.row, field.column))


def _ruled(mask: np.ndarray, lines: list[float], crossing: list[float]) -> np.ndarray:
    """Share ruled of each piece of each line between two crossing lines."""
    shares = np.zeros((len(lines), len(crossing) - 1))
    for i, line in enumerate(lines):
        y = round(line)
        band = mask[max(y - _REACH, 0) : y + _REACH + 1].max(axis=0) > 0
        for j, (start, end) in enumerate(pairwise(crossing)):
            a, b = round(start), round(end)
            margin = min(4, (b - a) // 4)
            piece = band[a + margin : b - margin + 1]
            shares[i, j] = piece.mean() if piece.size else 0.0
    return shares


def _doubtful(owner: np.ndarray, below: np.ndarray, beside: np.ndarray) -> set[int]:
    """Cells with a border, or a line inside, of which too little is ruled for certainty and too much for none."""
    low, high = _SURE
    found: set[int] = set()
    for i, j in np.argwhere((below[1:-1] > low) & (below[1:-1] < high)):
        found |= {int(owner[i, j]), int(owner[i + 1, j])}
    for i, j in np.argwhere((beside[:, 1:-1] > low) & (beside[:, 1:-1] < high)):
        found |= {int(owner[i, j]), int(owner[i, j + 1])}
    for i, j in np.argwhere(below[1:-1] <= low):
        if owner[i, j] != owner[i + 1, j]:
            found |= {int(owner[i, j]), int(owner[i + 1, j])}
    for i, j in np.argwhere(beside[:, 1:-1] <= low):
        if owner[i, j] != owner[i, j + 1]:
            found |= {int(owner[i, j]), int(owner[i, j + 1])}
    return found
