"""What a transaction has changed is told to the journal once it is kept: what was done how often, by whom, to which reports."""

from __future__ import annotations

import json

import pytest

from ogi.journal import start_journal
from ogi.store import corrections
from ogi.store.accepting import accept
from ogi.store.act import Act
from ogi.store.prepared import Prepared
from ogi.store.records import Records


def given_up(records: Records, report: Prepared, act: Act) -> None:
    """A transaction that breaks off after it has written."""
    with records.writing() as c:
        accept(c, report, act)
        raise ZeroDivisionError


def test_change_is_told_when_it_is_kept_and_only_then(
    records: Records, paper, suqian, act: Act, loggers_as_before: None, capsys: pytest.CaptureFixture[str]
) -> None:
    start_journal({})
    with records.writing() as c:
        number = accept(c, paper(suqian(2024)), act).report_id
        corrections.correct(c, number, "rules.issued", kind="misread", value=9, act=act, changes=None)
    with pytest.raises(ZeroDivisionError):
        given_up(records, paper(suqian(2023)), act)
    text = capsys.readouterr().err
    line = json.loads(text)
    assert (line["event"], line["by"], line["reports"]) == ("change", act.by, [number])
    assert line["done"] == {"accepted": 1, "corrected": 1}
    assert act.why not in text
