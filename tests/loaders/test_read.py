"""The whole way from bytes to Report, on small documents and on the real reports beside the checkout."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import msgspec
import pytest

from loaders.errors import CannotReadError
from loaders.read import STEPS, read_report
from ogi.labels import Labels, messages

REPORT = """示例市教育局
2020年政府信息公开工作年度报告
一、总体情况
本报告统计期限自2020年1月1日起至2020年12月31日止。
二、主动公开政府信息情况
第二十条第（一）项\t\t\t
信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量
规章\t0\t0\t0
规范性文件\t2\t1\t/
五、存在的主要问题及改进情况
宣传不够。
六、其他需要报告的事项
无。
示例市教育局
2021年1月26日
"""

IDENTITY = {
    "000": ("张店区综合行政执法局", 2020, "own"),
    "001": ("淮安市人民政府", 2024, "region_total"),
    "004": ("上海市人民政府办公厅", 2019, "unknown"),
    "016": ("威海市文登区信访局", 2022, "own"),
    "023": ("开平市农业农村局", 2020, "own"),
    "033": ("乌海市工业和信息化局", 2020, "own"),
    "042": ("螅镇", 2022, "own"),
    "053": ("川主乡", 2019, "own"),
}
"""Organ as the text prints it (the truth files complete 螅镇 and 川主乡 from elsewhere), year, scope by the wording."""

SECTIONS = {"000": "12456", "001": "123456", "004": "123456", "023": "123456", "026": "123456", "033": "12", "053": "12"}
"""Sections whose headings the documents print."""


def test_report_is_read_from_bytes() -> None:
    data = REPORT.encode()
    report = read_report(data, "报告.txt")
    assert report.document.sha256 == hashlib.sha256(data).hexdigest()
    assert (report.document.name, report.document.media_type) == ("报告.txt", "text/plain")
    assert (report.organ.name, report.report_year, report.scope) == ("示例市教育局", 2020, "own")
    assert report.value("normative_documents.newly_made") == 2
    assert report.state("normative_documents.published_total") == "dash"
    assert report.tables["t3_requests"].status == "missing"
    assert (report.meta["meta.sections_found"], report.meta["meta.section5_chars"]) == (4, 5)
    assert report.meta["meta.sign_date"] == "2021-01-26"


def test_missing_sections_are_named() -> None:
    notices = {notice.code: notice for notice in read_report(REPORT.encode(), "报告.txt").notices}
    assert "三、四" in Labels("zh").notice(notices["sections_missing"])


def test_steps_are_told_in_order_and_have_words() -> None:
    told: list[str] = []
    read_report(REPORT.encode(), "报告.txt", on_step=told.append)
    assert tuple(told) == STEPS
    assert {f"step.{step}" for step in STEPS} <= set(messages())


@pytest.mark.parametrize(
    "text", ["今天天气很好。\n我们去公园。", "<html><body><p>通知</p><table><tr><td>1</td></tr></table></body></html>"]
)
def test_readable_file_that_is_no_report_is_refused(text: str) -> None:
    with pytest.raises(CannotReadError) as refused:
        read_report(text.encode(), "x.txt")
    assert refused.value.code == "not_a_report"


def test_title_alone_makes_a_report() -> None:
    report = read_report("示例市教育局2020年政府信息公开工作年度报告\n详见附件。".encode(), "x.txt")
    assert report.report_year == 2020
    assert {table.status for table in report.tables.values()} == {"missing"}


def test_name_that_is_no_unicode_is_made_printable() -> None:
    name = b"\xff.txt".decode("utf-8", "surrogateescape")
    assert read_report(REPORT.encode(), name).document.name == "?.txt"


@pytest.mark.parametrize("code", ["not_a_report", "scan_reader_missing", "nothing_recognised"])
def test_refusals_have_words_in_both_languages(code: str) -> None:
    for lang in ("zh", "en"):
        assert Labels(lang)(f"error.{code}")


def read_case(corpus: Path, case: str) -> list:
    files = [path for path in sorted(corpus.glob(f"{case}_*")) if ".scanned." not in path.name]
    assert files
    return [read_report(path.read_bytes(), path.name) for path in files]


@pytest.mark.corpus
@pytest.mark.parametrize("case", sorted(IDENTITY))
def test_real_report_has_its_identity(corpus: Path, case: str) -> None:
    for report in read_case(corpus, case):
        assert (report.organ.name, report.report_year, report.scope) == IDENTITY[case]


@pytest.mark.corpus
def test_years_of_all_real_reports_are_those_of_the_truth_files(corpus: Path) -> None:
    truth = {path.stem: json.loads(path.read_text(encoding="utf-8")).get("year") for path in (corpus / "truth").glob("*.json")}
    read = {case: {report.report_year for report in read_case(corpus, case)} for case in truth}
    assert read == {case: {year} for case, year in truth.items()}


@pytest.mark.corpus
@pytest.mark.parametrize("case", sorted(SECTIONS))
def test_real_report_is_divided_into_its_sections(corpus: Path, case: str) -> None:
    for report in read_case(corpus, case):
        assert "".join(part.section[1:] for part in report.narrative) == SECTIONS[case]


@pytest.mark.corpus
def test_prose_of_a_real_pdf_has_no_table_and_no_page_number_in_it(corpus: Path) -> None:
    report = read_case(corpus, "001")[0]
    text = {part.section: part.text for part in report.narrative}
    assert (text["s2"], text["s3"], text["s4"]) == ("", "", "")
    assert text["s6"] == "2024 年，市政府严格落实《政府信息公开信息处理费管理办法》，全年收取政府信息公开信息处理费 3940 元。"
    assert "- 1 -" not in text["s1"]
    assert text["s5"].startswith("对照上级新要求和公众新期待，还有一些需要加强和改进的地方。主要表现在：")


@pytest.mark.corpus
def test_scan_is_refused_where_its_reader_is_not_installed(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loaders.scan.is_available", lambda: False)
    path = next(corpus.glob("001*.scanned.pdf"))
    with pytest.raises(CannotReadError) as refused:
        read_report(path.read_bytes(), path.name)
    assert refused.value.code == "scan_reader_missing"


@pytest.mark.corpus
def test_same_bytes_give_the_same_report(corpus: Path) -> None:
    path = next(corpus.glob("001*2024.pdf"))
    one, two = (msgspec.json.encode(read_report(path.read_bytes(), path.name)) for _ in range(2))
    assert one == two
