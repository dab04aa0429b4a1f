"""Load a mission folder: read → extend → link → check → build, all problems at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from remit.kernel.issues import Issue, errors
from remit.missions.build import built
from remit.missions.check import checked, missing_files
from remit.missions.extend import extended
from remit.missions.link.mandate import linked_mandate, linked_mission, linked_places, linked_plan
from remit.missions.link.measures import linked_measures
from remit.missions.link.names import Names, names_of
from remit.missions.link.products import linked_products
from remit.missions.link.published import linked_published
from remit.missions.link.steps import linked_demonstration
from remit.missions.link.types import linked_types
from remit.missions.mission import Mission

LINKS: tuple[Callable[[Names], Iterator[Issue]], ...] = (
    missing_files,
    linked_mission,
    linked_mandate,
    linked_plan,
    linked_places,
    linked_types,
    linked_measures,
    linked_products,
    linked_published,
    linked_demonstration,
    checked,
)
"""All that is looked at once the files are read and merged, in the order in which problems are told."""


def load_mission(folder: Path, *, search: Sequence[Path]) -> tuple[Mission | None, tuple[Issue, ...]]:
    """Load a mission.

    Args:
        folder: the mission's folder; its name is the mission's key.
        search: folders in which the mission that it extends is looked for, by name.

    Returns:
        The mission, ``None`` where some issue is an error; and every issue found, errors first, then by file and line.
        Codes: ``docs/reference/mission-files.md``.
    """
    declared, issues = extended(folder, search)
    names, shaped = names_of(declared)
    found = dict.fromkeys((*issues, *shaped))
    for link in LINKS if declared.complete else (missing_files,):
        found.update(dict.fromkeys(link(names)))
    if errors(found):
        return None, _in_order(found)
    mission, notes = built(names)
    return mission, _in_order((*found, *notes))


_GRAVITY = {"error": 0, "warning": 1, "note": 2}


def _in_order(issues: Sequence[Issue] | dict[Issue, None]) -> tuple[Issue, ...]:
    return tuple(sorted(issues, key=lambda i: (_GRAVITY[i.level], i.where.file, i.where.line or 0)))
