"""Corrections as a table on screen: checked row by row, shown, and applied as a whole once confirmed, or not at all.

The report is typed in for the test: 示例市教育局 2024 with 3 penalties; every other cell is 0.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ogi.form import load_form
from ogi.keyed import keyed_report
from ogi.store.accepting import Accepted, accept
from ogi.store.act import Act
from ogi.store.corrections import CellCorrection, correct_many
from ogi.store.prepared import prepare
from ogi.store.reports import stored

Visit = Callable[..., AppTest]
PENALTY, LICENCE = "penalty.decisions", "licensing.decisions"
HEAD = "report,key,printed,kind,value,why,undo,correction"


@pytest.fixture
def kept(fresh_store: Path) -> Accepted:
    from pages.parts.store import change

    edition = load_form().editions["gf2021"]
    typed = dict.fromkeys(edition.cells, "0") | {PENALTY: "3"}
    report = keyed_report(edition, typed, organ="示例市教育局", year=2024, scope="own")
    return change(lambda c: accept(c, prepare(report, None, origin="keyed"), Act(by="test")))


def set_in(report_id: int, key: str, value: int, why: str = "看错") -> int:
    """Correct a cell as somebody else; returns the number of the correction."""
    from pages.parts.store import change

    cells = [CellCorrection(key=key, kind="misread", value=value)]
    change(lambda c: correct_many(c, report_id, cells, Act(by="王", why=why), None))
    return in_force(report_id)[key][2]


def in_force(report_id: int) -> dict[str, tuple[object, str, int]]:
    from pages.parts.store import look

    found = look(lambda c: stored(c, report_id))
    return {one.key: (one.value, one.why, one.correction_id) for one in found.corrections}


def said(at: AppTest) -> str:
    texts = (*at.markdown, *at.caption, *at.success, *at.error, *at.warning, *at.info)
    return "\n".join(element.value for element in texts).replace("\\", "")


def hand_in(at: AppTest, *rows: str) -> AppTest:
    at.file_uploader(key="corrections_file").upload("更正.csv", "\n".join((HEAD, *rows)).encode())
    at.run()
    assert not at.exception
    return at


def test_table_is_shown_first_and_applied_when_it_is_confirmed(visit: Visit, kept: Accepted) -> None:
    old = set_in(kept.report_id, LICENCE, 7)
    at = hand_in(
        visit("reports"), f"{kept.key},{PENALTY},3,识读有误,8,看原件,,", f"{kept.key},{LICENCE},0,识读有误,7,看错,是,{old}"
    )
    assert "新增1条，修改0条，撤销1条" in said(at)
    frame = at.dataframe[0].value
    assert frame["项目"].tolist() == ["行政处罚 · 本年处理决定数量", "行政许可 · 本年处理决定数量"]
    assert frame["改为"].tolist() == ["8", ""]
    assert set(in_force(kept.report_id)) == {LICENCE}  # nothing happened yet
    at.button(key="corrections_apply").click().run()
    assert not at.exception
    assert "已应用2条更正" in said(at)
    assert {key: one[:2] for key, one in in_force(kept.report_id).items()} == {PENALTY: (8, "看原件")}


def test_rows_that_cannot_be_used_are_named_and_hold_all_others_back(visit: Visit, kept: Accepted) -> None:
    set_in(kept.report_id, LICENCE, 7)
    at = hand_in(
        visit("reports"),
        f"{kept.key},{PENALTY},3,识读有误,8,看原件,,",
        f"{kept.key},nonsense.key,,识读有误,1,x,,",
        f"oaaaaaaaaaa.2024.own,{PENALTY},,识读有误,1,x,,",
        f"{kept.key},rules.issued,9,识读有误,1,x,,",
        f"{kept.key},{LICENCE},0,识读有误,5,x,,",
    )
    text = said(at)
    assert "第3行：表格里没有这一格：nonsense.key。" in text
    assert "第4行：库里没有这份报告：oaaaaaaaaaa.2024.own。" in text
    assert "第5行：这一格的原文变了：表中是“9”，现在的版本是“0”" in text
    assert "第6行：这一格已有别的更正（7，理由：看错）" in text
    assert at.button(key="corrections_apply").disabled
    at.checkbox(key="corrections_leave_out").check().run()
    at.button(key="corrections_apply").click().run()
    assert not at.exception
    assert {key: one[0] for key, one in in_force(kept.report_id).items()} == {LICENCE: 7, PENALTY: 8}


def test_change_of_somebody_else_between_check_and_confirmation_keeps_all_out(visit: Visit, kept: Accepted) -> None:
    at = hand_in(visit("reports"), f"{kept.key},{PENALTY},3,识读有误,8,看原件,,")
    set_in(kept.report_id, LICENCE, 7)
    at.button(key="corrections_apply").click().run()
    assert not at.exception
    assert at.error
    assert set(in_force(kept.report_id)) == {LICENCE}


def test_discarded_table_is_gone_and_another_file_is_said_to_be_none(visit: Visit, kept: Accepted) -> None:
    at = hand_in(visit("reports"), f"{kept.key},{PENALTY},3,识读有误,8,看原件,,")
    at.button(key="corrections_drop").click().run()
    assert "新增1条" not in said(at)
    other = visit("reports")
    other.file_uploader(key="corrections_file").upload("名单.csv", "机关名称\n示例市教育局\n".encode())
    other.run()
    assert "没有找到表头" in said(other)


def test_report_offers_its_own_table(visit: Visit, kept: Accepted) -> None:
    at = visit("report", f"report={kept.key}")
    assert "更正表" in [button.proto.label for button in at.get("download_button")]
