"""The frame around every page: mission, period, language, who I am and in which role, and the ways to go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest

from remit.services.report_page import boards
from remit.services.standing import demonstrates, periods, person_name, today
from remit.web.here import Here, language_of
from remit.web.wording import say


@dataclass(frozen=True, slots=True)
class Way:
    """One entry of the rail. ``phone``: stands in the bottom bar of a phone; the rest is under "more"."""

    key: str
    url: str
    icon: str
    phone: bool = False


WAYS: Sequence[Way] = (
    Way("overview", "/", "home"),
    Way("mandate", "/mandate", "scale", phone=True),
    Way("situation", "/situation", "map", phone=True),
    Way("desk", "/desk", "inbox-stack", phone=True),
    Way("records", "/records", "clipboard-document-list", phone=True),
    Way("figures", "/figures", "chart-bar"),
    Way("reports", "/reports", "document-text"),
    Way("benchmarks", "/board/benchmarks", "flag"),
    Way("capacity", "/board/capacity", "chart-pie"),
    Way("calendar", "/calendar", "calendar-days"),
    Way("people", "/people", "user-group"),
)
OUTSIDE = ("overview", "mandate", "figures", "reports")
"""What readers outside the mission find in the rail; pages decide for themselves what they show."""


BOARDS = ("benchmarks", "capacity")
"""Ways that are there where the mission declares a product for them, and the reader is cleared for it."""


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return what the frame's templates need; pages for strangers (sign-in, errors) get only the language and the mission."""
    here: Here | None = getattr(request, "here", None)
    language = language_of()
    found: dict[str, Any] = {
        "language": language,
        "here": here,
        "ways": (),
        "words_same": say("figure.same", language),
        "words_changed": say("figure.changed", language),
        "words_unanswered": say("report.not_answered", language),
        "words_done": say("report.done", language),
        "words_lacking": say("report.lacking", language),
        "words_late": say("report.late", language),
        "words_written": say("passage.written", language),
        "words_agree": say("contradictions.agree", language),
        "words_one_known": say("contradictions.one_known", language),
        "words_differ": say("contradictions.differ", language),
        "words_can": say("who.can", language),
        "words_cannot": say("who.cannot", language),
        "words_wanted": say("passage.wanted", language),
    }
    if getattr(cast(Any, request), "workspace", None) is not None:
        found["mission"] = cast(Any, request).workspace.mission
    if here is not None:
        outside = bool(here.actor.role.audience)
        standing = boards(here.workspace, here.actor)
        found |= {
            "ways": [
                way
                for way in WAYS
                if (not outside or way.key in OUTSIDE) and (way.key not in BOARDS or way.key in standing)
            ],
            "person": person_name(here.workspace, here.actor.person),
            "choices": periods(here.workspace),
            "today": today(here.workspace),
            "demonstration": demonstrates(here.workspace),
        }
    return found
