"""Canonical JSON and digests: the same value gives the same bytes on every machine (RFC 8785)."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import rfc8785


def canonical(value: Any) -> bytes:
    """Return the canonical JSON bytes of a JSON value (RFC 8785, JCS).

    Raises:
        rfc8785.CanonicalizationError: the value holds something that JSON cannot carry.
    """
    if _plain(value):
        try:
            return _PLAIN.encode(value).encode()
        except UnicodeEncodeError:
            pass  # half a character: refused below, in the library's words
    return rfc8785.dumps(value)


# What the standard library writes in the same bytes, ten times as fast: whole numbers that every JSON reader holds exactly,
# fractions of a size that Python and ECMAScript both write without an exponent, as the shortest digits that read back; and
# no keys beyond ASCII, whose order differs between UTF-16 and code points.
_PLAIN = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
_EXACT = 2**53 - 1


def _plain(value: Any) -> bool:
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return True
    if kind is int:
        return bool(-_EXACT <= value <= _EXACT)
    if kind is float:
        return bool(1e-4 <= abs(value) < 1e16 and not value.is_integer())
    if kind is dict:
        return all(type(key) is str and key.isascii() and _plain(one) for key, one in value.items())
    return kind is list and all(map(_plain, value))


def digest(value: Any) -> str:
    """Return the SHA-256 of the canonical JSON, as 64 hexadecimal characters."""
    return hashlib.sha256(canonical(value)).hexdigest()


def digest_of_bytes(data: bytes) -> str:
    """Return the SHA-256 of bytes, as 64 hexadecimal characters."""
    return hashlib.sha256(data).hexdigest()
