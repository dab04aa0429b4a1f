"""All addresses of the app and its programs' interfaces, found where they are declared, so that a new one is walked unnamed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import Any
from urllib.parse import quote

from remit.kernel.conditions import ALWAYS
from remit.records.journal import Query
from remit.services.workspace import Workspace

_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
FORMATS = ("csv", "geojson", "parquet", "iati", "cap", "huridocs")
FORMS = ("html", "docx", "pdf", "xlsx", "csv", "json")


@dataclass(frozen=True)
class Route:
    """One address, with its parameters between angle brackets."""

    template: str

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of its parameters, in order."""
        return tuple(_PARAMETER.findall(self.template))

    def at(self, values: Sequence[str]) -> str:
        """Return the address for values of its parameters."""
        given = iter(values)
        return _PARAMETER.sub(lambda _: quote(next(given), safe=""), self.template)


def routes() -> list[Route]:
    """Return every route that Django resolves: pages, both APIs, OpenRosa, signing in."""
    from django.urls import get_resolver

    return sorted({Route("/" + text) for text in _templates(get_resolver().url_patterns, "")}, key=lambda r: r.template)


def _templates(patterns: Any, before: str) -> Iterator[str]:
    for one in patterns:
        whole = before + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from _templates(one.url_patterns, whole)
        else:
            yield whole


def pools(workspace: Workspace, hidden: Sequence[Any], planted: Sequence[Any]) -> Mapping[str, Sequence[str]]:
    """Return what each parameter can be, by its name: what the reader must not see comes first.

    A parameter that stands nowhere here makes the walk fail: say what it names, and it is walked.
    """
    mission = workspace.mission
    first = [*hidden, *planted]
    every = [*first, *(one for one in workspace.journal.find(Query(ALWAYS, limit=None)) if one not in first)]
    records = [one.id for one in every]
    turned = [part for one in every for part in (one.id, one.number)]
    entries = [entry for one in every for entry in one.entries]
    types = [key for key, kind in mission.record_types.items() if not kind.abstract]
    moves = {move for kind in mission.record_types.values() if kind.process for move in kind.process.moves}
    products = [one.id for one in every if one.type in ("product", "release")]
    files = sorted({sha for one in every for sha in _digests(one.values)})
    forms = [f"{mission.key}-{key}" for key, kind in mission.record_types.items() if kind.kind == "report"]
    mixed = [
        part for triple in zip(records, entries, (products or records) * len(records), strict=False) for part in triple
    ]
    return {
        "reference": turned, "identifier": mixed, "one": products or records, "other": products or records,
        "record": turned, "feature": turned, "entry": entries,
        "type_key": types, "format_": FORMATS, "form": FORMS, "form_id": forms, "move_key": sorted(moves),
        "language": ["en", "fr"], "path": list(mission.instrument.provisions), "sha256": files, "provider_id": ["directory"],
        "token": ["remit_none"],
        "key": [*mission.measures, *mission.products, *types], "board": [p.board for p in mission.products.values() if getattr(p, "board", "")] or ["none"],
    }  # fmt: skip


def addresses(route: Route, known: Mapping[str, Sequence[str]], most: int, turn: int = 0) -> list[str]:
    """Return at most so many addresses of a route; ``turn`` chooses others, so that several readers ask for all.

    Raises:
        KeyError: a parameter for which nothing is known.
    """
    named = [known[name] for name in route.parameters]
    if not named:
        return [route.at(())]
    shifted = [list(islice((*one[turn % len(one) :], *one), len(one))) for one in named if one]
    if len(shifted) < len(named):
        return []
    lead = max(range(len(shifted)), key=lambda nth: len(shifted[nth]))
    if len(shifted) == 1:
        return [route.at((value,)) for value in shifted[0][:most]]
    return [route.at(values) for values in _spread(shifted, lead, most)]


def _spread(named: list[list[str]], lead: int, most: int) -> Iterator[tuple[str, ...]]:
    """Yield combinations in which every parameter changes, rather than the last one alone."""
    if all(len(one) < 4 for one in named):
        yield from islice(product(*named), most)
        return
    for nth in range(min(most, len(named[lead]))):
        yield tuple(one[nth % len(one)] for one in named)


def _digests(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _digests(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _digests(inner)
    elif isinstance(value, str) and re.fullmatch(r"[0-9a-f]{64}", value):
        yield value
