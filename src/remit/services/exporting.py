"""Give records out in the forms that others read, through the one access decision and, for an audience, its release rule."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from remit.kernel.conditions import Condition
from remit.kernel.errors import BadInput, Forbidden
from remit.kernel.nearest import did_you_mean
from remit.measures.lazy import parquet_files
from remit.records.actors import Actor, Role
from remit.records.exchange.geojson_out import feature_collection
from remit.records.exchange.huridocs_out import coded, huridocs_csv
from remit.records.exchange.tables_out import csv_text
from remit.records.record import Record
from remit.records.types import LEVELS, ClassificationLevel, RecordType
from remit.services.exporting_alerts import alert_files
from remit.services.exporting_projects import project_file
from remit.services.list_page import type_for
from remit.services.looking import find
from remit.services.workspace import Workspace

FORMATS: Mapping[str, tuple[str, str]] = {
    "csv": ("csv", "text/csv; charset=utf-8"),
    "geojson": ("geojson", "application/geo+json"),
    "parquet": ("parquet", "application/vnd.apache.parquet"),
    "iati": ("xml", "application/xml"),
    "cap": ("xml", "application/cap+xml"),
    "huridocs": ("csv", "text/csv; charset=utf-8"),
}
"""Each format: how its files' names end, and their media type."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What goes out: files by name, how many records they hold, the strictest level of them, and what each file's type is."""

    files: Mapping[str, bytes]
    records: int
    level: ClassificationLevel
    media_type: str
    invented: bool

    def whole(self, name: str) -> tuple[str, bytes, str]:
        """Return one file (name, bytes, media type): the only one, or all of them in an archive."""
        if len(self.files) == 1:
            only, data = next(iter(self.files.items()))
            return only, data, self.media_type
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for inner, data in self.files.items():
                archive.writestr(zipfile.ZipInfo(inner, (1980, 1, 1, 0, 0, 0)), data)
        return f"{name}.zip", out.getvalue(), "application/zip"


def export(
    workspace: Workspace,
    actor: Actor,
    type_key: str,
    format_: str,
    *,
    audience: str = "",
    condition: Condition | None = None,
    text: str = "",
    language: str = "en",
) -> Exported:
    """Return the records of a type that the actor may see, or that an audience may have, in a format.

    Raises:
        Hidden: there is no such type.
        BadInput: OUT-011 unknown format, OUT-012 unknown audience, OUT-013 the type cannot be told in that format, OUT-014 the
            mission does not say what the format needs.
        Forbidden: ACC-024, somebody outside asks for another audience.
    """
    kind = type_for(workspace, type_key)
    if format_ not in FORMATS:
        remedy = did_you_mean(format_, FORMATS)
        raise BadInput.of(
            "OUT-011",
            f"There is no format “{format_}”.",
            f"Il n’y a pas de format « {format_} ».",
            do_en=remedy.en,
            do_fr=remedy.fr,
        )
    reader = actor if not audience else for_audience(workspace, actor, audience)
    found = find(
        workspace, reader, types=[kind.key], condition=condition, text=text, order="occurred", limit=None
    ).records
    files = _WRITERS[format_](workspace, found, kind, language)
    level = max((one.level for one in found), key=LEVELS.index, default=LEVELS[0])
    return Exported(files, len(found), level, FORMATS[format_][1], any(one.invented for one in found))


def formats_for(workspace: Workspace, kind: RecordType) -> tuple[str, ...]:
    """Return the formats in which a type can be told."""
    fits = ["csv", "parquet"]
    if any(one.kind == "place" for one in kind.fields.values()):
        fits.insert(1, "geojson")
    fits += [
        name for name, can in (("iati", _is_project(kind)), ("cap", _is_alert(kind)), ("huridocs", coded(kind))) if can
    ]
    del workspace
    return tuple(fits)


def for_audience(workspace: Workspace, actor: Actor, audience: str) -> Actor:
    """Return somebody of an audience: who sees what is released to it, and nothing else.

    Raises:
        BadInput: OUT-012, the mission has no such audience.
        Forbidden: ACC-024, somebody outside asks for what another audience may have.
    """
    if actor.role.audience and actor.role.audience != audience:
        raise Forbidden.of(
            "ACC-024",
            f"The role {actor.role.label.en} reads what is released to its own audience, and no other.",
            f"Le rôle {actor.role.label.fr} lit ce qui est communiqué à son propre public, et à nul autre.",
        )
    if audience not in workspace.mission.audiences:
        remedy = did_you_mean(audience, workspace.mission.audiences)
        raise BadInput.of(
            "OUT-012",
            f"The mission has no audience “{audience}”.",
            f"La mission n’a pas de public « {audience} ».",
            do_en=remedy.en,
            do_fr=remedy.fr,
        )
    outside: Role = replace(actor.role, audience=audience, clearance="unclassified", compartments=(), may=("see",))
    return replace(actor, role=outside)


def _csv(workspace: Workspace, records: Sequence[Record], kind: RecordType, language: str) -> Mapping[str, bytes]:
    text = csv_text(records, kind, workspace.mission.area_levels, language)
    return {f"{kind.key}.csv": b"\xef\xbb\xbf" + text.encode()}


def _geojson(workspace: Workspace, records: Sequence[Record], kind: RecordType, language: str) -> Mapping[str, bytes]:
    del workspace
    if not any(one.kind == "place" for one in kind.fields.values()):
        raise _cannot(kind, "geojson", "it has no place", "il n’a pas de lieu")
    whole = feature_collection(records, kind, language)
    return {f"{kind.key}.geojson": json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False).encode()}


def _parquet(workspace: Workspace, records: Sequence[Record], kind: RecordType, language: str) -> Mapping[str, bytes]:
    del language
    return {
        f"{name}.parquet": data for name, data in parquet_files(records, kind, workspace.mission.area_levels).items()
    }


def _iati(workspace: Workspace, records: Sequence[Record], kind: RecordType, language: str) -> Mapping[str, bytes]:
    if not _is_project(kind):
        raise _cannot(kind, "iati", "it has no budget and sector with codes", "il n’a ni budget ni secteur codé")
    return {f"{kind.key}-iati.xml": project_file(workspace, records, kind, language)}


def _cap(workspace: Workspace, records: Sequence[Record], kind: RecordType, language: str) -> Mapping[str, bytes]:
    del language
    if not _is_alert(kind):
        raise _cannot(kind, "cap", "it has no urgency with codes and no place", "il n’a ni urgence codée ni lieu")
    return alert_files(workspace, records, kind)


def _huridocs(workspace: Workspace, records: Sequence[Record], kind: RecordType, language: str) -> Mapping[str, bytes]:
    if not coded(kind):
        raise _cannot(kind, "huridocs", "none of its options bears a code", "aucune de ses options ne porte de code")
    exchange = workspace.mission.settings.get("exchange", {})
    country = str(exchange.get("huridocs", {}).get("country", ""))
    return {f"{kind.key}-huridocs.csv": b"\xef\xbb\xbf" + huridocs_csv(records, kind, country, language).encode()}


_Writer = Callable[[Workspace, Sequence[Record], RecordType, str], Mapping[str, bytes]]
_WRITERS: Mapping[str, _Writer] = {
    "csv": _csv, "geojson": _geojson, "parquet": _parquet, "iati": _iati, "cap": _cap, "huridocs": _huridocs,
}  # fmt: skip


def _is_project(kind: RecordType) -> bool:
    budget, sector = kind.fields.get("budget"), kind.fields.get("sector")
    return budget is not None and budget.kind == "money" and sector is not None and _has_codes(sector, "dac")


def _is_alert(kind: RecordType) -> bool:
    urgency, place = kind.fields.get("urgency"), kind.fields.get("place")
    return urgency is not None and _has_codes(urgency, "cap") and place is not None


def _has_codes(definition: Any, name: str) -> bool:
    return any(name in option.codes for option in definition.options)


def _cannot(kind: RecordType, format_: str, en: str, fr: str) -> BadInput:
    return BadInput.of(
        "OUT-013",
        f"“{kind.plural.en}” cannot be told as {format_}: {en}.",
        f"« {kind.plural.fr} » ne peut s’écrire en {format_} : {fr}.",
        do_en="Choose another format: csv and parquet tell every type.",
        do_fr="Choisissez un autre format : csv et parquet conviennent à tout type.",
    )
