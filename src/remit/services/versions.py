"""Two versions of a product beside each other: paragraphs word by word, and the figures that differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from remit.kernel.wording import Words
from remit.mandate.edits import Edit, word_edits
from remit.measures.figures import Figure
from remit.records.actors import Actor
from remit.reporting.document import Heading, Paragraph, ReportDocument
from remit.reporting.numbers import quantity
from remit.services.reporting import Kept, reprint
from remit.services.workspace import Workspace

NEAR = 55
"""Percent of likeness from which two paragraphs are one that was reworded."""

ChangeKind = Literal["same", "reworded", "added", "dropped"]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one paragraph; ``old`` and ``new`` are its numbers (0: it is not there)."""

    kind: ChangeKind
    old: int
    new: int
    edits: tuple[Edit, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Differing:
    """A figure that two versions print differently, in words."""

    key: str
    label: Words
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Versions:
    """Two kept versions compared, the older first."""

    old: Kept
    new: Kept
    changes: tuple[Change, ...]
    figures: tuple[Differing, ...]

    @property
    def same(self) -> int:
        """How many paragraphs are the same."""
        return sum(change.kind == "same" for change in self.changes)


def compare_versions(workspace: Workspace, actor: Actor, one: str, other: str, language: str) -> Versions:
    """Compare two kept products by their ids.

    Raises:
        Hidden: one of them is not there for this reader.
    """
    found = [reprint(workspace, actor, identifier, language=language) for identifier in (one, other)]
    old, new = sorted(found, key=lambda kept: (kept.record.recorded_at, kept.record.number))
    changes = tuple(changes_of(old.document, new.document))
    return Versions(old, new, changes, tuple(_figures(workspace, old.document, new.document, language)))


def changes_of(old: ReportDocument, new: ReportDocument) -> Sequence[Change]:
    """Return what became of every paragraph, in the order of the newer version; what was dropped stands where it stood."""
    before, after = list(_under_headings(old)), list(_under_headings(new))
    partner = _partners([p for _, p in before], [p for _, p in after])
    found: list[Change] = []
    dropped = [index for index in range(len(before)) if index not in partner.values()]
    for index, (heading, paragraph) in enumerate(after):
        while dropped and partner.get(index, -1) > dropped[0]:
            found.append(_dropped(*before[dropped.pop(0)]))
        if index not in partner:
            found.append(Change("added", 0, paragraph.number, (Edit("added", paragraph.text),), heading))
            continue
        earlier = before[partner[index]][1]
        edits = word_edits(earlier.text, paragraph.text)
        kind: ChangeKind = "same" if all(edit.kind == "same" for edit in edits) else "reworded"
        found.append(Change(kind, earlier.number, paragraph.number, edits, heading))
    found.extend(_dropped(*before[index]) for index in dropped)
    return found


def _dropped(heading: str, paragraph: Paragraph) -> Change:
    return Change("dropped", paragraph.number, 0, (Edit("dropped", paragraph.text),), heading)


def _under_headings(document: ReportDocument) -> Sequence[tuple[str, Paragraph]]:
    heading, found = "", []
    for block in document.blocks:
        if isinstance(block, Heading):
            heading = block.text
        elif isinstance(block, Paragraph):
            found.append((heading, block))
    return found


def _partners(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> dict[int, int]:
    """Return which older paragraph each newer one comes from: the most alike first, none twice, in reading order."""
    scored = sorted(
        (
            (fuzz.ratio(a.text, b.text) + (20 if a.passage and a.passage == b.passage else 0), -abs(i - j), j, i)
            for i, a in enumerate(old)
            for j, b in enumerate(new)
        ),
        reverse=True,
    )
    partner: dict[int, int] = {}
    for score, _, j, i in scored:
        crosses = any((j - k) * (i - m) < 0 for k, m in partner.items())
        if score >= NEAR and j not in partner and i not in partner.values() and not crosses:
            partner[j] = i
    return partner


def _figures(workspace: Workspace, old: ReportDocument, new: ReportDocument, language: str) -> Sequence[Differing]:
    found = []
    for key in dict.fromkeys([*old.figures, *new.figures]):
        measure = workspace.mission.measures[key]

        def words(figure: Figure | None, kind: str = measure.kind) -> str:
            return "–" if figure is None else quantity(figure.value, language, kind)

        before, after = words(old.figures.get(key)), words(new.figures.get(key))
        if before != after:
            found.append(Differing(key, measure.label, before, after))
    return found
