"""A property worked out once for each object, whoever else works out the same property of another object meanwhile.

``functools.cached_property`` of Python 3.11 holds one lock for all objects of a class: while the page of one visitor works out
what it shows, those of all others wait. Here only those wait that ask for the same property of the same object, so that what is
shared by all visitors is still worked out once.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")


class once(Generic[T]):  # noqa: N801 (used as a decorator)
    """A property kept in the object's ``__dict__`` under its own name. What it raises is not kept."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self._name = make.__name__
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...

    @overload
    def __get__(self, instance: object, owner: type | None = None) -> T: ...

    def __get__(self, instance: object | None, owner: type | None = None) -> Self | T:
        if instance is None:
            return self
        kept, name = instance.__dict__, self._name
        lock = kept.setdefault(f"{name} under way", RLock())  # one step that no other thread comes between
        try:
            with lock:
                if name not in kept:
                    kept[name] = self._make(instance)
                return kept[name]
        finally:
            kept.pop(f"{name} under way", None)
