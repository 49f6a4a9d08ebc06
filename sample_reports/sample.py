"""One sample document before it is written: what it prints, and the truth of every cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from ogi.form import load_form
from sample_reports.figures import Figures

Origin = Literal["fictional", "published"]
Format = Literal["html", "docx", "pdf", "scan", "ofd"]

NOTES: Mapping[Origin, str] = {
    "fictional": "本报告为演示数据，机关与数字均属虚构",
    "published": "数字取自公开发布的年度报告；文字为演示自拟",
}
SUFFIXES: Mapping[Format, str] = {"html": ".html", "docx": ".docx", "pdf": ".pdf", "scan": ".pdf", "ofd": ".ofd"}


@dataclass(kw_only=True)
class Sample:
    """A document to write. Faults and quirks change ``printed`` and ``truth`` together, never one alone."""

    stem: str
    origin: Origin
    organ: str
    slug: str
    year: int
    scope: str
    format: Format
    title: list[str]
    """Title lines as printed."""
    signature: str
    signed: str | None
    editions: dict[str, str]
    """Edition by table id, in the order of the form."""
    printed: dict[str, str]
    truth: dict[str, int | Decimal | None]
    narrative: dict[str, list[str]]
    style: str = ""
    """Layout variant of the writer, for example ``layout_table`` or ``spans``."""
    oddities: tuple[str, ...] = ()
    """Names of :mod:`sample_reports.dress`."""
    lost: bool = False
    """Whether the middle of the document is lost and the document says so."""
    faults: list[str] = field(default_factory=list)
    children: list[str] = field(default_factory=list)
    units: dict[str, str] = field(default_factory=dict)
    """Units written inside cells."""

    @property
    def document(self) -> str:
        """File name of the document."""
        return self.stem + SUFFIXES[self.format]

    @property
    def note(self) -> str:
        """The sentence every document carries, saying what it is."""
        return NOTES[self.origin]

    def set(self, key: str, text: str, value: int | Decimal | None) -> None:
        """Print ``text`` in a cell and record what a careful reader takes from it (``None``: no number)."""
        if key not in self.printed:
            raise KeyError(f"{self.stem} has no cell {key}")
        self.printed[key], self.truth[key] = text, value


def edition_tables(edition: str) -> dict[str, str]:
    """Return the tables of ``edition``, all in that edition."""
    return {table.id: edition for table in load_form().editions[edition]}


def cell_keys(editions: Mapping[str, str]) -> list[str]:
    """Return the keys of all cells of these tables, in the order of the printed form."""
    form = load_form()
    tables = [form.editions[edition].table(table_id) for table_id, edition in editions.items()]
    return [cell.key for table in tables if table is not None for cell in table.cells]


def as_printed(key: str, value: int | Decimal) -> str:
    """Return how an ordinary report prints a right figure: plain digits, and a sign before an increase."""
    if key.endswith(".items_delta") and value > 0:
        return f"+{value}"
    if isinstance(value, Decimal) and value != value.to_integral_value():
        return format(value.normalize(), "f")
    return str(int(value))


def fill(editions: Mapping[str, str], figures: Figures) -> tuple[dict[str, str], dict[str, int | Decimal | None]]:
    """Return printed texts and truth for every cell of these tables that ``figures`` has."""
    keys = [key for key in cell_keys(editions) if key in figures]
    return {key: as_printed(key, figures[key]) for key in keys}, {key: figures[key] for key in keys}
