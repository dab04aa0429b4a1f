"""The routes of the API: few, generic over the mission, and never a second way in; each asks the service that the pages ask."""

from __future__ import annotations

import json
from typing import Annotated, Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from ninja import File, Header, NinjaAPI, Query, Status
from ninja.errors import HttpError
from ninja.files import UploadedFile
from pydantic import Field

from remit.api import shapes
from remit.api.auth import EVERYBODY, here
from remit.api.bodies import describe, json_of, read_body
from remit.api.description import described_by
from remit.api.downloads import sent
from remit.api.models import (
    ChangeIn,
    EntryProof,
    FileOut,
    LinkIn,
    MandateOut,
    MissionOut,
    Model,
    MoveIn,
    Problems,
    ProvisionOut,
    RecordPage,
    RecordWhole,
    TaskOut,
    TypeOut,
)  # fmt: skip
from remit.api.problems import handle_problems
from remit.api.tags import require_match, tag_of, tagged
from remit.kernel.periods import parse_period
from remit.kernel.wording import Words
from remit.services import list_page
from remit.services.amending import amend
from remit.services.entry_page import entry_page
from remit.services.figuring import figures as figures_of
from remit.services.figuring import walk_back
from remit.services.files import keep_upload, open_file
from remit.services.linking import link as link_records
from remit.services.looking import see
from remit.services.moving import move as move_record
from remit.services.once import once
from remit.services.record_page import identifier_of
from remit.services.recording import record as record_one
from remit.services.recording import type_to_record
from remit.services.selecting import ORDERS, Selection, select
from remit.services.shapes import Actor
from remit.services.sight import may
from remit.services.standing import demonstrates, usual_period
from remit.services.workspace import Workspace

LIMIT = 200
REFUSALS: dict[int, Any] = {401: Problems, 403: Problems, 429: Problems, 503: Problems}
READING = {**REFUSALS, 400: Problems, 404: Problems}
WRITING = {**READING, 409: Problems, 412: Problems, 413: Problems, 422: Problems, 428: Problems}
Size = Annotated[int, Field(ge=0, le=LIMIT, description="How many at most")]
Start = Annotated[int, Field(ge=0, le=2**31 - 1, description="After how many")]


def build_api() -> NinjaAPI:
    """Return the API with its OpenAPI description at ``/api/openapi.json``."""
    api = NinjaAPI(
        title="Remit", version="1", auth=EVERYBODY, docs_url=None, openapi_url=None, urls_namespace="remit_api",
        description="Records, figures and the mandate of one mission. Every answer holds only what the role may see.",
    )  # fmt: skip
    handle_problems(api)
    _description(api)
    _mission(api)
    _records(api)
    _changes(api)
    _figures(api)
    return api


def _description(api: NinjaAPI) -> None:
    @api.get("/openapi.json", include_in_schema=False)
    def openapi(request: HttpRequest) -> HttpResponse:
        workspace, actor = here(request)
        kinds = {key: kind for key, kind in workspace.mission.record_types.items() if list_page.may_record(actor, kind)}
        described = describe(described_by(api, "/api/"), kinds)
        return HttpResponse(json.dumps(described), content_type="application/vnd.oai.openapi+json;version=3.1")


def _mission(api: NinjaAPI) -> None:
    @api.get("/mission", response={200: MissionOut, **REFUSALS}, summary="The mission, and who asks")
    def mission(request: HttpRequest) -> Any:
        workspace, actor = here(request)
        return shapes.mission(workspace, actor)

    @api.get("/mandate", response={200: MandateOut, **REFUSALS}, summary="The mandate, restated")
    def mandate(request: HttpRequest) -> Any:
        return shapes.mandate(here(request)[0])

    @api.get("/mandate/{path}", response={200: ProvisionOut, **READING}, summary="One provision")
    def provision(request: HttpRequest, path: str) -> Any:
        workspace, _ = here(request)
        found = workspace.mission.instrument.provisions.get(path)
        if found is None:
            raise HttpError(404, "no such provision")
        return shapes.provision(workspace, found)

    @api.get("/tasks", response={200: list[TaskOut], **REFUSALS}, summary="The plan")
    def tasks(request: HttpRequest) -> Any:
        return [shapes.task(task) for task in here(request)[0].mission.tasks.values()]

    @api.get(
        "/types", response={200: list[TypeOut], **REFUSALS}, summary="Record types with the schema of their values"
    )
    def types(request: HttpRequest) -> Any:
        workspace, actor = here(request)
        return [shapes.record_type(workspace, card) for card in list_page.types(workspace, actor)]

    @api.get("/types/{key}", response={200: TypeOut, **READING}, summary="One record type")
    def one_type(request: HttpRequest, key: str) -> Any:
        workspace, actor = here(request)
        kind = list_page.type_for(workspace, key)
        return shapes.record_type(workspace, list_page.card(workspace, actor, kind))


class Wanted(Model):
    """What of the records is wanted, and which page of it."""

    type: str = ""
    q: str = Field("", description="Every word must stand in the record")
    state: str = ""
    level: str = ""
    kind: str = ""
    component: str = ""
    occurred: str = Field(
        "", description="2017-07-01, an instant, or an interval: 2017-07-01/2017-09-30, 2017-07-01/.."
    )
    recorded_since: str = Field("", description="An instant: what was recorded since")
    filter: str = Field("", description="CQL2 over the properties of the type, or over what all types have")
    filter_lang: str = Field("cql2-text", description="cql2-text or cql2-json")
    order: str = Field("-occurred", description=f"One of {', '.join(ORDERS)}, with - first for descending")
    limit: Size = 50
    offset: Start = 0


def _records(api: NinjaAPI) -> None:
    @api.get("/records", response={200: RecordPage, **READING}, summary="Records that the role may see")
    def records(request: HttpRequest, response: HttpResponse, wanted: Query[Wanted]) -> Any:
        workspace, actor = here(request)
        chosen = Selection(
            wanted.type, wanted.q, wanted.state, wanted.level, wanted.kind, wanted.component, wanted.occurred,
            wanted.recorded_since, wanted.filter, wanted.filter_lang, wanted.order,
        )  # fmt: skip
        found = select(workspace, actor, chosen, limit=wanted.limit, offset=wanted.offset)
        after, before = wanted.offset + wanted.limit, wanted.offset - wanted.limit
        following = _page(request, after) if wanted.limit and after < found.total else None
        earlier = _page(request, max(0, before)) if wanted.limit and wanted.offset else None
        links = [f'<{url}>; rel="{name}"' for url, name in ((following, "next"), (earlier, "prev")) if url]
        if links:
            response.headers["Link"] = ", ".join(links)
        return RecordPage(
            total=found.total, limit=wanted.limit, offset=wanted.offset,
            records=[shapes.record(one) for one in found.records], next=following, previous=earlier,
        )  # fmt: skip

    @api.post(
        "/records/{type_key}", response={201: RecordWhole, **WRITING}, summary="Record one thing",
        description="With the header Idempotency-Key the same request may be sent again: it is done once.",
    )  # fmt: skip
    def new(
        request: HttpRequest, response: HttpResponse, type_key: str,
        idempotency_key: Annotated[str, Header(alias="Idempotency-Key", max_length=255)] = "",
    ) -> Any:  # fmt: skip
        workspace, actor = here(request)
        kind = type_to_record(workspace, actor, type_key)
        read = read_body(kind, json_of(request))

        def make() -> str:
            level: Any = read.level
            made = record_one(
                workspace, actor, type_key, read.values, over=read.over, level=level, originator=read.originator,
                invented=demonstrates(workspace),
            )  # fmt: skip
            return made.id

        made, again = once(workspace, actor, idempotency_key, {"type": type_key, "body": read.model_dump()}, make)
        whole = _whole(request, workspace, actor, made)
        response.headers["Location"] = f"/api/record/{made}"
        response.headers["ETag"] = tag_of(whole.revision, whole.model_dump(mode="json"))
        if again:
            response.headers["Idempotent-Replayed"] = "true"
        return Status(201, whole)

    @api.get(
        "/record/{reference}", response={200: RecordWhole, 304: None, **READING}, summary="One record, by id or number"
    )
    def one(request: HttpRequest, reference: str) -> Any:
        workspace, actor = here(request)
        return _answered(request, _whole(request, workspace, actor, identifier_of(workspace, actor, reference)))

    @api.get("/entry/{identifier}", response={200: EntryProof, **READING}, summary="A journal entry with its proof")
    def entry(request: HttpRequest, identifier: str) -> Any:
        workspace, actor = here(request)
        return shapes.proof(entry_page(workspace, actor, identifier, _language(request)))


def _changes(api: NinjaAPI) -> None:
    @api.patch(
        "/record/{reference}", response={200: RecordWhole, **WRITING}, summary="Amend a record",
        description="Takes If-Match with the record's ETag: what somebody else changed meanwhile is not overwritten.",
    )  # fmt: skip
    def change(request: HttpRequest, reference: str, body: ChangeIn) -> Any:
        workspace, actor = here(request)
        identifier = identifier_of(workspace, actor, reference)
        see(workspace, actor, identifier)
        amend(
            workspace, actor, identifier, body.values, reason=body.reason, revision=require_match(request),
            settled=body.values,
        )  # fmt: skip
        return _answered(request, _whole(request, workspace, actor, identifier))

    @api.post(
        "/record/{reference}/moves/{move_key}", response={200: RecordWhole, **WRITING},
        summary="Move a record through its process",
    )  # fmt: skip
    def move(request: HttpRequest, reference: str, move_key: str, body: MoveIn) -> Any:
        workspace, actor = here(request)
        identifier = identifier_of(workspace, actor, reference)
        see(workspace, actor, identifier)
        revision = require_match(request, body.revision)
        move_record(workspace, actor, identifier, move_key, values=body.values, reason=body.reason, revision=revision)
        return _answered(request, _whole(request, workspace, actor, identifier))

    @api.post("/record/{reference}/links", response={200: RecordWhole, **WRITING}, summary="Link a record to another")
    def link(request: HttpRequest, reference: str, body: LinkIn) -> Any:
        workspace, actor = here(request)
        identifier = identifier_of(workspace, actor, reference)
        link_records(workspace, actor, identifier, body.relation, identifier_of(workspace, actor, body.other))
        return _answered(request, _whole(request, workspace, actor, identifier))

    @api.post("/files", response={201: FileOut, **WRITING}, summary="Keep a file, for an attachment field")
    def keep(request: HttpRequest, file: File[UploadedFile]) -> Any:
        workspace, actor = here(request)
        may(actor, "record", Words("send files", "envoyer des fichiers"))
        sha256, name = keep_upload(workspace, file.read(), str(file.name))
        return Status(201, FileOut(sha256=sha256, name=name))

    @api.get(
        "/record/{reference}/files/{sha256}", response={200: Any, **READING},
        summary="A file of a record that the role may see", openapi_extra=_BYTES,
    )  # fmt: skip
    def file(request: HttpRequest, reference: str, sha256: str) -> Any:
        workspace, actor = here(request)
        return sent(open_file(workspace, actor, identifier_of(workspace, actor, reference), sha256))


_BYTES: dict[str, Any] = {
    "responses": {
        200: {
            "description": "The bytes",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


def _figures(api: NinjaAPI) -> None:
    @api.get("/figures", response={200: list[dict[str, Any]], **READING}, summary="Figures of a period")
    def figures(request: HttpRequest, period: str = "", by: str = "") -> Any:
        workspace, actor = here(request)
        wanted = parse_period(period) if period else usual_period(workspace)
        found = figures_of(workspace, actor, wanted, by=[part for part in by.split(",") if part])
        return [shapes.figure(one, walk_back(workspace, actor, one)) for one in found]

    @api.get("/figures/{key}", response={200: dict[str, Any], **READING}, summary="One figure")
    def figure(request: HttpRequest, key: str, period: str = "", by: str = "") -> Any:
        workspace, actor = here(request)
        wanted = parse_period(period) if period else usual_period(workspace)
        [found] = figures_of(workspace, actor, wanted, keys=[key], by=[part for part in by.split(",") if part])
        return shapes.figure(found, walk_back(workspace, actor, found))


def _answered(request: HttpRequest, whole: RecordWhole) -> HttpResponse:
    """Return a record with its tag."""
    body = whole.model_dump(mode="json")
    response = HttpResponse(json.dumps(body, ensure_ascii=False), content_type="application/json")
    return tagged(request, response, tag_of(whole.revision, body))


def _page(request: HttpRequest, offset: int) -> str:
    """Return the address of another page of the same question."""
    return f"{request.path}?{urlencode({**request.GET.dict(), 'offset': offset})}"


def _whole(request: HttpRequest, workspace: Workspace, actor: Actor, identifier: str) -> RecordWhole:
    return shapes.whole(see(workspace, actor, identifier), _language(request))


def _language(request: HttpRequest) -> str:
    return "fr" if str(getattr(request, "LANGUAGE_CODE", "en")).startswith("fr") else "en"
