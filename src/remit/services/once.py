"""Requests that their sender named with a key of its own: sent again after a cut line, they are done once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from remit.kernel.canonical import canonical, digest_of_bytes
from remit.kernel.errors import BadInput
from remit.records.actors import Actor
from remit.services.workspace import Workspace


def once(
    workspace: Workspace, actor: Actor, key: str, asked: Mapping[str, Any], make: Callable[[], str]
) -> tuple[str, bool]:
    """Make a record, or return the one that the same request made before, and whether it did.

    The record and the memory of the request are kept together, or neither.

    Args:
        workspace: where.
        actor: who asks; two people's keys never meet.
        key: what the sender calls the request; "" makes the record without remembering it.
        asked: what was asked, so that another request with the same key is noticed.
        make: makes the record and returns its id.

    Raises:
        BadInput: WEB-013, the key was used for something else; and whatever ``make`` raises.
    """
    if not key:
        return make(), False
    digest = digest_of_bytes(canonical({"asked": dict(asked), "role": actor.role.key}))
    with workspace.journal.transaction():
        before = workspace.accounts.answered(actor.person, key)
        if before is None:
            made = make()
            workspace.accounts.answer(actor.person, key, digest, made)
            return made, False
    if before[0] != digest:
        raise BadInput.of(
            "WEB-013",
            f"The key “{key}” was used for another request.",
            f"La clé « {key} » a servi à une autre requête.",
            do_en="Give each request a key of its own; send the same one only with the same contents.",
            do_fr="Donnez à chaque requête sa propre clé ; ne renvoyez la même qu’avec le même contenu.",
        )
    return before[1], True
