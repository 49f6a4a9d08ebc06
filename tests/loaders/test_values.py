"""Tables of values: our own CSV and workbook come back cell by cell; tables kept by hand are understood by their heads."""

from __future__ import annotations

from decimal import Decimal

import pytest

from loaders.errors import CannotReadError
from loaders.intake import read_all
from loaders.read import read_report, read_reports
from ogi.export import to_csv, to_xlsx
from ogi.labels import Labels
from ogi.report import Document, OrganName, Reading, Report, Source, TableReading


def reading(key: str, raw: str, value: int | Decimal | None, state: str, **more: object) -> Reading:
    return Reading(key=key, raw=raw, value=value, state=state, **more)  # type: ignore[arg-type]


CELLS = (
    reading(
        "rules.issued",
        "7",
        7,
        "reported",
        source=Source(page=2, bbox=(1.5, 2.0, 30.25, 40.0)),
        confidence=0.8125,
        doubts=("a", "b"),
    ),
    reading("rules.repealed", "", None, "blank", source=Source(table=1, row=3, cell=2)),
    reading("rules.in_force", "'=1+1", None, "text", source=Source(line=12)),
    reading("normative_documents.issued", "=1+1", None, "text"),
    reading("normative_documents.repealed", "22（其中修订\n16件）", 22, "reported", remark="其中修订16件", rule="label"),
    reading("normative_documents.in_force", "/", None, "dash"),
    reading("licensing.decisions", "1,234,567", 1234567, "reported", unit="件"),
    reading("fees.amount_wan_yuan", "59237.2440元", Decimal("59237.2440"), "reported", unit="元"),
    reading("penalty.decisions", "7", None, "unreadable", doubts=("digits", "sum")),
    reading("coercion.decisions", "", 5, "keyed"),
)
ONE = Report(
    document=Document(name="=甲局.pdf", sha256="ab" * 32, media_type="application/pdf", pages=6),
    organ=OrganName(name="示例市甲局", level="city", kind="department", region="示例市"),
    report_year=2024,
    scope="own",
    tables={f"t2_art20_{item}": TableReading(edition="gf2021", status="complete") for item in (1, 5, 6, 8)},
    cells={cell.key: cell for cell in CELLS},
)
OTHER = Report(
    document=Document(name="乙局.html", sha256="cd" * 32, media_type="text/html"),
    organ=OrganName(name="示例市乙局", region="示例市"),
    report_year=2019,
    scope="region_total",
    tables={"t2_art20_5": TableReading(edition="gf2019", status="partial")},
    cells={"licensing.items_delta": reading("licensing.items_delta", "-2", -2, "reported")},
)


def reports(data: bytes) -> list[Report]:
    found = read_reports(data, "值.csv")
    assert not [item for item in found if isinstance(item, CannotReadError)]
    for item in found:
        assert isinstance(item, Report)
        for notice in item.notices:
            assert Labels("en").notice(notice)
    return [item for item in found if isinstance(item, Report)]


def codes(report: Report) -> list[str]:
    return [notice.code for notice in report.notices]


@pytest.mark.parametrize("export", [to_csv, to_xlsx])
def test_own_export_comes_back_cell_by_cell_with_organ_year_and_document(export) -> None:
    found = reports(export([ONE, OTHER]))
    for back, sent in zip(found, (ONE, OTHER), strict=True):
        assert back.cells == sent.cells
        assert [type(cell.value) for cell in back.cells.values()] == [type(cell.value) for cell in sent.cells.values()]
        assert (back.document, back.report_year, back.scope) == (sent.document, sent.report_year, sent.scope)
        assert (back.organ.name, back.organ.level, back.organ.kind) == (sent.organ.name, sent.organ.level, sent.organ.kind)
        assert {table: found for table, found in back.tables.items() if found.status != "missing"} == sent.tables
        assert codes(back)[0] == "imported"
    assert str(found[0].cells["fees.amount_wan_yuan"].value) == "59237.2440"


def test_exports_of_both_kinds_are_stable() -> None:
    assert to_csv(reports(to_csv([ONE, OTHER]))) == to_csv([ONE, OTHER])


def test_workbook_says_that_its_sheet_of_values_was_left_aside() -> None:
    assert "sheets_not_read" in codes(reports(to_xlsx([ONE]))[0])


HEADS = "机关,报告年度,统计口径,规章 · 本年制发件数,行政许可·本年处理决定数量,fees.amount_wan_yuan,予以公开-自然人"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_table_kept_by_hand_is_a_report_for_each_row(encoding: str, mark: str) -> None:
    rows = [HEADS, "示例市甲局,2024,本机关,0,12,3.50万元,-", "示例市乙局,2023年,全地区汇总,,无,约5,7"]
    text = "年度数据\n" + "\n".join(row.replace(",", mark) for row in rows) + "\n"
    first, second = reports(text.encode(encoding))
    assert (first.organ.name, first.report_year, first.scope) == ("示例市甲局", 2024, "own")
    assert (second.organ.name, second.report_year, second.scope) == ("示例市乙局", 2023, "region_total")
    assert [(cell.raw, cell.value, cell.state, cell.unit) for cell in first.cells.values()] == [
        ("0", 0, "reported", None),
        ("12", 12, "reported", None),
        ("3.50万元", Decimal("3.50"), "reported", "万元"),
        ("-", None, "dash", None),
    ]
    assert [(cell.value, cell.state) for cell in second.cells.values()] == [
        (None, "blank"),
        (None, "not_applicable"),
        (None, "text"),
        (7, "reported"),
    ]
    assert first.cells["licensing.decisions"].source == Source(table=1, row=3, cell=5)
    assert {table: found.edition for table, found in first.tables.items() if found.status != "missing"} == {
        "t2_art20_1": "gf2021", "t2_art20_5": "gf2021", "t2_art20_8": "gf2021", "t3_requests": "gf2021",
    }  # fmt: skip
    assert (first.tables["t2_art20_5"].status, first.tables["t2_art20_1"].status) == ("complete", "partial")
    assert first.tables["t4_disputes"].status == "missing"
    assert first.document.media_type == "text/csv"
    assert first.document.sha256 != second.document.sha256


def test_edition_is_that_which_has_most_of_the_columns() -> None:
    heads = "organ,report_year,licensing.items_prev,licensing.items_delta,licensing.decisions\n"
    (report,) = reports(f"{heads}示例市甲局,2022,3,-1,5\n".encode())
    assert report.tables["t2_art20_5"].edition == "gf2019"
    assert report.cells["licensing.items_delta"].value == -1


def test_columns_that_are_not_understood_are_named() -> None:
    heads = "机关,年度,规章·本年制发件数,满意度,备注,规章 本年制发件数,行政许可 · 本年处理决定数量\n"
    (report,) = reports(f"{heads}示例市甲局,2024,1,95,好,2,3\n".encode())
    assert list(report.cells) == ["licensing.decisions"]
    (notice,) = (notice for notice in report.notices if notice.code == "columns_not_read")
    assert notice.params["count"] == 4  # a figure given in two columns is neither
    for head in ("满意度", "备注", "规章·本年制发件数", "规章 本年制发件数"):
        assert head in str(notice.params["names"])


def test_rows_of_totals_and_rows_without_an_organ_are_no_reports() -> None:
    text = "机关,年度,行政许可·本年处理决定数量\n甲局,2024,1\n合计,2024,1\n,2024,5\n"
    found = [(item.number, item.error.code if item.error else "read") for item in read_all(text.encode(), "a.csv")]
    assert found == [(1, "read"), (2, "total_row"), (3, "row_without_organ")]


def test_heads_repeated_further_down_are_no_report() -> None:
    heads = "机关,年度,行政许可·本年处理决定数量\n"
    assert len(reports(f"{heads}甲局,2024,1\n{heads}乙局,2024,2\n".encode())) == 2


def figures(*rows: str) -> dict[str, Reading]:
    (report,) = reports(("organ,report_year,key,value,raw,state\n" + "".join(f"甲局,2024,{row}\n" for row in rows)).encode())
    return report.cells


def test_state_of_a_figure_wins_over_its_number() -> None:
    found = figures(
        "rules.issued,7,7,blank", "rules.repealed,,7,reported", "rules.in_force,7,7,printed", "licensing.decisions,x,7,reported"
    )
    assert [(cell.state, cell.value) for cell in found.values()] == [("blank", None)] + [("unreadable", None)] * 3


def test_figures_without_a_state_are_read_like_printed_ones() -> None:
    assert [(cell.state, cell.value) for cell in figures("rules.issued,,8,", "rules.repealed,,／,").values()] == [
        ("reported", 8),
        ("dash", None),
    ]


def test_figure_given_twice_is_unreadable_unless_both_agree() -> None:
    found = figures(
        "rules.issued,7,7,reported", "rules.issued,8,8,reported", "rules.repealed,1,1,reported", "rules.repealed,1,1,reported"
    )
    assert [(cell.raw, cell.state, cell.value) for cell in found.values()] == [
        ("7 | 8", "unreadable", None),
        ("1", "reported", 1),
    ]


def test_keys_that_are_not_known_are_named() -> None:
    (report,) = reports(
        "organ,report_year,key,value,raw,state\n甲局,2024,rules.issued,7,7,reported\n甲局,2024,other.key,1,1,reported\n".encode()
    )
    (notice,) = (notice for notice in report.notices if notice.code == "keys_not_read")
    assert notice.params == {"count": 1, "names": "other.key"}


def test_organ_and_year_that_are_missing_are_said() -> None:
    (report,) = reports("文件,年度,行政许可·本年处理决定数量\n甲.pdf,待定,1\n".encode())
    assert (report.organ.name, report.report_year, report.document.name) == (None, None, "甲.pdf")
    assert {"organ_unknown", "year_unknown"} <= set(codes(report))


def test_several_reports_cannot_be_asked_for_as_one() -> None:
    with pytest.raises(CannotReadError) as caught:
        read_report("机关,年度,行政许可·本年处理决定数量\n甲局,2024,1\n乙局,2024,2\n".encode(), "a.csv")
    assert (caught.value.code, caught.value.params) == ("several_reports", {"count": 2})


def test_official_tables_saved_with_commas_are_read_like_a_document() -> None:
    text = (
        "示例市甲局2024年政府信息公开工作年度报告,,,\n第二十条第（一）项,,,\n信息内容,本年制发件数,本年废止件数,现行有效件数\n"
        '规章,0,0,0\n行政规范性文件,2,,11\n,,,\n第二十条第（五）项,,,\n信息内容,本年处理决定数量,,\n行政许可,"1,234",,\n'
    )
    report = read_report(text.encode("gbk"), "a.csv")
    assert (report.organ.name, report.report_year, report.document.media_type) == ("示例市甲局", 2024, "text/csv")
    found = {key: (cell.raw, cell.state) for key, cell in report.cells.items()}
    assert found["normative_documents.in_force"] == ("11", "reported")
    assert found["normative_documents.repealed"] == ("", "blank")
    assert found["licensing.decisions"] == ("1,234", "reported")
    assert report.cells["licensing.decisions"].source == Source(table=1, row=9, cell=2)
