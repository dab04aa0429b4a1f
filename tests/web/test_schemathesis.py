"""What a machine can think of asking, as each role: no failure, nothing undeclared, every refusal a problem."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from remit.services.workspace import Workspace
from tests.web.conftest import PASSWORD
from tests.workspaces import composition, new_workspace

ROLES = (
    "joc-officer", "human-rights-officer", "srsg", "planner", "administrator", "researcher", "delegation", "field-officer",
    "force-commander", "records-officer", "reporting-officer", "chief-of-staff", "sector-commander",
)  # fmt: skip


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The exercise with a little of everything recorded."""
    from tests.web.conftest import furnished

    return furnished(new_workspace(tmp_path_factory.mktemp("schemathesis"), "exercise"))


@pytest.mark.parametrize("person", ROLES[:1])
def test_schemathesis__finds_nothing__sample(exercise: Workspace, person: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(exercise, person, monkeypatch, examples=4)


@pytest.mark.full
@pytest.mark.parametrize("person", ROLES)
def test_schemathesis__finds_nothing__all_roles(
    exercise: Workspace, person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(exercise, person, monkeypatch, examples=12)


def ask(workspace: Workspace, person: str, monkeypatch: pytest.MonkeyPatch, *, examples: int) -> None:
    """Ask everything of both APIs as a person; fail with all that was found."""
    import schemathesis
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import Client
    from hypothesis import HealthCheck, Phase, given, settings
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        negative_data_rejection,
        response_schema_conformance,
        status_code_conformance,
    )

    from remit.api import auth

    monkeypatch.setattr(auth, "PER_MINUTE", 10**9)
    composition().attach(workspace)
    client = Client()
    assert client.login(username=person, password=PASSWORD)
    token = _token(workspace, person)
    found: list[str] = []
    asked: Counter[int] = Counter()
    for address in ("/api/openapi.json", "/ogc/api"):
        described = client.get(address).json()
        schema = schemathesis.openapi.from_dict(described)
        schema.app = WSGIHandler()
        for result in schema.get_all_operations():
            operation = result.ok()

            @settings(
                max_examples=examples, deadline=None, database=None, phases=[Phase.explicit, Phase.generate],
                suppress_health_check=list(HealthCheck), derandomize=True,
            )  # fmt: skip
            @given(case=operation.as_strategy())
            def one(case: Any) -> None:
                case.headers["Authorization"] = f"Bearer {token}"
                response = case.call(headers={"Host": "testserver"})
                asked[response.status_code] += 1
                case.validate_response(
                    response,
                    checks=[
                        schemathesis.checks.CHECKS.get_one("not_a_server_error"), status_code_conformance,
                        content_type_conformance, response_schema_conformance, negative_data_rejection,
                    ],
                )  # fmt: skip
                if response.status_code >= 400:
                    assert response.json()["problems"][0]["code"]

            try:
                one()
            except Exception as error:  # noqa: BLE001 - all operations are asked before any is told
                found.append(f"{operation.method} {operation.path}: {error}")
    assert found == []
    assert sum(asked.values()) > 10 * examples
    assert asked[200] > examples, "not everything was refused"


def _token(workspace: Workspace, person: str) -> str:
    from remit.services.standing import acting
    from remit.services.tokens import make_token

    return make_token(workspace, acting(workspace, person), "schemathesis", ["read", "write"], 1)[1]
