"""Sharing from a page, the list of links, and sessions opened through a link that try to see more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from loaders.read import read_report
from ogi.access.secrets import digest_of
from ogi.library import Library
from ogi.organs import organ_id
from ogi.shares.grant import SHARED_PAGES, Grant, shared_view
from ogi.shares.share import Draft, Share
from ogi.shares.token import cookie_name, is_token, pass_of
from ogi.store.accepting import accept
from ogi.store.act import Act
from ogi.store.prepared import prepare
from ogi.store.shares import list_shares, make_share, revoke_share
from ogi.view import View, to_query
from ogi.view.state import PageName
from tests.pages.conftest import FRAME, ROOT

ACT = Act(by="李四")
DOCUMENTS = ROOT / "sample_reports" / "documents"
Visit = Callable[..., AppTest]


def shares() -> list[Share]:
    from pages.parts.store import store

    with store().records.reading() as connection:
        return list_shares(connection)


@pytest.fixture
def cookies(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the browser sends."""
    import pages.parts.granted as granted

    held: dict[str, str] = {}
    monkeypatch.setattr(granted, "_cookie", lambda name: held.get(name, ""))
    return held


@pytest.fixture
def shared(samples, cookies) -> Callable[..., tuple[Share, Grant]]:
    """Share a view of the samples, and give the browser its pass."""

    def make(view: View, *, has_pass: bool = True, **more) -> tuple[Share, Grant]:
        from pages.parts.store import store

        grant = Grant.of(shared_view(view, samples.library()))
        with store().records.writing() as connection:
            token, share = make_share(connection, Draft(query=grant.written(), **more), ACT)
        if has_pass:
            cookies[cookie_name(share.code)] = pass_of(token, share.passcode_hash)
        return share, grant

    return make


def revoke(share: Share) -> None:
    from pages.parts.store import store

    with store().records.writing() as connection:
        revoke_share(connection, share.share_id, ACT)


def query(share: Share, view: View | None = None) -> str:
    pairs = [] if view is None else to_query(view, page=view.page)
    return "&".join([f"share={share.code}", *(f"{name}={value}" for name, value in pairs)])


def said(at: AppTest) -> str:
    parts = (
        *at.markdown,
        *at.caption,
        *at.warning,
        *at.info,
        *at.error,
        *at.title,
        *at.subheader,
        *at.metric,
        *at.sidebar.caption,
    )
    return "\n".join(str(part.value) for part in parts)


def offered(at: AppTest) -> list[str]:
    """The names of organs and years that any widget offers."""
    return [str(option) for widget in (*at.multiselect, *at.pills, *at.selectbox, *at.radio) for option in widget.options]


def closed(at: AppTest) -> bool:
    return not at.metric and not at.multiselect and any("链接" in heading.value for heading in at.subheader)


OFFICE, POLICE = "示例市人民政府办公室", "示例市公安局"


def test_reader_sees_what_was_shared_and_no_way_to_anything_else(visit: Visit, shared) -> None:
    share, _ = shared(View(organs=(organ_id(OFFICE),)), title="办公室情况")
    at = visit("overview", query(share))
    text = said(at)
    assert "办公室情况" in text
    assert "7份报告" in text
    assert POLICE not in text + str(offered(at))
    assert not at.sidebar.get("page_link")
    assert "share_open" not in {button.key for button in at.button}
    assert at.query_params["share"] == share.code


def test_a_session_of_one_s_own_is_as_before(visit: Visit, shared) -> None:
    """Who shares opens the link in the same browser: the pass counts only where the address names the share."""
    shared(View(organs=(organ_id(OFFICE),)))
    at = visit("overview")
    assert POLICE in str(offered(at))
    assert at.sidebar.get("page_link")


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ("organs={police}", "别的机关"),
        ("years=2023", "别的年度"),
        ("collection=published", "别的指标或数据"),
        ("collection=library", "别的指标或数据"),
        ("applicant=natural_person", "别的指标或数据"),
        ("measure=fees.amount_wan_yuan", "别的指标或数据"),
        ("peers_of={police}", "别的指标或数据"),
    ],
)
def test_changed_parameters_show_nothing_more(visit: Visit, shared, more: str, named: str) -> None:
    share, grant = shared(View(page="agencies", organs=(organ_id(OFFICE),), years=(2024, 2025)))
    at = visit("agencies", f"{query(share)}&{more.format(police=organ_id(POLICE))}")
    assert at.session_state["view"] == grant.view
    assert any(named in warning.value for warning in at.warning)
    assert POLICE not in said(at) + str(offered(at))


@pytest.mark.parametrize(
    "page", ["upload", "reports", "report", "key_in", "search", "expected", "methodology", "share", "applications"]
)
def test_other_pages_do_not_open(visit: Visit, shared, page: str) -> None:
    share, grant = shared(View(page="overview", organs=(organ_id(OFFICE),)))
    at = visit(page, query(share))
    assert at.session_state["view"] == grant.view
    assert any("别的页面" in warning.value for warning in at.warning)
    assert at.title[0].value == "总览"
    assert not at.get("file_uploader")


@pytest.mark.parametrize("page", SHARED_PAGES)
def test_every_page_of_figures_opens_through_a_link(visit: Visit, shared, page: PageName) -> None:
    share, grant = shared(View(page=page, organs=(organ_id(OFFICE), organ_id(POLICE)), years=(2023, 2024)))
    at = visit(page, query(share))
    assert at.session_state["view"] == grant.view
    assert not at.warning
    assert "示例市卫生健康委员会" not in said(at) + str(offered(at))
    assert "2020" not in offered(at)


def test_link_to_the_library_shows_its_reports_and_findings_and_reads_no_record(visit: Visit, cookies) -> None:
    """shili-natural-resources-2023.html says 516 on one side and 519 on the other; shili-housing-2022.html is not shared."""
    from pages.parts.store import store

    with store().records.writing() as connection:
        for name in ("shili-natural-resources-2023.html", "shili-housing-2022.html"):
            data = (DOCUMENTS / name).read_bytes()
            accept(connection, prepare(read_report(data, name), data), ACT)
    store().publish()
    view = shared_view(View(collection="library", organs=(organ_id("示例市自然资源和规划局"),)), Library(kept=store().snapshot()))
    with store().records.writing() as connection:
        token, share = make_share(connection, Draft(query=Grant.of(view).written()), ACT)
    cookies[cookie_name(share.code)] = pass_of(token, None)
    at = visit("overview", query(share))
    text = said(at)
    assert "1份报告" in text
    assert "519" in text
    assert "住房和城乡建设局" not in text + str(offered(at))
    assert not at.error


def test_prose_is_shown_without_personal_data_through_a_link_and_with_it_where_the_maker_chose_so(visit: Visit, cookies) -> None:
    from pages.parts.store import store

    with store().records.writing() as connection:
        for name in ("shili-natural-resources-2023.html", "shili-natural-resources-2024.html"):
            text = (DOCUMENTS / name).read_text(encoding="utf-8")
            data = text.replace("地址、电话为演示从略", "联系人：张三，电话：0571-87000001").encode()
            accept(connection, prepare(read_report(data, name), data), ACT)
    store().publish()
    organ = organ_id("示例市自然资源和规划局")
    view = View(page="years", collection="library", organs=(organ,), focus_organ=organ)
    for hides in (True, False, True):  # what one session was shown is not kept for another
        view = shared_view(view, Library(kept=store().snapshot()))
        with store().records.writing() as connection:
            draft = Draft(query=Grant.of(view, hides_personal=hides).written())
            token, share = make_share(connection, draft, ACT)
        cookies[cookie_name(share.code)] = pass_of(token, None)
        at = visit("years", query(share))
        assert not at.exception
        prose = "\n".join(element.proto.body for element in at.get("html"))
        assert ("0571-87000001" in prose, "张三" in prose) == (not hides, not hides)
        assert any("4 处个人信息已隐去" in caption.value for caption in at.caption) is hides


def test_maker_of_a_link_to_prose_is_asked_whether_personal_data_is_hidden(visit: Visit) -> None:
    at = visit("overview")
    at.sidebar.button(key="share_open").click().run()
    assert not at.checkbox
    at = visit("years", f"organs={organ_id(OFFICE)}")
    at.sidebar.button(key="share_open").click().run()
    assert at.checkbox(key="share_hides_personal").value
    at.button(key="share_make").click().run()
    at.sidebar.button(key="share_open").click().run()
    at.checkbox(key="share_hides_personal").uncheck().run()
    at.button(key="share_make").click().run()
    assert [Grant.read(share.query).hides_personal for share in shares()] == [False, True]


def test_a_session_stays_a_reader_s_when_the_address_forgets_the_share(visit: Visit, shared) -> None:
    share, grant = shared(View(organs=(organ_id(OFFICE),)))
    at = visit("overview", query(share))
    at.query_params.clear()
    at.query_params["organs"] = organ_id(POLICE)
    at.run()
    assert at.session_state["view"] == grant.view
    assert at.query_params["share"] == share.code


def test_widgets_cannot_leave_either(visit: Visit, shared) -> None:
    share, grant = shared(View(organs=(organ_id(OFFICE),), years=(2024, 2025)))
    at = visit("overview", query(share))
    at.session_state["view"] = replace(grant.view, organs=(organ_id(POLICE),), page="upload")  # as if a widget had done it
    at.run()
    assert at.session_state["view"] == grant.view
    at.sidebar.button(key="clear_filters").click().run()
    assert at.session_state["view"] == grant.view


def test_clearing_and_narrowing_are_allowed(visit: Visit, shared) -> None:
    share, grant = shared(View(organs=(organ_id(OFFICE), organ_id(POLICE))))
    at = visit("overview", f"{query(share)}&organs={organ_id(POLICE)}&lang=en")
    assert at.session_state["view"] == replace(grant.view, organs=(organ_id(POLICE),), lang="en")
    assert not at.warning


def test_revoking_ends_an_open_session_at_its_next_run(visit: Visit, shared) -> None:
    share, _ = shared(View(organs=(organ_id(OFFICE),)))
    at = visit("overview", query(share))
    assert at.metric
    revoke(share)
    at.run()
    assert closed(at)


def test_expired_share_ends_sessions(visit: Visit, shared) -> None:
    share, _ = shared(View(organs=(organ_id(OFFICE),)), expires_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    assert closed(visit("overview", query(share)))


def test_code_without_its_pass_opens_nothing(visit: Visit, shared, cookies) -> None:
    other, _ = shared(View(organs=(organ_id(POLICE),)))
    share, _ = shared(View(organs=(organ_id(OFFICE),)), has_pass=False)
    assert closed(visit("overview", query(share)))  # with the cookie of another share
    cookies[cookie_name(share.code)] = cookies[cookie_name(other.code)]
    assert closed(visit("overview", query(share)))
    for guess in ("1", "000000000000", digest_of("x")[:12], "../x", "a" * 400):
        assert closed(visit("overview", f"share={guess}&x=1"))


def test_an_empty_share_parameter_opens_nothing() -> None:
    at = AppTest.from_file(FRAME, default_timeout=60)
    at.query_params["share"] = ""
    at.run()
    assert closed(at)


def test_pass_from_before_a_passcode_opens_nothing(visit: Visit, shared, cookies) -> None:
    share, _ = shared(View(organs=(organ_id(OFFICE),)), passcode_hash="$argon2id$something")
    name = cookie_name(share.code)
    cookies[name] = pass_of(cookies[name].split(".")[0], None)
    assert closed(visit("overview", query(share)))


def test_records_are_out_of_reach_in_a_reader_s_session(visit: Visit, shared, monkeypatch) -> None:
    """Should a page ask for records all the same, it is told no."""
    import pages.parts.store as guarded
    from ogi.store.location import StoreError

    monkeypatch.setattr(guarded, "shared_code", lambda: "000000000000")
    for reach in (guarded.look, guarded.change):
        with pytest.raises(StoreError, match="not_granted"):
            reach(lambda connection: None)


def test_link_is_made_shown_once_and_stands_in_the_list(visit: Visit, monkeypatch) -> None:
    monkeypatch.delenv("OGI_PUBLIC_URL", raising=False)
    at = visit("disputes", "years=2024")
    at.sidebar.button(key="share_open").click().run()
    at.text_input(key="share_title").input("复议情况")
    at.text_area(key="share_note").input("请阅")
    at.button_group(key="share_mode").set_value("frozen")
    at.selectbox(key="share_expiry").select("week")
    at.text_input(key="share_passcode").input("1234").run()
    at.button(key="share_make").click().run()
    assert not at.exception
    (made,) = shares()
    assert (made.title, made.note, made.is_frozen) == ("复议情况", "请阅", True)
    assert made.expires_at is not None
    assert made.expires_at - made.at == dt.timedelta(days=7)
    assert made.passcode_hash is not None
    assert Grant.read(made.query).view == View(page="disputes", years=(2024,), collection="fictional")
    (shown,) = [code.value for code in at.code if "/s/" in code.value]
    token = shown.rpartition("/s/")[2]
    assert is_token(token)
    assert digest_of(token) == made.token_hash
    assert any("本机" in warning.value for warning in at.warning)
    listed = visit("share")
    assert any("复议情况" in text.value for text in listed.markdown)
    assert token not in said(listed)
    listed.button(key=f"revoke_{made.share_id}").click().run()
    assert shares()[0].revoked_at is not None
    assert any("已撤销" in text.value for text in listed.success)


def test_public_address_makes_the_link(visit: Visit, monkeypatch) -> None:
    monkeypatch.setenv("OGI_PUBLIC_URL", "https://ogi.example.cn/base/")
    at = visit("overview")
    at.sidebar.button(key="share_open").click().run()
    at.button(key="share_make").click().run()
    (shown,) = [code.value for code in at.code if "/s/" in code.value]
    assert shown.startswith("https://ogi.example.cn/base/s/")
    assert not any("本机" in warning.value for warning in at.warning)


def test_short_passcode_is_refused(visit: Visit) -> None:
    at = visit("overview")
    at.sidebar.button(key="share_open").click().run()
    at.text_input(key="share_passcode").input("123").run()
    at.button(key="share_make").click().run()
    assert any("4至64" in error.value for error in at.error)
    assert shares() == []


def test_list_without_shares_says_how_to_make_one(visit: Visit) -> None:
    assert any("还没有分享" in info.value for info in visit("share").info)
