"""Statuses with their reasons, for pages: a task by the figures that follow it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from remit.kernel.wording import Words
from remit.mandate.declared import Task
from remit.services.figure_page import FigureLine
from remit.services.workspace import Workspace

Status = Literal["met", "on-track", "at-risk", "missed", "unknown"]


@dataclass(frozen=True, slots=True)
class Standing:
    """A status and why."""

    status: Status
    reason: Words


def task_status(workspace: Workspace, task: Task, keys: Sequence[str], lines: Sequence[FigureLine]) -> Standing:
    """Return the status of a task: unknown where nothing counts it, or where what counts it is not for the reader."""
    if not keys:
        return Standing("unknown", Words("Nothing counts this task yet.", "Rien ne mesure encore cette tâche."))
    if not lines:
        return Standing("unknown", Words("No figure yet.", "Pas encore de chiffre."))
    del workspace, task
    return Standing("unknown", Words("No target is set.", "Aucune cible n’est fixée."))
