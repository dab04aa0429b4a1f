"""Sealing: what is changed, removed, reordered or signed by another is found, and named."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from remit.kernel.canonical import digest
from remit.kernel.errors import BadInput, Fault
from remit.records.memory import MemoryJournal
from remit.records.merkle import verify_inclusion
from remit.records.sealing import head_of, make_block, prove_inclusion, verify_journal
from remit.records.signing import Ed25519Signer, verify_signature
from tests.contract.journal_suite import Maker, suite_types

AT = datetime(2030, 2, 1, tzinfo=UTC)
SIGNER = Ed25519Signer(b"k" * 32)


def sealed_journal(blocks: int = 3, each: int = 4, tail: int = 1) -> MemoryJournal:
    """Return a journal of so many blocks of so many entries, and a tail that no block holds."""
    journal, maker = MemoryJournal(suite_types(), chance=secrets.token_bytes), Maker()
    for _ in range(blocks):
        journal.append([maker.recorded(title="Words", number_seen=nth) for nth in range(each)])
        journal.add_block(make_block(journal, journal.unsealed(), SIGNER, AT))
    journal.append([maker.recorded(title="Tail") for _ in range(tail)])
    return journal


def test_an_untouched_journal_verifies_and_states_its_tail() -> None:
    found = verify_journal(sealed_journal(), SIGNER)
    assert (found.ok, found.blocks, found.entries, found.unsealed, found.first_problem) == (True, 3, 12, 1, None)
    assert len(found.head) == 64
    empty = verify_journal(MemoryJournal(suite_types()), SIGNER)
    assert (empty.ok, empty.blocks, empty.entries, empty.head) == (True, 0, 0, "")


def _change_a_fact(journal: MemoryJournal) -> None:
    second = journal.blocks()[1].entries[2]
    journal._sealed[second]["facts"]["number"] = "X-2"


def _change_a_fact_and_its_digest(journal: MemoryJournal) -> None:
    second = journal.blocks()[1].entries[2]
    journal._sealed[second]["facts"]["number"] = "X-2"
    journal._digests[second] = digest(journal._sealed[second])


def _change_a_value(journal: MemoryJournal) -> None:
    opened = journal._opened[journal.blocks()[1].entries[2]]
    opened["title"] = (opened["title"][0], "Other words")


def _lose_a_value(journal: MemoryJournal) -> None:
    del journal._opened[journal.blocks()[1].entries[2]]["title"]


def _change_the_tail(journal: MemoryJournal) -> None:
    opened = journal._opened[journal.unsealed()[0]]
    opened["title"] = (opened["title"][0], "Other words")


def _remove_an_entry(journal: MemoryJournal) -> None:
    del journal._sealed[journal.blocks()[1].entries[2]]


def _reorder_blocks(journal: MemoryJournal) -> None:
    journal._blocks[0], journal._blocks[1] = journal._blocks[1], journal._blocks[0]


def _remove_a_block(journal: MemoryJournal) -> None:
    del journal._blocks[1]


def _swap_entries_in_a_block(journal: MemoryJournal) -> None:
    block = journal._blocks[1]
    journal._blocks[1] = replace(block, entries=(block.entries[1], block.entries[0], *block.entries[2:]))


def _swap_signatures(journal: MemoryJournal) -> None:
    first, second = journal._blocks[:2]
    journal._blocks[:2] = [replace(first, signature=second.signature), second]


def _sign_with_another_key(journal: MemoryJournal) -> None:
    block = journal._blocks[1]
    other = Ed25519Signer(b"o" * 32)
    journal._blocks[1] = replace(block, signature=other.sign(bytes.fromhex(block.digest)))


def _garble_a_signature(journal: MemoryJournal) -> None:
    journal._blocks[1] = replace(journal._blocks[1], signature="no hexadecimal")


def _put_an_entry_beside(journal: MemoryJournal) -> None:
    journal._in_block.add(journal.unsealed()[0])


@pytest.mark.parametrize(
    ("tamper", "code", "where"),
    [
        (_change_a_fact, "SEA-011", "entry"),
        (_change_a_fact_and_its_digest, "SEA-027", "block 2"),
        (_change_a_value, "SEA-012", "entry"),
        (_lose_a_value, "SEA-013", "entry"),
        (_change_the_tail, "SEA-012", "tail"),
        (_remove_an_entry, "SEA-022", "block 2"),
        (_reorder_blocks, "SEA-023", "block 2"),
        (_remove_a_block, "SEA-023", "block 3"),
        (_swap_entries_in_a_block, "SEA-024", "block 2"),
        (_swap_signatures, "SEA-025", "block 1"),
        (_sign_with_another_key, "SEA-025", "block 2"),
        (_garble_a_signature, "SEA-025", "block 2"),
        (_put_an_entry_beside, "SEA-028", "tail"),
    ],
)
def test_tampering_is_found_and_the_first_bad_place_named(
    tamper: Callable[[MemoryJournal], None], code: str, where: str
) -> None:
    journal = sealed_journal()
    entry, tail = journal.blocks()[1].entries[2], journal.unsealed()[0]
    tamper(journal)
    found = verify_journal(journal, SIGNER)
    assert not found.ok and found.first_problem is not None
    assert found.first_problem.code == code, found.first_problem
    assert found.first_problem.where.path.startswith({"entry": entry, "tail": tail}.get(where, where))
    assert found.first_problem.message.fr


def test_an_erasure_leaves_the_seal_whole() -> None:
    journal, maker = sealed_journal(), Maker()
    record = next(journal.entries()).record
    journal.append([maker.entry("redacted", record, {}, {"fields": ["title"]})])
    journal.erase(record, ["title"])
    assert verify_journal(journal, SIGNER).ok
    journal.erase(record, ["number_seen"])
    found = verify_journal(journal, SIGNER).first_problem
    assert found is not None and found.code == "SEA-013", "the entry redacts another value"
    journal.append([maker.entry("redacted", record, {}, {"fields": []})])
    assert verify_journal(journal, SIGNER).ok


def test_a_head_kept_elsewhere_shows_that_the_end_was_cut_off() -> None:
    journal = sealed_journal(tail=0)
    head = verify_journal(journal, SIGNER).head
    assert verify_journal(journal, SIGNER, head=head).ok
    assert verify_journal(journal, SIGNER, head=journal.blocks()[0].digest).ok
    for entry in journal.blocks()[-1].entries:
        del journal._entries[entry]
    journal._blocks.pop()
    assert verify_journal(journal, SIGNER).ok, "the chain alone cannot show it"
    found = verify_journal(journal, SIGNER, head=head)
    assert found.first_problem is not None and found.first_problem.code == "SEA-026"


def test_a_head_as_it_is_printed_names_the_first_bad_place() -> None:
    journal = sealed_journal()
    heads = [head_of(block) for block in journal.blocks()]
    assert heads[1].split(":")[:2] == ["2", "8"] and head_of(None) == ""
    assert all(verify_journal(journal, SIGNER, head=f" {head}\n").ok for head in heads)
    for head, place in [
        (heads[1].replace("2:8", "2:7"), "block 2"),
        (heads[1].replace("2:8", "1:4"), "block 1"),
        ("2:8:" + "0" * 64, "block 2"),
        ("9:36:" + "0" * 64, ""),
        ("nonsense", ""),
    ]:
        found = verify_journal(journal, SIGNER, head=head).first_problem
        assert found is not None and (found.code, found.where.path) == ("SEA-026", place)


def test_an_entry_is_proved_with_the_block_alone() -> None:
    journal = sealed_journal()
    block = journal.blocks()[1]
    proof = prove_inclusion(journal, block.entries[2])
    assert proof is not None and (proof.block, proof.index, proof.size, proof.root) == (2, 2, 4, block.root)
    steps = [bytes.fromhex(step) for step in proof.proof]
    assert verify_inclusion(bytes.fromhex(proof.leaf), proof.index, proof.size, steps, bytes.fromhex(block.root))
    assert verify_signature(SIGNER.public_key, bytes.fromhex(block.digest), block.signature)
    assert prove_inclusion(journal, journal.unsealed()[0]) is None


def test_nothing_and_the_unknown_are_not_sealed() -> None:
    journal = sealed_journal()
    with pytest.raises(Fault):
        make_block(journal, [], SIGNER, AT)
    with pytest.raises(Fault):
        make_block(journal, ["no such entry"], SIGNER, AT)
    with pytest.raises(BadInput):
        Ed25519Signer(b"short")
