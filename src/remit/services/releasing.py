"""Let a product leave the mission: prepared, looked through, decided, approved by a second person, handed over, recalled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from remit.kernel.conditions import Compare
from remit.kernel.errors import BadInput
from remit.kernel.periods import parse_period
from remit.kernel.wording import Words, same
from remit.records.actors import Actor
from remit.records.journal import Query
from remit.records.record import Record
from remit.reporting.document import ReportDocument
from remit.reporting.masking import masked, texts, withheld
from remit.services.entering import still_last
from remit.services.freezing import amend_system, system_record
from remit.services.kept_products import RELEASE, RELEASED, masks
from remit.services.product_files import file_stem, render
from remit.services.release_sources import guarded
from remit.services.reporting import keep_product, reprint
from remit.services.sight import absent, may, seen
from remit.services.standing import person_name
from remit.services.workspace import Workspace

PREPARED = "prepared"
RESOLUTIONS = ("masked", "safe")


def prepare(workspace: Workspace, actor: Actor, product: str, audience: str, basis: str) -> Record:
    """Prepare a release of a kept product for an audience.

    A product kept for the mission itself is composed for the audience from the same period and cut-off, its small cells
    withheld, and kept. Its text is then looked through; what is found waits for a person's decision.

    Args:
        workspace: where.
        actor: who, in a role that drafts reports.
        product: the id of the kept product.
        audience: for whom.
        basis: on which basis.

    Raises:
        BadInput: REL-001 no basis; REL-002 one is on its way for this product already; REP-002, REP-003, REP-012 to REP-014.
        Hidden, Forbidden: the product is not there for this actor, or the role may not report.
    """
    may(actor, "report", Words("prepare releases", "préparer des communications"))
    if not basis.strip():
        raise BadInput.of(
            "REL-001",
            "A release needs its basis.",
            "Une communication demande sa base.",
            do_en="Say under which duty, request or arrangement it leaves.",
            do_fr="Dites en vertu de quelle obligation, demande ou entente elle part.",
        )
    kept = reprint(workspace, actor, product)
    if str(kept.record.values.get("audience") or "") != audience:
        cut_off = str(kept.record.values.get("cut_off") or "")
        kept = keep_product(
            workspace,
            actor,
            kept.document.product,
            parse_period(str(kept.record.values["period"])),
            cut_off=datetime.fromisoformat(cut_off) if cut_off else None,
            language=kept.document.language,
            audience=audience,
        )
    _require_first(workspace, kept.record)
    rows = list(_found(workspace, kept.document))
    made = system_record(
        workspace,
        actor,
        RELEASE,
        {
            "title": f"{kept.document.title} – {for_whom(workspace, audience).in_(kept.document.language)}",
            "product": kept.record.id,
            "audience": audience,
            "basis": basis.strip(),
            "prepared_at": workspace.sources.clock().isoformat(),
            "withheld": sum(withheld(kept.document).values()),
            "findings": rows,
            "unresolved": len(rows),
        },
        level=kept.record.level if kept.record.level != "unclassified" else "confidential",
        invented=kept.document.invented,
    )
    return made if rows else _with_documents(workspace, actor, made, kept.document)


def decide(
    workspace: Workspace,
    actor: Actor,
    identifier: str,
    number: int,
    resolution: str,
    *,
    reason: str,
    revision: int | None = None,
) -> Record:
    """Decide on one thing that was found: mask it, or let it stand, with the reason. The last one makes the documents.

    Args:
        workspace: where.
        actor: who decides; the journal says so.
        identifier: the release.
        number: which finding, from 1.
        resolution: ``masked`` or ``safe``.
        reason: why.
        revision: the step of the release that the actor looked at.

    Raises:
        BadInput: REL-003 it is prepared no more; REL-004 no such finding or decision; REC-035 no reason.
        Conflict, Hidden, Forbidden: as for an amendment.
    """
    may(actor, "report", Words("decide what leaves", "décider de ce qui part"))
    release = release_seen(workspace, actor, identifier)
    still_last(release, revision)
    if release.state != PREPARED:
        raise BadInput.of(
            "REL-003",
            f"{release.number} is not being prepared any more.",
            f"{release.number} n’est plus en préparation.",
            do_en="Refuse it and prepare another, if something in it must not leave.",
            do_fr="Refusez-la et préparez-en une autre, si quelque chose n’en doit pas partir.",
        )
    rows = [dict(row) for row in release.values.get("findings") or ()]
    if not 1 <= number <= len(rows) or resolution not in RESOLUTIONS:
        raise BadInput.of(
            "REL-004",
            f"{release.number} has {len(rows)} findings; each is masked or safe.",
            f"{release.number} compte {len(rows)} constats ; chacun est masqué ou sans danger.",
            do_en="Name one of them, and “masked” or “safe”.",
            do_fr="Indiquez l’un d’eux, et « masked » ou « safe ».",
        )
    if not reason.strip():
        raise BadInput.of(
            "REC-035",
            "A decision on what leaves needs its reason.",
            "Une décision sur ce qui part demande son motif.",
            do_en="Say in a few words why it is masked, or why it harms nobody.",
            do_fr="Dites en quelques mots pourquoi c’est masqué, ou pourquoi cela ne nuit à personne.",
        )
    rows[number - 1] |= {
        "resolution": resolution,
        "reason": reason.strip(),
        "by": person_name(workspace, actor.person),
    }
    left = sum(1 for row in rows if not row.get("resolution"))
    changed = amend_system(
        workspace, actor, release, {"findings": rows, "unresolved": left}, f"Finding {number}: {resolution}"
    )
    if left:
        return changed
    document = reprint(workspace, actor, str(release.values["product"])).document
    return _with_documents(workspace, actor, changed, document)


def release_seen(workspace: Workspace, actor: Actor, identifier: str) -> Record:
    """Return a release that the actor may see.

    Raises:
        Hidden: there is none.
    """
    found = seen(workspace, actor, identifier)
    if found.type != RELEASE:
        raise absent(identifier)
    return found


def for_whom(workspace: Workspace, audience: str) -> Words:
    """Return the name of an audience; its key where the mission declares it no more."""
    found = workspace.mission.audiences.get(audience)
    return found.label if found else same(audience)


def _require_first(workspace: Workspace, product: Record) -> None:
    of_product = Query(Compare("product", "equals", product.id), types=(RELEASE,), order="-recorded_at")
    for one in workspace.journal.find(of_product):
        if one.state in (PREPARED, "approved", RELEASED) and not one.withdrawn:
            raise BadInput.of(
                "REL-002",
                f"{product.number} is in a release already: {one.number} ({one.state}).",
                f"{product.number} fait déjà l’objet d’une communication : {one.number} ({one.state}).",
                do_en="Go on with that one, or refuse or recall it first.",
                do_fr="Poursuivez celle-là, ou refusez-la ou rappelez-la d’abord.",
            )


def _found(workspace: Workspace, document: ReportDocument) -> Iterator[Mapping[str, Any]]:
    """Yield what is found in a document's text, each stretch once at each place."""
    guard, told = guarded(workspace), set[tuple[str, str, str]]()
    for where, text in texts(document):
        for one in guard.findings(text):
            if (one.what, where, one.excerpt) not in told:
                told.add((one.what, where, one.excerpt))
                marking = {"marking": one.marking} if one.marking else {}
                yield {"what": one.what, "where": where, "excerpt": one.excerpt, **marking}


def _with_documents(workspace: Workspace, actor: Actor, release: Record, document: ReportDocument) -> Record:
    """Make the documents as they leave, and keep them with the release."""
    made = masked(document, masks(release))
    files = [
        {"sha256": workspace.attachments.keep(data, name), "name": name}
        for name, data in ((f"{file_stem(made)}{suffix}", data) for suffix, data in render(workspace, made).items())
    ]
    return amend_system(workspace, actor, release, {"documents": files}, "Documents made as they leave")
