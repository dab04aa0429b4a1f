"""A record as JSON and back: how stores keep the current state, and the digest by which two of them are compared."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from remit.kernel.canonical import canonical
from remit.records.entries import Author
from remit.records.record import Link, Moved, Record


def record_to_json(record: Record) -> dict[str, Any]:
    """Return the whole record as a JSON value; nothing is left out."""
    plain = {field.name: getattr(record, field.name) for field in fields(record)}
    return plain | {
        "values": dict(record.values),
        "facts": dict(record.facts),
        "recorded_at": _instant(record.recorded_at),
        "changed_at": _instant(record.changed_at) if record.changed_at else None,
        "recorded_by": _author(record.recorded_by),
        "caveats": list(record.caveats),
        "entries": list(record.entries),
        "erased": list(record.erased),
        "amended_by": list(record.amended_by),
        "heads": list(record.heads),
        "disputed": {name: list(entries) for name, entries in record.disputed.items()},
        "links": [
            [link.relation, link.other, link.other_type, link.outward, link.entry, _instant(link.at)]
            for link in record.links
        ],
        "moves": [
            [made.move, made.from_, made.to, _instant(made.at), _author(made.by), made.entry, made.reason]
            for made in record.moves
        ],
    }


def record_from_json(plain: Mapping[str, Any]) -> Record:
    """Return the record that :func:`record_to_json` wrote."""
    changed = plain["changed_at"]
    return Record(
        **{
            **plain,
            "recorded_at": datetime.fromisoformat(plain["recorded_at"]),
            "changed_at": datetime.fromisoformat(changed) if changed else None,
            "recorded_by": Author(*plain["recorded_by"]),
            "caveats": tuple(plain["caveats"]),
            "entries": tuple(plain["entries"]),
            "erased": tuple(plain["erased"]),
            "amended_by": tuple(plain["amended_by"]),
            # Rows that an earlier format wrote do not have these.
            "heads": tuple(plain.get("heads", ())),
            "disputed": {name: tuple(entries) for name, entries in plain.get("disputed", {}).items()},
            "links": tuple(
                Link(relation, other, other_type, outward, entry, datetime.fromisoformat(at))
                for relation, other, other_type, outward, entry, at in plain["links"]
            ),
            "moves": tuple(
                Moved(move, from_, to, datetime.fromisoformat(at), Author(*by), entry, reason)
                for move, from_, to, at, by, entry, reason in plain["moves"]
            ),
        }
    )


def digest_of_records(records: Iterable[Record]) -> str:
    """Return a digest over the whole state of many records; they must come by ascending id."""
    running = hashlib.sha256()
    for record in records:
        running.update(canonical(record_to_json(record)) + b"\n")
    return running.hexdigest()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def _author(by: Author) -> list[str]:
    return [by.person, by.role, by.component]
