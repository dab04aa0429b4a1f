"""The passages of a product that people write: kept in the journal, each with who wrote it, and as it stood at an instant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from remit.kernel.conditions import All, Compare
from remit.kernel.errors import BadInput, Conflict, Forbidden
from remit.kernel.issues import Issue
from remit.kernel.nearest import did_you_mean, nearest
from remit.kernel.periods import Period
from remit.kernel.wording import LANGUAGES, Words
from remit.records.actors import Actor
from remit.records.journal import Query
from remit.records.record import Record
from remit.records.types import LEVELS
from remit.reporting.compose import figures_named, walk
from remit.reporting.outline import Part, Product
from remit.reporting.sentences import PARTS, PLACE
from remit.services.freezing import amend_system, system_record
from remit.services.sight import as_it_was, may
from remit.services.workspace import Workspace

PASSAGE = "product-passage"
LONGEST = 60_000
"""Characters of one passage: some ten thousand words, more than a whole report may have."""


@dataclass(frozen=True, slots=True)
class Written:
    """A passage of a product for a period: what is wanted, and its text in each language with the record that holds it."""

    part: Part
    texts: Mapping[str, str]
    records: Mapping[str, Record]
    may_write: bool


def passage_parts(product: Product) -> tuple[Part, ...]:
    """Return the passages that a product's outline asks for."""
    return tuple(part for part in walk(product.parts) if part.kind == "passage")


def require_cleared(actor: Actor, product: Product) -> None:
    """Refuse somebody who may not read what the product holds.

    Raises:
        Forbidden: REP-031, its level is above the role's clearance.
    """
    if LEVELS.index(product.level) > LEVELS.index(actor.role.clearance):
        label = actor.role.label
        raise Forbidden(
            Issue(
                "REP-031",
                Words(
                    f"The product {product.label.en} is {product.level}; the role {label.en} is cleared for {actor.role.clearance}.",
                    f"Le produit {product.label.fr} est de niveau {product.level} ; le rôle {label.fr} n’y est pas habilité.",
                ),
                Words("Ask somebody who is cleared for it.", "Adressez-vous à une personne habilitée."),
            )
        )


def passages(
    workspace: Workspace, product: Product, period: Period, *, at: datetime | None = None
) -> dict[tuple[str, str], str]:
    """Return the texts written for a product and period by (passage, language): as they stand, or stood at an instant.

    A cut-off is no such instant: it is for what is counted, and a text may be written after it.
    """
    found: dict[tuple[str, str], str] = {}
    for record in _records(workspace, product, period):
        then = record if at is None or (record.changed_at or record.recorded_at) <= at else None
        known = then or as_it_was(workspace, record.id, at)
        if known is not None:
            text = str(known.values.get("text") or "")
            found[(str(known.values.get("passage")), str(known.values.get("language")))] = text
    return found


def written(workspace: Workspace, actor: Actor, product: Product, period: Period) -> tuple[Written, ...]:
    """Return every passage of a product with what stands in it.

    Raises:
        Forbidden: REP-031.
    """
    require_cleared(actor, product)
    held: dict[str, dict[str, Record]] = {}
    for record in _records(workspace, product, period):
        held.setdefault(str(record.values.get("passage")), {})[str(record.values.get("language"))] = record
    return tuple(
        Written(
            part,
            {language: str(one.values.get("text") or "") for language, one in held.get(part.key, {}).items()},
            held.get(part.key, {}),
            may_write(actor, part),
        )
        for part in passage_parts(product)
    )


def may_write(actor: Actor, part: Part) -> bool:
    """Return whether a role writes a passage: one that the outline names, else any that drafts products."""
    roles = part.passage.by if part.passage else ()
    return actor.role.key in roles if roles else "report" in actor.role.may


def write_passage(
    workspace: Workspace,
    actor: Actor,
    product: Product,
    period: Period,
    key: str,
    text: str,
    *,
    language: str,
    revision: int | None = None,
) -> Record:
    """Write a passage; what stood there stays in the journal.

    Args:
        workspace: where.
        actor: who writes.
        product: of which product.
        period: for which period.
        key: the passage.
        text: paragraphs apart by an empty line; figures stand in it as ``{figure:KEY}``.
        language: en or fr.
        revision: the revision that the writer had before him (0: nothing stood there).

    Raises:
        BadInput: REP-032 no such passage, REP-033 too long, REP-034 a place that names no figure of the product's level.
        Forbidden: REP-031; REP-035, the role does not write it.
        Conflict: REP-036, somebody wrote it meanwhile.
    """
    require_cleared(actor, product)
    part = _part(product, key)
    if not may_write(actor, part):
        may(actor, "report", Words("write products", "rédiger des produits"))
        raise Forbidden(
            Issue(
                "REP-035",
                Words(
                    f"The passage “{key}” is not written by the role {actor.role.label.en}.",
                    f"Le passage « {key} » n’est pas rédigé par le rôle {actor.role.label.fr}.",
                ),
            )
        )
    _require_text(workspace, product, text)
    standing = next(
        (
            record
            for record in _records(workspace, product, period)
            if record.values.get("passage") == key and record.values.get("language") == language
        ),
        None,
    )
    if revision is not None and revision != (standing.revision if standing else 0):
        raise _overtaken(key, standing)
    if standing is not None:
        return amend_system(workspace, actor, standing, {"text": text}, "Passage written")
    values = {
        "title": f"{product.label.in_(language)} – {key}",
        "product": product.key,
        "period": str(period),
        "passage": key,
        "language": language if language in LANGUAGES else "en",
        "text": text,
        "reported_at": workspace.sources.clock().isoformat(),
    }
    return system_record(workspace, actor, PASSAGE, values, level=product.level, invented=workspace.mission.invented)


def _records(workspace: Workspace, product: Product, period: Period) -> Iterator[Record]:
    condition = All((Compare("product", "equals", product.key), Compare("period", "equals", str(period))))
    if PASSAGE not in workspace.mission.record_types:
        return
    for record in workspace.journal.find(Query(condition, types=(PASSAGE,), order="recorded_at")):
        if not record.withdrawn:
            yield record


def _part(product: Product, key: str) -> Part:
    parts = {part.key: part for part in passage_parts(product)}
    if key in parts:
        return parts[key]
    remedy = did_you_mean(key, parts)
    raise BadInput.of(
        "REP-032",
        f"The product {product.key} has no passage “{key}”.",
        f"Le produit {product.key} n’a pas de passage « {key} ».",
        do_en=remedy.en,
        do_fr=remedy.fr,
    )


def _require_text(workspace: Workspace, product: Product, text: str) -> None:
    if len(text) > LONGEST:
        raise BadInput.of(
            "REP-033",
            f"The passage has {len(text):,} characters; {LONGEST:,} is the most.",
            f"Le passage compte {len(text)} caractères ; {LONGEST} est le maximum.",
            do_en="Shorten it, or write the rest as another passage of the outline.",
            do_fr="Raccourcissez-le, ou placez le reste dans un autre passage du plan.",
        )
    for place in PLACE.finditer(text):
        if place[1] not in (*PARTS, "period", "as_of"):
            raise _no_place(place[0], "")
    measures = workspace.mission.measures
    allowed = [key for key, one in measures.items() if LEVELS.index(one.level) <= LEVELS.index(product.level)]
    for key in figures_named(text):
        if key not in allowed:
            near = nearest(key, allowed) if key not in measures else None
            raise _no_place(key, near or "")


def _no_place(shown: str, near: str) -> BadInput:
    return BadInput.of(
        "REP-034",
        f"“{shown}” in the passage names no figure that this product may print.",
        f"« {shown} » dans le passage ne désigne aucun chiffre que ce produit peut imprimer.",
        do_en=(f"Did you mean “{near}”? " if near else "")
        + "Figures stand as {figure:KEY}, {previous:KEY}, {change:KEY} or {limit:KEY}; their keys are listed beside the form.",
        do_fr=(f"Vouliez-vous dire « {near} » ? " if near else "")
        + "Les chiffres s’écrivent {figure:CLÉ}, {previous:CLÉ}, {change:CLÉ} ou {limit:CLÉ} ; leurs clés sont listées à côté.",
    )


def _overtaken(key: str, standing: Record | None) -> Conflict:
    who = (
        standing.amended_by[-1] if standing and standing.amended_by else standing.recorded_by.person if standing else ""
    )
    return Conflict(
        Issue(
            "REP-036",
            Words(
                f"The passage “{key}” was written meanwhile by {who}.",
                f"Le passage « {key} » a été rédigé entre-temps par {who}.",
            ),
            Words(
                "Your text is kept in the form; compare it with what stands now, and write again.",
                "Votre texte reste dans le formulaire ; comparez-le à ce qui s’y trouve, puis enregistrez de nouveau.",
            ),
        )
    )
