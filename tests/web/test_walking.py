"""Every route of the app and its interfaces, as every role, over records planted with what must not be read.

Routes come from Django's resolver, parameters of programs from the OpenAPI descriptions, questions from the forms and links
of the pages themselves: a new route is walked without being named here, and one that cannot be walked fails.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest

from remit.records.actors import Actor
from remit.services.reporting import keep_product
from remit.services.standing import usual_period
from remit.services.verifying import seal
from remit.services.workspace import Workspace
from tests.web.conftest import PASSWORD
from tests.web.planting import Planting, hidden_records, kept_from, plant, said_by_figures
from tests.web.routes import Route, addresses, pools, routes
from tests.workspaces import composition, new_workspace

UNASKED = {
    "/sign-out": "ends the session that walks",
    "/account/sessions/end-all": "ends the session that walks",
    "/account/directory/<str:provider_id>/login": "leads to another server; tests/web/test_directory.py walks it",
    "/account/directory/<str:provider_id>/callback": "comes from another server; tests/web/test_directory.py walks it",
}
"""Not asked here, each with its reason; none of them shows a record."""


@dataclass
class Field:
    """A workspace with what was planted in it."""

    workspace: Workspace
    planting: Planting


def furnished(workspace: Workspace, products: int) -> Field:
    """Give every role an account of its own, plant, and keep so many products."""
    for role in workspace.mission.roles:
        workspace.accounts.add(role, role, [role], PASSWORD, invented=True)
    planting = plant(workspace)
    writer = max(
        (role for role in workspace.mission.roles.values() if {"report", "freeze"} <= set(role.may)),
        key=lambda role: (len(role.compartments), role.clearance),
    )
    for key in list(workspace.mission.products)[::-1][:products]:
        keep_product(workspace, Actor(writer.key, writer), key, usual_period(workspace))
    seal(workspace)
    return Field(workspace, planting)


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Field:
    """The exercise, planted."""
    return furnished(new_workspace(tmp_path_factory.mktemp("walking"), "exercise"), 0)


@pytest.fixture(scope="module")
def whole_exercise(tmp_path_factory: pytest.TempPathFactory) -> Field:
    """The exercise, planted, with every product kept."""
    return furnished(new_workspace(tmp_path_factory.mktemp("walking"), "exercise"), 99)


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Field:
    """The reference mission, planted."""
    return furnished(new_workspace(tmp_path_factory.mktemp("walking"), "minusma"), 99)


@pytest.mark.attack("every route as every role")
@pytest.mark.parametrize(("role", "nth"), [("joc-officer", 0), ("delegation", 1)])
def test_walk__no_byte_of_what_the_role_must_not_see__sample(
    exercise: Field, role: str, nth: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every route is asked once, by one role or the other."""
    walk(exercise, role, monkeypatch, most=1, among=routes()[nth::2])


@pytest.mark.full
@pytest.mark.attack("every route as every role")
def test_walk__no_byte_in_the_exercise(whole_exercise: Field, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: set[str] = set()
    for turn, role in enumerate(whole_exercise.workspace.mission.roles):
        opened |= walk(whole_exercise, role, monkeypatch, most=2, turn=7 * turn)
    assert len(opened) > 80


@pytest.mark.full
@pytest.mark.attack("every route as every role")
def test_walk__no_byte_in_the_reference_mission(reference: Field, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every fourteenth role: all of them take half an hour, and are walked by hand (``[::14]`` taken away)."""
    for turn, role in list(enumerate(reference.workspace.mission.roles))[::14]:
        walk(reference, role, monkeypatch, most=1, turn=5 * turn)


@pytest.mark.attack("identifiers guessed")
@pytest.mark.parametrize(
    "role", ["joc-officer", *(pytest.param(r, marks=pytest.mark.full) for r in ("delegation", "administrator", "srsg"))]
)
def test_walk__hidden_and_absent_are_one_answer(exercise: Field, role: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Status, headers, body and the number of questions to the database: on every route that names a record or an entry."""
    client = signed_in(exercise, role, monkeypatch)
    mission = exercise.workspace.mission
    hidden = next(one for one in hidden_records(exercise.workspace, mission.roles[role], role) if one.compartment)
    pairs = (
        (hidden.id, absent(hidden.id)), (hidden.number, f"{hidden.number[:-4]}9876"),
        (hidden.entries[0], absent(hidden.entries[0])),
    )  # fmt: skip
    known = pools(exercise.workspace, [hidden], exercise.planting.records)
    told: list[str] = []
    client.get("/"), client.get("/api/mission")  # what is read once in a process is read now
    for route in routes():
        if not {"reference", "identifier", "one", "record", "feature", "entry"} & set(route.parameters):
            continue
        others = [known[name][0] for name in route.parameters[1:]] if route.parameters[0] != "key" else []
        for there, not_there in pairs if len(route.parameters) == 1 else pairs[:1]:
            for method in ("get", "post"):
                values = [there, *others] if others or len(route.parameters) == 1 else [hidden.type, there]
                seen = answered(client, method, route.at(values))
                unseen = answered(client, method, route.at([not_there if v == there else v for v in values]))
                if plain(seen, there) != plain(unseen, not_there):
                    told.append(
                        f"{method} {route.template} {there}: "
                        + difference(plain(seen, there), plain(unseen, not_there))
                    )
    assert not told, "\n".join(told)


def walk(
    field: Field, role: str, monkeypatch: pytest.MonkeyPatch, *, most: int, turn: int = 0, among: Sequence[Route] = ()
) -> set[str]:
    """Ask every route (or those ``among`` them) as a role; return the routes that let it in."""
    client = signed_in(field, role, monkeypatch)
    workspace, mission = field.workspace, field.workspace.mission
    hidden = [
        one
        for one in hidden_records(workspace, mission.roles[role], role)
        if one.compartment or role != "administrator"
    ]
    kept = kept_from(workspace, field.planting, mission.roles[role], role)
    kept -= said_by_figures(workspace, mission.roles[role], role)
    known = pools(workspace, hidden[: most * 4 : 2], field.planting.records)
    asked = _questions(client)
    secret = next(iter(sorted(mark.decode() for mark in kept if mark.startswith(b"zq"))), "zq000000zq")
    opened: set[str] = set()
    leaks: list[str] = []
    for route in among or routes():
        if route.template in UNASKED:
            continue
        for address in addresses(route, known, most, turn):
            answer = client.get(address)
            assert answer.status_code < 500, (role, address, answer.content[:300])
            body = read(answer)
            leaks += [f"{address}: {one!r}" for one in found(kept, body) if one not in address.encode()]
            if answer.status_code < 400 or answer.status_code == 405:
                opened.add(route.template)
            if answer.status_code >= 400:
                continue
            questions = {*asked.get(route.template, ()), *_asked_in(answer, body)}
            for question in sorted(questions)[: most * 2]:
                leaks += _leaks_asked(client, address, question, secret, kept)
            for link in _links(address, answer, body)[:most]:
                leaks += [f"{link}: {one!r}" for one in found(kept, read(client.get(link))) if one not in link.encode()]
    assert leaks == [], f"{role}: {len(leaks)} leaks\n" + "\n".join(sorted(set(leaks))[:60])
    return opened


def _leaks_asked(client: Any, address: str, name: str, secret: str, kept: set[bytes]) -> Iterator[str]:
    """Ask for a planted word and for one that stands nowhere: the two answers are one but for the word itself."""
    nowhere = "zq999999zq"
    mine, other, again = (client.get(address, {name: word}) for word in (secret, nowhere, secret))
    first, second, third = (
        plain((one.status_code, one.headers, read(one), 0), word)
        for one, word in ((mine, secret), (other, nowhere), (again, secret))
    )
    if first != second and first == third:  # a page that tells the time differs from itself
        yield f"{address}?{name}={secret}: answers otherwise than for a word that stands nowhere"
    yield from (
        f"{address}?{name}=: {one!r}"
        for one in found(kept - {secret.encode()}, read(mine))
        if one not in address.encode()
    )


def signed_in(field: Field, role: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a client that acts in a role in the browser, and shows a token where only tokens are taken (``OpenRosa``)."""
    from django.test import Client

    from remit.api import auth
    from remit.services.standing import acting
    from remit.services.tokens import make_token

    monkeypatch.setattr(auth, "PER_MINUTE", 10**9)
    composition().attach(field.workspace)
    client = Client()
    assert client.login(username=role, password=PASSWORD)
    secret = make_token(field.workspace, acting(field.workspace, role), "walk", ["read", "write", "collect"], 1)[1]
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
    return client


def answered(client: Any, method: str, address: str) -> tuple[int, Mapping[str, str], bytes, int]:
    """Return status, headers, body, and how many questions were put to databases."""
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    with ExitStack() as stack:
        # Those that are open: other tests of this process leave behind what cannot be opened any more.
        held = [one for one in connections.all(initialized_only=True) if one.connection is not None]
        captured = [stack.enter_context(CaptureQueriesContext(one)) for one in held]
        answer = getattr(client, method)(address)
        body = read(answer)
    return answer.status_code, answer.headers, body, sum(len(one) for one in captured)


def plain(answer: tuple[int, Mapping[str, str], bytes, int], word: str) -> tuple[Any, ...]:
    """Return an answer without what differs between any two: the word asked for, the form's own token, the time."""
    status, headers, body, asked = answer
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", body.decode("utf-8", "replace"))
    dropped = {"Date", "Content-Length", "Set-Cookie", "ETag"}
    kept = sorted((name, value.replace(word, "WORD")) for name, value in headers.items() if name not in dropped)
    return status, kept, text.replace(word, "WORD"), asked


def difference(one: tuple[Any, ...], other: tuple[Any, ...]) -> str:
    """Return where two answers part."""
    for mine, its in zip(one, other, strict=False):
        if mine != its:
            if isinstance(mine, str):
                at = next(
                    (n for n, (a, b) in enumerate(zip(mine, its, strict=False)) if a != b), min(len(mine), len(its))
                )
                mine, its = mine[max(0, at - 80) : at + 80], its[max(0, at - 80) : at + 80]
            return f"{mine!r} / {its!r}"
    return ""


def absent(identifier: str) -> str:
    """Return an identifier of the same form that names nothing."""
    return identifier[:-6] + ("abcdef" if not identifier.endswith("abcdef") else "fedcba")


def read(answer: Any) -> bytes:
    """Return what was sent; of packed documents what they hold besides."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if not body.startswith(b"PK\x03\x04"):
        return bytes(body)
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return b"\n".join(packed.read(name) for name in packed.namelist())


_MARKS = re.compile(
    rb"zq\d{6}zq|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[A-Z]+(?:-[A-Z]+)+-\d{4}-\d{4}|7[12]\d{6}|7[12](?:[,\xa0]|\xe2\x80\xaf|\xc2\xa0)\d{3}(?:[,\xa0]|\xe2\x80\xaf|\xc2\xa0)\d{3}|16\.\d{4}|[0-9a-f]{64}"
)


def found(kept: set[bytes], body: bytes) -> list[bytes]:
    """Return what must not be read and stands in a body."""
    return sorted(kept & set(_MARKS.findall(body)))


def _questions(client: Any) -> dict[str, set[str]]:
    """Return the parameters that programs may ask with, by route."""
    asked: dict[str, set[str]] = {}
    for where, before in (("/api/openapi.json", ""), ("/ogc/api", "")):
        for path, operations in client.get(where).json().get("paths", {}).items():
            template = re.sub(r"\{(\w+)\}", r"<\1>", before + path)
            given = operations.get("get", {}).get("parameters", ())
            asked[template] = {one["name"] for one in given if one["in"] == "query"}
    return asked


def _asked_in(answer: Any, body: bytes) -> set[str]:
    """Return the names of what a page's forms ask for with GET."""
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return set()
    forms = re.findall(r"<form\b(?![^>]*method=\"post\")[^>]*>(.*?)</form>", body.decode(), re.DOTALL | re.IGNORECASE)
    return {name for form in forms for name in re.findall(r'\bname="([\w.-]+)"', form)} - {"csrfmiddlewaretoken"}


def _links(address: str, answer: Any, body: bytes) -> list[str]:
    """Return the links of a page that ask for something (facets, orders, pages, months)."""
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return []
    links = re.findall(r'(?:href|data-points|data-areas)="((?:/[^"#]*)?\?[^"#]+)', body.decode())
    plain_links = (link.replace("&amp;", "&") for link in links)
    return sorted({link if link.startswith("/") else address + link for link in plain_links})


def test_walk__what_is_not_asked_is_a_route(exercise: Field) -> None:
    assert {Route(one) for one in UNASKED} <= set(routes())


def test_walk__finds_what_is_shown(exercise: Field, monkeypatch: pytest.MonkeyPatch) -> None:
    """The walk itself can fail: what a role may see it does read, in page, list, export, API and file."""
    client = signed_in(exercise, "joc-officer", monkeypatch)
    one = next(
        r for r in exercise.planting.records if r.type == "incident" and not r.compartment and r.level == "confidential"
    )
    marks = set(re.findall(r"zq\d{6}zq", repr(one.values)))
    for url in (f"/record/{one.id}", "/records/incident.csv", f"/api/record/{one.id}"):
        assert found({mark.encode() for mark in marks}, read(client.get(url))), url
    assert found({one.number.encode()}, read(client.get("/records/incident")))
