"""The consolidated tables on screen.

The reports are made for the test: 示例市教育局 decides 3 penalties, 示例市公安局 40, the city's own region total says 45;
every other cell is 0 in all of them. 3 + 40 = 43.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from ogi.exchange.organ_list import ExpectedOrgan
from ogi.exchange.population_table import Population
from ogi.form import load_form
from ogi.keyed import keyed_report
from ogi.organs import organ_id
from ogi.report import Report, Scope
from ogi.store.accepting import accept
from ogi.store.act import Act
from ogi.store.corrections import correct
from ogi.store.expected import replace_list
from ogi.store.organs import link
from ogi.store.populations import put
from ogi.store.prepared import prepare
from ogi.store.reports import find

Visit = Callable[..., AppTest]
CITY, EDUCATION, POLICE, WATER = "示例市人民政府", "示例市教育局", "示例市公安局", "示例市水利局"
PENALTY = "penalty.decisions"


def keep(name: str, penalties: str, scope: Scope = "own", year: int = 2024, received: str = "0") -> str:
    """Put a report into the store of this test whose cells are all 0 but penalties and applications; returns its key."""
    from pages.parts.store import change

    edition = load_form().editions["gf2021"]
    typed = dict.fromkeys(edition.cells, "0") | {PENALTY: penalties, "applications.received.total": received}
    report: Report = keyed_report(edition, typed, organ=name, year=year, scope=scope)
    prepared = prepare(report, None, origin="keyed")
    return change(lambda c: accept(c, prepared, Act(by="test"))).key


@pytest.fixture
def city(fresh_store: Path) -> None:
    keep(CITY, "45", "region_total")
    keep(EDUCATION, "3")
    keep(POLICE, "40")


def test_page_opens_on_a_government_that_has_something_to_add_up(visit: Visit, city: None) -> None:
    """安徽省 stands before the city in the list, with a report of its own and nobody else's."""
    keep("安徽省人民政府", "9", "region_total")
    at = visit("consolidation")
    assert at.selectbox(key="filter_focus_organ").value == organ_id(CITY)


def said(at: AppTest) -> str:
    texts = (*at.markdown, *at.caption, *at.success, *at.error, *at.warning, *at.info, *at.subheader)
    return "\n".join(element.value for element in texts).replace("\\", "")


def metrics(at: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in at.metric}


def components(at: AppTest) -> str:
    return "".join(element.proto.json for element in at.get("bidi_component")).encode().decode("unicode_escape", "replace")


def test_empty_library_has_nothing_to_add_up_and_says_what_to_do(visit: Visit) -> None:
    assert "还没有可以汇总的地区" in said(visit("consolidation"))


def test_complete_sum_is_held_against_the_region_total_and_the_cell_at_odds_is_marked(visit: Visit, city: None) -> None:
    at = visit("consolidation")
    assert metrics(at) == {"已有报告": "2/2 个机关", "数字齐全的格": "200/200 格", "与汇总报告不符": "1/200 格"}
    assert "43<br><small>≠ 45</small>" in components(at)
    assert "不是总数" not in said(at)


def test_picked_cell_shows_the_figure_of_every_agency_and_names_who_may_be_left_out(visit: Visit, fresh_store: Path) -> None:
    """The region says 40 although education has 3 and the police 40: it left education out."""
    keep(CITY, "40", "region_total")
    key = keep(EDUCATION, "3")
    keep(POLICE, "40")
    at = visit("consolidation", f"cell={PENALTY}")
    text = said(at)
    assert "相加：**43**" in text
    assert "汇总报告：**40**　相差 -3" in text
    assert "没有计入示例市教育局" in text
    assert f'data-report="{key}"' in components(at).replace("\\", "")


def test_missing_agency_is_named_and_no_cell_passes_for_a_total(visit: Visit, city: None) -> None:
    keep(WATER, "2", year=2023)
    at = visit("consolidation", "focus_year=2024")
    assert metrics(at) == {"已有报告": "2/3 个机关", "数字齐全的格": "0/200 格", "与汇总报告不符": "0/200 格"}
    text = said(at)
    assert "没有收到报告（1）：示例市水利局。" in text
    assert "200格缺数字，只是已有数字之和，不是总数" in text
    assert "没有一格与汇总报告矛盾" in text


def test_blank_cell_of_one_agency_is_a_gap_and_not_zero(visit: Visit, fresh_store: Path) -> None:
    keep(CITY, "40", "region_total")
    keep(EDUCATION, "")
    keep(POLICE, "40")
    at = visit("consolidation", f"cell={PENALTY}")
    assert metrics(at)["数字齐全的格"] == "199/200 格"
    assert "40<br><small>1/2</small>" in components(at)
    assert "2家中只有1家有数字" in said(at)


def test_without_region_total_there_is_nothing_to_hold_it_against_and_that_is_said(visit: Visit, fresh_store: Path) -> None:
    keep(CITY, "45", "own")
    keep(EDUCATION, "3")
    at = visit("consolidation")
    assert metrics(at)["与汇总报告不符"] == "—"
    assert "没有示例市人民政府2024年度的本地区汇总报告" in said(at)


def test_list_says_who_belongs_and_who_is_missing(visit: Visit, city: None) -> None:
    from pages.parts.store import change

    organs = [ExpectedOrgan(organ_id=organ_id(name), name=name) for name in (EDUCATION, POLICE, WATER)]
    change(lambda c: replace_list(c, "市直", organs, Act(by="test")))
    at = visit("consolidation")
    at.selectbox(key="consolidation_list").set_value("市直").run()
    assert not at.exception
    assert metrics(at)["已有报告"] == "2/3 个机关"
    assert "没有收到报告（1）：示例市水利局。" in said(at)


def test_report_of_another_scope_is_refused_by_name_until_it_is_left_out(visit: Visit, city: None) -> None:
    keep(WATER, "1", "system_total")
    at = visit("consolidation")
    assert "口径不同，不能相加：示例市水利局" in said(at)
    at.multiselect(key=f"consolidation_leave_out_{organ_id(CITY)}_2024").set_value([organ_id(WATER)]).run()
    assert not at.exception
    assert metrics(at)["已有报告"] == "2/3 个机关"


def test_what_changed_in_the_library_changes_the_sums_of_an_open_page(visit: Visit, city: None) -> None:
    """With 42 of the police the sum is 45, as the city says; with the water bureau's report of the year before one is missing."""
    from pages.parts.store import change, look

    at = visit("consolidation")
    assert metrics(at)["与汇总报告不符"] == "1/200 格"
    police = look(lambda c: find(c, organ_id(POLICE), 2024, "own"))
    assert police is not None
    change(lambda c: correct(c, police, PENALTY, kind="misread", value=42, act=Act(by="王", why="看错"), changes=None))
    assert metrics(at.run())["与汇总报告不符"] == "0/200 格"
    keep(WATER, "1", year=2023)
    at.query_params["focus_year"] = "2024"
    assert metrics(at.run())["已有报告"] == "2/3 个机关"
    change(lambda c: link(c, organ_id(WATER), organ_id(POLICE), "merged", first_year=2024, act=Act(by="王")))
    assert metrics(at.run())["已有报告"] == "2/2 个机关"


def test_applications_per_10000_residents_need_the_residents_of_that_very_year(visit: Visit, fresh_store: Path) -> None:
    """120 applications, 500 000 residents: 2.40 per 10 000."""
    from pages.parts.store import change

    keep("宿迁市人民政府", "1", "region_total", received="120")
    keep("宿迁市教育局", "1")
    assert "每万人" not in said(visit("consolidation"))
    people = [Population(region_code="321300", year=year, people=500_000, source="统计公报") for year in (2023, 2024)]
    change(lambda c: put(c, people[:1], Act(by="test")))
    assert "每万人" not in said(visit("consolidation"))
    change(lambda c: put(c, people[1:], Act(by="test")))
    assert "每万人新收申请2.40件（2024年常住人口50万人，来源：统计公报）" in said(visit("consolidation"))


def test_download_is_the_official_form_with_the_sums(visit: Visit, city: None) -> None:
    from ogi.exchange.consolidation_book import consolidation_book
    from ogi.store.consolidating import region
    from pages.parts.store import look

    assert any(button.proto.label == "下载汇总表（Excel）" for button in visit("consolidation").get("download_button"))
    sums, comparison = look(lambda c: region(c, organ_id(CITY), 2024)).added_up()
    book = openpyxl.load_workbook(io.BytesIO(consolidation_book(sums, comparison)))
    values = [cell.value for row in book["汇总表"].iter_rows() for cell in row]
    assert 43 in values
    assert 45 not in values
