"""Places as a workspace knows them: the mission's gazetteer and areas."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from remit.kernel.places import Place
from remit.missions.locate import folded, locate
from remit.missions.mission import Area, Mission
from remit.services.workspace import Workspace


def locator(workspace: Workspace) -> Callable[[Place], Place]:
    """Return how places are located in a workspace."""
    return locate(workspace.mission)


def named_areas(mission: Mission, names: Sequence[str]) -> dict[str, str]:
    """Return the mission's areas for names given from the coarsest level down: the finest one found, and what holds it.

    Names are compared without accents and case, within their own level. The mission's frame decides what lies in what: a
    district that its mission knows as a region of its own comes with that region, whatever an older file says.
    """
    found: dict[str, str] = {}
    for level, name in zip(mission.area_levels, names, strict=False):
        wanted = folded(name)
        fits = [area for area in mission.areas.values() if area.level == level and wanted in _names(area)]
        if len(fits) == 1:
            found[level] = fits[0].key
            parent = mission.areas.get(fits[0].parent)
            while parent is not None:
                found[parent.level] = parent.key
                parent = mission.areas.get(parent.parent)
    return found


def _names(area: Area) -> set[str]:
    label = area.label
    return {folded(name) for name in (label.en, label.fr, *area.aliases)}
