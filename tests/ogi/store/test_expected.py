"""Who must report and who has; populations with their source."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ogi.exchange.organ_list import ExpectedOrgan
from ogi.exchange.population_table import Population
from ogi.labels import Labels
from ogi.organs import describe_organ, organ_id
from ogi.store import populations
from ogi.store.accepting import accept
from ogi.store.audit import history
from ogi.store.deleting import delete
from ogi.store.expected import (
    list_names,
    matrix,
    matrix_rows,
    missing_text,
    organs_of,
    organs_with_reports,
    replace_list,
)
from ogi.store.location import StoreError
from ogi.store.organs import merge_organs

NAMES = ("示例市教育局", "示例市公安局", "示例市数据局", "示例市林业局")


def organ(name: str, **more) -> ExpectedOrgan:
    return ExpectedOrgan(organ_id=organ_id(name), name=name, **more)


@pytest.fixture
def library(records, paper, make_report, act):
    """Education: complete in 2023, an error in 2024. Police: read in part in 2024. Data: since 2024. Forestry: deleted."""
    wrong = {"applications.received.total": "5"}
    reports = (
        (NAMES[0], 2023, {}), (NAMES[0], 2024, {"printed": wrong}), (NAMES[1], 2024, {"partial": ("t3_requests",)}),
        (NAMES[3], 2024, {}),
    )  # fmt: skip
    with records.writing() as c:
        accepted = [
            accept(c, paper(make_report(**more, year=year, organ=describe_organ(name)), f"{name}{year}"), act)
            for name, year, more in reports
        ]
        delete(c, accepted[-1].report_id, act, None)
        listed = [organ(NAMES[0]), organ(NAMES[1], contact="电话1"), organ(NAMES[2], first_year=2024), organ(NAMES[3])]
        replace_list(c, "市直部门", listed, act)
    return records


def standings(records) -> dict[str, list[str]]:
    with records.reading() as c:
        found = matrix(c, "市直部门", (2023, 2024))
    return {row.organ.name: [row.years[year].standing for year in found.years] for row in found.rows}


def test_matrix_tells_received_missing_partial_and_with_errors(library) -> None:
    assert standings(library) == {
        "示例市教育局": ["received", "errors"],
        "示例市公安局": ["missing", "partial"],
        "示例市数据局": ["not_due", "missing"],
        "示例市林业局": ["missing", "missing"],
    }
    with library.reading() as c:
        found = matrix(c, "市直部门", (2023, 2024))
        assert found.count(2024) == {"received": 0, "errors": 1, "partial": 1, "missing": 2, "not_due": 0}
        assert matrix_rows(found, Labels("zh"))[1:] == [
            ["示例市公安局", "未报", "已报，未读全", "电话1"],
            ["示例市教育局", "已报", "已报，有错", ""],
            ["示例市数据局", "不用报", "未报", ""],
            ["示例市林业局", "未报", "未报", ""],
        ]


def test_who_has_not_reported_is_a_text_to_copy(library) -> None:
    with library.reading() as c:
        found = matrix(c, "市直部门", (2023, 2024))
    assert (
        missing_text(found, 2023, Labels("zh"))
        == "2023年度“市直部门”应报3家，还有2家没有报送：\n示例市公安局，电话1\n示例市林业局"
    )
    assert missing_text(found, 2024, Labels("en")).splitlines()[1:] == ["示例市数据局", "示例市林业局"]


def test_other_scope_does_not_count_where_one_is_asked_for(library) -> None:
    with library.reading() as c:
        found = matrix(c, "市直部门", (2023,), ["region_total"])
    assert found.count(2023)["missing"] == 3


def test_report_of_a_merged_organ_counts(library, paper, make_report, act) -> None:
    new = "示例市林业和草原局"
    with library.writing() as c:
        accept(c, paper(make_report(year=2023, organ=describe_organ(new)), "林草"), act)
        merge_organs(c, organ_id(NAMES[3]), organ_id(new), act)
    assert standings(library)["示例市林业局"] == ["received", "missing"]


def test_list_is_made_of_what_is_loaded_and_replaced_as_a_whole(library, act) -> None:
    with library.writing() as c:
        loaded = organs_with_reports(c)
        assert {one.name for one in loaded} == {"示例市教育局", "示例市公安局"}
        assert {one.name for one in organs_with_reports(c, years=[2023])} == {"示例市教育局"}
        replace_list(c, "市直部门", loaded, act)
        replace_list(c, "另一份", loaded[:1], act)
        assert list_names(c) == {"另一份": 1, "市直部门": 2}
        assert {one.name for one in organs_of(c, "市直部门")} == {"示例市教育局", "示例市公安局"}
        assert history(c, limit=2)[1]["detail"] == {"before": 4, "after": 2}
        replace_list(c, "另一份", [], act)
        assert list_names(c) == {"市直部门": 2}


def test_list_without_name_is_refused(library, act) -> None:
    with pytest.raises(StoreError) as refused, library.writing() as c:
        replace_list(c, "  ", [], act)
    assert refused.value.code == "bad_value"


def test_population_is_that_of_the_very_year(records, act) -> None:
    first = Population(region_code="321300", year=2023, people=4_970_000, source="2023年公报")
    with records.writing() as c:
        assert populations.put(c, [first], act) == 0
        assert populations.people_10k(c, "321300", 2023) == Decimal(497)
        assert populations.people_10k(c, "321300", 2024) is None
        assert populations.people_10k(c, None, 2023) is None
        again = Population(region_code="321300", year=2023, people=4_960_000, source="修订数")
        assert populations.put(c, [again, Population(region_code="320800", year=2023, people=1, source="x")], act) == 1
        assert [(one.region_code, one.people) for one in populations.listed(c)] == [("320800", 1), ("321300", 4_960_000)]
        assert history(c, limit=1)[0]["detail"]["before"] == [["321300", 2023, 4_970_000, "2023年公报"]]
        assert populations.remove(c, "320800", 2023, act)
        assert not populations.remove(c, "320800", 2023, act)
