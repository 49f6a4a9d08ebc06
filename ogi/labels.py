"""Words of the interface in Chinese and English, and the labels of the form in the language of the reader.

Messages live in ``ogi/data/messages/*.toml``; each entry has ``zh`` and ``en``. A missing key fails loudly: an
untranslated interface is a defect, not a fallback.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from ogi.data_files import load_toml
from ogi.form import DATA, load_form
from ogi.report import Notice

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")
_BOTH = frozenset(LANGS)


class MissingLabelError(KeyError):
    """No such message or field."""


@lru_cache(maxsize=1)
def messages() -> dict[str, dict[str, str]]:
    """All messages by dotted key: ``{"upload.title": {"zh": …, "en": …}}``."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted((DATA / "messages").glob("*.toml")):
        _flatten(load_toml(path), "", found)
    return found


def _flatten(node: dict, prefix: str, found: dict[str, dict[str, str]]) -> None:
    for key, child in node.items():
        name = f"{prefix}{key}"
        if not isinstance(child, dict):
            raise MissingLabelError(f"{name} needs zh and en")
        if child.keys() == _BOTH and isinstance(child["zh"], str) and isinstance(child["en"], str):
            if name in found:
                raise MissingLabelError(f"{name} is there twice")
            found[name] = child
        else:
            _flatten(child, f"{name}.", found)


class Labels:
    """The words of one language."""

    def __init__(self, lang: Lang) -> None:
        self.lang: Lang = lang

    def __call__(self, key: str, /, **params: object) -> str:
        """Return the message ``key`` with its placeholders filled.

        Raises:
            MissingLabelError: there is no such message, or a placeholder was not given.
        """
        try:
            return messages()[key][self.lang].format(**params)
        except KeyError as error:
            raise MissingLabelError(f"{key}: {error}") from error

    def field(self, key: str) -> str:
        """Return the label of a cell, derived figure or fact."""
        form = load_form()
        cell = form.cell(key)
        if cell is not None:
            return cell.label(self.lang)
        if key in form.facts:
            return form.facts[key].label(self.lang)
        raise MissingLabelError(key)

    def unit(self, key: str | None) -> str:
        """Return a unit's word; empty where there is none."""
        return load_form().units[key].label(self.lang) if key else ""

    def notice(self, notice: Notice) -> str:
        """Return a notice of a reader as a sentence."""
        return self(f"notice.{notice.code}", **notice.params)
