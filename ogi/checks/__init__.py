"""Checks of a report: formulas over the form's keys, and what they find.

``check_report`` applies every rule of the dictionary; ``message`` says a finding as a sentence; ``Figures`` gives any figure
of a report by key, with the reasons where there is none.
"""

from ogi.checks.engine import check_report, problems
from ogi.checks.figures import Figures
from ogi.checks.finding import Finding, Status
from ogi.checks.plan import rules_of
from ogi.checks.quantity import Quantity
from ogi.checks.wording import key_name, message, status_word

__all__ = [
    "Figures",
    "Finding",
    "Quantity",
    "Status",
    "check_report",
    "key_name",
    "message",
    "problems",
    "rules_of",
    "status_word",
]
