"""Walk the app as its readers do: by following links."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

_IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}")


def kind_of(url: str) -> str:
    """Return the kind of page that an address leads to."""
    path = _IDS.sub("ID", url.split("?", maxsplit=1)[0])
    return re.sub(r"^/mandate/.+", "/mandate/P", path)


def walk(client: Any, start: str, *, per_kind: int) -> dict[str, Any]:
    """Return every answer by address: at most so many of each kind of page."""
    seen, waiting, counts, answers = {start}, [start], Counter[str](), {}
    while waiting:
        url = waiting.pop(0)
        kind = kind_of(url)
        if counts[kind] >= per_kind:
            continue
        counts[kind] += 1
        answer = answers[url] = client.get(url)
        if answer.streaming:
            answer.content_read = b"".join(answer.streaming_content)
            continue
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        for found in re.findall(r'(?:href|data-points|data-areas)="([^"#]+)', answer.content.decode()):
            address = found.replace("&amp;", "&")
            address = url.split("?")[0] + address if address.startswith("?") else address
            if address.startswith("/") and not address.startswith("/static/") and address not in seen:
                seen.add(address)
                waiting.append(address)
    return answers


def bytes_of(answer: Any) -> bytes:
    """Return what was sent."""
    return answer.content_read if answer.streaming else answer.content
