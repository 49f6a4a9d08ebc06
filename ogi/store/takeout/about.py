"""What the files hold: the data dictionary, and a README in both languages."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

from ogi.facts import cell_columns, derived_columns
from ogi.form import load_form
from ogi.labels import LANGS, Labels
from ogi.report import State

_HEADS = ("key", "table", "editions", "unit", "kind", "zh", "en", "formula")


def write_dictionary(file: Path) -> int:
    """Write what every figure is: its place in the form, editions, unit, words; of a derived one its formula."""
    form = load_form()
    derived = {rule.key: rule for rule in form.derived}
    rows: list[list[str]] = []
    for key, cell in cell_columns().items():
        place = [key, cell.table.label("zh"), " ".join(form.editions_of(key)), cell.unit or "", cell.kind]
        rows.append([*place, cell.label("zh"), cell.label("en"), ""])
    for key in derived_columns():
        rule = derived.get(key)
        words = [rule.zh, rule.en, rule.formula] if rule else ["", "", ""]
        rows.append([key, "", "", (rule.unit if rule else None) or "", "derived", *words])
    with file.open("w", encoding="utf-8-sig", newline="") as text:
        lines = csv.writer(text, lineterminator="\r\n")
        lines.writerow(_HEADS)
        lines.writerows(rows)
        lines.writerow([])
        for state in get_args(State):
            words = [Labels(lang)(f"methodology.state.{state}") for lang in LANGS]
            lines.writerow([state, "", "", "", "state", *words, ""])
    return len(rows)


def write_readme(file: Path, counts: Mapping[str, int], program: str) -> None:
    """Write the README: each file with what it holds and how much, the rules of the figures."""
    parts: list[str] = []
    for lang in LANGS:
        labels = Labels(lang)
        parts.append(f"# {labels('exchange.takeout.title')}\n\n{labels('exchange.takeout.intro', program=program)}\n")
        lines = [
            f"| {labels('exchange.takeout.file')} | {labels('exchange.takeout.rows')} | {labels('exchange.takeout.holds')} |"
        ]
        lines.append("|---|---:|---|")
        for name, count in counts.items():
            stem = name.split("/")[0].replace(".", "_")
            lines.append(f"| `{name}` | {count} | {labels(f'exchange.takeout.about.{stem}')} |")
        parts.append("\n".join(lines) + "\n")
        parts.append("\n".join(f"- {labels(f'exchange.takeout.rule_{number}')}" for number in range(1, 6)) + "\n")
    file.write_text("\n".join(parts), encoding="utf-8")
