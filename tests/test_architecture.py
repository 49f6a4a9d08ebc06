"""The layers of the house: who may import whom, where each dependency lives, how large a room may be."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = {
    "ogi": {"ogi"},
    "loaders": {"ogi", "loaders"},
    "sample_reports": {"ogi", "sample_reports"},
    "web": {"ogi", "loaders", "web"},
    "pages/parts": {"ogi", "loaders", "sample_reports", "pages"},
    "pages": {"ogi", "loaders", "sample_reports", "pages"},
    "app.py": {"ogi", "loaders", "sample_reports", "pages", "web"},
}
"""What the modules of each layer may import of our own packages."""

HOMES = {
    "streamlit": ("pages/", "app.py"),
    "starlette": ("web/", "app.py"),
    "prometheus_client": ("web/metrics.py",),
    "plotly": ("ogi/charts/",),
    "pdfplumber": ("loaders/pdf",),
    "pdfminer": ("loaders/pdf",),
    "pypdfium2": ("loaders/pdf", "sample_reports/"),
    "PIL": (
        "loaders/pdf_images.py",
        "loaders/picture_frames.py",
        "loaders/picture/",
        "loaders/ofd_picture.py",
        "sample_reports/",
    ),
    "cv2": ("loaders/scan/",),
    "onnxruntime": ("loaders/scan/",),
    "rapidocr": (),
    "rensa": ("ogi/checks/originality.py",),
    "sqlalchemy": ("ogi/store/",),
    "rjieba": ("ogi/narrative_diff.py",),
    "pypinyin": ("ogi/comparison/organ_search.py",),
    "alembic": ("ogi/store/",),
    "argon2": ("ogi/access/secrets.py",),
    "jinja2": ("ogi/shares/page.py",),
    "psycopg": (),
    "duckdb": ("ogi/store/",),
    "pyarrow": ("ogi/store/",),
    "distributed": ("loaders/ingest/",),
    "tqdm": ("loaders/ingest/",),
    "docx": ("ogi/brief/", "sample_reports/"),
    "pptx": ("ogi/brief/",),
    "xlsxwriter": (),
    "weasyprint": ("ogi/brief/", "sample_reports/"),
    "openpyxl": ("ogi/export.py", "ogi/exchange/", "ogi/brief/", "loaders/xlsx"),
    "lxml": ("loaders/html", "loaders/docx", "loaders/ofd", "loaders/xml.py"),
    "olefile": ("loaders/compound.py",),
    "zipfile": ("loaders/package.py", "ogi/brief/", "ogi/store/backup/", "sample_reports/"),
    "yaml": ("ogi/data_files.py",),
    "requests": (),
    "httpx": (),
    "urllib.request": (),
}
"""The one place of each dependency; an empty home means: nowhere."""

MEANINGLESS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "service", "base", "core"}
LONGEST_MODULE = 320


def modules() -> list[Path]:
    """Every Python file that ships."""
    found = [ROOT / "app.py"]
    for package in ("ogi", "loaders", "pages", "sample_reports", "web"):
        found += sorted((ROOT / package).rglob("*.py"))
    return [path for path in found if "__pycache__" not in path.parts]


def imports(path: Path) -> Iterator[str]:
    """The dotted names a module imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def layer(path: Path) -> str:
    """The layer a module belongs to: the longest matching name of ``LAYERS``."""
    place = path.relative_to(ROOT).as_posix()
    return max((name for name in LAYERS if place == name or place.startswith(f"{name}/")), key=len)


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_module_imports_only_layers_below_it(path: Path) -> None:
    own = {"ogi", "loaders", "pages", "sample_reports", "web", "app", "tests", "benchmarks"}
    wrong = {name for name in imports(path) if name.split(".")[0] in own - LAYERS[layer(path)]}
    assert wrong == set()


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_dependency_is_used_only_in_its_home(path: Path) -> None:
    place = path.relative_to(ROOT).as_posix()
    strays = {
        name
        for name in imports(path)
        for dependency, homes in HOMES.items()
        if (name == dependency or name.startswith(f"{dependency}.")) and not place.startswith(homes or ("nowhere",))
    }
    assert strays == set()


def test_rooms_are_small() -> None:
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {place: length for place, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_pages_are_articles() -> None:
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / "pages").glob("*.py")}
    assert {name: length for name, length in lengths.items() if length > 120} == {}


def test_names_say_something() -> None:
    assert [path for path in modules() if MEANINGLESS & {path.stem, *path.relative_to(ROOT).parts}] == []


def test_no_branch_on_a_year() -> None:
    """A new edition is a row in a data file; code that compares a report year with a number is a rule in the wrong place."""
    pattern = re.compile(r"year\w*\s*[<>=!]=?\s*20\d\d")
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in modules()
        if not path.is_relative_to(ROOT / "sample_reports")
        for line in path.read_text(encoding="utf-8").splitlines()
        if pattern.search(line)
    ]
    assert found == []


def test_formulas_are_never_evaluated_as_code() -> None:
    calls = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"eval", "exec", "__import__"}
    ]
    assert calls == []


def test_project_names_no_machine_and_no_registry() -> None:
    """Pinned versions carry names only; no path of a developer's machine is in the tree."""
    pattern = re.compile(
        "|".join(["py" + "pi.org", "python" + "hosted", "np" + "mjs.org", "/wo" + "rk/", "/tm" + "p/[a-z]", "/ro" + "ot/"])
    )
    suffixes = {".py", ".toml", ".txt", ".md", ".yaml", ".yml", ""}
    skipped = {".git", ".venv", "documents", "__pycache__", ".pytest_cache", ".ruff_cache", ".hypothesis", ".cache"}
    found = [
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*")
        if path.is_file() and path.suffix in suffixes and not skipped & set(path.relative_to(ROOT).parts)
        if pattern.search(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []
