"""Draft a product, keep it with its figures frozen, and print it again exactly as it was."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from remit.kernel.conditions import Compare
from remit.kernel.errors import BadInput
from remit.kernel.nearest import did_you_mean
from remit.kernel.periods import Period, parse_period
from remit.kernel.wording import Words
from remit.measures.figures import Figure
from remit.records.actors import Actor
from remit.records.journal import Query
from remit.records.record import Record
from remit.records.types import LEVELS
from remit.reporting.compose import compose, needed
from remit.reporting.document import ReportDocument
from remit.reporting.masking import masked
from remit.reporting.material import Material
from remit.reporting.outline import Product
from remit.services.clearance import add_version
from remit.services.drafting import passages, require_cleared
from remit.services.figuring import compute, disclosed
from remit.services.freezing import FROZEN, PRODUCT, Frozen, amend_system, frozen_of, keep, system_record
from remit.services.kept_products import masks, may_read, release_standing
from remit.services.product_files import file_stem, render
from remit.services.product_lists import Lists, outlines
from remit.services.saying import dimension_labels
from remit.services.sight import absent, may
from remit.services.verifying import head, seal
from remit.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Kept:
    """A product as kept: its record, its document, the frozen figures by key."""

    record: Record
    document: ReportDocument
    frozen: tuple[Frozen, ...]


def product_of(workspace: Workspace, key: str) -> Product:
    """Return a product by key, or by the beginning of one (``quarterly`` for ``quarterly-report``).

    Raises:
        BadInput: REP-001, with the nearest right key.
    """
    products = workspace.mission.products
    if key in products:
        return products[key]
    begun = [found for found in products if key and found.startswith(key)]
    if len(begun) == 1:
        return products[begun[0]]
    remedy = did_you_mean(key, begun or products)
    raise BadInput.of(
        "REP-001",
        f"There is no product “{key}” in the mission {workspace.mission.key}.",
        f"Il n’y a pas de produit « {key} » dans la mission {workspace.mission.key}.",
        do_en=remedy.en,
        do_fr=remedy.fr,
    )


def write(
    workspace: Workspace,
    actor: Actor,
    product_key: str,
    period: Period,
    *,
    cut_off: datetime | None = None,
    language: str = "en",
    audience: str = "",
) -> ReportDocument:
    """Draft a product from the figures as known at the cut-off (now, without one). Nothing is kept.

    Raises:
        BadInput: REP-001 no such product, REP-012 a figure is not for the audience.
        Forbidden: the role may not report.
    """
    may(actor, "report", Words("draft reports", "rédiger des rapports"))
    product = product_of(workspace, product_key)
    require_cleared(actor, product)
    texts = passages(workspace, product, period)
    computed = gather(workspace, product, period, cut_off=cut_off, texts=texts.values())
    lists = Lists(workspace, actor, product, period, cut_off=cut_off, audience=audience)
    material = _material(
        workspace, product, period, computed, cut_off=cut_off, audience=audience, texts=texts, lists=lists
    )
    if cut_off is not None and not audience:
        material = replace(material, later=_later(workspace, computed, period))
    return composed(workspace, material, language)


def compose_board(
    workspace: Workspace, actor: Actor, product: Product, period: Period, language: str
) -> ReportDocument:
    """Compose a product as a living page, for whoever sees figures and is cleared for it. Nothing is kept.

    Raises:
        Forbidden: the role sees no figures; REP-031, it is not cleared for the product.
    """
    may(actor, "figure", Words("see figures", "voir les chiffres"))
    require_cleared(actor, product)
    texts = passages(workspace, product, period)
    computed = gather(workspace, product, period, cut_off=None, texts=texts.values())
    lists = Lists(workspace, actor, product, period, cut_off=None, audience="")
    material = _material(workspace, product, period, computed, cut_off=None, audience="", texts=texts, lists=lists)
    return composed(workspace, material, language)


@dataclass(frozen=True, slots=True)
class Computed:
    """The figures of a product as computed, before anything is withheld from an audience."""

    figures: Mapping[str, Figure]
    previous: Mapping[str, Figure]
    broken_down: Mapping[tuple[str, str], Figure]

    def all(self) -> tuple[Figure, ...]:
        """Return every figure."""
        return (*self.figures.values(), *self.previous.values(), *self.broken_down.values())


def gather(
    workspace: Workspace, product: Product, period: Period, *, cut_off: datetime | None, texts: Iterable[str] = ()
) -> Computed:
    """Compute all that a product prints: for the period, for the one before, and broken down."""
    keys, pairs = needed(product, texts)
    measures = {key: workspace.mission.measures[key] for key in dict.fromkeys([*keys, *(k for k, _ in pairs)])}
    return Computed(
        {f.key: f for f in compute(workspace, measures.values(), period, as_of=cut_off)},
        {f.key: f for f in compute(workspace, measures.values(), period.previous(), as_of=cut_off)},
        {
            (key, dimensions): compute(workspace, [measures[key]], period, by=dimensions.split("/"), as_of=cut_off)[0]
            for key, dimensions in pairs
        },
    )


def _later(workspace: Workspace, computed: Computed, period: Period) -> Mapping[str, Figure]:
    """Return the figures that are others now than at the cut-off: what became known later is listed apart."""
    measures = [workspace.mission.measures[key] for key in computed.figures]
    now = {figure.key: figure for figure in compute(workspace, measures, period)}
    return {
        key: now[key]
        for key, figure in computed.figures.items()
        if (figure.value, figure.record_ids) != (now[key].value, now[key].record_ids)
    }


def keep_product(
    workspace: Workspace,
    actor: Actor,
    product_key: str,
    period: Period,
    *,
    cut_off: datetime | None = None,
    language: str = "en",
    audience: str = "",
) -> Kept:
    """Draft a product, freeze every figure that it prints, and keep both with the documents as issued.

    Raises:
        BadInput, Forbidden: as for drafting; nothing is then kept.
    """
    may(actor, "report", Words("draft reports", "rédiger des rapports"))
    may(actor, "freeze", Words("freeze figures", "arrêter des chiffres"))
    product = product_of(workspace, product_key)
    require_cleared(actor, product)
    seal(workspace)
    texts = passages(workspace, product, period)
    computed = gather(workspace, product, period, cut_off=cut_off, texts=texts.values())
    lists = Lists(workspace, actor, product, period, cut_off=cut_off, audience=audience)
    material = _material(
        workspace, product, period, computed, cut_off=cut_off, audience=audience, texts=texts, lists=lists
    )
    document = composed(workspace, material, language)
    pages = render(workspace, document)
    with workspace.journal.transaction():
        documents = [
            {"sha256": workspace.attachments.keep(data, name), "name": name}
            for name, data in ((f"{file_stem(document)}{suffix}", data) for suffix, data in pages.items())
        ]
        record = system_record(
            workspace,
            actor,
            PRODUCT,
            {
                "title": f"{document.title} – {period}",
                "product": product.key,
                "period": str(period),
                "cut_off": cut_off.isoformat() if cut_off else None,
                "language": language,
                "audience": audience,
                "documents": documents,
                "snapshot": next((f.snapshot for f in computed.all()), ""),
                "journal_head": document.head,
                "unanswered": list(document.unanswered),
                "unwritten": list(document.unwritten),
                "words": document.word_count(),
                "listed": json.dumps(lists.shown()),
                "reported_at": workspace.sources.clock().isoformat(),
            },
            level=document.level,
            invented=document.invented,
        )
        frozen = tuple(
            keep(workspace, actor, figure, product=record.id, paragraph=_paragraphs(document, figure))
            for figure in computed.all()
        )
        record = amend_system(
            workspace, actor, record, {"figures": [one.record.id for one in frozen]}, "Figures of the product frozen"
        )
        add_version(workspace, actor, product, period, record)
    return Kept(record, document, frozen)


def reprint(workspace: Workspace, actor: Actor, identifier: str, *, language: str = "") -> Kept:
    """Compose a kept product again from its frozen figures: the same numbers, whatever is known now.

    Raises:
        Hidden: there is none that this reader may see.
    """
    record = workspace.journal.get(identifier)
    if record is None or record.type != PRODUCT or not may_read(workspace, actor, record):
        raise absent(identifier)
    values = record.values
    period = parse_period(str(values["period"]))
    found = workspace.journal.find(Query(Compare("product", "equals", record.id), types=(FROZEN,), order="recorded_at"))
    order = {identifier: place for place, identifier in enumerate(values.get("figures") or ())}
    frozen = tuple(frozen_of(workspace, one) for one in sorted(found, key=lambda one: order.get(one.id, len(order))))
    plain = [one.figure for one in frozen if not one.figure.by]
    product = product_of(workspace, str(values["product"]))
    cut_off = datetime.fromisoformat(str(values["cut_off"])) if values.get("cut_off") else None
    audience = str(values.get("audience") or "")
    at = cut_off or record.recorded_at
    material = _material(
        workspace,
        product,
        period,
        Computed(
            {f.key: f for f in plain if f.period == period},
            {f.key: f for f in plain if f.period != period},
            {(one.figure.key, "/".join(one.figure.by)): one.figure for one in frozen if one.figure.by},
        ),
        cut_off=cut_off,
        audience=audience,
        texts=passages(workspace, product, period, at=record.recorded_at),
        lists=Lists(
            workspace,
            actor,
            product,
            period,
            cut_off=at,
            audience=audience,
            only=json.loads(str(values.get("listed") or "{}")),
        ),
        written_at=record.recorded_at,
        printed_head=str(values.get("journal_head") or ""),
    )
    kept_in = str(values.get("language") or "en")
    if not actor.role.audience:
        return Kept(record, composed(workspace, material, language or kept_in), frozen)
    # Outside, in the language in which it was looked through, and as it left.
    document = composed(workspace, material, kept_in)
    if (release := release_standing(workspace, record)) is not None:
        document = masked(document, masks(release))
    return Kept(record, document, frozen)


def _material(
    workspace: Workspace,
    product: Product,
    period: Period,
    computed: Computed,
    *,
    cut_off: datetime | None,
    audience: str,
    texts: Mapping[tuple[str, str], str],
    lists: Lists,
    written_at: datetime | None = None,
    printed_head: str | None = None,
) -> Material:
    """Put together what is composed; an audience's small cells are withheld here.

    Raises:
        BadInput: REP-002, REP-003, REP-014: the audience is not one of the product's.
    """
    mission = workspace.mission
    if audience:
        _require_audience(workspace, product, audience, computed)
    shown = _disclosed(workspace, audience, computed) if audience else computed
    return Material(
        product=product,
        mission=mission.title,
        measures={key: mission.measures[key] for key in shown.figures},
        figures=shown.figures,
        previous=shown.previous,
        broken_down=shown.broken_down,
        names={
            (key, dimension): dimension_labels(mission, mission.measures[key], dimension)
            for key, dimensions in shown.broken_down
            for dimension in dimensions.split("/")
        },
        period=period,
        as_of=cut_off,
        written_at=written_at or workspace.sources.clock(),
        audience=audience,
        head=head(workspace) if printed_head is None else printed_head,
        invented=mission.invented,
        passages=texts,
        listed=lists,
        areas=outlines(mission),
    )


def composed(workspace: Workspace, material: Material, language: str) -> ReportDocument:
    """Compose a document, and refuse one that is too strict for its readers.

    Raises:
        BadInput: REP-013, the document's level is above its audience's; REP-011, REP-012.
    """
    document = compose(material, language)
    audience = workspace.mission.audiences.get(material.audience)
    if audience is not None and LEVELS.index(document.level) > LEVELS.index(audience.level):
        raise BadInput.of(
            "REP-013",
            f"The product would be {document.level}, and the audience {audience.label.en} is told what is {audience.level}.",
            f"Le produit serait {document.level}, et le public {audience.label.fr} reçoit ce qui est {audience.level}.",
            do_en="Take what is stricter out of the outline, or lower the level of the measures that may be published.",
            do_fr="Retirez du plan ce qui est plus strict, ou abaissez le niveau des mesures qui peuvent être publiées.",
        )
    return document


def _require_audience(workspace: Workspace, product: Product, audience: str, computed: Computed) -> None:
    """Refuse an audience that the mission does not declare, or that the product or a breakdown is not for.

    Raises:
        BadInput: REP-002 not declared, REP-003 not the product's, REP-014 a breakdown finer than the audience's places.
    """
    mission = workspace.mission
    if audience not in mission.audiences:
        raise BadInput.of(
            "REP-002",
            f"There is no audience “{audience}” in the mission {mission.key}.",
            f"Il n’y a pas de public « {audience} » dans la mission {mission.key}.",
            do_en=f"Known: {', '.join(mission.audiences)}.",
            do_fr=f"Connus : {', '.join(mission.audiences)}.",
        )
    if product.audiences and audience not in product.audiences:
        label = mission.audiences[audience].label
        raise BadInput.of(
            "REP-003",
            f"The product {product.key} is not for the audience {label.en}.",
            f"Le produit {product.key} n’est pas destiné au public {label.fr}.",
            do_en=f"It is for: {', '.join(product.audiences)}. Its outline declares that.",
            do_fr=f"Il est destiné à : {', '.join(product.audiences)}. Son plan le déclare.",
        )
    finest = mission.audiences[audience].place
    allowed = mission.area_levels[: mission.area_levels.index(finest) + 1] if finest in mission.area_levels else ()
    used = {by for _, dimensions in computed.broken_down for by in dimensions.split("/")}
    finer = sorted(by for by in used if by in mission.area_levels and by not in allowed)
    if finer:
        raise BadInput.of(
            "REP-014",
            f"The product breaks figures down by {', '.join(finer)}, finer than the places of the audience {audience}.",
            f"Le produit ventile des chiffres par {', '.join(finer)}, plus finement que les lieux du public {audience}.",
            do_en=f"Break them down by {', '.join(allowed) or 'time'}, or write another outline for this audience.",
            do_fr=f"Ventilez-les par {', '.join(allowed) or 'période'}, ou écrivez un autre plan pour ce public.",
        )


def _disclosed(workspace: Workspace, audience: str, computed: Computed) -> Computed:
    return Computed(
        {key: disclosed(workspace, audience, figure) for key, figure in computed.figures.items()},
        {key: disclosed(workspace, audience, figure) for key, figure in computed.previous.items()},
        {pair: disclosed(workspace, audience, figure) for pair, figure in computed.broken_down.items()},
    )


def _paragraphs(document: ReportDocument, figure: Figure) -> str:
    return ", ".join(str(number) for number in document.paragraphs_with(figure.key))
