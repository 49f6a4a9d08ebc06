"""Where the sample documents are and what they are; needs nothing but the standard library."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

FOLDER = Path(__file__).resolve().parent
DOCUMENTS = FOLDER / "documents"
TRUTH = FOLDER / "truth"
_SUFFIXES = frozenset({".html", ".docx", ".pdf", ".ofd"})


def sample_documents() -> list[Path]:
    """Return every sample document, sorted by name; empty where the folder is missing."""
    if not DOCUMENTS.is_dir():
        return []
    return sorted(path for path in DOCUMENTS.iterdir() if path.suffix in _SUFFIXES)


def children_of(path: Path) -> tuple[str, ...]:
    """Return the names of the organs whose reports a sample document sums up, by its truth file."""
    truth = TRUTH / f"{path.stem}.json"
    return tuple(json.loads(truth.read_text(encoding="utf-8")).get("children", ())) if truth.is_file() else ()


def origin_of(path: Path) -> Literal["fictional", "published"] | None:
    """Say whether a sample document is of the fictional city or prints published figures.

    ``None`` for a file that is no sample: it stands elsewhere, or has no truth file.
    """
    truth = TRUTH / f"{path.stem}.json"
    if path.resolve().parent != DOCUMENTS or not truth.is_file():
        return None
    return json.loads(truth.read_text(encoding="utf-8"))["origin"]
