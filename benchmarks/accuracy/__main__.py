"""The command: measure, print, write. Exit status 1 where a cell is wrong unmarked, called blank or invented."""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import date
from pathlib import Path

from benchmarks.accuracy.measure import measure
from benchmarks.accuracy.outcome import as_json, as_list, as_markdown, is_clean, put_into
from benchmarks.accuracy.truth import TruthSet, load_set
from loaders.sandbox import Sandbox
from sample_reports.catalogue import FOLDER

ROOT = Path(__file__).resolve().parent.parent.parent


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    sets = _sets(options.folders, options.only)
    with Sandbox(options.workers) as sandbox:
        scores = [measure(truth_set, sandbox, options.workers) for truth_set in sets]
    if options.list:
        print("\n".join(as_list(scores)), end="\n\n")
    tables = as_markdown(scores, date.today())
    print(tables)
    if options.json:
        Path(options.json).write_text(
            json.dumps(as_json(scores, date.today()), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    if options.readme:
        readme = ROOT / "README.md"
        readme.write_text(put_into(readme.read_text(encoding="utf-8"), tables), encoding="utf-8", newline="\n")
    return 0 if is_clean(scores) else 1


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("folders", nargs="*", metavar="[NAME=]FOLDER", help="a folder with documents and truth/*.json")
    parser.add_argument("--only", action="store_true", help="leave out the sample reports")
    parser.add_argument("--list", action="store_true", help="name every cell that is wrong, missed or invented")
    parser.add_argument("--json", metavar="FILE", help="write all counts and everything that is not right")
    parser.add_argument("--readme", action="store_true", help="put the tables into README.md")
    parser.add_argument("-j", "--workers", type=int, default=1, help="worker processes (default: 1)")
    return parser.parse_args(arguments)


def _sets(folders: list[str], only: bool) -> list[TruthSet]:
    """The samples and the folders named; where none is, the real reports beside the checkout if there are any."""
    corpus = Path(os.environ.get("OGI_CORPUS", ROOT.parent / "shared" / "reports"))
    named = [folder.rpartition("=")[::2] for folder in folders]
    if not folders and (corpus / "truth").is_dir():
        named = [("real reports", str(corpus))]
    found = [] if only else [load_set(FOLDER, FOLDER.name)]
    return [*found, *(load_set(Path(folder), name or Path(folder).resolve().name) for name, folder in named)]


if __name__ == "__main__":
    sys.exit(main())
