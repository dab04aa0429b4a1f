"""OGC API Features: asked by two clients that others wrote (OWSLib, GDAL), each seeing what its role may see."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from remit.services.standing import acting
from remit.services.tokens import make_token
from remit.services.workspace import Workspace
from tests.acceptance.browser import served

KEY = "security-event"


@pytest.fixture(scope="module")
def address(demonstration: Workspace) -> Iterator[str]:
    """The demonstration's workspace, served."""
    with served(demonstration) as found:
        yield found


def token(workspace: Workspace, person: str) -> str:
    return make_token(workspace, acting(workspace, person), "GIS", ["read"], 1)[1]


def test_owslib__finds_filters_and_reads(demonstration: Workspace, address: str, sign_in: Any) -> None:
    from owslib.ogcapi.features import Features
    from owslib.util import Authentication

    secret = token(demonstration, "joc-officer")
    client = Features(f"{address}/ogc/", auth=Authentication("joc-officer", secret))
    assert client.links
    assert any(one.endswith("/core") for one in client.conformance()["conformsTo"])
    assert client.api()["openapi"].startswith("3.0")
    assert KEY in client.feature_collections()
    extent = client.collection(KEY)["extent"]
    [west, south, east, north] = extent["spatial"]["bbox"][0]
    assert west < east
    assert south < north
    every = client.collection_items(KEY, limit=1000)
    assert every["numberMatched"] == every["numberReturned"] == _visible(sign_in, "joc-officer")
    half = client.collection_items(KEY, bbox=[west, south, (west + east) / 2, north], limit=1000)
    assert 0 < half["numberMatched"] < every["numberMatched"]
    attacks = client.collection_items(KEY, filter="category = 'armed-attack'", limit=1000)
    assert {one["properties"]["category"] for one in attacks["features"]} == {"armed-attack"}
    july = client.collection_items(KEY, datetime_="2017-07-01/2017-07-31", limit=1000)
    assert {one["properties"]["occurred"][:7] for one in july["features"]} == {"2017-07"}
    paged = client.collection_items(KEY, limit=2, offset=2)
    assert [one["id"] for one in paged["features"]] == [one["id"] for one in every["features"][2:4]]
    first = every["features"][0]
    assert client.collection_item(KEY, first["id"])["properties"] == first["properties"]
    assert "place_region" in client.collection_queryables(KEY)["properties"]


GDAL = """
import json, sys, pyogrio
address, person, secret, key = sys.argv[1:]
if "OAPIF" not in pyogrio.list_drivers():
    print("null"); sys.exit()
pyogrio.set_gdal_config_options({
    "GDAL_HTTP_USERPWD": f"{person}:{secret}", "GDAL_HTTP_AUTH": "BASIC", "GDAL_HTTP_TIMEOUT": "20",
    "GDAL_HTTP_CONNECTTIMEOUT": "5", "GDAL_HTTP_MAX_RETRY": "0"})
source = f"OAPIF:{address}/ogc/"
meta, _, every, _ = pyogrio.raw.read(source, layer=key)
_, _, some, _ = pyogrio.raw.read(source, layer=key, where="category = 'armed-attack'")
layers = [name for name, _ in pyogrio.list_layers(source)]
print(json.dumps([layers, list(meta["fields"]), meta["geometry_type"], len(every), len(some)]))
"""
"""In a process of its own: it waits for the server without letting other threads of its process run."""


def test_gdal__reads_layers_with_a_filter(demonstration: Workspace, address: str, sign_in: Any) -> None:
    secret = token(demonstration, "joc-officer")
    done = subprocess.run(
        [sys.executable, "-c", GDAL, address, "joc-officer", secret, KEY],
        check=False,
        capture_output=True,
        text=True,
        timeout=90,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    if found is None:
        pytest.skip("this GDAL has no driver for OGC API Features")
    layers, fields, geometry, every, some = found
    assert KEY in layers
    assert "category" in fields
    assert geometry == "Point"
    assert every == _visible(sign_in, "joc-officer")
    assert 0 < some < every


@pytest.mark.parametrize("person", ["joc-officer", "human-rights-officer", "researcher"])
def test_items__are_what_the_role_may_see(workspace: Workspace, sign_in: Any, person: str) -> None:
    client = sign_in(person)
    listed = [one["id"] for one in client.get("/ogc/collections").json()["collections"]]
    for key in listed[:6]:
        found = client.get(f"/ogc/collections/{key}/items?limit=1000").json()
        api = client.get(f"/api/records?type={key}&limit=200").json()
        assert found["numberMatched"] == api["total"]
        values = {one["id"]: one["values"] for one in api["records"]}
        for one in found["features"]:
            shown = values[one["id"]]
            kind = workspace.mission.record_types[key]
            withheld = [name for name in kind.fields if one["properties"].get(name) is not None and name not in shown]
            assert withheld == [], "nothing in a feature that the record does not show"


def test_items__a_filter_asks_only_of_what_is_seen(workspace: Workspace, sign_in: Any) -> None:
    """A count must not tell what a withheld field holds."""
    client = sign_in("researcher")
    for collection in client.get("/ogc/collections").json()["collections"]:
        key = collection["id"]
        total = client.get(f"/ogc/collections/{key}/items").json()["numberMatched"]
        for name in ("narrative", "level", "component"):
            asked = client.get(f"/ogc/collections/{key}/items", {"filter": f"{name} IS NOT NULL"})
            if asked.status_code == 200 and name == "narrative":
                shown = client.get(f"/ogc/collections/{key}/items?limit=1000").json()["features"]
                assert asked.json()["numberMatched"] == sum(bool(one["properties"].get(name)) for one in shown)
        assert total >= 0


def _visible(sign_in: Any, person: str) -> int:
    return int(sign_in(person).get(f"/api/records?type={KEY}").json()["total"])
