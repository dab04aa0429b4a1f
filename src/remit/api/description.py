"""The OpenAPI description, assembled when it is asked for."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi import get_schema

from remit.api.problems import TYPE

SCHEMES = {
    "session": {"type": "apiKey", "in": "cookie", "name": "sessionid"},
    "token": {"type": "http", "scheme": "bearer", "bearerFormat": "remit_…"},
    "basic": {"type": "http", "scheme": "basic", "description": "The token in the password's place"},
}


def described_by(api: NinjaAPI, prefix: str, *, version: str = "3.1.0") -> dict[str, Any]:
    """Return an API's OpenAPI description: who may ask, and refusals as problems."""
    described: dict[str, Any] = dict(get_schema(api=api, path_prefix=prefix))
    described["openapi"] = version
    described["components"]["securitySchemes"] = SCHEMES
    for operations in described["paths"].values():
        for operation in operations.values():
            operation["security"] = [{name: []} for name in SCHEMES]
            for status, answer in operation["responses"].items():
                if int(status) >= 400 and "content" in answer:
                    answer["content"] = {TYPE: next(iter(answer["content"].values()))}
    return described
