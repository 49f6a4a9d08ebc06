"""Old workbooks through LibreOffice: what is shown in them is read, whether official tables or values."""

from __future__ import annotations

import subprocess
from pathlib import Path

import openpyxl
import pytest

from loaders.libreoffice import find_libreoffice
from loaders.read import read_report
from ogi.report import Source

pytestmark = pytest.mark.skipif(find_libreoffice() is None, reason="LibreOffice is not installed")


def test_old_workbook_is_read_as_it_is_shown(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    rows = (
        ("示例市教育局2024年政府信息公开工作年度报告",),
        ("第二十条第（五）项",),
        ("信息内容", "本年处理决定数量"),
        ("行政许可", "=1000+234"),
    )
    for row in rows:
        sheet.append(row)
    sheet["B4"].number_format = "#,##0"
    book.save(tmp_path / "a.xlsx")
    command = [str(find_libreoffice()), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "xls:MS Excel 97", "--outdir", str(tmp_path), str(tmp_path / "a.xlsx")]
    while subprocess.run(command, capture_output=True, check=False).returncode == 81:  # it wants to be started once more
        pass
    report = read_report((tmp_path / "a.xls").read_bytes(), "a.et")
    cell = report.cells["licensing.decisions"]
    assert (cell.raw, cell.value, cell.source) == ("1,234", 1234, Source(table=1, row=4, cell=2))
    assert report.document.media_type == "application/vnd.ms-excel"
    assert "converted" in [notice.code for notice in report.notices]


def test_workbook_of_2003_in_xml_may_hold_values() -> None:
    def row(*texts: str) -> str:
        cells = "".join(
            f'<Cell><Data ss:Type="{"Number" if text.isdigit() else "String"}">{text}</Data></Cell>' for text in texts
        )
        return f"<Row>{cells}</Row>"

    rows = row("机关", "年度", "行政许可·本年处理决定数量") + row("示例市教育局", "2024", "7")
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    sheet = f'<Worksheet ss:Name="表"><Table>{rows}</Table></Worksheet>'
    head = '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    text = f'{head}<Workbook xmlns="{space}" xmlns:ss="{space}">{sheet}</Workbook>'
    report = read_report(text.encode(), "a.xls")
    assert (report.organ.name, report.report_year, report.value("licensing.decisions")) == ("示例市教育局", 2024, 7)
    assert report.document.media_type == "application/vnd.ms-excel.2003+xml"
    assert {"imported", "converted"} <= {notice.code for notice in report.notices}
