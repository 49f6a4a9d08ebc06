"""The bundle for closed networks: what goes in, what never does, and that its lists fit its wheels."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from deploy.bundle.assemble import Parts, assemble
from deploy.bundle.wheels import EXTRAS, glibc_of, missing, requirements, wanted

ROOT = Path(__file__).resolve().parents[2]


def wheel(folder: Path, name: str, *needs: str) -> Path:
    """A wheel of nothing but what it says of itself."""
    folder.mkdir(parents=True, exist_ok=True)
    package, version = name.split("-")[:2]
    path = folder / f"{name}.whl"
    with zipfile.ZipFile(path, "w") as packed:
        lines = "".join(f"Requires-Dist: {need}\n" for need in needs)
        packed.writestr(f"{package}-{version}.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {package}\n{lines}\n")
    return path


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    """A small tree with things beside the program that must stay here, wheels for both systems, a font."""
    root = tmp_path / "root"
    for name in ("app.py", "ogi/__init__.py", "ogi/__pycache__/x.pyc", ".streamlit/config.toml", ".streamlit/secrets.toml"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    for name in ("records.sqlite", ".env", "tests/test_x.py", ".git/config"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("secret")
    for name in ("pyproject.toml", "constraints.txt", "LICENSE"):
        (root / name).write_text("")
    both = ("pip-26.3-py3-none-any", "rapidocr-3.10.0-py3-none-any")
    for system, own in (
        ("linux", "numpy-2.4.6-cp311-cp311-manylinux_2_28_x86_64"),
        ("windows", "numpy-2.4.6-cp311-cp311-win_amd64"),
    ):
        for name in (*both, own):
            wheel(tmp_path / system, name)
    font = tmp_path / "NotoSansCJK-Regular.ttc"
    font.write_bytes(b"font")
    wheels = {"linux": tmp_path / "linux", "windows": tmp_path / "windows"}
    return Parts(root=root, version="1.2.3", python="3.11", wheels=wheels, font=font)


def test_bundle_holds_program_wheels_font_and_starts_and_nothing_else(parts: Parts, tmp_path: Path) -> None:
    about = assemble(parts, tmp_path / "out" / "bundle.zip")
    with zipfile.ZipFile(tmp_path / "out" / "bundle.zip") as packed:
        names = {name.removeprefix("ogi-dashboard/") for name in packed.namelist()}
        kept = json.loads(packed.read("ogi-dashboard/bundle.json"))
        modes = {
            name: packed.getinfo(f"ogi-dashboard/{name}").external_attr >> 16
            for name in ("start.sh", "start.desktop", "README.txt")
        }
    assert names == {
        "program/app.py", "program/ogi/__init__.py", "program/.streamlit/config.toml", "program/pyproject.toml",
        "program/constraints.txt", "program/LICENSE", "wheels/any/pip-26.3-py3-none-any.whl",
        "wheels/any/rapidocr-3.10.0-py3-none-any.whl", "wheels/linux/numpy-2.4.6-cp311-cp311-manylinux_2_28_x86_64.whl",
        "wheels/windows/numpy-2.4.6-cp311-cp311-win_amd64.whl", "wheels/linux.txt", "wheels/windows.txt",
        "fonts/NotoSansCJK-Regular.ttc", "start.sh", "start.desktop", "start.bat", "README.txt", "bundle.json",
    }  # fmt: skip
    assert modes == {"start.sh": 0o755, "start.desktop": 0o755, "README.txt": 0o644}
    assert kept == {
        "version": "1.2.3", "python": "3.11", "glibc": "2.28", "systems": {"linux": 3, "windows": 3},
        "font": "NotoSansCJK-Regular.ttc", "models": "rapidocr",
    }  # fmt: skip
    assert about["bytes"] == (tmp_path / "out" / "bundle.zip").stat().st_size


def test_same_parts_make_the_same_zip(parts: Parts, tmp_path: Path) -> None:
    found = [assemble(parts, tmp_path / name)["sha256"] for name in ("one.zip", "two.zip")]
    assert found[0] == found[1]


def test_starts_name_the_python_and_the_system_they_need(parts: Parts, tmp_path: Path) -> None:
    assemble(parts, tmp_path / "bundle.zip")
    with zipfile.ZipFile(tmp_path / "bundle.zip") as packed:
        texts = {name: packed.read(f"ogi-dashboard/{name}").decode() for name in ("start.sh", "start.bat", "README.txt")}
    assert not [name for name, text in texts.items() if "@" in text.replace("@echo", "") or "3.11" not in text]
    assert "glibc 2.28" in texts["start.sh"] + texts["README.txt"]
    assert texts["start.bat"].count("\r\n") == texts["start.bat"].count("\n")
    assert "untested" in texts["start.bat"].lower() or "not tested" in texts["start.bat"].lower()


def test_bundle_without_windows_has_no_start_for_it(parts: Parts, tmp_path: Path) -> None:
    less = Parts(root=parts.root, version="1", python="3.11", wheels={"linux": parts.wheels["linux"]})
    about = assemble(less, tmp_path / "bundle.zip")
    names = zipfile.ZipFile(tmp_path / "bundle.zip").namelist()
    assert not [name for name in names if name.endswith(".bat") or "windows" in name or "fonts/" in name]
    assert (about["font"], about["systems"]) == (None, {"linux": 3})


def test_list_names_every_wheel_but_pip_with_its_digest(tmp_path: Path) -> None:
    one, pip = wheel(tmp_path, "et_xmlfile-2.0.0-py3-none-any"), wheel(tmp_path, "pip-26.3-py3-none-any")
    digest = hashlib.sha256(one.read_bytes()).hexdigest()
    assert requirements([one, pip]) == f"et-xmlfile==2.0.0 --hash=sha256:{digest}\n"


def test_what_only_windows_needs_is_looked_up_for_windows(tmp_path: Path) -> None:
    needs = ("colorama>=0.4; platform_system == 'Windows'", "uvloop; sys_platform == 'linux'", "h11", "pytest; extra == 'test'")
    found = [wheel(tmp_path, "click-8.5.1-py3-none-any", *needs), wheel(tmp_path, "h11-0.16.0-py3-none-any")]
    assert missing(found, "windows", "3.11") == ["colorama>=0.4"]
    assert missing(found, "linux", "3.11") == ["uvloop"]


@pytest.mark.parametrize(
    ("names", "oldest"),
    [
        (["a-1-cp311-cp311-manylinux_2_28_x86_64", "b-1-cp311-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64"], (2, 28)),
        (["a-1-cp311-cp311-manylinux_2_17_x86_64.manylinux_2_28_x86_64"], (2, 17)),
        (["a-1-cp311-cp311-manylinux2014_x86_64"], (2, 17)),
        (["a-1-py3-none-any"], (2, 5)),
    ],
)
def test_oldest_system_is_that_of_the_most_demanding_wheel(names: list[str], oldest: tuple[int, int]) -> None:
    assert glibc_of([Path(f"{name}.whl") for name in names]) == oldest


def test_bundle_wants_what_the_program_and_its_optional_parts_want() -> None:
    names = wanted(ROOT)
    assert [
        name for name in ("streamlit", "rapidocr", "weasyprint", "psycopg", "Authlib", "pip") if not any(name in n for n in names)
    ] == []
    assert not any("pytest" in name or "distributed" in name for name in names)
    assert EXTRAS == ("scan", "pdf", "postgresql", "sso")


def test_start_without_the_right_python_says_which_one_is_needed(parts: Parts, tmp_path: Path) -> None:
    shell = shutil.which("sh")
    if shell is None:
        pytest.skip("no shell here")
    assemble(parts, tmp_path / "bundle.zip")
    with zipfile.ZipFile(tmp_path / "bundle.zip") as packed:
        packed.extractall(tmp_path / "there")
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "dirname").symlink_to(shutil.which("dirname") or "")
    script = tmp_path / "there" / "ogi-dashboard" / "start.sh"
    done = subprocess.run([shell, script], env={"PATH": str(tools)}, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert done.returncode == 1
    assert "没有找到 Python 3.11" in done.stderr.decode()
    assert "Python 3.11 was not found" in done.stderr.decode()
