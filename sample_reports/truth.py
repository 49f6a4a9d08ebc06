"""Truth files: what a careful reader takes from each document, written from the figures and never from a reader."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sample_reports.faults import FAULTS
from sample_reports.sample import Sample
from sample_reports.standing import STANDINGS


def truth_of(sample: Sample) -> dict[str, Any]:
    """Return the truth file of one document. ``null`` is a cell without a number; a lost cell is left out."""
    level, kind, region = STANDINGS[sample.slug]
    found: dict[str, Any] = {
        "document": sample.document,
        "origin": sample.origin,
        "organ": sample.organ,
        "report_year": sample.year,
        "scope": sample.scope,
        "level": level,
        "organ_kind": kind,
        "region": region,
        "readable": sample.format != "scan",
        "editions": sample.editions if not sample.lost else _kept(sample),
        "cells": {key: _number(value) for key, value in sample.truth.items()},
        "faults": sample.faults,
    }
    if sample.children:
        found["children"] = sample.children
    if sample.units:
        found["units"] = sample.units
    return found


def _kept(sample: Sample) -> dict[str, str]:
    """Leave out the tables that are lost whole."""
    return {table: edition for table, edition in sample.editions.items() if not table.endswith(("_8", "_9"))}


def faults_of(samples: Iterable[Sample], right: dict[str, Sample]) -> list[dict[str, Any]]:
    """Return the list of deliberate faults with the cells they changed; ``right`` are the samples without faults."""
    by_stem = {sample.stem: sample for sample in samples}
    return [
        {
            "id": fault.id,
            "document": by_stem[fault.stem].document,
            "zh": fault.zh,
            "en": fault.en,
            "cells": _changed(by_stem[fault.stem], right[fault.stem]),
            "checks": list(fault.checks),
            "elsewhere": [{"document": by_stem[stem].document, "checks": list(checks)} for stem, checks in fault.elsewhere],
        }
        for fault in FAULTS
    ]


def _changed(sample: Sample, right: Sample) -> dict[str, dict[str, Any]]:
    return {
        key: {"printed": text, "right": right.printed[key]} for key, text in sample.printed.items() if text != right.printed[key]
    }


def as_json(data: Any) -> str:
    """Return JSON text as it stands in the files: UTF-8, one line per entry, a line end at the end."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _number(value: int | Decimal | None) -> int | float | None:
    if not isinstance(value, Decimal):
        return value
    number = float(value)
    if Decimal(repr(number)) != value:
        raise ValueError(f"{value} has no exact JSON number")
    return int(number) if number.is_integer() else number
