"""Releases as pages: what leaves and what does not, what was found and decided, who got it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from remit.kernel.conditions import Compare
from remit.kernel.wording import Words, same
from remit.records.actors import Actor
from remit.records.process import MoveOption
from remit.records.record import Record
from remit.reporting.masking import withheld
from remit.services.kept_products import RELEASE, RELEASED
from remit.services.looking import find, see
from remit.services.redacted_since import RedactedSince, redacted_since
from remit.services.releasing import PREPARED, for_whom, release_seen
from remit.services.reporting import reprint
from remit.services.showing import Line, line
from remit.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One thing that was found in the text, in words, with its decision."""

    number: int
    what: Words
    where: str
    excerpt: str
    resolution: Words | None
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """A release in a list."""

    line: Line
    record: Record
    audience: Words
    recipients: int
    left: int


@dataclass(frozen=True, slots=True)
class ReleasePage:
    """A release: its line, the preview of what is withheld, what was found, who got it, and its next moves."""

    line: Line
    record: Record
    audience: Words
    smallest_cell: int
    product: str
    withheld: Mapping[str, int]
    findings: tuple[FindingLine, ...]
    left: int
    recipients: Sequence[Mapping[str, Any]]
    moves: tuple[MoveOption, ...]
    may_decide: bool
    recalled: bool
    redacted: tuple[RedactedSince, ...] = ()
    """What it printed and was redacted since."""
    outside: bool = False
    """It stands released: those who got it have it."""


def release_list(workspace: Workspace, actor: Actor, language: str, product: str = "") -> Sequence[ReleaseLine]:
    """Return the releases that the reader may see, the latest first; those of one product where it is named."""
    if actor.role.audience or RELEASE not in workspace.mission.record_types:
        return []
    of_product = Compare("product", "equals", product) if product else None
    found = find(workspace, actor, types=[RELEASE], condition=of_product, order="-recorded_at", limit=None)
    return [
        ReleaseLine(
            line(workspace, one, language),
            one,
            for_whom(workspace, str(one.values.get("audience") or "")),
            len(one.values.get("recipients") or ()),
            _left(one),
        )
        for one in found.records
    ]


def release_page(workspace: Workspace, actor: Actor, identifier: str, language: str) -> ReleasePage:
    """Return a release.

    Raises:
        Hidden: there is none for this actor.
    """
    release_seen(workspace, actor, identifier)
    seen = see(workspace, actor, identifier)
    record, fields = seen.record, seen.type.fields["findings"].fields
    product = str(record.values["product"])
    document = reprint(workspace, actor, product).document
    names = {one.key: one.label for one in fields["what"].options}
    decided = {one.key: one.label for one in fields["resolution"].options}
    audience = workspace.mission.audiences.get(str(record.values["audience"]))
    channels = {one.key: one.label for one in seen.type.fields["recipients"].fields["channel"].options}
    return ReleasePage(
        line=line(workspace, record, language),
        record=record,
        audience=for_whom(workspace, str(record.values["audience"])),
        smallest_cell=audience.smallest_cell if audience else 0,
        product=product,
        withheld=withheld(document),
        findings=tuple(
            FindingLine(
                number,
                names.get(str(row["what"]), same(str(row["what"]))),
                str(row["where"]),
                str(row["excerpt"]),
                decided.get(str(row.get("resolution"))),
                str(row.get("reason") or ""),
                str(row.get("by") or ""),
            )
            for number, row in enumerate(record.values.get("findings") or (), start=1)
        ),
        left=_left(record),
        recipients=[
            {**row, "channel": channels.get(str(row.get("channel")), same(""))}
            for row in record.values.get("recipients") or ()
        ],
        moves=seen.moves,
        may_decide=record.state == PREPARED and "report" in actor.role.may,
        recalled=record.state == "recalled",
        redacted=redacted_since(workspace, actor, printed) if (printed := workspace.journal.get(product)) else (),
        outside=record.state == RELEASED,
    )


def audiences_for(workspace: Workspace, actor: Actor, product: Record) -> Mapping[str, Words]:
    """Return for whom a reader may prepare a release of a kept product: its own audience, else those of its outline."""
    if RELEASE not in workspace.mission.record_types or not {"report", "freeze"} <= set(actor.role.may):
        return {}
    own = str(product.values.get("audience") or "")
    outline = workspace.mission.products.get(str(product.values.get("product")))
    keys = (own,) if own else (outline.audiences if outline else ())
    return {key: workspace.mission.audiences[key].label for key in keys if key in workspace.mission.audiences}


def _left(release: Record) -> int:
    return sum(1 for row in release.values.get("findings") or () if not row.get("resolution"))
