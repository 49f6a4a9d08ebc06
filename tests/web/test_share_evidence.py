"""Pictures of documents through a link: of the findings on its page, and of nothing else.

True about shili-natural-resources-2023.html: in the column of natural persons new plus carried in is 516, results plus carried
over 519. The other report is shili-housing-2022.html, where the row “granted” adds up to 84 and says 75.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from loaders.read import read_report
from ogi.library import Library
from ogi.report import NarrativeSection
from ogi.shares.grant import Grant, shared_view
from ogi.shares.share import Draft
from ogi.store.accepting import accept
from ogi.store.act import Act
from ogi.store.deleting import delete
from ogi.store.prepared import prepare
from ogi.store.reports import find
from ogi.store.shares import make_share, revoke_share
from ogi.view import View
from tests.web.conftest import NOW, Place

TOTAL = "applications.received.total"
ACT = Act(by="李四", at=NOW)
DOCUMENTS = Path(__file__).resolve().parents[2] / "sample_reports" / "documents"


@pytest.fixture
def kept(place: Place) -> dict[str, str]:
    """Two reports in the library, by their organ's id."""
    found = {}
    with place.store.records.writing() as connection:
        for name in ("shili-natural-resources-2023.html", "shili-housing-2022.html"):
            data = (DOCUMENTS / name).read_bytes()
            accepted = accept(connection, prepare(read_report(data, name), data), ACT)
            found[name.split("-")[1]] = accepted.key
    place.store.publish()
    place.library = Library(kept=place.store.snapshot())
    return found


def make(place: Place, view: View, *, hides: bool = False, **more) -> str:
    grant = Grant.of(shared_view(replace(view, collection="library"), place.library), hides_personal=hides)
    with place.store.records.writing() as connection:
        token, _ = make_share(connection, Draft(query=grant.written(), **more), ACT)
    return token


def test_finding_leads_to_its_place_in_the_document_and_numbers_beyond_lead_nowhere(place: Place, kept: dict[str, str]) -> None:
    organ = kept["natural"].split(".")[0]
    token = make(place, View(organs=(organ,)))
    page = place.ask(f"/s/{token}").text
    assert "自然资源和规划局" in page
    assert "住房和城乡建设局" not in page
    listed = page.count("/evidence/")
    assert listed >= 2
    picture = place.ask(f"/s/{token}/evidence/0")
    assert picture.status == 200
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert "sandbox" in picture.headers["content-security-policy"]
    for number in (listed, listed + 1, 10_000):
        assert place.ask(f"/s/{token}/evidence/{number}").status == 404
    for guess in ("-1", "x", kept["housing"], f"{kept['housing']}/applications.granted.total"):
        assert place.ask(f"/s/{token}/evidence/{guess}").status == 404


def test_pictures_end_with_the_link_and_with_the_report(place: Place, kept: dict[str, str]) -> None:
    organ, year, scope = kept["natural"].split(".")
    token = make(place, View(organs=(organ,)))
    assert place.ask(f"/s/{token}/evidence/0").status == 200
    with place.store.records.writing() as connection:
        report_id = find(connection, organ, int(year), scope)  # type: ignore[arg-type]
        assert report_id is not None
        delete(connection, report_id, ACT, changes=0)
    place.store.publish()
    place.library = Library(kept=place.store.snapshot())
    assert place.ask(f"/s/{token}/evidence/0").status == 404
    with place.store.records.writing() as connection:
        revoke_share(connection, 1, ACT)
    assert "链接不存在或已撤销" in place.ask(f"/s/{token}/evidence/0").text


def test_pictures_want_the_passcode_too(place: Place, kept: dict[str, str]) -> None:
    token = make(place, View(), passcode_hash="$argon2id$any")
    answer = place.ask(f"/s/{token}/evidence/0")
    assert (answer.status, answer.headers["location"]) == (303, f"../../{token}")


PHONE = "联系人：张三，电话：0571-87000001"


@pytest.mark.parametrize(("hides", "status"), [(True, 403), (False, 200)])
def test_picture_of_a_table_that_holds_personal_data_is_not_shown_where_it_is_hidden(
    place: Place, hides: bool, status: int
) -> None:
    """The words stand in the row that is drawn; elsewhere in the document they keep no table from being drawn."""
    name = "shili-natural-resources-2023.html"
    text = (DOCUMENTS / name).read_text(encoding="utf-8")
    row = "（一）予以公开"
    assert text.count(row) == 1
    for number, (old, new, expected) in enumerate(
        [("地址、电话为演示从略", PHONE, 200), (row, f"{row} {PHONE}", status)],
    ):
        data = text.replace(old, new).encode()
        with place.store.records.writing() as connection:
            accept(connection, prepare(read_report(data, name), data), Act(by="李四", at=NOW, why=str(number)))
        place.store.publish()
        place.library = Library(kept=place.store.snapshot())
        token = make(place, View(), hides=hides)
        assert place.ask(f"/s/{token}/evidence/0").status == expected


@pytest.mark.parametrize(("hides", "personal", "status"), [(True, True, 403), (True, False, 200), (False, True, 200)])
def test_picture_of_a_page_is_not_shown_where_the_words_of_its_report_hold_what_is_hidden(
    place: Place, hides: bool, personal: bool, status: int
) -> None:
    name = "shili-office-2023.pdf"
    data = (DOCUMENTS / name).read_bytes()
    report = read_report(data, name)
    cells = report.cells | {TOTAL: structs.replace(report.cells[TOTAL], raw="321", value=321)}
    prose = (NarrativeSection(section="s1", title="", text=PHONE if personal else "全年主动公开信息128条。"),)
    wrong = structs.replace(report, cells=cells, narrative=prose, facts=())
    with place.store.records.writing() as connection:
        accept(connection, prepare(wrong, data), ACT)
    place.store.publish()
    place.library = Library(kept=place.store.snapshot())
    answer = place.ask(f"/s/{make(place, View(), hides=hides)}/evidence/0")
    assert answer.status == status
    assert ("图片无法遮盖" in answer.text) is (status == 403)
    assert answer.headers["content-type"].startswith("text/html" if status == 403 else "image/png")
