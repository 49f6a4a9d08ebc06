"""The review desk on screen.

True about shili-office-2023.pdf: 320 new applications; every sum agrees. With 321 written as the total of new applications the
row of new applications no longer adds up (R01, 320 against 321), and neither does the column of totals (R02).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from streamlit.testing.v1 import AppTest

from loaders.read import read_report
from ogi.form import load_form
from ogi.report import Report
from ogi.store.accepting import accept
from ogi.store.act import Act
from ogi.store.prepared import prepare
from ogi.store.reports import StoredReport, stored

Visit = Callable[..., AppTest]
OFFICE = Path(__file__).resolve().parents[2] / "sample_reports" / "documents" / "shili-office-2023.pdf"
RECEIVED = "applications.received.total"
ROW = "R01_row_sum received"


@pytest.fixture(scope="module")
def wrong() -> Report:
    report = read_report(OFFICE.read_bytes(), OFFICE.name)
    cells = report.cells | {RECEIVED: msgspec.structs.replace(report.cells[RECEIVED], raw="321", value=321)}
    return msgspec.structs.replace(report, cells=cells)


@pytest.fixture
def kept(fresh_store: Path, wrong: Report) -> tuple[int, str]:
    """Number and key of the report in the store of this test."""
    from pages.parts.store import change

    made = change(lambda c: accept(c, prepare(wrong, OFFICE.read_bytes()), Act(by="test")))
    return made.report_id, made.key


def now(report_id: int) -> StoredReport:
    from pages.parts.store import look

    return look(lambda c: stored(c, report_id))


def said(at: AppTest) -> str:
    texts = (*at.markdown, *at.caption, *at.success, *at.error, *at.warning, *at.info)
    return "\n".join(element.value for element in texts).replace("\\", "")


def components(at: AppTest) -> str:
    return "".join(element.proto.json for element in at.get("bidi_component")).encode().decode("unicode_escape", "replace")


def at_finding(visit: Visit, kept: tuple[int, str]) -> AppTest:
    return visit("checks", f"collection=library&severities=error&report={kept[1]}&finding={ROW}")


def test_every_check_has_a_short_name_in_both_languages() -> None:
    from ogi.labels import Labels

    names = {(lang, check): Labels(lang)(f"check_name.{check}") for lang in ("zh", "en") for check in load_form().checks}
    assert len(set(names.values())) == len(names)


def test_samples_are_shown_for_reading_with_the_reason(visit: Visit) -> None:
    at = visit("checks", "collection=fictional")
    assert "没有收入库，只能查看" in said(at)
    assert "●" in components(at)
    assert not [button for button in at.button if button.key == "desk_confirm"]


def test_open_findings_stand_in_the_matrix_and_the_list(visit: Visit, kept: tuple[int, str]) -> None:
    at = visit("checks", "collection=library&severities=error")
    assert "2条" in said(at)
    html = components(at)
    assert "R01" in html
    assert "各类申请人之和是320，总计栏写的是321" in html.replace("六类申请人", "各类申请人")


def test_confirming_is_kept_and_the_next_finding_comes(visit: Visit, kept: tuple[int, str]) -> None:
    at = at_finding(visit, kept)
    at.button(key="desk_confirm").click().run()
    assert not at.exception
    assert [(made.place, made.decision) for made in now(kept[0]).decisions] == [(ROW, "confirmed")]
    assert at.session_state["view"].finding == "R02_balance total"
    assert "已记下：属实" in said(at)


def test_dismissing_needs_a_comment(visit: Visit, kept: tuple[int, str]) -> None:
    at = at_finding(visit, kept)
    at.button(key="desk_dismiss").click().run()
    assert now(kept[0]).decisions == ()
    assert "要写明理由" in said(at)
    next(field for field in at.text_input if (field.key or "").startswith("desk_why")).set_value("已核对原件")
    at.button(key="desk_dismiss").click().run()
    assert [(made.decision, made.why) for made in now(kept[0]).decisions] == [("dismissed", "已核对原件")]
    assert "1条" in said(at)


def test_smallest_repair_is_applied_by_a_person_only(visit: Visit, kept: tuple[int, str]) -> None:
    at = at_finding(visit, kept)
    assert "321 → 320" in said(at)
    assert now(kept[0]).corrections == ()
    at.radio(key="repair_kind_0").set_value("misread").run()
    at.button(key="repair_apply_0").click().run()
    assert not at.exception
    made = now(kept[0])
    assert [(one.key, one.value, one.kind) for one in made.corrections] == [(RECEIVED, 320, "misread")]
    assert made.corrections[0].why.startswith("核查R01：")
    assert [finding for finding in made.findings if finding.severity == "error"] == []


def test_decision_shows_when_the_figures_changed_since(visit: Visit, kept: tuple[int, str]) -> None:
    at = at_finding(visit, kept)
    at.button(key="desk_confirm").click().run()
    from ogi.store.corrections import correct
    from pages.parts.store import change

    change(lambda c: correct(c, kept[0], RECEIVED, kind="misread", value=322, act=Act(by="test", why="核对"), changes=None))
    again = visit("checks", f"collection=library&standings=changed&report={kept[1]}&finding={ROW}")
    assert "1条" in said(again)
    assert "处理之后有关的数字变了" in said(again)
    report = visit("report", f"report={kept[1]}")
    assert "处理之后有关的数字变了" in said(report)
    assert [radio.label for radio in report.radio].count("怎么处理") == len(now(kept[0]).findings)  # it can be decided anew


def test_return_list_holds_what_was_sent_back(visit: Visit, kept: tuple[int, str]) -> None:
    at = at_finding(visit, kept)
    at.button(key="desk_return").click().run()
    organ = kept[1].split(".")[0]
    again = visit("checks", f"collection=library&severities=error&focus_organ={organ}")
    labels = {getattr(button, "label", "") for button in again.get("download_button")}
    assert labels >= {"下载清单（Word）", "下载清单（Excel）"}
    from pages.parts.desk_return import return_lists
    from pages.parts.desk_source import Focus
    from pages.parts.stage import Stage

    stage: Stage = again.session_state["stage"]
    (returned,) = return_lists(stage, Focus(organ=organ), "returned", "", "")
    assert (returned.organ, returned.count) == ("示例市人民政府办公室", 1)
    assert returned.reports[0].lines[0].printed == "321"


def test_copied_wording_is_set_side_by_side_on_demand_and_never_counted(visit: Visit, kept: tuple[int, str]) -> None:
    from pages.parts.store import change

    before = OFFICE.with_name("shili-office-2022.html")
    change(lambda c: accept(c, prepare(read_report(before.read_bytes(), before.name), before.read_bytes()), Act(by="test")))
    at = visit("report", f"report={kept[1]}")
    assert "比较了本机关" not in said(at)
    errors = [finding.place for finding in now(kept[0]).findings]
    at.button(key="compare_report").click().run()
    assert not at.exception
    assert "比较了本机关以往1年和同年同级同类0个机关" in said(at)
    assert "非零数字中有" in said(at)
    assert [finding.place for finding in now(kept[0]).findings] == errors


def test_shared_passages_are_marked_and_never_become_markup() -> None:
    from ogi.report import Document, NarrativeSection, OrganName
    from pages.parts.compared_reports import marked

    report = Report(
        document=Document(name="a", sha256="0" * 64, media_type="text/plain"),
        organ=OrganName(name="甲"),
        report_year=2024,
        scope="own",
        tables={},
        cells={},
        narrative=(NarrativeSection(section="s1", title="一", text="<b>开头。共同的一句。\n结尾。"),),
    )
    assert marked(report, "s1", ["共同的一句。"]) == "&lt;b&gt;开头。<mark>共同的一句。</mark>结尾。"


def test_an_address_with_a_check_that_is_none_says_that_it_is_not_found(visit: Visit, kept: tuple[int, str]) -> None:
    at = visit("checks", f"collection=library&report={kept[1]}&finding=R99_nothing <b>received")
    assert "R99_nothing" in said(at)


def test_wording_of_a_year_is_compared_by_a_button_and_found_copies_are_findings(
    visit: Visit, kept: tuple[int, str], wrong: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same text under another name; before, nothing is said of it but that it was not compared."""
    from pages.parts import desk_texts
    from pages.parts.store import change

    data = OFFICE.read_bytes()
    change(lambda c: accept(c, prepare(wrong, data, organ_name="示例市林业局", part=2), Act(by="test")))
    at = visit("checks", "collection=library&severities=hint")
    assert "2023年：2份报告，文字尚未比较" in said(at)
    assert "Y09" not in components(at)
    at.button(key="texts_2023").click().run()
    assert "2023年文字已比较，2份与其他机关的报告有相同之处" in said(at)
    assert "2023年：2份报告已全部比较" in said(at)
    found = [finding for finding in now(kept[0]).findings if finding.check == "Y09_copied_from_peer"]
    assert [(finding.params["list"], finding.others[0].value) for finding in found] == [(("示例市林业局",), 1)]
    at = visit("checks", f"collection=library&severities=hint&report={kept[1]}&finding=Y09_copied_from_peer")
    assert "对照：示例市林业局2023年度报告，相同文字占100.0%" in said(at)
    started: list[tuple] = []
    monkeypatch.setattr(desk_texts, "AT_ONCE", 1)
    monkeypatch.setattr(desk_texts, "start", lambda location, year, by: started.append((year, by)))
    change(lambda c: accept(c, prepare(wrong, data, organ_name="示例市水务局", part=3), Act(by="test")))
    at = visit("checks", "collection=library")
    assert "3份报告中2份已比较" in said(at)
    at.button(key="texts_2023").click().run()
    assert started == [(2023, "local")]
