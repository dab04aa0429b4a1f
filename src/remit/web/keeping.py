"""What a browser may keep on the device for when the link is cut: decided here, and by default nothing.

A kept page and a waiting form lie on a machine that may be lost or seized (``docs/explanation/threat-model.md``). So a page is
kept only where this module says so, in a header of the answer; nothing of a compartment, no sensitive value and nothing
strictly confidential is; and a form waits on the device only without them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from remit.services.looking import Seen
from remit.services.shapes import FieldDefinition, RecordType, Sighting, Sightings

if TYPE_CHECKING:
    from remit.web.here import Here

KEEP = "Remit-Keep"
"""``yes`` on an answer that may be kept. Where it is missing, it may not."""
HOLDER = "Remit-Holder"
"""Whose page it is and in which role, in signs that tell nothing; ``-`` for a stranger; empty where it does not matter."""
STRICTEST = "strictly-confidential"

TEXTS = frozenset({"mandate", "help"})
"""Pages that show no record."""
SURVEYS = frozenset({"overview", "desk", "calendar", "records", "paragraph", "coverage", "figures", "figure"})
"""Pages that gather from many records: kept for roles that hold no compartment, which can see none there."""
RECORDS = frozenset({"record", "list", "new"})
"""Pages of records of one type: kept unless they show something of a compartment or a sensitive value."""


@dataclass
class Witness:
    """Hands readings of compartments on to where they are kept, and remembers whether this request made any."""

    kept: Sightings
    any: bool = False

    def note(self, sightings: Sequence[Sighting]) -> None:
        """Keep readings."""
        self.any = self.any or bool(sightings)
        self.kept.note(sightings)

    def of(
        self, *, record: str = "", person: str = "", since: datetime | None = None, until: datetime | None = None
    ) -> Sequence[Sighting]:
        """Return readings, as they are kept."""
        return self.kept.of(record=record, person=person, since=since, until=until)


def may_keep(request: HttpRequest, here: Here, level: str, context: Mapping[str, Any]) -> bool:
    """Return whether the page that a request is answered with may be kept on the device.

    Args:
        request: what was asked.
        here: where it stands; its workspace carries the :class:`Witness`.
        level: the strictest level of what the page shows.
        context: what the page is made from.
    """
    name = request.resolver_match.url_name if request.resolver_match else ""
    if request.method != "GET" or level == STRICTEST or _witnessed(here):
        return False
    if name in TEXTS:
        return True
    kinds = here.workspace.mission.record_types.values()
    if any(_sensitive(kind.fields, (kind.title,)) for kind in kinds):
        return False  # titles stand on every page
    if name in SURVEYS:
        return not here.actor.role.compartments
    return name in RECORDS and not _shows_closed(here, name, context)


def may_wait(kind: RecordType) -> bool:
    """Return whether a form of a type may wait on the device until the link is back."""
    return not kind.compartment and kind.level != STRICTEST


def must_not_wait(kind: RecordType) -> tuple[str, ...]:
    """Return the fields of a type that, once filled, keep a form from waiting on the device: the sensitive ones."""
    return tuple(key for key in kind.fields if _sensitive(kind.fields, (key,)))


def holder_of(request: HttpRequest) -> str:
    """Return whose page a request is answered with: ``-`` for a stranger, "" where it does not matter."""
    here: Here | None = getattr(request, "here", None)
    if here is not None:
        return holder(here.actor.person, here.actor.role.key)
    return "" if request.user.is_authenticated else "-"


def holder(person: str, role: str) -> str:
    """Return the sign of a person and of the role acted in; it is the same at each sign-in, and tells neither."""
    return f"{_sign('person', person)}.{_sign('role', f'{person}/{role}')}"


def _sign(what: str, value: str) -> str:
    return salted_hmac(f"remit.device.{what}", value, algorithm="sha256").hexdigest()[:24]


def _witnessed(here: Here) -> bool:
    """Return whether this request read of a compartment; where nobody watched, it did."""
    witness = here.workspace.sightings
    return not isinstance(witness, Witness) or witness.any


def _shows_closed(here: Here, name: str, context: Mapping[str, Any]) -> bool:
    """Return whether a page of records shows something of a compartment or a sensitive value."""
    if name == "new":
        return not may_wait(context["spec"].kind)
    page = context["page"]
    if name == "list":
        kind = here.workspace.mission.record_types[page.card.key]
        return bool(kind.compartment) or _sensitive(kind.fields, kind.listed)
    found: Seen = page.seen
    told = [found.values, *(entry.values for entry in found.history)]
    if found.record.compartment or any(other.compartment for _, other in found.linked):
        return True
    return any(_sensitive(found.type.fields, values) for values in told)


def _sensitive(fields: Mapping[str, FieldDefinition], keys: Iterable[str]) -> bool:
    """Return whether any of the fields named is sensitive, or holds one that is; one that is not declared may have been."""
    return any(key and _closed(fields.get(key)) for key in keys)


def _closed(field: FieldDefinition | None) -> bool:
    return field is None or field.sensitive or any(_closed(inner) for inner in field.fields.values())
