"""The packages of the bundle: fetched once where there is a network, listed with their digests."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterable
from email import message_from_bytes
from pathlib import Path

from packaging.requirements import Requirement

EXTRAS = ("scan", "pdf", "postgresql", "sso")
"""The optional parts of the program that go along; bulk reading on several machines does not."""
_GLIBC = (28, 27, 26, 24, 17, 12, 5)
"""Second numbers of the versions of glibc whose wheels are taken, the newest first; systems from 2018 on have 2.28."""
PLATFORMS = {
    "linux": [f"manylinux_2_{minor}_x86_64" for minor in _GLIBC] + ["manylinux2014_x86_64", "manylinux1_x86_64"],
    "windows": ["win_amd64"],
}
_WORLDS = {
    "linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": "x86_64"},
    "windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"},
}
_MOST_ROUNDS = 5


def wanted(root: Path) -> list[str]:
    """The requirements of the program with its optional parts, and pip itself, which some systems take out of Python."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    return [*project["dependencies"], *(line for extra in EXTRAS for line in extras[extra]), "pip"]


def fetch(root: Path, system: str, folder: Path, python: str) -> None:
    """Fetch the wheels of one system, in the versions that were tested, with pip's own settings for where from.

    What only that system needs is looked up in the wheels themselves: pip asks about the machine it runs on.

    Raises:
        subprocess.CalledProcessError: pip could not find something; it has said what.
        RuntimeError: the wheels ask for each other without end.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = wanted(root)
    for _ in range(_MOST_ROUNDS):
        _download(root, system, folder, python, names)
        names = missing(sorted(folder.glob("*.whl")), system, python)
        if not names:
            return
    raise RuntimeError(f"not closed: {names}")


def _download(root: Path, system: str, folder: Path, python: str, names: list[str]) -> None:
    platforms = [word for name in PLATFORMS[system] for word in ("--platform", name)]
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--disable-pip-version-check",
        "--only-binary=:all:",
        *platforms,
    ]
    command += ["--python-version", python, "--implementation", "cp", "--constraint", str(root / "constraints.txt")]
    environment = {name: text for name, text in os.environ.items() if name != "PIP_CONSTRAINT"}
    subprocess.run([*command, "--dest", str(folder), *names], check=True, env=environment)  # noqa: S603 - our own arguments


def missing(wheels: Iterable[Path], system: str, python: str) -> list[str]:
    """Return what these wheels need on a system and is not among them."""
    there = {name_of(wheel): wheel for wheel in wheels}
    world = {**_WORLDS[system], "python_version": python, "python_full_version": f"{python}.0", "extra": ""}
    found: dict[str, None] = {}
    for wheel in there.values():
        for line in _metadata(wheel).get_all("Requires-Dist") or []:
            need = Requirement(line)
            if (need.marker is None or need.marker.evaluate(world)) and normal(need.name) not in there:
                found[f"{need.name}{need.specifier}"] = None
    return sorted(found)


def requirements(wheels: Iterable[Path]) -> str:
    """Return a list for ``pip install --require-hashes``: every wheel with its version and digest."""
    lines = []
    for wheel in sorted(wheels, key=lambda path: path.name.lower()):
        name, version = wheel.name.split("-")[:2]
        if normal(name) != "pip":
            lines.append(f"{normal(name)}=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n")
    return "".join(lines)


def glibc_of(wheels: Iterable[Path]) -> tuple[int, int]:
    """The oldest glibc all wheels work with: for each the oldest it names, of these the newest."""
    oldest = [_oldest_glibc(wheel.name) for wheel in wheels]
    return max((found for found in oldest if found is not None), default=(2, 5))


def _oldest_glibc(name: str) -> tuple[int, int] | None:
    found = [(int(major), int(minor)) for major, minor in re.findall(r"manylinux_(\d+)_(\d+)_", name)]
    found += [{"1": (2, 5), "2010": (2, 12), "2014": (2, 17)}[old] for old in re.findall(r"manylinux(1|2010|2014)_", name)]
    return min(found, default=None)


def name_of(wheel: Path) -> str:
    """The name of the package in a wheel, as packages are compared."""
    return normal(wheel.name.split("-")[0])


def normal(name: str) -> str:
    """The one spelling of a package's name: ``Et_XmlFile`` → ``et-xmlfile``."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _metadata(wheel: Path):
    with zipfile.ZipFile(wheel) as packed:
        name = next(name for name in packed.namelist() if name.endswith(".dist-info/METADATA"))
        return message_from_bytes(packed.read(name))
