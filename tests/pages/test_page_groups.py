"""Groups and subordinates in the picker, and short links, as a reader meets them. True about the fictional city."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from ogi.access.roles import LOCAL_PERSON, PUBLIC_READER
from ogi.organs import organ_id
from ogi.view import View, group_id
from pages.parts import groups

EDUCATION, POLICE, CITY = (organ_id(f"示例市{name}") for name in ("教育局", "公安局", "人民政府"))
Visit = Callable[..., AppTest]


def said(at: AppTest) -> str:
    return "\n".join(element.value for element in (*at.markdown, *at.caption, *at.success, *at.warning)).replace("\\", "")


def with_picker(at: AppTest) -> AppTest:
    """The page with its picker opened."""
    at.session_state["picker"] = True
    return at.run()


def test_chosen_agencies_are_saved_and_taken_again(visit: Visit) -> None:
    at = with_picker(visit("agencies", f"organs={EDUCATION},{POLICE}"))
    at.text_input(key="group_name").set_value("两个局").run()
    at.button(key="group_save").click().run()
    assert "已保存“两个局”，2个机关" in said(at)
    assert "两个局（2个机关）" in said(at)
    at.selectbox(key="filter_saved_group").select("不用").run()
    assert len(at.dataframe[-1].value) == 15
    at.selectbox(key="filter_saved_group").select("两个局（2个机关）").run()
    assert len(at.dataframe[-1].value) == 2


def test_link_to_many_agencies_is_short_and_opens_the_same(visit: Visit, monkeypatch) -> None:
    monkeypatch.setattr(groups, "MOST_WRITTEN", 1)
    at = visit("agencies", f"organs={EDUCATION},{POLICE}")
    short = at.query_params["organs"]
    assert short == group_id((EDUCATION, POLICE))
    assert len(visit("agencies", f"organs={short}").dataframe[-1].value) == 2


def test_group_that_is_not_kept_is_said(visit: Visit) -> None:
    at = visit("agencies", f"organs={group_id((CITY,))}")
    assert group_id((CITY,)) in said(at)


def test_subordinates_of_the_link_are_shown_and_explained(visit: Visit) -> None:
    at = visit("agencies", f"children_of={CITY}")
    assert "示例市人民政府的下级：本级部门和直接下级政府" in said(at)
    assert "示例市教育局" in at.dataframe[-1].value["机关"].tolist()
    assert not at.error


def test_agency_without_subordinates_is_said(visit: Visit) -> None:
    at = visit("agencies", f"children_of={organ_id('示例市云岭县青石镇人民政府')}")
    assert "没有找到示例市云岭县青石镇人民政府的下级机关" in said(at)


def test_group_stands_as_one_beside_agencies_with_what_it_holds(visit: Visit) -> None:
    at = with_picker(visit("agencies", f"organs={EDUCATION},{POLICE}"))
    at.text_input(key="group_name").set_value("两个局").run()
    at.button(key="group_save").click().run()
    at.multiselect(key="filter_groups").select("两个局").run()
    assert at.query_params["groups"] == group_id((EDUCATION, POLICE))
    assert "两个局（合计）：2个机关中，这些年份有2个有报告可以相加" in said(at)
    whole = at.dataframe[-1].value.set_index("机关")
    assert whole.loc["两个局（合计）", "有数字的机关"] == "2/2"
    table = whole.iloc[:, 1]
    assert table["两个局（合计）"] == table["示例市教育局"] + table["示例市公安局"]


@pytest.fixture
def three(samples: object) -> str:
    """A saved group of 教育局, 公安局 and an agency nobody has a report of."""
    from ogi.store.act import Act
    from ogi.store.groups import name_group
    from pages.parts.store import change

    organs = (EDUCATION, POLICE, organ_id("示例市地震局"))
    change(lambda c: name_group(c, "三个局", organs, Act(by="test")))
    return group_id(organs)


def test_group_is_compared_over_years_with_its_coverage_and_whom_it_lacks(visit: Visit, three: str) -> None:
    at = visit("years", f"focus_organ={three}&focus_year=2024")
    assert at.selectbox(key="filter_focus_organ").value == three
    assert "；单看三个局；" in said(at)
    assert at.subheader[0].value.startswith("三个局（合计）：")
    at.session_state["held_years"] = True
    table = at.run().dataframe[0].value
    line = table.loc[table["报告年度"] == 2024].iloc[0].tolist()
    assert line[1:] == ["2/3", organ_id("示例市地震局")]


def test_group_stands_among_agencies_on_the_pages_of_subjects(visit: Visit, three: str) -> None:
    at = visit("applications", f"groups={three}&focus_year=2024")
    assert "三个局（合计）：3个机关中，这些年份有2个有报告可以相加" in said(at)
    assert "合并显示：三个局" in said(at)
    at = at.selectbox(key="filter_focus_organ").set_value(three).run()
    assert not at.exception
    assert at.query_params["focus_organ"] == three


def test_group_is_a_row_of_the_matrix_of_reports(visit: Visit, three: str) -> None:
    at = visit("overview", f"groups={three}")
    at.session_state["data_coverage"] = True
    table = at.run().dataframe[0].value.set_index("机关")
    assert table.loc["三个局（合计）", "2024"] == "2/3"


def test_group_has_no_page_of_one_agency_and_that_is_said(visit: Visit, three: str) -> None:
    assert "一组机关没有画像" in said(visit("agency", f"focus_organ={three}"))


def test_link_to_others_opens_the_agencies_of_the_group_and_not_its_id(three: str) -> None:
    from pages.parts.members import narrowed

    view = narrowed(View(page="years", focus_organ=three, levels=("county",)), three)
    assert (set(view.organs), view.focus_organ, view.levels) == ({EDUCATION, POLICE, organ_id("示例市地震局")}, None, ())


def test_group_as_one_that_is_not_kept_is_said(visit: Visit) -> None:
    assert "没有存在这里，未显示" in said(visit("agencies", f"groups={group_id((CITY,))}"))


def test_who_only_reads_writes_no_group(monkeypatch: pytest.MonkeyPatch) -> None:
    many = tuple(f"o{first}{second}aaaaaaaa" for first in "abcdefg" for second in "abcdefg")
    assert len(many) > groups.MOST_WRITTEN
    monkeypatch.setattr(groups, "visitor", lambda: PUBLIC_READER)
    assert groups.name_group(many) is None
    monkeypatch.setattr(groups, "visitor", lambda: LOCAL_PERSON)
    key = groups.name_group(many)
    assert key is not None
    assert groups.find_group(key) == many
