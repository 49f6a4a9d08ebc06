"""One zip of the program, its packages, a font and the ways to start it."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.bundle.wheels import glibc_of, name_of, requirements

TOP = "ogi-dashboard"
PROGRAM = ("app.py", "ogi", "loaders", "pages", "web", "sample_reports", "deploy", "docs", ".streamlit/config.toml")
PROGRAM += ("pyproject.toml", "constraints.txt", "LICENSE", "README.md", "CHANGELOG.md")
"""What goes along of the tree. By name, so that data, secrets and caches never do."""
_LEFT_OUT = {"__pycache__", ".DS_Store"}
_STARTS = Path(__file__).with_name("files")
_PACKED = (".whl", ".png", ".pdf", ".docx", ".xlsx", ".zip")
_EXECUTABLE = {"start.sh", "start.desktop"}
_TIME = (2026, 1, 1, 0, 0, 0)
"""The same for every entry, so that the same parts make the same zip."""


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What a bundle is made of."""

    root: Path
    version: str
    python: str
    """``3.11``: the wheels are for this Python only."""
    wheels: Mapping[str, Path]
    """The folder of wheels for each system, ``linux`` and perhaps ``windows``."""
    font: Path | None = None


def assemble(parts: Parts, target: Path) -> dict[str, object]:
    """Write the zip and return what it holds, as it stands in its ``bundle.json``."""
    about = _about(parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    with zipfile.ZipFile(part, "w") as packed:
        for path in sorted(_program(parts.root)):
            _add(packed, f"program/{path.relative_to(parts.root).as_posix()}", path.read_bytes())
        for place, wheel in sorted(_wheels(parts.wheels).items()):
            _add(packed, f"wheels/{place}", wheel.read_bytes())
        for system, folder in sorted(parts.wheels.items()):
            _add(packed, f"wheels/{system}.txt", requirements(folder.glob("*.whl")).encode())
        if parts.font is not None:
            _add(packed, f"fonts/{parts.font.name}", parts.font.read_bytes())
        for path in sorted(_STARTS.iterdir()):
            if not (path.suffix == ".bat" and "windows" not in parts.wheels):
                _add(packed, path.name, _filled(path, about))
        _add(packed, "bundle.json", json.dumps(about, ensure_ascii=False, indent=1).encode())
    part.replace(target)
    return {**about, "bytes": target.stat().st_size, "sha256": _digest(target)}


def _about(parts: Parts) -> dict[str, object]:
    wheels = {system: sorted(folder.glob("*.whl")) for system, folder in parts.wheels.items()}
    return {
        "version": parts.version,
        "python": parts.python,
        "glibc": ".".join(map(str, glibc_of(wheels.get("linux", [])))),
        "systems": {system: len(found) for system, found in wheels.items()},
        "font": parts.font.name if parts.font else None,
        "models": "rapidocr" if any(name_of(wheel) == "rapidocr" for wheel in wheels.get("linux", [])) else None,
    }


def _program(root: Path) -> Iterator[Path]:
    for name in PROGRAM:
        place = root / name
        found = place.rglob("*") if place.is_dir() else [place]
        yield from (path for path in found if path.is_file() and not _LEFT_OUT & set(path.relative_to(root).parts))


def _wheels(folders: Mapping[str, Path]) -> dict[str, Path]:
    """Every wheel by its place in the zip; one that is the same for all systems goes in once."""
    found: dict[str, Path] = {}
    for system, folder in folders.items():
        for wheel in folder.glob("*.whl"):
            found[f"{'any' if wheel.name.endswith('-none-any.whl') else system}/{wheel.name}"] = wheel
    return found


def _filled(path: Path, about: Mapping[str, object]) -> bytes:
    text = path.read_text(encoding="utf-8")
    for name in ("version", "python", "glibc"):
        text = text.replace(f"@{name}@", str(about[name]))
    if path.suffix == ".bat":
        text = text.replace("\n", "\r\n")
    return text.encode()


def _add(packed: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(f"{TOP}/{name}", _TIME)
    entry.external_attr = (0o755 if name in _EXECUTABLE else 0o644) << 16
    entry.compress_type = (
        zipfile.ZIP_STORED if name.endswith((".whl", ".png", ".pdf", ".docx", ".xlsx")) else zipfile.ZIP_DEFLATED
    )
    packed.writestr(entry, data)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
