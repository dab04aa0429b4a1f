"""The products that were kept, and who may read them."""

from __future__ import annotations

from remit.kernel.conditions import Compare
from remit.records.actors import Actor
from remit.records.journal import Query
from remit.records.record import Record
from remit.records.types import LEVELS
from remit.services.freezing import PRODUCT
from remit.services.workspace import Workspace


def products(workspace: Workspace, actor: Actor) -> list[Record]:
    """Return the products kept that the reader may see, the latest first."""
    found = workspace.journal.find(Query(Compare("type", "equals", PRODUCT), types=(PRODUCT,), order="-recorded_at"))
    return [record for record in found if may_read(actor, record)]


def may_read(actor: Actor, record: Record) -> bool:
    """Return whether a reader sees a product: inside by its level, outside if it was made for his audience."""
    if record.withdrawn:
        return False
    if actor.role.audience:
        return record.values.get("audience") == actor.role.audience and record.level == "unclassified"
    return "see" in actor.role.may and LEVELS.index(record.level) <= LEVELS.index(actor.role.clearance)
