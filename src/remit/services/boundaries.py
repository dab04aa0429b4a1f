"""Official areas and lists of places that a workspace keeps: asked for codes and names, and held against each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from remit.kernel.conditions import ALWAYS
from remit.kernel.errors import BadInput
from remit.kernel.issues import Issue
from remit.kernel.wording import Words
from remit.missions.locate import folded
from remit.missions.official import Astray, OfficialIndex, astray, read_official
from remit.records.journal import Query
from remit.records.providers.cells import coordinates
from remit.records.providers.row import left_out, not_such
from remit.records.providers.table import Layout
from remit.records.record import Record
from remit.services.workspace import Workspace

AREAS, PLACES = "boundary-set", "place-names"
WHAT = Words("list of places", "liste de lieux")
GIVE = Words(
    "a table with names, coordinates and the code of the area of each place",
    "un tableau avec noms, coordonnées et code de zone de chaque lieu",
)
COLUMNS: Mapping[str, Sequence[str]] = {
    "name": ("featureNam", "featureName", "name", "nom", "place"),
    "lat": ("latitude", "lat", "y"),
    "lon": ("longitude", "lon", "long", "x"),
    "adm1": ("admin1Name", "adm1_name", "ADM1_FR", "ADM1_EN"),
    "adm2": ("admin2Name", "adm2_name", "ADM2_FR", "ADM2_EN"),
    "adm3": ("admin3Name", "adm3_name", "ADM3_FR", "ADM3_EN"),
    "code1": ("admin1Pcod", "admin1Pcode", "ADM1_PCODE"),
    "code2": ("admin2Pcod", "admin2Pcode", "ADM2_PCODE"),
    "code3": ("admin3Pcod", "admin3Pcode", "ADM3_PCODE"),
    "ref": ("featureRef", "reference"),
    "alt": ("featureAlt", "alternative", "alias"),
}
MISSING = ("", "NA")


@dataclass(frozen=True, slots=True)
class ListedPlace:
    """One place of a list: where the list has it, and the names and codes of the areas that it states."""

    line: int
    names: tuple[str, ...]
    lat: float
    lon: float
    areas: tuple[str, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A list of places held against official areas: how many were looked at, which are astray, which could not be judged."""

    places: int
    astray: tuple[Astray, ...]
    unknown: int
    """Places whose area code none of the sets has."""
    valid_on: str
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class FrameDifference:
    """An area of the mission that an official set knows otherwise: under another level, or not at all."""

    area: str
    label: Words
    level: str
    found: str
    words: Words


def check_places(workspace: Workspace, data: bytes, name: str) -> Checked:
    """Hold a list of places against the official areas that the workspace keeps: which lie outside the area stated for them.

    Raises:
        BadInput: IMP-002 no such file; GEO-011, the workspace keeps no official areas.
    """
    index = index_of(workspace)
    if index is None:
        raise BadInput.of(
            "GEO-011",
            "The workspace keeps no official areas to hold places against.",
            "L’espace de travail ne conserve pas de zones officielles auxquelles confronter des lieux.",
            do_en="Take some in first: remit boundaries take FILE.geojson.",
            do_fr="Versez-en d’abord : remit boundaries take FICHIER.geojson.",
        )
    places, issues = read_places(data, name)
    found = [one for place in places if (one := lost_place(index, place)) is not None]
    unknown = sum(1 for place in places if not any(index.by_code(code) for code in place.codes))
    valid = max(one.valid_on for one in index.sets)
    return Checked(
        len(places), tuple(sorted(found, key=lambda one: (-one.degrees, one.line))), unknown, valid, tuple(issues)
    )


def read_places(data: bytes, name: str) -> tuple[Sequence[ListedPlace], Sequence[Issue]]:
    """Read a list of places; a row that cannot be used is an issue with its line.

    Raises:
        BadInput: IMP-002, it is no such list.
    """
    lines = Layout(WHAT, GIVE, COLUMNS, ("name", "lat", "lon")).read(data, name)
    if not any(key.startswith("code") for key in lines.columns):
        raise not_such(WHAT, GIVE, name, "it has no column of area codes", "il n’a pas de colonne de codes de zone")
    found: list[ListedPlace] = []
    issues = list(lines.table.issues)
    for line, given, _ in lines:
        cells = {key: cell for key, cell in given.items() if cell not in MISSING}
        point, problems = coordinates(cells.get("lat", ""), cells.get("lon", ""), line, name)
        names = tuple(dict.fromkeys(cells[key] for key in ("name", "ref", "alt") if key in cells))
        if not problems and not names:
            problems.append(left_out("IMP-013", "it has no name", "elle n’a pas de nom", line, name))
        if problems:
            issues.extend(problems)
            continue
        areas = tuple(cells[key] for key in ("adm1", "adm2", "adm3") if key in cells)
        codes = tuple(cells[key] for key in ("code3", "code2", "code1") if key in cells)
        found.append(ListedPlace(line, names, point["lat"], point["lon"], areas, codes))
    return found, issues


def frame_differences(workspace: Workspace) -> Sequence[FrameDifference]:
    """Return the areas of the mission that the official sets do not have as such: another level bears the name, or none does."""
    index = index_of(workspace)
    if index is None:
        return ()
    levels = [one.level for one in index.sets]
    valid = max(one.valid_on for one in index.sets)
    found = []
    for nth, level in enumerate(workspace.mission.area_levels, start=1):
        for area in workspace.mission.areas.values():
            if area.level != level or nth not in levels or _official(index, nth, area.label, area.aliases):
                continue
            other = next(
                (one for one in levels if one != nth and _official(index, one, area.label, area.aliases)), None
            )
            code = _official(index, other, area.label, area.aliases) if other is not None else ""
            words = Words(
                f"{area.label.en} is a {level} of the mission; the official areas valid on {valid} have it at level {other} ({code}).",
                f"{area.label.fr} est un niveau « {level} » de la mission ; les zones officielles au {valid} l’ont au niveau {other} ({code}).",
            ) if code else Words(
                f"{area.label.en} is a {level} of the mission; the official areas valid on {valid} have none of that name.",
                f"{area.label.fr} est un niveau « {level} » de la mission ; les zones officielles au {valid} n’en ont aucune de ce nom.",
            )  # fmt: skip
            found.append(FrameDifference(area.key, area.label, level, code, words))
    return found


def _official(index: OfficialIndex, level: int, label: Words, aliases: Sequence[str]) -> str:
    for name in (label.en, label.fr, *aliases):
        area = index.named(level, name)
        if area is not None:
            return area.code
    return ""


def code_by_names(index: OfficialIndex, names: Sequence[str]) -> tuple[str, str]:
    """Return the official code and date of the finest area that names lead to, from the coarsest level down; "" for none.

    Each name is looked for inside what the one before it named. A round that calls a commune "Gao Commune" means Gao.
    """
    code, valid = "", ""
    for level, name in enumerate(names, start=1):
        bare = folded(name).removesuffix(" commune").removeprefix("commune de ")
        area = index.named(level, name, code) or index.named(level, bare, code) or index.spelt(level, bare, code)
        if area is None:
            break
        code, valid = area.code, next(one.valid_on for one in index.sets if one.level == level)
    return code, valid


def kept(workspace: Workspace, type_key: str) -> Sequence[Record]:
    """Return the sets or lists that the workspace keeps, the first taken first."""
    if type_key not in workspace.mission.record_types:
        return ()
    found = workspace.journal.find(Query(ALWAYS, types=(type_key,), order="recorded_at"))
    return [one for one in found if not one.withdrawn]


_INDEXES: dict[tuple[str, ...], OfficialIndex] = {}
_LISTS: dict[tuple[str, ...], Mapping[str, Sequence[ListedPlace]]] = {}


def index_of(workspace: Workspace) -> OfficialIndex | None:
    """Return the official areas, ready to be asked: of each level those taken in last; ``None`` where there are none."""
    latest = {int(one.values["admin_level"]): one for one in kept(workspace, AREAS)}
    if not latest:
        return None
    key = tuple(f"{level}/{one.values['file']['sha256']}" for level, one in sorted(latest.items()))
    if key not in _INDEXES:
        sets = [
            read_official(workspace.attachments.read(one.values["file"]["sha256"]) or b"", one.title, level=level)[0]
            for level, one in latest.items()
        ]
        _INDEXES.clear()
        _INDEXES[key] = OfficialIndex(sets)
    return _INDEXES[key]


def listed_places(workspace: Workspace) -> Mapping[str, Sequence[ListedPlace]]:
    """Return the places of the lists kept by folded name, without those that lie outside their stated area."""
    lists = kept(workspace, PLACES)
    if not lists:
        return {}
    key = tuple(one.values["file"]["sha256"] for one in (*lists, *kept(workspace, AREAS)))
    if key not in _LISTS:
        index = index_of(workspace)
        by_name: dict[str, list[ListedPlace]] = {}
        for one in lists:
            data = workspace.attachments.read(one.values["file"]["sha256"]) or b""
            for place in read_places(data, one.title)[0]:
                if index is None or lost_place(index, place) is None:
                    for name in {folded(name) for name in place.names}:
                        by_name.setdefault(name, []).append(place)
        _LISTS.clear()
        _LISTS[key] = by_name
    return _LISTS[key]


def lost_place(index: OfficialIndex, place: ListedPlace) -> Astray | None:
    """Return how far a listed place lies from the finest area that is stated for it and known; ``None`` where it lies in it."""
    code = next((one for one in place.codes if index.by_code(one)), "")
    return astray(index, place.line, place.names[0], code, place.lon, place.lat) if code else None
