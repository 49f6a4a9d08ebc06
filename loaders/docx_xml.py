"""Properties, rows and cells in the XML of Word files, whatever the namespace of the flavour."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - no types are shipped

from loaders.xml import attribute, tag_of

_TRANSPARENT = {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"}
"""Wrappers around rows and cells: content controls and tracked insertions."""


def value(element: etree._Element | None) -> str:
    """The ``val`` attribute of a property; empty where either is missing."""
    return "" if element is None else attribute(element, "val")


def number(element: etree._Element | None, default: int) -> int:
    """The ``val`` attribute as a number; ``default`` where it is none."""
    text = value(element)
    return int(text) if text.isdecimal() else default


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch is there and not turned off."""
    return element is not None and value(element) not in {"0", "false", "off"}


def within(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also inside content controls and tracked insertions."""
    for inner in element:
        tag = tag_of(inner)
        if tag == name:
            yield inner
        elif tag in _TRANSPARENT:
            yield from within(inner, name)
