"""Lists of records, one record, one entry of its journal."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from remit.services import list_page
from remit.services.duplicates import proposals_for
from remit.services.entry_page import entry_page
from remit.services.exporting import formats_for
from remit.services.figure_page import figures_with
from remit.services.list_page import type_for
from remit.services.people_page import people
from remit.services.placing import doubt_of
from remit.services.record_page import record_page
from remit.services.sanctions_page import may_screen
from remit.services.shapes import RELATIONS
from remit.services.showing import place_of
from remit.services.situation import spot_of
from remit.services.who_can import who_can
from remit.services.who_saw import may_audit
from remit.services.zones import breaches_of, zones_around
from remit.web.here import Crumb, Here, page, show
from remit.web.maps import around
from remit.web.wording import say

KIND_ORDER = ("event", "report", "finding", "action", "effect", "register")


@page
def index(request: HttpRequest, here: Here) -> HttpResponse:
    """Show all types of records, by kind."""
    cards = list_page.types(here.workspace, here.actor)
    groups = [(kind, [card for card in cards if card.kind == kind]) for kind in KIND_ORDER]
    context = {
        "groups": [(kind, found) for kind, found in groups if found],
        "may_import": "record" in here.actor.role.may,
        "may_screen": may_screen(here.workspace, here.actor),
    }
    return show(request, "records.html", context, title=say("nav.records", here.language), nav="records")


@page
def listing(request: HttpRequest, here: Here, type_key: str) -> HttpResponse:
    """Show one page of a type's records."""
    found = list_page.list_page(here.workspace, here.actor, type_key, request.GET.dict(), here.language)
    title = found.card.plural.in_(here.language)
    return show(
        request, "list.html", {"page": found, "formats": formats_for(here.workspace, type_for(here.workspace, type_key))},
        title=title, nav="records",
        crumbs=[(say("nav.records", here.language), "/records"), (title, "")],
        level=found.level, invented=found.invented,
    )  # fmt: skip


@page
def export(request: HttpRequest, here: Here, type_key: str) -> HttpResponse | StreamingHttpResponse:
    """Give the list as a CSV file."""
    rows = list_page.csv_rows(here.workspace, here.actor, type_key, request.GET.dict(), here.language)
    first = next(rows)
    response = StreamingHttpResponse(("\ufeff" + first, *rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{type_key}.csv"'
    return response


@page
def detail(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """Show one record with all that belongs to it."""
    found = record_page(here.workspace, here.actor, reference, here.language)
    spot = spot_of(here.workspace, found.record, here.language)
    context = {
        "page": found,
        "spot": spot,
        "drawing": around(here.workspace, here.language, spot) if spot else None,
        "relations": [relation for relation in RELATIONS if relation != "over"],
        "figures": figures_with(here.workspace, here.actor, here.period, found.record.id),
        "alike": proposals_for(here.workspace, here.actor, found.record.id, here.language),
        "watched": breaches_of(here.workspace, here.actor, found.record.id, here.language),
        "zones": zones_around(here.workspace, here.actor, found.record.id, here.language),
        "doubt": doubt_of(here.workspace, place_of(found.seen.type, found.seen.values)),
        "may_link": "link" in here.actor.role.may,
        "may_audit": may_audit(here.actor),
        "may_withdraw": "withdraw" in here.actor.role.may and found.seen.editable,
    }
    crumbs = way_to(here, found.line.type, found.seen.type.plural.in_(here.language), found.line.number)
    return show(
        request, "record.html", context, title=f"{found.line.number} {found.line.title}", nav="records", crumbs=crumbs,
        level=found.record.level, invented=found.record.invented,
    )  # fmt: skip


@page
def entry(request: HttpRequest, here: Here, identifier: str) -> HttpResponse:
    """Show one entry of the journal with its block and the proof that it lies there."""
    found = entry_page(here.workspace, here.actor, identifier, here.language)
    crumbs = [
        (say("nav.records", here.language), "/records"),
        (found.line.number, f"/record/{found.line.id}"),
        (say("entry.title", here.language), ""),
    ]
    title = f"{say('entry.title', here.language)} · {found.line.number}"
    return show(
        request, "entry.html", {"page": found}, title=title, nav="records", crumbs=crumbs,
        level=found.line.level, invented=found.line.invented,
    )  # fmt: skip


def way_to(here: Here, type_key: str, plural: str, number: str) -> Sequence[Crumb]:
    """Return the way back from a record."""
    return [(say("nav.records", here.language), "/records"), (plural, f"/records/{type_key}"), (number, "")]


@page
def who(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """Explain who can do something with a record: readers outside are told nothing of roles."""
    people(here.workspace, here.actor)  # refuses them, as the page of people does
    found = who_can(here.workspace, here.actor, reference, request.GET.get("action", "see"))
    record = found.record
    title = say("who.title", here.language, number=record.number)
    kind = here.workspace.mission.record_types[record.type]
    crumbs = [
        *way_to(here, record.type, kind.plural.in_(here.language), record.number),
        (say("who.link", here.language), ""),
    ]
    crumbs[2] = (record.number, f"/record/{record.id}")
    return show(
        request, "who-can.html", {"page": found}, title=title, crumbs=crumbs, nav="records", level=record.level,
        invented=record.invented,
    )  # fmt: skip
