"""Old names in an address: what a parameter, a figure or a choice was called once, so that old links keep working."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ogi.data_files import read_data

FIGURES = ("measure", "against", "bubble", "figures", "where")
"""The parameters that name figures."""


def with_new_names(params: Mapping[str, Sequence[str] | str]) -> dict[str, list[str]]:
    """Return query parameters under the names and values they have now (``ogi/data/renamed.yaml``); others stay as they are.

    Where an address has a parameter under its old and its new name, what both say is taken together.
    """
    table = read_data("renamed.yaml")
    found: dict[str, list[str]] = {}
    for name in sorted(params):
        texts = params[name]
        new = table["parameters"].get(name, name)
        found.setdefault(new, []).extend([texts] if isinstance(texts, str) else map(str, texts))
    for name, texts in found.items():
        if name in FIGURES:
            found[name] = [",".join(_figure(part, table["figures"]) for part in text.split(",")) for text in texts]
        elif name in table["values"]:
            found[name] = [table["values"][name].get(text, text) for text in texts]
    return found


def _figure(text: str, figures: Mapping[str, str]) -> str:
    """A figure, or a condition on one (``key:over:100``)."""
    key, colon, rest = text.partition(":")
    return f"{figures.get(key, key)}{colon}{rest}"
