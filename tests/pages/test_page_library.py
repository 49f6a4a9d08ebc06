"""The library on screen: keeping an upload, finding it again, correcting a cell, deleting and bringing back.

True about shili-office-2023.pdf (the government office of the fictional city): 320 new applications, 303 of natural
persons; every sum agrees.
"""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextInput

import ogi
from loaders.read import read_report
from ogi.report import Report, TableReading
from ogi.store import ingests
from ogi.store.accepting import Accepted, accept
from ogi.store.act import Act
from ogi.store.corrections import CellCorrection, correct_many
from ogi.store.prepared import prepare
from ogi.store.reports import StoredReport, stored

Visit = Callable[..., AppTest]
DOCUMENTS = Path(__file__).resolve().parents[2] / "sample_reports" / "documents"
OFFICE = DOCUMENTS / "shili-office-2023.pdf"
RECEIVED = "applications.received.total"


@pytest.fixture(scope="module")
def office() -> Report:
    return read_report(OFFICE.read_bytes(), OFFICE.name)


def kept(report: Report, **given: object) -> Accepted:
    """Put a report into the store of this test."""
    from pages.parts.store import change

    prepared = prepare(report, OFFICE.read_bytes(), reader=ogi.__version__, **given)  # type: ignore[arg-type]
    return change(lambda c: accept(c, prepared, Act(by="test")))


def now(report_id: int) -> StoredReport:
    from pages.parts.store import look

    return look(lambda c: stored(c, report_id))


def said(at: AppTest) -> str:
    texts = (*at.markdown, *at.caption, *at.success, *at.error, *at.warning, *at.title, *at.subheader)
    return "\n".join(element.value for element in texts).replace("\\", "")


def components(at: AppTest) -> str:
    return "".join(element.proto.json for element in at.get("bidi_component")).encode().decode("unicode_escape", "replace")


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click()
    at.run(timeout=120)
    assert not at.exception
    return at


def write(at: AppTest, name: str, text: str) -> AppTest:
    """Type into the field whose key begins with ``name``."""
    field_of(at, name).set_value(text)
    return at


def field_of(at: AppTest, name: str) -> TextInput:
    return next(field for field in at.text_input if (field.key or "").startswith(name))


def upload(at: AppTest, *paths: Path) -> AppTest:
    for path in paths:
        at.file_uploader(key="upload_files").upload(path.name, path.read_bytes())
    at.run(timeout=120)
    assert not at.exception
    return at


def test_empty_library_says_what_to_do(visit: Visit) -> None:
    text = said(visit("reports"))
    assert "库里还没有报告" in text
    assert "python -m loaders ingest" in text


def test_upload_is_kept_by_one_click_and_found_in_the_list(visit: Visit) -> None:
    at = press(upload(visit("upload"), OFFICE), "收入库")
    assert "已收入库：1份" in said(at)
    at.switch_page("../reports.py").run()
    assert "共1份报告" in said(at)
    assert "示例市人民政府办公室" in components(at)


def test_all_that_were_read_completely_are_kept_at_once(visit: Visit) -> None:
    paths = [OFFICE, DOCUMENTS / "shili-health-2024.html"]
    at = press(upload(visit("upload"), *paths), "把读完整的2份都收入库")
    assert "已收入库：2份" in said(at)
    at.switch_page("../reports.py").run()
    assert "共2份报告" in said(at)


def test_upload_says_that_the_library_has_it_already(visit: Visit, office: Report) -> None:
    kept(office)
    at = upload(visit("upload"), OFFICE)
    assert "库里已有完全相同的一份（第1版）" in said(at)
    at = press(at, "收入库")
    assert "没有重复存放" in said(at)


def test_an_archive_is_taken_in_in_the_background_and_a_new_visitor_sees_how_far_it_is(visit: Visit) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.write(DOCUMENTS / "shili-health-2024.html", "甲.html")
        package.writestr("坏.docx", b"PK\x03\x04broken")
    at = visit("upload")
    at.toggle(key="upload_background").set_value(True).run()
    at.file_uploader(key="upload_files").upload("材料.zip", buffer.getvalue())
    at.run()
    assert not at.exception
    from loaders.ingest.job import jobs
    from pages.parts.store import store

    deadline = time.monotonic() + 120
    while any(job.is_running for job in jobs(store())) and time.monotonic() < deadline:
        time.sleep(0.2)
    text = said(visit("upload"))
    assert "材料.zip" in text
    assert "新入库 1 份" in text
    assert "失败 1 份" in text
    assert "共1份报告" in said(visit("reports"))


def test_looking_without_keeping_stays_possible(visit: Visit) -> None:
    at = press(upload(visit("upload"), OFFICE), "加入看板")
    assert "已加入看板" in said(at)
    at.switch_page("../reports.py").run()
    assert "库里还没有报告" in said(at)


def test_search_and_conditions_narrow_the_list_and_stand_in_the_address(visit: Visit, office: Report) -> None:
    kept(office)
    assert "共1份报告" in said(visit("reports", "search=办公室"))
    nothing = visit("reports", "search=财政")
    assert "没有符合条件的报告" in said(nothing)
    press(nothing, "清除条件")
    assert "共1份报告" in said(nothing)
    assert "没有符合条件的报告" in said(visit("reports", "only=errors"))
    assert "没有符合条件的报告" in said(visit("reports", "years=2024"))


def test_report_page_shows_the_three_values_apart(visit: Visit, office: Report) -> None:
    accepted = kept(office)
    at = visit("report", f"report={accepted.key}&cell={RECEIVED}")
    assert "示例市人民政府办公室 · 2023年度 · 机关本级口径" in said(at)
    text = said(at)
    assert "印的是：320" in text
    assert "读作：**320**" in text
    assert any("320" in image.alt for element in at.get("image") for image in element.proto.imgs)


def test_misread_cell_is_corrected_in_place_checked_again_and_taken_back(visit: Visit, office: Report) -> None:
    """321 breaks the row: 303+8+1+0+5+3 = 320."""
    accepted = kept(office)
    at = visit("report", f"report={accepted.key}&cell={RECEIVED}")
    write(at, "correct_value", "321")
    write(at, "correct_why", "试一试")
    press(at, "保存更正")
    assert now(accepted.report_id).effective.value(RECEIVED) == 321
    assert now(accepted.report_id).printed.value(RECEIVED) == 320
    text = said(at)
    assert "改读为：321" in text
    assert "六类申请人之和是320，总计栏写的是321" in text
    press(at, "撤销")
    assert now(accepted.report_id).effective.value(RECEIVED) == 320
    assert "改读为" not in said(at)
    assert "这一格的更正记录（1）" in [box.label for box in at.expander]


def test_amended_figure_stands_beside_the_print_and_checks_keep_to_the_print(visit: Visit, office: Report) -> None:
    accepted = kept(office)
    at = visit("report", f"report={accepted.key}&cell={RECEIVED}")
    next(radio for radio in at.radio if radio.label == "哪一种").set_value("amended")
    write(at, "correct_value", "330")
    write(at, "correct_why", "机关来函更正")
    press(at, "保存更正")
    found = now(accepted.report_id)
    assert (found.effective.value(RECEIVED), found.amended) == (320, {RECEIVED: 330})
    assert found.findings == ()
    assert "320 → 330" in components(at)


def test_correction_without_reason_or_number_is_refused_and_keeps_what_was_typed(visit: Visit, office: Report) -> None:
    accepted = kept(office)
    at = visit("report", f"report={accepted.key}&cell={RECEIVED}")
    press(write(at, "correct_value", "321"), "保存更正")
    assert "请写明理由" in said(at)
    assert field_of(at, "correct_value").value == "321"
    write(at, "correct_value", "三百")
    write(at, "correct_why", "x")
    press(at, "保存更正")
    assert "“三百”不能用：不是数字" in said(at)
    assert now(accepted.report_id).corrections == ()


def test_second_person_confirms_and_nobody_confirms_himself(visit: Visit, office: Report) -> None:
    from pages.parts.store import change

    accepted = kept(office)
    cells = [CellCorrection(key=RECEIVED, kind="misread", value=321)]
    change(lambda c: correct_many(c, accepted.report_id, cells, Act(by="王", why="看错"), None))
    at = visit("report", f"report={accepted.key}&cell={RECEIVED}")
    write(at, "person_name", "王").run()
    assert next(button for button in at.button if button.label == "第二人确认").disabled
    write(at, "person_name", "李").run()
    press(at, "第二人确认")
    assert now(accepted.report_id).corrections[0].confirmed_by == "李"


def test_somebody_elses_change_is_not_overwritten_unseen(visit: Visit, office: Report) -> None:
    from pages.parts.store import change

    accepted = kept(office)
    at = visit("report", f"report={accepted.key}&cell={RECEIVED}")
    write(at, "correct_value", "321")
    write(at, "correct_why", "看错")
    cells = [CellCorrection(key=RECEIVED, kind="misread", value=325)]
    change(lambda c: correct_many(c, accepted.report_id, cells, Act(by="王", why="先改了"), None))
    press(at, "保存更正")
    assert now(accepted.report_id).effective.value(RECEIVED) == 325
    assert "王" in said(at)


def test_deleted_report_leaves_the_list_and_one_click_brings_it_back(visit: Visit, office: Report) -> None:
    accepted = kept(office)
    at = visit("report", f"report={accepted.key}")
    press(at, "删除这份报告")
    assert "请写明理由" in said(at)
    assert now(accepted.report_id).deleted_at is None
    at.text_input(key="delete_now_why").set_value("重复")  # typed and pressed at once
    press(at, "删除这份报告")
    assert now(accepted.report_id).deleted_why == "重复"
    assert "库里还没有报告" in said(at)
    at.switch_page("../reports.py").run()
    press(at, "撤销删除")
    assert now(accepted.report_id).deleted_at is None
    assert "共1份报告" in said(at)


def test_a_link_to_a_report_that_is_gone_says_so(visit: Visit) -> None:
    assert "这份报告不在库里" in said(visit("report", "report=oaaaaaaaaaa.2020.own"))
    assert "没有选报告" in said(visit("report"))


def test_identity_is_corrected_and_the_address_follows(visit: Visit, office: Report) -> None:
    accepted = kept(office)
    at = visit("report", f"report={accepted.key}")
    at.session_state["report_tabs"] = "机关、年度、口径"
    at.run()
    write(at, "identity_organ", "示例市财政局")
    write(at, "identity_why", "认错了机关")
    press(at, "更正归属")
    assert now(accepted.report_id).place.organ.name == "示例市财政局"
    assert "示例市财政局 · 2023年度" in said(at)
    assert at.query_params["report"] in (now(accepted.report_id).key, [now(accepted.report_id).key])


def test_rereading_shows_the_difference_before_anything_is_replaced(visit: Visit, office: Report) -> None:
    """A version is stored in which 320 was read as 32; reading the document anew finds 320 and replaces it on request only."""
    wrong = msgspec.structs.replace(office.cells[RECEIVED], value=32, raw="32")
    accepted = kept(msgspec.structs.replace(office, cells=office.cells | {RECEIVED: wrong}))
    at = visit("report", f"report={accepted.key}")
    at.session_state["report_tabs"] = "版本与重读"
    at.run()
    press(at, "重读并比较")
    assert "不同：1格、0张表" in said(at)
    assert now(accepted.report_id).current == 1
    press(at, "用新读的替换")
    assert (now(accepted.report_id).current, now(accepted.report_id).effective.value(RECEIVED)) == (2, 320)


def test_bulk_reading_that_reads_otherwise_names_the_files_with_their_reports(visit: Visit, office: Report) -> None:
    """Two documents of a run were stored before and are read otherwise now; of one the report was deleted since."""
    from pages.parts.store import change

    accepted = kept(office)

    def run(c: sa.Connection) -> None:
        ingest_id = ingests.begin(c, "历年报告", Act(by="test"))
        told = {"outcome": "same", "error": "store.read_otherwise"}
        files = [
            ingests.FileRecord(name="甲/办公室*2023*.pdf", report_id=accepted.report_id, **told),
            ingests.FileRecord(name="乙.pdf", report_id=999, **told),
            ingests.FileRecord(name="丙.pdf", report_id=accepted.report_id, outcome="same"),
        ]
        ingests.record(c, ingest_id, files, 1, 3)
        ingests.end(c, ingest_id, "finished")

    change(run)
    at = visit("upload")
    assert "现在读法不同、没有替换的文件（2）" in [box.label for box in at.expander]
    assert "库里的数字没有改" in said(at)
    drawn = components(at)
    assert "甲/办公室*2023*.pdf" in drawn
    assert f"report={accepted.key}" in drawn
    assert "乙.pdf" in drawn
    assert "（报告已删除）" in drawn
    assert "丙.pdf" not in drawn


def test_broken_store_is_said_and_the_samples_still_work(visit: Visit, fresh_store: Path) -> None:
    fresh_store.parent.mkdir(exist_ok=True)
    fresh_store.write_text("a file where the folder should be")
    for page in ("reports", "report", "key_in"):
        at = visit(page)
        assert at.error
        assert "示例和本次会话上传的报告照常可用" in said(at)
    at = upload(visit("upload"), OFFICE)
    assert "现在不能收入库" in said(at)
    overview = visit("overview")
    assert "覆盖" in said(overview)
    (warning,) = (found.value for found in overview.warning if "示例和本次会话上传的报告照常可用" in found.value)
    assert "不能写入" in warning  # the figures shown are not the library's, and that is said with the reason


def without_disputes(report: Report) -> Report:
    """The report as if its fourth table had not been found."""
    missing = TableReading(edition=None, status="missing")
    cells = {key: reading for key, reading in report.cells.items() if not key.startswith(("reconsideration", "litigation"))}
    return msgspec.structs.replace(report, tables=report.tables | {"t4_disputes": missing}, cells=cells)


def test_keyed_cells_complete_a_report_read_in_part(visit: Visit, office: Report) -> None:
    """The fourth table is missing: 2 upheld of 2 reconsiderations are keyed in, the fields left empty are blank."""
    accepted = kept(without_disputes(office))
    at = visit("report", f"report={accepted.key}")
    assert "人工补全" in [button.label for button in at.button]
    at = visit("key_in", f"report={accepted.key}")
    at.session_state["key_in_typed"] = {accepted.key: {"reconsideration.upheld": "2"}}
    at.run()
    at.session_state["key_in_typed"] = {accepted.key: {"reconsideration.upheld": "2", "reconsideration.total": "2"}}
    write(at, "key_in_why", "纸质原件")
    press(at, "保存补录")  # what was typed last counts, too
    found = now(accepted.report_id)
    assert {correction.why for correction in found.corrections} == {"纸质原件"}
    assert found.effective.value("reconsideration.total") == 2
    assert (found.effective.value("reconsideration.upheld"), found.effective.state("reconsideration.upheld")) == (2, "keyed")
    assert (found.effective.value("reconsideration.pending"), found.effective.state("reconsideration.pending")) == (None, "blank")
    assert found.effective.tables["t4_disputes"].status == "complete"
    assert found.printed.tables["t4_disputes"].status == "missing"


def test_pages_of_the_document_stand_beside_the_form(visit: Visit, office: Report) -> None:
    accepted = kept(without_disputes(office))
    at = visit("key_in", f"report={accepted.key}")
    assert f"原件第3页，共{office.document.pages}页" in said(at)
    assert [image.alt for element in at.get("image") for image in element.proto.imgs] == ["shili-office-2023.pdf第3页"]


def test_document_without_pages_is_offered_for_download_beside_the_form(visit: Visit, office: Report) -> None:
    from pages.parts.store import change

    file = DOCUMENTS / "shili-health-2024.html"
    report = without_disputes(read_report(file.read_bytes(), file.name))
    accepted = change(lambda c: accept(c, prepare(report, file.read_bytes()), Act(by="test")))
    at = visit("key_in", f"report={accepted.key}")
    assert "这种文件没有页面可看（shili-health-2024.html）" in said(at)
    assert "document_page_download" in [button.key for button in at.get("download_button")]


def test_a_report_is_not_keyed_in_twice(visit: Visit, office: Report) -> None:
    kept(office)
    at = visit("key_in")
    at.session_state["key_in_typed"] = {"new": {RECEIVED: "5"}}
    at.text_input(key="key_in_organ").set_value("示例市人民政府办公室")
    at.number_input(key="key_in_year").set_value(2023)
    at.run()
    assert "库里已有这个机关、年度、口径的报告" in said(at)
    assert next(button for button in at.button if button.label == "存入库").disabled


def test_dismissed_finding_is_closed_with_its_reason_and_opened_again(visit: Visit, office: Report) -> None:
    wrong = msgspec.structs.replace(office.cells[RECEIVED], value=321, raw="321")
    accepted = kept(msgspec.structs.replace(office, cells=office.cells | {RECEIVED: wrong}))
    at = visit("report", f"report={accepted.key}")
    before = len(now(accepted.report_id).findings)
    next(radio for radio in at.radio if radio.label == "怎么处理").set_value("dismissed")
    write(at, "decide_0_save_why", "机关说明过").run()
    next(button for button in at.button if button.key == "decide_0_save").click()
    at.run()
    assert len(now(accepted.report_id).findings) == before - 1
    assert "机关说明过" in said(at)
    press(at, "撤销")
    assert len(now(accepted.report_id).findings) == before
