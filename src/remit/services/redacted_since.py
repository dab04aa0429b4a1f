"""What a kept product printed and was redacted since: named field by field, so that copies that left can be called back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from remit.kernel.conditions import All, Compare
from remit.kernel.wording import Words
from remit.records.actors import Actor
from remit.records.fold import OCCURRED_FIELDS
from remit.records.journal import Query
from remit.records.record import Record
from remit.records.types import RecordType
from remit.reporting.compose import walk
from remit.reporting.outline import Product
from remit.services.drafting import PASSAGE
from remit.services.kept_products import products
from remit.services.sight import type_of, visible
from remit.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class RedactedSince:
    """Values of one record that a product printed, destroyed after it was kept.

    ``number`` and ``id`` are "" where the reader may not see the record; ``where`` is the list or passage that printed it.
    """

    number: str
    id: str
    where: Words
    fields: tuple[Words, ...]
    at: datetime


def redacted_since(workspace: Workspace, actor: Actor, kept: Record) -> tuple[RedactedSince, ...]:
    """Return what a kept product printed in its lists and passages and was redacted since, the latest first.

    A figure is left out: it prints no value of one record, and says of itself which entries cannot be recomputed.
    """
    product = workspace.mission.products.get(str(kept.values.get("product")))
    if product is None:
        return ()
    found = [
        one
        for record, where, printed in (*_listed(workspace, product, kept), *_passages(workspace, kept))
        for one in _destroyed(workspace, actor, record, where, printed, kept.recorded_at)
    ]
    return tuple(sorted(found, key=lambda one: (one.at, one.number), reverse=True))


def printed_in(workspace: Workspace, actor: Actor, identifier: str) -> list[Record]:
    """Return the kept products that the reader may see and that printed a value of a record before it was redacted."""
    return [
        kept
        for kept in products(workspace, actor)
        if any(one.id == identifier for one in redacted_since(workspace, actor, kept))
    ]


def _listed(workspace: Workspace, product: Product, kept: Record) -> Iterator[tuple[Record, Words, set[str]]]:
    """Yield each record that a list of the product shows, with the list's title and the fields in its columns."""
    shown = json.loads(str(kept.values.get("listed") or "{}"))
    for part in walk(product.parts):
        if part.listing is None:
            continue
        for identifier in shown.get(part.key, ()):
            record = workspace.journal.get(identifier)
            if record is not None:
                yield (
                    record,
                    part.title or Words("a list", "une liste"),
                    _printed(type_of(workspace, record), part.listing.columns),
                )


def _printed(kind: RecordType, columns: Sequence[str]) -> set[str]:
    """Return the fields that columns print: ``occurred`` prints that of the type, ``title`` its title."""
    times = [kind.times["occurred"]] if "occurred" in kind.times else list(OCCURRED_FIELDS)
    return {name for column in columns for name in {"occurred": times, "title": [kind.title]}.get(column, [column])}


def _passages(workspace: Workspace, kept: Record) -> Iterator[tuple[Record, Words, set[str]]]:
    """Yield each passage of the product that was written when it was kept, in its language."""
    if PASSAGE not in workspace.mission.record_types:
        return
    same = [Compare(key, "equals", str(kept.values[key])) for key in ("product", "period", "language")]
    for record in workspace.journal.find(Query(All(tuple(same)), types=(PASSAGE,), order="recorded_at")):
        if record.recorded_at <= kept.recorded_at:
            title = str(record.values.get("passage") or "")
            yield record, Words(f"Passage “{title}”", f"Passage « {title} »"), {"text"}


def _destroyed(
    workspace: Workspace, actor: Actor, record: Record, where: Words, printed: set[str], since: datetime
) -> Iterator[RedactedSince]:
    kind = type_of(workspace, record)
    shown = visible(workspace, actor, record)
    for entry in workspace.journal.entries(record=record.id):
        if entry.kind != "redacted" or entry.record != record.id or entry.at < since:
            continue
        names = [name for name in entry.facts.get("fields", ()) if name in printed]
        if names:
            labels = tuple(kind.fields[name].label if name in kind.fields else Words(name, name) for name in names)
            yield RedactedSince(record.number if shown else "", record.id if shown else "", where, labels, entry.at)
