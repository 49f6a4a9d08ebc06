"""机关画像 as a reader sees it.

True about the two published reports of 宿迁市人民政府 (2023, 2024; domain specification, section 12) and the fictional city.
"""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from ogi.organs import organ_id

SUQIAN = f"collection=published&focus_organ={organ_id('宿迁市人民政府')}"
OFFICE = organ_id("示例市人民政府办公室")
POLICE = organ_id("示例市公安局")
Visit = Callable[..., AppTest]


def said(at: AppTest) -> str:
    return "\n".join(element.value for element in (*at.markdown, *at.caption, *at.info, *at.subheader)).replace("\\", "")


def test_page_says_what_changed_with_the_way_to_every_cell(visit: Visit) -> None:
    at = visit("agency", SUQIAN)
    assert "予以公开：1,191 → 1,431，+240（+20.2%）" in said(at)
    assert any("逐格看各年" in link.label for link in at.get("page_link"))


def test_headline_is_of_this_agency_alone(visit: Visit) -> None:
    shown = {metric.label: metric.value for metric in visit("agency", SUQIAN).metric}
    assert (shown["新收申请"], shown["予以公开率（含部分）"]) == ("3,525", "54.0%")


def test_place_among_peers_says_how_many_have_a_number(visit: Visit) -> None:
    table = visit("agency", f"focus_organ={OFFICE}").dataframe[-1].value
    row = table.set_index("指标").loc["本年新收（件）"]
    assert (row["本机关"], row["有数字的机关"]) == ("369", "10/10")
    assert "n=372" in table.set_index("指标").loc["予以公开率（含部分公开）（%）", "本机关"]


def test_what_does_not_add_up_is_listed_with_its_year(visit: Visit) -> None:
    """The report of 示例市公安局 for 2021 prints 24 where 247 results were counted."""
    assert "六类申请人之和是247，总计栏写的是24" in said(visit("agency", f"focus_organ={POLICE}"))


def test_documents_behind_the_figures_are_named(visit: Visit) -> None:
    assert "published-suqian-2024.html" in said(visit("agency", SUQIAN))


def test_page_speaks_english(visit: Visit) -> None:
    assert "What changed from 2023 to 2024" in said(visit("agency", f"{SUQIAN}&lang=en"))
