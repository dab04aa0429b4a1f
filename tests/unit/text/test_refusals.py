"""Files that are no resolution: each gets its own message, in both languages, with what to do."""

from __future__ import annotations

import pytest

from remit.kernel.errors import BadInput
from remit.text.read import read_document


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "TXT-001"),
        (b" \n\n", "TXT-001"),
        (b"\x00\x01\x02" * 100, "TXT-004"),
        ("The Security Council, Décide".encode("latin-1"), "TXT-005"),
        (b"Dear Sir,\nthank you for the fish.\n", "TXT-006"),
        (b"The Security Council unanimously approved a text.\nIt urges all to wait.\n", "TXT-006"),
        (b"<akomaNtoso><statement>", "TXT-007"),
        (b"<html></html>", "TXT-008"),
        (b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><akomaNtoso>&e;</akomaNtoso>', "TXT-009"),
        (b"x" * 20_000_001, "TXT-010"),
    ],
)
def test_refused_with_a_code_and_a_remedy(data: bytes, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_document(data, "given.bin")
    (issue,) = caught.value.issues
    assert issue.code == code
    assert issue.where.file == "given.bin"
    assert issue.message.en != issue.message.fr
    assert issue.remedy is not None
    assert issue.remedy.fr
