"""Nothing of the program fetches anything: no module imports a client of a network, so no text can make it ask an address."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_architecture import ROOT, imports, modules

CLIENTS = (
    "urllib.request", "http.client", "requests", "httpx", "httpcore", "aiohttp", "urllib3", "ftplib", "smtplib", "telnetlib",
    "socketserver", "xmlrpc", "websockets", "websocket", "paramiko",
)  # fmt: skip

OWN_PORT = {"loaders/doctor/serving.py": {"http.client"}}
"""The look at an installation asks this machine's own port whether the dashboard answers there; the address is fixed."""


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_module_imports_no_client_of_a_network(path: Path) -> None:
    found = {name for name in imports(path) for client in CLIENTS if name == client or name.startswith(f"{client}.")}
    assert found == OWN_PORT.get(path.relative_to(ROOT).as_posix(), set())
