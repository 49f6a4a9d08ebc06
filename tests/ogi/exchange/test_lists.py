"""Lists of organs that must report, and populations: read row by row with what is wrong in each."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ogi.exchange import organ_list as lists
from ogi.exchange import population_table as populations
from ogi.exchange.organ_list import ExpectedOrgan, organ_list, plain_book, problem_sentence
from ogi.exchange.population_table import population_table
from ogi.exchange.table_file import Row, read_rows
from ogi.labels import Labels
from ogi.organs import organ_id


def test_list_is_read_with_years_and_contact() -> None:
    text = "序号,单位名称,首个年度,最后年度,联系电话\n1,示例市教育局,,,0517-1\n\n2,示例市数据局,2021年,2023,\n"
    found = organ_list(read_rows(text.encode("gb18030"), lists.COLUMNS, lists.NEEDED))
    assert found.problems == ()
    education, data = found.organs
    assert education == ExpectedOrgan(organ_id=organ_id("示例市教育局"), name="示例市教育局", contact="0517-1")
    assert (data.first_year, data.last_year) == (2021, 2023)
    assert [year for year in range(2019, 2026) if data.is_due(year)] == [2021, 2022, 2023]
    assert education.is_due(1990)


def test_rows_that_cannot_be_used_are_told_by_line() -> None:
    names = ["示例市教育局", "", "鼓楼区财政局", "示例市 教育局（本级）", "示例市水利局", "示例市林业局", "长" * 256]
    years = ["", "2020", "", "", "20年", "2024", ""]
    last = ["", "", "", "", "", "2020", ""]
    rows = [
        Row(line, {"name": name, "first_year": first, "last_year": end})
        for line, (name, first, end) in enumerate(zip(names, years, last, strict=True), start=2)
    ]
    found = organ_list(rows)
    assert [organ.name for organ in found.organs] == ["示例市教育局"]
    assert [(p.line, p.code) for p in found.problems] == [
        (3, "no_name"), (4, "ambiguous"), (5, "twice"), (6, "year"), (7, "years_turned"), (8, "name_too_long"),
    ]  # fmt: skip
    assert problem_sentence(found.problems[2], Labels("zh")) == "第5行：与第2行重复（示例市教育局）。"
    assert "南京市鼓楼区" in problem_sentence(found.problems[1], Labels("en"))


def population(**fields: str) -> tuple[object, ...] | str:
    table = population_table([Row(2, {"year": "2023", "source": "统计公报", **fields})])
    if table.problems:
        assert problem_sentence(table.problems[0], Labels("zh"))
        assert problem_sentence(table.problems[0], Labels("en"))
        return table.problems[0].code
    (one,) = table.populations
    return one.region_code, one.year, one.people


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"region_code": "320800", "people": "4550000"}, ("320800", 2023, 4_550_000)),
        ({"region": "淮安市", "people_10k": "455.01"}, ("320800", 2023, 4_550_100)),
        ({"region": "江苏省淮安市清江浦区", "people": "58.5万人"}, ("320812", 2023, 585_000)),
        ({"region": "淮安市", "region_code": "320800", "people": "4,550,000人"}, ("320800", 2023, 4_550_000)),
        ({"region": "宿迁市", "region_code": "320800", "people": "1"}, "code_and_name"),
        ({"region": "鼓楼区", "people": "1"}, "ambiguous"),
        ({"region": "示例市", "people": "1"}, "unknown_region"),
        ({"region_code": "329900", "people": "1"}, "unknown_code"),
        ({"people": "1"}, "no_region"),
        ({"region": "淮安市"}, "people"),
        ({"region": "淮安市", "people": "0"}, "people"),
        ({"region": "淮安市", "people_10k": "455.01001"}, "people"),
        ({"region": "淮安市", "people": "1", "source": ""}, "no_source"),
        ({"region": "淮安市", "people": "1", "year": "23"}, "year"),
    ],
)
def test_population_is_read_or_refused(fields: dict[str, str], expected: object) -> None:
    assert population(**fields) == expected


def test_population_of_one_year_stands_once() -> None:
    row = {"region": "淮安市", "year": "2023", "people": "4550000", "source": "统计公报"}
    found = population_table([Row(2, row), Row(3, row | {"region_code": "320800"}), Row(4, row | {"year": "2022"})])
    assert [(p.line, p.code) for p in found.problems] == [(3, "twice")]
    assert [one.year for one in found.populations] == [2023, 2022]
    assert found.populations[0].people_10k == Decimal(455)


def test_populations_come_back_from_their_own_table() -> None:
    given = population_table([Row(2, {"region_code": "320812", "year": "2023", "people": "585000", "source": "=公报"})])
    rows = populations.table_rows(given.populations)
    assert rows == [("320812", "江苏省淮安市清江浦区", 2023, 585000, "=公报")]
    book = plain_book(Labels("zh"), "人口", populations.FIELDS, rows)
    assert population_table(read_rows(book, populations.COLUMNS, populations.NEEDED)) == given
