"""``/api/v1`` answers what the pages show: the same view, the same figures, the same gaps."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from ogi.charts.words import measure_name
from ogi.checks import check_report
from ogi.form import load_form
from ogi.labels import Labels
from ogi.library import Library, entry_from
from ogi.organs import organ_id
from ogi.report import Level, OrganKind, OrganName, Report
from ogi.selection.measure import is_measurable
from ogi.view import PAGES, View, measures
from web.api import api_routes

RECEIVED, CARRIED, GRANTED = "applications.received.total", "applications.carried_in.total", "applications.granted.total"


def bureau(name: str, level: Level = "city", kind: OrganKind = "department") -> OrganName:
    return OrganName(name=name, level=level, kind=kind)


@pytest.fixture(scope="module")
def reports(suqian: Callable[..., Report], make_report: Callable[..., Report]) -> list[Report]:
    """宿迁 2023 and 2024 as published; a bureau with nothing to report, one without licences, one whose sums break."""
    return [
        suqian(2023),
        suqian(2024),
        make_report({RECEIVED: "0"}, organ=bureau("示例市档案局"), year=2024),
        make_report({"licensing.decisions": "不适用"}, organ=bureau("示例市气象局"), year=2024),
        make_report({RECEIVED: "41"}, organ=bureau("示例市财政局"), year=2024),
    ]


@pytest.fixture(scope="module")
def library(reports: list[Report]) -> Library:
    return Library.of([entry_from(report, check_report(report, load_form()), "published") for report in reports])


@pytest.fixture(scope="module")
def client(library: Library) -> TestClient:
    return TestClient(Starlette(routes=list(api_routes(lambda _: library))))


def get(client: TestClient, path: str, status: int = 200, **headers: str) -> Any:
    found = client.get(f"/api/v1/{path}", headers=headers)
    assert found.status_code == status, found.text[:400]
    return found.json()


SUQIAN = organ_id("宿迁市人民政府")


def test_figure_is_the_printed_one(client: TestClient) -> None:
    found = get(client, f"facts?collection=published&organs={SUQIAN}&years=2024&keys={RECEIVED},{CARRIED},{GRANTED}")
    assert [(row["key"], row["value"], row["state"], row["derived"]) for row in found["data"]] == [
        (RECEIVED, 3525, "reported", False),
        (CARRIED, 121, "reported", False),
        (GRANTED, 1431, "reported", False),
    ]
    assert {row["report_year"] for row in found["data"]} == {2024}
    assert {row["scope"] for row in found["data"]} == {"region_total"}


def test_missing_number_is_null_with_its_state_and_never_zero(client: TestClient) -> None:
    rows = get(client, "facts?collection=published&years=2024&keys=licensing.decisions")["data"]
    found = {row["organ_name"]: (row["value"], row["state"]) for row in rows}
    assert found["示例市档案局"] == (0, "reported")
    assert found["示例市气象局"] == (None, "not_applicable")


def test_rate_comes_with_its_base_and_none_is_made_of_a_small_one(client: TestClient) -> None:
    rate = "I23_review_corrected_rate"
    assert rate in load_form().indicators
    rows = get(client, f"facts?collection=published&organs={SUQIAN}&years=2023&keys={rate}")["data"]
    # 宿迁 2023: 17 corrected; upheld 309 + corrected 17 + other 88 closed = 414
    assert (rows[0]["numerator"], rows[0]["denominator"]) == (17, 414)
    assert rows[0]["value"] == pytest.approx(17 / 414)
    none = get(client, f"facts?collection=published&organs={organ_id('示例市财政局')}&keys={rate}")["data"]
    assert (none[0]["value"], none[0]["state"], none[0]["denominator"]) == (None, "undefined", 0)


def test_csv_holds_the_same_rows_and_no_formula(client: TestClient) -> None:
    address = f"/api/v1/facts?collection=published&organs={SUQIAN}&keys={RECEIVED}"
    found = client.get(f"{address}&format=csv")
    assert found.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(found.content.decode("utf-8-sig"))))
    assert [(row["report_year"], row["value"]) for row in rows] == [("2023", "3511"), ("2024", "3525")]
    assert client.get(address, headers={"Accept": "text/csv"}).content == found.content


def test_pages_of_an_answer_together_are_the_whole(client: TestClient) -> None:
    path, seen, total = f"/api/v1/facts?collection=published&keys={RECEIVED},{CARRIED}&limit=2", [], 0
    while path:
        found = client.get(path).json()
        seen += [(row["report_id"], row["key"]) for row in found["data"]]
        assert len(found["data"]) <= 4
        path, total = found["about"]["next"], found["about"]["total"]
    assert len(seen) == len(set(seen)) == 10
    assert total == 5


def test_gaps_of_a_series_are_there_with_their_reason(client: TestClient) -> None:
    found = get(client, f"views/applications?collection=published&years=2022-2024&organs={SUQIAN}&keys={RECEIVED}")
    assert [(row["report_year"], row["value"], row["state"]) for row in found["data"]] == [
        (2022, None, "no_report"),
        (2023, 3511, "reported"),
        (2024, 3525, "reported"),
    ]
    assert found["about"]["coverage"]["2022"] == {"series_with_report": 0, "series": 1}
    assert "宿迁市人民政府" in found["about"]["sentence"]


def test_unknown_parameter_key_or_value_is_refused_and_named(client: TestClient) -> None:
    for query, named in (
        ("organ=x", "organ"),
        ("years=20x4", "20x4"),
        ("keys=applications.received.everybody", "applications.received.everybody"),
        ("limit=0", "limit"),
        ("limit=1e3", "limit"),
        ("offset=-1", "offset"),
        ("format=xml", "format"),
    ):
        found = client.get(f"/api/v1/facts?{query}")
        assert found.status_code == 400
        assert found.headers["content-type"] == "application/problem+json"
        assert named in found.json()["detail"]


def test_problem_is_told_in_the_language_asked_for(client: TestClient) -> None:
    assert "cannot be applied" in get(client, "facts?lang=en&organ=x", 400)["title"]
    assert "不能识别" in get(client, "facts?organ=x", 400)["title"]


def test_unchanged_answer_is_not_sent_again(client: TestClient) -> None:
    address = f"/api/v1/facts?collection=published&keys={RECEIVED}"
    tag = client.get(address).headers["etag"]
    again = client.get(address, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(f"{address}&years=2023", headers={"If-None-Match": tag})
    assert other.status_code == 200


def test_changed_figure_changes_the_tag(reports: list[Report], suqian: Callable[..., Report]) -> None:
    held = {"library": Library.of([entry_from(suqian(2024), (), "published")])}
    client = TestClient(Starlette(routes=list(api_routes(lambda _: held["library"]))))
    address = f"/api/v1/facts?collection=published&keys={RECEIVED}"
    before = client.get(address)
    held["library"] = Library.of([entry_from(suqian(2024, {RECEIVED: "3526"}), (), "published")])
    after = client.get(address, headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert after.json()["data"][0]["value"] == 3526


def test_organs_and_reports_are_listed(client: TestClient) -> None:
    organs = get(client, "organs?collection=published")["data"]
    assert {row["organ_name"]: row["report_years"] for row in organs}["宿迁市人民政府"] == [2023, 2024]
    assert len(organs) == 4
    of_kind = get(client, "organs?collection=published&kinds=department")["data"]
    assert {row["organ_name"] for row in of_kind} == {"示例市档案局", "示例市气象局", "示例市财政局"}
    listed = get(client, f"reports?collection=published&organs={SUQIAN}")["data"]
    assert [row["report_id"] for row in listed] == [f"{SUQIAN}.2023.region_total", f"{SUQIAN}.2024.region_total"]


def test_one_report_comes_whole_and_an_unknown_one_is_not_found(client: TestClient) -> None:
    whole = get(client, f"reports/{SUQIAN}.2024.region_total?collection=published")
    assert whole["cells"][RECEIVED]["raw"] == "3525"
    assert whole["organ"]["name"] == "宿迁市人民政府"
    assert "没有" in get(client, f"reports/{SUQIAN}.1999.own?collection=published", 404)["title"]


def test_findings_name_check_and_cells(client: TestClient) -> None:
    broken = f"findings?collection=published&organs={organ_id('示例市财政局')}"
    found = get(client, broken)["data"]
    # 41 new applications, none of them closed or carried over, and all columns of applicants 0: the sums do not hold
    assert {"error"} <= {row["severity"] for row in found}
    assert any(RECEIVED in row["cells"] for row in found)
    assert all(row["message"] for row in found)
    ranks = [(row["reminder"], ["error", "warning", "hint"].index(row["severity"])) for row in found]  # of one report
    assert ranks == sorted(ranks)


def test_dictionary_names_every_figure_in_both_languages(client: TestClient) -> None:
    rows = get(client, "dictionary?limit=2000")["data"]
    by_key = {(row["kind"], row["key"]): row for row in rows}
    assert by_key["cell", RECEIVED]["label_zh"] != by_key["cell", RECEIVED]["label_en"]
    assert {key for kind, key in by_key if kind == "indicator"} == set(load_form().indicators)
    assert {key for kind, key in by_key if kind == "check"} == set(load_form().checks)
    assert all(row["label_zh"] and row["label_en"] for row in rows)


def test_derived_figure_without_kinds_of_applicants_has_its_plain_name() -> None:
    assert measure_name(Labels("zh"), "applications.received.organisations") == "法人或其他组织新收合计"


def test_dictionary_takes_no_view(client: TestClient) -> None:
    assert "years" in get(client, "dictionary?years=2024", 400)["detail"]


def test_too_many_parameters_of_figures_are_refused(client: TestClient) -> None:
    keys = ",".join([key for key in measures() if is_measurable(key)][:301])
    assert "300" in get(client, f"facts?keys={keys}", 400)["detail"]


def test_description_names_every_field_of_a_view_and_every_column(client: TestClient) -> None:
    described = get(client, "openapi.json?lang=en")
    assert described["openapi"] == "3.1.0"
    operation = described["paths"]["/api/v1/facts"]["get"]
    names = {item["name"] for item in operation["parameters"]}
    assert {field.name for field in fields(View)} - {"page"} <= names
    assert {"limit", "offset", "format", "keys"} <= names
    row = operation["responses"]["200"]["content"]["application/json"]["schema"]["properties"]["data"]["items"]["properties"]
    assert set(get(client, f"facts?collection=published&keys={RECEIVED}")["data"][0]) == set(row)
    page = described["paths"]["/api/v1/views/{page}"]["get"]["parameters"][0]
    assert page["schema"]["enum"] == list(PAGES)
    json.dumps(described)


def test_unknown_address_and_page_are_not_found(client: TestClient) -> None:
    get(client, "nothing", 404)
    get(client, "views/nowhere", 404)
    assert client.get("/api/v2/facts").status_code == 404


def test_many_organs_may_be_named_by_the_id_they_are_kept_under(library: Library) -> None:
    kept = {"gabcdefghij": (SUQIAN,)}
    client = TestClient(Starlette(routes=list(api_routes(lambda _: library, kept.get))))
    found = get(client, f"facts?collection=published&years=2024&keys={RECEIVED}&organs=gabcdefghij")
    assert [(row["organ_name"], row["value"]) for row in found["data"]] == [("宿迁市人民政府", 3525)]
    assert get(client, "facts?organs=gzzzzzzzzzz", 400)["detail"]


def test_nothing_can_be_changed(client: TestClient) -> None:
    for method in ("post", "put", "delete", "patch"):
        assert getattr(client, method)("/api/v1/facts").status_code == 405
