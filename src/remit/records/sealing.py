"""Seal entries into signed, chained blocks, and verify that nothing was changed, removed or put in another order.

A block lists the ids of its entries, not a range: writers that work at once never wait for it. What the seal cannot show:
entries that no block holds yet (the unsealed tail, which is counted), and the last blocks being cut off together with
their entries; a head kept elsewhere shows that (``head``). A key on this machine proves nothing against whoever holds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from remit.kernel.canonical import canonical, digest
from remit.kernel.errors import Fault
from remit.kernel.issues import Issue, Where
from remit.kernel.wording import Words
from remit.records.journal import Block, Journal
from remit.records.merkle import inclusion_proof, leaf_hash, root
from remit.records.signing import Signer


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
    leaves = []
    for identifier in identifiers:
        sealed = journal.sealed_form(identifier)
        if sealed is None:
            raise Fault.of(
                "SEA-021",
                f"The entry {identifier} is not in the journal.",
                f"L’entrée {identifier} n’est pas au journal.",
            )
        leaves.append(leaf_hash(canonical(sealed)))
    before = journal.blocks()
    last = before[-1] if before else None
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


def verify_journal(journal: Journal, signer: Signer, *, head: str = "") -> Verification:
    """Hold every block against the one before it, its signature and its entries, and every entry against its values.

    Args:
        journal: the journal.
        signer: the key that sealed it; its public half is enough.
        head: the digest of a block that was kept elsewhere; it must be one of the journal's.
    """
    blocks = journal.blocks()
    sealed: set[str] = set()
    problem: Issue | None = None
    previous, size = "", 0
    for nth, block in enumerate(blocks, 1):
        problem = (
            _chained(block, nth, previous, size + len(block.entries))
            or _signed(block, signer)
            or _entries(journal, block, sealed)
        )
        if problem is not None:
            break
        previous, size = block.digest, block.size
        sealed.update(block.entries)
    waiting = list(journal.unsealed())
    if problem is None and head and head not in {block.digest for block in blocks}:
        problem = _problem(
            "SEA-026",
            "The head that was kept elsewhere is none of this journal's blocks: blocks were cut off or made anew.",
            "La tête conservée ailleurs n’est celle d’aucun bloc de ce journal : des blocs ont été ôtés ou refaits.",
        )
    if problem is None:
        problem = _tail(journal, waiting, sealed)
    return Verification(problem is None, len(blocks), len(sealed), len(waiting), problem, previous)


def prove_inclusion(journal: Journal, identifier: str) -> Inclusion | None:
    """Return the proof that an entry stands in its block; ``None`` while no block holds it.

    Raises:
        Fault: SEA-021, an entry of the block is not in the journal.
    """
    for block in journal.blocks():
        if identifier not in block.entries:
            continue
        forms = [journal.sealed_form(entry) for entry in block.entries]
        if None in forms:
            raise Fault.of(
                "SEA-021",
                f"Entries of block {block.number} are missing.",
                f"Des entrées du bloc {block.number} manquent.",
            )
        leaves = [leaf_hash(canonical(form)) for form in forms]
        index = block.entries.index(identifier)
        proof = tuple(step.hex() for step in inclusion_proof(index, leaves))
        return Inclusion(identifier, block.number, index, len(leaves), leaves[index].hex(), proof, block.root)
    return None


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


def _entries(journal: Journal, block: Block, sealed: set[str]) -> Issue | None:
    leaves = []
    for identifier in block.entries:
        if identifier in sealed:
            return _problem(
                "SEA-023",
                f"The entry {identifier} is sealed twice.",
                f"L’entrée {identifier} est scellée deux fois.",
                block,
            )
        form = journal.sealed_form(identifier)
        if form is None:
            return _problem(
                "SEA-022",
                f"The entry {identifier} of block {block.number} was removed.",
                f"L’entrée {identifier} du bloc {block.number} a été ôtée.",
                block,
                identifier,
            )
        if (wrong := journal.check(identifier)) is not None:
            return wrong
        leaves.append(leaf_hash(canonical(form)))
    if root(leaves).hex() != block.root:
        return _problem(
            "SEA-027",
            f"The entries of block {block.number} are not those that were sealed: one was changed.",
            f"Les entrées du bloc {block.number} ne sont pas celles qui ont été scellées : l’une a été modifiée.",
            block,
        )
    return None


def _tail(journal: Journal, waiting: Sequence[str], sealed: set[str]) -> Issue | None:
    for identifier in waiting:
        if (wrong := journal.check(identifier)) is not None:
            return wrong
    known = sealed.union(waiting)
    stray = [entry.id for entry in journal.entries() if entry.id not in known]
    if not stray:
        return None
    return _problem(
        "SEA-028",
        f"The entry {stray[0]} is in no block and does not wait for one: it was put in beside the journal.",
        f"L’entrée {stray[0]} n’est dans aucun bloc et n’en attend aucun : elle a été insérée à côté du journal.",
        entry=stray[0],
    )


def _problem(code: str, en: str, fr: str, block: Block | None = None, entry: str = "") -> Issue:
    place = "/".join(part for part in (f"block {block.number}" if block else "", entry) if part)
    remedy = Words(
        "Stop writing, keep this copy as it is, and compare it with the last verified backup.",
        "Cessez d’écrire, gardez cette copie telle quelle et comparez-la à la dernière sauvegarde vérifiée.",
    )
    return Issue(code, Words(en, fr), remedy, Where(path=place))
