"""The scores as Markdown tables, as JSON and as a list of what is not right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from benchmarks.accuracy.measure import DocumentScore, SetScore
from benchmarks.accuracy.score import GRAVE, IDENTITY, VERDICTS, CellScore
from benchmarks.accuracy.truth import SECTIONS

BEGIN, END = "<!-- accuracy:begin -->", "<!-- accuracy:end -->"
_PRINTED = frozenset({"exact", "wrong_unmarked", "wrong_marked", "missed", "called_blank"})
_HEADS = {"s2": "table 二", "s3": "table 三", "s4": "table 四", "other": "other rows"}
_LISTED = (*GRAVE, "wrong_marked", "missed")


def is_clean(scores: Iterable[SetScore]) -> bool:
    """Whether no cell is wrong unmarked, called blank or invented."""
    return not any(cell.verdict in GRAVE for cell in _cells(scores))


def _cells(scores: Iterable[SetScore]) -> Iterator[CellScore]:
    return (cell for score in scores for document in score.documents for cell in document.cells)


def as_markdown(scores: Sequence[SetScore], day: date) -> str:
    """Return two tables: cells by set and format, identity by set."""
    sections = [name for name in SECTIONS if any(cell.section == name for cell in _cells(scores))]
    heads = ["set", "format", "documents", *(_HEADS[name] for name in sections), "cells exact", "wrong, unmarked", "called blank"]
    heads += ["invented", "wrong, marked", "missed", "right, marked"]
    rows = [_row(score.name, format_, documents, sections) for score in scores for format_, documents in _by_format(score)]
    fields = [["set", *(name.replace("_", " ") for name in IDENTITY)], *(_identity(score) for score in scores)]
    return "\n".join(
        [
            f"Measured on {day.isoformat()} with `make accuracy`. Cells: printed numbers read exactly, of all printed numbers.",
            "",
            *_table([heads, *rows]),
            "",
            "Identity: right, of what the truth files know (and how many are wrong; the rest was not found in the document).",
            "",
            *_table(fields),
        ]
    )


def _by_format(score: SetScore) -> Iterator[tuple[str, list[DocumentScore]]]:
    for format_ in sorted({document.format for document in score.documents}):
        yield format_, [document for document in score.documents if document.format == format_]
    yield "**all**", list(score.documents)


def _row(name: str, format_: str, documents: Sequence[DocumentScore], sections: Sequence[str]) -> list[str]:
    cells = [cell for document in documents for cell in document.cells]
    counts = Counter(cell.verdict for cell in cells)
    printed = sum(counts[verdict] for verdict in _PRINTED)
    right_marked = sum(cell.verdict == "exact" and cell.is_marked for cell in cells)
    share = f"{counts['exact']} of {printed}"
    if printed:
        share += f" ({_percent(counts['exact'], printed)})"
    by_section = [_share([cell for cell in cells if cell.section == section]) for section in sections]
    failures = [counts["wrong_unmarked"], counts["called_blank"], counts["invented"], counts["wrong_marked"]]
    return [name, format_, str(len(documents)), *by_section, share, *map(str, failures), str(counts["missed"]), str(right_marked)]


def _share(cells: Sequence[CellScore]) -> str:
    printed = sum(cell.verdict in _PRINTED for cell in cells)
    return f"{sum(cell.verdict == 'exact' for cell in cells)} of {printed}" if printed else "–"


def _percent(part: int, whole: int) -> str:
    """Rounded down, so that 100 % means all."""
    return f"{part * 10000 // whole / 100:.2f} %"


def _identity(score: SetScore) -> list[str]:
    row = [score.name]
    for name in IDENTITY:
        counts = Counter(field.verdict for document in score.documents for field in document.identity if field.field == name)
        wrong = f", {counts['wrong']} wrong" if counts["wrong"] else ""
        row.append(f"{counts['right']} of {counts.total()}{wrong}" if counts else "–")
    return row


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return [lines[0], "|---" * len(rows[0]) + "|", *lines[1:]]


def as_list(scores: Sequence[SetScore]) -> list[str]:
    """Return one line for every cell that is wrong, missed or invented, every wrong identity and every refused document."""
    lines = []
    for score in scores:
        for document in score.documents:
            place = f"{score.name}: {document.name}"
            if document.refused:
                lines.append(f"{place}: refused ({document.refused})")
            lines += [
                f"{place}: {cell.key}: {cell.verdict}: {cell.expected or 'no number'} printed, {cell.found} read"
                for cell in document.cells
                if cell.verdict in _LISTED and not (document.refused and cell.verdict == "missed")
            ]
            lines += [
                f"{place}: {field.field}: {field.verdict}: {field.expected} is right, {field.found} read"
                for field in document.identity
                if field.verdict != "right" and not document.refused
            ]
    return lines


def as_json(scores: Sequence[SetScore], day: date) -> dict[str, Any]:
    """Return counts by set, format and section, and every cell that is not right."""
    return {"date": day.isoformat(), "is_clean": is_clean(scores), "sets": [_set_json(score) for score in scores]}


def _set_json(score: SetScore) -> dict[str, Any]:
    return {
        "name": score.name,
        "documents": len(score.documents),
        "without_truth": score.without_truth,
        "formats": {
            format_.strip("*"): {
                section: _counts([c for document in documents for c in document.cells if c.section == section])
                for section in SECTIONS
            }
            for format_, documents in _by_format(score)
        },
        "identity": {
            name: dict(Counter(f.verdict for document in score.documents for f in document.identity if f.field == name))
            for name in IDENTITY
        },
        "refused": {document.name: document.refused for document in score.documents if document.refused},
        "not_right": [
            {"document": document.name, **asdict(entry)}
            for document in score.documents
            for entry in (*document.cells, *document.identity)
            if entry.verdict not in ("exact", "right", "blank")
        ],
    }


def _counts(cells: Sequence[CellScore]) -> dict[str, int]:
    counts = Counter(cell.verdict for cell in cells)
    marked = sum(cell.verdict == "exact" and cell.is_marked for cell in cells)
    return {**{verdict: counts[verdict] for verdict in VERDICTS}, "exact_marked": marked}


def put_into(text: str, tables: str) -> str:
    """Return a document with the tables between its two marks.

    Raises:
        ValueError: the marks are not there.
    """
    new, count = re.subn(f"(?<={BEGIN}\n).*?(?={END})", lambda _: f"{tables}\n", text, flags=re.DOTALL)
    if count != 1:
        raise ValueError(f"{BEGIN} and {END} must stand in the document once")
    return new
