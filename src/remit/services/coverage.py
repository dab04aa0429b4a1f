"""Which paragraphs of the mandate are served, by what, and how that is shown: coverage that cannot be faked.

A path is served when a record type or a measure that cites it has a worked example that takes a record of that type from
the first to a final state, and whose effect is asserted: a figure that is not zero, or a clock that was met, missed or ran
out. A product never serves by itself: it counts where something else on the path is shown. A paragraph with items is served
when it is cited itself or all of its items are served. Where nothing but context is asked, the record types and measures
that are watched stand in its place (``watched`` of the mandate: each is declared, and is itself shown).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from remit.kernel.wording import Words
from remit.measures.definitions import Measure
from remit.missions.mission import Mission
from remit.records.actors import Actor
from remit.records.types import RecordType
from remit.reporting.compose import walk
from remit.reporting.sentences import PLACE
from remit.services.figuring import may_see_figure
from remit.services.list_page import types
from remit.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Server:
    """What serves a path: a record type, a measure or a product, by key; ``shown`` where an example proves it."""

    kind: str
    key: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Covered:
    """One path of the mandate: what cites it, whether it is served, what is watched where nothing is asked."""

    path: str
    servers: tuple[Server, ...]
    served: bool
    watched: tuple[str, ...] = ()

    @property
    def operative(self) -> bool:
        """Whether it is a whole operative paragraph and not an item."""
        return "." not in self.path


def coverage(mission: Mission) -> tuple[Covered, ...]:
    """Return every path of the mandate in order, with what serves it."""
    servers: dict[str, list[Server]] = {path: [] for path in mission.instrument.provisions}
    for path, server in _citing(mission):
        if path in servers:
            servers[path].append(server)
    for path, found in servers.items():
        proven = any(server.shown for server in found)
        printing = _printing(mission, path)
        found.extend(Server("product", key, proven and prints) for key, prints in printing.items())
    shown_keys = {server.key for found in servers.values() for server in found if server.shown}
    children = _children(servers)
    served: dict[str, bool] = {}
    for path in sorted(servers, key=lambda p: -p.count(".")):
        below = children.get(path, [])
        watched = mission.instrument.provisions[path].watched
        served[path] = (
            any(s.shown for s in servers[path])
            or (bool(watched) and shown_keys.issuperset(watched))
            or (bool(below) and all(served[c] for c in below))
        )
    return tuple(
        Covered(path, tuple(servers[path]), served[path], mission.instrument.provisions[path].watched)
        for path in servers
    )


@dataclass(frozen=True, slots=True)
class ServerShown:
    """What serves a path, in words: its label, its page ("" where the reader has none), and whether an example proves it.

    ``records`` is how many of a record type the reader may see; ``None`` for figures and products, and for readers outside.
    """

    label: Words
    page: str
    shown: bool
    records: int | None = None


@dataclass(frozen=True, slots=True)
class CoveredRow:
    """A path of the mandate as the coverage page shows it."""

    path: str
    depth: int
    words: Words
    records: tuple[ServerShown, ...]
    figures: tuple[ServerShown, ...]
    products: tuple[ServerShown, ...]
    watched: tuple[ServerShown, ...]
    served: bool


def coverage_page(workspace: Workspace, actor: Actor) -> tuple[CoveredRow, ...]:
    """Return every path in order with what serves it in words, for reading; pages are named that the reader may open."""
    mission = workspace.mission
    totals = {} if actor.role.audience else {one.key: one.total for one in types(workspace, actor)}

    def shown(row: Covered, kind: str) -> tuple[ServerShown, ...]:
        servers = sorted((one for one in dict.fromkeys(row.servers) if one.kind == kind), key=lambda one: one.key)
        return tuple(_shown(mission, actor, server, totals) for server in servers)

    rows = coverage(mission)
    proven = {server.key: server.shown for row in rows for server in row.servers if server.shown}
    return tuple(
        CoveredRow(
            row.path,
            row.path.count("."),
            mission.instrument.provisions[row.path].words,
            records=shown(row, "record"),
            figures=shown(row, "measure"),
            products=shown(row, "product"),
            watched=tuple(
                _shown(mission, actor, Server(_kind_of(mission, key), key, key in proven), totals)
                for key in row.watched
            ),
            served=row.served,
        )
        for row in rows
    )


def _kind_of(mission: Mission, key: str) -> str:
    return "record" if key in mission.record_types else "measure"


def _shown(mission: Mission, actor: Actor, server: Server, totals: Mapping[str, int]) -> ServerShown:
    key = server.key
    if server.kind == "record":
        kind = mission.record_types[key]
        page = "" if actor.role.audience else f"/records/{key}"
        return ServerShown(kind.label, page, server.shown, None if actor.role.audience else totals.get(key, 0))
    if server.kind == "measure":
        measure = mission.measures[key]
        return ServerShown(measure.label, f"/figures/{key}" if may_see_figure(actor, measure) else "", server.shown)
    page = f"/reports/{key}" if "report" in actor.role.may else ""
    return ServerShown(mission.products[key].label, page, server.shown)


def counted(rows: Iterable[Covered]) -> tuple[int, int, int, int]:
    """Return operative paragraphs served and in all, and items served and in all."""
    rows = tuple(rows)
    whole, items = [r for r in rows if r.operative], [r for r in rows if not r.operative]
    return sum(r.served for r in whole), len(whole), sum(r.served for r in items), len(items)


def _citing(mission: Mission) -> Iterator[tuple[str, Server]]:
    for kind in mission.record_types.values():
        if not kind.abstract:
            shown = any(_plays_through(kind, example.play) and _asserts(example.then) for example in kind.examples)
            yield from ((path, Server("record", kind.key, shown)) for path in kind.serves)
    for measure in mission.measures.values():
        shown = _measure_shown(mission, measure)
        yield from ((path, Server("measure", measure.key, shown)) for path in measure.serves)


def _printing(mission: Mission, path: str) -> dict[str, bool]:
    """Return the products that answer a path, and whether they print a figure where they do."""
    found: dict[str, bool] = {}
    for product in mission.products.values():
        for part in walk(product.parts):
            if path in part.answers:
                prints = bool(part.words and any(place[2] for place in PLACE.finditer(part.words.en)))
                found[product.key] = found.get(product.key, False) or prints
    return found


def _measure_shown(mission: Mission, measure: Measure) -> bool:
    kind = mission.record_types.get(measure.of.partition(".")[0])
    return kind is not None and any(
        any(expected.get("value") for expected in example.expect) and _plays_through(kind, example.play)
        for example in measure.examples
    )


def _plays_through(kind: RecordType, steps: Iterable[Mapping[str, Any]]) -> bool:
    """Return whether steps take a record of the type itself to a final state; one without a process is there once recorded."""
    steps = tuple(steps)
    own = {str(s.get("id")) for s in steps if "record" in s and str(s.get("type") or kind.key) == kind.key}
    if kind.process is None:
        return bool(own)
    final = {move.key for move in kind.process.moves.values() if kind.process.states[move.to].final}
    return any(s.get("move") in final and (s.get("of") is None or str(s["of"]) in own) for s in steps)


def _asserts(then: Mapping[str, Any]) -> bool:
    """Return whether an effect is asserted: a figure that is not zero, or a clock that came to an end."""
    ended = any(status in ("met", "missed", "overdue") for status in (then.get("clocks") or {}).values())
    return ended or any((then.get("figures") or {}).values())


def _children(paths: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in paths:
        parent = path.rpartition(".")[0]
        if parent:
            found.setdefault(parent, []).append(path)
    return found
