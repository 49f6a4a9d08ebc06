"""The parts of the machine that the readers and the briefs need: packages, fonts, the network for scans, LibreOffice, pango."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from loaders import scan
from loaders.doctor.look import Look
from loaders.libreoffice import find_libreoffice
from loaders.picture.png import font_path
from ogi.brief.pdf import missing_part

_MOST_NAMED = 5


def python_and_packages(root: Path) -> Look:
    """The interpreter and the packages of ``pyproject.toml``, against the versions that were tested (``constraints.txt``)."""
    found = f"Python {sys.version.split()[0]}"
    try:
        project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        pinned = dict(line.split("==") for line in (root / "constraints.txt").read_text(encoding="utf-8").split())
    except OSError:
        return Look(part="packages", found=found)  # installed without its folder: pip has seen to it
    tested = {name.lower(): number for name, number in pinned.items()}
    here = {name: _installed(name) for name in (re.split(r"[<>=\[]", wanted)[0] for wanted in project["dependencies"])}
    missing = [name for name, number in here.items() if number is None]
    if missing:
        return Look(part="packages", state="stops", code="missing", found=found, params={"names": _named(missing)})
    others = [f"{name} {number} ≠ {tested[name.lower()]}" for name, number in here.items() if number != tested.get(name.lower())]
    if others:
        return Look(part="packages", state="lacking", code="others", found=found, params={"names": _named(others)})
    return Look(part="packages", found=found)


def chinese_font() -> Look:
    """A font for pictures of evidence and for PDF."""
    path = font_path()
    return Look(part="font", found=str(path)) if path else Look(part="font", state="lacking", code="missing")


def scans() -> Look:
    """What recognises scanned pages."""
    model = scan.model_path()
    lacking = [name for name in ("cv2", "onnxruntime") if find_spec(name) is None]
    lacking += [] if model else ["rapidocr (PP-OCRv6_rec_small.onnx)"]
    if lacking or model is None:
        return Look(part="scans", state="lacking", code="missing", params={"names": _named(lacking)})
    return Look(part="scans", found=f"{model.name} ({model.stat().st_size / 1e6:.0f} MB)")


def libreoffice() -> Look:
    """What converts old Word, WPS and Excel files."""
    program = find_libreoffice()
    return Look(part="office", found=str(program)) if program else Look(part="office", state="lacking", code="missing")


def pdf() -> Look:
    """What makes briefs as PDF."""
    part = missing_part()
    if part is not None:
        return Look(part="pdf", state="lacking", code=part)
    return Look(part="pdf", found=f"weasyprint {_installed('weasyprint')}")


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _named(names: list[str]) -> str:
    rest = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" … (+{rest})" if rest > 0 else "")
