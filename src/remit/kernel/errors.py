"""Faults and refusals that stop what was asked.

RemitError
├── BadInput      the file, value or arguments given cannot be used (carries the issues)
├── Refused       the rules of a process forbid a move, or a second person is needed
├── Hidden        the record does not exist for this reader (absent and forbidden look alike)
├── Forbidden     the role may not do this at all
├── Conflict      somebody else changed the record since it was read
├── Tampered      the journal does not verify
└── Fault         the store or the machine failed (disk, lock, missing part)

Each carries a stable code, a message and what to do about it, in English and French.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from remit.kernel.issues import Issue, Where
from remit.kernel.wording import Words


class RemitError(Exception):
    """The root: ``issues`` holds one or more problems, the first of which is the gravest."""

    def __init__(self, issues: Issue | Iterable[Issue]) -> None:
        self.issues: tuple[Issue, ...] = (issues,) if isinstance(issues, Issue) else tuple(issues)
        super().__init__(self.text())

    @classmethod
    def of(cls, code: str, en: str, fr: str, *, do_en: str = "", do_fr: str = "", where: Where | None = None) -> Self:
        """Build an error of one issue from its words."""
        remedy = Words(do_en, do_fr) if do_en else None
        return cls(Issue(code, Words(en, fr), remedy, where or Where()))

    @property
    def code(self) -> str:
        """The code of the gravest issue."""
        return self.issues[0].code

    def text(self, language: str = "en") -> str:
        """Return all issues, one a line."""
        return "\n".join(issue.text(language) for issue in self.issues)


class BadInput(RemitError):
    """The file, value or arguments given cannot be used. Exit status 2, HTTP 400."""


class Refused(RemitError):
    """The rules of a process forbid what was asked. HTTP 409."""


class Hidden(RemitError):
    """Nothing of that identity exists for this reader. HTTP 404."""


class Forbidden(RemitError):
    """The role may not do this at all. HTTP 403."""


class Conflict(RemitError):
    """Somebody else changed the record since it was read. HTTP 409."""


class Tampered(RemitError):
    """The journal does not verify. Exit status 1."""


class Fault(RemitError):
    """The store or the machine failed; nothing was half-written. Exit status 3, HTTP 503."""
