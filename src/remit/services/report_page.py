"""Reports as pages: the products of the mission, a draft for a period with its figures linked, and those kept."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from remit.kernel.canonical import canonical
from remit.kernel.errors import Hidden
from remit.kernel.issues import Issue
from remit.kernel.periods import Period, parse_period
from remit.kernel.wording import Words
from remit.mandate.declared import DeclaredClock
from remit.records.actors import Actor
from remit.records.record import Record
from remit.records.types import LEVELS, ClassificationLevel
from remit.reporting.charts import svg
from remit.reporting.document import Block, Chart, Heading, Paragraph, ReportDocument, Table
from remit.reporting.outline import Product
from remit.services.checklist import Check, checklist
from remit.services.clearance import StepDay, clearance_of, open_clearance, steps
from remit.services.drafting import may_write, passage_parts
from remit.services.freezing import review
from remit.services.kept_products import products
from remit.services.product_files import file_stem, written
from remit.services.redacted_since import RedactedSince, redacted_since
from remit.services.reporting import compose_board, keep_product, reprint, write
from remit.services.showing import Line, line
from remit.services.workspace import Workspace

TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".pdf": "application/pdf",
}


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A product that was kept, in a list."""

    record: Record
    line: Line
    label: Words
    period: Period
    audience: Words | None
    cut_off: datetime | None


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product of the mission, the clock that it answers, those kept, and whether the reader writes passages of it."""

    product: Product
    clock: DeclaredClock | None
    kept: tuple[KeptLine, ...]
    writes: bool = False


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block of a report with what a page needs: its kind, and for a chart the drawing as a data address."""

    kind: str
    block: Block
    image: str = ""


@dataclass(frozen=True, slots=True)
class FrozenState:
    """A figure frozen in a product, and whether it is still the same now."""

    key: str
    label: Words
    value: float | int | None
    same: bool
    record: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report: a draft (``kept`` is ``None``), or one kept."""

    product: Product
    document: ReportDocument
    blocks: tuple[ShownBlock, ...]
    kept: KeptLine | None
    frozen: tuple[FrozenState, ...]
    level: ClassificationLevel
    invented: bool
    may_keep: bool
    checks: tuple[Check, ...] = ()
    clearance: Record | None = None
    steps: tuple[StepDay, ...] = ()
    may_open: bool = False
    versions: tuple[tuple[KeptLine, KeptLine | None], ...] = ()
    """The versions kept for the period, the latest first, each with the one before it."""
    redacted: tuple[RedactedSince, ...] = ()
    """What a kept one printed and was redacted since."""


def report_list(workspace: Workspace, actor: Actor, language: str) -> Sequence[ProductRow]:
    """Return the products of the mission with those kept that the reader may see."""
    kept = [_kept(workspace, record, language) for record in products(workspace, actor)]
    clocks = {
        clock.product: clock
        for provision in workspace.mission.instrument.provisions.values()
        for clock in provision.clocks
        if clock.product
    }
    return [
        ProductRow(
            product,
            clocks.get(key),
            tuple(one for one in kept if one.record.values.get("product") == key),
            writes(actor, product),
        )
        for key, product in workspace.mission.products.items()
        if may_draft(actor) or writes(actor, product) or any(one.record.values.get("product") == key for one in kept)
    ]


def writes(actor: Actor, product: Product) -> bool:
    """Return whether the role writes a passage of a product that it is cleared for."""
    cleared = LEVELS.index(product.level) <= LEVELS.index(actor.role.clearance)
    return cleared and any(may_write(actor, part) for part in passage_parts(product))


def may_draft(actor: Actor) -> bool:
    """Return whether the role drafts reports."""
    return "report" in actor.role.may


def draft_page(
    workspace: Workspace, actor: Actor, key: str, period: Period, language: str, *, cut_off: datetime | None
) -> ReportPage:
    """Return a draft, composed from the figures as known at the cut-off.

    Raises:
        Hidden: no such product. Forbidden: the role does not draft reports.
    """
    product = product_for(workspace, key)
    document = write(workspace, actor, product.key, period, cut_off=cut_off, language=language)
    clearance = clearance_of(workspace, product, period)
    every = [_kept(workspace, record, language) for record in products(workspace, actor)]
    kept = [
        one
        for one in every
        if one.record.values.get("product") == product.key and one.period == period and not one.audience
    ]
    return ReportPage(
        product, document, _blocks(document), None, (), document.level, document.invented,
        may_keep="freeze" in actor.role.may and may_draft(actor),
        checks=tuple(checklist(document)),
        clearance=clearance,
        steps=tuple(steps(workspace, clearance)) if clearance else (),
        may_open=bool(product.clearance) and clearance is None and "record" in actor.role.may,
        versions=tuple(zip(kept, [*kept[1:], None], strict=False)),
    )  # fmt: skip


def boards(workspace: Workspace, actor: Actor) -> Mapping[str, Product]:
    """Return the products that stand in the rail for a reader, by where they stand."""
    if actor.role.audience or "figure" not in actor.role.may:
        return {}
    return {
        product.board: product
        for product in workspace.mission.products.values()
        if product.board and LEVELS.index(product.level) <= LEVELS.index(actor.role.clearance)
    }


def board_page(workspace: Workspace, actor: Actor, board: str, period: Period, language: str) -> ReportPage:
    """Return a product as a living page.

    Raises:
        Hidden: the mission has no such board, or not for this reader.
    """
    product = boards(workspace, actor).get(board)
    if product is None:
        raise _absent(board)
    document = compose_board(workspace, actor, product, period, language)
    return ReportPage(product, document, _blocks(document), None, (), document.level, document.invented, may_keep=False)


def open_one(workspace: Workspace, actor: Actor, key: str, period: Period) -> str:
    """Open the clearance of a product; return the id of its record.

    Raises:
        BadInput: REP-041, REP-042. Forbidden: the role may not.
    """
    return open_clearance(workspace, actor, product_for(workspace, key), period).id


def kept_page(workspace: Workspace, actor: Actor, identifier: str, language: str) -> ReportPage:
    """Return a product that was kept, from its frozen figures.

    Raises:
        Hidden: none that this reader may see.
    """
    kept = reprint(workspace, actor, identifier, language=language)
    measures = workspace.mission.measures
    seen: dict[str, FrozenState] = {}
    for one in kept.frozen:
        figure = one.figure
        if not figure.by and figure.period == kept.document.period and figure.key in measures:
            same = review(workspace, one).same
            seen[figure.key] = FrozenState(figure.key, measures[figure.key].label, figure.value, same, one.record.id)
    return ReportPage(
        product_for(workspace, kept.document.product), kept.document, _blocks(kept.document),
        _kept(workspace, kept.record, language), tuple(seen.values()), kept.document.level, kept.document.invented,
        may_keep=False,
        redacted=() if actor.role.audience else redacted_since(workspace, actor, kept.record),
    )  # fmt: skip


def keep(
    workspace: Workspace, actor: Actor, key: str, period: Period, language: str, *, cut_off: datetime | None
) -> str:
    """Keep a report with its figures frozen; return the id of its record."""
    return keep_product(
        workspace, actor, product_for(workspace, key).key, period, cut_off=cut_off, language=language
    ).record.id


def file_of(workspace: Workspace, page: ReportPage, suffix: str) -> tuple[bytes, str, str]:
    """Return a report as a file: bytes, name and media type.

    Raises:
        Hidden: no such format.
    """
    if suffix not in TYPES:
        raise _absent(suffix)
    return written(workspace, page.document, suffix), f"{file_stem(page.document)}{suffix}", TYPES[suffix]


def product_for(workspace: Workspace, key: str) -> Product:
    """Return a product by its key.

    Raises:
        Hidden: there is none.
    """
    product = workspace.mission.products.get(key)
    if product is None:
        raise _absent(key)
    return product


def _kept(workspace: Workspace, record: Record, language: str) -> KeptLine:
    values = record.values
    product = workspace.mission.products.get(str(values.get("product")))
    audience = workspace.mission.audiences.get(str(values.get("audience") or ""))
    return KeptLine(
        record=record,
        line=line(workspace, record, language),
        label=product.label if product else Words(record.title, record.title),
        period=parse_period(str(values["period"])),
        audience=audience.label if audience else None,
        cut_off=datetime.fromisoformat(str(values["cut_off"])) if values.get("cut_off") else None,
    )


def _blocks(document: ReportDocument) -> tuple[ShownBlock, ...]:
    kinds = {Heading: "heading", Paragraph: "paragraph", Table: "table", Chart: "chart"}
    return tuple(
        ShownBlock(kinds[type(block)], block, _image(canonical(dict(block.spec))) if isinstance(block, Chart) else "")
        for block in document.blocks
    )


@lru_cache(maxsize=64)
def _image(spec: bytes) -> str:
    """Return a chart as a data address; drawn once for one specification."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg(json.loads(spec)).encode()).decode()


def _absent(key: str) -> Hidden:
    return Hidden(Issue("REP-404", Words(f"There is no report “{key}”.", f"Il n’y a pas de rapport « {key} ».")))
