"""Tokens by which a program acts as a person: in one role, for some purposes, until a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Scope = Literal["read", "write", "collect", "calendar"]
SCOPES: tuple[Scope, ...] = ("read", "write", "collect", "calendar")
"""``read`` looks; ``write`` records and moves; ``collect`` fetches field forms and nothing else; ``calendar``
stands in the address of a calendar feed, and opens that alone."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is kept. ``hint`` is how it begins, so that its owner knows it again; the token itself is not kept."""

    id: str
    person: str
    name: str
    role: str
    scopes: tuple[str, ...]
    hint: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    ended_at: datetime | None = None

    def stands(self, now: datetime) -> bool:
        """Return whether the token opens anything."""
        return self.ended_at is None and now < self.expires_at
