"""Files as they leave: always as a download, never shown as a page of ours."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse


def sent(file: tuple[bytes, str]) -> HttpResponse:
    """Return a file as a download that no browser runs."""
    data, name = file
    response = HttpResponse(data, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
