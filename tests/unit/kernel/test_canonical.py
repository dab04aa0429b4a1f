"""Canonical JSON: what the standard library writes for plain values is what RFC 8785 asks."""

from __future__ import annotations

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from remit.kernel.canonical import canonical

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(VALUES)
def test_bytes_are_those_of_rfc_8785(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)


def test_keys_are_ordered_by_utf_16_and_controls_written_as_it_says() -> None:
    assert canonical({"\ue000": 1, "\U00010000": 2}) == '{"\U00010000":2,"\ue000":1}'.encode()
    assert (
        canonical(['\x00\x1f\x7f\u2028/"\\\b', 1.0, True]) == '["\\u0000\\u001f\x7f\u2028/\\"\\\\\\b",1,true]'.encode()
    )


@pytest.mark.parametrize("value", [2**53, {1: "a"}, "\ud800", float("nan"), {"a": b""}])
def test_what_json_cannot_carry_is_refused(value: object) -> None:
    with pytest.raises(rfc8785.CanonicalizationError):
        canonical(value)


@given(st.floats(-1e17, 1e17, allow_nan=False) | st.floats(-1e-3, 1e-3, allow_nan=False))
def test_fractions_are_written_as_ecmascript_writes_them(value: float) -> None:
    assert canonical([value]) == rfc8785.dumps([value])
