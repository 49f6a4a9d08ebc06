"""All documents of a set, read in a worker process as any upload is, and scored."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from benchmarks.accuracy.score import CellScore, FieldScore, score_cells, score_identity
from benchmarks.accuracy.truth import Case, TruthSet
from loaders.errors import CannotReadError
from loaders.read import read_report
from loaders.sandbox import Sandbox

FORMATS = {
    **dict.fromkeys(("png", "jpg", "jpeg", "tif", "tiff", "bmp"), "image"),
    **dict.fromkeys(("txt", "md"), "text"),
    "htm": "html",
    "mhtml": "mht",
}
"""Name of a format by suffix, where it is another one."""


@dataclass(frozen=True, kw_only=True)
class DocumentScore:
    """What became of one document."""

    name: str
    format: str
    refused: str
    """Code of the reason where it was not read at all, else empty."""
    cells: tuple[CellScore, ...]
    identity: tuple[FieldScore, ...]


@dataclass(frozen=True, kw_only=True)
class SetScore:
    """What became of all documents of a set."""

    name: str
    documents: tuple[DocumentScore, ...]
    without_truth: int = 0


def measure(truth_set: TruthSet, sandbox: Sandbox, workers: int = 1) -> SetScore:
    """Read and score every document, in the order of the set."""
    with ThreadPoolExecutor(workers) as pool:
        documents = tuple(pool.map(lambda case: _score(case, sandbox), truth_set.cases))
    return SetScore(name=truth_set.name, documents=documents, without_truth=len(truth_set.without_truth))


def _score(case: Case, sandbox: Sandbox) -> DocumentScore:
    data, report, refused = case.path.read_bytes(), None, ""
    try:
        report = sandbox.run(read_report, data, case.path.name)
    except CannotReadError as error:
        refused = error.code
    return DocumentScore(
        name=case.path.name, format=format_of(case.path), refused=refused,
        cells=tuple(score_cells(case, report)), identity=tuple(score_identity(case, report)),
    )  # fmt: skip


def format_of(path: Path) -> str:
    """Return the format of a document: by its suffix, and for a PDF by whether its pages hold text."""
    suffix = path.suffix.removeprefix(".").lower()
    if suffix != "pdf":
        return FORMATS.get(suffix, suffix)
    texts = set(_pages_with_text(path))
    return "pdf text" if texts == {True} else "pdf scan" if texts == {False} else "pdf mixed"


def _pages_with_text(path: Path) -> Iterator[bool]:
    document = pypdfium2.PdfDocument(path)
    try:
        for page in document:
            text = page.get_textpage()
            yield text.count_chars() > 0
            text.close()
            page.close()
    finally:
        document.close()
