"""Files bulk reading could read but not place: named on the upload page, placed by a person, and then in the library.

Made of shili-health-2024.html, whose organ is called 鼓楼区财政局 here: there are several districts of that name.
"""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ogi.organs import organ_id
from ogi.store.act import Act
from ogi.store.reports import find, stored

Visit = Callable[..., AppTest]
DOCUMENT = Path(__file__).resolve().parents[2] / "sample_reports" / "documents" / "shili-health-2024.html"
NANJING = "江苏省南京市鼓楼区财政局"


@pytest.fixture
def ingest_id(fresh_store: Path) -> int:
    """An archive with one report of an ambiguous organ and one broken file was taken in."""
    from loaders.ingest.job import jobs, start_job
    from pages.parts.store import store

    text = DOCUMENT.read_text(encoding="utf-8").replace("示例市卫生健康委员会", "鼓楼区财政局").replace("示例市", "")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("鼓楼.html", text)
        package.writestr("坏.docx", b"PK\x03\x04broken")
    number = start_job(store(), buffer.getvalue(), "材料.zip", Act(by="test"))
    deadline = time.monotonic() + 60
    while any(job.is_running for job in jobs(store())) and time.monotonic() < deadline:
        time.sleep(0.1)
    return number


def said(at: AppTest) -> str:
    texts = (*at.markdown, *at.caption, *at.success, *at.error, *at.warning)
    return "\n".join(element.value for element in texts).replace("\\", "")


def test_file_that_was_read_but_not_placed_is_placed_by_a_person(visit: Visit, ingest_id: int) -> None:
    from pages.parts.store import look

    at = visit("upload")
    titles = [box.label for box in at.expander]
    assert "机关或年度不明的文件（1）" in titles
    assert "没有读出的文件（1）" in titles
    assert at.dataframe[0].value["文件"].tolist() == ["材料.zip/坏.docx"]
    assert at.dataframe[0].value["原因"].tolist()[0]
    chosen = at.selectbox(key=f"unplaced_{ingest_id}")
    assert chosen.options == ["材料.zip/鼓楼.html"]
    chosen.select_index(0).run()
    assert not at.exception
    assert "读到：6张表" in said(at)
    organ = next(box for box in at.selectbox if (box.key or "").startswith("place_organ_"))
    assert NANJING in organ.options
    next(button for button in at.button if button.label == "收入库").click().run()
    assert "认不出是哪个机关，请填写后再加入。" in said(at)  # nothing is guessed: without an organ it stays where it is
    assert look(lambda c: find(c, organ_id(NANJING), 2024, "own")) is None
    next(box for box in at.selectbox if (box.key or "").startswith("place_organ_")).set_value(NANJING)
    next(button for button in at.button if button.label == "收入库").click().run()
    assert not at.exception
    assert f"“材料.zip/鼓楼.html”已收入库：{NANJING}" in said(at)
    report_id = look(lambda c: find(c, organ_id(NANJING), 2024, "own"))
    assert report_id is not None
    assert look(lambda c: stored(c, report_id)).version.document_name == "材料.zip/鼓楼.html"
    assert "新入库 1 份，失败 1 份" in said(at)
    assert "机关或年度不明的文件（1）" not in [box.label for box in at.expander]
