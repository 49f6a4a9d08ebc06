"""Checking a draft before it is published, on screen.

True about shili-education-2025.html of the fictional city: 25 new applications, 24 of natural persons and 1 of a legal service
organisation; every sum agrees. The draft made of it here prints 26 as the total: its row (R01) and the column of totals (R02) do
not add up, and writing 25 in this one cell mends both. The samples hold the report of 2024 too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from streamlit.testing.v1 import AppTest

from ogi.labels import Labels

Visit = Callable[..., AppTest]
GOOD = Path(__file__).resolve().parents[2] / "sample_reports" / "documents" / "shili-education-2025.html"
ZH = Labels("zh")


@pytest.fixture(scope="module")
def wrong() -> bytes:
    text = GOOD.read_text(encoding="utf-8")
    row = re.search(r"<tr[^>]*>(?:(?!</tr>).)*本年新收政府信息公开申请数量.*?</tr>", text, re.DOTALL)
    assert row is not None
    before, found, after = row.group().rpartition("25")
    assert found
    return text.replace(row.group(), f"{before}26{after}").encode()


def said(at: AppTest) -> str:
    texts = (*at.markdown, *at.caption, *at.success, *at.error, *at.warning, *at.info)
    return "\n".join(element.value for element in texts).replace("\\", "")


def components(at: AppTest) -> str:
    return "".join(element.proto.json for element in at.get("bidi_component")).encode().decode("unicode_escape", "replace")


def drop(at: AppTest, data: bytes, name: str = "draft.html", key: str = "self_check_draft") -> AppTest:
    at.file_uploader(key=key).set_value([]) if at.file_uploader(key=key).value else None
    at.file_uploader(key=key).upload(name, data)
    at.run(timeout=60)
    assert not at.exception
    return at


def test_draft_gives_a_numbered_list_and_is_stored_nowhere(visit: Visit, wrong: bytes) -> None:
    at = drop(visit("self_check"), wrong)
    html, text = components(at), said(at)
    assert "示例市教育局" in text
    assert "六类申请人之和是25，总计栏写的是26" in html
    assert "25 ≠ 26" in html
    assert "建议改为：本年新收政府信息公开申请数量 · 总计：26 → 25。" in html
    assert "改表中的数（1）" in "\n".join(one.value for one in at.subheader)
    assert "不存放" in text
    assert "upload_outcomes" not in at.session_state
    assert "已与上年报告对照：shili-education-2024.pdf（示例）" in text


def test_mended_draft_says_what_is_solved(visit: Visit, wrong: bytes) -> None:
    at = drop(visit("self_check"), wrong)
    at = drop(at, GOOD.read_bytes(), "mended.html")
    text = said(at)
    assert "已改好 3" in text  # the cell; in the prose 新收申请25件, and 下降16.7%: 26 after 30 were 13.3%
    assert "新出现 0" in text
    assert "~~“本年新收政府信息公开申请数量”这一行" in text


def test_report_of_another_year_beside_it_is_not_used_and_that_is_said(visit: Visit, wrong: bytes) -> None:
    at = drop(visit("self_check"), wrong)
    other = GOOD.with_name("shili-education-2023.html")
    at = drop(at, other.read_bytes(), other.name, "self_check_before")
    assert "shili-education-2023.html" in "\n".join(one.value for one in at.warning).replace("\\", "")
    assert "已与上年报告对照：shili-education-2024.pdf" in said(at)


def test_unreadable_draft_says_why(visit: Visit) -> None:
    at = drop(visit("self_check"), b"\x00\x01\x02", "draft.bin")
    assert at.error
    assert not at.subheader


def test_keeping_leads_to_the_page_of_uploads_with_the_draft(visit: Visit, wrong: bytes) -> None:
    at = drop(visit("self_check"), wrong)
    at.button(key="self_check_keep").click().run()
    assert [outcome.name for outcome in at.session_state["upload_outcomes"].values()] == ["draft.html"]
    assert at.session_state["view"].page == "upload"


def test_list_goes_out_as_word(wrong: bytes) -> None:
    from loaders.read import read_report
    from ogi.checks import check_report
    from ogi.checks.fix_list import fix_list
    from ogi.checks.repair import propose_repairs
    from ogi.form import load_form
    from pages.parts.self_check_list import document_of, numbered
    from pages.parts.self_check_reading import Checked, Draft

    report = read_report(wrong, "draft.html")
    findings = check_report(report, load_form())
    draft = Draft(name="draft.html", sha256="0" * 64, report=report)
    found = fix_list(findings, propose_repairs(report, load_form()))
    checked = Checked(draft=draft, report=report, findings=findings, found=found)
    lines = numbered(checked, ZH)
    document = Document(BytesIO(document_of(checked, lines, ZH)))
    assert [row.cells[0].text for row in document.tables[0].rows] == ["序号", "1"]
    assert document.tables[0].rows[1].cells[4].text.startswith("26")
