"""The routes of the API: few, generic over the mission, and never a second way in; each asks the service that the pages ask."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Status
from ninja.errors import HttpError
from ninja.security import SessionAuth

from remit.api import shapes
from remit.api.models import (
    EntryProof,
    MandateOut,
    MissionOut,
    MoveIn,
    NewRecord,
    Problems,
    ProvisionOut,
    RecordPage,
    RecordWhole,
    TaskOut,
    TypeOut,
)  # fmt: skip
from remit.kernel.errors import BadInput, Conflict, Fault, Forbidden, Hidden, Refused, RemitError
from remit.kernel.periods import parse_period
from remit.services import list_page
from remit.services.entry_page import entry_page
from remit.services.figuring import figures as figures_of
from remit.services.figuring import walk_back
from remit.services.looking import find, see
from remit.services.moving import move as move_record
from remit.services.record_page import identifier_of
from remit.services.recording import record as record_one
from remit.services.shapes import Actor
from remit.services.standing import acting, demonstrates, roles_of, standing, usual_period
from remit.services.workspace import Workspace

STATUSES: tuple[tuple[type[RemitError], int], ...] = (
    (Hidden, 404), (Forbidden, 403), (BadInput, 400), (Refused, 409), (Conflict, 409), (Fault, 503),
)  # fmt: skip
LIMIT = 200
Answers = dict[int, Any]


class SignedIn(SessionAuth):
    """A person signed in, by session; the request then carries the workspace and the actor."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any | None:
        """Return the actor, ``None`` for a stranger."""
        del key
        if not request.user.is_authenticated:
            return None
        workspace = standing(cast(Any, request).workspace)
        person = request.user.get_username()
        chosen = str(request.session.get("role", ""))
        held = any(role.key == chosen for role in roles_of(workspace, person))
        cast(Any, request).standing = (workspace, acting(workspace, person, chosen if held else ""))
        return person


def build_api() -> NinjaAPI:
    """Return the API with its OpenAPI description at ``/api/openapi.json``."""
    api = NinjaAPI(
        title="Remit", version="1", auth=SignedIn(), docs_url=None, urls_namespace="remit_api",
        description="Records, figures and the mandate of one mission. Every answer holds only what the role may see.",
    )  # fmt: skip
    _errors(api)
    _mission(api)
    _records(api)
    _figures(api)
    return api


def _errors(api: NinjaAPI) -> None:
    @api.exception_handler(RemitError)
    def told(request: HttpRequest, error: RemitError) -> HttpResponse:
        status = next((number for kind, number in STATUSES if isinstance(error, kind)), 500)
        body = Problems(status=status, problems=[shapes.problem(issue, _language(request)) for issue in error.issues])
        return api.create_response(request, body.model_dump(), status=status)


def _mission(api: NinjaAPI) -> None:
    @api.get("/mission", response=MissionOut, summary="The mission, and who asks")
    def mission(request: HttpRequest) -> Any:
        workspace, actor = _here(request)
        return shapes.mission(workspace, actor)

    @api.get("/mandate", response=MandateOut, summary="The mandate, restated")
    def mandate(request: HttpRequest) -> Any:
        return shapes.mandate(_here(request)[0])

    @api.get("/mandate/{path}", response={200: ProvisionOut, 404: Problems}, summary="One provision")
    def provision(request: HttpRequest, path: str) -> Any:
        workspace, _ = _here(request)
        found = workspace.mission.instrument.provisions.get(path)
        if found is None:
            raise HttpError(404, "no such provision")
        return shapes.provision(workspace, found)

    @api.get("/tasks", response=list[TaskOut], summary="The plan")
    def tasks(request: HttpRequest) -> Any:
        return [shapes.task(task) for task in _here(request)[0].mission.tasks.values()]

    @api.get("/types", response=list[TypeOut], summary="Record types with the JSON Schema of their values")
    def types(request: HttpRequest) -> Any:
        workspace, actor = _here(request)
        return [shapes.record_type(workspace, card) for card in list_page.types(workspace, actor)]

    @api.get("/types/{key}", response={200: TypeOut, 404: Problems}, summary="One record type")
    def one_type(request: HttpRequest, key: str) -> Any:
        workspace, actor = _here(request)
        kind = list_page.type_for(workspace, key)
        return shapes.record_type(workspace, list_page.card(workspace, actor, kind))


def _records(api: NinjaAPI) -> None:
    @api.get("/records", response={200: RecordPage, 404: Problems}, summary="Records that the role may see")
    def records(request: HttpRequest, type: str = "", q: str = "", limit: int = 50, offset: int = 0) -> Any:
        workspace, actor = _here(request)
        concrete = [key for key, kind in workspace.mission.record_types.items() if not kind.abstract]
        wanted = [list_page.type_for(workspace, type).key] if type else concrete
        size, start = max(0, min(limit, LIMIT)), max(0, offset)
        found = find(workspace, actor, types=wanted, text=q.strip(), order="-occurred", limit=size, offset=start)
        return RecordPage(
            total=found.total, limit=size, offset=start, records=[shapes.record(one) for one in found.records]
        )

    @api.post(
        "/records/{type_key}", response={201: RecordWhole, 400: Problems, 403: Problems}, summary="Record one thing"
    )
    def new(request: HttpRequest, type_key: str, body: NewRecord) -> Any:
        workspace, actor = _here(request)
        level: Any = body.level
        made = record_one(
            workspace, actor, type_key, body.values, over=body.over, level=level, originator=body.originator,
            invented=demonstrates(workspace),
        )  # fmt: skip
        return Status(201, _whole(request, workspace, actor, made.id))

    @api.get("/record/{reference}", response={200: RecordWhole, 404: Problems}, summary="One record, by id or number")
    def one(request: HttpRequest, reference: str) -> Any:
        workspace, actor = _here(request)
        return _whole(request, workspace, actor, identifier_of(workspace, actor, reference))

    @api.post(
        "/record/{reference}/moves/{move_key}",
        response={200: RecordWhole, 400: Problems, 403: Problems, 404: Problems, 409: Problems},
        summary="Move a record through its process",
    )
    def move(request: HttpRequest, reference: str, move_key: str, body: MoveIn) -> Any:
        workspace, actor = _here(request)
        identifier = identifier_of(workspace, actor, reference)
        move_record(
            workspace, actor, identifier, move_key, values=body.values, reason=body.reason, revision=body.revision
        )
        return _whole(request, workspace, actor, identifier)

    @api.get("/entry/{identifier}", response={200: EntryProof, 404: Problems}, summary="A journal entry with its proof")
    def entry(request: HttpRequest, identifier: str) -> Any:
        workspace, actor = _here(request)
        return shapes.proof(entry_page(workspace, actor, identifier, _language(request)))


def _figures(api: NinjaAPI) -> None:
    @api.get("/figures", response={200: list[dict[str, Any]], 400: Problems}, summary="Figures of a period")
    def figures(request: HttpRequest, period: str = "", by: str = "") -> Any:
        workspace, actor = _here(request)
        wanted = parse_period(period) if period else usual_period(workspace)
        found = figures_of(workspace, actor, wanted, by=[part for part in by.split(",") if part])
        return [shapes.figure(one, walk_back(workspace, actor, one)) for one in found]

    @api.get(
        "/figures/{key}",
        response={200: dict[str, Any], 400: Problems, 403: Problems, 404: Problems},
        summary="One figure",
    )
    def figure(request: HttpRequest, key: str, period: str = "", by: str = "") -> Any:
        workspace, actor = _here(request)
        wanted = parse_period(period) if period else usual_period(workspace)
        [found] = figures_of(workspace, actor, wanted, keys=[key], by=[part for part in by.split(",") if part])
        return shapes.figure(found, walk_back(workspace, actor, found))


def _here(request: HttpRequest) -> tuple[Workspace, Actor]:
    """Return the workspace and the actor that signing in put on the request."""
    found: tuple[Workspace, Actor] = cast(Any, request).standing
    return found


def _whole(request: HttpRequest, workspace: Workspace, actor: Actor, identifier: str) -> RecordWhole:
    return shapes.whole(see(workspace, actor, identifier), _language(request))


def _language(request: HttpRequest) -> str:
    return "fr" if str(getattr(request, "LANGUAGE_CODE", "en")).startswith("fr") else "en"
