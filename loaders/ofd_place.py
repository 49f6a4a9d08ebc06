"""Where an object of OFD stands and how much of it shows: boundary, matrix and clips (GB/T 33190-2016, 8.4 and 8.5)."""

from __future__ import annotations

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - no types are shipped

from loaders.ofd_space import EVERYWHERE, Box, Matrix, box_in, common, inside, matrix_of, moved, numbers, written_box
from loaders.xml import child, tag_of


def place(element: etree._Element, outer: Matrix, clip: Box) -> tuple[Matrix, Box, float]:
    """Return the matrix of an object to the page, the area it shows in, and the height of its boundary.

    Its own space begins at the corner of the boundary that is written first; what is outside the boundary is cut off.

    Args:
        element: an object.
        outer: the matrix of what it stands in.
        clip: the area that shows.
    """
    origin, height = outer, 0.0
    written = element.get("Boundary")
    if written:
        x, y, width, height = numbers(written, 4)[:4]
        origin = moved(outer, x, y)
        clip = common(clip, box_in(outer, (min(x, x + width), min(y, y + height), max(x, x + width), max(y, y + height))))
    own = element.get("CTM")
    matrix = inside(origin, matrix_of(own)) if own and own.strip() else origin
    clips = child(element, "Clips")
    if clips is not None and len(clips):
        clip = _clipped(clips, matrix if clips.get("TransFlag") != "false" else origin, clip)
    return matrix, clip, abs(height)


def _clipped(clips: etree._Element, base: Matrix, clip: Box) -> Box:
    """What shows after the clips: the boxes around them, so that rather too much shows than too little."""
    for one in clips:
        boxes = [_area(part, base) for part in one if tag_of(part) == "Area"]
        if boxes:
            x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
            clip = common(clip, (min(x0s), min(tops), max(x1s), max(bottoms)))
    return clip


def _area(element: etree._Element, base: Matrix) -> Box:
    path = child(element, "Path")
    boundary = written_box(path.get("Boundary")) if path is not None else None
    if boundary is None:
        return EVERYWHERE
    own = element.get("CTM")
    return box_in(inside(base, matrix_of(own)) if own and own.strip() else base, boundary)
