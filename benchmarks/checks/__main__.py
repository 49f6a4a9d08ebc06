"""The command: ``python -m benchmarks.checks [--missed] [--only catch|speed]``."""

from __future__ import annotations

import argparse
import json

from benchmarks.checks.catch import Caught, measure
from benchmarks.checks.speed import Pair, copies, many, one_report, repairs
from loaders.read import read_report
from ogi.form import load_form
from ogi.report import Report
from sample_reports.catalogue import DOCUMENTS, TRUTH


def main(arguments: list[str] | None = None) -> None:
    """Read all samples, then print what is caught and how long checks take, as Markdown."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.checks", description=__doc__)
    parser.add_argument("--missed", action="store_true", help="list every change that is not caught")
    parser.add_argument("--only", choices=("catch", "speed"), help="one of the two parts")
    parser.add_argument("--reports", type=int, default=10_000, metavar="N", help="how many reports are checked at once")
    options = parser.parse_args(arguments)
    samples, form = _samples(), load_form()
    if options.only != "speed":
        caught, missed = measure(samples.values(), form)
        print("| Change | made | caught | share | escape and change no sum |\n|---|---:|---:|---:|---:|")
        for one in (*caught, Caught("all", *(sum(numbers) for numbers in zip(*(c[1:] for c in caught), strict=True)))):
            print(f"| {one.kind} | {one.made} | {one.caught} | {one.share:.1%} | {one.undecided} |")
        if options.missed:
            print("\n".join(f"{name}: {change.kind} {', '.join(change.keys)}" for name, change in missed))
    if options.only != "catch":
        pairs: list[Pair] = [(report, samples.get(_before(stem))) for stem, report in samples.items()]
        print("\n| Timed | median ms | longest ms |\n|---|---:|---:|")
        for timed in (one_report(pairs, form), repairs(pairs, form), many(pairs, form, options.reports), copies(pairs, 2000)):
            print(f"| {timed.what} | {timed.median:.1f} | {timed.longest:.1f} |")


def _samples() -> dict[str, Report]:
    truths = {path.stem: path for path in sorted(TRUTH.glob("*.json")) if path.name != "faults.json"}
    names = {stem: json.loads(path.read_text(encoding="utf-8"))["document"] for stem, path in truths.items()}
    return {stem: read_report((DOCUMENTS / name).read_bytes(), name) for stem, name in names.items()}


def _before(stem: str) -> str:
    slug, year = stem.rsplit("-", 1)
    return f"{slug}-{int(year) - 1}"


if __name__ == "__main__":
    main()
