"""The smallest changes that make equations hold: all of one cell, else all of two. Exact and complete; nothing is judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from ogi.checks.equations import Equation, Exact

Differences = dict[str, Exact]
"""By how much each cell would have to change."""


def components(equations: Sequence[Equation]) -> list[list[Equation]]:
    """Return the groups of equations that share no cell with one another."""
    groups: list[tuple[set[str], list[Equation]]] = []
    for equation in equations:
        cells = set(equation.factors)
        touching = [group for group in groups if group[0] & cells]
        merged = (cells.union(*(group[0] for group in touching)), [e for group in touching for e in group[1]] + [equation])
        groups = [group for group in groups if group not in touching] + [merged]
    return [group[1] for group in groups]


def smallest(equations: Sequence[Equation], allows: Callable[[str, Exact], bool]) -> list[Differences]:
    """Return every change of one cell that makes all equations hold; where there is none, every change of two cells.

    Args:
        equations: equations that hang together, at least one of which does not hold.
        allows: whether a cell may change by this much (a count does not become negative).

    Two cells that stand in the same equations can share a change in any proportion; of these the one is given in which the
    first takes as much as it may.
    """
    system = _System(equations)
    found = [change for change in system.of_one() if _allowed(change, allows)]
    if found:
        return found
    found = [change for change in system.of_two() if _allowed(change, allows)]
    return found + [change for change in system.shared_out(allows) if _allowed(change, allows)]


def _allowed(change: Differences, allows: Callable[[str, Exact], bool]) -> bool:
    return all(allows(key, by) for key, by in change.items())


class _System:
    def __init__(self, equations: Sequence[Equation]) -> None:
        self.off = [equation.off_by for equation in equations]
        self.columns: dict[str, dict[int, Exact]] = defaultdict(dict)
        for number, equation in enumerate(equations):
            for key, factor in equation.factors.items():
                self.columns[key][number] = factor
        self.failing = frozenset(number for number, off in enumerate(self.off) if off)
        self.cells = [tuple(equation.factors) for equation in equations]

    def of_one(self) -> Iterator[Differences]:
        """A cell stands in every failing equation and in no other, and each asks for the same change."""
        for key in self._cells_of(self.failing):
            column = self.columns[key]
            if column.keys() == self.failing and (by := self._by(key, self.failing)) is not None:
                yield {key: by}

    def of_two(self) -> Iterator[Differences]:
        """One of the two stands in the failing equation with the fewest cells; the other mends what the first leaves."""
        start = min(self.failing, key=lambda number: (len(self.cells[number]), number))
        seen: set[frozenset[str]] = set()
        for first in self.cells[start]:
            for change in self._with(first):
                if frozenset(change) not in seen:
                    seen.add(frozenset(change))
                    yield change

    def shared_out(self, allows: Callable[[str, Exact], bool]) -> Iterator[Differences]:
        """Cells that could each mend everything alone if they might change so far: the change shared out over two of them."""
        alone = {key: change[key] for change in self.of_one() for key in change}
        seen: set[frozenset[tuple[str, Exact]]] = set()
        for first, wanted in alone.items():
            taken = _furthest(wanted, lambda by, key=first: allows(key, by))
            for second, whole in alone.items():
                if second == first or not taken:
                    continue
                rest = _divided(whole * (wanted - taken), wanted)
                change = {first: taken, second: rest}
                if rest and frozenset(change.items()) not in seen:
                    seen.add(frozenset(change.items()))
                    yield change

    def _with(self, first: str) -> Iterator[Differences]:
        mine = self.columns[first]
        left = self.failing - mine.keys()
        seconds = self._cells_of(left) if left else dict.fromkeys(key for number in mine for key in self.cells[number])
        for second in seconds:
            if second != first and (change := self._solved(first, second)) is not None:
                yield change

    def _solved(self, first: str, second: str) -> Differences | None:
        """The changes of two cells that make every equation hold, where they are determined and neither is nothing."""
        one, two = self.columns[first], self.columns[second]
        if not self.failing <= one.keys() | two.keys():
            return None
        lone_one, lone_two = one.keys() - two.keys(), two.keys() - one.keys()
        by_one = self._by(first, lone_one) if lone_one else None
        by_two = self._by(second, lone_two) if lone_two else None
        both = one.keys() & two.keys()
        if by_one is None and not lone_one and by_two is not None and both:
            by_one = _rest(self.off, one, two, by_two, min(both))
        elif by_two is None and not lone_two and by_one is not None and both:
            by_two = _rest(self.off, two, one, by_one, min(both))
        if not by_one or not by_two:
            return None  # nothing to change, contradictory, or one cell can do what the other does
        whole = all(self.off[n] + one.get(n, 0) * by_one + two.get(n, 0) * by_two == 0 for n in one.keys() | two.keys())
        return {first: by_one, second: by_two} if whole else None

    def _by(self, key: str, numbers: frozenset[int] | set[int]) -> Exact | None:
        """The change of a cell all these equations ask for; ``None`` where they ask for different ones."""
        column = self.columns[key]
        asked = {_divided(-self.off[number], column[number]) for number in numbers}
        return asked.pop() if len(asked) == 1 else None

    def _cells_of(self, numbers: frozenset[int] | set[int]) -> dict[str, None]:
        """The cells all these equations share, in the order of the form."""
        some, *others = (self.cells[number] for number in sorted(numbers))
        shared = set(some).intersection(*others)
        return dict.fromkeys(key for key in some if key in shared)


def _furthest(wanted: Exact, allowed: Callable[[Exact], bool]) -> Exact:
    """The whole number nearest to ``wanted`` a cell may change by; 0 where it may not change that way at all."""
    step = 1 if wanted > 0 else -1
    low, high = 0, abs(int(wanted))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if allowed(step * middle) else (low, middle - 1)
    return step * low


def _rest(off: Sequence[Exact], mine: dict[int, Exact], other: dict[int, Exact], by: Exact, number: int) -> Exact:
    return _divided(-(off[number] + other[number] * by), mine[number])


def _divided(number: Exact, by: Exact) -> Exact:
    found = Fraction(number) / by
    return found.numerator if found.denominator == 1 else found
