"""年度对比 of reports kept in the library, which stand in its records and not in the session.

示例市市场监督管理局 prints 0 as the total of 10 reconsiderations in 2024.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import ogi
from loaders.read import read_report
from ogi.organs import organ_id
from ogi.store.accepting import accept
from ogi.store.act import Act
from ogi.store.prepared import Prepared, prepare
from pages.parts import years_files
from pages.parts.compared import compare

Visit = Callable[..., AppTest]
DOCUMENTS = Path(__file__).resolve().parents[2] / "sample_reports" / "documents"
MARKET = organ_id("示例市市场监督管理局")
YEARS = f"collection=library&focus_organ={MARKET}"


@pytest.fixture(scope="module")
def two_years() -> list[Prepared]:
    """The reports of 2023 and 2024, read."""
    files = [next(DOCUMENTS.glob(f"shili-market-{year}.*")) for year in (2023, 2024)]
    read = [(read_report(file.read_bytes(), file.name), file.read_bytes()) for file in files]
    return [prepare(report, data, reader=ogi.__version__) for report, data in read]


@pytest.fixture
def kept(fresh_store: Path, two_years: list[Prepared]) -> None:
    """Both reports are in the library."""
    from pages.parts.store import change

    for prepared in two_years:
        change(lambda c, prepared=prepared: accept(c, prepared, Act(by="test")))


def said(at: AppTest) -> str:
    return "\n".join(element.value for element in (*at.markdown, *at.caption)).replace("\\", "")


def html(at: AppTest) -> str:
    return "\n".join(element.proto.body for element in at.get("html"))


def test_prose_and_findings_of_stored_reports_are_shown(visit: Visit, kept: None) -> None:
    at = visit("years", YEARS)
    assert "<ins>" in html(at)
    assert "<del>" in html(at)
    assert "无法对比文字" not in said(at)
    assert "**2023年**：" in said(at)
    assert "总计写的是0" in said(at)


def test_document_of_stored_reports_has_prose_findings_and_sources(visit: Visit, kept: None) -> None:
    at = visit("years", YEARS).session_state["stage"]
    found = years_files.content_of(at, compare(at, MARKET, "own", (2023, 2024), (2023, 2024)))
    assert found.prose
    assert any("总计写的是0" in text for text in found.findings)
    assert [text[:5] for text in found.sources] == ["2023年", "2024年"]
