"""Adding a row, a column or a spelling to the form touches data only: a changed copy of the dictionary is read at once."""

from __future__ import annotations

import shutil

import pytest

from ogi.form import DATA, load_form


@pytest.fixture
def data_copy(tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    return folder


def change(folder, name, old, new):
    path = folder / "form" / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_new_row_of_a_small_table_is_read(data_copy, laid_out, grid_of):
    licence = "rows: [{key: licensing, zh: 行政许可, variants: [行政许可], en: Administrative licences"
    change(
        data_copy, "gf2021.yaml", licence, licence.replace("[{", "[{key: filing, zh: 行政备案, en: Administrative filings}, {", 1)
    )
    laid = laid_out(grid_of("信息内容|本年处理决定数量\n行政备案|7\n行政许可|9"), form=load_form(data_copy))
    assert {key: reading.value for key, reading in laid.cells.items()} == {"filing.decisions": 7, "licensing.decisions": 9}


def test_a_new_row_of_the_request_table_is_read(data_copy, laid_out, grid_of, request_lines):
    misc = "      - {key: other_misc, ordinal: 三（六）3, group: other, zh: 其他,"
    new = "      - {key: other_withdrawn, group: other, zh: 申请人撤回, en: Withdrawn, unit: jian, kind: count}\n"
    change(data_copy, "gf2021.yaml", misc, new + misc)
    lines = [*request_lines[:25], "^|^|3.申请人撤回|1|2|3|4|5|6|7", *request_lines[25:]]
    laid = laid_out(grid_of("\n".join(lines)), form=load_form(data_copy))
    assert laid.cells["applications.other_withdrawn.total"].value == 7
    assert laid.cells["applications.other_misc.natural_person"].value == 2301


def test_a_new_spelling_is_understood(data_copy, laid_out, grid_of):
    text = "信息内容|本年处理决定数量\n行政审批|9"
    assert laid_out(grid_of(text)).cells["licensing.decisions"].state == "missing_page"
    change(data_copy, "gf2021.yaml", "variants: [行政许可]", "variants: [行政许可, 行政审批]")
    assert laid_out(grid_of(text), form=load_form(data_copy)).cells["licensing.decisions"].value == 9


def test_a_new_column_is_read(data_copy, laid_out, grid_of):
    first = "- {key: issued, zh: 本年制发件数,"
    change(
        data_copy, "gf2021.yaml", first, "- {key: revised, zh: 本年修订件数, en: Revised this year, kind: count}\n      " + first
    )
    text = "信息内容|本年修订件数|本年制发件数|本年废止件数|现行有效件数\n规章|8|1|2|3\n行政规范性文件|9|4|5|6"
    laid = laid_out(grid_of(text), form=load_form(data_copy))
    assert (laid.cells["rules.revised"].value, laid.cells["rules.issued"].value) == (8, 1)


def test_no_key_of_a_row_or_column_stands_in_the_code():
    keys = {line.key for edition in load_form().editions.values() for table in edition for line in (*table.rows, *table.columns)}
    words = keys - {"total", "value", "received", "issued", "rules", "closed", "coercion", "penalty", "corrected", "amount"}
    folder = DATA.parent.parent / "loaders" / "layout"
    found = [(path.name, key) for path in folder.glob("*.py") for key in words if f'"{key}"' in path.read_text(encoding="utf-8")]
    assert len(words) > 50
    assert found == []
