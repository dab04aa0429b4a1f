"""Django's ``default``: no database of its own, but the connection of the workspace that is attached.

Libraries write ``transaction.atomic()`` without naming a database. A second connection to the same file would wait for the
first one's lock for ever; so this one is the first one, by another name.
"""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.backends.dummy.base import DatabaseWrapper as NoDatabase

from remit.store.databases import WorkspaceRouter


class DatabaseWrapper:
    """Hands everything on to the attached workspace's connection of this thread."""

    settings_dict: dict[str, Any]
    alias: str

    def __init__(self, settings_dict: dict[str, Any], alias: str = "default") -> None:
        object.__setattr__(self, "settings_dict", settings_dict)
        object.__setattr__(self, "alias", alias)

    def close(self) -> None:
        """Leave the connection open: it is closed under its own name."""

    def close_if_unusable_or_obsolete(self) -> None:
        """Leave the connection alone: it is looked after under its own name."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._attached(), name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._attached(), name, value)

    def _attached(self) -> Any:
        """Return the connection followed; where no workspace is attached, one that refuses whatever needs a database."""
        attached = WorkspaceRouter.attached
        if attached is None or attached.journal not in connections.databases:  # none, or one that was closed meanwhile
            return NoDatabase(self.settings_dict, self.alias)
        return connections[attached.journal]
