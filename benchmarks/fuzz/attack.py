"""Damaged documents through the sandbox: what came of each, and whether that is allowed.

Allowed is a report that proves every figure, or a refusal whose sentence a clerk understands. Everything else is a fault: an
unexpected exception, a worker that breaks down or runs into a limit, a figure out of nothing, a sentence that is missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from benchmarks.fuzz.case import Case
from benchmarks.fuzz.evidence import invented
from benchmarks.fuzz.mutations import mutated
from loaders.errors import CannotReadError
from loaders.read import read_report
from loaders.sandbox import Sandbox
from ogi.labels import Labels
from ogi.report import Report
from sample_reports.catalogue import sample_documents

KINDS = ("text", "html", "docx", "pdf", "ofd")
_FAULTS = frozenset({"unexpected", "crashed", "took_too_long", "too_large", "answer_too_large"})
_KIND_OF = {".html": "html", ".docx": "docx", ".pdf": "pdf", ".ofd": "ofd"}


Judge = Callable[[Report, Case], str]
"""From a report and the case it was read from to what is wrong with it; empty where nothing is."""


class Result(NamedTuple):
    """What came of a case: ``read`` or the code of the refusal, and why that is a fault (empty where it is none)."""

    case: Case
    outcome: str
    fault: str


def bases() -> dict[str, list[tuple[str, bytes]]]:
    """The sample documents by kind; the texts are those of the web pages, as a crawler leaves them."""
    found: dict[str, list[tuple[str, bytes]]] = {kind: [] for kind in KINDS}
    for path in sample_documents():
        kind = _KIND_OF.get(path.suffix)
        if kind and path.stat().st_size < 300_000:
            found[kind].append((path.name, path.read_bytes()))
    found["text"] = [(name.replace(".html", ".txt"), _crawled(data)) for name, data in found["html"]]
    return {kind: documents for kind, documents in found.items() if documents}


def _crawled(page: bytes) -> bytes:
    """The text of a page, a row of a table per line with tabs between its cells."""
    text = page.decode("utf-8", errors="replace")
    text = re.sub(r"(?is)<(script|style|head)\b.*?</\1>|<!--.*?-->", "", text)
    text = re.sub(r"\s*\n\s*", "", text)
    text = re.sub(r"(?i)</t[dh]>", "\t", re.sub(r"(?i)</(p|div|tr|h\d|li)>|<br[^>]*>", "\n", text))
    return re.sub(r"<[^>]*>", "", text).replace("&nbsp;", " ").encode()


def cases(count: int, seed: int = 0) -> Iterator[Case]:
    """``count`` damaged documents, the kinds in turn."""
    documents = bases()
    kinds = list(documents)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        name, data = documents[kind][number // len(kinds) % len(documents[kind])]
        own_seed = seed + number
        yield Case(kind, name, own_seed, mutated(data, kind, own_seed))


def attack(sandbox: Sandbox, case: Case, judge: Judge) -> Result:
    """Read one case in a worker and judge what came of it; the judge works there too, as PDFium must not run in threads."""
    try:
        report = sandbox.run(read_report, case.data, case.name)
    except CannotReadError as error:
        return Result(case, error.code, _refusal_fault(error))
    except Exception as error:  # the sandbox promises nothing else
        return Result(case, type(error).__name__, "the sandbox let an exception through")
    return Result(case, "read", sandbox.run(judge, report, case))


def _refusal_fault(error: CannotReadError) -> str:
    for labels in (Labels("zh"), Labels("en")):
        labels(f"error.{error.code}", **error.params)
    return f"ended as {error.code} {error.params}" if error.code in _FAULTS else ""


def attack_all(sandbox: Sandbox, all_cases: Iterator[Case], judge: Judge = invented, threads: int = 2) -> Iterator[Result]:
    """Attack with every case, in order; a worker that dies takes only its own case with it."""
    with ThreadPoolExecutor(threads) as pool:
        waiting = []
        for case in all_cases:
            waiting.append(pool.submit(attack, sandbox, case, judge))
            if len(waiting) > 4 * threads:
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()
