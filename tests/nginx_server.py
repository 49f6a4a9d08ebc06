"""The configuration of nginx that ships, ready to be started on a free port."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

SHIPPED = Path(__file__).resolve().parents[1] / "deploy" / "nginx"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def nginx_configuration(folder: Path, port: int, ports: tuple[int, int]) -> Path:
    """The shipped files with the ports of this test, inside the least that nginx needs around them."""
    upstream = (SHIPPED / "ogi-upstream.conf").read_text(encoding="utf-8")
    for shipped, own in zip((8501, 8502), ports, strict=True):
        assert f"127.0.0.1:{shipped}" in upstream
        upstream = upstream.replace(f"127.0.0.1:{shipped}", f"127.0.0.1:{own}")
    (folder / "ogi-upstream.conf").write_text(upstream, encoding="utf-8")
    location = (SHIPPED / "ogi-location.conf").read_text(encoding="utf-8")
    (folder / "ogi-location.conf").write_text(location.replace("/var/log/nginx/", f"{folder}/"), encoding="utf-8")
    around = f"""
daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/error.log warn;
events {{}}
http {{
    access_log {folder}/site.log; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    include {folder}/ogi-upstream.conf;
    server {{ listen 127.0.0.1:{port}; server_name localhost; include {folder}/ogi-location.conf; }}
}}
"""
    path = folder / "nginx.conf"
    path.write_text(around, encoding="utf-8")
    return path
