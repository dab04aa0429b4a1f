"""Link the mandate, the plan, the mission's own lists and its places."""

from __future__ import annotations

from collections.abc import Iterator

from remit.kernel.issues import Issue
from remit.missions.link.names import Names
from remit.missions.problems import problem


def linked_mission(names: Names) -> Iterator[Issue]:
    """Yield what is wrong with the names in mission.yaml."""
    if names.mission is None or names.mission.shape is None:
        return
    declared, source = names.mission.shape, names.mission.source
    for key, role in declared.roles.items():
        yield from names.expect("component", role.component, source, "roles", key, "component")
        yield from names.expect("compartment", role.compartments, source, "roles", key, "compartments")
        yield from names.expect("audience", role.audience, source, "roles", key, "audience")
    for key, audience in declared.audiences.items():
        yield from names.expect("area level", audience.place, source, "audiences", key, "place")
    for key, person in declared.people.items():
        yield from names.expect("role", person.roles, source, "people", key, "roles")


def linked_mandate(names: Names) -> Iterator[Issue]:
    """Yield what is wrong with the names in mandate.yaml."""
    if names.mandate is None or names.mandate.shape is None:
        return
    declared, source = names.mandate.shape, names.mandate.source
    for path in declared.headings:
        yield from names.expect("path", path, source, "headings", path)
    for path, provision in declared.provisions.items():
        at = ("provisions", path)
        yield from names.expect("path", provision.references, source, *at, "references")
        yield from names.expect("type", provision.watched, source, *at, "watched", also=names.known("measure"))
        for index, clock in enumerate(provision.clocks):
            yield from names.expect("product", clock.product, source, *at, "clocks", index, "product")
        for key, limit in provision.limits.items():
            yield from names.expect("measure", limit.measure, source, *at, "limits", key, "measure")
    if declared.expires < declared.adopted:
        yield problem(
            "MIS-064",
            source.where("expires"),
            f"The mandate expires on {declared.expires}, before it is adopted ({declared.adopted}).",
            f"Le mandat expire le {declared.expires}, avant son adoption ({declared.adopted}).",
            "Correct one of the two days.",
            "Corrigez l’une des deux dates.",
        )


def linked_plan(names: Names) -> Iterator[Issue]:
    """Yield what is wrong with the names in plan.yaml."""
    if names.plan is None or names.plan.shape is None:
        return
    source = names.plan.source
    for key, task in names.plan.shape.tasks.items():
        at = ("tasks", key)
        yield from names.expect("path", task.path, source, *at, "path")
        yield from names.expect("component", task.lead, source, *at, "lead")
        yield from names.expect("partner", task.partners, source, *at, "partners")
        yield from names.expect("measure", task.measures, source, *at, "measures")
        yield from names.expect("type", task.records, source, *at, "records")


def linked_places(names: Names) -> Iterator[Issue]:
    """Yield what is wrong with the names in places/."""
    for read in names.places.values():
        if read.shape is None:
            continue
        for key, area in read.shape.areas.items():
            yield from names.expect("area level", area.level, read.source, "areas", key, "level")
            yield from names.expect("area", area.parent, read.source, "areas", key, "parent")
        for key, place in read.shape.places.items():
            for level, area_key in place.areas.items():
                yield from names.expect("area level", level, read.source, "places", key, "areas", level)
                yield from names.expect("area", area_key, read.source, "places", key, "areas", level)
