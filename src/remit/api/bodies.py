"""What the API takes, made from the mission's declarations: one model a record type, by which bodies are read and described."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from pydantic import BaseModel, Field, ValidationError, WithJsonSchema, create_model

from remit.api.models import NewRecord
from remit.kernel.errors import BadInput
from remit.kernel.issues import Issue, Where
from remit.kernel.wording import Words
from remit.services.shapes import LEVELS, RecordType, schema_of


def model_of(kind: RecordType) -> type[NewRecord]:
    """Return the model of a new record of a type: its values by their declared fields, no level laxer than the type's."""
    levels = LEVELS[LEVELS.index(kind.level) :]
    level: Any = Literal[levels]
    over: Any = (Annotated[str, Field(min_length=1)], ...) if kind.over else (Literal[""], "")
    made: type[NewRecord] = create_model(
        f"New-{kind.key}",
        __base__=NewRecord,
        __doc__=kind.label.en,
        values=(Annotated[dict[str, Any], WithJsonSchema(values_schema(kind))], ...),
        over=over,
        level=(level | None, None),
    )
    return made


def values_schema(kind: RecordType) -> dict[str, Any]:
    """Return the schema of the values as they may be sent: as records hold them, or as text, which is read as in a form."""
    schema = {key: value for key, value in schema_of(kind).items() if key not in ("$schema", "$id")}
    schema["properties"] = {name: _or_text(one) for name, one in schema["properties"].items()}
    return schema


def read_body(kind: RecordType, body: Mapping[str, Any]) -> NewRecord:
    """Read a body by the model of its type.

    Raises:
        BadInput: WEB-011 for each part that does not fit. Values are read by their fields when they are recorded.
    """
    try:
        return model_of(kind).model_validate(body)
    except ValidationError as error:
        raise BadInput([_issue(found) for found in error.errors(include_url=False)]) from None


def json_of(request: HttpRequest) -> Mapping[str, Any]:
    """Return the JSON object that a request carries.

    Raises:
        BadInput: WEB-011, it carries something else.
    """
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise BadInput.of(
            "WEB-011",
            "The body is no JSON object.",
            "Le corps n’est pas un objet JSON.",
            do_en="Send one, with Content-Type: application/json.",
            do_fr="Envoyez-en un, avec Content-Type: application/json.",
        )
    return body


def describe(described: dict[str, Any], kinds: Mapping[str, RecordType]) -> dict[str, Any]:
    """Add to an OpenAPI description what this mission declares: how each type is recorded."""
    generic = described["paths"].pop("/api/records/{type_key}")["post"]
    schemas = described["components"]["schemas"]
    for key, kind in kinds.items():
        model: type[BaseModel] = model_of(kind)
        schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= schema.pop("$defs", {})
        schemas[f"New-{key}"] = schema
        post = {
            **generic,
            "operationId": f"record_{key}",
            "summary": f"Record: {kind.label.en}",
            "parameters": [one for one in generic.get("parameters", ()) if one["name"] != "type_key"],
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/New-{key}"}}},
            },
        }
        described["paths"][f"/api/records/{key}"] = {"post": post}
    return described


def _or_text(schema: Mapping[str, Any]) -> dict[str, Any]:
    about = {key: schema[key] for key in ("title", "description") if key in schema}
    own = {key: value for key, value in schema.items() if key not in about}
    if own.get("type") == "string" and "format" not in own:
        return dict(schema)
    if own.get("type") == "array":
        return dict(schema)
    return {**about, "anyOf": [own, {"type": "string", "minLength": 1}]}


def _issue(found: Any) -> Issue:
    path = ".".join(str(part) for part in found["loc"])
    return Issue(
        "WEB-011",
        Words(f"“{path}” cannot be read: {found['msg']}.", f"« {path} » ne peut pas être lu : {found['msg']}."),
        Words("See /api/openapi.json for what is expected.", "Voir /api/openapi.json pour ce qui est attendu."),
        where=Where(path=path),
    )
