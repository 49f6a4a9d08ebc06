"""Statements of the prose that are true or not made: no applications, no disputes, the information-processing fee."""

from __future__ import annotations

import re
from collections.abc import Callable

from ogi.checks.quantity import FALSE, TRUE, Quantity, unknown
from ogi.report import Report, StatedFact

DISPUTES = "text.no_disputes"
_DENIED = {"text.no_reconsideration": re.compile("复议"), "text.no_litigation": re.compile("诉")}
_FEE_SECTION = "s6"


def statement(key: str, stated: Callable[[str], tuple[StatedFact, ...]], report: Report) -> Quantity:
    """Return whether the prose makes a statement; unknown where it does not and nothing says that it should.

    The fee is stated in section six (domain specification, 3.4), so where that section was read without a word of it, it is
    not mentioned.
    """
    if key in _DENIED:
        return (TRUE if stated(key) else FALSE) if stated(DISPUTES) else unknown(DISPUTES)
    if key == "text.info_fee_none":
        amounts = stated("text.info_fee_yuan")
        return (TRUE if any(fact.value == 0 for fact in amounts) else FALSE) if amounts else unknown("text.info_fee_yuan")
    if stated(key):
        return TRUE
    if key == "text.info_fee_mentioned" and any(part.section == _FEE_SECTION and part.text for part in report.narrative):
        return FALSE
    return unknown(key)


def denied_parts(denials: tuple[StatedFact, ...]) -> dict[str, tuple[StatedFact, ...]]:
    """Take the denial of disputes apart by its words: 没有被提起行政诉讼 says nothing about reconsiderations."""
    return {key: tuple(fact for fact in denials if words.search(fact.words)) for key, words in _DENIED.items()}
