"""Searching the prose, and who has reported: on screen.

True about shili-office-2023.pdf: report of the government office of the fictional city for 2023.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from loaders.read import read_report
from ogi.report import Report
from ogi.store.accepting import accept
from ogi.store.act import Act
from ogi.store.prepared import prepare
from ogi.store.search import Hit
from pages.parts.search_hits import marked

Visit = Callable[..., AppTest]
OFFICE = Path(__file__).resolve().parents[2] / "sample_reports" / "documents" / "shili-office-2023.pdf"


@pytest.fixture(scope="module")
def office() -> Report:
    return read_report(OFFICE.read_bytes(), OFFICE.name)


@pytest.fixture
def kept(fresh_store: Path, office: Report) -> str:
    """The report is in the store of this test; its key."""
    from pages.parts.store import change

    prepared = prepare(office, OFFICE.read_bytes())
    return change(lambda c: accept(c, prepared, Act(by="test"))).key


def said(at: AppTest) -> str:
    texts = (*at.markdown, *at.caption, *at.success, *at.error, *at.warning, *at.info, *at.code)
    return "\n".join(element.value for element in texts).replace("\\", "")


def components(at: AppTest) -> str:
    return "".join(element.proto.json for element in at.get("bidi_component")).encode().decode("unicode_escape", "replace")


def test_words_are_found_with_their_report(visit: Visit, kept: str) -> None:
    at = visit("search", "search=政府信息公开")
    assert "找到" in said(at)
    assert f'data-report=\\"{kept}\\"' in components(at) or f'data-report="{kept}"' in components(at)


def test_nothing_found_and_nothing_asked_say_what_to_do(visit: Visit, kept: str) -> None:
    assert "没有找到" in said(visit("search", "search=量子纠缠对撞机"))
    assert "输入要查找的词" in said(visit("search"))
    assert "没有找到" in said(visit("search", "search=政府信息公开&years=2019"))


def test_words_are_marked_and_the_text_around_them_never_becomes_markup() -> None:
    hit = Hit(
        report_id=1, key="o.2020.own", organ_id="o", organ_name="甲", report_year=2020, scope="own", section="s1",
        sentence="<b>公开</b>目录", places=((3, 5),), times=1,
    )  # fmt: skip
    assert marked(hit) == "&lt;b&gt;<mark>公开</mark>&lt;/b&gt;目录"


def test_list_of_the_library_tells_who_has_not_reported(visit: Visit, kept: str) -> None:
    at = visit("expected")
    assert "还没有应报名单" in said(at)
    at.button(key="expected_from_library").click().run()
    assert "请先写名单名称" in said(at)
    at.text_input(key="expected_name").set_value("全市")  # typed and pressed at once
    at.button(key="expected_from_library").click().run()
    assert not at.exception
    assert "名单“全市”已保存：1家" in said(at)
    assert "已全部报送" in said(at)
    late = visit("expected", "years=2022")
    assert "还有1家没有报送" in said(late)
    assert "示例市人民政府办公室" in said(late)


def test_list_with_a_wrong_row_is_not_kept_and_the_row_is_named(visit: Visit) -> None:
    at = visit("expected")
    at.text_input(key="expected_name").set_value("全市").run()
    at.file_uploader(key="expected_file").upload("名单.csv", "机关名称,首个年度\n示例市财政局,二〇二二\n".encode())
    at.run()
    assert not at.exception
    assert at.button(key="expected_keep").disabled
    assert "2" in said(at)
    good = visit("expected")
    good.text_input(key="expected_name").set_value("全市").run()
    good.file_uploader(key="expected_file").upload("名单.csv", "机关名称,联系人\n示例市财政局,王 123\n".encode())
    good.run()
    good.button(key="expected_keep").click().run()
    assert "名单“全市”已保存：1家" in said(good)
