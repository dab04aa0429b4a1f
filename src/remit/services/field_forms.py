"""What is collected in the field: which forms a role may fill, and what a filled one becomes: a report, never an event.

An event is what the mission holds to have happened; a form is what somebody saw or was told. The same filled form sent again,
after a cut line, is one report (OpenRosa: ``meta/instanceID``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from remit.kernel.canonical import digest_of_bytes
from remit.kernel.errors import BadInput, Hidden
from remit.kernel.issues import Issue
from remit.kernel.wording import Words
from remit.records.actors import Actor
from remit.records.record import Record
from remit.records.types import FieldDefinition, RecordType
from remit.services.amending import amend
from remit.services.files import keep_upload
from remit.services.list_page import may_record
from remit.services.looking import see
from remit.services.once import once
from remit.services.recording import record
from remit.services.standing import demonstrates
from remit.services.workspace import Workspace
from remit.text.submission import Submission, read_submission


@dataclass(frozen=True, slots=True)
class FieldForm:
    """A form of a record type: how clients know it and its version."""

    kind: RecordType
    id: str
    version: str

    @property
    def title(self) -> Words:
        """What clients show."""
        return self.kind.label

    @property
    def fields(self) -> Sequence[FieldDefinition]:
        """What is asked, in declared order."""
        return tuple(self.kind.fields.values())


def field_forms(workspace: Workspace, actor: Actor) -> Sequence[FieldForm]:
    """Return the forms of all reports that the role may record."""
    return [
        FieldForm(kind, f"{workspace.mission.key}-{kind.key}", f"{kind.version}.{int(kind.digest[:8], 16)}")
        for kind in workspace.mission.record_types.values()
        if kind.kind == "report" and not kind.over and may_record(actor, kind)
    ]


def field_form(workspace: Workspace, actor: Actor, form_id: str) -> FieldForm:
    """Return one form.

    Raises:
        Hidden: FRM-022, there is none for this role.
    """
    found = next((form for form in field_forms(workspace, actor) if form.id == form_id), None)
    if found is None:
        raise Hidden(
            Issue(
                "FRM-022",
                Words(f"There is no form “{form_id}” for you.", f"Il n’y a pas de formulaire « {form_id} » pour vous."),
                Words("Fetch the list of forms anew.", "Rechargez la liste des formulaires."),
            )
        )
    return found


def receive(workspace: Workspace, actor: Actor, xml: bytes, files: Mapping[str, bytes]) -> Record:
    """Record what a filled form says, with the files that came with it; sent again, it is the same report.

    Files that come with a later sending of the same form (clients send large ones apart) are added to the report.

    Args:
        workspace: where.
        actor: who sends.
        xml: the filled form.
        files: by the name that the form gives them.

    Raises:
        BadInput: FRM-021 no filled form, FRM-023 it replaces another, FRM-001 and FRM-011 to FRM-012 a file, and what
            ``record`` raises; Hidden: FRM-022; Forbidden: as ``record``.
    """
    sent = read_submission(xml)
    form = field_form(workspace, actor, sent.form)
    if sent.replaces:
        raise BadInput.of(
            "FRM-023",
            "This form replaces one that was sent before; a report is amended in Remit, with a reason.",
            "Ce formulaire en remplace un autre déjà envoyé ; un compte rendu se modifie dans Remit, avec un motif.",
            do_en="Open the report in Remit and amend it.",
            do_fr="Ouvrez le compte rendu dans Remit et modifiez-le.",
        )
    raw = values_of(workspace, form, sent, files)

    def make() -> str:
        return record(workspace, actor, form.kind.key, raw, invented=demonstrates(workspace)).id

    asked = {"form": sent.form, "xml": digest_of_bytes(xml)}
    made, again = once(workspace, actor, f"openrosa:{sent.instance}", asked, make)
    if again and files:
        _add_files(workspace, actor, form, made, raw)
    return see(workspace, actor, made).record


def values_of(workspace: Workspace, form: FieldForm, sent: Submission, files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the raw values of a filled form, its files kept."""
    kept = {
        name: dict(zip(("sha256", "name"), keep_upload(workspace, data, name), strict=True))
        for name, data in files.items()
    }
    return _values(form.kind.fields, sent.answers, kept)


def _values(
    fields: Mapping[str, FieldDefinition], answers: Mapping[str, Any], files: Mapping[str, Any]
) -> dict[str, Any]:
    found = {key: _value(one, answers, files) for key, one in fields.items()}
    return {key: value for key, value in found.items() if value not in (None, "", [], {})}


def _value(one: FieldDefinition, answers: Mapping[str, Any], files: Mapping[str, Any]) -> Any:
    given = answers.get(one.key)
    if one.fields:
        rows = [_values(one.fields, row, files) for row in _several(given) if isinstance(row, Mapping)]
        rows = [row for row in rows if row]
        return rows if one.repeats else (rows[0] if rows else None)
    if one.options:
        several = one.many or one.kind == "choices"
        return str(given or "").split() if several else given
    if one.kind == "place":
        return _place(one, given, answers)
    if one.many:
        each = [row.get(one.key) for row in _several(answers.get(f"{one.key}__each")) if isinstance(row, Mapping)]
        return [value for part in each if (value := _single(one, part, answers, files))]
    return _single(one, given, answers, files)


def _single(one: FieldDefinition, given: Any, answers: Mapping[str, Any], files: Mapping[str, Any]) -> Any:
    if given in (None, "") or isinstance(given, Mapping | list):
        return None
    if one.kind == "attachment":
        return files.get(str(given))
    if one.kind == "money":
        return {"amount": given, "currency": str(answers.get(f"{one.key}__currency") or "USD")}
    if one.kind == "integer" and (qualifier := answers.get(f"{one.key}__qualifier")):
        return {"number": given, "qualifier": qualifier}
    return given


def _place(one: FieldDefinition, given: Any, answers: Mapping[str, Any]) -> Any:
    """Return a place of its name and of a point: latitude, longitude, altitude, accuracy in metres (ODK XForms, 7.1)."""
    parts: dict[str, Any] = {}
    if name := answers.get(f"{one.key}__name"):
        parts["name"] = name
    numbers = str(given or "").split()
    if len(numbers) >= 2:
        parts |= {"lat": numbers[0], "lon": numbers[1]}
        if len(numbers) > 3 and numbers[3] not in ("0", "0.0"):
            parts["uncertainty_m"] = numbers[3]
    return parts


def _several(given: Any) -> Sequence[Any]:
    return given if isinstance(given, list) else [] if given in (None, "") else [given]


def _add_files(workspace: Workspace, actor: Actor, form: FieldForm, identifier: str, raw: Mapping[str, Any]) -> None:
    """Add to a report the files that it names and that had not come with it."""
    standing = see(workspace, actor, identifier).record
    changes = {
        key: raw[key]
        for key, one in form.kind.fields.items()
        if one.kind == "attachment" and key in raw and raw[key] != standing.values.get(key)
    }
    for key, value in changes.items():
        if isinstance(value, list):
            changes[key] = [
                *standing.values.get(key, ()),
                *(part for part in value if part not in standing.values.get(key, ())),
            ]
    if changes:
        reason = "files of the form that were sent after it"
        amend(workspace, actor, identifier, changes, reason=reason, revision=standing.revision)
