"""What one look found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from ogi.labels import Labels

State = Literal["good", "lacking", "stops"]
"""There; missing, and something cannot be done; missing, and nothing can be done."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """One part of the installation, as found."""

    part: str
    """Its name is the message ``doctor.part.<part>``."""
    state: State = "good"
    code: str = ""
    """Where it is not good: ``doctor.<part>.<code>.costs`` and ``….way`` say what that costs and what to do."""
    found: str = ""
    """What is there, the same in every language: a path, a version."""
    params: dict[str, Any] = field(default_factory=dict)
    said: tuple[str, dict[str, Any]] | None = None
    """A sentence of another room that says what is wrong and what to do: its key and parameters. ``code`` is empty then."""

    def name(self, labels: Labels) -> str:
        """Return what the part is called."""
        return labels(f"doctor.part.{self.part}")

    def costs(self, labels: Labels) -> str:
        """Return what its being missing costs; empty where it is good."""
        if self.said is not None:
            return labels(self.said[0], **self.said[1])
        return labels(f"doctor.{self.part}.{self.code}.costs", **self.params) if self.code else ""

    def way(self, labels: Labels) -> str:
        """Return what to do; empty where it is good, or :meth:`costs` says it."""
        return labels(f"doctor.{self.part}.{self.code}.way", **self.params) if self.code else ""
