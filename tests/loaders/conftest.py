"""Paper for layout tests: tables written as text, one line per row, cells parted by bars.

``text@2`` is a cell over two columns, ``text@1x3`` one over three rows, ``^`` a place covered from above.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

from loaders import text
from loaders.grid import Grid, GridCell, Pages, TextLine
from loaders.layout import LaidOut, lay_out
from ogi.form import load_form
from ogi.report import Source

_HEAD = """（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）@3x3|申请人情况@7
^|^|^|自然人@1x2|法人或其他组织@5|总计@1x2
^|^|^|^|商业企业|科研机构|社会公益组织|法律服务机构|其他|^"""
_ROWS_2021 = """一、本年新收政府信息公开申请数量@3
二、上年结转政府信息公开申请数量@3
三、本年度办理结果@1x22|（一）予以公开@2
^|（二）部分公开（区分处理的，只计这一情形，不计其他情形）@2
^|（三）不予公开@1x8|1.属于国家秘密
^|^|2.其他法律行政法规禁止公开
^|^|3.危及“三安全一稳定”
^|^|4.保护第三方合法权益
^|^|5.属于三类内部事务信息
^|^|6.属于四类过程性信息
^|^|7.属于行政执法案卷
^|^|8.属于行政查询事项
^|（四）无法提供@1x3|1.本机关不掌握相关政府信息
^|^|2.没有现成信息需要另行制作
^|^|3.补正后申请内容仍不明确
^|（五）不予处理@1x5|1.信访举报投诉类申请
^|^|2.重复申请
^|^|3.要求提供公开出版物
^|^|4.无正当理由大量反复申请
^|^|5.要求行政机关确认或重新出具已获取信息
^|（六）其他处理@1x3|1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请
^|^|2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请
^|^|3.其他
^|（七）总计@2
四、结转下年度继续办理@3"""


# A table whose numbers add up, with the key of each row typed beside it: received, carried in, … as the official form has them.
_BALANCED = """received|一、本年新收政府信息公开申请数量|30 4 0 1 2 0 37
carried_in|二、上年结转政府信息公开申请数量|3 1 0 0 0 0 4
granted|（一）予以公开|12 2 0 0 1 0 15
partially_granted|（二）部分公开（区分处理的，只计这一情形，不计其他情形）|4 0 0 0 0 0 4
denied_state_secret|1.属于国家秘密|0 0 0 0 0 0 0
denied_law_prohibited|2.其他法律行政法规禁止公开|1 0 0 0 0 0 1
denied_security_stability|3.危及“三安全一稳定”|0 0 0 0 0 0 0
denied_third_party|4.保护第三方合法权益|2 0 0 0 0 0 2
denied_internal_affairs|5.属于三类内部事务信息|0 0 0 0 0 0 0
denied_process_info|6.属于四类过程性信息|1 0 0 0 1 0 2
denied_enforcement_file|7.属于行政执法案卷|0 0 0 0 0 0 0
denied_query_matter|8.属于行政查询事项|0 0 0 0 0 0 0
unable_not_held|1.本机关不掌握相关政府信息|8 1 0 1 0 0 10
unable_need_creation|2.没有现成信息需要另行制作|2 0 0 0 0 0 2
unable_still_unclear|3.补正后申请内容仍不明确|0 0 0 0 0 0 0
not_processed_petition|1.信访举报投诉类申请|1 0 0 0 0 0 1
not_processed_duplicate|2.重复申请|0 0 0 0 0 0 0
not_processed_publication|3.要求提供公开出版物|0 0 0 0 0 0 0
not_processed_excessive|4.无正当理由大量反复申请|0 0 0 0 0 0 0
not_processed_confirm_reissue|5.要求行政机关确认或重新出具已获取信息|0 0 0 0 0 0 0
other_no_correction|1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请|1 0 0 0 0 0 1
other_fee_unpaid|2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请|0 0 0 0 0 0 0
other_misc|3.其他|0 1 0 0 0 0 1
result_total|（七）总计|32 4 0 1 2 0 39
carried_over|四、结转下年度继续办理|1 1 0 0 0 0 2"""
_GROUPS = {
    "granted": "三、本年度办理结果",
    "denied_state_secret": "（三）不予公开",
    "unable_not_held": "（四）无法提供",
    "not_processed_petition": "（五）不予处理",
    "other_no_correction": "（六）其他处理",
}
_COLUMNS = (
    "natural_person", "commercial_enterprise", "research_institution", "social_welfare_organisation",
    "legal_service_organisation", "other_organisation", "total",
)  # fmt: skip


class BalancedRow(NamedTuple):
    """A row of the balanced table: its key, the head of its group where it is the first of one, its label, its numbers."""

    key: str
    group: str
    label: str
    numbers: list[str]

    @property
    def heading(self) -> list[str]:
        """The head of the group, where the row is the first."""
        return [self.group] if self.group else []


@pytest.fixture(scope="session")
def balanced() -> list[BalancedRow]:
    """A request table of 2021 in which everything adds up."""
    parts = [line.split("|") for line in _BALANCED.split("\n")]
    return [BalancedRow(key, _GROUPS.get(key, ""), label, numbers.split()) for key, label, numbers in parts]


@pytest.fixture(scope="session")
def balanced_values(balanced) -> dict[str, int]:
    """What :func:`balanced` shows, by key."""
    return {
        f"applications.{row.key}.{column}": int(number)
        for row in balanced
        for column, number in zip(_COLUMNS, row.numbers, strict=True)
    }


@pytest.fixture(scope="session")
def read_text():
    """Lay out a text file."""

    def read(*lines: str) -> LaidOut:
        return lay_out(text.read("\n".join(lines).encode(), "a.txt"), load_form())

    return read


def build_grid(text: str, *, as_text: bool = False) -> Grid:
    """Build a grid; ``as_text`` makes it one of a text file, whose columns are an order only."""
    cells = []
    for number, line in enumerate(text.strip("\n").split("\n")):
        column = 0
        for place, printed in enumerate(line.split("|")):
            words, _, spans = printed.strip().partition("@")
            if words == "^" and not spans:
                column += 1
                continue
            across, _, down = spans.partition("x")
            source = Source(line=number + 1) if as_text else Source(table=1, row=number + 1, cell=place + 1)
            cells.append(
                GridCell(
                    text=words.replace("\\n", "\n"),
                    row=number,
                    column=column,
                    colspan=int(across or 1),
                    rowspan=int(down or 1),
                    source=source,
                )
            )
            column += int(across or 1)
    return Grid(cells=tuple(cells))


@pytest.fixture(scope="session")
def grid_of():
    """Build a grid from text."""
    return build_grid


@pytest.fixture(scope="session")
def laid_out():
    """Lay out blocks: grids, or strings for lines of text."""

    def lay(*blocks: Grid | str, form=None) -> LaidOut:
        lines = [TextLine(text=b, source=Source(line=1)) if isinstance(b, str) else b for b in blocks]
        return lay_out(Pages(media_type="test", blocks=tuple(lines)), form or load_form())

    return lay


@pytest.fixture(scope="session")
def request_lines() -> list[str]:
    """The lines of a full request table of 2021; the cell in row r (from 1) and column c (from 1) shows 100 r + c."""
    rows = [f"{row}|{'|'.join(str(100 * r + c) for c in range(1, 8))}" for r, row in enumerate(_ROWS_2021.split("\n"), 1)]
    return _HEAD.split("\n") + rows


@pytest.fixture(scope="session")
def request_values() -> dict[str, int]:
    """What :func:`request_lines` shows, by key; the order of rows and columns is that of the official form."""
    rows = [
        "received",
        "carried_in",
        "granted",
        "partially_granted",
        "denied_state_secret",
        "denied_law_prohibited",
        "denied_security_stability",
        "denied_third_party",
        "denied_internal_affairs",
        "denied_process_info",
        "denied_enforcement_file",
        "denied_query_matter",
        "unable_not_held",
        "unable_need_creation",
        "unable_still_unclear",
        "not_processed_petition",
        "not_processed_duplicate",
        "not_processed_publication",
        "not_processed_excessive",
        "not_processed_confirm_reissue",
        "other_no_correction",
        "other_fee_unpaid",
        "other_misc",
        "result_total",
        "carried_over",
    ]
    columns = [
        "natural_person",
        "commercial_enterprise",
        "research_institution",
        "social_welfare_organisation",
        "legal_service_organisation",
        "other_organisation",
        "total",
    ]
    return {f"applications.{row}.{col}": 100 * r + c for r, row in enumerate(rows, 1) for c, col in enumerate(columns, 1)}
