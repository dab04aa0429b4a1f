"""Forms: a new record, an amendment, a move, a link, a withdrawal. All work without JavaScript."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.views.decorators.http import require_POST

from remit.kernel.errors import BadInput, Conflict, Hidden, Refused, RemitError
from remit.kernel.issues import Issue
from remit.kernel.numbers import digits
from remit.services.amending import amend as amend_record
from remit.services.disputes import settle as settle_dispute
from remit.services.files import keep_upload
from remit.services.form_page import FormSpec, edit_form, move_form, new_form, raw_values
from remit.services.linking import link as link_records
from remit.services.meanwhile import Meanwhile, meanwhile
from remit.services.moving import move as move_record
from remit.services.once import once
from remit.services.record_page import identifier_of
from remit.services.recording import record as record_one
from remit.services.showing import Line
from remit.services.standing import demonstrates
from remit.services.withdrawing import withdraw as withdraw_record
from remit.web.forms import RecordForm, with_row_added, with_row_removed
from remit.web.here import Crumb, Here, page, show
from remit.web.keeping import holder, may_wait, must_not_wait
from remit.web.views.records import way_to
from remit.web.wording import say


@page
def new(request: HttpRequest, here: Here, type_key: str) -> HttpResponse:
    """Record one thing of a type."""
    over = request.POST.get("over") or request.GET.get("over", "")
    spec = new_form(here.workspace, here.actor, type_key, over, here.language)
    title = say("form.new", here.language, type=spec.kind.label.in_(here.language))
    crumbs = way_to(here, type_key, spec.kind.plural.in_(here.language), say("form.new_short", here.language))
    form, data = received(request, here, spec)
    if data is None or _reshaped(request):
        return _form(request, form, title=title, crumbs=crumbs)
    try:
        made = record_sent(request, here, form)
    except BadInput as error:
        return _form(request, form, title=title, crumbs=crumbs, issues=error.issues)
    return HttpResponseRedirect(f"/record/{made}")


def record_sent(request: HttpRequest, here: Here, form: RecordForm) -> str:
    """Record what a form holds, once for each key that it was given, and return the record's id.

    Raises:
        BadInput: what the services find; WEB-013, the key was used for other words.
    """
    kind, event, sent = form.spec.kind, form.spec.event, request.POST
    level: Any = sent.get("level") if sent.get("level") in form.spec.levels else None
    originator = sent.get("originator", "").strip()[:200]
    asked = {
        "type": kind.key,
        "over": event.id if event else "",
        "level": level,
        "by": originator,
        "given": form.given(),
    }

    def make() -> str:
        made = record_one(
            here.workspace, here.actor, kind.key, raw_values(kind, form.given()), over=asked["over"], level=level,
            originator=originator, invented=demonstrates(here.workspace),
        )  # fmt: skip
        return made.id

    return once(here.workspace, here.actor, sent.get("once", "")[:255], asked, make)[0]


@page
def edit(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """Amend a record, with a reason."""
    identifier = identifier_of(here.workspace, here.actor, reference)
    try:
        spec = edit_form(here.workspace, here.actor, identifier)
    except BadInput as error:
        return _overtaken(request, here, identifier, error)
    record = _record_of(spec)
    title = say("form.amend", here.language, number=record.number)
    crumbs = [
        *way_to(here, record.type, spec.kind.plural.in_(here.language), record.number),
        (say("form.amend_short", here.language), ""),
    ]
    crumbs[2] = (record.number, f"/record/{record.id}")
    form, data = received(request, here, spec)
    if data is None or _reshaped(request):
        return _form(request, form, title=title, crumbs=crumbs)
    keys = [part.definition.key for part in spec.fields]
    raw = raw_values(spec.kind, form.given(), keys)
    try:
        amend_record(
            here.workspace,
            here.actor,
            identifier,
            raw,
            reason=request.POST.get("reason", ""),
            revision=_revision(request),
        )
    except BadInput as error:
        return _form(request, form, title=title, crumbs=crumbs, issues=error.issues, status=_status(error))
    except Conflict as error:
        return _again(request, here, form, data, error, title=title, crumbs=crumbs)
    return HttpResponseRedirect(f"/record/{identifier}")


@page
def move(request: HttpRequest, here: Here, reference: str, move_key: str) -> HttpResponse:
    """Move a record through its process; the form asks what the move sets, and the reason."""
    identifier = identifier_of(here.workspace, here.actor, reference)
    try:
        spec = move_form(here.workspace, here.actor, identifier, move_key)
    except Hidden as error:
        return _overtaken(request, here, identifier, error)
    record, option = _record_of(spec), spec.move
    label = option.move.label.in_(here.language) if option else move_key
    title = f"{label} · {record.number}"
    crumbs = [*way_to(here, record.type, spec.kind.plural.in_(here.language), record.number), (label, "")]
    crumbs[2] = (record.number, f"/record/{record.id}")
    form, data = received(request, here, spec)
    if data is None or _reshaped(request):
        return _form(request, form, title=title, crumbs=crumbs)
    keys = [part.definition.key for part in spec.fields]
    filled = {key: raw for key, raw in raw_values(spec.kind, form.given(), keys).items() if raw not in (None, "", [])}
    try:
        move_record(
            here.workspace, here.actor, identifier, move_key, values=filled, reason=request.POST.get("reason", ""),
            revision=_revision(request),
        )  # fmt: skip
    except (BadInput, Refused) as error:
        return _form(request, form, title=title, crumbs=crumbs, issues=error.issues, status=_status(error))
    except Conflict as error:
        return _again(request, here, form, data, error, title=title, crumbs=crumbs)
    return HttpResponseRedirect(f"/record/{identifier}")


@require_POST
@page
def link(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """Link a record to another, named by id or number."""
    identifier = identifier_of(here.workspace, here.actor, reference)
    other = identifier_of(here.workspace, here.actor, request.POST.get("other", "").strip())
    relation = request.POST.get("relation", "")
    first, second = (other, identifier) if request.POST.get("direction") == "inward" else (identifier, other)
    link_records(here.workspace, here.actor, first, relation, second)
    return HttpResponseRedirect(f"/record/{identifier}")


@require_POST
@page
def withdraw(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """Withdraw a record, with a reason: it stays, marked, and counts no more."""
    identifier = identifier_of(here.workspace, here.actor, reference)
    try:
        withdraw_record(
            here.workspace, here.actor, identifier, reason=request.POST.get("reason", ""), revision=_revision(request)
        )
    except Conflict as error:
        return _overtaken(request, here, identifier, error)
    return HttpResponseRedirect(f"/record/{identifier}")


@require_POST
@page
def settle(request: HttpRequest, here: Here, reference: str) -> HttpResponse:
    """Let one version of what two sites set apart stand, with a reason."""
    identifier = identifier_of(here.workspace, here.actor, reference)
    try:
        settle_dispute(
            here.workspace, here.actor, identifier, request.POST.get("field", ""), request.POST.get("entry", ""),
            reason=request.POST.get("reason", ""), revision=_revision(request),
        )  # fmt: skip
    except Conflict as error:
        return _overtaken(request, here, identifier, error)
    return HttpResponseRedirect(f"/record/{identifier}")


def _again(
    request: HttpRequest,
    here: Here,
    form: RecordForm,
    data: QueryDict,
    error: Conflict,
    *,
    title: str,
    crumbs: Sequence[Crumb],
) -> HttpResponse:
    """Show the form again on the record as it stands: what others changed, and what both did; what was typed stays."""
    spec = form.spec
    keys = [part.definition.key for part in spec.fields]
    record = _record_of(spec)
    opened = _revision(request) or 0
    found = meanwhile(here.workspace, here.actor, record.id, opened, form.given(), keys, here.language)
    for key, inputs in found.taken.items():
        for name in [one for one in data if one == key or one.startswith(f"{key}.")]:
            del data[name]
        for name, value in inputs.items():
            data.setlist(name, value if isinstance(value, list) else [value])
    data["revision"] = str(found.revision)
    fresh = RecordForm(spec, here.language, data)
    return _form(
        request, fresh, title=title, crumbs=crumbs, issues=error.issues, status=409, sent=data, meanwhile=found
    )


def _overtaken(request: HttpRequest, here: Here, identifier: str, error: RemitError) -> HttpResponse:
    """Say that what was asked cannot be done any more since others acted, and give back what was typed.

    Raises:
        RemitError: nothing was typed, or nobody acted since: it is as it was said.
    """
    opened = _revision(request)
    if request.method != "POST" or opened is None:
        raise error
    found = meanwhile(here.workspace, here.actor, identifier, opened, {}, (), here.language)
    if not found.lines:
        raise error
    record = here.workspace.journal.get(identifier)
    assert record is not None  # noqa: S101 - it was seen just before
    kind = here.workspace.mission.record_types[record.type]
    typed = [
        (name, text)
        for name in request.POST
        if name not in ("csrfmiddlewaretoken", "revision")
        and (text := "\n".join(part for part in request.POST.getlist(name) if part))
    ]
    labels = {key: one.label.in_(here.language) for key, one in kind.fields.items()}
    labels["reason"] = say("form.reason", here.language)
    context = {
        "issues": error.issues,
        "meanwhile": found,
        "record": record,
        "typed": [(labels.get(name.partition(".")[0], name), text) for name, text in typed],
    }
    title = say("meanwhile.title", here.language, number=record.number)
    crumbs = way_to(here, record.type, kind.plural.in_(here.language), record.number)
    return show(
        request, "overtaken.html", context, title=title, nav="records", crumbs=crumbs, level=record.level,
        invented=record.invented, status=409,
    )  # fmt: skip


def received(request: HttpRequest, here: Here, spec: FormSpec) -> tuple[RecordForm, QueryDict | None]:
    """Return the form with what was sent, files kept and rows added or taken away; no data where it is only asked for."""
    if request.method != "POST":
        return RecordForm(spec, here.language), None
    data = request.POST.copy()
    for name in request.FILES:
        for file in request.FILES.getlist(name):
            data[f"{name}.sha256"], data[f"{name}.name"] = keep_upload(here.workspace, file.read(), str(file.name))
    if (key := data.get("add")) and (part := RecordForm(spec, here.language, data).counts.get(key)):
        data = with_row_added(data, key, part)
    if row := data.get("remove"):
        data = with_row_removed(data, row)
    return RecordForm(spec, here.language, data), data


def _reshaped(request: HttpRequest) -> bool:
    """Return whether the form is only shown again: a row was added or taken away, or what waited on a device is put right."""
    return any(name in request.POST for name in ("add", "remove", "show"))


def _form(
    request: HttpRequest,
    form: RecordForm,
    *,
    title: str,
    crumbs: Sequence[Crumb],
    issues: Sequence[Issue] = (),
    status: int = 200,
    sent: QueryDict | None = None,
    meanwhile: Meanwhile | None = None,
) -> HttpResponse:
    spec = form.spec
    sections = form.sections(issues)
    keys = {section.key for section in sections}
    event: Line | None = spec.event
    context = {
        "form": form,
        "spec": spec,
        "sections": sections,
        "issues": issues,
        "general": [issue for issue in issues if issue.where.path.partition(".")[0] not in keys],
        "sent": request.POST if sent is None else sent,
        "meanwhile": meanwhile,
        "over": event.id if event else request.POST.get("over", ""),
    }
    if spec.record is None:
        context |= _waiting(request, spec, issues)
    level = spec.record.level if spec.record else spec.kind.level
    return show(
        request, "form.html", context, title=title, nav="records", crumbs=crumbs, level=level,
        invented=bool(spec.record and spec.record.invented), status=400 if issues and status == 200 else status,
    )  # fmt: skip


def _waiting(request: HttpRequest, spec: FormSpec, issues: Sequence[Issue]) -> dict[str, Any]:
    """Return the key by which a new record is made once, and what a browser needs to let the form wait on the device."""
    here: Here = cast(Any, request).here
    key = request.POST.get("once", "")
    used = any(issue.code == "WEB-013" for issue in issues)
    return {
        "once": here.workspace.sources.identifier() if used or not key else key[:255],
        "may_wait": may_wait(spec.kind),
        "must_not_wait": " ".join(must_not_wait(spec.kind)),
        "holder": holder(here.actor.person, here.actor.role.key),
    }


def _record_of(spec: FormSpec) -> Any:
    """Return the record that the form is about: forms of amendments and moves always have one."""
    return spec.record


def _revision(request: HttpRequest) -> int | None:
    return digits(request.POST.get("revision", ""))


def _status(error: Exception) -> int:
    return 400 if isinstance(error, BadInput) else 409
