"""The fictional city adds up, but for the faults put into its reports on purpose (``sample_reports/truth/faults.json``)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ogi.consolidation import Member, compare, consolidate, members_of
from ogi.organs import id_of

DOCUMENTS = Path(__file__).resolve().parents[3] / "sample_reports" / "documents"
TRUTH = DOCUMENTS.parent / "truth"
YEAR = 2024


@pytest.fixture(scope="module")
def city(read_sample) -> tuple[Member, list[Member]]:
    """The government with its region total, and all other organs that have a readable report."""
    found: list[Member] = []
    for file in sorted(DOCUMENTS.glob(f"*-{YEAR}.*")):
        truth = json.loads((TRUTH / f"{file.stem}.json").read_text(encoding="utf-8"))
        if truth["origin"] != "fictional" or not truth["readable"]:
            continue
        report = read_sample(file.name)
        organ = report.organ
        found.append(
            Member(
                organ_id=id_of(organ) or "",
                name=organ.name or "",
                level=organ.level,
                kind=organ.kind,
                region=organ.region,
                report=report,
                scope=report.scope,
            )
        )
    head = next(member for member in found if member.name == "示例市人民政府")
    return head, [member for member in found if member is not head]


def test_city_is_the_sum_of_its_organs_but_for_the_fault_of_one(city) -> None:
    """示例市市场监督管理局 2024 prints 0 in all for reconsiderations whose parts are not 0."""
    head, others = city
    consolidated = consolidate(head.name, YEAR, members_of(head, others).members)
    comparison = compare(consolidated, head.report)
    assert [cell.key for cell in comparison.broken] == ["reconsideration.total"]
    first = comparison.suspects[0]
    assert (consolidated.name(first.organ_id), first.reason) == ("示例市市场监督管理局", "own_sum")
    assert len(comparison.of_status("equal")) == len(comparison.cells) - 1


def test_vertical_organ_counted_by_mistake_is_named(city) -> None:
    head, others = city
    membership = members_of(head, others)
    (weather,) = membership.vertical
    consolidated = consolidate(head.name, YEAR, [*membership.members, weather])
    comparison = compare(consolidated, head.report)
    first = comparison.suspects[0]
    assert (consolidated.name(first.organ_id), first.reason) == ("示例市气象局", "left_out")
    assert len(first.cells) == len(comparison.broken) - 1
