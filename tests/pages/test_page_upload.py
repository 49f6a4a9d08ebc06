"""Upload: what a visitor sees of good and bad files, and how a report gets into all pages.

True about the 2024 report of 淮安市 (real; read by a person: 3,119 new applications) and files that are no report.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

Visit = Callable[..., AppTest]
ROOT = Path(__file__).resolve().parents[2]


def said(at: AppTest) -> str:
    return "\n".join(element.value for element in (*at.markdown, *at.caption)).replace("\\", "")


def sample(stem: str) -> Path:
    return next((ROOT / "sample_reports" / "documents").glob(f"{stem}.*"))


def upload(at: AppTest, *files: tuple[str, bytes]) -> AppTest:
    uploader = at.file_uploader(key="upload_files")
    for name, data in files:
        uploader.upload(name, data)
    at.run(timeout=120)
    assert not at.exception
    return at


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click()
    at.run()
    assert not at.exception
    return at


def test_page_says_that_uploads_live_in_the_session(visit: Visit) -> None:
    assert any("只在本次会话" in info.value for info in visit("upload").info)


@pytest.mark.corpus
def test_real_report_is_read_and_shown_on_all_pages(visit: Visit, corpus: Path) -> None:
    document = corpus / "001_huaian-municipal-gov-2024.pdf"
    at = upload(visit("upload"), (document.name, document.read_bytes()))
    assert "已读完整" in said(at)
    assert next(field for field in at.text_input if field.label == "机关").value == "淮安市人民政府"
    assert next(field for field in at.number_input if field.label == "报告年度").value == 2024
    press(at, "加入看板")
    at.switch_page("../overview.py").run()
    assert next(metric for metric in at.metric if metric.label == "新收申请").value == "3,119"
    assert "本次会话上传" in said(at)
    at.switch_page("../applications.py").run()
    assert "3,119" in said(at)


def test_samples_step_back_for_uploads_and_come_back_with_one_click(visit: Visit) -> None:
    document = sample("shili-education-2024")
    at = press(upload(visit("upload"), (document.name, document.read_bytes())), "加入看板")
    at.switch_page("../overview.py").run()
    assert at.radio(key="filter_collection").value == "uploads"
    at.radio(key="filter_collection").set_value("fictional").run()
    assert "演示数据" in said(at)


def test_wrong_files_say_why_and_leave_the_others_alone(visit: Visit) -> None:
    good = sample("shili-education-2024")
    at = upload(
        visit("upload"),
        ("空.pdf", b""),
        ("照片.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 200),
        ("会议通知.txt", "关于召开会议的通知。请各单位准时参加。".encode()),
        (good.name, good.read_bytes()),
    )
    text = said(at)
    assert text.count("没有读成") == 3
    assert "文件是空的" in text
    assert "文件已损坏" in text
    assert "已读完整" in text


@pytest.mark.corpus
def test_blank_template_and_report_without_tables_say_what_they_are(visit: Visit, corpus: Path) -> None:
    template = corpus / "026_blank-official-template-2021.docx"
    pictures = corpus / "023_kaiping-agriculture-bureau-2020.tables-as-images.excerpt.txt"
    at = upload(visit("upload"), *((path.name, path.read_bytes()) for path in (template, pictures)))
    text = said(at)
    assert "没有一个数字：可能是空白模板" in text
    assert "一张规定的表格也没有找到" in text


def test_same_content_twice_is_said(visit: Visit) -> None:
    data = sample("shili-education-2024").read_bytes()
    at = upload(visit("upload"), ("一.docx", data), ("二.docx", data))
    assert "内容完全相同" in said(at)


def test_agency_and_year_can_be_corrected_before_the_report_is_shown(visit: Visit) -> None:
    document = sample("shili-education-2024")
    at = upload(visit("upload"), (document.name, document.read_bytes()))
    next(field for field in at.text_input if field.label == "机关").set_value("示例市体育局")
    next(field for field in at.number_input if field.label == "报告年度").set_value(2023)
    at.run()
    press(at, "加入看板")
    at.switch_page("../overview.py").run()
    assert "2023年主要数字" in [heading.value for heading in at.subheader]
    names = list(at.multiselect(key="filter_organs").options)
    assert names == ["示例市体育局"]


def test_report_of_same_agency_and_year_says_that_it_replaces(visit: Visit) -> None:
    first, second = sample("shili-education-2023"), sample("shili-education-2024")
    at = press(upload(visit("upload"), (first.name, first.read_bytes())), "加入看板")
    upload(at, (second.name, second.read_bytes()))
    next(field for field in at.number_input if field.value == 2024).set_value(2023)
    at.run()
    assert any("同一机关、年度、口径" in warning.value for warning in at.warning)


def test_preview_shows_findings_at_the_cells(visit: Visit) -> None:
    """The 2021 report of 示例市公安局 prints 24 where the six kinds of applicants make 247."""
    document = sample("shili-police-2021")
    at = upload(visit("upload"), (document.name, document.read_bytes()))
    tables = "".join(element.proto.body for element in at.get("html"))
    (cell,) = re.findall(r"<td[^>]*>24</td>", tables)
    assert "247" in cell
    assert "outline" in cell


def test_report_leaves_the_dashboard_when_it_is_removed(visit: Visit) -> None:
    document = sample("shili-education-2024")
    at = press(upload(visit("upload"), (document.name, document.read_bytes())), "加入看板")
    press(at, "移出看板")
    at.switch_page("../overview.py").run()
    assert at.radio(key="filter_collection").value == "fictional"


@pytest.mark.corpus
def test_reports_of_different_scope_and_year_are_both_shown(visit: Visit, corpus: Path) -> None:
    # 淮安市 2024 tells the whole city's figures, 上海市政府办公厅 2019 does not say whose; each must be found on the page.
    names = ("001_huaian-municipal-gov-2024.pdf", "004_shanghai-general-office-2019.html")
    at = upload(visit("upload"), *((name, (corpus / name).read_bytes()) for name in names))
    at.button(key="add_all").click().run()
    at.switch_page("../applications.py").run()
    words = " ".join(text.value for text in at.markdown)
    assert "3,119" in words
    assert any("上海市人民政府办公厅" in option for option in at.selectbox(key="filter_focus_organ").options)
