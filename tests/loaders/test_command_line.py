"""The command line as a user meets it: a process of its own, its output, its exit status, and never a traceback."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from loaders.__main__ import main

ROOT = Path(__file__).resolve().parents[2]
GOOD = """示例市教育局2024年政府信息公开工作年度报告
二、主动公开政府信息情况
第二十条第（五）项\t
信息内容\t本年处理决定数量
行政许可\t7
第二十条第（六）项\t
信息内容\t本年处理决定数量
行政处罚\t0
行政强制\t
"""
OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
DISPUTES = "\n".join(
    "\t".join(cells)
    for cells in (
        ["四、政府信息公开行政复议、行政诉讼情况"],
        ["行政复议", *[""] * 4, "行政诉讼", *[""] * 9],
        [*OUTCOMES, "未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4],
        [*[""] * 5, *OUTCOMES, *OUTCOMES],
        ["{first}", *["0"] * 14],
        [""],
    )
)


def run(*arguments: str, lang: str | None = None) -> subprocess.CompletedProcess[bytes]:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)} | ({"LANG": lang} if lang else {})
    return subprocess.run(
        [sys.executable, "-m", "loaders", *arguments], capture_output=True, env=environment, cwd=ROOT, check=False
    )


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "报告.txt"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """A report whose reconsiderations do not add up: 1 upheld, 0 in all."""
    path = tmp_path / "wrong.txt"
    path.write_text(GOOD + DISPUTES.format(first=1), encoding="utf-8")
    return path


def test_json_is_one_line_per_file(good: Path, wrong: Path) -> None:
    done = run("read", str(good), str(wrong), "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    reports = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [report["document"]["name"] for report in reports] == ["报告.txt", "wrong.txt"]
    assert reports[0]["cells"]["licensing.decisions"]["value"] == 7
    assert reports[0]["cells"]["coercion.decisions"]["value"] is None


def test_summary_names_organ_year_tables_and_figures(good: Path) -> None:
    done = run("read", str(good))
    text = done.stdout.decode()
    assert done.returncode == 0
    for part in ("报告.txt", "示例市教育局", "2024", "第二十条第（五）项：完整", "读出 2 格，共 3 格"):
        assert part in text


def test_summary_says_how_many_cells_are_uncertain(good: Path, tmp_path: Path) -> None:
    lost = tmp_path / "lost.md"
    rows = [
        "三、收到和处理政府信息公开申请情况",
        "自然人 | 法人或其他组织 | 总计",
        "商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他",
    ]
    lost.write_text("\n".join([*rows, "一、本年新收政府信息公开申请数量 | 3 | 3"]), encoding="utf-8")
    assert "7 格没有把握" in run("read", str(lost)).stdout.decode()
    assert "没有把握" not in run("read", str(good)).stdout.decode()


def test_check_tells_errors_by_its_exit_status(good: Path, wrong: Path) -> None:
    assert run("check", str(good)).returncode == 0
    done = run("check", str(good), str(wrong))
    assert done.returncode == 1
    assert "错误" in done.stdout.decode()
    assert run("read", str(wrong)).returncode == 0


def test_fix_list_is_numbered_and_names_table_cell_and_proposal(wrong: Path) -> None:
    text = run("check", str(wrong)).stdout.decode()
    assert "1. [错误] 政府信息公开行政复议、行政诉讼情况：“行政复议”" in text
    assert "建议：行政复议 · 结果维持：1 → 0" in text


def test_draft_is_compared_with_last_years_report(tmp_path: Path) -> None:
    draft, before, other = (tmp_path / name for name in ("draft.txt", "2023.txt", "2019.txt"))
    draft.write_text(GOOD + DISPUTES.format(first=0), encoding="utf-8")
    before.write_text(
        (GOOD + DISPUTES.format(first=0)).replace("2024", "2023").replace("行政处罚\t0", "行政处罚\t60"), encoding="utf-8"
    )
    other.write_text(GOOD.replace("2024", "2019"), encoding="utf-8")
    alone = run("check", str(draft)).stdout.decode()
    done = run("check", str(draft), "--against", str(before), "--against", str(other))
    assert done.returncode == 0
    assert "没有用来对照：2019.txt（不是上一年度）" in done.stdout.decode()
    assert "“行政处罚”上年60件" not in alone
    assert "“行政处罚”上年60件" in done.stdout.decode()
    assert "示例市教育局2023年度报告" in done.stdout.decode()


def test_reports_of_merged_predecessors_are_added_up_and_one_named_twice_counts_once(tmp_path: Path) -> None:
    """40 and 20 penalties of two bureaus are 60 of last year; the one that was named twice is said and not added again."""
    draft = tmp_path / "draft.txt"
    draft.write_text(GOOD + DISPUTES.format(first=0), encoding="utf-8")
    for name, count in (("甲局", 40), ("乙局", 20)):
        text = (GOOD + DISPUTES.format(first=0)).replace("2024", "2023").replace("行政处罚\t0", f"行政处罚\t{count}")
        (tmp_path / f"{name}.txt").write_text(text.replace("教育局", name), encoding="utf-8")
    one, other = (str(tmp_path / f"{name}.txt") for name in ("甲局", "乙局"))
    refused = run("check", str(draft), "--against", one).stdout.decode()
    assert "没有用来对照：甲局.txt（不是同一单位）" in refused
    found = run("check", str(draft), "--predecessor", one, "--predecessor", other, "--predecessor", one).stdout.decode()
    assert "“行政处罚”上年60件" in found
    assert "没有用来对照：甲局.txt（同一机关同一年度已另有一份）" in found


def test_earlier_report_that_cannot_be_read_is_said(good: Path) -> None:
    done = run("check", str(good), "--against", "nowhere.pdf")
    assert (done.returncode, len(done.stderr.decode().splitlines())) == (2, 1)
    assert "示例市教育局" in done.stdout.decode()


def test_file_that_fails_gives_one_line_and_the_others_are_read(good: Path, wrong: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "letter.txt").write_text("今天天气很好。", encoding="utf-8")
    bad = [str(tmp_path / name) for name in ("empty.pdf", "letter.txt", "nowhere.pdf", ".")]
    done = run("check", *bad, str(good), str(wrong), "--json")
    complaints = done.stderr.decode().splitlines()
    assert done.returncode == 2
    assert len(done.stdout.decode().splitlines()) == 2
    assert [line.startswith(name) for line, name in zip(complaints, bad, strict=True)] == [True] * 4
    assert "没有这个文件" in complaints[2]


def test_archive_is_read_file_by_file(good: Path, tmp_path: Path) -> None:
    path = tmp_path / "材料.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("甲局.txt", good.read_bytes())
        archive.writestr("~$甲局.docx", b"x")
    done = run("read", str(path), "--json")
    assert (done.returncode, len(done.stdout.decode().splitlines())) == (0, 1)
    assert json.loads(done.stdout)["document"]["name"] == "材料.zip/甲局.txt"
    assert "~$甲局.docx" in done.stderr.decode()
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("空.txt", b"")
    done = run("read", str(path), "--json")
    assert (done.returncode, len(done.stdout.decode().splitlines())) == (2, 1)
    assert f"{path}/空.txt：文件是空的" in done.stderr.decode()


def test_broken_file_never_gives_a_traceback(tmp_path: Path) -> None:
    for name, data in (("a.pdf", b"%PDF-1.7\n1 0 obj<<"), ("b.docx", b"PK\x03\x04broken"), ("c.html", b"<html>" * 5000)):
        (tmp_path / name).write_bytes(data)
    done = run("read", *(str(tmp_path / name) for name in ("a.pdf", "b.docx", "c.html")))
    assert done.returncode == 2
    assert len(done.stderr.decode().splitlines()) == 3
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "lang", "words"),
    [
        ([], None, "没有这个文件"),
        ([], "zh_CN.UTF-8", "没有这个文件"),
        ([], "en_US.UTF-8", "no such file"),
        (["--lang", "en"], None, "no such file"),
    ],
)
def test_language_is_that_asked_for_or_of_the_machine(arguments: list[str], lang: str | None, words: str) -> None:
    assert words in run("read", "nowhere.pdf", *arguments, lang=lang).stderr.decode()


def test_csv_goes_to_standard_output(good: Path) -> None:
    done = run("export", str(good), "--csv")
    assert done.returncode == 0
    assert done.stdout.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"), newline="")))
    assert {row["key"]: row["value"] for row in rows} == {
        "licensing.decisions": "7",
        "penalty.decisions": "0",
        "coercion.decisions": "",
    }


def test_workbook_goes_to_the_named_file(good: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    done = run("export", str(good), "nowhere.pdf", "--xlsx", "-o", str(target))
    assert done.returncode == 2
    assert openpyxl.load_workbook(target)["数值"]["B3"].value == "示例市教育局"


def test_output_that_cannot_be_written_is_said(good: Path, tmp_path: Path) -> None:
    done = run("export", str(good), "--csv", "-o", str(tmp_path / "no" / "out.csv"))
    assert done.returncode == 2
    assert len(done.stderr.decode().splitlines()) == 1


def test_reader_that_goes_away_is_no_error(good: Path) -> None:
    command = [sys.executable, "-m", "loaders", "read", "--json", *[str(good)] * 40]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_reading_loads_no_charts_and_no_interface() -> None:
    heavy = "{'streamlit', 'pandas', 'plotly', 'openpyxl', 'pdfplumber'}"
    code = f"import sys, loaders.__main__; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True)
    assert done.stdout.decode().strip() == "[]"


def test_wrong_use_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["export", "x.pdf"])
    assert ended.value.code == 2
    assert "--csv" in capsys.readouterr().err


@pytest.mark.corpus
def test_real_reports_are_read_checked_and_exported(corpus: Path) -> None:
    files = [str(next(corpus.glob(pattern))) for pattern in ("001*2024.pdf", "004*.html", "026*.docx", "README.md")]
    done = run("check", *files, "--json")
    reports = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert done.returncode == 2
    assert "README.md" in done.stderr.decode()
    assert [report["organ"]["name"] for report in reports] == ["淮安市人民政府", "上海市人民政府办公厅", None]
    assert reports[0]["cells"]["applications.received.natural_person"]["value"] == 3001
    assert reports[0]["cells"]["applications.received.natural_person"]["source"]["page"] == 4
    assert {cell["value"] for cell in reports[2]["cells"].values()} == {None}
    assert run("check", *files, "--json").stdout == done.stdout
