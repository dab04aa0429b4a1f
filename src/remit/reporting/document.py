"""A report as blocks, before it becomes HTML or Word: every figure in it keeps its key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from remit.kernel.periods import Period
from remit.measures.figures import Figure
from remit.records.types import ClassificationLevel


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a sentence. ``figure`` is the key of the figure that it prints, "" for plain words.

    ``part`` says which number of the figure: ``figure``, ``previous``, ``change`` or ``limit``. ``note`` is the text of
    a footnote that hangs after the run.
    """

    text: str
    figure: str = ""
    part: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. ``number`` is I, II … or A, B … by depth; an annex begins a page and is numbered "Annex I"."""

    depth: int
    number: str
    text: str
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A consecutively numbered paragraph. ``answers`` are the paths of the mandate that it answers.

    ``passage`` is the key of the text, written by a person, that it belongs to; ``unwritten``: nobody wrote it yet, and
    what stands there says what is wanted.
    """

    number: int
    runs: tuple[Run, ...]
    answers: tuple[str, ...] = ()
    passage: str = ""
    unwritten: bool = False

    @property
    def text(self) -> str:
        """The paragraph's words."""
        return "".join(run.text for run in self.runs)

    @property
    def figures(self) -> tuple[str, ...]:
        """The keys of the figures printed in it, in order, each once."""
        return tuple(dict.fromkeys(run.figure for run in self.runs if run.figure))


@dataclass(frozen=True, slots=True)
class Table:
    """A table. A cell is (text, figure key or ""); the first column holds row labels.

    ``words``: the columns hold words and stand left; else numbers, right. ``widths`` are shares of the width, equal
    where there are none. ``empty`` stands in the place of rows where there is none. ``total``: the last row holds sums.
    """

    number: int
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[tuple[str, str], ...], ...]
    note: str = ""
    words: bool = False
    widths: tuple[float, ...] = ()
    empty: str = ""
    total: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as a Vega-Lite specification with its words: title, what it shows (``alt``), source and as-of line."""

    number: int
    title: str
    spec: Mapping[str, Any]
    alt: str
    note: str
    figure: str


Block = Heading | Paragraph | Table | Chart


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """A product composed for one period, language and audience.

    Attributes:
        figures: by key, as printed. ``previous``: the same measures in the period before.
        unanswered: paths of the mandate that the product must answer and no paragraph does.
        unwritten: keys of the passages that somebody must write and nobody has.
        word_limit: how many words it may have; 0, no limit is declared.
        level: at least the strictest of its inputs.
        internal: figure keys stand in the margin; the public copy has none.
        head: the head of the journal's chain, printed at the end.
        invented: some figure rests on invented records, or the mission itself is invented.
        withheld: some number is kept from the audience, and ``[…]`` stands in its place.
    """

    product: str
    version: int
    language: str
    audience: str
    title: str
    mission: str
    masthead: Mapping[str, str]
    period: Period
    as_of: datetime | None
    written_at: datetime
    level: ClassificationLevel
    blocks: tuple[Block, ...]
    figures: Mapping[str, Figure]
    previous: Mapping[str, Figure]
    unanswered: tuple[str, ...] = ()
    internal: bool = True
    head: str = ""
    invented: bool = False
    withheld: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)
    unwritten: tuple[str, ...] = ()
    word_limit: int = 0

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Return the numbered paragraphs in order."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    def paragraphs_with(self, key: str) -> tuple[int, ...]:
        """Return the numbers of the paragraphs that print a figure."""
        return tuple(p.number for p in self.paragraphs() if key in p.figures)

    def word_count(self) -> int:
        """Return how many words its headings, numbered paragraphs and footnotes have; tables and charts are not counted.

        The limit of 8,500 words for reports of the Secretariat is counted so (A/RES/52/214, section B; ST/AI on the control
        and limitation of documentation).
        """
        texts = [block.text for block in self.blocks if isinstance(block, Heading)]
        for paragraph in self.paragraphs():
            if not paragraph.unwritten:
                texts += [paragraph.text, *(run.note for run in paragraph.runs if run.note)]
        return sum(len(text.split()) for text in texts)
