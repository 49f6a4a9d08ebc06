"""The command: ``python -m benchmarks.checks [--missed] [--only catch|speed|copies]``."""

from __future__ import annotations

import argparse
import json

from benchmarks.checks.catch import Caught, measure
from benchmarks.checks.copying import search
from benchmarks.checks.speed import Pair, many, one_report, repairs
from loaders.read import read_report
from ogi.form import load_form
from ogi.report import Report
from sample_reports.catalogue import DOCUMENTS, TRUTH


def main(arguments: list[str] | None = None) -> None:
    """Read all samples, then print what is caught, how long checks take and which copies are found, as Markdown."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.checks", description=__doc__)
    parser.add_argument("--missed", action="store_true", help="list every change that is not caught")
    parser.add_argument("--only", choices=("catch", "speed", "copies"), help="one of the three parts")
    parser.add_argument("--reports", type=int, default=10_000, metavar="N", help="how many reports are checked at once")
    parser.add_argument("--texts", type=int, default=2000, metavar="N", help="among how many texts copies are searched")
    options = parser.parse_args(arguments)
    samples, form = _samples(), load_form()
    if options.only in (None, "catch"):
        caught, missed = measure(samples.values(), form)
        print("| Change | made | caught | share | escape and change no sum |\n|---|---:|---:|---:|---:|")
        for one in (*caught, Caught("all", *(sum(numbers) for numbers in zip(*(c[1:] for c in caught), strict=True)))):
            print(f"| {one.kind} | {one.made} | {one.caught} | {one.share:.1%} | {one.undecided} |")
        if options.missed:
            print("\n".join(f"{name}: {change.kind} {', '.join(change.keys)}" for name, change in missed))
    if options.only in (None, "speed"):
        pairs: list[Pair] = [(report, samples.get(_before(stem))) for stem, report in samples.items()]
        print("\n| Timed | median ms | longest ms |\n|---|---:|---:|")
        for timed in (one_report(pairs, form), repairs(pairs, form), many(pairs, form, options.reports)):
            print(f"| {timed.what} | {timed.median:.1f} | {timed.longest:.1f} |")
    if options.only in (None, "copies"):
        found = search(options.texts)
        print("\n| Texts of a year | s | MB | copied to | of them found | others |\n|---:|---:|---:|---|---:|---:|")
        for kind, count in found.copied.items():
            shares = f"{kind} | {found.found.get(kind, 0)} of {count} | {found.others}"
            print(f"| {found.texts} | {found.seconds:.1f} | {found.memory:.0f} | {shares} |")


def _samples() -> dict[str, Report]:
    truths = {path.stem: path for path in sorted(TRUTH.glob("*.json")) if path.name != "faults.json"}
    names = {stem: json.loads(path.read_text(encoding="utf-8"))["document"] for stem, path in truths.items()}
    return {stem: read_report((DOCUMENTS / name).read_bytes(), name) for stem, name in names.items()}


def _before(stem: str) -> str:
    slug, year = stem.rsplit("-", 1)
    return f"{slug}-{int(year) - 1}"


if __name__ == "__main__":
    main()
