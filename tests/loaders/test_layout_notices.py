"""Whatever the layout has to say exists as a sentence in both languages."""

from __future__ import annotations

from pathlib import Path
from re import findall

import pytest

import loaders.layout
from loaders.kind import read_pages
from loaders.layout import lay_out
from ogi.form import load_form
from ogi.labels import LANGS, Labels

HEADS = "信息内容|本年制发件数|本年废止件数|现行有效件数\n"
SECTION = "三、收到和处理政府信息公开申请情况"
CASES = {
    "table_missing": [HEADS + "规章|1|2|3"],
    "table_incomplete": [HEADS + "规章|1|2|3"],
    "row_unclear": [HEADS + "规章|1|2"],
    "header_lost": ["第二十条第（五）项\n行政许可|1|2|3"],
    "row_twice": [HEADS + "规章|1|2|3\n规章|1|2|4"],
    "copies_differ": [HEADS + "规章|1|2|3\n行政规范性文件|1|2|3", HEADS + "规章|1|2|3\n行政规范性文件|1|2|4"],
    "row_not_in_form": [HEADS + "规章|1|2|3\n行政规范性文件|1|2|3\n街道通告|7|8|9"],
    "column_not_in_form": ["信息内容|本年制发件数|备注|本年废止件数|现行有效件数\n规章|1|77|2|3"],
    "values_without_label": [f"{SECTION}\n（一）予以公开|1|2|3|4|5|6|7\n（三）不予公开||1|2|3|4|5|6|7\n（七）总计|1|2|3|4|5|6|7"],
    "not_a_count": [HEADS + "规章|-1|2|3"],
    "not_a_number": [HEADS + "规章|约1|2|3"],
    "unit_differs": ["信息内容|本年收费金额（单位：万元）\n行政事业性收费|80000元"],
    "digits_unclear": [HEADS + "规章|1 1|2|3"],
}
ELSEWHERE = {"placed_by_order", "no_official_form"}
"""Problems of plain texts and of earlier years, told in ``test_quirks_labels_apart`` and ``test_free_table``."""


@pytest.mark.parametrize("code", CASES)
@pytest.mark.parametrize("lang", LANGS)
def test_each_kind_of_problem_is_told_in_both_languages(laid_out, grid_of, code, lang):
    notices = laid_out(*[grid_of(text) for text in CASES[code]]).notices
    told = [Labels(lang).notice(notice) for notice in notices if notice.code == code]
    assert told
    assert all(sentence and "{" not in sentence for sentence in told)


def test_no_problem_is_left_without_a_sentence():
    folder = Path(loaders.layout.__file__).parent
    text = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    codes = set(findall(r'code="(\w+)"', text)) | set(findall(r'_problem\("(\w+)"', text))
    assert codes <= set(CASES) | ELSEWHERE
    assert len(codes) > 6


@pytest.mark.corpus
def test_table_of_which_only_labels_are_left_is_not_called_complete(corpus: Path) -> None:
    # 022: a crawler removed repeated lines, so labels and a single 0 survive.
    name = "022_xiongxian-township-2019.deduplicated-lines.excerpt.txt"
    found = lay_out(read_pages((corpus / name).read_bytes(), name), load_form())
    assert {table.status for table in found.tables.values()} == {"partial", "missing"}
    told = {key for notice in found.notices if notice.code == "values_lost" for key in notice.keys}
    assert "applications.received.total" in told
