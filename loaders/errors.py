"""Why a file could not be read: one exception, with a message key that a clerk can act on."""

from __future__ import annotations


class CannotReadError(Exception):
    """A file cannot be read at all.

    ``code`` is a message key (``error.<code>`` in the message files), ``params`` fill its placeholders.
    """

    def __init__(self, code: str, **params: str | int | float) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __reduce__(self) -> tuple[object, tuple[str, dict[str, str | int | float]]]:
        return rebuild, (self.code, self.params)


def rebuild(code: str, params: dict[str, str | int | float]) -> CannotReadError:
    """Make the exception anew from what was pickled of it."""
    return CannotReadError(code, **params)
