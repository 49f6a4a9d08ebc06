"""What is measured: each function gives one table of the result, in Markdown. A new one joins :data:`TABLES`."""

from __future__ import annotations

import contextlib
import io
import logging
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice

import pdfplumber
import pypdfium2

from benchmarks.reading.files import Corpus, RealFile
from benchmarks.reading.timing import Cost, paired, paired_costs, paired_programs
from loaders import scan
from loaders.errors import CannotReadError
from loaders.kind import read_pages
from loaders.read import read_report
from loaders.sandbox import Sandbox
from sample_reports.catalogue import sample_documents

_ROUND = 12
"""Reports in one turn through the worker processes."""

logging.getLogger("pdfminer").setLevel(logging.ERROR)


def floor(data: bytes) -> int:
    """What PDFium needs for the text of all pages; returns their number."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.get_textpage().get_text_bounded()
    count = len(document)
    document.close()
    return count


def plain(data: bytes) -> None:
    """What pdfplumber needs for the text and the tables of all pages."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.extract_tables()
            page.close()


def whole_reports(corpus: Corpus, turns: int) -> list[str]:
    """From bytes to report for text PDFs, per page, against pdfplumber alone and PDFium's text alone."""
    heads = ("text PDF, ms per page", "pdfplumber: text, tables", "floor: PDFium's text", "report", "times the floor", "right")
    return [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|", *(_whole_report(file, turns) for file in corpus.pdfs())]


def _whole_report(file: RealFile, turns: int) -> str:
    pages = floor(file.data)
    cost = paired({"floor": lambda: floor(file.data), "report": lambda: read_report(file.data, file.name)}, turns)
    slow = paired({"plain": lambda: plain(file.data)}, max(turns // 5, 3), warm=1)["plain"] / pages
    base, ours = cost["floor"] / pages, cost["report"] / pages
    cells = (f"{file.label}, {pages} pages", _ms(slow), _ms(base), _ms(ours), f"{ours.cpu / base.cpu:.1f}", file.right())
    return f"| {' | '.join(cells)} |"


def reports_per_second(corpus: Corpus, turns: int) -> list[str]:
    """The three PDFs by turns through worker processes that have read before, as the dashboard reads them."""
    files = corpus.pdfs()
    with Sandbox(workers=1) as one, Sandbox(workers=2) as two:
        cost = paired_costs(
            {"one": lambda: _through(one, 1, files), "two": lambda: _through(two, 2, files)}, max(turns // 2, 3), warm=2
        )
    return [
        "| W, C and L by turns, warm | reports per second | by processor time alone |",
        "|---|---|---|",
        f"| one worker process | {1 / cost['one'].wall:.0f} | {1 / cost['one'].cpu:.0f} |",
        f"| two worker processes | {1 / cost['two'].wall:.0f} | |",
    ]


def _through(sandbox: Sandbox, workers: int, files: list[RealFile]) -> Cost:
    """What one report costs in a round of them; the processor time is known of a single worker only."""
    before, wall = sandbox.run(time.process_time), time.perf_counter()
    with ThreadPoolExecutor(workers) as threads:
        list(threads.map(lambda file: sandbox.run(read_report, file.data, file.name), islice(cycle(files), _ROUND)))
    wall = time.perf_counter() - wall
    return Cost((sandbox.run(time.process_time) - before) / _ROUND, wall / _ROUND)


def grids(corpus: Corpus, turns: int) -> list[str]:
    """From bytes to grids for formats other than PDF."""
    lines = ["| to grids, ms per report | cpu (clock) |", "|---|---|"]
    for file in (corpus.file("HTML (004)", "004_*.html"), corpus.file("Word (032)", "032_*.docx")):
        cost = paired({"read": lambda file=file: read_pages(file.data, file.name)}, 3 * turns)
        lines.append(f"| {file.label} | {_ms(cost['read'])} |")
    return lines


_HEAVY = ("streamlit", "pandas", "plotly", "openpyxl", "cv2", "onnxruntime", "numpy")


def command_line(corpus: Corpus, turns: int) -> list[str]:
    """From the start of the program to the JSON of one text PDF, against the import of pdfplumber."""
    path = next(corpus.folder.glob("001_*[!d].pdf"))
    cost = paired_programs(
        {
            "import": ["-c", "import pdfplumber"],
            "start": ["-c", "import loaders.__main__"],
            "read": ["-m", "loaders", "read", str(path), "--json"],
        },
        turns,
    )
    code = f"import sys; from loaders.__main__ import main; main(['read', {str(path)!r}, '--json']); sys.stdout = sys.stderr;"
    code += f"print(*[name for name in {_HEAVY!r} if name in sys.modules], file=sys.__stderr__)"
    process = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, encoding="utf-8")
    return [
        "| command line, start to JSON of W, ms | cpu (clock) | times the import |",
        "|---|---|---|",
        f"| `import pdfplumber` | {_ms(cost['import'])} | 1 |",
        f"| `import loaders.__main__` | {_ms(cost['start'])} | {cost['start'].cpu / cost['import'].cpu:.1f} |",
        f"| `python -m loaders read W --json` | {_ms(cost['read'])} | {cost['read'].cpu / cost['import'].cpu:.1f} |",
        f"| of {', '.join(_HEAVY)} it loads | {process.stderr.strip() or 'none'} | |",
    ]


def scans(corpus: Corpus, turns: int) -> list[str]:
    """Scanned pages, recognition included."""
    if not scan.is_available():
        return ["Scans are not measured: what reads them is not installed."]
    lines = ["| scans, seconds per page | cpu (clock) | figures right |", "|---|---|---|"]
    for pattern in ("001_*.scanned.pdf", "004_*.scanned.pdf"):
        file = corpus.file(pattern[:3], pattern)
        pages = floor(file.data)
        cost = paired({"read": lambda file=file: read_pages(file.data, file.name)}, max(turns // 10, 1), warm=1)["read"] / pages
        lines.append(f"| {file.label}, {pages} pages | {cost.cpu:.2f} ({cost.wall:.2f}) | {file.right()} |")
    return lines


def samples(_: Corpus | None, turns: int) -> list[str]:
    """Every sample document from bytes to report, by kind of file; refused ones included."""
    spent: dict[str, list[float]] = defaultdict(list)
    for path in sample_documents():
        data = path.read_bytes()
        cost = paired({"read": lambda data=data, path=path: _try(data, path.name)}, max(turns // 5, 3), warm=1)["read"]
        spent[path.suffix[1:]].append(cost.cpu * 1000)
    lines = ["| sample documents, ms of processor time | documents | median | slowest |", "|---|---|---|---|"]
    for kind, costs in sorted(spent.items()):
        lines.append(f"| {kind} | {len(costs)} | {statistics.median(costs):.0f} | {max(costs):.0f} |")
    return lines


def _try(data: bytes, name: str) -> None:
    with contextlib.suppress(CannotReadError):
        read_report(data, name)


def _ms(cost: Cost) -> str:
    return f"{cost.cpu * 1000:.1f} ({cost.wall * 1000:.1f})"


TABLES: dict[str, Callable[[Corpus, int], list[str]]] = {
    "pdf": whole_reports,
    "throughput": reports_per_second,
    "grids": grids,
    "start": command_line,
    "scan": scans,
    "samples": samples,
}
