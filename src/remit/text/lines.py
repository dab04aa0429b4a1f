"""Step 2: characters to lines that keep their place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from remit.text.strand import Strand

_LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")
_SPACES = re.compile(r"\s{2,}|[^\S ]|(?<=\w)\u00ad(?=\w)|\u200b|\ufeff")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source that is not blank.

    ``blank_before``: a blank line, or the start of a page, stands before it.
    ``cut_before``: page furniture stands before it, so that a paragraph may run on across.
    """

    strand: Strand
    blank_before: bool
    cut_before: bool = False

    @property
    def text(self) -> str:
        """The line's characters, white space evened out."""
        return self.strand.text


def split_lines(source: str) -> tuple[Line, ...]:
    """Return the lines that are not blank, in order, each with white space evened out."""
    lines: list[Line] = []
    last_end = 0
    for match in _LINE.finditer(source):
        text = match.group()
        if not text.strip():
            continue
        left = len(text) - len(text.lstrip())
        strand = even_spaces(Strand.of(text.strip(), match.start() + left))
        between = source[last_end : match.start()].replace("\r\n", "\n")
        if not strand.text.strip():
            continue
        lines.append(Line(strand, between.count("\n") > 1 or "\f" in between))
        last_end = match.end()
    return tuple(lines)


def even_spaces(strand: Strand) -> Strand:
    """Return the strand with each run of white space as one space, and no invisible characters inside words."""
    if not _SPACES.search(strand.text):
        return strand
    for match in reversed(list(_SPACES.finditer(strand.text))):
        by = " " if match.group().strip("\u00ad\u200b\ufeff") or match.group().isspace() else ""
        strand = strand.replace(match.start(), match.end(), by)
    return strand
