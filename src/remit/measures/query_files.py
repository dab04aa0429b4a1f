"""Queries kept in a folder, so that the next process does not write the same SQL again. Dropping them loses nothing.

A file is named by all that its query depends on: the definition, the layout of the tables, what was asked, and the code
that writes queries. Whatever cannot be read, or was written by other code, is written anew.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from remit.kernel.canonical import digest, digest_of_bytes
from remit.measures.breakdowns import Dimension
from remit.measures.plans import Query


class QueryFiles:
    """Queries by key, one file each. A folder that cannot be written keeps none, and nothing is lost by it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: tuple[Any, ...]) -> Query | None:
        """Return the query of a key, ``None`` where it was not kept or its file is not whole."""
        try:
            raw = json.loads(self._file(key).read_text("utf-8"))
            body = raw["query"]
            if raw["digest"] != digest(body):
                return None
            return Query(
                sql=body["sql"],
                columns=tuple(body["columns"]),
                dimensions=tuple(
                    Dimension(**{**one, "year_from": tuple(one["year_from"])}) for one in body["dimensions"]
                ),
                tables=tuple(body["tables"]),
                parted=body["parted"],
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, key: tuple[Any, ...], query: Query) -> None:
        """Keep a query."""
        body = asdict(query)
        body = json.loads(json.dumps(body))
        file = self._file(key)
        part = file.with_suffix(f".{secrets.token_hex(4)}.part")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps({"query": body, "digest": digest(body)}), "utf-8")
            part.replace(file)
        except OSError:
            part.unlink(missing_ok=True)

    def _file(self, key: tuple[Any, ...]) -> Path:
        return self._folder / f"{digest([_flat(key), code()])[:40]}.json"


def _flat(value: Any) -> Any:
    return [_flat(one) for one in value] if isinstance(value, tuple) else value


@cache
def code() -> str:
    """Return a digest of the code that writes queries: this room's modules, and the versions of the libraries."""
    modules = sorted(Path(__file__).parent.glob("*.py"))
    sources = [digest_of_bytes(module.read_bytes()) for module in modules]
    return digest([*sources, version("ibis-framework"), version("sqlglot"), version("duckdb")])
