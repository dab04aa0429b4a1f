"""Roles of a mission and the person acting in one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from remit.kernel.wording import Words
from remit.records.entries import Author
from remit.records.types import ClassificationLevel

Action = Literal[
    "see",
    "record",
    "amend",
    "move",
    "link",
    "withdraw",
    "redact",
    "figure",
    "freeze",
    "report",
    "release",
    "administer",
    "audit",
]
ACTIONS: tuple[Action, ...] = (
    "see", "record", "amend", "move", "link", "withdraw", "redact", "figure", "freeze", "report", "release", "administer",
    "audit",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody in a role may do.

    ``clearance`` is the strictest level that may be seen; ``compartments`` the need-to-know sets held;
    ``audience`` is set for readers outside the mission, who see only what is released to that audience.
    ``second_factor``: whoever holds the role signs in with a second factor besides the password.
    """

    key: str
    label: Words
    component: str
    clearance: ClassificationLevel
    compartments: tuple[str, ...] = ()
    may: tuple[Action, ...] = ("see",)
    audience: str = ""
    second_factor: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting in a role."""

    person: str
    role: Role

    def author(self) -> Author:
        """Return who stands in the entries that this actor makes."""
        return Author(self.person, self.role.key, self.role.component)
