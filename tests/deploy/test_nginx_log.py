"""What nginx writes with the configuration that ships, also where nobody answers behind it."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import httpx2
import pytest

from tests.nginx_server import NGINX, free_port, nginx_configuration

TOKEN = "Zz09_-Zz09_-Zz09_-Zz09"


def test_token_of_a_link_is_in_no_log(tmp_path: Path) -> None:
    if NGINX is None:
        pytest.skip("no nginx installed")
    tmp_path.chmod(0o755)
    port = free_port()
    path = nginx_configuration(tmp_path, port, (free_port(), free_port()))
    process = subprocess.Popen([NGINX, "-p", str(tmp_path), "-c", str(path)])
    try:
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=20) as client:
            ask(client, "/ogi/search?search=张三")
            for way in ("", "/open", "/file.html", "/evidence/0", "/figures.csv?x=1"):
                assert client.get(f"/ogi/s/{TOKEN}{way}").status_code == 502
            assert client.post(f"/ogi/s/{TOKEN}", data={"passcode": "4711"}).status_code == 502
    finally:
        process.terminate()
        process.wait(20)
    written = {file.name: file.read_text(encoding="utf-8") for file in tmp_path.glob("*.log")}
    assert [name for name, text in written.items() if TOKEN in text] == []
    lines = written["ogi.log"].splitlines()
    assert sum('"GET /ogi/s/***" 502' in line for line in lines) == 1
    assert any('"GET /ogi/s/***/file.html" 502' in line for line in lines)
    assert any('"POST /ogi/s/***" 502' in line for line in lines)
    assert any('"GET /ogi/search" 502' in line for line in lines)
    assert written["site.log"] == ""
    assert "/ogi/search" in written["error.log"]  # other failures are told of


def ask(client: httpx2.Client, address: str) -> None:
    """Ask until nginx listens."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            assert client.get(address).status_code == 502
        except httpx2.ConnectError:
            time.sleep(0.02)
        else:
            return
    raise AssertionError("nginx does not listen")
