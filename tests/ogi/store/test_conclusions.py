"""Findings come back from the records as they were found."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from ogi.checks import Finding, check_report
from ogi.checks.evidence import others_mark
from ogi.checks.finding import OtherFigure
from ogi.form import load_form
from ogi.report import StatedFact
from ogi.store import conclusions
from ogi.store.conclusions import judged, packed, place_name, unpacked


def test_every_finding_of_a_report_comes_back_the_same(suqian) -> None:
    report = suqian(2024, {"applications.received.total": "3526", "fees.amount_wan_yuan": "12.5元", "rules.issued": "/"})
    findings = check_report(report, load_form())
    assert {"pass", "fail"} <= {finding.status for finding in findings}
    assert [unpacked(packed(finding)) for finding in findings] == list(findings)


def test_numbers_and_words_of_a_finding_keep_their_kind() -> None:
    params = {"whole": 0, "money": Decimal("0.10"), "word": "12", "list": ("a", "1"), "item": "x"}
    finding = Finding(check="C", severity="hint", status="fail", left=0, right=Decimal("1.50"), difference=0, params=params)
    again = unpacked(packed(finding))
    assert again == finding
    assert [type(value) for value in again.params.values()] == [int, Decimal, str, tuple, str]
    assert (again.left, type(again.right)) == (0, Decimal)


def test_long_sentence_still_names_one_finding() -> None:
    def named(words: str) -> str:
        stated = StatedFact(key="text.received", value=1, sentence=words, words=words)
        return place_name(Finding(check="C", severity="hint", status="fail", stated=stated))

    long, other = "收到" * 300, "收到" * 300 + "申请"
    assert named(long) == named(long) != named(other)
    assert len(named(long)) <= 255


def test_what_is_empty_takes_no_room() -> None:
    finding = Finding(check="C", severity="hint", status="fail")
    assert len(packed(finding)) < len(msgspec.json.encode(msgspec.to_builtins(finding)))


def test_dismissal_of_a_finding_between_reports_holds_while_the_other_figure_is_the_same(suqian, monkeypatch) -> None:
    """The check between years is made here of a finding that rests on last year's 13."""
    other = OtherFigure(relation="previous", key="applications.carried_over.total", value=13, sha256="0" * 64)
    finding = Finding(check="Y01_carry_matches", severity="error", status="fail", others=(other,))
    monkeypatch.setattr(conclusions, "check_report", lambda *_, **__: (finding,))
    changed = msgspec.structs.replace(finding, others=(msgspec.structs.replace(other, value=14),))
    for mark, status in ((others_mark(finding), "dismissed"), (others_mark(changed), "fail"), ("", "dismissed")):
        assert [one.status for one in judged(suqian(2024), {"Y01_carry_matches": mark})] == [status]
