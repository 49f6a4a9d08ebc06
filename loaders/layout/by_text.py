"""Answers about printed texts, kept: the same labels, heads and figures stand in every report; each is asked of many times."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any, Generic, TypeVar

Answer = TypeVar("Answer")

_MOST_KEPT = 5000
"""Texts whose answers an object keeps for each of its questions; a report has some hundred."""


class ByText(Generic[Answer]):
    """Decorates a method that takes one text and depends on nothing else that may change: each text is worked out once."""

    def __init__(self, method: Callable[[Any, str], Answer]) -> None:
        self._method = method
        self._name = method.__name__
        self.__doc__ = method.__doc__

    def __get__(self, owner: object, _: type) -> Callable[[str], Answer]:
        """The method of ``owner``, put in its own place the first time, so that it is called without a way around."""
        kept = lru_cache(maxsize=_MOST_KEPT)(partial(self._method, owner))
        vars(owner)[self._name] = kept
        return kept
