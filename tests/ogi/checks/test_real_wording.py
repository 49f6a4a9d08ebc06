"""Prose as reports word it, held against the tables of 宿迁市 2024 and 2023: what agrees raises no alarm, what does not is found.

Then the narratives of real reports, whose contradictions are known from reading them.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from msgspec import structs

from loaders.paragraphs import Paragraph, Place
from loaders.read import read_report
from loaders.stated_facts import stated_facts
from ogi.checks import check_report
from ogi.form import load_form
from ogi.report import NarrativeSection

FORM = load_form()
PROSE = frozenset({"text_vs_table", "text_internal", "quality", "restatement"})

AGREEING = [
    "2024年，全市共收办政府信息公开申请3646件，同比增长1.05%。",
    "全年新收政府信息公开申请3525件，上年结转121件，办结3521件，结转下年度继续办理125件。",
    "全市共收到政府信息公开申请3525件，同比增长0.4%，均在法定期限内答复。",
    "2024年共受理政府信息公开申请3525件，比上年增加14件。",
    "2024年共受理政府信息公开申请3525件，比2023年的3511件增长0.4%。",
    "全年答复政府信息公开申请3521件（含上年结转121件），结转下年度125件。",
    "（二）依申请公开情况。本年度收到的申请中，已答复3400件，其余125件结转下年度办理。",
    "全市共办理政府信息公开申请约3600件。",
    "全市共办理政府信息公开申请0.36万件。",
    "（二）依申请公开情况。从申请人看，自然人申请3440件，占97.6%；法人或其他组织申请85件，占2.4%。",
    "（二）依申请公开情况。从办理结果看，予以公开1431件，部分公开471件，不予公开92件，无法提供941件，不予处理117件，其他处理469件。",
    "（二）依申请公开情况。办理结果中，予以公开及部分公开1902件，占54%；不予公开92件，占2.6%；无法提供941件，占26.7%。",
    "全市政府信息公开行政复议170件、行政诉讼77件。",
    "因政府信息公开被申请行政复议134件（已审结），被提起行政诉讼57件。",
    "全市政府信息公开未经复议直接起诉25件。",
    "全年主动公开政府信息465条，其中：网站公开142条，媒体公开270条，微信公众号公开53条。",
    "全年主动公开政府信息465条，其中政务动态142条、财政信息20条等。",
    "向3件申请收取信息处理费，共计1200元。",
    "2023年，全市新收政府信息公开申请3511件，本年新收3525件。",
]
CONTRADICTING = [
    ("2024年，全市共收办政府信息公开申请3650件。", "N01"),
    ("全年新收政府信息公开申请3255件。", "N02"),
    ("全年新收政府信息公开申请3525件，结转下年度继续办理152件。", "N04"),
    ("全年共办结政府信息公开申请3512件。", "N05"),
    ("（二）依申请公开情况。从办理结果看，予以公开1413件，部分公开471件。", "N06"),
    ("（二）依申请公开情况。从办理结果看，予以公开1431件，不予公开29件。", "N07"),
    ("（二）依申请公开情况。从申请人看，自然人申请3404件，法人或其他组织申请85件。", "N08"),
    ("（二）依申请公开情况。从申请人看，自然人申请3440件，法人或其他组织申请58件。", "N14"),
    ("全市政府信息公开行政复议143件。", "N09"),
    ("被提起政府信息公开行政诉讼75件。", "N10"),
    ("全年主动公开政府信息465条，其中：网站公开142条，媒体公开270条，其他方式公开35条。", "N11"),
    ("（二）依申请公开情况。从申请人看，自然人申请3440件，占79.6%。", "N12"),
    ("2024年共受理政府信息公开申请3525件，同比增长14.2%。", "N13"),
    ("全年未收到政府信息公开申请。", "N03"),
    ("全年没有因政府信息公开被申请行政复议、提起行政诉讼的情况。", "L02"),
    ("2024年共受理政府信息公开申请3525件，比上年增加41件。", "Y11"),
    ("2023年收到政府信息公开申请3115件，2024年收到3525件。", "Y10"),
    ("全年向9999件申请收取信息处理费，共计1200元。", "N15"),
]


def failing(report) -> Counter[str]:
    found = (f for f in report if f.status == "fail" and (FORM.checks[f.check].basis in PROSE or f.check.startswith("L02")))
    return Counter(f.check.split("_")[0] for f in found)


@pytest.fixture
def told(suqian):
    """The report of 2024 with a sentence of prose in section one."""

    def make(sentence: str):
        paragraph = Paragraph(section="s1", text=sentence, places=(Place(offset=0, source=None, confidence=1.0),))
        facts = stated_facts([paragraph], 2024).facts
        section = NarrativeSection(section="s1", title="一、总体情况", text=sentence)
        return facts, failing(check_report(structs.replace(suqian(2024), facts=facts, narrative=(section,)), FORM, suqian(2023)))

    return make


@pytest.mark.parametrize("sentence", AGREEING)
def test_what_agrees_by_some_definition_raises_no_alarm(told, sentence: str) -> None:
    facts, found = told(sentence)
    assert facts != ()
    assert found == {}


@pytest.mark.parametrize(("sentence", "check"), CONTRADICTING)
def test_contradiction_is_found(told, sentence: str, check: str) -> None:
    assert set(told(sentence)[1]) == {check}


# Read off the documents. 上海市政府办公厅 2019: 予以公开及部分公开258 are natural persons alone (275 in all), 无法提供265 is the
# first row alone (337 in all), 33.9 % fits no base, and 均获维持 is said of 7 and 9 of which 2 and 1 are pending.
# 026 is the blank form with its instructions.
KNOWN = {
    "004_shanghai-general-office-2019.html": {"N06": 1, "N07": 1, "N12": 1, "N18": 1, "N19": 1},
    "004_shanghai-general-office-2019.chromium.pdf": {"N06": 1, "N07": 1, "N12": 1, "N18": 1, "N19": 1},
    "026_blank-official-template-2021.docx": {"S08": 1},
}


@pytest.mark.corpus
def test_real_narratives_raise_no_false_alarm(corpus: Path) -> None:
    files = [
        path for path in sorted(corpus.iterdir()) if path.is_file() and path.name != "README.md" and "scanned" not in path.name
    ]
    found = {path.name: failing(check_report(read_report(path.read_bytes(), path.name), FORM)) for path in files}
    assert len(found) > 15
    assert {name: dict(counts) for name, counts in found.items() if counts} == KNOWN
