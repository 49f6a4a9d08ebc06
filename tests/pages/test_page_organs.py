"""The register of organs on screen: finding one, links and merging with a reason, lists and populations coming in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ogi.exchange.population_table import Population
from ogi.form import load_form
from ogi.keyed import keyed_report
from ogi.labels import Labels
from ogi.organs import organ_id
from ogi.store.accepting import accept
from ogi.store.act import Act
from ogi.store.audit import history
from ogi.store.expected import organs_of
from ogi.store.populations import listed, people_10k, put
from ogi.store.prepared import prepare
from ogi.store.register import RegisteredOrgan, registered, registered_organ

Visit = Callable[..., AppTest]
EDUCATION, COMMITTEE, WATER = "示例市教育局", "示例市教育委员会", "示例市水利局"
EDU = organ_id(EDUCATION)


@pytest.fixture
def kept(fresh_store: Path) -> None:
    for year in (2023, 2024):
        keep(EDUCATION, year)


def keep(name: str, year: int) -> None:
    from pages.parts.store import change

    edition = load_form().editions["gf2021"]
    report = keyed_report(edition, dict.fromkeys(edition.cells, "0"), organ=name, year=year, scope="own")
    change(lambda c: accept(c, prepare(report, None, origin="keyed"), Act(by="test")))


def looked_up() -> RegisteredOrgan:
    """The education bureau, or what it was merged into."""
    from pages.parts.store import look

    found = look(lambda c: registered_organ(c, EDU))
    assert found is not None
    return found


def said(at: AppTest) -> str:
    texts = (*at.markdown, *at.caption, *at.success, *at.error, *at.warning, *at.info, *at.subheader)
    return "\n".join(element.value for element in texts).replace("\\", "")


def components(at: AppTest) -> str:
    return "".join(element.proto.json for element in at.get("bidi_component")).encode().decode("unicode_escape", "replace")


def fill(at: AppTest, **fields: str) -> AppTest:
    for name, text in fields.items():
        at.text_input(key=f"organ_{name}_{EDU}").set_value(text)
    at.run()
    assert not at.exception
    return at


def press(at: AppTest, key: str) -> AppTest:
    next(button for button in at.button if (button.key or "").startswith(key)).click()
    at.run()
    assert not at.exception
    return at


def test_empty_register_says_how_it_is_filled(visit: Visit) -> None:
    text = said(visit("organs"))
    assert "名录还是空的" in text
    assert "还没有人口数据" in text


def test_organs_are_listed_with_what_is_stored_of_them_and_found_by_words(visit: Visit, kept: None) -> None:
    at = visit("organs")
    assert "共1个机关" in said(at)
    assert "2份（2023—2024）" in components(at)
    assert "政府部门" in components(at)
    assert "没有符合条件的机关" in said(visit("organs", "search=财政"))
    assert "共1个机关" in said(visit("organs", "search=教育"))


def test_predecessor_is_set_with_a_reason_and_taken_back_with_one(visit: Visit, kept: None) -> None:
    from pages.parts.store import look

    at = fill(visit("organs", f"focus_organ={EDU}"), other=COMMITTEE)
    at.number_input(key=f"organ_year_{EDU}").set_value(2023).run()
    text = said(at)
    assert f"名录里没有“{COMMITTEE}”，将一并登记" in text
    assert f"将登记：2023年度起，{COMMITTEE} → {EDUCATION}（更名）" in text
    assert at.button(key="organ_change_now").disabled  # without a reason
    press(fill(at, why="机构改革"), "organ_change_now")
    assert f"已登记：{COMMITTEE} → {EDUCATION}" in said(at)
    assert [(one.name, one.kind, one.first_year) for one in looked_up().before] == [(COMMITTEE, "renamed", 2023)]
    assert f"前身：{COMMITTEE}（2023年度起，更名）" in said(at)
    press(fill(at, why="登记错了"), "unlink_")
    assert looked_up().before == ()
    lines = look(history)
    assert [line["why"] for line in lines if line["action"].startswith("organs_") and "linked" in line["action"]] == [
        "登记错了",
        "机构改革",
    ]


def test_same_organ_is_merged_after_it_was_said_what_moves_and_taken_apart_again(visit: Visit, kept: None) -> None:
    keep(COMMITTEE, 2021)
    at = visit("organs", f"focus_organ={EDU}")
    at.segmented_control(key=f"organ_choice_{EDU}").set_value("same")
    fill(at, other=COMMITTEE, why="同一单位")
    assert f"将把{EDUCATION}并入{COMMITTEE}：2份报告改归{COMMITTEE}" in said(at)
    press(at, "organ_change_now")
    assert f"{EDUCATION}已并入{COMMITTEE}" in said(at)
    assert (looked_up().name, looked_up().reports) == (COMMITTEE, 3)
    at.text_input(key=f"organ_why_{organ_id(COMMITTEE)}").set_value("并错了").run()
    press(at, "split_")
    assert f"{EDUCATION}已拆开，2份报告归还" in said(at)
    assert (looked_up().name, looked_up().reports) == (EDUCATION, 2)


def test_organs_with_a_report_of_the_same_year_cannot_be_merged(visit: Visit, kept: None) -> None:
    keep(COMMITTEE, 2024)
    at = visit("organs", f"focus_organ={EDU}")
    at.segmented_control(key=f"organ_choice_{EDU}").set_value("same")
    fill(at, other=COMMITTEE, why="同一单位")
    assert "两个机关都有这些报告，不能合并：2024 机关本级口径" in said(at)
    assert at.button(key="organ_change_now").disabled


def test_name_of_several_organs_is_asked_for_in_full(visit: Visit, kept: None) -> None:
    at = fill(visit("organs", f"focus_organ={EDU}"), other="鼓楼区财政局", why="x")
    assert "“鼓楼区财政局”不止一个，请写全称：江苏省南京市鼓楼区财政局" in said(at)
    assert not [button for button in at.button if button.key == "organ_change_now"]


def test_list_of_organs_is_shown_before_it_is_taken_in(visit: Visit, kept: None) -> None:
    from pages.parts.store import look

    at = visit("organs")
    at.file_uploader(key="organs_file").upload("名单.csv", f"机关名称\n{WATER}\n{EDUCATION}\n".encode()).run()
    at.text_input(key="organs_list_name").set_value("市直").run()
    assert not at.exception
    text = said(at)
    assert "新登记1个，已在册1个" in text
    assert "应报名单“市直”：加入2个，去掉0个，共2个" in text
    assert look(registered).total == 1
    press(at, "organs_apply")
    assert {row.name for row in look(registered).rows} == {WATER, EDUCATION}
    assert [organ.name for organ in look(lambda c: organs_of(c, "市直"))] == [EDUCATION, WATER]


def test_list_with_a_wrong_row_changes_nothing(visit: Visit, kept: None) -> None:
    at = visit("organs")
    at.file_uploader(key="organs_file").upload("名单.csv", f"机关名称\n{WATER}\n鼓楼区财政局\n".encode()).run()
    assert "第3行：“鼓楼区财政局”不止一个" in said(at)
    assert at.button(key="organs_apply").disabled


def test_populations_show_what_is_new_and_what_changes_before_they_are_taken_in(visit: Visit) -> None:
    from pages.parts.store import change, look

    old = [
        Population(region_code="321300", year=2023, people=4_900_000, source="旧公报"),
        Population(region_code="321300", year=2022, people=4_950_000, source="公报"),
    ]
    change(lambda c: put(c, old, Act(by="test")))
    rows = "地区,年度,人口（万人）,来源\n宿迁市,2023,497.4,2023年公报\n宿迁市,2022,495,公报\n淮安市,2023,455,2023年公报\n"
    at = visit("organs")
    at.file_uploader(key="populations_file").upload("人口.csv", rows.encode()).run()
    assert not at.exception
    assert "新增1条，改动1条，不变1条" in said(at)
    assert at.dataframe[1].value["原为"].tolist() == ["4900000（旧公报）", ""]
    press(at, "populations_apply")
    assert "已导入2条人口数据，其中改动1条" in said(at)
    assert str(look(lambda c: people_10k(c, "321300", 2023))) == "497.4"
    assert str(look(lambda c: people_10k(c, "320800", 2023))) == "455"


def test_population_without_source_is_refused(visit: Visit) -> None:
    at = visit("organs")
    at.file_uploader(key="populations_file").upload("人口.csv", "地区,年度,人口,来源\n宿迁市,2023,4974000,\n".encode()).run()
    assert "第2行：没有写来源" in said(at)
    assert at.button(key="populations_apply").disabled


def test_selected_populations_are_taken_away(fresh_store: Path) -> None:
    from pages.parts.population_import import remove_all
    from pages.parts.store import change, look

    both = [Population(region_code="321300", year=year, people=4_900_000, source="公报") for year in (2022, 2023)]
    change(lambda c: put(c, both, Act(by="test")))
    remove_all(both[:1], Labels("zh"))
    assert look(listed) == both[1:]
