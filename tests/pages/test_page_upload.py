"""Upload: what a visitor sees of good and bad files, and how a report gets into all pages.

True about the 2024 report of 淮安市 (real; read by a person: 3,119 new applications) and files that are no report.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
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


def badges(at: AppTest) -> list[str]:
    return [element.value for element in at.markdown if "-badge[:material" in element.value]


def tables(at: AppTest) -> str:
    """The official tables on the page, as the browser gets them."""
    found = [json.loads(element.proto.json) for element in at.get("bidi_component")]
    return "".join(data["html"] if isinstance(data, dict) else data for data in found)


def shown_pictures(at: AppTest) -> list[str]:
    """What the pictures on the page show, as a screen reader says it."""
    return [image.alt for element in at.get("image") for image in element.proto.imgs]


def opened(at: AppTest, name: str) -> AppTest:
    """Open the folded part of the only card whose key begins with ``name``."""
    (key,) = {f"{name}_{field.key.split('_')[1]}" for field in at.button if (field.key or "").startswith("forget_")} - {
        "forget_all"
    }
    at.session_state[key] = True
    at.run()
    assert not at.exception
    return at


def upload(at: AppTest, *files: tuple[str, bytes]) -> AppTest:
    uploader = at.file_uploader(key="upload_files")
    for name, data in files:
        uploader.upload(name, data)
    at.run(timeout=120)
    assert not at.exception
    return at


def zipped(*entries: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, data in entries:
            package.writestr(name, data)
    return buffer.getvalue()


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
    assert [badge for badge in badges(at) if "没有读成" in badge] == [":red-badge[:material/error: 没有读成]"] * 3
    assert "共 4 份：已读完整 1 份、没有读成 3 份。" in text
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
    (cell,) = re.findall(r"<td[^>]*>24</td>", tables(at))
    assert "247" in cell
    assert "outline" in cell
    assert 'data-mark="finding"' in cell


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


LOST_COLUMNS = """示例市体育局2024年政府信息公开工作年度报告
三、收到和处理政府信息公开申请情况
（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况
自然人 | 法人或其他组织 | 总计
商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他
一、本年新收政府信息公开申请数量 | 3 | 3
二、上年结转政府信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1
"""


def test_files_of_an_archive_are_read_one_by_one_and_a_bad_one_stops_nothing(visit: Visit) -> None:
    good, other = sample("shili-education-2024"), sample("shili-health-2022")
    entries = [
        (good.name, good.read_bytes()),
        ("坏.docx", b"PK\x03\x04broken"),
        ("甲/乙.docx", other.read_bytes()),
        ("Thumbs.db", b"x"),
    ]
    at = upload(visit("upload"), ("材料.zip", zipped(*entries)))
    text = said(at)
    for name in (f"材料.zip/{good.name}", "材料.zip/坏.docx", "材料.zip/甲/乙.docx"):
        assert f"#### {name}" in text
    assert "共 3 份：已读完整 2 份、没有读成 1 份。" in text
    assert "Thumbs.db" in text


def test_more_than_a_few_files_are_listed_and_turned_page_by_page(visit: Visit) -> None:
    names = [f"shili-education-{year}" for year in range(2019, 2026)]
    at = upload(visit("upload"), *((sample(name).name, sample(name).read_bytes()) for name in names))
    (files,) = at.dataframe
    assert list(files.value["文件"]) == [sample(name).name for name in reversed(names)]
    assert set(files.value["结果"]) == {"已读完整"}
    assert said(at).count("#### ") == 5
    press(at, "把7份都加入看板")
    press(at, "全部清除")
    assert said(at).count("#### ") == 0


def test_pasted_text_is_read_like_a_file(visit: Visit) -> None:
    at = visit("upload")
    at.text_area(key="paste_text").set_value(LOST_COLUMNS)
    press(at, "读取粘贴的内容")
    assert "#### 粘贴的内容1.txt" in said(at)
    assert next(field for field in at.text_input if field.label == "机关").value == "示例市体育局"


def test_an_empty_paste_box_is_said(visit: Visit) -> None:
    at = press(visit("upload"), "读取粘贴的内容")
    assert any("框里没有内容" in warning.value for warning in at.warning)


def test_page_says_that_nothing_is_fetched_and_what_to_do_instead(visit: Visit) -> None:
    text = said(visit("upload"))
    assert "不按网址抓取" in text
    assert "另存为网页（HTML）或 PDF 再上传，或者全选复制，粘贴" in text


@pytest.mark.parametrize("is_there", [True, False])
def test_page_says_what_can_be_read_on_this_machine(visit: Visit, monkeypatch: pytest.MonkeyPatch, is_there: bool) -> None:
    monkeypatch.setattr("loaders.scan.is_available", lambda: is_there)
    monkeypatch.setattr("pages.parts.upload_kinds.find_libreoffice", lambda: Path("/soffice") if is_there else None)
    text = said(visit("upload"))
    assert ("没有装识别部件" in text) is not is_there
    assert ("没有装 LibreOffice" in text) is not is_there
    assert "带文字的 PDF" in text


def test_cells_to_check_are_listed_with_their_picture(visit: Visit) -> None:
    """The row of new applications shows two values for seven columns: nothing tells which columns they belong to."""
    at = upload(visit("upload"), ("年报.md", LOST_COLUMNS.encode()))
    text = said(at)
    assert "本年新收政府信息公开申请数量（这一行 7 格）" in text
    assert "印的是：3 | 3" in text
    assert "没有读成数字（无法识别）" in text
    (picture,) = shown_pictures(at)
    assert "本年新收政府信息公开申请数量" in picture
    cell = re.findall(r'<td[^>]*data-key="applications.received.total"[^>]*>', tables(at))
    assert 'data-mark="doubt"' in cell[0]
    assert "dashed" in cell[0]


def test_pictures_are_drawn_only_where_the_list_is_open(visit: Visit) -> None:
    at = upload(visit("upload"), ("年报.md", LOST_COLUMNS.encode()), ("b.md", LOST_COLUMNS.replace("体育", "文化").encode()))
    assert shown_pictures(at) == []


def test_any_cell_can_be_picked_to_see_where_it_stands(visit: Visit) -> None:
    document = sample("shili-office-2023")
    at = upload(visit("upload"), (document.name, document.read_bytes()))
    assert shown_pictures(at) == []
    (choice,) = [field for field in at.selectbox if (field.key or "").startswith("pick_")]
    choice.set_value("applications.received.total").run()
    press(at, "看原文")
    (picture,) = shown_pictures(at)
    assert picture == "第 2 页，红框处是“本年新收政府信息公开申请数量 · 总计”的位置；原文：320"


def test_without_the_content_of_the_file_no_picture_is_promised(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.parts.upload_reading._KEPT_BYTES", 10)
    at = upload(visit("upload"), ("年报.md", LOST_COLUMNS.encode()))
    assert shown_pictures(at) == []
    assert "请重新上传这个文件" in said(at)


def test_another_version_of_the_same_report_is_named_with_the_cells_that_differ(visit: Visit) -> None:
    document = sample("shili-health-2024")
    page = document.read_text(encoding="utf-8")
    assert page.count(">45<") == 1  # 新收，总计
    at = upload(visit("upload"), (document.name, page.encode()), ("另一版.html", page.replace(">45<", ">46<").encode()))
    (warning,) = [warning.value for warning in at.warning if "另一" in warning.value or document.name[:5] in warning.value]
    assert "有 1 格不同" in warning
    assert "本年新收政府信息公开申请数量 · 总计 本件 46，那件 45" in warning.replace("\\", "")


def test_the_same_report_in_another_file_is_said(visit: Visit) -> None:
    document = sample("shili-health-2024")
    page = document.read_text(encoding="utf-8")
    at = upload(visit("upload"), (document.name, page.encode()), ("又一份.html", f"{page}\n<!-- x -->".encode()))
    assert f"和“{document.name}”是同一份报告：机关、年度、口径相同，200 格数字都一致" in said(at)


def test_facts_of_the_prose_are_listed_with_their_sentences(visit: Visit) -> None:
    document = sample("shili-health-2024")
    at = opened(upload(visit("upload"), (document.name, document.read_bytes())), "facts")
    (html,) = [element.proto.body for element in at.get("html")]
    assert "原句" in html
    assert re.search(r"<td[^>]*>45件?</td><td[^>]*>[^<]*45件[^<]*</td>", html)


def test_an_agency_of_a_place_that_is_not_unique_is_asked_and_never_guessed(visit: Visit) -> None:
    at = upload(visit("upload"), ("年报.md", LOST_COLUMNS.replace("示例市体育局", "鼓楼区体育局").encode()))
    (choice,) = [field for field in at.selectbox if field.label == "这个名称对应不止一个机关，请选一个"]
    assert choice.value is None
    assert {"江苏省南京市鼓楼区体育局", "福建省福州市鼓楼区体育局"} <= set(choice.options)
    assert next(button for button in at.button if button.label == "加入看板").disabled
    choice.set_value("江苏省南京市鼓楼区体育局").run()
    press(at, "加入看板")
    assert any("江苏省南京市鼓楼区体育局" in success.value for success in at.success)


def test_what_was_corrected_is_kept_while_other_pages_are_visited(visit: Visit) -> None:
    document = sample("shili-education-2024")
    at = upload(visit("upload"), (document.name, document.read_bytes()))
    next(field for field in at.text_input if field.label == "机关").set_value("示例市体育局").run()
    at.switch_page("../overview.py").run()
    at.switch_page("../upload.py").run()
    assert next(field for field in at.text_input if field.label == "机关").value == "示例市体育局"


def test_notes_that_ask_for_nothing_stand_apart(visit: Visit) -> None:
    text = LOST_COLUMNS.replace("三、收到", "二、主动公开政府信息情况\n三、收到")
    at = upload(visit("upload"), ("年报.md", text.encode()))
    labels = [expander.label for expander in at.expander]
    assert any(label.startswith("请核对（") for label in labels)
    assert "说明（1）" in labels
