"""Build products from their shapes."""

from __future__ import annotations

from collections.abc import Sequence

from remit.kernel.canonical import digest
from remit.kernel.conditions import parse_condition
from remit.missions.declarations.product import PartDeclared, ProductDeclared
from remit.missions.labels import Labels
from remit.missions.link.names import Read
from remit.reporting.outline import Listing, Part, Passage, Product


def built_product(key: str, read: Read[ProductDeclared], labels: Labels) -> Product:
    """Return a product."""
    declared, source = read.whole, read.source
    masthead = {name: wording.words for name, wording in declared.masthead if wording is not None}
    return Product(
        key=key,
        version=declared.version,
        label=labels.of(declared.label, key, source),
        title=declared.title.words,
        answers=tuple(declared.answers),
        must_answer=tuple(declared.must_answer),
        parts=_Parts().all(declared.parts),
        level=declared.level,
        audiences=tuple(declared.audiences),
        masthead=masthead,
        record_by=tuple(declared.record_by),
        word_limit=declared.word_limit,
        board=declared.board,
        clearance=dict(declared.clearance),
        file=source.file,
        digest=digest({"key": key, "declaration": source.data}),
    )


class _Parts:
    """Builds the parts of one product; a list gets its number in it as its key."""

    def __init__(self) -> None:
        self._lists = 0

    def all(self, declared: Sequence[PartDeclared]) -> tuple[Part, ...]:
        """Return parts in their order."""
        return tuple(self._part(part) for part in declared)

    def _part(self, declared: PartDeclared) -> Part:
        for kind in ("section", "annex"):
            if (around := getattr(declared, kind)) is not None:
                return Part(kind, title=around.title.words, parts=self.all(around.parts))
        if declared.records or declared.tasks or declared.duties:
            self._lists += 1
            return _list(declared, f"list-{self._lists}")
        return _plain(declared)


def _plain(declared: PartDeclared) -> Part:
    if table := declared.table:
        return Part(
            "table", figures=tuple(table.figures), by=table.by, across=table.across, title=table.title.words,
            answers=tuple(table.answers), total=table.total,
        )  # fmt: skip
    if chart := declared.chart:
        return Part(
            "chart", figures=tuple(chart.figures), by=chart.by, title=chart.title.words, answers=tuple(chart.answers),
            settings={"mark": chart.mark},
        )  # fmt: skip
    if drawn := declared.map:
        return Part(
            "map", figures=tuple(drawn.figures), by=drawn.by, title=drawn.title.words, answers=tuple(drawn.answers)
        )
    if passage := declared.passage:
        wanted = Passage(passage.prompt.words, tuple(passage.by), passage.required)
        return Part("passage", key=passage.key, passage=wanted, answers=tuple(passage.answers))
    if paragraph := declared.paragraph:
        return Part(
            "paragraph",
            words=paragraph.words.words,
            otherwise=paragraph.otherwise.words if paragraph.otherwise else None,
            when=paragraph.when,
            notes=tuple(note.words for note in paragraph.notes),
            answers=tuple(paragraph.answers),
        )
    raise LookupError("a part of an outline is none of the kinds known")


def _list(declared: PartDeclared, key: str) -> Part:
    if records := declared.records:
        listing = Listing(
            of=records.of,
            columns=tuple(records.columns),
            where=parse_condition(records.where or {}),
            when=records.when,
            order=records.order,
            limit=records.limit,
            widths=tuple(records.widths),
            empty=records.empty.words if records.empty else None,
        )
        return Part("records", title=records.title.words, answers=tuple(records.answers), listing=listing, key=key)
    if tasks := declared.tasks:
        listing = Listing(columns=tuple(tasks.columns), widths=tuple(tasks.widths), priorities=tuple(tasks.priorities))
        return Part("tasks", title=tasks.title.words, answers=tuple(tasks.answers), listing=listing, key=key)
    assert declared.duties is not None  # noqa: S101 - it is one of the three
    listing = Listing(columns=tuple(declared.duties.columns), widths=tuple(declared.duties.widths))
    return Part(
        "duties", title=declared.duties.title.words, answers=tuple(declared.duties.answers), listing=listing, key=key
    )
