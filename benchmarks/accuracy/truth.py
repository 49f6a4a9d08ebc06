"""Documents with truth files: which there are, and what a careful reader takes from each.

A set is a folder with ``truth/*.json`` and the documents beside it (or in ``documents/``). A truth file belongs to the document
it names (``document``), else to the one of its stem and to all whose names begin with its stem and ``_``. Two dialects are read:

- that of :mod:`sample_reports`: ``null`` is a cell without a number, an absent cell is lost, so *anything* read there is
  invented;
- that of collected reports: cells that cannot be known are left out, ``complete_tables`` names the tables of which every number
  is in the file, ``ambiguous`` begins with the name of a table nothing is claimed of, ``expect`` makes a document of which no
  value at all may come out, and ``local_<row>.<column>`` are rows a place added to the form.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

SECTIONS = ("s2", "s3", "s4", "other")
"""Where a cell stands: the three tables of today's form, and everything else."""
_SECTION_OF_TABLE = {"proactive": "s2", "applications": "s3", "review_litigation": "s4"}
_WITHOUT_CLAIM = frozenset({"procurement.amount"})
"""Collected truth files leave it out although it is printed, because the form prints no unit for it."""
_IDENTITY = {"agency": "organ", "year": "report_year", "organ": "organ", "report_year": "report_year", "scope": "scope",
             "level": "level", "organ_kind": "kind", "region": "region"}  # fmt: skip
_MASKED = ("某", "unknown")
"""In a name that was made unrecognisable; it can not be compared."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One document and what is known of it."""

    path: Path
    cells: Mapping[str, Decimal | None]
    """What is printed; ``None`` where there is no number."""
    silent: frozenset[str] = frozenset()
    """Sections in which nothing but :attr:`cells` is printed."""
    unclaimed: frozenset[str] = frozenset()
    """Keys and sections of which nothing is claimed."""
    local: Mapping[str, tuple[Decimal, ...]] = field(default_factory=dict)
    """Rows outside the form: values by name."""
    units: Mapping[str, str] | None = None
    """Units written in cells; ``None`` where the truth does not speak of units."""
    identity: Mapping[str, Any] = field(default_factory=dict)
    """What is known of ``organ``, ``report_year``, ``scope``, ``level``, ``kind``, ``region``."""


@dataclass(frozen=True, kw_only=True)
class TruthSet:
    """A named folder of documents with truth files."""

    name: str
    cases: tuple[Case, ...]
    without_truth: tuple[str, ...] = ()
    """Documents nothing is known of."""


def load_set(folder: Path, name: str) -> TruthSet:
    """Return the documents of a folder, sorted by name.

    Raises:
        FileNotFoundError: the folder has no truth files.
    """
    truths = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted((folder / "truth").glob("*.json"))}
    truths = {stem: truth for stem, truth in truths.items() if isinstance(truth, dict) and "cells" in truth}
    if not truths:
        raise FileNotFoundError(f"no truth files in {folder / 'truth'}")
    documents = folder / "documents" if (folder / "documents").is_dir() else folder
    cases, without = [], []
    for path in sorted(documents.iterdir()):
        if not path.is_file() or path.name.startswith(".") or path.name in ("README.md", "__init__.py"):
            continue
        truth = _truth_for(path, truths)
        if truth is None:
            without.append(path.name)
        else:
            cases.append(case_of(path, truth))
    return TruthSet(name=name, cases=tuple(cases), without_truth=tuple(without))


def _truth_for(path: Path, truths: Mapping[str, dict[str, Any]]) -> dict[str, Any] | None:
    named = (truth for truth in truths.values() if truth.get("document") == path.name)
    fitting = (truth for stem, truth in truths.items() if path.stem == stem or path.name.startswith((f"{stem}_", f"{stem}.")))
    return next(named, None) or next((truth for truth in fitting if "document" not in truth), None)


def case_of(path: Path, truth: Mapping[str, Any]) -> Case:
    """Return what a truth file says of a document."""
    form_cells = {key: value for key, value in truth["cells"].items() if not key.startswith("local_")}
    local: dict[str, list[Decimal]] = defaultdict(list)
    for key, value in truth["cells"].items():
        if key.startswith("local_"):
            local[key.partition(".")[0]].append(Decimal(str(value)))
    is_ours = "complete_tables" not in truth and "expect" not in truth
    everything = is_ours or "expect" in truth
    complete = SECTIONS if everything else tuple(_SECTION_OF_TABLE[table] for table in truth.get("complete_tables", ()))
    ambiguous = truth.get("ambiguous", "").partition(":")[0]
    unclaimed = set() if everything else set(_WITHOUT_CLAIM)
    if ambiguous:
        unclaimed.add(_SECTION_OF_TABLE[ambiguous])
    return Case(
        path=path,
        cells={key: _number(value) for key, value in form_cells.items()},
        silent=frozenset(complete),
        unclaimed=frozenset(unclaimed),
        local={name: tuple(values) for name, values in local.items()},
        units=truth.get("units", {}) if is_ours else None,
        identity={
            _IDENTITY[name]: value
            for name, value in truth.items()
            if name in _IDENTITY and value is not None and not any(mask in str(value) for mask in _MASKED)
        },
    )


def _number(value: Any) -> Decimal | None:
    """A number; words and placeholders such as ``-`` are none."""
    return Decimal(str(value)) if isinstance(value, int | float) else None
