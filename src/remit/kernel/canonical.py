"""Canonical JSON and digests: the same value gives the same bytes on every machine (RFC 8785)."""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785


def canonical(value: Any) -> bytes:
    """Return the canonical JSON bytes of a JSON value (RFC 8785, JCS).

    Raises:
        rfc8785.CanonicalizationError: the value holds something that JSON cannot carry.
    """
    return rfc8785.dumps(value)


def digest(value: Any) -> str:
    """Return the SHA-256 of the canonical JSON, as 64 hexadecimal characters."""
    return hashlib.sha256(canonical(value)).hexdigest()


def digest_of_bytes(data: bytes) -> str:
    """Return the SHA-256 of bytes, as 64 hexadecimal characters."""
    return hashlib.sha256(data).hexdigest()
