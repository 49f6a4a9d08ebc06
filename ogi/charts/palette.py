"""The colours of ``ogi/data/palette.yaml``: one colour per thing, the same on every page."""

from __future__ import annotations

from ogi.data_files import read_data


def colours(group: str) -> dict[str, str]:
    """Return the colours of a group (``outcomes``, ``applicants``, ``disputes`` …) by the key of the thing.

    Raises:
        KeyError: there is no such group.
    """
    return dict(read_data("palette.yaml")[group])


def sequence() -> tuple[str, ...]:
    """Return the colours for things without one of their own, such as organs; after the last one begin again."""
    return tuple(read_data("palette.yaml")["sequence"])


def single() -> str:
    """Return the colour of a chart that shows one thing only."""
    return read_data("palette.yaml")["single"]


def faint() -> str:
    """Return the colour of lines in the background of a chart with too many of them to tell apart."""
    return read_data("palette.yaml")["many"]


def scale(name: str) -> list[list[float | str]]:
    """Return a colour scale (``sequential``, ``pale``, ``diverging``) as pairs of place and colour.

    Raises:
        KeyError: there is no such scale.
    """
    colours_of = read_data("palette.yaml")["scales"][name]
    return [[place / (len(colours_of) - 1), colour] for place, colour in enumerate(colours_of)]
