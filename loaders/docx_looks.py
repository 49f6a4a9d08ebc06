"""How the characters of a run in a Word document look, as far as it matters for what is read."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - no types are shipped

from loaders.characters import lowered, raised, struck, unseen
from loaders.docx_xml import is_on, value
from loaders.xml import attribute, child, tag_of

_SHIFTED = 6
"""Half points above or below the line from which on small letters are marks beside the text."""
_WHITE = "FFFFFF"
_NO_GROUND = {"", "AUTO", _WHITE}
_ALIGNED = {"superscript": raised, "subscript": lowered}


def looks_of(properties: etree._Element) -> list[Callable[[str], str]]:
    """How the characters of a run look, as far as it matters for what is read."""
    found: list[Callable[[str], str]] = []
    for inner in properties:
        tag = tag_of(inner)
        if tag == "vertAlign" and (look := _ALIGNED.get(value(inner))):
            found.append(look)
        elif tag in {"strike", "dstrike"} and is_on(inner):
            found.append(struck)
        elif tag == "vanish" and is_on(inner):
            found.append(unseen)
        elif tag == "position" and abs(_shift(inner)) >= _SHIFTED and child(properties, "sz") is not None:
            found.append(raised if _shift(inner) > 0 else lowered)  # as LibreOffice writes small letters above the line
        elif tag == "color" and value(inner).upper() == _WHITE and _is_on_white(properties):
            found.append(raised)  # figures nobody sees are no figures for certain: a style may darken what is behind them
    return found


def _shift(position: etree._Element) -> int:
    """How far a run stands above the line, in half points."""
    text = value(position)
    return int(text) if re.fullmatch(r"-?\d{1,3}", text) else 0


def _is_on_white(properties: etree._Element) -> bool:
    """Whether a run stands in a cell, and nothing around it names a ground of its own."""
    in_cell = False
    for around in (properties, *properties.iterancestors(etree.Element)):
        in_cell = in_cell or tag_of(around) == "tc"
        inner = around if around is properties else next((part for part in around if tag_of(part).endswith("Pr")), ())
        if any(attribute(part, "fill").upper() not in _NO_GROUND for part in inner if tag_of(part) == "shd"):
            return False
    return in_cell
