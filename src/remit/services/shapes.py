"""The core's types that the faces name, handed on: faces import services, and nothing else."""

from __future__ import annotations

from remit.mandate.declared import DeclaredProvision, Task
from remit.measures.figures import Figure
from remit.records.actors import Actor, Role
from remit.records.field_kind import Input
from remit.records.process import MoveOption
from remit.records.record import Record
from remit.records.types import LEVELS, RELATIONS
from remit.records.values import schema_of

__all__ = [
    "LEVELS",
    "RELATIONS",
    "Actor",
    "DeclaredProvision",
    "Figure",
    "Input",
    "MoveOption",
    "Record",
    "Role",
    "Task",
    "schema_of",
]
