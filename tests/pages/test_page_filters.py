"""Filters, the address and the language: what is chosen is in the link, and what cannot be applied is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ogi.organs import organ_id
from pages.parts import loading, open_library, sample_library
from pages.parts.reading_cache import ReadingCache
from pages.parts.timeline import between

Visit = Callable[..., AppTest]
POLICE = organ_id("示例市公安局")


def sentence(at: AppTest) -> str:
    return "\n".join(element.value for element in at.markdown).replace("\\", "")


def test_choosing_a_year_writes_the_address_and_the_sentence(visit: Visit) -> None:
    at = visit()
    at.pills(key="filter_years").set_value([2023]).run()
    assert at.query_params["years"] == "2023"
    assert "2023年度" in sentence(at)


def test_choosing_an_agency_writes_its_id_and_not_its_name(visit: Visit) -> None:
    at = visit()
    at.multiselect(key="filter_organs").select("示例市公安局").run()
    assert at.query_params["organs"] == POLICE


def test_link_fills_the_filters(visit: Visit) -> None:
    at = visit("overview", f"organs={POLICE}&years=2021-2022&scope=own")
    assert at.multiselect(key="filter_organs").value == [POLICE]
    assert at.pills(key="filter_years").value == [2021, 2022]
    assert at.selectbox(key="filter_scope").value == "own"
    assert "示例市公安局" in sentence(at)


def test_unknown_values_in_a_link_are_said(visit: Visit) -> None:
    at = visit("overview", "years=soon&colour=red&scope=galaxy")
    text = "\n".join(warning.value for warning in at.warning)
    assert "soon" in text
    assert "colour" in text
    assert "galaxy" in text


def test_unknown_agency_in_a_link_is_said(visit: Visit) -> None:
    at = visit("overview", f"organs=oaaaaaaaaaa,{POLICE}")
    assert any("oaaaaaaaaaa" in warning.value for warning in at.warning)


def test_notices_of_a_link_can_be_cleared(visit: Visit) -> None:
    at = visit("overview", "colour=red&years=2021")
    at.button(key="forget_notices").click().run()
    assert not at.warning
    assert "years" not in at.query_params


def test_filters_stay_when_the_page_changes(visit: Visit) -> None:
    at = visit("overview", "years=2022")
    at.query_params.clear()  # what a click in a plain navigation leaves
    at.switch_page("../disputes.py").run()
    assert at.title[0].value == "复议诉讼"
    assert at.query_params["years"] == "2022"
    assert "2022年度" in sentence(at)


def test_language_switch_keeps_the_filters(visit: Visit) -> None:
    at = visit("overview", "years=2022")
    at.segmented_control(key="filter_lang").set_value("en").run()
    assert at.title[0].value == "Overview"
    assert at.query_params["lang"] == "en"
    assert at.query_params["years"] == "2022"


def test_nothing_matching_shows_the_way_out(visit: Visit) -> None:
    at = visit("overview", "years=2011")
    assert "没有符合筛选条件的报告" in [heading.value for heading in at.subheader]
    at.button(key="empty_clear").click().run()
    assert "没有符合筛选条件的报告" not in [heading.value for heading in at.subheader]
    assert at.metric


def test_without_any_report_the_way_to_upload_is_shown(visit: Visit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    empty = sample_library.SampleLibrary(ReadingCache(tmp_path))
    monkeypatch.setattr(sample_library, "sample_documents", list)
    for module in (sample_library, open_library, loading):
        monkeypatch.setattr(module, "sample_library", lambda: empty)
    at = visit()
    assert "还没有报告" in [heading.value for heading in at.subheader]
    assert not at.metric


def test_link_to_uploads_of_another_session_says_that_it_cannot_carry_them(visit: Visit) -> None:
    at = visit("overview", "collection=uploads")
    assert "链接带不走上传的报告" in [heading.value for heading in at.subheader]
    at.button(key="show_samples").click().run()
    assert at.radio(key="filter_collection").value == "fictional"
    assert at.metric


def test_link_may_name_another_page(visit: Visit) -> None:
    at = visit("overview", "page=disputes&years=2022")
    assert at.title[0].value == "复议诉讼"
    assert "2022年度" in sentence(at)


def test_link_to_copy_carries_the_view(visit: Visit) -> None:
    at = visit("applications", "years=2022&applicant=natural_person")
    at.session_state["sharing"] = True  # the drawer is opened
    at.run()
    assert any("applicant=natural_person&years=2022" in block.value for block in at.code)


def test_overview_says_what_the_applicant_type_does_not_change(visit: Visit) -> None:
    at = visit("overview", "applicant=natural_person")
    assert any("只算“自然人”" in caption.value for caption in at.caption)
    assert not any("只算" in caption.value for caption in visit().caption)


def test_applicant_type_changes_figures_of_applications(visit: Visit) -> None:
    """宿迁市 2024: 3,440 of 3,525 new applications came from natural persons."""
    suqian = organ_id("宿迁市人民政府")
    at = visit("applications", f"collection=published&organs={suqian}&applicant=natural_person")
    assert "3,440" in sentence(at)


@pytest.mark.parametrize("page", ["overview", "agencies", "agency", "years", "applications"])
def test_while_samples_are_read_an_agency_is_not_said_to_be_absent(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    early = sample_library.Progress(total=100, done=3, read=3)
    monkeypatch.setattr(sample_library.SampleLibrary, "progress", lambda self: early)
    at = visit(page, "organs=oaaaaaaaaaa&focus_organ=oaaaaaaaaaa" if page == "overview" else "focus_organ=oaaaaaaaaaa")
    assert not at.warning
    assert page == "agencies" or any("示例报告还在读" in info.value for info in at.info)


def test_page_can_be_reset_and_says_what_its_link_cannot_carry(visit: Visit) -> None:
    at = visit("disputes", "years=2022")
    at.session_state["sharing"] = True  # the drawer is opened
    at.run()
    assert any("带不走：搜索框里输入的文字" in caption.value for caption in at.caption)
    at.button(key="reset_view").click().run()
    assert "years" not in at.query_params


def test_years_in_a_row_are_chosen_by_their_ends() -> None:
    assert between(range(2019, 2026), 2021, 2023) == (2021, 2022, 2023)
    assert between(range(2019, 2026), 2019, 2025) == ()
    assert between((2019, 2021, 2024), 2020, 2024) == (2021, 2024)


def test_ends_of_the_range_stand_at_the_years_chosen(visit: Visit) -> None:
    at = visit("overview", "collection=fictional&years=2021-2023")
    assert at.select_slider(key="years_range_2021_2023").options == [str(year) for year in range(2019, 2026)]
