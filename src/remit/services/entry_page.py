"""The page of one journal entry: what was added, what of it is sealed, and the proof that it lies in its block."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from remit.kernel.canonical import canonical
from remit.kernel.errors import Hidden
from remit.kernel.issues import Issue
from remit.kernel.wording import Words
from remit.records import merkle
from remit.records.actors import Actor
from remit.records.entries import Entry
from remit.records.journal import Block
from remit.services.looking import see
from remit.services.record_page import HistoryLine, history
from remit.services.showing import Line, line
from remit.services.sight import may_see
from remit.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One entry with its block (``None`` while it is not sealed yet) and the hashes that prove it lies there.

    ``leaf`` and ``proof`` are hexadecimal SHA-256; ``proved`` says that they lead to the block's root.
    """

    entry: Entry
    line: Line
    words: HistoryLine
    sealed: Mapping[str, Any]
    block: Block | None
    index: int
    leaf: str
    proof: tuple[str, ...]
    proved: bool

    @property
    def index_from_one(self) -> int:
        """The entry's place in its block, the first being 1."""
        return self.index + 1

    @property
    def sealed_text(self) -> str:
        """What is sealed, as readable JSON."""
        return json.dumps(self.sealed, ensure_ascii=False, indent=1, sort_keys=True)


def entry_page(workspace: Workspace, actor: Actor, identifier: str, language: str) -> EntryPage:
    """Return the page of an entry.

    Raises:
        Hidden: no such entry, or one of a record (or a link to one) that the actor may not see.
    """
    # The entry itself is read last: what may not be seen takes the same questions to the database as what is not there.
    record, other = workspace.journal.ends_of(identifier) or ("", "")
    if not all(may_see(workspace, actor, end) for end in (record, other or record)):
        raise _absent()
    seen = see(workspace, actor, record)
    visible = {one.id: one for _, one in seen.linked}
    words = next((one for one in history(workspace, seen, visible, language) if one.id == identifier), None)
    entry, sealed = workspace.journal.entry(identifier), workspace.journal.sealed_form(identifier)
    if words is None or entry is None or sealed is None:
        raise _absent()
    block = workspace.journal.block_of(identifier)
    leaf = merkle.leaf_hash(canonical(sealed))
    proof: tuple[bytes, ...] = ()
    index = block.entries.index(identifier) if block else 0
    if block is not None:
        leaves = [found or b"" for _, found in workspace.journal.leaves(block.entries)]
        proof = tuple(merkle.inclusion_proof(index, leaves))
    proved = block is not None and merkle.verify_inclusion(
        leaf, index, len(block.entries), proof, bytes.fromhex(block.root)
    )
    return EntryPage(
        entry=entry,
        line=line(workspace, seen.record, language),
        words=words,
        sealed=sealed,
        block=block,
        index=index,
        leaf=leaf.hex(),
        proof=tuple(step.hex() for step in proof),
        proved=proved,
    )


def _absent() -> Hidden:
    return Hidden(
        Issue(
            "JRN-404",
            Words(
                "There is no such entry that you may see.", "Il n’y a pas d’écriture de ce nom que vous puissiez voir."
            ),
        )
    )
