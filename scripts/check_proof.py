"""Check a proof that ``remit verify --prove`` or ``--growth`` wrote. Stands alone: Python and the package ``cryptography``.

    python check_proof.py PROOF.json PUBLIC-KEY [--head HEAD]

PUBLIC-KEY is the sealing key's public half in hexadecimal, or a file that holds it; have it from somebody whom you trust,
not from whoever gave you the proof. With --head, the proof must lead to (or start from) that head, printed in a product as
number:size:digest. Exit status: 0 the proof holds, 1 it does not, 2 it cannot be read.

What it shows. Inclusion: an entry with exactly this sealed form stands in a block that the key signed. Growth: the journal
whose head is "head" begins with the journal whose head was "older", nothing of which was changed or removed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class DoesNotHoldError(Exception):
    """The proof does not hold."""


def main(arguments: list[str]) -> int:
    """Check one proof, say what it shows, and return the exit status."""
    parser = argparse.ArgumentParser(description="Check a proof of inclusion or growth.")
    parser.add_argument("proof", type=Path)
    parser.add_argument("key", help="public key in hexadecimal, or a file that holds it")
    parser.add_argument("--head", default="", help="a head that you hold: number:size:digest")
    given = parser.parse_args(arguments)
    try:
        proof = json.loads(given.proof.read_text("utf-8"))
        text = Path(given.key).read_text("ascii") if len(given.key) != 64 else given.key
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(text.strip()))
        check = {"remit-inclusion": check_inclusion, "remit-growth": check_growth}[proof["proof"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"cannot be read: {type(error).__name__}: {error}", file=sys.stderr)
        return 2
    try:
        print(check(proof, key, given.head.strip()))
    except DoesNotHoldError as error:
        print(f"DOES NOT HOLD: {error}", file=sys.stderr)
        return 1
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        print(f"DOES NOT HOLD: malformed ({type(error).__name__}: {error})", file=sys.stderr)
        return 1
    return 0


def check_inclusion(proof: dict[str, Any], key: Ed25519PublicKey, head: str) -> str:
    """Return what a proof of inclusion shows."""
    block = signed_block(proof, key)
    sealed = json.loads(proof["sealed"])
    index, size = int(proof["index"]), int(proof["size"])
    require(size == len(block["entries"]), "the block holds another number of entries")
    require(0 <= index < size and block["entries"][index] == sealed["id"], "the block names another entry there")
    leaf = hashlib.sha256(b"\x00" + proof["sealed"].encode()).digest()
    path = [bytes.fromhex(step) for step in proof["path"]]
    require(
        root_from(leaf, index, size, path) == bytes.fromhex(block["root"]), "the path does not lead to the block's root"
    )
    require(not head or head == head_of(block, proof["digest"]), "the block is not that of the head given")
    return f"HOLDS: entry {sealed['id']} ({sealed['kind']}, {sealed['at']}) stands in block {block['number']}, signed by this key."


def check_growth(proof: dict[str, Any], key: Ed25519PublicKey, head: str) -> str:
    """Return what a proof of growth shows."""
    before = ""
    number = size = 0
    heads = []
    for one in proof["blocks"]:
        block = signed_block(one, key)
        if heads:
            require(
                block["previous"] == before and block["number"] == number + 1,
                f"block {block['number']} does not follow",
            )
            require(block["size"] == size + len(block["entries"]), f"block {block['number']} counts wrongly")
        before, number, size = one["digest"], block["number"], block["size"]
        heads.append(head_of(block, before))
    require(bool(heads), "there are no blocks")
    require((heads[0], heads[-1]) == (proof["older"], proof["head"]), "its heads are not those of its blocks")
    require(not head or head in (heads[0], heads[-1]), "it neither starts nor ends at the head given")
    return f"HOLDS: the journal of {heads[-1]} grew from that of {heads[0]}; all blocks are signed by this key."


def signed_block(proof: dict[str, Any], key: Ed25519PublicKey) -> dict[str, Any]:
    """Return the body of a block whose digest and signature hold."""
    made = hashlib.sha256(proof["block"].encode()).digest()
    require(made.hex() == proof["digest"], "the block is not that of its digest")
    try:
        key.verify(bytes.fromhex(proof["signature"]), made)
    except InvalidSignature:
        raise DoesNotHoldError("the signature is not this key's") from None
    body: dict[str, Any] = json.loads(proof["block"])
    return body


def root_from(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """Return the root that a leaf and its path give (RFC 9162, 2.1.3.2)."""
    first, last, found = index, size - 1, leaf
    for step in path:
        require(last > 0, "the path is too long")
        if first & 1 or first == last:
            found = hashlib.sha256(b"\x01" + step + found).digest()
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            found = hashlib.sha256(b"\x01" + found + step).digest()
        first, last = first >> 1, last >> 1
    require(last == 0, "the path is too short")
    return found


def head_of(block: dict[str, Any], digest: str) -> str:
    """Return a head as products print it."""
    return f"{block['number']}:{block['size']}:{digest}"


def require(met: bool, otherwise: str) -> None:
    """Fail where something is not as it must be."""
    if not met:
        raise DoesNotHoldError(otherwise)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
