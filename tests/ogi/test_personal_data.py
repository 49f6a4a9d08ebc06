"""Personal data in prose is hidden; the figures beside it are not.

The texts are written as reports write them; numbers are invented. 11010519491231002X is the example of GB 11643-1999.
"""

from __future__ import annotations

import msgspec
import pytest

from ogi.checks.finding import Finding
from ogi.personal_data import Mask, rules
from ogi.report import NarrativeSection, Notice, StatedFact

PHONE, MAIL, ID, NAME, ACCOUNT = "［电话已隐去］", "［邮箱已隐去］", "［证件号已隐去］", "［姓名已隐去］", "［账号已隐去］"


@pytest.mark.parametrize(
    ("text", "expected", "count"),
    [
        ("联系人：张三，联系电话：0571-87000001。", f"联系人：{NAME}，联系电话：{PHONE}。", 2),
        ("联系人:李四 电话:(0517)83000001", f"联系人:{NAME} 电话:{PHONE}", 2),
        ("（联系人：欧阳小明；手机13800138000）", f"（联系人：{NAME}；手机{PHONE}）", 2),
        ("联系人：张 三\n二、主动公开政府信息情况", f"联系人：{NAME}\n二、主动公开政府信息情况", 1),
        ("联系人：张三、李四，传真：83000002", f"联系人：{NAME}、{NAME}，传真：{PHONE}", 3),
        ("负责人：阿卜杜拉·买买提。", f"负责人：{NAME}。", 1),
        ("本人手机138-0013-8000，已告知。", f"本人手机{PHONE}，已告知。", 1),
        ("如有疑问请致电１３８００１３８０００。", f"如有疑问请致电{PHONE}。", 1),
        ("请拨打+86 13900139000咨询", f"请拨打{PHONE}咨询", 1),
        ("咨询电话（工作日）：0571－87000001转802，邮编：310000", f"咨询电话（工作日）：{PHONE}，邮编：310000", 1),
        ("电话：0571-87000001、87000002", f"电话：{PHONE}、{PHONE}", 2),
        ("地址：某路1号，电话：010 65000001，邮编100000", f"地址：某路1号，电话：{PHONE}，邮编100000", 1),
        ("也可发邮件至 zwgk_01@example.gov.cn 反映", f"也可发邮件至 {MAIL} 反映", 1),
        ("申请人身份证号11010519491231002X，", f"申请人身份证号{ID}，", 1),
        ("王某（11010519491231002X）申请公开", f"王某（{ID}）申请公开", 1),
        ("身份证号码：110105491231002", f"身份证号码：{ID}", 1),
        ("退费账号：6222 0200 0000 0000 000，", f"退费账号：{ACCOUNT}，", 1),
        ("微信：wx_zhangsan01", f"微信：{ACCOUNT}", 1),
    ],
)  # fmt: skip
def test_personal_data_is_hidden(text: str, expected: str, count: int) -> None:
    mask = Mask()
    assert (mask.text(text), mask.count) == (expected, count)


@pytest.mark.parametrize(
    "text",
    [
        "全年主动公开政府信息13812345件，点击量13812345678次。",
        "全年访问量13812345678，较上年增长12.5%。",
        "项目总投资13812345678元，其中2024年支付13912345678.50元。",
        "财政拨款13812345678 元；合计13812345678。",
        "2019-2024年共受理依申请公开87052345件。",
        "12345热线受理2023-2024年度工单，热线电话12345、12388。",
        "接听电话87052345次，电话答复8765432件。",
        "拨打400-100-0000或95598办理。",
        "依据〔2023〕13812345678号文，批准文号：13812345678。",
        "索引号：0571-20230001，编号 0571-87000001，流水号：13812345678901。",
        "索引号：013812345678/2023-00012",
        "统一社会信用代码：11330100002489365X",
        "网址 http://www.example.gov.cn/art/2024/1/31/art_1229_13812345678.html",
        "该条例自20240101起施行，报告期为2024年1月1日至2024年12月31日。",
        "编号11010519491231002X的文件",
        "编号为110105194912310021的一项数字检验位不符。",
        "联系人：办公室，负责人：局长，申请人：自然人。",
        "联系人员变动3人，申请人申请公开政府信息，联系人公示已更新。",
        "申请人 商业企业 科研机构 社会公益组织",
        "自然人13 2 0 1 0 16",
        "",
    ],
)
def test_figures_and_numbers_of_documents_stay(text: str) -> None:
    mask = Mask()
    assert (mask.text(text), mask.count) == (text, 0)


def test_hiding_twice_hides_nothing_more() -> None:
    text = "联系人：张三，电话：0571-87000001、87000002，邮箱：a@example.cn"
    once = Mask().text(text)
    again = Mask()
    assert (again.text(once), again.count) == (once, 0)


def test_report_keeps_its_readings_and_loses_names_and_numbers_in_its_prose(make_report) -> None:
    text = "联系人：张三。全年收到申请12件。"
    report = msgspec.structs.replace(
        make_report({"applications.received.total": "12"}),
        narrative=(NarrativeSection(section="s1", title="一、总体情况", text=text),),
        facts=(StatedFact(key="text.applications_received", value=12, sentence=text, words="收到"),),
        notices=(Notice(code="x", params={"text": text, "count": 12}),),
    )
    mask = Mask()
    found = mask.report(report)
    hidden = f"联系人：{NAME}。全年收到申请12件。"
    assert (found.narrative[0].text, found.facts[0].sentence, found.notices[0].params) == (
        hidden, hidden, {"text": hidden, "count": 12},
    )  # fmt: skip
    assert (found.cells, found.document, found.facts[0].value) == (report.cells, report.document, 12)
    assert mask.count == 1, "a sentence quoted from the prose is counted once"


def test_finding_quotes_without_personal_data_and_keeps_its_identity() -> None:
    text = "联系人：张三，收到13件"
    finding = Finding(
        check="c", severity="error", status="fail", left=13, params={"row": "total", "n": 13, "found": text}, quotes=(text,),
        stated=StatedFact(key="text.x", value=13, sentence=text, words="收到"),
    )  # fmt: skip
    mask = Mask()
    found = mask.findings([finding])[0]
    hidden = f"联系人：{NAME}，收到13件"
    assert (found.quotes, found.params["found"], found.stated and found.stated.sentence) == ((hidden,), hidden, hidden)
    assert (found.place, found.left, found.params["n"]) == (finding.place, 13, 13)
    assert mask.count == 3


def test_every_kind_of_the_data_file_has_a_mark_that_is_no_personal_data() -> None:
    assert {kind.id for kind in rules().kinds} == {"email", "id_number", "account", "phone", "name"}
    mask = Mask()
    for kind in rules().kinds:
        assert mask.text(kind.mark) == kind.mark
    assert mask.count == 0
