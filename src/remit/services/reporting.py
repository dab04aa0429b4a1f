"""Draft a product, keep it with its figures frozen, and print it again exactly as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from remit.kernel.conditions import Compare
from remit.kernel.errors import BadInput
from remit.kernel.nearest import nearest
from remit.kernel.periods import Period, parse_period
from remit.kernel.wording import Words
from remit.measures.figures import Figure
from remit.records.actors import Actor
from remit.records.journal import Query
from remit.records.record import Record
from remit.records.types import LEVELS
from remit.reporting.compose import Material, compose, needed
from remit.reporting.document import ReportDocument
from remit.reporting.docx import to_docx
from remit.reporting.html import to_html
from remit.reporting.outline import Product
from remit.services.figuring import compute, disclosed
from remit.services.freezing import FROZEN, PRODUCT, Frozen, amend_system, frozen_of, keep, system_record
from remit.services.sight import absent, may
from remit.services.verifying import head, seal
from remit.services.workspace import Workspace

FORMATS: Mapping[str, str] = {".docx": "Word", ".html": "HTML"}


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
    begun = [found for found in products if found.startswith(key)]
    if len(begun) == 1:
        return products[begun[0]]
    raise BadInput.of(
        "REP-001",
        f"There is no product “{key}” in the mission {workspace.mission.key}.",
        f"Il n’y a pas de produit « {key} » dans la mission {workspace.mission.key}.",
        do_en=f"The nearest is “{nearest(key, products)}”; known: {', '.join(products)}.",
        do_fr=f"Le plus proche est « {nearest(key, products)} » ; connus : {', '.join(products)}.",
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
    computed = gather(workspace, product, period, cut_off=cut_off)
    return compose(_material(workspace, product, period, cut_off, audience, computed), language)


@dataclass(frozen=True, slots=True)
class Computed:
    """The figures of a product as computed, before anything is withheld from an audience."""

    figures: Mapping[str, Figure]
    previous: Mapping[str, Figure]
    broken_down: Mapping[tuple[str, str], Figure]

    def all(self) -> tuple[Figure, ...]:
        """Return every figure."""
        return (*self.figures.values(), *self.previous.values(), *self.broken_down.values())


def gather(workspace: Workspace, product: Product, period: Period, *, cut_off: datetime | None) -> Computed:
    """Compute all that a product prints: for the period, for the one before, and broken down."""
    keys, pairs = needed(product)
    measures = {key: workspace.mission.measures[key] for key in dict.fromkeys([*keys, *(k for k, _ in pairs)])}
    return Computed(
        {f.key: f for f in compute(workspace, measures.values(), period, as_of=cut_off)},
        {f.key: f for f in compute(workspace, measures.values(), period.previous(), as_of=cut_off)},
        {
            (key, dimension): compute(workspace, [measures[key]], period, by=(dimension,), as_of=cut_off)[0]
            for key, dimension in pairs
        },
    )


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
    seal(workspace)
    product = product_of(workspace, product_key)
    computed = gather(workspace, product, period, cut_off=cut_off)
    document = compose(_material(workspace, product, period, cut_off, audience, computed), language)
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
    return Kept(record, document, frozen)


def products(workspace: Workspace, actor: Actor) -> list[Record]:
    """Return the products kept that the reader may see, the latest first."""
    found = workspace.journal.find(Query(Compare("type", "equals", PRODUCT), types=(PRODUCT,), order="-recorded_at"))
    return [record for record in found if may_read(actor, record)]


def may_read(actor: Actor, record: Record) -> bool:
    """Return whether a reader sees a product: inside by its level, outside if it was made for his audience."""
    if record.withdrawn:
        return False
    if actor.role.audience:
        return record.values.get("audience") == actor.role.audience and record.level == "unclassified"
    return "see" in actor.role.may and LEVELS.index(record.level) <= LEVELS.index(actor.role.clearance)


def reprint(workspace: Workspace, actor: Actor, identifier: str, *, language: str = "") -> Kept:
    """Compose a kept product again from its frozen figures: the same numbers, whatever is known now.

    Raises:
        Hidden: there is none that this reader may see.
    """
    record = workspace.journal.get(identifier)
    if record is None or record.type != PRODUCT or not may_read(actor, record):
        raise absent(identifier)
    values = record.values
    period = parse_period(str(values["period"]))
    found = workspace.journal.find(Query(Compare("product", "equals", record.id), types=(FROZEN,), order="recorded_at"))
    frozen = tuple(frozen_of(workspace, one) for one in found)
    plain = [one.figure for one in frozen if not one.figure.by]
    cut_off = datetime.fromisoformat(str(values["cut_off"])) if values.get("cut_off") else None
    material = _material(
        workspace,
        product_of(workspace, str(values["product"])),
        period,
        cut_off,
        str(values.get("audience") or ""),
        Computed(
            {f.key: f for f in plain if f.period == period},
            {f.key: f for f in plain if f.period != period},
            {(one.figure.key, one.figure.by[0]): one.figure for one in frozen if one.figure.by},
        ),
        written_at=record.recorded_at,
        printed_head=str(values.get("journal_head") or ""),
    )
    return Kept(record, compose(material, language or str(values.get("language") or "en")), frozen)


def render(workspace: Workspace, document: ReportDocument) -> dict[str, bytes]:
    """Return the document in every format, by file suffix."""
    measures = workspace.mission.measures
    return {".docx": to_docx(document, measures), ".html": to_html(document, measures).encode()}


def save(workspace: Workspace, document: ReportDocument, file: Path) -> None:
    """Write the document as the file's suffix says; the file appears whole or not at all.

    Raises:
        BadInput: REP-021, a suffix that cannot be written, or a folder that is not there.
    """
    suffix = file.suffix.lower()
    if suffix not in FORMATS:
        raise BadInput.of(
            "REP-021",
            f"A report cannot be written as “{suffix or file.name}”.",
            f"Un rapport ne peut pas être écrit en « {suffix or file.name} ».",
            do_en=f"Give a file that ends in {' or '.join(FORMATS)}.",
            do_fr=f"Donnez un fichier qui finit en {' ou '.join(FORMATS)}.",
        )
    data = render(workspace, document)[suffix]
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_name(f".{file.name}.part")
        part.write_bytes(data)
        part.replace(file)
    except OSError as fault:
        raise BadInput.of(
            "REP-022",
            f"{file} cannot be written: {fault.strerror}.",
            f"{file} ne peut pas être écrit : {fault.strerror}.",
            do_en="Choose another file or folder.",
            do_fr="Choisissez un autre fichier ou dossier.",
        ) from fault


def file_stem(document: ReportDocument) -> str:
    """Return the stem of a product's files: outline, period, language, audience."""
    parts = [document.product, document.period.start.isoformat(), document.period.last.isoformat(), document.language]
    return "_".join([*parts, *([document.audience] if document.audience else [])])


def _material(
    workspace: Workspace,
    product: Product,
    period: Period,
    cut_off: datetime | None,
    audience: str,
    computed: Computed,
    *,
    written_at: datetime | None = None,
    printed_head: str | None = None,
) -> Material:
    """Put together what is composed; an audience's small cells are withheld here.

    Raises:
        BadInput: REP-002, no such audience.
    """
    mission = workspace.mission
    names: dict[str, Words] = {key: area.label for key, area in mission.areas.items()}
    for options in mission.options.values():
        names |= {option.key: option.label for option in options}
    shown = _disclosed(workspace, audience, computed) if audience else computed
    return Material(
        product=product,
        mission=mission.title,
        measures={key: mission.measures[key] for key in shown.figures},
        figures=shown.figures,
        previous=shown.previous,
        broken_down=shown.broken_down,
        names=names,
        period=period,
        as_of=cut_off,
        written_at=written_at or workspace.sources.clock(),
        audience=audience,
        head=head(workspace) if printed_head is None else printed_head,
        invented=mission.invented,
    )


def _disclosed(workspace: Workspace, audience: str, computed: Computed) -> Computed:
    if audience not in workspace.mission.audiences:
        raise BadInput.of(
            "REP-002",
            f"There is no audience “{audience}”.",
            f"Il n’y a pas de public « {audience} ».",
            do_en=f"Known: {', '.join(workspace.mission.audiences)}.",
            do_fr=f"Connus : {', '.join(workspace.mission.audiences)}.",
        )
    return Computed(
        {key: disclosed(workspace, audience, figure) for key, figure in computed.figures.items()},
        {key: disclosed(workspace, audience, figure) for key, figure in computed.previous.items()},
        {pair: disclosed(workspace, audience, figure) for pair, figure in computed.broken_down.items()},
    )


def _paragraphs(document: ReportDocument, figure: Figure) -> str:
    return ", ".join(str(number) for number in document.paragraphs_with(figure.key))
