"""Two processes behind nginx on one PostgreSQL, with the configuration that ships: as an administrator would run it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser

from ogi.organs import organ_id
from ogi.shares.share import Draft
from ogi.store.accounts import sign_in
from ogi.store.act import Act
from ogi.store.location import Location
from ogi.store.records import open_records
from ogi.store.shares import make_share
from tests.nginx_server import NGINX, free_port, nginx_configuration

ROOT = Path(__file__).resolve().parents[2]
GRANTED, ANOTHER = "示例市公安局", "示例市自然资源和规划局"
PASSWORD = "一句足够长的口令 2024"


@dataclass
class Site:
    """What runs: the address people use, and the two processes behind it."""

    address: str
    ports: tuple[int, int]
    processes: list[subprocess.Popen[bytes]]
    settings: dict[str, str]
    folder: Path

    def client(self, **more: object) -> httpx2.Client:
        return httpx2.Client(base_url=self.address, timeout=20, **more)  # type: ignore[arg-type]

    @contextmanager
    def signed_in(self, name: str = "管理员") -> Iterator[httpx2.Client]:
        with self.client() as client:
            answer = client.post("/ogi/sign-in", data={"name": name, "password": PASSWORD})
            assert answer.status_code == 303
            yield client


def until(holds: Callable[[], bool], seconds: float, what: str) -> float:
    """Wait until something holds and return how long it took."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        try:
            if holds():
                return time.monotonic() - began
        except httpx2.HTTPError:
            pass
        time.sleep(0.05)
    raise AssertionError(f"{what}: not within {seconds} s")


@pytest.fixture(scope="module")
def site(postgresql, readings: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    if NGINX is None:
        pytest.skip("no nginx installed")
    folder = tmp_path_factory.mktemp("site")
    folder.chmod(0o755)
    port, ports = free_port(), (free_port(), free_port())
    settings = {
        **{name: value for name, value in os.environ.items() if not name.startswith("OGI_")},
        "OGI_MODE": "shared",
        "OGI_PUBLIC_URL": f"http://127.0.0.1:{port}/ogi",
        "OGI_DATABASE_URL": postgresql.database(),
        "OGI_CACHE_DIR": str(readings),
    }
    account = ["-m", "ogi.store", "account", "管理员", "--role", "administrator"]
    more = {"OGI_DATA_DIR": str(folder / "command"), "OGI_NEW_PASSWORD": PASSWORD}
    subprocess.run([sys.executable, *account], check=True, cwd=ROOT, env=settings | more, capture_output=True)
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "app:app", "--host", "127.0.0.1", "--port", str(own), "--log-level", "warning"],
            cwd=ROOT,
            env=settings | {"OGI_DATA_DIR": str(folder / str(own))},
        )
        for own in ports
    ]
    processes.append(subprocess.Popen([NGINX, "-p", str(folder), "-c", str(nginx_configuration(folder, port, ports))]))
    found = Site(f"http://127.0.0.1:{port}", ports, processes, settings, folder / "command")
    try:
        for own in ports:
            until(lambda own=own: httpx2.get(f"http://127.0.0.1:{own}/healthz").status_code == 200, 90, f"port {own}")
        until(lambda: httpx2.get(f"{found.address}/ogi/healthz").status_code == 200, 20, "nginx")
        yield found
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(20)


def test_path_of_the_proxy_leads_to_pages_data_and_links(site: Site) -> None:
    with site.client() as stranger:
        assert stranger.get("/ogi").headers["location"].endswith("/ogi/")
        asked = stranger.get("/ogi/agencies?years=2024", headers={"accept": "text/html"})
        assert (asked.status_code, asked.headers["location"]) == (303, "/ogi/sign-in?next=/agencies%3Fyears%3D2024")
        assert stranger.get("/ogi/api/v1/organs").status_code == 401
        assert stranger.get(f"/ogi/s/{'A' * 22}").status_code == 404
    with site.signed_in() as client:
        assert client.get("/ogi/api/v1").json()["description"] == "/api/v1/openapi.json"
        overview = client.get("/ogi/overview?years=2024")
        assert (overview.status_code, overview.headers["location"]) == (307, "./?years=2024")
        page = client.get("/ogi/agencies", headers={"accept": "text/html"})
        assert page.status_code == 200
        assert '<div id="root">' in page.text
        assert "Path=/ogi/" in client.post("/ogi/sign-in", data={"name": "管理员", "password": PASSWORD}).headers["set-cookie"]


def test_browser_stays_with_one_process(site: Site) -> None:
    with site.signed_in() as client:
        before = [data_answered(port) for port in site.ports]
        for _ in range(6):
            assert client.get("/ogi/api/v1").status_code == 200
        after = [data_answered(port) for port in site.ports]
    assert sorted(new - old for old, new in zip(before, after, strict=True)) == [0, 6]
    with site.client() as client:
        first = client.get("/ogi/healthz")
        assert re.search(r"ogi_route=[0-9a-f]{32}; Path=/; HttpOnly; SameSite=Lax", first.headers["set-cookie"])
        assert "set-cookie" not in client.get("/ogi/healthz").headers


def data_answered(port: int) -> int:
    """How many requests for data a process answered."""
    text = httpx2.get(f"http://127.0.0.1:{port}/metrics").text
    found = re.search(r'ogi_requests_total\{kind="data",status="2xx"\} ([0-9.]+)', text)
    return int(float(found[1])) if found else 0


def test_signing_in_at_one_process_counts_at_the_other(site: Site) -> None:
    with site.signed_in() as client:
        cookie = {"ogi_sign_in": client.cookies["ogi_sign_in"]}
    answers = [httpx2.get(f"http://127.0.0.1:{port}/api/v1", cookies=cookie).status_code for port in site.ports]
    assert answers == [200, 200]


def test_metrics_are_not_for_the_world(site: Site) -> None:
    with site.client() as client:
        assert client.get("/ogi/metrics").status_code == 404
    asked_through = httpx2.get(f"http://127.0.0.1:{site.ports[0]}/metrics", headers={"X-Forwarded-For": "203.0.113.9"})
    assert asked_through.status_code == 404


def test_large_files_pass_the_proxy(site: Site) -> None:
    """nginx refuses more than 1 MB by itself; what is said here is said by the dashboard."""
    with site.signed_in() as client:
        assert client.post("/ogi/api/v1/facts", content=bytes(3_000_000)).status_code == 405


def test_page_talks_over_a_socket_through_the_proxy(site: Site, browser: Browser) -> None:
    with site.signed_in() as client:
        context = browser.new_context(locale="zh-CN")
        found = {name: client.cookies[name] for name in ("ogi_sign_in", "ogi_route")}
        context.add_cookies([{"name": name, "value": value, "url": site.address} for name, value in found.items()])
        tab = context.new_page()
        tab.goto(f"{site.address}/ogi/methodology")
        tab.get_by_role("heading", level=1).wait_for(timeout=60_000)
        assert tab.url.startswith(f"{site.address}/ogi/methodology")
        assert "管理员" in tab.get_by_test_id("stSidebar").inner_text()
        context.close()


@pytest.fixture(scope="module")
def shared(site: Site) -> str:
    """The path of a link to one agency of the samples, made in the records that both processes use."""
    records = open_records(Location.of(site.folder, site.settings["OGI_DATABASE_URL"]))
    try:
        with records.writing() as connection:
            query = f"page=agencies&collection=fictional&organs={organ_id(GRANTED)}"
            token, _ = make_share(connection, Draft(query=query, title="给领导看的"), Act(by="管理员"))
    finally:
        records.close()
    return f"/s/{token}"


def test_link_made_at_one_process_opens_at_both(site: Site, shared: str) -> None:
    for port in site.ports:
        until(lambda port=port: read_samples(port), 120, f"samples of {port}")
        page = httpx2.get(f"http://127.0.0.1:{port}{shared}")
        assert page.status_code == 200
        assert "给领导看的" in page.text


def read_samples(port: int) -> bool:
    told = httpx2.get(f"http://127.0.0.1:{port}/healthz").json()
    return told["documents"] > 0 and told["reports"] >= told["documents"]


def test_reader_of_a_link_sees_what_it_grants_and_must_sign_in_for_the_rest(site: Site, shared: str, browser: Browser) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 844})
    tab = context.new_page()
    tab.goto(f"{site.address}/ogi{shared}")
    tab.get_by_role("link", name="打开互动看板").first.click()
    tab.get_by_role("heading", level=1).wait_for(timeout=60_000)
    assert tab.url.startswith(f"{site.address}/ogi/agencies?")
    tab.get_by_test_id("stMain").get_by_text(GRANTED).first.wait_for(timeout=60_000)
    assert tab.get_by_text(ANOTHER).count() == 0
    assert context.request.get(f"{site.address}/ogi/api/v1/facts").status == 401
    tab.goto(f"{site.address}/ogi/reports")
    tab.get_by_text("需要登录").wait_for(timeout=60_000)
    assert tab.get_by_role("heading", level=1).count() == 0
    context.close()


def test_report_handed_in_at_one_process_is_shown_by_the_other_at_once(site: Site) -> None:
    records = open_records(Location.of(site.folder, site.settings["OGI_DATABASE_URL"]))
    try:
        with records.writing() as connection:
            token = sign_in(connection, "管理员", Act(by="管理员"), kind="script", title="试", days=1)
    finally:
        records.close()
    one, other = site.ports
    headers = {"Authorization": f"Bearer {token}"}
    document = ROOT / "sample_reports" / "documents" / "donghu-government-2022.html"
    address = f"http://127.0.0.1:{other}/api/v1/reports?collection=library"
    assert httpx2.get(address, headers=headers).json()["about"]["total"] == 0
    name = {"name": document.name}
    content = document.read_bytes()
    taken = httpx2.post(f"http://127.0.0.1:{one}/api/v1/reports", params=name, content=content, headers=headers, timeout=60)
    assert taken.status_code == 201
    took = until(lambda: httpx2.get(address, headers=headers).json()["about"]["total"] == 1, 20, "the other process")
    print(f"shown by the other process after {took:.2f} s")


def test_guesses_are_counted_for_the_address_the_proxy_saw(site: Site) -> None:
    """Who invents another address and another name for every try is stopped all the same.

    The last test of this file: afterwards nobody can sign in from here for five minutes.
    """
    with site.client() as client:

        def tried(number: int, name: str) -> int:
            form = {"name": name, "password": "猜一个口令猜一个口令"}
            return client.post("/ogi/sign-in", data=form, headers={"X-Forwarded-For": f"198.51.100.{number}"}).status_code

        assert [tried(number, f"张{number}") for number in range(5)] == [401] * 5
        # One name is stopped after five tries, without the work of a hash; each further try still counts for the address.
        assert [tried(number, "李") for number in range(5, 35)] == [401] * 5 + [429] * 25
        assert tried(35, "王") == 401
        assert {tried(number, "李") for number in range(36, 63)} == {429}
        assert tried(63, "赵") == 429
