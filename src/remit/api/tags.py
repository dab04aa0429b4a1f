"""Tags of what was answered (ETag), and changes that name what they were made on (If-Match): no update is lost."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse

from remit.kernel.canonical import digest
from remit.kernel.errors import BadInput


def tag_of(revision: int, body: Any) -> str:
    """Return the tag of a record as one reader sees it: its revision, and a digest of the answer."""
    return f'"r{revision}-{digest(body)[:16]}"'


def tagged(request: HttpRequest, response: HttpResponse, tag: str) -> HttpResponse:
    """Return an answer with its tag; an empty one where the reader has it already (If-None-Match)."""
    if tag in [one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")]:
        response = HttpResponse(status=304)
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def require_match(request: HttpRequest, revision: int | None = None) -> int:
    """Return the revision that a change was made on: that of If-Match, or the one in the body.

    Raises:
        BadInput: WEB-014, neither says it; WEB-015, If-Match is no tag of a record.
    """
    given = request.headers.get("If-Match", "").strip()
    if not given and revision is not None:
        return revision
    if not given:
        raise BadInput.of(
            "WEB-014",
            "A change says which state of the record it was made on, and this one does not.",
            "Une modification dit sur quel état de la fiche elle porte, et celle-ci ne le dit pas.",
            do_en="Get the record, and send its ETag as If-Match.",
            do_fr="Lisez la fiche, et renvoyez son ETag comme If-Match.",
        )
    found = re.fullmatch(r'(?:W/)?"r(\d{1,9})-[0-9a-f]{16}"', given)
    if found is None:
        raise BadInput.of(
            "WEB-015",
            f"If-Match: {given[:80]} is no tag of a record.",
            f"If-Match : {given[:80]} n’est pas l’étiquette d’une fiche.",
            do_en="Send the ETag of the record as it came.",
            do_fr="Renvoyez l’ETag de la fiche tel qu’il est venu.",
        )
    return int(found[1])
