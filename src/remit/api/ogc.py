"""OGC API – Features (OGC 17-069r4) with filters (OGC 19-079r2, CQL2): records with a place, for GIS programs."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Query
from pydantic import ConfigDict, Field

from remit.api.auth import EVERYBODY, here
from remit.api.description import described_by
from remit.api.models import Model, Problems
from remit.api.problems import handle_problems
from remit.kernel.errors import BadInput
from remit.kernel.nearest import did_you_mean
from remit.services.cql import condition_of
from remit.services.features import collection, collection_type, collections, item, items, properties
from remit.services.shapes import RecordType

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
LARGEST = 1000
_FEATURES = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf"
_FILTER = "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf"
_CQL2 = "http://www.opengis.net/spec/cql2/1.0/conf"
CONFORMS = (
    f"{_FEATURES}/core", f"{_FEATURES}/geojson", f"{_FEATURES}/oas30", f"{_FILTER}/queryables", f"{_FILTER}/filter", f"{_FILTER}/features-filter",
    f"{_CQL2}/cql2-text", f"{_CQL2}/cql2-json", f"{_CQL2}/basic-cql2", f"{_CQL2}/basic-spatial-functions",
)  # fmt: skip
GEOJSON, SCHEMA = "application/geo+json", "application/schema+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
_SCHEMA_TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string"}, "number": {"type": "number"}, "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"}, "instant": {"type": "string", "format": "date-time"},
    "list": {"type": "array", "items": {"type": "string"}}, "point": {"format": "geometry-point"},
}  # fmt: skip
_REFUSALS: dict[int, Any] = {400: Problems, 401: Problems, 403: Problems, 404: Problems, 429: Problems, 503: Problems}
_COMMON = ("bbox", "datetime", "limit", "offset", "filter", "filter-lang", "filter-crs", "bbox-crs", "f")


class Asked(Model):
    """Which features are wanted. Properties of the collection may be named too: ``state=confirmed``."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)

    bbox: str = Field("", description="west,south,east,north in degrees")
    datetime: str = Field("", description="A day, an instant, or an interval: 2017-07-01/2017-09-30")
    filter: str = Field("", description="CQL2")
    filter_lang: str = Field("cql2-text", alias="filter-lang", description="cql2-text or cql2-json")
    filter_crs: str = Field(CRS84, alias="filter-crs", description="WGS84 only")
    bbox_crs: str = Field(CRS84, alias="bbox-crs", description="WGS84 only")
    f: str = Field("json", description="json only")
    limit: Annotated[int, Field(ge=1)] = 100
    offset: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0


def build_ogc() -> NinjaAPI:
    """Return the OGC API, its landing page at ``/ogc/``."""
    api = NinjaAPI(
        title="Remit: features", version="1", auth=EVERYBODY, docs_url=None, openapi_url=None, urls_namespace="remit_ogc",
        description="Records with a place as OGC API Features. Every answer holds only what the role may see.",
    )  # fmt: skip
    handle_problems(api)
    _about(api)
    _collections(api)
    _items(api)
    return api


def _about(api: NinjaAPI) -> None:
    @api.get("/", response={200: dict[str, Any], **_REFUSALS}, summary="Landing page")
    def landing(request: HttpRequest) -> HttpResponse:
        title = here(request)[0].mission.title.in_(_language(request))
        links = [
            _link(request, "", "self"),
            _link(request, "api", "service-desc", OPENAPI),
            _link(request, "conformance", "conformance"),
            _link(request, "collections", "data"),
        ]
        return _json({"title": title, "description": "Remit", "links": links})

    @api.get("/conformance", response={200: dict[str, Any], **_REFUSALS}, summary="What is conformed to")
    def conformance(request: HttpRequest) -> HttpResponse:
        here(request)
        return _json({"conformsTo": list(CONFORMS)})

    @api.get("/api", include_in_schema=False)
    def described(request: HttpRequest) -> HttpResponse:
        here(request)
        return _json(described_by(api, "/ogc/", version="3.0.3"), OPENAPI)


def _collections(api: NinjaAPI) -> None:
    @api.get(
        "/collections",
        response={200: dict[str, Any], **_REFUSALS},
        summary="The collections: record types with a place",
    )
    def every(request: HttpRequest) -> HttpResponse:
        workspace, actor = here(request)
        found = [_collection(request, kind) for kind in collections(workspace, actor)]
        return _json({"links": [_link(request, "collections", "self")], "collections": found})

    @api.get(
        "/collections/{key}", response={200: dict[str, Any], **_REFUSALS}, summary="One collection, with its extent"
    )
    def one(request: HttpRequest, key: str) -> HttpResponse:
        workspace, actor = here(request)
        found = collection(workspace, actor, key)
        extent: dict[str, Any] = {}
        if found.box:
            extent["spatial"] = {"bbox": [list(found.box)], "crs": CRS84}
        if found.first:
            ends = [_instant(found.first), _instant(found.last)]
            extent["temporal"] = {"interval": [ends], "trs": GREGORIAN}
        return _json({**_collection(request, found.kind), **({"extent": extent} if extent else {})})

    @api.get(
        "/collections/{key}/queryables", response={200: dict[str, Any], **_REFUSALS}, summary="What may be asked of"
    )
    def queryables(request: HttpRequest, key: str) -> HttpResponse:
        workspace, actor = here(request)
        kind = collection_type(workspace, actor, key)
        language = _language(request)
        return _json(
            {
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "$id": _address(request, f"collections/{key}/queryables"),
                "type": "object",
                "title": kind.plural.in_(language),
                "properties": {
                    name: {"title": _label(kind, name, language), **_SCHEMA_TYPES[one.kind]}
                    for name, one in properties(kind).items()
                },
                "additionalProperties": False,
            },
            SCHEMA,
        )


def _items(api: NinjaAPI) -> None:
    @api.get("/collections/{key}/items", response={200: dict[str, Any], **_REFUSALS}, summary="Features")
    def several(request: HttpRequest, key: str, asked: Query[Asked]) -> HttpResponse:
        workspace, actor = here(request)
        known = properties(collection_type(workspace, actor, key))
        _require_known(request, (*_COMMON, *known), asked)
        texts = [
            f"{_name(name)} = {_constant(known[name].kind, str(value))}"
            for name, value in request.GET.items()
            if name in known
        ]
        parts = [condition_of(text, "cql2-text", known) for text in texts]
        if asked.filter:
            parts.append(condition_of(asked.filter, asked.filter_lang, known))
        size = min(asked.limit, LARGEST)
        found = items(
            workspace, actor, key, box=_box(asked.bbox), interval=asked.datetime, conditions=parts, limit=size,
            offset=asked.offset,
        )  # fmt: skip
        path = f"collections/{key}/items"
        links = [
            _link(request, _again(request, path, asked.offset), "self", GEOJSON),
            _link(request, f"collections/{key}", "collection"),
        ]
        if asked.offset + size < found.total:
            links.append(_link(request, _again(request, path, asked.offset + size), "next", GEOJSON))
        if asked.offset:
            links.append(_link(request, _again(request, path, max(0, asked.offset - size)), "prev", GEOJSON))
        return _json(
            {
                "type": "FeatureCollection",
                "features": list(found.features),
                "numberMatched": found.total,
                "numberReturned": len(found.features),
                "timeStamp": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
                "links": links,
            },
            GEOJSON,
        )

    @api.get("/collections/{key}/items/{reference}", response={200: dict[str, Any], **_REFUSALS}, summary="One feature")
    def feature(request: HttpRequest, key: str, reference: str) -> HttpResponse:
        workspace, actor = here(request)
        path = f"collections/{key}"
        links = [_link(request, f"{path}/items/{reference}", "self", GEOJSON), _link(request, path, "collection")]
        return _json({**item(workspace, actor, key, reference), "links": links}, GEOJSON)


def _collection(request: HttpRequest, kind: RecordType) -> dict[str, Any]:
    language, path = _language(request), f"collections/{kind.key}"
    return {
        "id": kind.key,
        "title": kind.plural.in_(language),
        "description": kind.source or kind.plural.in_(language),
        "itemType": "feature",
        "crs": [CRS84],
        "links": [
            _link(request, path, "self"),
            _link(request, f"{path}/items", "items", GEOJSON),
            _link(request, f"{path}/queryables", "http://www.opengis.net/def/rel/ogc/1.0/queryables", SCHEMA),
        ],
    }


def _label(kind: RecordType, name: str, language: str) -> str:
    found = kind.fields.get(name)
    return found.label.in_(language) if found else name.replace("_", " ")


def _require_known(request: HttpRequest, known: tuple[str, ...], asked: Asked) -> None:
    """Refuse parameters that would be passed over: a misspelt filter must not answer as if there were none.

    Raises:
        BadInput: WEB-020.
    """
    for name in request.GET:
        if name not in known:
            remedy = did_you_mean(name, known)
            raise _unknown(name, remedy.en, remedy.fr)
    for name, value in (("filter-crs", asked.filter_crs), ("bbox-crs", asked.bbox_crs)):
        if value != CRS84:
            raise _unknown(f"{name}={value}", f"Only {CRS84} is spoken.", f"Seul {CRS84} est parlé.")
    if asked.f != "json":
        raise _unknown(f"f={asked.f}", "Only f=json is spoken.", "Seul f=json est parlé.")


def _unknown(name: str, do_en: str, do_fr: str) -> BadInput:
    return BadInput.of(
        "WEB-020",
        f"“{name}” is no parameter of this collection.",
        f"« {name} » n’est pas un paramètre de cette collection.",
        do_en=do_en,
        do_fr=do_fr,
    )


def _box(text: str) -> list[float]:
    try:
        return [float(part) for part in text.split(",")] if text else []
    except ValueError:
        return [0.0]  # refused where boxes are read, in its words


def _name(name: str) -> str:
    return f'"{name}"'


def _constant(kind: str, value: str) -> str:
    if kind in ("number", "boolean"):
        return value
    quoted = value.replace("'", "''")
    return f"'{quoted}'"


def _instant(text: str) -> str:
    return text.replace("+00:00", "Z") if "T" in text else f"{text}T00:00:00Z"


def _again(request: HttpRequest, path: str, offset: int) -> str:
    asked = {**request.GET.dict(), **({"offset": str(offset)} if offset or "offset" in request.GET else {})}
    return f"{path}?{urlencode(asked)}" if asked else path


def _address(request: HttpRequest, path: str) -> str:
    return request.build_absolute_uri(f"/ogc/{path}")


def _link(request: HttpRequest, path: str, relation: str, kind: str = "application/json") -> dict[str, str]:
    return {"href": _address(request, path), "rel": relation, "type": kind, "title": relation.rpartition("/")[2]}


def _json(body: Any, kind: str = "application/json") -> HttpResponse:
    return HttpResponse(json.dumps(body, ensure_ascii=False), content_type=kind)


def _language(request: HttpRequest) -> str:
    return "fr" if str(getattr(request, "LANGUAGE_CODE", "en")).startswith("fr") else "en"
