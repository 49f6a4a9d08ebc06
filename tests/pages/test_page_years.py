"""年度对比 as a reader sees it.

True about the two published reports of 宿迁市人民政府 (2023, 2024; domain specification, section 12) and the fictional city.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from ogi.organs import organ_id
from pages.parts import years_files
from pages.parts.compared import compare

SUQIAN = f"collection=published&organs={organ_id('宿迁市人民政府')}&focus_organ={organ_id('宿迁市人民政府')}"
OFFICE = f"focus_organ={organ_id('示例市人民政府办公室')}"
Visit = Callable[..., AppTest]


def tables(at: AppTest) -> str:
    return "\n".join(element.proto.body for element in at.get("html"))


def said(at: AppTest) -> str:
    return "\n".join(element.value for element in (*at.markdown, *at.caption, *at.info, *at.subheader)).replace("\\", "")


def row(html: str, label: str) -> list[str]:
    """The figures of the first line with this label."""
    (line, *_) = re.findall(rf"<th[^>]*>{re.escape(label)}</th>(.*?)</tr>", html)
    return re.findall(r"<td[^>]*>(.*?)</td>", line)


def test_years_stand_side_by_side_with_change_per_cent_and_points(visit: Visit) -> None:
    html = tables(visit("years", SUQIAN))
    assert row(html, "（一）予以公开") == ["1,191", "1,431", "+240", "+20.2%", "+6.5"]
    assert row(html, "一、本年新收政府信息公开申请数量") == ["3,511", "3,525", "+14", "+0.4%", "–"]
    assert row(html, "现行有效件数") == ["11", "12", "+1", "+9.1%"]


def test_first_year_is_set_against_the_next_one(visit: Visit) -> None:
    html = tables(visit("years", f"{SUQIAN}&focus_year=2023"))
    assert row(html, "（一）予以公开") == ["1,191", "1,431", "−240", "−16.8%", "−6.5"]


def test_every_cell_of_the_form_can_be_shown(visit: Visit) -> None:
    html = tables(visit("years", f"{SUQIAN}&applicants=each"))
    lines = re.findall(r"<tr[^>]*><th scope=\"row\".*?</tr>", html)
    wide = [line for line in lines if line.count("<td") == 21]
    assert len(wide) == 25
    assert len(lines) - len(wide) == 10 + 15


def test_lines_that_stayed_can_be_folded_and_are_counted(visit: Visit) -> None:
    html = tables(visit("years", f"{SUQIAN}&rows=changed"))
    assert "要求提供公开出版物" not in html  # 0 and 0
    assert "已收起" in html


def test_form_that_changed_parts_the_years_and_says_why(visit: Visit) -> None:
    at = visit("years", OFFICE)
    html = tables(at)
    assert row(html, "现行有效件数")[:2] == ["未设", "未设"]
    assert 'class="x"' in html
    assert "2019格式数收费项目数，2021格式数金额" in said(at)


def test_largest_changes_are_said_in_words(visit: Visit) -> None:
    assert "予以公开：1,191 → 1,431，+240（+20.2%）" in said(visit("years", SUQIAN))


def test_sum_says_how_many_agencies_each_year_has(visit: Visit) -> None:
    html = tables(visit("years"))
    assert '2019<span class="w">（14/15）</span>' in html
    assert "（" not in row(html, "一、本年新收政府信息公开申请数量")[0]


def test_one_year_is_no_comparison(visit: Visit) -> None:
    at = visit("years", f"{SUQIAN}&years=2024")
    assert "至少要两个年度" in said(at)
    assert "<table" not in tables(at)


def test_prose_of_both_years_is_compared_for_one_agency(visit: Visit) -> None:
    at = visit("years", OFFICE)
    assert "一、总体情况" in "\n".join(expander.label for expander in at.expander)
    assert "<ins>" in tables(at)
    assert "<del>" in tables(at)
    assert "请在上面选一个机关" in said(visit("years"))


def test_page_speaks_english(visit: Visit) -> None:
    at = visit("years", f"{SUQIAN}&lang=en")
    assert row(tables(at), "（一）Granted") == ["1,191", "1,431", "+240", "+20.2%", "+6.5"]


def test_comparison_goes_out_as_pdf_or_says_what_is_missing(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(years_files, "missing_part", lambda: "pango")
    at = visit("years", SUQIAN)
    (button,) = [button for button in at.get("download_button") if "PDF" in button.proto.label]
    assert button.proto.disabled
    assert "libpango-1.0-0" in said(at)


def test_document_of_a_sum_lists_the_findings_of_its_reports(visit: Visit) -> None:
    """示例市市场监督管理局 prints 0 as the total of 10 reconsiderations in 2024."""
    at = visit("years").session_state["stage"]
    compared = compare(at, "", at.selection.added.scope or "", at.selection.years, (2023, 2024))
    found = years_files.content_of(at, compared).findings
    assert any("示例市市场监督管理局2024年" in text and "总计写的是0" in text for text in found)
    assert not any("2021年" in text[:20] for text in found)
