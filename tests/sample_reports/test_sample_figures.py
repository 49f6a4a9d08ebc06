"""The figures of the samples agree with themselves, from year to year and up the hierarchy, except at the listed faults.

True about: sample_reports/truth. The arithmetic here is written out again from the official identities; it uses neither the
generator nor the checks of the application.
"""

from __future__ import annotations

import json
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from sample_reports.catalogue import TRUTH

APPLICANTS = (
    "natural_person",
    "commercial_enterprise",
    "research_institution",
    "social_welfare_organisation",
    "legal_service_organisation",
    "other_organisation",
)
DISPUTES = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
ENDINGS = ("upheld", "corrected", "other_result", "pending")
FLOW = ("received", "carried_in", "result_total", "carried_over")

Cells = dict[str, Decimal | None]


def _json(path: Path):
    return json.loads(path.read_text(encoding="utf-8"))


FAULTS = _json(TRUTH / "faults.json")
FILES = {path.stem: _json(path) for path in sorted(TRUTH.glob("*.json")) if path.name != "faults.json"}
PRINTED: dict[str, Cells] = {
    stem: {key: None if value is None else Decimal(str(value)) for key, value in file["cells"].items()}
    for stem, file in FILES.items()
}


def _right() -> dict[str, Cells]:
    cells = {stem: dict(printed) for stem, printed in PRINTED.items()}
    for fault in FAULTS:
        stem = fault["document"].rsplit(".", 1)[0]
        for key, change in fault["cells"].items():
            cells[stem][key] = Decimal(change["right"].removesuffix("万元"))
    return cells


RIGHT = _right()
WHOLE = sorted(stem for stem in FILES if stem != "published-zhangdian-2020")


def _before(stem: str) -> str | None:
    slug, year = stem.rsplit("-", 1)
    before = f"{slug}-{int(year) - 1}"
    return before if before in FILES else None


def _rows(cells: Cells) -> list[str]:
    return sorted({key.split(".")[1] for key in cells if key.startswith("applications.")})


def _unequal(*pairs: tuple[Decimal | None, Decimal | None]) -> bool:
    """Whether any pair differs; a pair with an unknown side says nothing."""
    return any(left is not None and right is not None and left != right for left, right in pairs)


def _total(cells: Cells, keys: list[str]) -> Decimal | None:
    values = [cells.get(key) for key in keys]
    return None if None in values else sum((value for value in values if value is not None), Decimal(0))


def broken_rules(cells: Cells, before: Cells | None) -> set[str]:
    """Names of the identities that do not hold, by the ids of the checks that state them."""

    def at(row: str, column: str) -> str:
        return f"applications.{row}.{column}"

    broken = set()
    columns = (*APPLICANTS, "total")
    results = [row for row in _rows(cells) if row not in FLOW]
    edition = "R04_result_sum_2019" if "other_handling" in results else "R03_result_sum_2021"
    if _unequal(*((_total(cells, [at(row, c) for c in APPLICANTS]), cells[at(row, "total")]) for row in _rows(cells))):
        broken.add("R01_row_sum")
    due = [_total(cells, [at("received", c), at("carried_in", c)]) for c in columns]
    done = [_total(cells, [at("result_total", c), at("carried_over", c)]) for c in columns]
    if _unequal(*zip(due, done, strict=True)):
        broken.add("R02_balance")
    if _unequal(*((_total(cells, [at(row, c) for row in results]), cells[at("result_total", c)]) for c in columns)):
        broken.add(edition)
    if _unequal(*((_total(cells, [f"{b}.{e}" for e in ENDINGS]), cells[f"{b}.total"]) for b in DISPUTES)):
        broken.add("L01_block_sum")
    if before is not None and _unequal((cells[at("carried_in", "total")], before[at("carried_over", "total")])):
        broken.add("Y01_carry_matches")
    if before is not None and _unequal(*((cells[at("carried_in", c)], before[at("carried_over", c)]) for c in columns)):
        broken.add("Y02_carry_matches_by_applicant")
    return broken | _broken_stock(cells, before) | _broken_items(cells)


def _broken_stock(cells: Cells, before: Cells | None) -> set[str]:
    broken = set()
    for kind in ("rules", "normative_documents"):
        issued, repealed, stock = (cells.get(f"{kind}.{column}") for column in ("issued", "repealed", "in_force"))
        if issued is None or repealed is None or stock is None:
            continue
        if stock + repealed < issued:
            broken.add("A01_stock_covers_issue")
        last = before.get(f"{kind}.in_force") if before else None
        if last is not None and stock != last + issued - repealed:
            broken.add("Y03_in_force_rolls")
    return broken


def _broken_items(cells: Cells) -> set[str]:
    for item in ("licensing", "other_services", "penalty", "coercion"):
        decisions = cells.get(f"{item}.decisions")
        items = _total(cells, [f"{item}.items_prev", f"{item}.items_delta"])
        if decisions and decisions == items:
            return {"B04_decisions_mistaken_for_items"}
    return set()


LOOKED_FOR = {
    "R01_row_sum", "R02_balance", "R03_result_sum_2021", "R04_result_sum_2019", "L01_block_sum", "Y01_carry_matches",
    "Y02_carry_matches_by_applicant", "A01_stock_covers_issue", "Y03_in_force_rolls", "B04_decisions_mistaken_for_items",
}  # fmt: skip


def test_exactly_the_listed_faults_break_an_identity():
    expected: dict[str, set[str]] = defaultdict(set)
    for fault in FAULTS:
        for place in ({"document": fault["document"], "checks": fault["checks"]}, *fault["elsewhere"]):
            expected[place["document"].rsplit(".", 1)[0]] |= set(place["checks"]) & LOOKED_FOR
    found = {}
    for stem in WHOLE:
        before = _before(stem)
        found[stem] = broken_rules(PRINTED[stem], PRINTED[before] if before else None)
    assert {stem: ids for stem, ids in found.items() if ids} == {stem: ids for stem, ids in expected.items() if ids}


@pytest.mark.parametrize("stem", WHOLE)
def test_the_right_figures_keep_every_identity(stem):
    before = _before(stem)
    assert broken_rules(RIGHT[stem], RIGHT[before] if before else None) == set()


def test_consolidated_reports_are_the_sum_of_their_children_where_all_reported():
    by_organ = {(file["organ"], file["report_year"]): stem for stem, file in FILES.items()}
    compared = 0
    for stem, file in FILES.items():
        children = [by_organ.get((name, file["report_year"])) for name in file.get("children", [])]
        if not children or None in children:
            continue
        for key, value in RIGHT[stem].items():
            parts = [RIGHT[child].get(key) for child in children if child]
            if key.startswith("applications.other_") and None in parts:
                continue  # a child printed （六）其他处理 as one row
            assert sum(part for part in parts if part is not None) == value, (stem, key)
            compared += 1
    assert compared > 3000


def test_one_report_was_not_submitted_and_one_organ_begins_in_2021():
    years = defaultdict(set)
    for file in FILES.values():
        years[file["organ"]].add(file["report_year"])
    assert years["示例市云岭县青石镇人民政府"] == {2019, 2021, 2022, 2023, 2024, 2025}
    assert years["示例市数据局"] == {2021, 2022, 2023, 2024, 2025}
    fictional = {organ for organ in years if organ.startswith("示例市")}
    assert len(fictional) == 18
    others = fictional - {"示例市云岭县青石镇人民政府", "示例市数据局"}
    assert all(years[organ] == set(range(2019, 2026)) for organ in others)


def test_sizes_are_heavy_tailed_and_towns_print_mostly_zeros():
    organs = [stem for stem in WHOLE if FILES[stem]["scope"] == "own" and stem.endswith("-2024")]
    received = sorted(int(RIGHT[stem]["applications.received.total"] or 0) for stem in organs)
    assert len(received) == 15
    assert received[-1] > 100 * received[0]
    town = RIGHT["yunling-qingshi-2024"].values()
    assert sum(value == 0 for value in town) / len(town) > 0.85


def test_published_figures_are_those_of_the_originals():
    """宿迁市 2023 → 2024: 121 carried over = carried in; 17 of 414 and 18 of 134 reconsiderations corrected; 淮安市 3119 new."""
    first, second = PRINTED["published-suqian-2023"], PRINTED["published-suqian-2024"]
    assert first["applications.carried_over.total"] == second["applications.carried_in.total"] == 121
    assert (first["reconsideration.corrected"], first["reconsideration.total"], first["reconsideration.pending"]) == (17, 440, 26)
    assert (second["reconsideration.corrected"], second["reconsideration.total"], second["reconsideration.pending"]) == (
        18,
        170,
        36,
    )
    assert second["fees.amount_wan_yuan"] == Decimal("72701.2578")
    assert PRINTED["published-huaian-2024"]["applications.received.total"] == 3119
    lost = PRINTED["published-zhangdian-2020"]
    assert (lost["licensing.items_prev"], lost["licensing.items_delta"], lost["licensing.decisions"]) == (31, 30, 61)
    assert "penalty.decisions" not in lost
    assert "applications.received.total" not in lost
