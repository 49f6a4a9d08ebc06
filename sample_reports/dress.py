"""Mild oddities of real reports, put on the printed tables: what is printed looks different and means the same.

Each name is one oddity: ``inner_blanks`` (总 计, 第二十条 第（一）项), ``full_width`` digits, ``comma_numbers`` (1、 for 1.),
``half_width`` brackets, ``thousands`` separators in large numbers, ``short_labels`` (规范性文件, 其它).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from sample_reports.sample import Sample
from sample_reports.tables import Box, Rows, section_tables

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_HALF = str.maketrans("（）", "()")


def dressed_tables(sample: Sample, section: str) -> list[Rows]:
    """Return the tables of one section as this document prints them."""
    tables = section_tables(section, sample.printed, sample.editions)
    for name in sample.oddities:
        tables = [tuple(tuple(_ODDITIES[name](box) for box in row) for row in rows) for rows in tables]
    return tables


def _inner_blanks(box: Box) -> Box:
    text = "总 计" if box.text == "总计" else box.text.replace("第二十条第", "第二十条 第")
    return replace(box, text=text)


def _full_width(box: Box) -> Box:
    return replace(box, text=box.text.translate(_WIDE)) if box.kind == "number" else box


def _comma_numbers(box: Box) -> Box:
    return replace(box, text=re.sub(r"^(\d)\.", r"\1、", box.text)) if box.kind == "label" else box


def _half_width(box: Box) -> Box:
    return box if box.kind == "number" else replace(box, text=box.text.translate(_HALF))


def _thousands(box: Box) -> Box:
    return replace(box, text=f"{int(box.text):,}") if box.kind == "number" and re.fullmatch(r"\d{4,}", box.text) else box


def _short_labels(box: Box) -> Box:
    if box.kind == "number":
        return box
    return replace(box, text=box.text.replace("行政规范性文件", "规范性文件").replace("3.其他", "3.其它"))


_ODDITIES: dict[str, Callable[[Box], Box]] = {
    "inner_blanks": _inner_blanks,
    "full_width": _full_width,
    "comma_numbers": _comma_numbers,
    "half_width": _half_width,
    "thousands": _thousands,
    "short_labels": _short_labels,
}
ODDITIES = tuple(_ODDITIES)
