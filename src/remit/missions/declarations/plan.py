"""``plan.yaml``: the mission's tasks, each for a paragraph or item of the mandate."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from remit.mandate.declared import Priority
from remit.missions.declarations.values import Declaration, InWords, Key, MandatePath, Text, Texts


class TaskDeclared(Declaration):
    """A task: who leads, with whom, how it is measured."""

    path: MandatePath
    label: InWords | None = None
    lead: str
    partners: Texts = Field(default_factory=list)
    priority: Priority = "none"
    measures: Texts = Field(default_factory=list)
    records: Texts = Field(default_factory=list)
    review: Text = ""


class PlanDeclared(Declaration):
    """``plan.yaml``."""

    version: Annotated[int, Field(ge=1)]
    tasks: dict[Key, TaskDeclared]
