"""Which version the readers are: another one as soon as anything has changed that decides what is read, and only then.

It is kept with every reading. The version of the program would offer to read everything anew after each release, also where no
reader has changed, and would miss a reader that has changed within one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec

from loaders.doubts import SUMS
from ogi.data_files import DATA
from ogi.form import load_form

_ROOT = Path(__file__).resolve().parent
_NO_READERS = ("__main__.py", "against.py", "sandbox.py", "sandbox_worker.py", "summary.py", "ingest/", "doctor/")
"""What hands files to the readers, or shows what they found."""
MODULES = (
    "data_files.py", "divisions.py", "form/__init__.py", "form/editions.py", "form/load.py", "form/rules.py", "han.py",
    "organs.py", "place_spelling.py", "places.py", "report.py", "spreadsheet.py", "towns.py", "traditional.py",
)  # fmt: skip
"""What the readers use of :mod:`ogi`; the checks are left out, of which they ask only for those of :data:`SUMS`."""
FILES = (
    "derived.yaml", "divisions.tsv", "facts.yaml", "identity.yaml", "organs.yaml", "reading.yaml",
    "sections.yaml", "stated_facts.yaml", "towns.tsv", "units.yaml", "values.yaml",
)  # fmt: skip
"""What they know of words, places and units, beside the forms themselves."""
_LIBRARIES = (
    "charset-normalizer", "lxml", "olefile", "onnxruntime", "opencc-python-reimplemented", "opencv-python-headless", "openpyxl",
    "pdfplumber", "Pillow", "pypdfium2", "python-docx", "rapidocr",
)  # fmt: skip
"""Libraries that take documents apart; where those for scans are not installed, scans are not read."""


@lru_cache(maxsize=1)
def reader_version() -> str:
    """Return the version of the readers: twelve hexadecimal digits, made once, in some milliseconds."""
    digest = hashlib.sha256()
    for name, content in _parts():
        digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:12]


def _parts() -> Iterator[tuple[str, bytes]]:
    """Everything that decides what is read, by name."""
    for path in sorted(_ROOT.rglob("*.py")):
        if not (name := path.relative_to(_ROOT).as_posix()).startswith(_NO_READERS):
            yield f"loaders/{name}", path.read_bytes()
    for name in MODULES:
        yield f"ogi/{name}", (DATA.parent / name).read_bytes()
    for path in (*(DATA / name for name in FILES), *sorted((DATA / "form").glob("*.yaml"))):
        yield path.name, path.read_bytes()
    sums = [check for check in load_form().checks.values() if check.basis in SUMS]
    yield "sums", msgspec.json.encode(sums, order="deterministic")
    for name in _LIBRARIES:
        yield name, _installed(name).encode()


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
