"""The calendar as a feed (iCalendar, RFC 5545), for the calendars that people carry with them.

It leaves the workspace for devices that nobody here looks after: so it tells less than the page. Of records it holds those
in no compartment and not strictly confidential that the reader may see, by number and time limit, never what they say.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from icalendar import Calendar, Event

from remit.kernel.conditions import All, Compare, Exists
from remit.kernel.wording import Words
from remit.mandate.declared import provision_label
from remit.records.actors import Actor
from remit.services.calendar import Limit, limits
from remit.services.mandate_page import ClockDay, clock_days
from remit.services.workspace import Workspace

CARRIED = All(
    (
        Compare("level", "in", ("unclassified", "confidential")),
        Exists("compartment", False),
        Exists("caveats", False),
    )
)
"""The records whose time limits may leave."""
_DUTY = Words("Duty to the Council", "Obligation envers le Conseil")
_MANDATE = Words("Mandate", "Mandat")
_LIMIT = Words("Time limit", "Délai")
_INVENTED = Words("Invented", "Inventé")


def calendar_feed(workspace: Workspace, actor: Actor, language: str, site: str) -> bytes:
    """Return the calendar as an iCalendar file: the days of the mandate, and the time limits of records.

    Args:
        workspace: whose calendar.
        actor: who reads it, in which role.
        language: of its words.
        site: the address of the app, without a slash at its end; entries lead there.
    """
    mission = workspace.mission
    feed = Calendar()
    feed.add("prodid", "-//Remit//Calendar//EN")
    feed.add("version", "2.0")
    feed.add("method", "PUBLISH")
    feed.add("x-wr-calname", mission.title.in_(language))
    feed.add("x-published-ttl", "PT1H")
    feed.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    stamp = workspace.sources.clock().replace(microsecond=0)
    for day in clock_days(workspace):
        feed.add_component(_of_mandate(day, language, site, mission.key, mission.invented, stamp))
    for limit in limits(workspace, actor, language, condition=CARRIED):
        feed.add_component(_of_record(limit, language, site, stamp))
    return bytes(feed.to_ical())


def _of_mandate(day: ClockDay, language: str, site: str, mission: str, invented: bool, stamp: Any) -> Event:
    event = Event()
    event.add("uid", f"{mission}-{day.path}-{day.clock.label.en}-{day.on}@remit".replace(" ", "-"))
    event.add("dtstamp", stamp)
    event.add("dtstart", day.on)
    event.add("summary", f"{day.clock.label.in_(language)} ({provision_label(day.path, language)})")
    event.add("categories", _marked(_DUTY if day.clock.duty else _MANDATE, language, invented))
    event.add("url", f"{site}/mandate/{day.path}")
    event.add("transp", "TRANSPARENT")
    return event


def _of_record(limit: Limit, language: str, site: str, stamp: Any) -> Event:
    event = Event()
    event.add("uid", f"{limit.line.id}-{limit.clock.move}@remit")
    event.add("dtstamp", stamp)
    event.add("dtstart", limit.clock.due)
    event.add("summary", f"{limit.line.number}: {limit.clock.label.in_(language)}")
    event.add("categories", _marked(_LIMIT, language, limit.line.invented))
    event.add("class", "CONFIDENTIAL" if limit.line.level != "unclassified" else "PRIVATE")
    event.add("url", f"{site}/record/{limit.line.id}")
    event.add("transp", "TRANSPARENT")
    return event


def _marked(words: Words, language: str, invented: bool) -> list[str]:
    return [words.in_(language), *([_INVENTED.in_(language)] if invented else [])]
