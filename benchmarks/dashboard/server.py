"""A server as ``make run`` starts it, for the dashboard or for the bare page."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parents[2]
BARE = Path(__file__).with_name("bare")


class Server:
    """One server process on a free port; its processor time tells how much work a busy machine did for it."""

    def __init__(self, app: str, folder: Path, store: Path | None = None) -> None:
        """Start ``app`` (``module:name``) with the configuration of ``folder``; ``store`` is its data folder."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        own = {"PYTHONPATH": os.pathsep.join((str(folder), str(ROOT)))} | ({"OGI_DATA_DIR": str(store)} if store else {})
        self.process = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", app, "--host", "127.0.0.1", "--log-level", "warning", "--port", str(self.port)],
            cwd=folder,
            env={name: value for name, value in os.environ.items() if name != "OGI_DATABASE_URL"} | own,
        )

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Server:
        end = time.monotonic() + 120
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise SystemExit("the server ended at its start")
            try:
                urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=5).close()
            except OSError:
                time.sleep(0.05)
            else:
                return self
        raise SystemExit("the server does not answer")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def wait_for_samples(self) -> None:
        """Wait until the dashboard has read its samples, which takes processors while it lasts."""
        while True:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=60) as answer:
                found = json.load(answer)
            if found["reports"] >= found["documents"]:
                return
            time.sleep(0.5)

    def seconds(self) -> float:
        """Processor time of the process so far; 0 where the system does not tell."""
        if not sys.platform.startswith("linux"):
            return 0.0
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
