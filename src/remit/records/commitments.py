"""Salted commitments: the sealed body of an entry holds a fingerprint of each value, never the value.

So a value can be destroyed later while the seal still verifies. The salt (16 bytes of chance) stands beside the value and
is destroyed with it: without it nobody can find a short value again by trying all there could be.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from remit.kernel.canonical import canonical, digest_of_bytes
from remit.kernel.errors import Conflict
from remit.kernel.identity import Chance
from remit.kernel.issues import Issue, Where
from remit.kernel.wording import Words
from remit.records.entries import Entry

SALT_BYTES = 16

Opened = Mapping[str, tuple[bytes, Any]]
"""Values with their salts, by name: what is kept apart from the sealed body and may be erased."""


def commitment(salt: bytes, value: Any) -> str:
    """Return the SHA-256 over salt and canonical JSON, in hexadecimal."""
    return hashlib.sha256(salt + canonical(value)).hexdigest()


def commit_values(values: Mapping[str, Any], chance: Chance) -> dict[str, tuple[bytes, Any]]:
    """Give each value a salt of its own."""
    salts = chance(SALT_BYTES * len(values)) if values else b""
    return {
        name: (salts[SALT_BYTES * nth : SALT_BYTES * (nth + 1)], value)
        for nth, (name, value) in enumerate(values.items())
    }


def sealed_form(entry: Entry, opened: Opened) -> dict[str, Any]:
    """Return what of an entry is sealed, as a JSON value: ``id, kind, record, type, version, at, by, facts, commitments``."""
    return {
        **open_form(entry),
        "commitments": {name: commitment(salt, value) for name, (salt, value) in opened.items()},
    }


def open_form(entry: Entry) -> dict[str, Any]:
    """Return what of an entry stands in the open, as a JSON value: all but its values, and when it came here."""
    return {
        "id": entry.id,
        "kind": entry.kind,
        "record": entry.record,
        "type": entry.type,
        "version": entry.version,
        "at": entry.at.astimezone(UTC).isoformat(),
        "by": {"person": entry.by.person, "role": entry.by.role, "component": entry.by.component},
        "facts": dict(entry.facts),
    }


def require_same(entry: Entry, sealed: Mapping[str, Any], opened: Opened) -> None:
    """Hold an entry that comes again against the one that stands; values that were erased since are not compared.

    Raises:
        Conflict: JRN-011, the same identifier with other contents.
    """
    again = sealed_form(
        entry, {name: (opened[name][0], value) for name, value in entry.values.items() if name in opened}
    )
    stands = {**sealed, "commitments": {name: made for name, made in sealed["commitments"].items() if name in opened}}
    names = {*entry.values, *entry.erased}
    if names != set(sealed["commitments"]) or canonical(again) != canonical(stands):
        raise Conflict.of(
            "JRN-011",
            f"An entry with the identifier {entry.id} stands in the journal with other contents.",
            f"Une entrée portant l’identifiant {entry.id} figure au journal avec un autre contenu.",
            do_en="Entries are never changed: add an amendment with an identifier of its own.",
            do_fr="Une entrée ne se modifie jamais : ajoutez une modification sous un identifiant propre.",
        )


def check_entry(
    sealed: Mapping[str, Any],
    kept_digest: str,
    opened: Opened,
    erased: frozenset[str] = frozenset(),
    *,
    form: bytes | None = None,
) -> Issue | None:
    """Return what is wrong with one entry as a store keeps it, ``None`` if nothing.

    Args:
        sealed: the sealed form that is kept.
        kept_digest: the digest of the sealed form that is kept beside it (``kernel.canonical.digest``).
        opened: the values and salts that are kept.
        erased: the names that are kept as erased.
        form: the canonical JSON of the sealed form, where the caller has it already.
    """
    where = Where(path=str(sealed.get("id", "")))
    if digest_of_bytes(canonical(sealed) if form is None else form) != kept_digest:
        return Issue(
            "SEA-011",
            Words("The entry was changed after it was written.", "L’entrée a été modifiée après son écriture."),
            where=where,
        )
    for name, made in sealed["commitments"].items():
        if name not in opened:
            if name in erased:
                continue
            message = Words(
                f"The value “{name}” is gone without a redaction.", f"La valeur « {name} » a disparu sans expurgation."
            )
            return Issue("SEA-013", message, where=where)
        if commitment(*opened[name]) != made:
            message = Words(
                f"The value “{name}” was changed after it was written.",
                f"La valeur « {name} » a été modifiée après coup.",
            )
            return Issue("SEA-012", message, where=where)
    if added := sorted(set(opened) - set(sealed["commitments"])):
        message = Words(
            f"The value “{added[0]}” was added after the entry.", f"La valeur « {added[0]} » a été ajoutée après coup."
        )
        return Issue("SEA-012", message, where=where)
    return None
