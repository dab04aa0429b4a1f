"""Codes of a second factor as an authenticator makes them (RFC 6238), written without the library that checks them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time
from typing import Any


def code_of(secret: str, *, steps: int = 0) -> str:
    """Return the code of now, or of so many half minutes from now."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def set_up(client: Any) -> tuple[str, list[str]]:
    """Set up a second factor as a person would, and return its secret and the recovery codes shown."""
    page = client.get("/account/second-factor/activate").content.decode()
    secret = re.search(r"<strong class=\"hash\">([A-Z2-7]+)</strong>", page)
    assert secret, page
    done = client.post("/account/second-factor/activate", {"code": code_of(secret[1])})
    assert done.status_code == 302, done.content.decode()
    shown = client.get(done.headers["Location"]).content.decode()
    return secret[1], re.findall(r"<li class=\"hash\">(\w+)</li>", shown)
