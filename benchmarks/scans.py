"""Accuracy and processor time of reading scans: sample PDFs worn in seeded ways and compared with their truth files.

usage: python -m benchmarks.scans [DOCUMENTS] [SEED] [WORD], the last to measure only the rows with that word

A figure is exact, marked for a person (whatever its value), missed although said, or *wrong without a mark*; the last must be 0.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from decimal import Decimal

from loaders.errors import CannotReadError
from loaders.read import read_report
from sample_reports.catalogue import TRUTH, sample_documents
from sample_reports.writers.scanner import Wear, as_pdf, scan

WEARS = {
    "200 dpi, clean": Wear(dpi=200),
    "300 dpi, 1.2°, JPEG 60, noise": Wear(dpi=300, degrees=1.2, quality=60, blur=1, noise=10, dust=300),
    "200 dpi, −1.5°, JPEG 60, noise": Wear(dpi=200, degrees=-1.5, quality=60, blur=0.7, noise=10, dust=200),
    "150 dpi, 1.5°, JPEG 60, noise": Wear(dpi=150, degrees=1.5, quality=60, blur=0.7, noise=10, dust=200),
    "150 dpi, clean": Wear(dpi=150),
    "200 dpi, red stamp": Wear(dpi=200, degrees=0.6, quality=60, blur=0.6, noise=6, stamp="red", colour=True),
    "200 dpi, grey stamp": Wear(dpi=200, degrees=0.6, quality=60, blur=0.6, noise=6, stamp="grey"),
    "photo, shadow, perspective": Wear(
        dpi=200, degrees=1.0, quality=70, blur=1.0, noise=5, shade=0.5, perspective=0.05, colour=True
    ),
    "folded": Wear(dpi=200, degrees=0.5, quality=70, blur=0.6, noise=6, shade=0.3, fold=1.5),
    "fax, black and white": Wear(dpi=200, degrees=0.7, blur=0.6, noise=14, dust=300, bilevel=True),
    "turned by 90°": Wear(dpi=200, degrees=0.8, quality=70, blur=0.5, noise=5, quarter_turns=1),
    "turned by 180°": Wear(dpi=200, degrees=0.8, quality=70, blur=0.5, noise=5, quarter_turns=2),
    "5 % of the rules lost": Wear(dpi=200, degrees=0.4, noise=5, lost_rules=0.05),
}


def compare(pdf: bytes, stem: str, wear: Wear, seed: int) -> tuple[Counter[str], float, int]:
    """Return how the figures of one document came out, the seconds of processor time, and its pages."""
    cells = json.loads((TRUTH / f"{stem}.json").read_text(encoding="utf-8"))["cells"]
    pages = scan(pdf, wear, seed)
    data = as_pdf(pages, wear)
    start = time.process_time()
    try:
        found = read_report(data, f"{stem}.pdf").cells
    except CannotReadError:
        found = {}
    seconds = time.process_time() - start
    counts: Counter[str] = Counter()
    for key in cells.keys() | found.keys():
        reading = found.get(key)
        printed = cells.get(key)
        value = reading.value if reading else None
        if printed is not None and value == Decimal(str(printed)):
            counts["exact"] += 1
            counts["exact but marked"] += bool(reading and reading.is_marked)
        elif reading and reading.is_marked:
            counts["marked"] += value is not None or printed is not None
        elif value is not None:
            counts["wrong without a mark"] += 1
        elif printed is not None:
            counts["called blank" if reading and reading.state == "blank" else "missed"] += 1
        counts["printed"] += printed is not None
    return counts, seconds, len(pages)


def main(documents: int, seed: int, word: str) -> None:
    """Print a Markdown table: wear, figures, exact, marked, missed, called blank, wrong without a mark, seconds a page."""
    samples = [path for path in sample_documents() if path.suffix == ".pdf" and path.stat().st_size < 300_000]
    samples = samples[:: max(1, len(samples) // documents)][:documents]
    heads = ("scan", "figures", "exact", "of these marked", "marked", "missed", "called blank", "wrong, unmarked", "CPU-s a page")
    print(f"| {' | '.join(heads)} |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, wear in WEARS.items():
        if word not in name:
            continue
        total, seconds, pages = Counter[str](), 0.0, 0
        for path in samples:
            counts, own_seconds, own_pages = compare(path.read_bytes(), path.stem, wear, seed)
            total, seconds, pages = total + counts, seconds + own_seconds, pages + own_pages
        share = f"{100 * total['exact'] / total['printed']:.2f} %"
        columns = ("exact but marked", "marked", "missed", "called blank", "wrong without a mark")
        numbers = " | ".join(str(total[column]) for column in columns)
        print(f"| {name} | {total['printed']} | {share} | {numbers} | {seconds / pages:.2f} |", flush=True)


if __name__ == "__main__":
    given = sys.argv[1:]
    main(int(given[0]) if given else 4, int(given[1]) if len(given) > 1 else 1, "".join(given[2:3]))
