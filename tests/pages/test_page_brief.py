"""导出简报 as a reader uses it: closed it costs nothing, open it offers the files, and each file is about what is shown."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from docx import Document
from streamlit.testing.v1 import AppTest

from ogi.brief.pdf import missing_part
from ogi.labels import Labels
from ogi.organs import organ_id
from pages.parts import brief_files
from pages.parts.brief_files import made
from pages.parts.stage import Stage

SUQIAN = organ_id("宿迁市人民政府")
Visit = Callable[..., AppTest]


def opened(at: AppTest) -> AppTest:
    at.session_state["brief_files"] = True
    return at.run()


def files(at: AppTest) -> dict[str, bool]:
    """Label → whether it can be pressed."""
    names = [button for button in at.get("download_button") if button.proto.id.split("-")[-1].startswith("brief_")]
    return {button.proto.label: not button.proto.disabled for button in names}


@pytest.mark.parametrize(
    ("page", "query"),
    [("agency", f"collection=published&focus_organ={SUQIAN}"), ("agencies", ""), ("overview", ""), ("years", "")],
)
def test_brief_is_offered_when_opened(visit: Visit, page: str, query: str) -> None:
    at = visit(page, query)
    assert files(at) == {}
    found = files(opened(at))
    assert list(found) == [
        "Word（一页）", "Word（全文）", "PowerPoint（图可编辑）", "Excel（图和官方表格）", "PDF（一页）", "PDF（全文）",
        "图片（一页，PNG）",
    ]  # fmt: skip


def test_missing_part_is_named_and_its_files_cannot_be_pressed(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brief_files, "missing_part", lambda: "chinese_font")
    at = opened(visit("overview"))
    assert [name for name, can in files(at).items() if not can] == ["PDF（一页）", "PDF（全文）", "图片（一页，PNG）"]
    assert any("fonts-noto-cjk" in caption.value.replace("\\", "") for caption in at.caption)


def stage_of(at: AppTest) -> Stage:
    return at.session_state["stage"]


def test_brief_of_an_agency_is_of_this_agency_with_its_tables(visit: Visit) -> None:
    at = stage_of(visit("agency", f"collection=published&focus_organ={SUQIAN}"))
    brief = made(brief_files._told(at, SUQIAN, None, None), SUQIAN)
    assert brief.title == "宿迁市人民政府（本地区汇总）：2024年政府信息公开年报简报"
    assert "本年新收：2024年3,525件，比2023年的3,511件增加14件（+0.4%）。" in [sentence.text for sentence in brief.headline]
    assert brief.tables is not None
    assert tuple(brief.tables.years) == (2023, 2024)
    assert brief.tables.cells["applications.granted.total"].change.amount == 240


def test_brief_goes_up_to_the_year_told_against_the_year_asked_for(visit: Visit) -> None:
    office = organ_id("示例市人民政府办公室")
    at = stage_of(visit("years", f"focus_organ={office}"))
    brief = made(brief_files._told(at, office, 2021, 2023), office)
    assert brief.year == 2023
    assert "比2021年的" in brief.headline[0].text
    assert brief.tables is not None
    assert tuple(brief.tables.years) == (2021, 2023)


def test_brief_of_all_is_a_sum_that_says_what_it_covers(visit: Visit) -> None:
    at = stage_of(visit("overview"))
    brief = made(brief_files._told(at, "", None, None), "")
    assert brief.who == "所选机关合计（15个）"
    assert "（15/15个机关有数）" in brief.headline[0].text
    text = "\n".join(p.text for p in Document(BytesIO(brief_files.write_one_page(brief, Labels("zh")))).paragraphs)
    assert "合计只含机关本级口径" in text


@pytest.mark.skipif(missing_part() is not None, reason="this machine cannot make PDF")
def test_picture_is_the_single_page(visit: Visit) -> None:
    at = stage_of(visit("agency", f"collection=published&focus_organ={SUQIAN}"))
    picture = brief_files._picture(made(brief_files._told(at, SUQIAN, None, None), SUQIAN), Labels("zh"))
    assert picture.startswith(b"\x89PNG")
    width, height = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
    # A4 at 160 pixels per inch: 8.27 × 11.69 inches
    assert (abs(width - 1323) <= 2, abs(height - 1871) <= 2) == (True, True)
