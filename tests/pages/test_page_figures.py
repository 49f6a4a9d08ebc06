"""What a reader sees on the pages with figures.

True about the two published reports of 宿迁市人民政府 (2023, 2024; domain specification, section 12) and the fictional city.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from ogi.organs import organ_id

SUQIAN = f"collection=published&organs={organ_id('宿迁市人民政府')}"
Visit = Callable[..., AppTest]


def said(at: AppTest) -> str:
    """All prose of a page, without the signs that keep Markdown from reading it."""
    return "\n".join(element.value for element in (*at.markdown, *at.caption)).replace("\\", "")


def headings(at: AppTest) -> list[str]:
    return [element.value for element in (*at.title, *at.subheader)]


def test_overview_shows_headline_figures_of_the_newest_year_with_change(visit: Visit) -> None:
    at = visit("overview", SUQIAN)
    shown = {metric.label: (metric.value, metric.delta) for metric in at.metric}
    assert shown["新收申请"] == ("3,525", "+14 (+0.4%)")
    assert shown["办结"] == ("3,521", "+35 (+1.0%)")
    assert shown["予以公开率（含部分）"] == ("54.0%", "+10.4 个百分点")
    assert shown["行政复议"] == ("170", "-270 (-61.4%)")
    assert shown["行政诉讼"] == ("77", "-36 (-31.9%)")
    assert shown["结转下年"] == ("125", "+4 (+3.3%)")
    assert "1,902 / 3,521件" in said(at)


def test_overview_says_that_samples_are_samples_and_what_they_cover(visit: Visit) -> None:
    at = visit()
    assert "演示数据" in said(at)
    assert "2019–2025年度" in said(at)
    assert "覆盖18/18个机关" in said(at)


def test_overview_names_a_fault_with_report_and_both_sides(visit: Visit) -> None:
    """The report of 示例市公安局 for 2021 prints 24 where 247 results were counted."""
    text = said(visit())
    assert "示例市公安局 · 2021" in text
    assert "六类申请人之和是247，总计栏写的是24" in text


def test_sample_scans_are_read_like_the_other_samples(visit: Visit) -> None:
    """柳溪镇 2019 exists only as pictures; 3 applications were received in 2019."""
    at = visit("applications", f"collection=fictional&organs={organ_id('示例市东湖区柳溪镇人民政府')}&focus_year=2019")
    assert "donghu-liuxi-2019.pdf" not in said(visit())
    assert "2019年申请办理流向" in headings(at)


def test_same_link_shows_same_figures_in_english(visit: Visit) -> None:
    chinese, english = visit("overview", SUQIAN), visit("overview", f"{SUQIAN}&lang=en")
    assert english.title[0].value == "Overview"
    assert [metric.value for metric in english.metric] == [metric.value for metric in chinese.metric]


def test_applications_reads_the_flow_of_the_year(visit: Visit) -> None:
    at = visit("applications", SUQIAN)
    assert "2024年申请办理流向" in headings(at)
    text = said(at)
    for number in ("3,525", "121", "3,521", "125"):
        assert number in text


def test_applications_follows_the_year_of_the_link(visit: Visit) -> None:
    at = visit("applications", f"{SUQIAN}&focus_year=2023")
    assert at.selectbox(key="filter_focus_year").value == 2023
    assert "2023年申请办理流向" in headings(at)
    assert "3,511" in said(at)


def test_applications_says_when_the_year_of_the_link_is_not_there(visit: Visit) -> None:
    at = visit("applications", f"{SUQIAN}&focus_year=2019")
    assert any("2019" in warning.value for warning in at.warning)
    assert "2024年申请办理流向" in headings(at)


def test_disputes_show_correction_rate_with_its_base(visit: Visit) -> None:
    """2024: 18 corrected of 134 concluded reconsiderations, 13.4 %; no lawsuit corrected of 57."""
    text = said(visit("disputes", SUQIAN))
    assert "13.4%" in text
    assert "134" in text


def test_proactive_shows_documents_and_decisions(visit: Visit) -> None:
    text = said(visit("proactive", SUQIAN))
    for number in ("420", "2,676,474", "1,573,179", "29,351", "72,701.2578"):
        assert number in text


def test_proactive_says_that_an_edition_did_not_ask(visit: Visit) -> None:
    at = visit("proactive", "years=2019-2020")
    assert any("不问这一项" in heading for heading in headings(at))


@pytest.mark.parametrize("page", ["overview", "proactive", "applications", "disputes"])
def test_every_chart_has_words_data_and_download(visit: Visit, page: str) -> None:
    at = visit(page)
    charts = at.get("plotly_chart")
    assert len(charts) >= (1 if page == "overview" else 3)
    tables = len(at.dataframe)
    for chart in charts:
        at.session_state[f"data_{chart.key.removeprefix('plot_')}"] = True
    at.run()
    assert len(at.dataframe) == tables + len(charts)
    downloads = [element for element in at.get("download_button") if "CSV" in element.proto.label]
    assert len(downloads) >= len(charts)
    assert all(element.help for element in (*at.title, *at.subheader) if element.value not in ("筛选",))


def test_table_behind_a_chart_is_drawn_when_it_is_opened(visit: Visit) -> None:
    at = visit("disputes")
    assert len(at.dataframe) == 0
    at.session_state["data_rate_reviews"] = True
    at.run()
    (table,) = at.dataframe
    assert [int(year) for year in table.value.iloc[:, 0]] == list(range(2019, 2026))
    at.session_state["data_rate_reviews"] = False
    at.run()
    assert len(at.dataframe) == 0


def test_link_is_drawn_when_it_is_opened(visit: Visit) -> None:
    at = visit("disputes", "years=2024")
    assert len(at.code) == 0
    at.session_state["sharing"] = True
    at.run()
    (link,) = at.code
    assert link.value.endswith("?years=2024")
