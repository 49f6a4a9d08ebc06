"""Who writes while others read: an editor who hands files in, and bulk reading of a folder."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from urllib.parse import urlencode

from benchmarks.dashboard.server import ROOT
from benchmarks.ingest import variants

PACE = 8.0, 20.0
"""Seconds from one file of the editor to the next."""
_PATIENCE = 300.0
_MOST = 100_000
"""Files drawn for bulk reading; far more than it reads."""


@dataclass
class Written:
    """What came of the writing."""

    seconds: list[float] = field(default_factory=list)
    """Of every file of the editor, from sending it to the answer."""
    answers: Counter[int] = field(default_factory=Counter)
    """How often each HTTP status was the answer; 0 where there was none."""
    ingests: int = 0
    files: int = 0
    """Files in the folders read to their end."""
    errors: list[str] = field(default_factory=list)


def hand_in(address: str, files: Iterator[tuple[str, bytes]], written: Written, stop: Event) -> None:
    """Send one file after the other until ``stop`` or until there are no more."""
    draw = random.Random(1)
    for name, data in files:
        if stop.wait(draw.uniform(*PACE)):
            return
        query = urlencode({"name": name.rpartition("/")[2], "partly": "1"})
        request = urllib.request.Request(f"{address}/api/v1/reports?{query}", data, method="POST")
        started = time.monotonic()
        try:
            with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:
                status, said = answer.status, ""
        except urllib.error.HTTPError as error:
            status, said = error.code, error.read(300).decode(errors="replace")
        except OSError as error:
            status, said = 0, str(error)
        written.answers[status] += 1
        written.seconds.append(time.monotonic() - started)
        if status not in (200, 201):
            written.errors.append(f"handing in {name}: {status} {said}")


def ingest(folder: Path, store: Path, reports: int, workers: int, written: Written, stop: Event) -> None:
    """Read folders of ``reports`` new files into the store, one after the other, until ``stop``."""
    files = variants(_MOST)
    while not stop.is_set():
        place = folder / f"batch-{written.ingests:03}"
        for _ in range(reports):
            name, data = next(files)
            path = place / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        command = [sys.executable, "-m", "loaders", "ingest", str(place), "--workers", str(workers), "--lang", "en"]
        own = {"OGI_DATA_DIR": str(store), "PYTHONPATH": str(ROOT)}
        environment = {name: value for name, value in os.environ.items() if name != "OGI_DATABASE_URL"} | own
        with (folder / "said.txt").open("w", encoding="utf-8") as said:
            process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=said, stderr=said)
        while process.poll() is None:
            if stop.wait(0.5):
                process.terminate()
                process.wait(60)
                return
        if process.returncode:
            text = (folder / "said.txt").read_text(encoding="utf-8")
            written.errors.append(f"bulk reading ended with {process.returncode}: {text[-500:]}")
            return
        written.ingests += 1
        written.files += reports
