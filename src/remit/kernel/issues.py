"""Problems that are collected, not raised: for authors, importers and clerks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from remit.kernel.wording import Words

Level = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a problem: a file, a line (from 1), and the path inside it (``process.moves.confirm``)."""

    file: str = ""
    line: int | None = None
    path: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line is not None and self.file else self.file
        if self.line is not None and not self.file:
            place = f"line {self.line}"
        return f"{place} {self.path}".strip()


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem: what was found, where, what was expected (``message``) and what to do (``remedy``).

    ``code`` is stable (``MIS-004``); programs and tests may rely on it.
    """

    code: str
    message: Words
    remedy: Words | None = None
    where: Where = field(default_factory=Where)
    level: Level = "error"

    def text(self, language: str = "en") -> str:
        """Return the issue as one readable line."""
        place = str(self.where)
        parts = [f"{place}: " if place else "", self.message.in_(language)]
        if self.remedy is not None:
            parts.append(" " + self.remedy.in_(language))
        return f"{''.join(parts)} [{self.code}]"

    def to_json(self, language: str = "en") -> Mapping[str, Any]:
        """Return the issue as a JSON object."""
        return {
            "code": self.code,
            "level": self.level,
            "file": self.where.file,
            "line": self.where.line,
            "path": self.where.path,
            "message": self.message.in_(language),
            "remedy": self.remedy.in_(language) if self.remedy else "",
        }


def errors(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Return the issues that forbid to go on."""
    return tuple(issue for issue in issues if issue.level == "error")
