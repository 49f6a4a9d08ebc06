"""How fast a folder of text PDFs is taken into an empty library, with one worker and with two.

usage: python -m benchmarks.ingest [--files N] [--turns N] [--workers N …]

The files are the text PDFs among the samples, each with one character of its places exchanged by an incremental update, so
that every one is a report of another organ. Runs with different numbers of workers take turns. Figures are files a second on the
clock, and processor time of all processes together, which other programs on the machine disturb less.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_STREAM = re.compile(rb"(\d+) 0 obj\s*(<<(?:(?!endobj).)*?>>)\s*stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_PLACE_LETTERS = "湖岭例"
"""Of 东湖区, 云岭县, 示例市: one of them stands in the name of every sample organ."""
_FIRST_OTHER = 0x5E10


def variants(count: int, first: int = 0) -> Iterator[tuple[str, bytes]]:
    """Yield names and contents of so many different PDFs; ``first`` leaves out those that come before."""
    paths = sorted((ROOT / "sample_reports/documents").glob("*.pdf"))
    samples = [(path.stem, path.read_bytes()) for path in paths if not path.stem.startswith("published")]
    sources = [(stem, data) for stem, data in samples if has_text(data)]
    for number in range(first, first + count):
        stem, data = sources[number % len(sources)]
        yield f"{number % 17:02}/{stem}-{number:05}.pdf", varied(data, chr(_FIRST_OTHER + number // len(sources)))


def has_text(data: bytes) -> bool:
    """Whether a PDF has fonts, so that it need not be recognised."""
    return any(True for _ in _maps(data))


def varied(data: bytes, letter: str) -> bytes:
    """Return a PDF whose text has ``letter`` in place of the letters of its places: what its fonts' maps to text say."""
    new = f"{ord(letter):04x}".encode()
    parts, places, at = [data, b"\n"], [], len(data) + 1
    letters = b"|".join(b"%04x" % ord(letter) for letter in _PLACE_LETTERS)
    for number, text in _maps(data):
        body = zlib.compress(re.sub(rb"(<[0-9a-f]+>\s*)<(?:%b)>" % letters, rb"\1<" + new + rb">", text, flags=re.IGNORECASE))
        made = b"%d 0 obj\n<</Length %d/Filter/FlateDecode>>\nstream\n%b\nendstream\nendobj\n" % (number, len(body), body)
        places.append((number, at))
        parts.append(made)
        at += len(made)
    return b"".join(parts) + _directory(data, places, at)


def _maps(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The maps from glyphs to text, by number of their object."""
    for number, head, body in _STREAM.findall(data):
        with_filter = b"FlateDecode" in head
        try:
            text = zlib.decompressobj().decompress(body) if with_filter else body
        except zlib.error:
            continue
        if b"begincmap" in text:
            yield int(number), text


def _directory(data: bytes, places: list[tuple[int, int]], at: int) -> bytes:
    """The directory of an incremental update, as a stream where the file has it so (ISO 32000-1, 7.5.6 and 7.5.8)."""
    before = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    root = re.findall(rb"/Root (\d+ 0 R)", data)[-1]
    size = max(int(found) for found in re.findall(rb"/Size (\d+)", data))
    if data[before : before + 4] == b"xref":
        lines = b"".join(b"%d 1\n%010d 00000 n \n" % place for place in places)
        end = b"trailer\n<</Size %d/Root %b/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (size, root, before, at)
        return b"xref\n" + lines + end
    places = [*places, (size, at)]
    index = b" ".join(b"%d 1" % number for number, _ in places)
    body = b"".join(b"\x01" + offset.to_bytes(4, "big") + b"\x00\x00" for _, offset in places)
    head = b"%d 0 obj\n<</Type/XRef/Size %d/Root %b/Prev %d/W[1 4 2]/Index[%b]/Length %d>>\nstream\n"
    made = head % (size, size + 1, root, before, index, len(body)) + body
    return made + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % at


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ingest", description=__doc__.split("\n")[0])
    parser.add_argument("--files", type=int, default=2000, help="how many")
    parser.add_argument("--turns", type=int, default=1, help="how often each number of workers is tried")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], help="which numbers of workers")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ogi-benchmark-") as work:
        folder = Path(work, "reports")
        for name, data in variants(options.files):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        print(f"{options.files} text PDFs, {os.cpu_count()} processors, load before {os.getloadavg()[0]:.1f}")
        print("", "| workers | files/s | cpu ms a file | stored | size MB |", "|---|---|---|---|---|", sep="\n")
        rates: dict[int, list[float]] = {workers: [] for workers in options.workers}
        for _ in range(options.turns):
            for workers in options.workers:
                rates[workers].append(_measured(folder, Path(work, "library"), workers, options.files))
        if {1, 2} <= rates.keys():
            print(f"\n1 → 2 workers: {statistics.median(rates[2]) / statistics.median(rates[1]):.2f} ×")


def _measured(folder: Path, library: Path, workers: int, count: int) -> float:
    """Take the folder into an empty library, print a line and return files a second, start and end of the program included."""
    command = [sys.executable, "-m", "loaders", "ingest", str(folder), "--workers", str(workers), "--lang", "en"]
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    environment = os.environ | {"OGI_DATA_DIR": str(library), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    seconds, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        print(done.stderr[-2000:], done.stdout, file=sys.stderr)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    connection = sqlite3.connect(library / "records.sqlite")
    stored = connection.execute("SELECT count(*) FROM reports").fetchone()[0]
    connection.close()
    size = sum(path.stat().st_size for path in library.rglob("*") if path.is_file()) / 2**20
    print(f"| {workers} | {count / seconds:.1f} | {cpu / count * 1000:.0f} | {stored} | {size:.0f} |", flush=True)
    shutil.rmtree(library)
    return count / seconds


if __name__ == "__main__":
    main()
