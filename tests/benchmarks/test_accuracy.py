"""The benchmark of accuracy can fail: made-up readings against made-up truths."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from benchmarks.accuracy.__main__ import main
from benchmarks.accuracy.measure import DocumentScore, SetScore, format_of
from benchmarks.accuracy.outcome import as_json, as_list, as_markdown, is_clean, put_into
from benchmarks.accuracy.score import score_cells, score_identity
from benchmarks.accuracy.truth import case_of, load_set
from ogi.report import Document, LocalRow, OrganName, Reading, Report
from sample_reports.catalogue import DOCUMENTS, TRUTH

CELL = "applications.received.total"
OURS = {"organ": "示例市公安局", "report_year": 2021, "scope": "own", "cells": {CELL: 41}}


def reading(key=CELL, value=41, **more):
    return Reading(key=key, raw=str(value), value=value, state="reported" if value is not None else "blank", **more)


def report(*readings, organ="示例市公安局", year: int | None = 2021, local_rows=()):
    return Report(
        document=Document(name="a.txt", sha256="0", media_type="text/plain"),
        organ=OrganName(name=organ, level="city"),
        report_year=year,
        scope="own",
        tables={},
        cells={r.key: r for r in readings},
        local_rows=local_rows,
    )


def verdicts(truth, made, tmp_path):
    return {cell.key: cell.verdict for cell in score_cells(case_of(tmp_path / "a.txt", truth), made)}


def as_set(truth, made, tmp_path, format_="text"):
    case = case_of(tmp_path / "a.txt", truth)
    document = DocumentScore(
        name="a.txt", format=format_, refused="", cells=tuple(score_cells(case, made)), identity=tuple(score_identity(case, made))
    )
    return SetScore(name="made up", documents=(document,))


@pytest.mark.parametrize(
    ("made", "verdict"),
    [
        (reading(), "exact"),
        (reading(confidence=0.5), "exact"),
        (reading(value=14), "wrong_unmarked"),
        (reading(value=14, confidence=0.89), "wrong_marked"),
        (reading(value=14, doubts=("sum_broken",)), "wrong_marked"),
        (reading(unit="万元"), "wrong_unmarked"),
        (reading(value=None), "called_blank"),
        (reading(value=None, confidence=0.5), "missed"),
        (Reading(key=CELL, raw="4l", value=None, state="unreadable"), "missed"),
    ],
)
def test_a_printed_number_is_exact_wrong_or_missed(made, verdict, tmp_path):
    assert verdicts(OURS, report(made), tmp_path) == {CELL: verdict}


def test_a_cell_that_was_not_handed_on_is_missed(tmp_path):
    assert verdicts(OURS, report(), tmp_path) == {CELL: "missed"}
    assert verdicts(OURS, None, tmp_path) == {CELL: "missed"}


@pytest.mark.parametrize("printed", [None, "-"])
def test_a_number_where_none_is_printed_is_invented_even_if_marked(printed, tmp_path):
    truth = {"complete_tables": [], "cells": {CELL: printed}}
    assert verdicts(truth, report(reading(value=0, confidence=0.1)), tmp_path) == {CELL: "invented"}
    assert verdicts(truth, report(reading(value=None)), tmp_path) == {CELL: "blank"}


def test_a_number_of_a_lost_page_of_a_sample_is_invented(tmp_path):
    assert verdicts(OURS, report(reading(), reading("rules.issued", 3)), tmp_path)["rules.issued"] == "invented"


def test_what_a_collected_truth_leaves_out_is_invented_only_in_complete_tables(tmp_path):
    truth = {"complete_tables": ["applications"], "cells": {CELL: 41}}
    made = report(reading(), reading("applications.granted.total", 3), reading("rules.issued", 3))
    assert verdicts(truth, made, tmp_path) == {
        CELL: "exact", "applications.granted.total": "invented", "rules.issued": "unclaimed",
    }  # fmt: skip


def test_nothing_is_claimed_of_an_ambiguous_table_and_of_the_amount_without_unit(tmp_path):
    truth = {"complete_tables": ["proactive", "applications"], "ambiguous": "applications: blanks were dropped", "cells": {}}
    made = report(reading(), reading("procurement.amount", 52), reading("rules.issued", 3))
    assert verdicts(truth, made, tmp_path) == {
        CELL: "unclaimed", "procurement.amount": "unclaimed", "rules.issued": "invented",
    }  # fmt: skip


def test_any_number_from_a_negative_case_is_invented(tmp_path):
    truth = {"complete_tables": [], "expect": "nothing", "cells": {}}
    assert verdicts(truth, report(reading(), reading("procurement.amount", 5)), tmp_path) == {
        CELL: "invented", "procurement.amount": "invented",
    }  # fmt: skip


def test_local_rows_are_compared_as_they_stand(tmp_path):
    truth = {"complete_tables": [], "cells": {"local_docs.made": 186, "local_docs.published": 86}}
    row = LocalRow(table="t2_art20_1", label="其他", values=("186", "86", "255"))
    assert verdicts(truth, report(local_rows=(row,)), tmp_path) == {"local_docs.1": "exact", "local_docs.2": "exact"}
    row = LocalRow(table="t2_art20_1", label="其他", values=("86", "186"))
    assert verdicts(truth, report(local_rows=(row,)), tmp_path) == {"local_docs.1": "missed", "local_docs.2": "missed"}


def test_decimals_are_compared_as_numbers(tmp_path):
    truth = {"cells": {"fees.amount_wan_yuan": 282.1}}
    assert verdicts(truth, report(reading("fees.amount_wan_yuan", Decimal("282.10"))), tmp_path) == {
        "fees.amount_wan_yuan": "exact"
    }


def test_identity_is_right_wrong_or_missed(tmp_path):
    case = case_of(tmp_path / "a.txt", OURS | {"level": "county"})
    made = score_identity(case, report(organ="示例市交通局", year=None))
    assert [(f.field, f.verdict) for f in made] == [
        ("organ", "wrong"), ("report_year", "missed"), ("scope", "right"), ("level", "wrong"),
    ]  # fmt: skip


def test_a_masked_name_is_not_compared(tmp_path):
    truth = {"agency": "广东省某区发展和改革局", "year": 2020, "complete_tables": [], "cells": {}}
    assert [f.field for f in score_identity(case_of(tmp_path / "a.txt", truth), report(year=2020))] == ["report_year"]


@pytest.mark.parametrize(
    ("value", "confidence", "clean"), [(41, 1.0, True), (14, 0.5, True), (14, 1.0, False), (None, 1.0, False)]
)
def test_one_wrong_unmarked_cell_is_enough_to_fail(value, confidence, clean, tmp_path):
    assert is_clean([as_set(OURS, report(reading(value=value, confidence=confidence)), tmp_path)]) is clean


def test_tables_and_list_name_what_is_wrong(tmp_path):
    score = as_set(
        OURS | {"cells": {CELL: 41, "rules.issued": 3}}, report(reading(value=14), reading("rules.issued", 3)), tmp_path
    )
    table = as_markdown([score], date(2025, 3, 1))
    assert "Measured on 2025-03-01" in table
    assert "| made up | text | 1 | 1 of 1 | 0 of 1 | 1 of 2 (50.00 %) | 1 | 0 | 0 | 0 | 0 | 0 |" in table
    assert "made up: a.txt: applications.received.total: wrong_unmarked: 41 printed, 14 read" in as_list([score])
    plain = json.loads(json.dumps(as_json([score], date(2025, 3, 1))))
    assert plain["is_clean"] is False
    assert plain["sets"][0]["formats"]["text"]["s3"]["wrong_unmarked"] == 1
    assert [entry["key"] for entry in plain["sets"][0]["not_right"]] == [CELL]


def test_a_hundred_percent_means_all(tmp_path):
    truth = {"cells": {f"applications.granted.{n}": n for n in range(30_000)}}
    made = report(*(reading(f"applications.granted.{n}", n) for n in range(29_999)))
    assert "29999 of 30000 (99.99 %)" in as_markdown([as_set(truth, made, tmp_path)], date(2025, 3, 1))


def test_the_tables_are_put_between_the_marks():
    text = "a\n<!-- accuracy:begin -->\nold\n<!-- accuracy:end -->\nb\n"
    assert put_into(text, "new \\1") == "a\n<!-- accuracy:begin -->\nnew \\1\n<!-- accuracy:end -->\nb\n"
    with pytest.raises(ValueError, match="must stand"):
        put_into("no marks", "new")


def folder_with(tmp_path, printed, truth_value):
    (tmp_path / "truth").mkdir()
    truth = {"agency": "某局", "complete_tables": [], "cells": {"rules.issued": truth_value}}
    (tmp_path / "truth" / "007.json").write_text(json.dumps(truth), encoding="utf-8")
    rows = [f"{row}|{printed}|0|1" for row in ("规章", "行政规范性文件")]
    lines = ["某局2021年政府信息公开工作年度报告", "二、主动公开政府信息情况", "第二十条第（一）项"]
    lines += ["信息内容|本年制发件数|本年废止件数|现行有效件数", *rows]
    (tmp_path / "007_a.md").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "008_b.md").write_text("another", encoding="utf-8")
    return tmp_path


def test_a_folder_is_read_and_documents_without_truth_are_counted(tmp_path):
    found = load_set(folder_with(tmp_path, 2, 2), "x")
    assert ([case.path.name for case in found.cases], found.without_truth) == (["007_a.md"], ("008_b.md",))
    with pytest.raises(FileNotFoundError):
        load_set(tmp_path / "truth", "y")


@pytest.mark.parametrize(("printed", "status"), [(2, 0), (3, 1)])
def test_the_exit_status_tells(printed, status, tmp_path, capsys):
    folder = folder_with(tmp_path, printed, 2)
    assert main(["--only", "--list", "--json", str(tmp_path / "out.json"), f"mine={folder}"]) == status
    assert str(tmp_path) not in capsys.readouterr().out
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["sets"][0]["name"] == "mine"


def test_all_samples_are_in_the_set_and_pictures_are_told_from_text():
    found = load_set(DOCUMENTS.parent, "samples")
    assert len(found.cases) == len(list(DOCUMENTS.iterdir()))
    assert found.without_truth == ()
    assert format_of(DOCUMENTS / "donghu-liuxi-2019.pdf") == "pdf scan"
    assert format_of(DOCUMENTS / "donghu-hubin-2021.pdf") == "pdf text"
    assert json.loads((TRUTH / "donghu-liuxi-2019.json").read_text(encoding="utf-8"))["readable"] is False
