"""Facts read from the prose of every sample are those its sentences were filled with, none more."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from sample_reports import wording

DOCUMENTS = Path(__file__).resolve().parents[2] / "sample_reports" / "documents"
NAMES = {
    "received": "requests_new", "carried_in": "carried_in", "closed": "answered", "carried_over": "carried_over",
    "natural": "natural_person", "organisations": "organisations", "share": "percent_stated", "granted": "granted",
    "partly": "partially_granted", "denied": "denied", "unable": "unable", "refused": "not_processed", "other": "other",
    "reviews": "reconsideration", "suits": "litigation", "total": "proactive_total",
    "cases": "info_fee_cases", "yuan": "info_fee_yuan",
}  # fmt: skip
"""The fact each blank of the wording is filled with."""
FREE = {"topic", "name", "self", "year", "next"}
FILLED = ("PROACTIVE", "REQUESTS", "REQUESTS_APPLICANTS", "REQUESTS_RESULTS", "GROWTH", "DISPUTES")
DENIED = {"REQUESTS_NONE": ("no_requests", True), "NO_DISPUTES": ("no_disputes", True), "FEE_NONE": ("info_fee_yuan", 0)}


def pattern(template: str) -> re.Pattern[str]:
    def blank(found: re.Match[str]) -> str:
        name = found[1]
        filling = "增长|下降" if name == "direction" else ".+?" if name in FREE else r"\d+(?:\.\d+)?"
        return f"(?P<{name}>{filling})"

    return re.compile(re.sub(r"\\\{(\w+)\\\}", blank, re.escape(template)))


TEMPLATES = [(name, pattern(text)) for name in (*FILLED, *DENIED) for text in getattr(wording, name)]
TEMPLATES.append(("FEE_SOME", pattern(wording.FEE_SOME)))


def written(text: str) -> Counter:
    """What the sentences of a sample say, by the templates they were written from."""
    facts: Counter = Counter()
    for name, template in TEMPLATES:
        for found in template.finditer(text):
            facts.update(said(name, {key: value for key, value in found.groupdict().items() if key not in FREE}))
    return facts


def said(name: str, blanks: dict[str, str]) -> list[tuple[str, Decimal | bool | int]]:
    if name in DENIED:
        return [DENIED[name]]
    if name == "GROWTH":
        return [("growth_stated", Decimal(blanks["percent"]) * (1 if blanks["direction"] == "增长" else -1))]
    numbers = {key: Decimal(value) for key, value in blanks.items()}
    if name == "PROACTIVE":
        return [
            ("proactive_total", numbers["total"]),
            ("proactive_parts_sum", numbers["site"] + numbers["media"] + numbers["other"]),
        ]
    facts = [(NAMES[key], value) for key, value in numbers.items() if key in NAMES]
    if name == "REQUESTS" and numbers["received"] == 0:
        facts.append(("no_requests", True))
    return facts


@pytest.mark.parametrize(
    "path", sorted(p for p in DOCUMENTS.iterdir() if not p.name.startswith("published")), ids=lambda p: p.stem
)
def test_prose_of_a_sample_is_read_without_loss_and_without_addition(path: Path, read_sample) -> None:
    report = read_sample(path.name)
    text = re.sub(r"\s+", "", "".join(section.text for section in report.narrative))
    found = Counter(
        (fact.key.removeprefix("text."), fact.value) for fact in report.facts if fact.key != "text.info_fee_mentioned"
    )
    if any(notice.code == "prose_read_with_doubt" for notice in report.notices):  # a scan: only what is certain
        assert found <= written(text)
    else:
        assert found == written(text)
        assert len(report.stated("text.info_fee_mentioned")) == 1
