"""Identifiers, time and chance come in as arguments: these are their shapes and their plain sources."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns the present instant, aware, in UTC."""

Chance = Callable[[int], bytes]
"""Returns so many unpredictable bytes."""


def now() -> datetime:
    """Return the machine's present instant in UTC."""
    return datetime.now(UTC)


def uuid7(at: datetime, chance: Chance) -> str:
    """Return a UUID version 7 (RFC 9562, 5.7): 48 bits of milliseconds, then 74 bits of chance."""
    milliseconds = int(at.timestamp() * 1000)
    raw = bytearray(milliseconds.to_bytes(6, "big") + chance(10))
    raw[6] = 0x70 | (raw[6] & 0x0F)
    raw[8] = 0x80 | (raw[8] & 0x3F)
    return str(uuid.UUID(bytes=bytes(raw)))


@dataclass(frozen=True, slots=True)
class Sources:
    """Where time and identifiers come from; tests and demonstrations give their own."""

    clock: Clock = now
    chance: Chance = secrets.token_bytes

    def identifier(self) -> str:
        """Return a new UUIDv7."""
        return uuid7(self.clock(), self.chance)
