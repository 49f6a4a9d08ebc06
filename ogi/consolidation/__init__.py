"""Consolidation (汇总表): the reports of subordinate organs added up, cell by cell, with what each sum covers.

``members_of`` says who belongs to a region, ``consolidate`` adds up, ``compare`` holds the sums against the report the government
itself gives for its region, and names whose figures break a sum. A sum with gaps always says so; it is never shown as a total.
"""

from ogi.consolidation.against import CellComparison, Comparison, Suspect, compare
from ogi.consolidation.members import Member, Membership, members_of, relations_of
from ogi.consolidation.totals import CellSum, Consolidated, ConsolidationError, consolidate
from ogi.consolidation.wording import coverage_sentence, suspect_sentence

__all__ = [
    "CellComparison",
    "CellSum",
    "Comparison",
    "Consolidated",
    "ConsolidationError",
    "Member",
    "Membership",
    "Suspect",
    "compare",
    "consolidate",
    "coverage_sentence",
    "members_of",
    "relations_of",
    "suspect_sentence",
]
