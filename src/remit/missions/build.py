"""Build the frozen mission from declarations that are linked and checked.

Reads: :class:`Names`. Writes: :class:`Mission`, with a digest for each type, measure and product, and one for the whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from remit.kernel.canonical import canonical, digest_of_bytes
from remit.kernel.issues import Issue
from remit.mandate.declared import DeclaredClock, DeclaredInstrument, DeclaredLimit, DeclaredProvision, Task
from remit.missions.build_measures import built_measures
from remit.missions.build_products import built_product
from remit.missions.build_published import built_printed, built_quantities
from remit.missions.build_types import Surroundings, built_type, mission_options
from remit.missions.declarations.mandate import MandateDeclared
from remit.missions.declarations.mission import MissionDeclared
from remit.missions.declarations.plan import PlanDeclared
from remit.missions.labels import Labels
from remit.missions.link.names import LISTS, Names, Read
from remit.missions.mission import Area, Audience, Component, Mission, NamedPlace, Person
from remit.missions.read import Source
from remit.records.actors import Role

OUTSIDE_OF_DIGEST = frozenset({"examples", "people", "demonstration"})
"""What shows a definition at work and does not change what it means."""


def built(names: Names) -> tuple[Mission, tuple[Issue, ...]]:
    """Return the mission, and a note for every label that had to be made from its key (MIS-071).

    Raises:
        LookupError: linking and checking found errors; such a mission cannot be built.
    """
    if names.mission is None or names.mandate is None or names.plan is None:
        raise LookupError(f"{names.declared.key} lacks a file that every mission has")
    declared, source = names.mission.whole, names.mission.source
    labels = Labels()
    plain = {name: {key: words.words for key, words in getattr(declared, name).items()} for name in LISTS.values()}
    options = mission_options(names, plain, labels)
    recorders = tuple(key for key, role in declared.roles.items() if "record" in role.may)
    around = Surroundings(options, recorders, tuple(declared.area_levels), labels, declared.week)
    types = {key: built_type(key, read, around) for key, read in names.types.items() if read.shape and read.shape.kind}
    measures = built_measures(names.measures, types, labels, declared.period)
    products = {key: built_product(key, read, labels) for key, read in names.products.items() if read.shape is not None}
    mission = Mission(
        key=names.declared.key,
        title=declared.title.words,
        short=declared.short.words,
        period=declared.period,
        folder=names.declared.folder,
        languages=tuple(declared.languages),
        instrument=_instrument(names.mandate),
        tasks=_tasks(names.plan, labels),
        components={key: Component(key, words.words) for key, words in declared.components.items()},
        roles=_roles(declared, source, labels),
        compartments={key: words.words for key, words in declared.compartments.items()},
        partners=plain["partners"],
        parties=plain["parties"],
        audiences={
            key: Audience(
                key, labels.of(a.label, key, source, "audiences", key), a.level, a.place, a.date, a.smallest_cell
            )
            for key, a in declared.audiences.items()
        },
        options=options,
        record_types=types,
        measures=measures,
        products=products,
        printed=built_printed(names.published, labels),
        quantities=built_quantities(names.published),
        area_levels=tuple(declared.area_levels),
        areas=_areas(names, labels),
        places=_places(names, labels),
        people={key: Person(key, person.name, tuple(person.roles)) for key, person in declared.people.items()},
        demonstration=tuple(step for read in names.demonstration.values() for step in read.source.data["play"]),
        demonstration_period=declared.demonstration.period if declared.demonstration else None,
        invented=declared.invented,
        settings={**declared.settings, **({"number_prefix": declared.number_prefix} if declared.number_prefix else {})},
        digest=_whole(names),
    )
    return mission, labels.notes()


def defining(source: Source) -> Any:
    """Return what of a declaration defines: all but examples and the demonstration's people."""
    return {key: value for key, value in source.data.items() if key not in OUTSIDE_OF_DIGEST}


def _whole(names: Names) -> str:
    """Return the digest of the whole mission: every merged declaration by family and key."""
    declared = names.declared
    root = {"mission": declared.mission, "mandate": declared.mandate, "plan": declared.plan}
    whole = {name: canonical(defining(source)) for name, source in root.items() if source}
    for family, sources in declared.families.items():
        if family != "demonstration":
            whole[family] = _object({key: canonical(defining(source)) for key, source in sources.items()})
    return digest_of_bytes(_object(whole))


def _object(parts: Mapping[str, bytes]) -> bytes:
    """Return a canonical object from its canonical parts: one file of fractions does not make all others slow to write."""
    return b"{" + b",".join(canonical(key) + b":" + parts[key] for key in sorted(parts)) + b"}"


def _roles(declared: MissionDeclared, source: Source, labels: Labels) -> dict[str, Role]:
    return {
        key: Role(
            key=key,
            label=labels.of(role.label, key, source, "roles", key),
            component=role.component,
            clearance=role.clearance,
            compartments=tuple(role.compartments),
            may=tuple(role.may),
            audience=role.audience,
            second_factor=role.asks_second_factor,
        )
        for key, role in declared.roles.items()
    }


def _instrument(read: Read[MandateDeclared]) -> DeclaredInstrument:
    declared, source = read.whole, read.source
    provisions: dict[str, DeclaredProvision] = {}
    for path, provision in declared.provisions.items():
        parts = path.split(".")
        around = [declared.provisions[".".join(parts[:length])] for length in range(len(parts), 0, -1)]
        provisions[path] = DeclaredProvision(
            path=path,
            words=provision.words.words,
            force=next(p.force for p in around if p.force),
            kind=next(p.kind for p in around if p.kind),
            addressees=next(tuple(p.addressees) for p in around if p.addressees),
            conditions=tuple(provision.conditions),
            clocks=tuple(
                DeclaredClock(
                    clock.kind,
                    tuple(clock.dates),
                    clock.label.words if clock.label else provision.words.words,
                    clock.duty,
                    clock.product,
                )
                for clock in provision.clocks
            ),
            limits=tuple(
                DeclaredLimit(key, limit.amount, limit.of.words, limit.measure)
                for key, limit in provision.limits.items()
            ),
            references=tuple(provision.references),
            watched=tuple(provision.watched),
            line=source.where("provisions", path).line or 0,
        )
    return DeclaredInstrument(
        key=declared.key,
        symbol=declared.symbol,
        title=declared.title.words,
        adopted=declared.adopted,
        expires=declared.expires,
        meeting=declared.meeting,
        provisions=provisions,
        headings={path: words.words for path, words in declared.headings.items()},
    )


def _tasks(read: Read[PlanDeclared], labels: Labels) -> dict[str, Task]:
    declared, source = read.whole, read.source
    return {
        key: Task(
            key=key,
            path=task.path,
            label=labels.of(task.label, key, source, "tasks", key),
            lead=task.lead,
            partners=tuple(task.partners),
            priority=task.priority,
            measures=tuple(task.measures),
            records=tuple(task.records),
            review=task.review,
            line=source.where("tasks", key).line or 0,
        )
        for key, task in declared.tasks.items()
    }


def _areas(names: Names, labels: Labels) -> dict[str, Area]:
    areas: dict[str, Area] = {}
    for read in names.places.values():
        for key, area in read.shape.areas.items() if read.shape else ():
            areas[key] = Area(
                key=key,
                level=area.level,
                label=labels.of(area.label, key, read.source, "areas", key),
                parent=area.parent,
                rings=tuple(tuple(ring) for ring in area.rings),
                approximate=area.approximate,
                aliases=tuple(area.aliases),
                source=area.source or (read.shape.source if read.shape else ""),
            )
    return areas


def _places(names: Names, labels: Labels) -> dict[str, NamedPlace]:
    places: dict[str, NamedPlace] = {}
    for read in names.places.values():
        for key, place in read.shape.places.items() if read.shape else ():
            around = read.shape.uncertainty_m if read.shape else None
            places[key] = NamedPlace(
                key=key,
                label=labels.of(place.label, key, read.source, "places", key),
                lat=place.lat,
                lon=place.lon,
                areas=dict(place.areas),
                aliases=tuple(place.aliases),
                uncertainty_m=around if place.uncertainty_m is None else place.uncertainty_m,
            )
    return places
