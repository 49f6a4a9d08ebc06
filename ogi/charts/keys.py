"""The keys each chart wants in its frame: what a page asks of the selection before it draws.

``selection.long(keys.outcomes("natural_person"))`` holds all that :func:`ogi.charts.outcomes_by_year` needs.
"""

from __future__ import annotations

from ogi.charts.palette import colours
from ogi.form import load_form

BLOCKS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")


def outcomes(applicant: str = "total") -> list[str]:
    """Keys of ``outcomes_by_year``: the outcomes and the total of results."""
    return [f"applications.{row}.{applicant}" for row in (*colours("outcomes"), "result_total")]


def flow(applicant: str = "total") -> list[str]:
    """Keys of ``flow``: what came in, the outcomes, what was carried over, and the total of results."""
    rows = ("received", "carried_in", *colours("outcomes"), "carried_over", "result_total")
    return [f"applications.{row}.{applicant}" for row in rows]


def grounds(applicant: str = "total") -> list[str]:
    """Keys of ``denial_grounds``: the grounds of the form and their sum."""
    return [f"applications.{row}.{applicant}" for row in (*load_form().sets["denied"], "denied_all")]


def applicants(row: str = "received") -> list[str]:
    """Keys of ``applicants_by_year``: the columns of one row and its total."""
    return [f"applications.{row}.{column}" for column in (*colours("applicants"), "total")]


def documents(document: str = "normative_documents") -> list[str]:
    """Keys of ``documents_by_year``: of every edition."""
    return [f"{document}.{column}" for column in colours("documents")]


def decisions(decision: str = "licensing") -> list[str]:
    """Keys of ``decisions_by_year``."""
    return [f"{decision}.decisions"]


def fees() -> list[str]:
    """Keys of ``fees_by_year``."""
    return ["fees.amount_wan_yuan"]


def disputes() -> list[str]:
    """Keys of ``dispute_blocks`` and ``correction_rate``: the three blocks with every outcome and the total."""
    return [f"{block}.{column}" for block in BLOCKS for column in (*colours("disputes"), "total")]
