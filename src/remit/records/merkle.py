"""Merkle trees as certificate transparency hashes them (RFC 9162, 2.1): roots, inclusion and consistency proofs.

Hashes are bytes of SHA-256. A leaf is hashed with 0x00 before it, a node with 0x01, so that neither passes for the other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

EMPTY = hashlib.sha256(b"").digest()
"""The root of no leaves."""


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the root over leaf hashes (RFC 9162, 2.1.1)."""
    if not leaves:
        return EMPTY
    level = list(leaves)
    while len(level) > 1:
        # An odd one out goes up as it is: the same tree as the recursive definition gives.
        level = [
            node_hash(*level[nth : nth + 2]) if nth + 1 < len(level) else level[nth] for nth in range(0, len(level), 2)
        ]
    return level[0]


def inclusion_proof(index: int, leaves: Sequence[bytes]) -> tuple[bytes, ...]:
    """Return the hashes that lead from the leaf at ``index`` (from 0) to the root (RFC 9162, 2.1.3.1).

    Raises:
        IndexError: there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(f"leaf {index} of {len(leaves)}")
    if len(leaves) == 1:
        return ()
    half = _split(len(leaves))
    if index < half:
        return (*inclusion_proof(index, leaves[:half]), root(leaves[half:]))
    return (*inclusion_proof(index - half, leaves[half:]), root(leaves[:half]))


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected: bytes) -> bool:
    """Return whether a leaf hash stands at ``index`` in the tree of ``size`` leaves with that root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    first, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if first & 1 or first == last:
            found = node_hash(step, found)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            found = node_hash(found, step)
        first, last = first >> 1, last >> 1
    return last == 0 and found == expected


def consistency_proof(older: int, leaves: Sequence[bytes]) -> tuple[bytes, ...]:
    """Return the hashes that show that the tree grew from its first ``older`` leaves (RFC 9162, 2.1.4.1).

    Raises:
        IndexError: ``older`` is not between 1 and the number of leaves.
    """
    if not 0 < older <= len(leaves):
        raise IndexError(f"{older} of {len(leaves)} leaves")
    return () if older == len(leaves) else _subproof(older, leaves, whole=True)


def _subproof(older: int, leaves: Sequence[bytes], *, whole: bool) -> tuple[bytes, ...]:
    if older == len(leaves):
        return () if whole else (root(leaves),)
    half = _split(len(leaves))
    if older <= half:
        return (*_subproof(older, leaves[:half], whole=whole), root(leaves[half:]))
    return (*_subproof(older - half, leaves[half:], whole=False), root(leaves[:half]))


def verify_consistency(older: int, newer: int, older_root: bytes, newer_root: bytes, proof: Sequence[bytes]) -> bool:
    """Return whether the tree of ``newer`` leaves grew from that of ``older`` (RFC 9162, 2.1.4.2)."""
    if not 0 < older <= newer:
        return False
    if older == newer:
        return not proof and older_root == newer_root
    steps = list(proof)
    if older & (older - 1) == 0:
        steps.insert(0, older_root)
    if not steps:
        return False
    first, last = older - 1, newer - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if first & 1 or first == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            new = node_hash(new, step)
        first, last = first >> 1, last >> 1
    return last == 0 and old == older_root and new == newer_root


def _split(size: int) -> int:
    """Return the largest power of two that is smaller than ``size``."""
    return 1 << ((size - 1).bit_length() - 1)
