"""What goes over a slow link goes compressed: static files once for each process, pages as they are written.

A page that repeats what its reader sent beside a secret, compressed, lets a listener guess the secret from lengths (BREACH).
Two things stand against it: tokens of forms are masked anew in every page (Django), and the compressed answer carries up to a
hundred random bytes (Django's middleware, after "Heal the BREACH").
"""

from __future__ import annotations

import gzip
import os
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]
from whitenoise.responders import StaticFile  # type: ignore[import-untyped]

WORTH = frozenset({".css", ".js", ".mjs", ".svg", ".json", ".txt", ".map", ".html"})
SMALLEST = 500
"""Bytes below which compressing gains nothing."""
PROGRAMS = ("/api/", "/ogc/", "/openrosa/")
WORDS = ("text/", "application/json", "application/geo+json", "application/manifest+json", "image/svg+xml")
"""Kinds of content that compress; files for Word and pictures are compressed already."""


class CompressedStaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]
    """Serves static files from their packages, and compressed to whoever takes gzip. Packages are not written to."""

    def get_static_file(
        self, path: str, url: str, stat_cache: Mapping[str, os.stat_result] | None = None
    ) -> StaticFile:
        """Return a file with its compressed form, made the first time that this process sees it."""
        plain: StaticFile = super().get_static_file(path, url, stat_cache=stat_cache)
        found = Path(path).stat() if stat_cache is None else stat_cache[path]
        shorter = compressed(path, found.st_mtime_ns, found.st_size) if Path(path).suffix in WORTH else None
        if shorter is None:
            return plain
        headers = [
            (name, value)
            for name, value in plain.alternatives[-1][2]
            if name not in ("Last-Modified", "Content-Length", "ETag")
        ]
        return StaticFile(path, headers, encodings={"gzip": shorter})


class CompressedPages(GZipMiddleware):
    """Compresses pages and what they fetch. Answers to programs stay as they are: their tags (ETag) name exact bytes."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Return the answer, compressed where the browser takes it."""
        if request.path.startswith(PROGRAMS) or not response.get("Content-Type", "").startswith(WORDS):
            return response
        return super().process_response(request, cast(Any, response))


@cache
def compressed(path: str, changed_ns: int, size: int) -> str | None:
    """Return the file that holds another one compressed, ``None`` where that gains nothing.

    Args:
        path: the file.
        changed_ns: when it was changed, nanoseconds since the epoch: a changed file is compressed anew.
        size: its length, bytes.
    """
    if size < SMALLEST:
        return None
    data = gzip.compress(Path(path).read_bytes(), compresslevel=9, mtime=0)
    if len(data) > size * 0.95:
        return None
    kept = Path(_folder().name) / f"{abs(hash((path, changed_ns))):x}.gz"
    kept.write_bytes(data)
    return str(kept)


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Return a folder of this process; it goes when the process ends."""
    return tempfile.TemporaryDirectory(prefix="remit-static-")
