"""Merkle hashing against vectors that others publish (the reference log of certificate transparency, RFC 9162 hashing)."""

from __future__ import annotations

import hashlib

import pytest

from remit.records.merkle import (
    EMPTY,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
    verify_consistency,
    verify_inclusion,
)

# The eight inputs and the roots over the first n of them, as the certificate transparency reference log tests them.
INPUTS = [bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [leaf_hash(data) for data in INPUTS]


def test_the_empty_tree_and_the_prefixes() -> None:
    assert root([]) == EMPTY == hashlib.sha256(b"").digest()
    assert leaf_hash(b"x") != node_hash(b"", b"x") and leaf_hash(b"ab") == hashlib.sha256(b"\x00ab").digest()


@pytest.mark.parametrize("size", range(1, 9))
def test_published_roots(size: int) -> None:
    assert root(LEAVES[:size]).hex() == ROOTS[size - 1]


def test_published_inclusion_proof() -> None:
    """The first leaf of eight: its neighbours going up, as the reference log gives them."""
    assert [step.hex() for step in inclusion_proof(0, LEAVES)] == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]


def test_published_consistency_proof() -> None:
    """From six leaves to eight, as the reference log gives it."""
    assert [step.hex() for step in consistency_proof(6, LEAVES)] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 13, 31, 32, 33])
def test_every_proof_verifies_and_none_for_another_place(size: int) -> None:
    leaves = [leaf_hash(bytes([nth])) for nth in range(size)]
    top = root(leaves)
    for index in range(size):
        proof = inclusion_proof(index, leaves)
        assert verify_inclusion(leaves[index], index, size, proof, top)
        assert not verify_inclusion(leaf_hash(b"other"), index, size, proof, top)
        assert not verify_inclusion(leaves[index], index, size, (*proof, top), top)
        assert not verify_inclusion(leaves[index], size, size, proof, top)
        if size > 1:
            assert not verify_inclusion(leaves[index], (index + 1) % size, size, proof, top)
            assert not verify_inclusion(leaves[index], index, size, proof[:-1], top)
    for older in range(1, size + 1):
        proof = consistency_proof(older, leaves)
        before = root(leaves[:older])
        assert verify_consistency(older, size, before, top, proof)
        if older < size:
            assert not verify_consistency(older, size, leaf_hash(b"other"), top, proof)
            assert not verify_consistency(older, size, before, leaf_hash(b"other"), proof)
            assert not verify_consistency(older, size, before, top, ())


def test_what_is_not_there_has_no_proof() -> None:
    with pytest.raises(IndexError):
        inclusion_proof(8, LEAVES)
    with pytest.raises(IndexError):
        consistency_proof(0, LEAVES)
    assert not verify_consistency(0, 8, EMPTY, root(LEAVES), ())
