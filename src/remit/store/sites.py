"""The other sites that a workspace knows, in one file of its folder."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from remit.kernel.errors import Fault
from remit.records.sites import Site, SiteCard
from remit.store.files import file_failures, write_whole

SITES = "sites.json"


class FolderSites:
    """Sites in a file; it holds no secret."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def all(self) -> dict[str, Site]:
        """Return them by name.

        Raises:
            Fault: WSP-012 it cannot be read; WSP-014 it holds something else.
        """
        with file_failures(self._path):
            if not self._path.is_file():
                return {}
            text = self._path.read_text("utf-8", errors="replace")
        try:
            return {name: _site(raw) for name, raw in json.loads(text).items()}
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Fault.of(
                "WSP-014",
                f"{self._path} cannot be read: it does not hold the sites that this workspace knows.",
                f"{self._path} est illisible : il ne contient pas les sites que connaît cet espace de travail.",
                do_en="Restore it from a backup, or remove it and make the sites known again with `remit exchange know`.",
                do_fr="Restaurez-le, ou retirez-le et faites connaître les sites à nouveau avec `remit exchange know`.",
            ) from None

    def keep(self, site: Site) -> None:
        """Add one or write it anew.

        Raises:
            Fault: WSP-011, WSP-012, WSP-014.
        """
        sites = {**self.all(), site.card.site: site}
        plain = {name: {**asdict(one), "last_taken": _told(one.last_taken)} for name, one in sorted(sites.items())}
        write_whole(self._path, json.dumps(plain, ensure_ascii=False, indent=2).encode() + b"\n")


def _told(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _site(raw: dict[str, Any]) -> Site:
    last = raw["last_taken"]
    return Site(
        SiteCard(**raw["card"]),
        raw["level"],
        tuple(raw["compartments"]),
        int(raw["sent"]),
        int(raw["taken"]),
        datetime.fromisoformat(last) if last else None,
    )
