"""Proofs for a third party: that an entry stands in a signed block, that today's journal grew from an older head.

What is hashed and signed stands in a proof as canonical text, so that whoever checks it (``scripts/check_proof.py``) needs
nothing of Remit: SHA-256, Ed25519 and the public key, which he must have from elsewhere.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from remit.kernel.canonical import canonical
from remit.kernel.errors import BadInput
from remit.records.journal import Block
from remit.records.sealing import block_body, head_of, prove_inclusion
from remit.services.workspace import Workspace
from remit.services.writing import write_whole

VERSION = 1


def inclusion(workspace: Workspace, entry: str) -> dict[str, Any]:
    """Return the proof that an entry stands in its block: its sealed form, its path to the root, and the signed block.

    Raises:
        BadInput: JRN-404 no such entry; SEA-032 no block holds it yet.
        Fault: SEA-021, an entry of the block is missing.
    """
    sealed = workspace.journal.sealed_form(entry)
    if sealed is None:
        raise BadInput.of(
            "JRN-404",
            f"There is no entry {entry} in the journal.",
            f"Il n’y a pas d’entrée {entry} au journal.",
            do_en="Give the identifier of an entry, as its page and the JSON of a frozen figure show it.",
            do_fr="Donnez l’identifiant d’une entrée, tel que sa page et le JSON d’un chiffre arrêté le montrent.",
        )
    block, found = workspace.journal.block_of(entry), prove_inclusion(workspace.journal, entry)
    if block is None or found is None:
        raise BadInput.of(
            "SEA-032",
            f"No block holds the entry {entry} yet: there is nothing to prove.",
            f"Aucun bloc ne contient encore l’entrée {entry} : il n’y a rien à prouver.",
            do_en="Seal first, with `remit verify --seal`.",
            do_fr="Scellez d’abord, par `remit verify --seal`.",
        )
    return {
        "proof": "remit-inclusion",
        "version": VERSION,
        "sealed": canonical(sealed).decode(),
        "index": found.index,
        "size": found.size,
        "path": list(found.proof),
        **_signed(block),
    }


def growth(workspace: Workspace, older: str) -> dict[str, Any]:
    """Return the proof that today's journal grew from an older head: the signed blocks from that one to the last.

    Raises:
        BadInput: SEA-033, the head is none of this journal's.
    """
    blocks = workspace.journal.blocks()
    at = next((nth for nth, block in enumerate(blocks) if older in (head_of(block), block.digest)), None)
    if at is None:
        raise BadInput.of(
            "SEA-033",
            f"The head {older} is none of this journal's.",
            f"La tête {older} n’est aucune de celles de ce journal.",
            do_en="Check with `remit verify --head FILE` what is wrong; a journal that was cut off proves no growth.",
            do_fr="Voyez par `remit verify --head FICHIER` ce qui ne va pas ; un journal tronqué ne prouve rien.",
        )
    return {
        "proof": "remit-growth",
        "version": VERSION,
        "older": head_of(blocks[at]),
        "head": head_of(blocks[-1]),
        "blocks": [_signed(block) for block in blocks[at:]],
    }


def save_proof(proof: dict[str, Any], file: Path) -> None:
    """Write a proof as JSON, whole or not at all.

    Raises:
        BadInput: OUT-001, it cannot be written there.
    """
    write_whole(file, json.dumps(proof, ensure_ascii=False, indent=2).encode() + b"\n")


def _signed(block: Block) -> dict[str, str]:
    return {"block": canonical(block_body(block)).decode(), "digest": block.digest, "signature": block.signature}
