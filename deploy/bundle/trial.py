"""Try a bundle where there is no network: ``unshare --net python -m deploy.bundle.trial ZIP`` (as root, on Linux).

It is unpacked into a new folder and started by its ``start.sh``; the server must answer on loopback, read sample reports handed
in, one of them a scan, and show its pages. Says what took how long; exit status 1 where something did not work.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from urllib.parse import quote

from deploy.bundle.assemble import TOP

_PORT = 8577
_PATIENCE = 600.0
_SAMPLES = {"text": "donghu-government-2019.*", "scan": "donghu-liuxi-2019.*"}


def main() -> int:
    """Unpack, start, ask, end."""
    names = {line.split(":")[0].strip() for line in Path("/proc/net/dev").read_text(encoding="ascii").splitlines()[2:]}
    if names != {"lo"}:
        print(f"there is a network here ({', '.join(sorted(names))}): run it by unshare --net")
        return 1
    subprocess.run(["/usr/sbin/ip", "link", "set", "lo", "up"], check=True)
    folder = Path(tempfile.mkdtemp(prefix="ogi-trial-"))
    try:
        return _tried(Path(sys.argv[1]), folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _tried(bundle: Path, folder: Path) -> int:
    began = time.monotonic()
    with zipfile.ZipFile(bundle) as packed:
        packed.extractall(folder)
        for entry in packed.infolist():
            (folder / entry.filename).chmod(entry.external_attr >> 16)
    place = folder / TOP
    print(f"unpacked: {time.monotonic() - began:.1f} s, {_size(place):.0f} MB")
    for start in ("first", "second"):
        if not _started(place, folder, start):
            return 1
    print(f"installed: {_size(place):.0f} MB")
    return 0


def _started(place: Path, folder: Path, which: str) -> bool:
    """Start it, ask for pages, have reports read, and end it."""
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(folder), "LANG": "C.UTF-8", "PORT": str(_PORT)}
    environment |= {"PYTHON": sys.executable, "OGI_NO_BROWSER": "1", "OGI_DATA_DIR": str(folder / "data")}
    began = time.monotonic()
    process = subprocess.Popen(  # noqa: S603 - the bundle itself
        [str(place / "start.sh")], env=environment, stdin=subprocess.DEVNULL, start_new_session=True
    )
    try:
        while (answer := _asked("GET", "/healthz")) is None:
            if process.poll() is not None or time.monotonic() - began > _PATIENCE:
                print(f"{which} start: no answer")
                return False
            time.sleep(0.2)
        print(f"{which} start: answered after {time.monotonic() - began:.1f} s: {answer[1].decode()}")
        return _pages(which) and (which == "second" or _reports(place))
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def _pages(which: str) -> bool:
    answers = {path: _asked("GET", path) for path in ("/", "/years", "/_stcore/health", "/api/v1/organs")}
    good = all(answer is not None and answer[0] == 200 for answer in answers.values())
    print(f"{which} start: pages {'answer' if good else 'DO NOT answer'}")
    return good


def _reports(place: Path) -> bool:
    """Whether a sample with text and one that is scanned are read and kept."""
    good = True
    for kind, pattern in _SAMPLES.items():
        sample = next(iter(sorted((place / "program" / "sample_reports" / "documents").rglob(pattern))), None)
        if sample is None:
            continue
        began = time.monotonic()
        answer = _asked("POST", f"/api/v1/reports?partly=1&name={quote(sample.name)}", sample.read_bytes())
        kept = json.loads(answer[1]).get("data", [{}])[0] if answer else {}
        print(f"{kind}: {sample.name}: {answer and answer[0]}, {kept.get('numbers')} numbers, {time.monotonic() - began:.1f} s")
        good = good and answer is not None and answer[0] in (200, 201) and bool(kept.get("numbers"))
    return good


def _asked(method: str, path: str, body: bytes | None = None) -> tuple[int, bytes] | None:
    connection = http.client.HTTPConnection("127.0.0.1", _PORT, timeout=120)
    try:
        connection.request(method, path, body)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except OSError:
        return None
    finally:
        connection.close()


def _size(place: Path) -> float:
    return sum(path.lstat().st_size for path in place.rglob("*") if path.is_file()) / 1e6


if __name__ == "__main__":
    sys.exit(main())
