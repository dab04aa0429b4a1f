"""Commitments hide, encryption binds, and what was destroyed cannot be had back."""

from __future__ import annotations

import secrets
from dataclasses import replace

import pytest

from remit.kernel.canonical import canonical, digest
from remit.kernel.errors import Conflict, Fault
from remit.records.commitments import check_entry, commit_values, commitment, require_same, sealed_form
from remit.records.erasure import MemoryKeys, key_is_gone, key_name, lock, unlock
from tests.contract.journal_suite import Maker

ENTRY = Maker().recorded(title="Secret", number_seen=3)
OPENED = commit_values(ENTRY.values, secrets.token_bytes)


def test_equal_values_have_unequal_commitments() -> None:
    one, other = commit_values({"a": "yes", "b": "yes"}, secrets.token_bytes).values()
    assert len(one[0]) == 16 and one[0] != other[0]
    assert commitment(*one) != commitment(*other)
    assert commitment(b"\x00" * 16, {"b": 1, "a": [True, None]}) == commitment(
        b"\x00" * 16, {"a": [True, None], "b": 1}
    )


def test_values_come_back_only_with_their_key_and_entry() -> None:
    keys = MemoryKeys(secrets.token_bytes)
    key = keys.make(key_name("r-1"))
    blob = lock(OPENED, key, ENTRY.id, secrets.token_bytes)
    assert b"Secret" not in blob
    assert unlock(blob, key, ENTRY.id) == OPENED
    for wrong in (
        lambda: unlock(blob, keys.make(key_name("r-2")), ENTRY.id),
        lambda: unlock(blob, key, "another entry"),
        lambda: unlock(blob[:-1] + bytes([blob[-1] ^ 1]), key, ENTRY.id),
        lambda: unlock(b"", key, ENTRY.id),
    ):
        with pytest.raises(Fault) as caught:
            wrong()
        assert caught.value.code == "ERA-011"


def test_a_destroyed_key_is_gone_and_another_generation_is_another_key() -> None:
    keys = MemoryKeys(secrets.token_bytes)
    first, second = keys.make(key_name("r-1")), keys.make(key_name("r-1", 2))
    assert first != second and keys.make(key_name("r-1")) == first
    keys.destroy(key_name("r-1"))
    keys.destroy(key_name("r-1"))
    assert keys.get(key_name("r-1")) is None and keys.get(key_name("r-1", 2)) == second
    assert key_is_gone("r-1").code == "ERA-012"


def test_an_entry_that_comes_again_is_held_against_what_stands() -> None:
    sealed = sealed_form(ENTRY, OPENED)
    left = {"number_seen": OPENED["number_seen"]}
    require_same(ENTRY, sealed, OPENED)
    require_same(ENTRY, sealed, left)
    require_same(replace(ENTRY, values={"number_seen": 3}, erased=("title",)), sealed, left)
    for other in (replace(ENTRY, values={"number_seen": 3}), replace(ENTRY, values={**ENTRY.values, "number_seen": 4})):
        with pytest.raises(Conflict):
            require_same(other, sealed, left)


def test_checking_one_entry() -> None:
    sealed = sealed_form(ENTRY, OPENED)
    kept = digest(sealed)
    assert check_entry(sealed, kept, OPENED) is None
    left = {"number_seen": OPENED["number_seen"]}
    assert check_entry(sealed, kept, left, frozenset({"title"})) is None
    codes = [
        check_entry({**sealed, "kind": "amended"}, kept, OPENED),
        check_entry(sealed, kept, {**OPENED, "title": (OPENED["title"][0], "Other")}),
        check_entry(sealed, kept, {**OPENED, "added": (b"s" * 16, 1)}),
        check_entry(sealed, kept, left),
    ]
    assert [issue.code if issue else None for issue in codes] == ["SEA-011", "SEA-012", "SEA-012", "SEA-013"]
    assert canonical(sealed).startswith(b'{"at"')
