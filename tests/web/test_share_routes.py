"""Links over HTTP: what they show, and everything one might try to see more."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from ogi.library import Library
from ogi.shares.frozen import freeze
from ogi.shares.grant import Grant, shared_view
from ogi.shares.making import content_of
from ogi.shares.passcode import hash_passcode
from ogi.shares.share import Draft
from ogi.shares.token import cookie_name, pass_of
from ogi.store.act import Act
from ogi.store.location import StoreError
from ogi.store.shares import list_shares, make_share, revoke_share
from ogi.view import View
from tests.web.conftest import NOW, Place, library_of, report_of

ACT = Act(by="李四", at=NOW)
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def make(place: Place, view: View | None = None, **more) -> str:
    """Share a view and return the token."""
    grant = Grant.of(shared_view(view or View(), place.library))
    if more.pop("frozen", False):
        more["frozen"] = freeze(content_of(grant.view, place.library), NOW)
    with place.store.records.writing() as connection:
        token, _ = make_share(connection, Draft(query=grant.written(), **more), ACT)
    return token


def shares(place: Place):
    with place.store.records.reading() as connection:
        return list_shares(connection)


def revoke(place: Place) -> None:
    with place.store.records.writing() as connection:
        revoke_share(connection, list_shares_first(connection), ACT)


def list_shares_first(connection) -> int:
    return list_shares(connection)[0].share_id


def test_page_shows_the_view_with_title_sentence_figures_and_description(place, organ) -> None:
    token = make(place, View(organs=(organ("甲市乙局"),)), title="乙局情况", note="请阅")
    answer = place.ask(f"/s/{token}")
    assert answer.status == 200
    assert "<title>乙局情况</title>" in answer.text
    assert re.search(r'<meta property="og:description" content="[^"]*甲市乙局', answer.text)
    assert "请阅" in answer.text
    assert "<b>30</b>" in answer.text  # new applications of 2024
    assert "-10 (-25.0%)" in answer.text  # 40 the year before
    assert "甲市丙局" not in answer.text
    assert f'href="{token}/open"' in answer.text


def test_page_has_no_script_and_its_style_is_the_one_allowed(place) -> None:
    answer = place.ask(f"/s/{make(place)}")
    policy = answer.headers["content-security-policy"]
    assert "<script" not in answer.text
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    import base64
    import hashlib

    (style,) = re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    assert f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}" in policy
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "private, no-store"


def test_openings_are_counted_but_not_looks_at_the_head(place) -> None:
    token = make(place)
    place.ask(f"/s/{token}")
    place.ask(f"/s/{token}")
    place.ask(f"/s/{token}", method="HEAD")
    place.ask(f"/s/{token}/figures.csv")
    assert (shares(place)[0].opened, shares(place)[0].opened_at) == (2, NOW)


@pytest.mark.parametrize("way", ["", "/open", "/file.html", "/figures.csv"])
def test_revoked_and_unknown_links_are_told_apart_by_nothing(place, way: str) -> None:
    token = make(place)
    unknown = place.ask(f"/s/{'A' * 22}{way}")
    revoke(place)
    revoked = place.ask(f"/s/{token}{way}")
    assert (revoked.status, revoked.text, revoked.headers) == (unknown.status, unknown.text, unknown.headers)
    assert revoked.status == 404
    assert place.ask(f"/s/guess{way}").text == unknown.text


def test_a_revoked_link_asks_for_no_passcode(place) -> None:
    token = make(place, passcode_hash=hash_passcode("1234"))
    revoke(place)
    assert place.ask(f"/s/{token}").status == 404
    assert place.ask(f"/s/{token}", method="POST", form={"passcode": "1234"}).status == 404


@pytest.mark.parametrize("way", ["", "/open", "/file.html", "/figures.csv"])
def test_expired_link_says_so_and_shows_nothing(place, way: str) -> None:
    token = make(place, expires_at=NOW + dt.timedelta(days=1), title="乙局情况")
    assert place.ask(f"/s/{token}{way}").status in (200, 303)
    place.now = NOW + dt.timedelta(days=1)
    answer = place.ask(f"/s/{token}{way}")
    assert answer.status == 410
    assert "已过期" in answer.text
    assert "乙局" not in answer.text


def test_share_number_code_and_digest_open_nothing(place) -> None:
    make(place)
    share = shares(place)[0]
    for guess in (str(share.share_id), share.code, share.token_hash, share.token_hash[:22]):
        assert place.ask(f"/s/{guess}").status == 404


@pytest.mark.parametrize("way", ["", "/open", "/file.html", "/figures.csv"])
def test_passcode_is_asked_for_on_every_way(place, way: str) -> None:
    token = make(place, passcode_hash=hash_passcode("1234"), title="乙局情况")
    answer = place.ask(f"/s/{token}{way}")
    assert answer.status in (401, 303)
    assert "乙局" not in answer.text
    assert "set-cookie" not in answer.headers


def test_right_passcode_gives_a_pass_for_this_share_only(place) -> None:
    locked = make(place, passcode_hash=hash_passcode("1234"))
    answer = place.ask(f"/s/{locked}", method="POST", form={"passcode": "１２３４"})
    assert answer.status == 303
    assert answer.headers["location"] == locked
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    held = cookie.split(";")[0]
    assert place.ask(f"/s/{locked}", cookie=held).status == 200
    other = make(place, passcode_hash=hash_passcode("5678"))
    assert place.ask(f"/s/{other}", cookie=held).status == 401
    named_other = f"{cookie_name(shares(place)[0].code)}={held.split('=')[1]}"
    assert place.ask(f"/s/{other}", cookie=named_other).status == 401
    forged = f"{cookie_name(shares(place)[0].code)}={pass_of(other, None)}"
    assert place.ask(f"/s/{other}", cookie=forged).status == 401


def test_passcodes_cannot_be_tried_without_end(place) -> None:
    token = make(place, passcode_hash=hash_passcode("1234"))
    tries = [place.ask(f"/s/{token}", method="POST", form={"passcode": str(n)}) for n in range(3)]
    assert [answer.status for answer in tries] == [403, 403, 403]
    stopped = place.ask(f"/s/{token}", method="POST", form={"passcode": "1234"})  # right, but too late
    assert stopped.status == 429
    assert stopped.headers["retry-after"] == "600"
    assert "10分钟" in stopped.text
    place.clock = 600
    assert place.ask(f"/s/{token}", method="POST", form={"passcode": "1234"}).status == 303


@pytest.mark.parametrize("form", [{}, {"passcode": ""}, {"passcode": "9" * 3000}, {f"x{n}": "1" for n in range(50)}])
def test_odd_forms_are_a_wrong_passcode(place, form: dict) -> None:
    token = make(place, passcode_hash=hash_passcode("1234"))
    assert place.ask(f"/s/{token}", method="POST", form=form).status == 403


def test_open_gives_the_pass_and_leads_to_the_page_of_the_view(place) -> None:
    token = make(place, View(page="disputes"))
    answer = place.ask(f"/s/{token}/open")
    code = shares(place)[0].code
    assert (answer.status, answer.headers["location"]) == (303, f"../../disputes?share={code}")
    assert answer.headers["set-cookie"].startswith(f"{cookie_name(code)}={pass_of(token, None)};")
    assert "secure" not in answer.headers["set-cookie"].lower()
    assert token not in answer.headers["location"]


def test_cookie_is_for_https_only_behind_a_public_https_address(place, monkeypatch) -> None:
    monkeypatch.setenv("OGI_PUBLIC_URL", "https://ogi.example.cn/")
    assert "Secure" in place.ask(f"/s/{make(place)}/open").headers["set-cookie"]


def test_what_people_typed_and_documents_say_is_never_html(place) -> None:
    place.library = library_of(report_of(f"甲市{EVIL}局", 2024, 30, document=EVIL), report_of(f"甲市{EVIL}丁局", 2024, 31))
    for lang in ("zh", "en"):
        token = make(place, View(lang=lang), title=EVIL, note=EVIL)  # type: ignore[arg-type]
        page = place.ask(f"/s/{token}").text
        assert "&lt;script&gt;" in page
        assert "<script" not in page
        assert "<img" not in page
        held = place.ask(f"/s/{token}/file.html").text
        before, *scripts = re.split(r"<script>", held)
        assert len(scripts) == 2  # plotly and ours
        assert "<img src=x" not in before
        assert "<script>alert" not in held
        assert "<img src=x" not in scripts[1]


def test_frozen_figures_stay_and_what_changed_is_said(place) -> None:
    token = make(place, frozen=True)
    first = place.ask(f"/s/{token}").text
    assert "<b>100</b>" in first  # 30 + 70
    assert "数据已更新" not in first
    place.library = place.library.add(*library_of(report_of("甲市丙局", 2024, 75)))
    later = place.ask(f"/s/{token}").text
    assert "<b>100</b>" in later
    assert "数据已更新" in later
    assert "新收申请：原为100，现为105。" in later
    assert re.search(r"SHA-256 <span class=\"hash\">[0-9a-f]{64}</span>", later)
    assert "105" not in place.ask(f"/s/{token}/figures.csv").text
    place.library = Library()
    assert "<b>100</b>" in place.ask(f"/s/{token}").text


def test_live_figures_follow_the_data(place) -> None:
    token = make(place)
    assert "<b>100</b>" in place.ask(f"/s/{token}").text
    place.library = place.library.add(*library_of(report_of("甲市丙局", 2024, 75)))
    assert "<b>105</b>" in place.ask(f"/s/{token}").text


def test_only_frozen_pages_are_shown_in_frames_and_only_where_listed(place, monkeypatch) -> None:
    monkeypatch.setenv("OGI_FRAME_ANCESTORS", "https://portal.example.cn, http://10.0.0.8:8080 javascript:alert(1) *")
    frozen, live = make(place, frozen=True), make(place)
    assert (
        place.ask(f"/s/{frozen}")
        .headers["content-security-policy"]
        .endswith("frame-ancestors https://portal.example.cn http://10.0.0.8:8080")
    )
    assert place.ask(f"/s/{live}").headers["content-security-policy"].endswith("frame-ancestors 'none'")
    assert place.ask(f"/s/{live}").headers["x-frame-options"] == "DENY"
    assert place.ask("/s/unknown").headers["content-security-policy"].endswith("frame-ancestors 'none'")


def test_file_is_whole_small_enough_and_asks_for_nothing(place) -> None:
    answer = place.ask(f"/s/{make(place, frozen=True)}/file.html")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert len(answer.data) < 6_000_000
    head, _, rest = answer.text.partition("<script>")
    ours = head + rest.rpartition("<script>")[2]
    assert not re.findall(r"""(?:src|href)=["']?(?:https?:)?//""", ours)
    assert "Plotly.newPlot" in ours
    assert "甲市丙局" in head
    assert "default-src 'none'" in head


def test_csv_holds_the_figures_and_no_formula(place) -> None:
    place.library = library_of(report_of("=cmd()局", 2024, 30), report_of("甲市丙局", 2024, 70))
    text = place.ask(f"/s/{make(place)}/figures.csv").text
    assert "新收申请,2024,100" in text
    assert "\n=cmd" not in text
    assert ",=cmd" not in text


def test_share_that_is_not_understood_opens_nothing(place) -> None:
    with place.store.records.writing() as connection:
        token, _ = make_share(connection, Draft(query="collection=fictional&organs=gone"), ACT)
    answer = place.ask(f"/s/{token}")
    assert answer.status == 410
    assert "甲市" not in answer.text


def test_without_a_store_nothing_opens_and_that_is_said(place) -> None:
    token = make(place)
    kept = place.store

    def broken():
        raise StoreError("unreachable")

    place.desk.store = broken
    answer = place.ask(f"/s/{token}", accept_language="en-GB,en")
    assert answer.status == 503
    assert "Please try again later" in answer.text
    place.desk.store = lambda: kept
    assert place.ask(f"/s/{token}").status == 200
