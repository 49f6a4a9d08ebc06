"""The checks find every deliberate fault in the documents as read, and nothing else."""

from __future__ import annotations

import json

import pytest

from ogi.checks.context import Context, Relations, key_of
from ogi.form import load_form
from ogi.organs import organ_id
from sample_reports.catalogue import TRUTH

FAULTS = json.loads((TRUTH / "faults.json").read_text(encoding="utf-8"))
FILES = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(TRUTH.glob("*.json")) if path.name != "faults.json"
}
OF_THE_ORIGINAL = {
    "yunling-government-2020": {"H01_children_complete"},  # a child's report is missing
    # Lost pages, and the misuse of 处理决定数量 in the original.
    "published-zhangdian-2020": {"S02_missing_table", "B04_decisions_mistaken_for_items"},
}
"""What is wrong in documents without a fault of ours."""


@pytest.fixture(scope="session")
def context(read_sample) -> Context:
    """All samples with the children their truth files name."""
    children: dict[str, set[str]] = {}
    years: dict[str, list[int]] = {}
    for file in FILES.values():
        for name in file.get("children", ()):
            children.setdefault(key_of(read_sample(file["document"])).organ, set()).add(organ_id(name))
            years.setdefault(organ_id(name), []).append(file["report_year"])
    relations = Relations(
        children={parent: tuple(sorted(found)) for parent, found in children.items()},
        lifetimes={organ: (min(found), max(found)) for organ, found in years.items()},
    )
    return Context.of((read_sample(file["document"]) for file in FILES.values()), relations)


def failed(stem, read_sample, context) -> set[str]:
    findings = context.check(key_of(read_sample(FILES[stem]["document"])), load_form())
    return {finding.check for finding in findings if finding.is_problem}


def expected(stem) -> set[str]:
    document = FILES[stem]["document"]
    places = [place for fault in FAULTS for place in (fault, *fault["elsewhere"]) if place["document"] == document]
    return {check for place in places for check in place["checks"]} | OF_THE_ORIGINAL.get(stem, set())


@pytest.mark.parametrize("stem", sorted(FILES))
def test_findings_are_those_of_the_truth_and_no_others(stem, read_sample, context) -> None:
    assert failed(stem, read_sample, context) == expected(stem)
