"""Seal entries into signed, chained blocks, and verify that nothing was changed, removed or put in another order.

A block lists the ids of its entries, not a range: writers that work at once never wait for it. What the seal cannot show:
entries that no block holds yet (the unsealed tail, which is counted), and the last blocks being cut off together with
their entries; a head kept elsewhere shows that (``head``). A key on this machine proves nothing against whoever holds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from remit.kernel.canonical import digest
from remit.kernel.errors import Fault
from remit.kernel.issues import Issue, Where
from remit.kernel.wording import Words
from remit.records.journal import Block, Journal, Kept
from remit.records.merkle import inclusion_proof, root
from remit.records.signing import Signer

_DAMAGED = "JRN-037"
"""The blocks cannot even be read: that is for a verification to say, as its finding."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What a verification found: how many blocks, entries sealed and entries not sealed yet; the first problem.

    ``head`` is the digest of the last block: keep it elsewhere, and hold later journals against it.
    """

    ok: bool
    blocks: int
    entries: int
    unsealed: int
    first_problem: Issue | None = None
    head: str = ""


@dataclass(frozen=True, slots=True)
class Inclusion:
    """Proof that an entry stands in a block: hashes in hexadecimal, for ``merkle.verify_inclusion``."""

    entry: str
    block: int
    index: int
    size: int
    leaf: str
    proof: tuple[str, ...]
    root: str


def make_block(journal: Journal, identifiers: Sequence[str], signer: Signer, at: datetime) -> Block:
    """Return the next block over entries (``journal.unsealed()``), signed; the journal keeps it with ``add_block``.

    Raises:
        Fault: SEA-021, an entry that should be sealed is not in the journal, or none was named.
    """
    if not identifiers:
        raise Fault.of("SEA-021", "There is nothing to seal.", "Il n’y a rien à sceller.")
    leaves = _leaves(journal, identifiers)
    last = journal.last_block()
    block = Block(
        number=last.number + 1 if last else 1,
        entries=tuple(identifiers),
        root=root(leaves).hex(),
        previous=last.digest if last else "",
        size=(last.size if last else 0) + len(identifiers),
        at=at,
        digest="",
        signature="",
    )
    made = digest(block_body(block))
    return replace(block, digest=made, signature=signer.sign(bytes.fromhex(made)))


def block_body(block: Block) -> dict[str, Any]:
    """Return what the digest of a block is taken over, as a JSON value; the signature is over the digest's 32 bytes."""
    return {
        "number": block.number,
        "entries": list(block.entries),
        "root": block.root,
        "previous": block.previous,
        "size": block.size,
        "at": block.at.astimezone(UTC).isoformat(),
    }


def head_of(block: Block | None) -> str:
    """Return a head as it is printed and kept elsewhere, ``number:size:digest``; "" before any block."""
    return f"{block.number}:{block.size}:{block.digest}" if block else ""


def verify_journal(journal: Journal, signer: Signer, *, head: str = "") -> Verification:
    """Hold every block against the one before it, its signature and its entries, and every entry against its values.

    Args:
        journal: the journal.
        signer: the key that sealed it; its public half is enough.
        head: a head that was kept elsewhere, as ``head_of`` writes it or the digest alone; its block must stand in the
            chain, unchanged and in its place: the journal of then is then a prefix of today's.
    """
    try:
        blocks = journal.blocks()
    except Fault as error:
        if error.code != _DAMAGED:
            raise
        return Verification(ok=False, blocks=0, entries=0, unsealed=0, first_problem=error.issues[0])
    sealed: set[str] = set()
    gone = _Gone()
    problem: Issue | None = None
    previous, size = "", 0
    # One stream over all blocks: entries are read many at a time, however few a block holds.
    kept = journal.kept(entry for block in blocks for entry in block.entries)
    for nth, block in enumerate(blocks, 1):
        problem = (
            _chained(block, nth, previous, size + len(block.entries))
            or _signed(block, signer)
            or _entries(gone.noting(islice(kept, len(block.entries))), block, sealed)
        )
        if problem is not None:
            break
        previous, size = block.digest, block.size
        sealed.update(block.entries)
    waiting = list(journal.unsealed())
    if problem is None and head:
        problem = _kept_elsewhere(head, blocks)
    if problem is None:
        problem = _tail(journal, gone.noting(journal.kept(waiting)), sealed.union(waiting)) or gone.unexplained()
    return Verification(problem is None, len(blocks), len(sealed), len(waiting), problem, previous)


class _Gone:
    """Values that are gone, and the redactions that say so: gathered on the way, held against each other at the end."""

    def __init__(self) -> None:
        self._erased: list[tuple[str, str, tuple[str, ...]]] = []
        self._redacted: dict[str, set[str]] = {}
        self._wholly: set[str] = set()

    def noting(self, kept: Iterable[Kept]) -> Iterator[Kept]:
        """Pass entries on and note what is gone of them, or what they redact."""
        for one in kept:
            if one.erased:
                self._erased.append((one.entry, one.record, one.erased))
            if one.redacts:
                self._redacted.setdefault(one.record, set()).update(one.redacts)
            elif one.redacts is not None:
                self._wholly.add(one.record)
            yield one

    def unexplained(self) -> Issue | None:
        """Return the first value that is gone though no entry redacted it."""
        for entry, record, names in self._erased:
            left = [name for name in names if name not in self._redacted.get(record, ())]
            if left and record not in self._wholly:
                return _problem(
                    "SEA-013",
                    f"The value “{left[0]}” is gone without a redaction.",
                    f"La valeur « {left[0]} » a disparu sans expurgation.",
                    entry=entry,
                )
        return None


def prove_inclusion(journal: Journal, identifier: str) -> Inclusion | None:
    """Return the proof that an entry stands in its block; ``None`` while no block holds it.

    Raises:
        Fault: SEA-021, an entry of the block is not in the journal.
    """
    block = journal.block_of(identifier)
    if block is None:
        return None
    leaves = _leaves(journal, block.entries)
    index = block.entries.index(identifier)
    proof = tuple(step.hex() for step in inclusion_proof(index, leaves))
    return Inclusion(identifier, block.number, index, len(leaves), leaves[index].hex(), proof, block.root)


def _leaves(journal: Journal, identifiers: Sequence[str]) -> list[bytes]:
    found: list[bytes] = []
    for identifier, leaf in journal.leaves(identifiers):
        if leaf is None:
            raise Fault.of(
                "SEA-021",
                f"The entry {identifier} is not in the journal.",
                f"L’entrée {identifier} n’est pas au journal.",
            )
        found.append(leaf)
    return found


def _kept_elsewhere(head: str, blocks: Sequence[Block]) -> Issue | None:
    number, _, rest = head.strip().rpartition(":")[0].partition(":")
    wanted = head.strip().rpartition(":")[2].lower()
    found = next((block for block in blocks if block.digest == wanted), None)
    if found is not None and (not number or (number, rest) == (str(found.number), str(found.size))):
        return None
    at = int(number) if number.isdecimal() else 0
    if at > len(blocks):
        return _problem(
            "SEA-026",
            f"The head that was kept elsewhere is block {at}; this journal ends at block {len(blocks)}: its end was cut off.",
            f"La tête conservée ailleurs est le bloc {at} ; ce journal s’arrête au bloc {len(blocks)} : sa fin a été ôtée.",
        )
    return _problem(
        "SEA-026",
        "The head that was kept elsewhere is none of this journal's blocks: blocks were cut off or made anew.",
        "La tête conservée ailleurs n’est celle d’aucun bloc de ce journal : des blocs ont été ôtés ou refaits.",
        blocks[at - 1] if at else None,
    )


def _chained(block: Block, number: int, previous: str, size: int) -> Issue | None:
    if block.number != number or block.previous != previous or block.size != size:
        return _problem(
            "SEA-023",
            f"Block {block.number} does not follow the block before it: blocks were removed or reordered.",
            f"Le bloc {block.number} ne suit pas celui qui le précède : des blocs ont été ôtés ou déplacés.",
            block,
        )
    if digest(block_body(block)) != block.digest:
        return _problem(
            "SEA-024", f"Block {block.number} was changed.", f"Le bloc {block.number} a été modifié.", block
        )
    return None


def _signed(block: Block, signer: Signer) -> Issue | None:
    if signer.verify(bytes.fromhex(block.digest), block.signature):
        return None
    return _problem(
        "SEA-025",
        f"The signature of block {block.number} is not the sealing key's.",
        f"La signature du bloc {block.number} n’est pas celle de la clé de scellement.",
        block,
    )


def _entries(kept: Iterator[Kept], block: Block, sealed: set[str]) -> Issue | None:
    leaves = []
    for one in kept:
        if one.entry in sealed:
            return _problem(
                "SEA-023",
                f"The entry {one.entry} is sealed twice.",
                f"L’entrée {one.entry} est scellée deux fois.",
                block,
            )
        if one.problem is not None:
            return one.problem
        if one.leaf is None:
            return _problem(
                "SEA-022",
                f"The entry {one.entry} of block {block.number} was removed.",
                f"L’entrée {one.entry} du bloc {block.number} a été ôtée.",
                block,
                one.entry,
            )
        leaves.append(one.leaf)
    if root(leaves).hex() != block.root:
        return _problem(
            "SEA-027",
            f"The entries of block {block.number} are not those that were sealed: one was changed.",
            f"Les entrées du bloc {block.number} ne sont pas celles qui ont été scellées : l’une a été modifiée.",
            block,
        )
    return None


def _tail(journal: Journal, waiting: Iterable[Kept], known: set[str]) -> Issue | None:
    for one in waiting:
        if one.problem is not None:
            return one.problem
    stray = next((identifier for identifier in journal.identifiers() if identifier not in known), None)
    if stray is None:
        return None
    return _problem(
        "SEA-028",
        f"The entry {stray} is in no block and does not wait for one: it was put in beside the journal.",
        f"L’entrée {stray} n’est dans aucun bloc et n’en attend aucun : elle a été insérée à côté du journal.",
        entry=stray,
    )


def _problem(code: str, en: str, fr: str, block: Block | None = None, entry: str = "") -> Issue:
    place = "/".join(part for part in (f"block {block.number}" if block else "", entry) if part)
    remedy = Words(
        "Stop writing, keep this copy as it is, and compare it with the last verified backup.",
        "Cessez d’écrire, gardez cette copie telle quelle et comparez-la à la dernière sauvegarde vérifiée.",
    )
    return Issue(code, Words(en, fr), remedy, Where(path=place))
