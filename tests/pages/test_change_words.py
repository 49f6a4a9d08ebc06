"""Lines of the audit in words, as they stand in the history of a report and on the page of the audit."""

from __future__ import annotations

import pytest

from ogi.labels import Labels
from pages.parts.change_words import detail_words, subject_words

ZH = Labels("zh")


@pytest.mark.parametrize(
    ("action", "detail", "said"),
    [
        ("corrected", {"kind": "misread", "printed": "464", "before": None, "value": "465"}, "识读有误 464 → 465"),
        ("corrected", {"kind": "amended", "printed": "464", "before": "465", "value": "466"}, "原文有误 465 → 466"),
        ("corrected", {"kind": "keyed", "printed": "", "before": None, "value": None, "state": "blank"}, "补录 — → 空白"),
        ("correction_undone", {"kind": "misread", "value": "465", "state": "reported"}, "识读有误 465 → —"),
        ("correction_kept", {"before": "5", "after": "18"}, "5 → 18"),
        ("version_added", {"version": 2, "origin": "reread", "sha256": "ab"}, "第2版 · 重新读取"),
        ("decided", {"decision": "dismissed", "before": None}, "不是问题"),
        (
            "identity_set",
            {"before": "oaaaaaaaaaa.2023.own", "after": "obbbbbbbbbb.2024.own", "names": ["甲局", "乙局"]},
            "甲局 · 2023年度 · 机关本级口径 → 乙局 · 2024年度 · 机关本级口径",
        ),
        ("identity_set", {"before": "oaaaaaaaaaa.2023.own", "after": "o.2024.own"}, "oaaaaaaaaaa.2023.own → o.2024.own"),
        ("correction_confirmed", {}, ""),
    ],
)
def test_what_was_before_and_after_is_said(action: str, detail: dict[str, object], said: str) -> None:
    assert detail_words(detail, ZH, action) == said


def test_figures_and_checks_are_named() -> None:
    assert subject_words("applications.received.total", ZH) == "本年新收政府信息公开申请数量 · 总计"
    assert subject_words("R01_row_sum granted", ZH) == "申请表：各类申请人之和（R01）"
    assert subject_words("名单甲", ZH) == "名单甲"
    assert subject_words("", ZH) == ""
