"""One page of OFD put together: its layers, templates and typed annotations drawn, and what of it cannot be seen left out."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.errors import CannotReadError
from loaders.ofd_document import OfdDocument, PageParts
from loaders.ofd_drawing import Drawing, Ground, Painter
from loaders.ofd_seen import page_pictures, seen
from loaders.ofd_space import POINTS, BadNumberError, written_box
from loaders.pdf_page import Char
from loaders.xml import child

_MARKS = frozenset({"Stamp", "Watermark", "Link", "Path", "Highlight"})
"""Annotations the standard knows: marks upon the text, none of it."""
_TYPED = frozenset({"FreeText", "Typewriter", "TextBox", "Widget", "FormField"})
"""What producers call text a person typed onto the page or into a form."""


@dataclass(frozen=True)
class Sheet:
    """A page as a viewer shows it, in points from its top left."""

    width: float
    height: float
    chars: list[Char]
    """What can be seen, in the order of drawing."""
    drawing: Drawing
    page_pictures: list[Ground]
    """Pictures that cover most of the page."""
    has_marks: bool
    """Whether stamps, watermarks or slanted text were left out."""
    missing: int
    """Templates and composites that are not in the file."""


def draw_sheet(document: OfdDocument, painter: Painter, index: int) -> Sheet:
    """Draw a page, from 0.

    Raises:
        CannotReadError: ``damaged``, ``too_nested``, ``too_large_unpacked``.
    """
    parts = document.page(index)
    drawing = Drawing()
    painter.paint(parts.layers, drawing)
    marks = _draw_annotations(parts, painter, drawing)
    width, height = parts.width * POINTS, parts.height * POINTS
    return Sheet(
        width=width,
        height=height,
        chars=seen(drawing, document.picture),
        drawing=drawing,
        page_pictures=page_pictures(drawing, (0.0, 0.0, width, height)),
        has_marks=marks or drawing.slanted > 0,
        missing=parts.missing + drawing.missing,
    )


def _draw_annotations(parts: PageParts, painter: Painter, drawing: Drawing) -> bool:
    """Draw text typed onto the page; tell whether other annotations hold text, which is left out."""
    left_out = False
    for annotation in parts.annotations:
        appearance = child(annotation, "Appearance")
        if appearance is None or annotation.get("Visible") == "false":
            continue
        belongs = annotation.get("Type") not in _MARKS or annotation.get("Subtype") in _TYPED
        drawn = drawing if belongs else Drawing()
        try:
            box = written_box(appearance.get("Boundary"))
        except BadNumberError as error:
            raise CannotReadError("damaged", reason=f"{error} is no place on a page") from error
        painter.paint(appearance, drawn, *(box[:2] if box else (0.0, 0.0)))
        left_out = left_out or (not belongs and any(not char.text.isspace() for char in drawn.chars))
    return left_out
