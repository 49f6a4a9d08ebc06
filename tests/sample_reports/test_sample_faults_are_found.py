"""The checks find every deliberate fault in the documents as read, and nothing else that is an error or a warning."""

from __future__ import annotations

import json

import pytest

from ogi.checks import check_report
from ogi.form import load_form
from sample_reports.catalogue import TRUTH

FAULTS = json.loads((TRUTH / "faults.json").read_text(encoding="utf-8"))
FILES = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(TRUTH.glob("*.json")) if path.name != "faults.json"
}
STEMS = {(file["organ"], file["report_year"]): stem for stem, file in FILES.items()}
INCOMPLETE = {"yunling-government-2020"}
"""Consolidated reports of years in which a child's report is missing."""
FROM_PROSE = "N"
"""Checks that compare prose and tables need facts from the narrative, which are read by another part."""


def failed(stem, read_sample) -> set[str]:
    report = read_sample(stem)
    slug, year = stem.rsplit("-", 1)
    names = FILES[stem].get("children", [])
    found = [read_sample(STEMS.get((name, FILES[stem]["report_year"]), "")) for name in names]
    children = [child for child in found if child is not None]
    facts = {"meta.children_expected": len(names), "meta.children_received": len(children)} if names else None
    findings = check_report(
        report, load_form(), read_sample(f"{slug}-{int(year) - 1}"), children=children if names else None, facts=facts
    )
    return {finding.check for finding in findings if finding.status == "fail"}


def expected(stem) -> set[str]:
    document = FILES[stem]["document"]
    places = [place for fault in FAULTS for place in (fault, *fault["elsewhere"]) if place["document"] == document]
    return {check for place in places for check in place["checks"]}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["id"])
def test_a_deliberate_fault_is_found(fault, read_sample):
    for place in (fault, *fault["elsewhere"]):
        wanted = {check for check in place["checks"] if not check.startswith(FROM_PROSE)}
        assert wanted <= failed(place["document"].rsplit(".", 1)[0], read_sample)


@pytest.mark.parametrize("stem", sorted(FILES))
def test_nothing_else_is_wrong(stem, read_sample):
    form = load_form()
    others = {check for check in failed(stem, read_sample) - expected(stem) if not form.checks[check].reminder}
    if stem in INCOMPLETE:
        assert others == {"H01_children_complete"}
    elif stem == "published-zhangdian-2020":  # lost pages, and the misuse of 处理决定数量 in the original
        assert others - {"S01_sections"} == {"S02_missing_table", "B04_decisions_mistaken_for_items"}
    else:
        assert others == set()
