"""What each role may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["reader", "editor", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Each may do what those before it may."""


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Who looks at a page or asks for data."""

    name: str
    """As changes are signed; ``""`` for who has not signed in."""
    role: Role | None
    """``None``: sees nothing but what a share grants."""
    regions: tuple[str, ...] = ()
    """Codes after GB/T 2260, two to six digits: an editor with any changes only reports of places that begin so …"""
    organs: tuple[str, ...] = ()
    """… and of these organs."""
    is_local: bool = False
    """Whether they sit at a computer of their own, where nobody signs in."""

    @property
    def may_read(self) -> bool:
        """Whether everything may be looked at."""
        return self.role is not None

    @property
    def may_edit(self) -> bool:
        """Whether anything may be changed."""
        return self.role in ("editor", "administrator")

    @property
    def may_administer(self) -> bool:
        """Whether accounts and the audit may be looked at."""
        return self.role == "administrator"

    @property
    def is_limited(self) -> bool:
        """Whether only some organs may be changed."""
        return self.role == "editor" and bool(self.regions or self.organs)

    @property
    def may_edit_everything(self) -> bool:
        """Whether also what concerns many organs at once may be changed: the register, lists, identities, bulk reading."""
        return self.may_edit and not self.is_limited

    def may_edit_organ(self, organ_id: str, region_code: str | None) -> bool:
        """Whether reports of this organ may be changed. An organ whose place is not known belongs to no region."""
        if not self.may_edit:
            return False
        if not self.is_limited or organ_id in self.organs:
            return True
        return region_code is not None and any(region_code.startswith(_significant(code)) for code in self.regions)


def _significant(code: str) -> str:
    """A division's code without the zeros that stand for “all of it”: 320000 → 32, 321300 → 3213."""
    return next((code[:end] for end in (2, 4) if len(code) == 6 and not int(code[end:])), code)


LOCAL_PERSON = Visitor(name="local", role="administrator", is_local=True)
"""Who sits at a computer of their own."""
STRANGER = Visitor(name="", role=None)
"""Who has not signed in."""
PUBLIC_READER = Visitor(name="", role="reader")
"""Who has not signed in where reading is public."""
