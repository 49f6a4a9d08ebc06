"""A shared server where another one vouches for people: who has an account gets in with its role, the others see a sentence."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ogi.store.accounts import put_account
from ogi.store.act import Act
from ogi.store.location import Location
from ogi.store.records import open_records
from tests.browser.conftest import ROOT, Server
from tests.browser.identity_provider import CLIENT_ID, CLIENT_SECRET, IdentityProvider

pytestmark = pytest.mark.browser
expect.set_options(timeout=30_000)
Tab = Callable[..., Page]


@pytest.fixture(scope="module")
def provider() -> Iterator[IdentityProvider]:
    started = IdentityProvider()
    started.start()
    yield started
    started.end()


@pytest.fixture(scope="module")
def shared_server(readings: Path, provider: IdentityProvider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with one account, which has no password. Streamlit looks for secrets below the folder it is started in."""
    folder = tmp_path_factory.mktemp("started_in")
    shutil.copytree(ROOT / ".streamlit", folder / ".streamlit", ignore=shutil.ignore_patterns("secrets.toml"))
    secrets = folder / ".streamlit" / "secrets.toml"

    def settings(server: Server) -> dict[str, str]:
        records = open_records(Location.of(server.store))
        with records.writing() as connection:
            put_account(connection, "zhang@example.gov.cn", "editor", Act(by="test"))
        records.close()
        secrets.write_text(
            f"""[auth]
redirect_uri = "{server.address}/oauth2callback"
cookie_secret = "{"tests" * 10}"
client_id = "{CLIENT_ID}"
client_secret = "{CLIENT_SECRET}"
server_metadata_url = "{provider.address}/.well-known/openid-configuration"
""",
            encoding="utf-8",
        )
        return {"OGI_MODE": "shared", "OGI_PUBLIC_URL": server.address, "PYTHONPATH": str(ROOT)}

    server = Server(readings, settings=settings, folder=folder)
    try:
        server.wait()
        yield server
    finally:
        server.end()


def test_person_with_an_account_gets_in_with_its_role(shared_server: Server, provider: IdentityProvider, tab: Tab) -> None:
    provider.claims = {"email": "Zhang@example.gov.cn", "email_verified": True}
    page = tab()
    page.goto(shared_server.address)
    page.get_by_role("button", name="统一认证登录").click()
    expect(page.get_by_text("zhang@example.gov.cn（编辑）")).to_be_visible()
    expect(page.get_by_test_id("stMain").get_by_role("heading", name="总览", level=1)).to_be_visible()
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("button", name="统一认证登录")).to_be_visible()


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ({"email": "li@example.gov.cn", "email_verified": True}, "统一认证为“li@example.gov.cn”的账号没有在本站开通"),
        ({"email": "zhang@example.gov.cn", "email_verified": False}, "需要登录"),
    ],
)
def test_nobody_else_sees_more_than_a_sentence(
    shared_server: Server, provider: IdentityProvider, tab: Tab, claims: dict, said: str
) -> None:
    provider.claims = claims
    page = tab()
    page.goto(shared_server.address)
    with page.expect_response("**/oauth2callback?**"):
        page.get_by_role("button", name="统一认证登录").click()
    page.wait_for_url(f"{shared_server.address}/")
    expect(page.get_by_text(said)).to_be_visible()
    expect(page.get_by_test_id("stMetric")).to_have_count(0)
    expect(page.get_by_role("link", name="报告")).to_have_count(0)
