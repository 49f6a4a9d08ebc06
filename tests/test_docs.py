"""What the documents promise is there: commands, links, pages, the version."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pandas as pd
import pytest

import ogi
from ogi.form import load_form

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [
    *(
        "README.md",
        "README.zh.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "SECURITY.md",
        "sample_reports/README.md",
        "deploy/README.md",
    ),
    *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))),
]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = [target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in target]
    assert [target for target in targets if target and not ((ROOT / name).parent / target).exists()] == []


def test_every_make_verb_is_described() -> None:
    verbs = re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    documents = (ROOT / "README.md").read_text(encoding="utf-8") + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [verb for verb in verbs if f"make {verb}" not in documents] == []


def test_every_picture_of_the_documents_is_there() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8") + (ROOT / "README.zh.md").read_text(encoding="utf-8")
    pictures = set(re.findall(r"docs/\w+\.png", text))
    assert pictures
    assert [picture for picture in pictures if not (ROOT / picture).exists()] == []


def test_the_notebook_runs_and_fills_no_gap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notebook = json.loads((ROOT / "docs" / "researcher.ipynb").read_text(encoding="utf-8"))
    (tmp_path / "sample_reports").symlink_to(ROOT / "sample_reports")
    for package in ("loaders", "ogi"):
        (tmp_path / package).symlink_to(ROOT / package)
    monkeypatch.chdir(tmp_path)  # what it writes stays here
    names: dict[str, object] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
    wide = names["wide"]
    assert isinstance(wide, pd.DataFrame)
    assert wide.loc["示例市东湖区人民政府", 2020] == 94  # read off donghu-government-2020.html
    assert pd.isna(wide.loc["示例市东湖区人民政府", 2023])


def test_every_page_is_described() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [path.stem for path in (ROOT / "pages").glob("*.py") if path.stem not in readme] == []


def test_every_check_and_indicator_has_both_languages() -> None:
    form = load_form()
    rules = [*form.checks.values(), *form.indicators.values()]
    assert [rule.id for rule in rules if not (rule.zh.strip() and rule.en.strip())] == []


def test_changelog_tells_of_this_version() -> None:
    assert f"## {ogi.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_pinned_versions_cover_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(d for extra in project["optional-dependencies"].values() for d in extra)]
    pinned = {re.split(r"==", line)[0].lower() for line in (ROOT / "constraints.txt").read_text().split()}
    names = {re.split(r"[<>=\[]", requirement)[0].lower() for requirement in wanted}
    assert names - pinned == set()
