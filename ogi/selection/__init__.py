"""A view applied to the facts: the frames that charts and pages show, with what is missing and why.

Collections are never mixed, scopes are never added to each other, a gap is never 0, and what cannot be compared between
editions is not compared.
"""

from ogi.selection.comparability import Break, breaks, joined
from ogi.selection.options import Option, applicant_options, organ_options, year_options
from ogi.selection.selected import FEW_SERIES, WIDE, Selection, select
from ogi.selection.standing import Standing

__all__ = [
    "FEW_SERIES",
    "WIDE",
    "Break",
    "Option",
    "Selection",
    "Standing",
    "applicant_options",
    "breaks",
    "joined",
    "organ_options",
    "select",
    "year_options",
]
