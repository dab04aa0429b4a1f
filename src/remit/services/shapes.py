"""The core's types that the faces name, handed on: faces import services, and nothing else."""

from __future__ import annotations

from remit.analysis.routes import WAYS
from remit.kernel.places import Place
from remit.mandate.declared import DeclaredProvision, Task
from remit.measures.figures import Figure
from remit.measures.lazy import DIALECTS as ENGINES
from remit.measures.lazy import Dialect
from remit.records.actors import Actor, Role
from remit.records.exchange.mapping import ORDERS, Rule
from remit.records.field_kind import Input
from remit.records.process import MoveOption
from remit.records.providers import PROVIDERS
from remit.records.providers.table import ENCODINGS
from remit.records.record import Record
from remit.records.screening.candidates import Subject
from remit.records.sightings import Sighting, Sightings
from remit.records.tokens import Scope
from remit.records.types import LEVELS, RELATIONS, FieldDefinition, RecordType
from remit.records.values import schema_of

__all__ = [
    "ENCODINGS",
    "ENGINES",
    "LEVELS",
    "ORDERS",
    "PROVIDERS",
    "RELATIONS",
    "WAYS",
    "Actor",
    "DeclaredProvision",
    "Dialect",
    "FieldDefinition",
    "Figure",
    "Input",
    "MoveOption",
    "Place",
    "Record",
    "RecordType",
    "Role",
    "Rule",
    "Scope",
    "Sighting",
    "Sightings",
    "Subject",
    "Task",
    "schema_of",
]
