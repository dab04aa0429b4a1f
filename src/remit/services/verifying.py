"""Seal what was written, and verify that nothing was changed or removed."""

from __future__ import annotations

from remit.records.journal import Block
from remit.records.sealing import Verification, head_of, make_block, verify_journal
from remit.services.workspace import Workspace


def seal(workspace: Workspace) -> Block | None:
    """Seal all committed entries that no block holds yet; return the block, or ``None`` where there is nothing new."""
    waiting = workspace.journal.unsealed()
    if not waiting:
        return None
    with workspace.journal.transaction():
        waiting = workspace.journal.unsealed()
        if not waiting:
            return None
        block = make_block(workspace.journal, waiting, workspace.signer, workspace.sources.clock())
        workspace.journal.add_block(block)
    return block


def verify(workspace: Workspace, *, kept_head: str = "") -> Verification:
    """Check every entry against its block, the chain of blocks and their signatures; the unsealed tail is stated.

    ``kept_head`` is a head that was kept elsewhere: the journal of then must be a prefix of today's.
    """
    return verify_journal(workspace.journal, workspace.signer, head=kept_head)


def head(workspace: Workspace) -> str:
    """Return the head of the chain as it is printed in products: block number, size and digest; "" before any block."""
    return head_of(workspace.journal.last_block())
