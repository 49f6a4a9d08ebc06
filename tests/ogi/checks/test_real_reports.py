"""Real reports by their truth files: what the checks say about figures a person has read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from ogi.checks import Finding, check_report, problems
from ogi.form import load_form
from ogi.organs import describe_organ
from ogi.report import Report

FORM = load_form()
pytestmark = pytest.mark.corpus


@pytest.fixture
def read_truth(corpus: Path, make_report) -> Callable[..., Report]:
    """A report from the figures of a truth file; cells the file does not name are missing."""

    def read(number: str, edition: str, organ: str | None, year: int | None, **options: object) -> Report:
        known = json.loads((corpus / "truth" / f"{number}.json").read_text(encoding="utf-8"))["cells"]
        cells = FORM.editions[edition].cells
        printed = {key: "" if value is None else str(value) for key, value in known.items() if key in cells}
        return make_report(printed, edition=edition, year=year, organ=describe_organ(organ), rest="?", **options)

    return read


def statuses(findings: tuple[Finding, ...], check: str) -> Counter[str]:
    return Counter(finding.status for finding in findings if finding.check.startswith(f"{check}_"))


def test_huaian_2024_holds_throughout(read_truth) -> None:
    findings = check_report(read_truth("001", "gf2021", "淮安市人民政府", 2024, scope="region_total"), FORM)
    assert problems(findings) == ()
    assert [statuses(findings, check) for check in ("R01", "R02", "R03", "L01")] == [
        {"pass": 25}, {"pass": 7}, {"pass": 7}, {"pass": 3},
    ]  # fmt: skip
    # A city with districts may make 规章, and 66 documents in force cover the 8 issued.
    assert statuses(findings, "A02") == {"not_applicable": 1}
    assert statuses(findings, "A01") == {"pass": 2}


def test_shanghai_2019_has_blanks_and_no_contradiction(read_truth) -> None:
    findings = check_report(read_truth("004", "gf2019", "上海市人民政府办公厅", 2019), FORM)
    found = Counter(finding.check.split("_")[0] for finding in problems(findings))
    assert found == {"R06": 11, "S06": 1}
    assert statuses(findings, "R02") == {"pass": 7}
    assert statuses(findings, "L01")["fail"] == 0


def test_blank_template_contradicts_nothing(read_truth) -> None:
    found = problems(check_report(read_truth("026", "gf2021", None, None), FORM))
    assert [(finding.check, finding.left) for finding in found] == [("S06_blank_cells", 200)]


def test_guangdong_2020_took_item_types_for_decisions(read_truth) -> None:
    findings = check_report(read_truth("032", "gf2019", "广东省某区发展和改革局", 2020, partial=("t3_requests",)), FORM)
    # 22 + 1 = 23 and 1168 + 173 = 1341 are printed as decisions.
    assert {f.place[1] for f in findings if f.check.startswith("B04") and f.status == "fail"} == {"licensing", "other_services"}
    assert statuses(findings, "R02") == {"not_assessable": 7}
    carried_in = next(f for f in findings if f.place == ("R01_row_sum", "carried_in"))
    assert (carried_in.status, carried_in.flags) == ("pass", ("blank_as_zero",))
