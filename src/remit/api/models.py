"""What the API gives and takes: pydantic models, the same for every mission. Values follow the schema of their record type."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Model(BaseModel):
    """A model that refuses what it does not know."""

    model_config = ConfigDict(extra="forbid")


class Labels(Model):
    """Words in English and French."""

    en: str
    fr: str


class Problem(Model):
    """One problem, with a stable code."""

    code: str
    level: str
    path: str
    message: str
    remedy: str


class Problems(Model):
    """Why something was not done (RFC 9457, ``application/problem+json``)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    problems: list[Problem]


class MissionOut(Model):
    """The mission of this workspace, and who asks."""

    key: str
    title: Labels
    short: Labels
    period: str
    today: str
    languages: list[str]
    person: str
    role: str
    invented: bool


class TypeOut(Model):
    """A record type: its labels, how many records of it the reader may see, and the JSON Schema of its values."""

    key: str
    version: int
    kind: str
    label: Labels
    plural: Labels
    over: str
    total: int
    may_record: bool
    states: list[str]
    values: dict[str, Any] = Field(description="JSON Schema (2020-12) of the values of a record")


class RecordOut(Model):
    """A record as the reader sees it; ``withheld`` names fields that he may not see."""

    id: str
    number: str
    type: str
    version: int
    kind: str
    title: str
    state: str
    level: str
    compartment: str
    caveats: list[str]
    originator: str
    invented: bool
    withdrawn: bool
    occurred: str
    reported: str
    recorded_at: str
    revision: int
    values: dict[str, Any]
    withheld: list[str] = []


class LinkOut(Model):
    """A link to a record that the reader may see."""

    relation: str
    outward: bool
    other: str
    other_type: str


class MoveOut(Model):
    """A move out of the record's state, and what it still needs."""

    move: str
    label: Labels
    to: str
    allowed: bool
    problems: list[Problem]


class EntryOut(Model):
    """An entry of the record's journal."""

    id: str
    kind: str
    at: str
    person: str
    role: str
    move: str
    reason: str
    changed: list[str]
    """The fields that it set, as far as the reader sees them."""


class RecordWhole(RecordOut):
    """A record with its links, moves and history."""

    links: list[LinkOut]
    moves: list[MoveOut]
    history: list[EntryOut]


class RecordPage(Model):
    """One page of records."""

    total: int
    limit: int
    offset: int
    records: list[RecordOut]
    next: str | None = None
    previous: str | None = None


class NewRecord(Model):
    """A record to be made: raw values by field, as a form or a table would give them."""

    values: dict[str, Any]
    over: str = ""
    level: str | None = None
    originator: str = ""


class ChangeIn(Model):
    """New values of a record, with the reason; fields that are not named stay, an empty one is cleared."""

    values: dict[str, Any] = Field(min_length=1)
    reason: str = Field(min_length=1)


class LinkIn(Model):
    """A link to be made, to a record named by id or number."""

    relation: str
    other: str


class FileOut(Model):
    """A file that was kept: the value of an attachment field."""

    sha256: str
    name: str


class MoveIn(Model):
    """A move to be made; ``revision`` or the header If-Match says what it was made on."""

    values: dict[str, Any] = {}
    reason: str = ""
    revision: int | None = None


class ClockOut(Model):
    """A clock of the mandate."""

    kind: str
    dates: list[str]
    label: Labels
    duty: bool
    product: str


class LimitOut(Model):
    """A ceiling of the mandate."""

    key: str
    amount: int
    of: Labels
    measure: str


class ProvisionOut(Model):
    """A provision, restated in the mission's own words."""

    path: str
    key: str
    words: Labels
    force: str
    kind: str
    addressees: list[str]
    conditions: list[str]
    references: list[str]
    clocks: list[ClockOut]
    limits: list[LimitOut]


class MandateOut(Model):
    """The instrument that gives the mandate."""

    key: str
    symbol: str
    title: Labels
    adopted: str
    expires: str
    meeting: int | None
    provisions: list[ProvisionOut]


class TaskOut(Model):
    """The mission's plan for an obligation."""

    key: str
    path: str
    label: Labels
    lead: str
    partners: list[str]
    priority: str
    measures: list[str]
    records: list[str]


class EntryProof(Model):
    """What of an entry is sealed, and the proof that it lies in its block."""

    id: str
    record: str
    sealed: dict[str, Any]
    leaf: str
    block: int | None
    root: str
    index: int
    proof: list[str]
    proved: bool
