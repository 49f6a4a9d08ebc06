"""Whether an object of OFD leaves ink on the paper: visibility, fill, outline and colours (GB/T 33190-2016, 8.3 and 8.5)."""

from __future__ import annotations

from typing import Literal, Protocol

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - no types are shipped

from loaders.xml import child

Ink = Literal["dark", "white", "clear"]
"""``white`` cannot be seen on paper but covers what lies under it; ``clear`` does neither."""

_WHITE, _OPAQUE = 250, 250
_MOST_BASES = 8


class Parameters(Protocol):
    """Where a document keeps its sets of drawing parameters."""

    def parameters(self, name: str) -> etree._Element | None:
        """A set by its id; ``None`` where it is not in the file."""
        ...


def is_hidden(element: etree._Element) -> bool:
    """Tell whether an object is switched off or wholly transparent."""
    return (element.get("Visible") or "").lower() in {"false", "0"} or element.get("Alpha") == "0"


def colour_of(element: etree._Element, kind: str, inherited: str | None, parameters: Parameters) -> etree._Element | None:
    """Return a colour: the object's own, else that of its drawing parameters, which may be based on others.

    Args:
        element: an object.
        kind: ``FillColor`` or ``StrokeColor``.
        inherited: id of the drawing parameters of what the object stands in.
        parameters: where they are kept.
    """
    colour = child(element, kind) if len(element) > 1 else None  # an object has its content, and perhaps a colour
    name = element.get("DrawParam") or inherited
    for _ in range(_MOST_BASES):
        found = parameters.parameters(name) if colour is None and name else None
        if found is None:
            break
        colour, name = child(found, kind), found.get("Relative")
    return colour


def ink_of(colour: etree._Element | None) -> Ink | None:
    """Return what a colour leaves on paper; ``None`` where none is stated. Patterns and shadings are dark."""
    if colour is None:
        return None
    if colour.get("Alpha") == "0":
        return "clear"
    try:
        values = [int(part[1:], 16) if part.startswith("#") else float(part) for part in (colour.get("Value") or "").split()]
    except ValueError:
        return "dark"
    if len(values) == 4:  # cyan, magenta, yellow, black
        return "white" if max(values) <= 255 - _WHITE else "dark"
    return "white" if values and min(values) >= _WHITE else "dark"


def is_opaque(element: etree._Element, colour: etree._Element | None = None) -> bool:
    """Tell whether an object lets nothing show through; how it mixes with what is under it counts as well."""
    stated = [part.get("Alpha") for part in (element, colour) if part is not None]
    return element.get("BlendMode") in {None, "", "Normal"} and all(_number(alpha) >= _OPAQUE for alpha in stated if alpha)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
