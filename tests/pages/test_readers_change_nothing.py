"""On a shared server who only reads is shown what stands, and no button that would refuse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from loaders.read import read_report
from ogi.access.roles import LOCAL_PERSON, PUBLIC_READER, Visitor
from ogi.store.accepting import accept
from ogi.store.act import Act
from ogi.store.prepared import prepare
from pages.parts import visitor as of_visitor

OFFICE = Path(__file__).resolve().parents[2] / "sample_reports" / "documents" / "shili-office-2023.pdf"
CHANGING = ("delete_now", "correct_save", "correct_value")


@pytest.mark.parametrize(("who", "is_offered"), [(LOCAL_PERSON, True), (PUBLIC_READER, False)])
def test_buttons_that_change_a_report_are_for_editors(
    visit: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch, who: Visitor, is_offered: bool
) -> None:
    from pages.parts.store import change

    data = OFFICE.read_bytes()
    made = change(lambda c: accept(c, prepare(read_report(data, OFFICE.name), data), Act(by="test")))
    monkeypatch.setattr(of_visitor, "_found", lambda records: who)
    at = visit("report", f"report={made.key}&cell=applications.received.total")
    assert "320" in "".join(element.value for element in (*at.markdown, *at.caption))
    offered = {name for name in CHANGING for element in (*at.button, *at.text_input) if (element.key or "").startswith(name)}
    offered |= {name for name in CHANGING if any(name in str(form.proto) for form in at.get("form"))}
    assert bool(offered) is is_offered
