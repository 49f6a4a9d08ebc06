"""Statements of the prose that are true or not made: no applications, no disputes, the information-processing fee."""

from __future__ import annotations

import re

from ogi.checks.quantity import FALSE, TRUE, Quantity, unknown
from ogi.report import Report, StatedFact

_DENIED = {"text.no_reconsideration": re.compile("复议"), "text.no_litigation": re.compile("诉讼|起诉|应诉|诉")}
_FEE_SECTION = "s6"


def statement(key: str, report: Report) -> Quantity:
    """Return whether the prose makes a statement; unknown where it does not and nothing says that it should.

    The denial of disputes is taken apart by its words: 没有被提起行政诉讼 says nothing about reconsiderations. The fee is stated
    in section six (domain specification, 3.4), so where that section was read without a word of it, it is not mentioned.
    """
    if key in _DENIED:
        return _denied(key, report)
    if key == "text.info_fee_none":
        return TRUE if any(fact.value == 0 for fact in report.stated("text.info_fee_yuan")) else FALSE
    if report.stated(key):
        return TRUE
    if key == "text.info_fee_mentioned" and any(part.section == _FEE_SECTION and part.text for part in report.narrative):
        return FALSE
    return unknown(key)


def statements_of(key: str, report: Report) -> tuple[StatedFact, ...]:
    """Return the statements of a key; those of ``text.no_disputes`` also for the parts it is taken into."""
    if key in _DENIED:
        return tuple(fact for fact in report.stated("text.no_disputes") if _DENIED[key].search(fact.words))
    return report.stated(key)


def _denied(key: str, report: Report) -> Quantity:
    if not report.stated("text.no_disputes"):
        return unknown("text.no_disputes")
    return TRUE if statements_of(key, report) else FALSE
