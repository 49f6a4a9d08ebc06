"""Every page in every state of the library: it is drawn, says what to do where there is nothing, and never makes a number up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from streamlit.testing.v1 import AppTest

from ogi.organs import id_of
from ogi.report import Report
from ogi.view import PAGES
from tests.robustness.states import EMOJI, LONG_NAME, RIGHT_TO_LEFT, states

STATES = states()
Turn = Callable[..., AppTest]
UPLOAD_FIRST = "上传政府信息公开工作年度报告（PDF、Word、网页或文本），读出的数字会显示在这里。"
WAY_ON = {
    **dict.fromkeys(
        ("overview", "years", "agencies", "agency", "proactive", "applications", "disputes", "checks"), UPLOAD_FIRST
    ),
    "reports": "上传报告，核对后点“收入库”",
    "report": "在报告列表里选一份。",
    "key_in": "先说明是哪一份报告，再照原件录入。",
    "search": "先上传报告并收入库。",
    "expected": "导入一份（Excel 或 CSV，一列机关名称就够）",
    "consolidation": "先把政府及其部门的报告收入库。",
    "organs": "收入报告时机关自动登记；也可以在下面导入机关名单。",
    "upload": "可以一次选很多份，也可以放压缩包。",
    "self_check": "放入年度报告草稿（Word、PDF等）",
    "methodology": "空白不当作0",
    "share": "在任一页面左侧点“分享”生成链接。",
    "audit": "还没有改动",
}  # fmt: skip
"""What a page tells who comes to an empty server."""
NOTHING_TO_CHECK = "所选报告里一个数字也没有，没有可核对的；看原文，或人工录入。"
SAYS = {
    "nothing": WAY_ON,
    "one_year": {"years": "至少要两个年度才能对比"},
    "one_organ_all_blank": {"agencies": "没有可显示的数字：原文空白"},
    "only_unreadable": {
        "overview": "没有数字2份",
        "agency": NOTHING_TO_CHECK,
        "agencies": "没有可显示的数字：没有该年度报告、未能辨认",
        "proactive": "没有可显示的数字：所选报告里这一项没有数字",
        "years": "没有可显示的数字：2022年没有这一项的数字",
    },
}
"""What pages say of what is not there, by state and page."""
NAMED = {"long_names": LONG_NAME, "right_to_left": RIGHT_TO_LEFT.replace(" ", ""), "emoji": EMOJI}
ABOUT_ONE_REPORT = ("report", "key_in", "agency", "checks", "consolidation")


def said(at: AppTest) -> str:
    """All prose of a page, without the signs that keep Markdown from reading it."""
    kinds = ("title", "subheader", "markdown", "caption", "info", "warning", "error", "success")
    return "\n".join(element.value for kind in kinds for element in getattr(at.main, kind)).replace("\\", "")


def numbers_in(at: AppTest) -> list[str]:
    """The figures a page shows large."""
    return [metric.value for metric in at.metric if re.search(r"\d", metric.value)]


def tours(reports: tuple[Report, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """Every page as it opens; those about a report or an agency also at the state's last report, in English."""
    yield from ((page, {}) for page in PAGES)
    for report in reports[-1:]:
        organ = id_of(report.organ) or ""
        of = {"report": f"{organ}.{report.report_year}.{report.scope}", "focus_organ": organ, "lang": "en"}
        yield from ((page, of) for page in ABOUT_ONE_REPORT)


@pytest.mark.parametrize("state", STATES)
def test_every_page_is_drawn_in_every_state(state: str, keep: Callable[..., None], visitor: Turn) -> None:
    keep(STATES[state])
    texts: dict[str, str] = {}
    for page, query in tours(STATES[state]):
        at = visitor(page, query)
        assert not at.exception, (page, query, at.exception[0].value)
        text = texts.setdefault(page, said(at))
        assert text, (page, query)
        if state in ("one_organ_all_blank", "only_unreadable"):
            assert numbers_in(at) == [], (page, query)
        if state in NAMED and page == "agencies":
            assert NAMED[state] in {cell for table in at.dataframe for cell in table.value.to_numpy().ravel().tolist()}
    for page, wanted in SAYS.get(state, {}).items():
        assert wanted in texts[page], page
    if state == "only_unreadable":
        assert not re.search("没有错误|没有发现对不上|没有选中任何报告", "".join(texts.values()))
