"""The document as printed rows: every grid row and every text line, with its cells told apart into labels and values."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from loaders.cells import read_cell
from loaders.grid import Grid, GridCell, Pages, TextLine
from loaders.normalise import plain
from loaders.words import load_words
from ogi.han import HAN

_WORD = re.compile(rf"[A-Za-z]|{HAN}")
_WORDS = re.compile(r"[^\s（(]*[（(][^（）()]*[）)]\S*|\S+")
"""Words parted by blanks; what stands in brackets is not parted."""
_PUNCTUATION = re.compile(r"[^\w\s]+")
_ORDINAL_ONLY = re.compile(r"[(]?[\d一二三四五六七八九十]{1,2}(?:[)][.、]?|[.、])")
_ROW_NUMBER = re.compile(r"[(]?\d{1,2}[)]?[.、]?")
_VALUE = r"(?:[-+增减]?\d[\d,]*(?:\.\d+)?(?:亿元|万元|元|[件项条宗])?(?:\s?[（(][^（）()]{1,30}[）)])?|/|-{1,2}|—{1,2})"
_ONE_VALUE = re.compile(_VALUE)
_ONLY_VALUES = re.compile(rf"\s*{_VALUE}(?:\s+{_VALUE})+\s*")
_VALUES_AT_END = re.compile(rf"^(?P<label>.*?)(?P<values>(?:(?:^|\s+){_VALUE}){{2,}})\s*$")
_MARKED = re.compile(r"[|｜│┃\t]")
_BARS = frozenset("|｜│┃")


_LONGEST_ROW = 200
"""A longer line is a sentence, or holds several rows (:mod:`.inline`)."""
_LONGEST_VALUE = 60
"""A text of more characters is a sentence, even if it begins with a number."""


class PrintedRow(msgspec.Struct, kw_only=True):
    """One printed row. ``placed`` says that the columns of its cells are real and not only an order in a text."""

    cells: list[GridCell]
    placed: bool
    block: int
    """Which block of the document it stands in."""
    line: TextLine | None = None
    """The text line it was made of, where it was one."""
    used: bool = False
    """Whether it turned out to be part of a table of the form."""
    kept: bool = False
    """Whether the text is proven to keep the place of its empty cells (:mod:`loaders.layout.text_columns`)."""
    label_end: int = 0
    """Number of leading cells that hold labels or stand empty before the first value."""

    @property
    def filled(self) -> list[GridCell]:
        """Cells that hold something."""
        return [cell for cell in self.cells if plain(cell.text)]

    @property
    def has_values(self) -> bool:
        """Whether a cell holds a number or a mark that stands for one; 无 on a line of its own is a sentence."""
        if self.line is not None and len(self.cells) == 1 and is_nothing(self.cells[0].text):
            return False
        return any(plain(cell.text) and not is_wordy(cell.text) for cell in self.cells)

    @property
    def has_words(self) -> bool:
        """Whether a cell holds words."""
        return any(is_wordy(cell.text) for cell in self.cells)


@lru_cache(maxsize=8192)
def is_wordy(text: str) -> bool:
    """Whether a cell holds words (a label, a sentence) and neither a number, nor a mark, nor nothing."""
    text = plain(text)
    if _ORDINAL_ONLY.fullmatch(text):
        return True
    if not _WORD.search(text):
        return bool(_PUNCTUATION.fullmatch(text)) and read_cell(text).state == "text"
    if len(text) > _LONGEST_VALUE:
        return True
    return all(read_cell(text, kind).state == "text" for kind in ("count", "delta", "amount"))


def is_value(text: str) -> bool:
    """Whether a word of a line is a number or a mark that stands for one."""
    return _ONE_VALUE.fullmatch(plain(text)) is not None


def words_of(line: TextLine) -> list[GridCell]:
    """The words of a line as cells."""
    return [GridCell(text=word, row=0, column=0, source=line.source) for word in _WORDS.findall(line.text)]


def has_marks(text: str) -> bool:
    """Whether bars or tabs part the cells of a line."""
    return _MARKED.search(text) is not None


def is_nothing(text: str) -> bool:
    """Whether the text says that there is nothing to report (无, 不涉及)."""
    return read_cell(text).state == "not_applicable"


@lru_cache(maxsize=4096)
def is_page_mark(text: str) -> bool:
    """Whether a line is a page number or a running head such as ``- 4 -``."""
    return re.fullmatch(load_words().lone_page_number, plain(text)) is not None


def printed_rows(pages: Pages) -> list[PrintedRow]:
    """Return every row of the document in reading order. Text lines count as rows of cells in an order only."""
    rows: list[PrintedRow] = []
    for number, block in enumerate(pages.blocks):
        if isinstance(block, Grid):
            placed = any(cell.source.line is None for cell in block.cells)
            found = _without_row_numbers([cells for cells in block.rows() if cells])
            rows += [PrintedRow(cells=cells, placed=placed, block=number) for cells in found]
        else:
            rows.append(PrintedRow(cells=_cells_of_line(block), placed=False, block=number, line=block))
    for row in rows:
        row.label_end = label_end(row.cells)
    return rows


def _without_row_numbers(rows: list[list[GridCell]]) -> list[list[GridCell]]:
    """The rows without a first column that only numbers them, under a head that says so: its numbers are no figures."""
    first = [cells[0] for cells in rows if cells[0].column == 0]
    texts = [text for cell in first if (text := plain(cell.text))]
    if not texts or texts[0] not in load_words().row_numbers or any(cell.colspan > 1 for cell in first):
        return rows
    if not all(text in load_words().row_numbers or _ROW_NUMBER.fullmatch(text) for text in texts):
        return rows
    return [kept for cells in rows if (kept := [cell for cell in cells if cell.column > 0])]


def label_end(cells: list[GridCell]) -> int:
    """Return where labels end: after the last wordy cell that no value precedes."""
    end = 0
    for index, cell in enumerate(cells):
        if is_wordy(cell.text):
            end = index + 1
        elif plain(cell.text):
            break
    return end


def _cells_of_line(line: TextLine) -> list[GridCell]:
    if has_marks(line.text):
        texts = _MARKED.split(line.text)
        if len(texts) > 1 and not texts[-1].strip() and not _BARS.isdisjoint(line.text):
            texts.pop()
    else:
        texts = _split_values(line.text)
    return [GridCell(text=text.strip(), row=0, column=index, source=line.source) for index, text in enumerate(texts)]


def _split_values(text: str) -> list[str]:
    """Split ``四、结转下年度继续办理 0 0 0`` into the label and its values; other lines stay whole."""
    if len(text) > _LONGEST_ROW:
        return _WORDS.findall(text) if _ONLY_VALUES.fullmatch(text) else [text]
    match = _VALUES_AT_END.match(text.strip())
    if match is None:
        return [text]
    return [part for part in (match["label"].strip(), *_WORDS.findall(match["values"])) if part]
