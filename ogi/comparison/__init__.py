"""Setting things side by side: the years of one organ cell by cell, organs against organs and against their peers.

Built on the frames of :mod:`ogi.selection`. What may not be compared is shown and not joined, a gap is never 0, and a share of a
base below ten is not computed.
"""

from ogi.comparison.cells import Change, ComparedCell, YearFigure, compare_years, what_changed
from ogi.comparison.layout import Block, Line, blocks_of, keys_of
from ogi.comparison.sums import compare_sums

__all__ = [
    "Block",
    "Change",
    "ComparedCell",
    "Line",
    "YearFigure",
    "blocks_of",
    "compare_sums",
    "compare_years",
    "keys_of",
    "what_changed",
]
