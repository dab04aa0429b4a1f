"""The products that were kept, and who may read them."""

from __future__ import annotations

from collections.abc import Sequence

from remit.kernel.conditions import All, Compare
from remit.records.actors import Actor
from remit.records.journal import Query
from remit.records.record import Record
from remit.records.types import LEVELS
from remit.services.freezing import PRODUCT
from remit.services.workspace import Workspace

RELEASE, RELEASED = "release", "released"


def release_standing(workspace: Workspace, product: Record) -> Record | None:
    """Return the release by which a product stands outside; ``None`` where it was not released, or was recalled."""
    if RELEASE not in workspace.mission.record_types:
        return None
    condition = All(
        (
            Compare("product", "equals", product.id),
            Compare("state", "equals", RELEASED),
            Compare("withdrawn", "equals", False),
        )
    )
    found = workspace.journal.find(Query(condition, types=(RELEASE,), limit=1))
    return found[0] if found else None


def masks(release: Record) -> Sequence[str]:
    """Return the stretches of text that a release masks."""
    return [str(row["excerpt"]) for row in release.values.get("findings") or () if row.get("resolution") == "masked"]


def products(workspace: Workspace, actor: Actor) -> list[Record]:
    """Return the products kept that the reader may see, the latest first."""
    found = workspace.journal.find(Query(Compare("type", "equals", PRODUCT), types=(PRODUCT,), order="-recorded_at"))
    return [record for record in found if may_read(workspace, actor, record)]


def may_read(workspace: Workspace, actor: Actor, record: Record) -> bool:
    """Return whether a reader sees a product: inside by its level, outside if it was released to his audience."""
    if record.withdrawn:
        return False
    if actor.role.audience:
        meant = record.values.get("audience") == actor.role.audience and record.level == "unclassified"
        return meant and release_standing(workspace, record) is not None
    return "see" in actor.role.may and LEVELS.index(record.level) <= LEVELS.index(actor.role.clearance)
