"""Make a workspace of many invented records: the reference mission's demonstration, over and over, at other times and places.

A family (records that are linked or name each other) is copied as a whole: new identifiers and numbers, its days moved,
its places shifted a little. Families with an event come twenty times as often as others, as in a mission's log. Every
record is marked invented, as those of the demonstration are. They enter through the journal's own append, many at once.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from remit.config.composition import Composition
from remit.kernel.identity import uuid7
from remit.records.entries import Author, Entry
from remit.services.demonstrating import record_demonstration
from remit.services.initiating import accounts
from remit.services.verifying import seal
from remit.services.workspace import Workspace

MISSION = "minusma"
STANDS_AT = datetime(2018, 6, 1, 9, tzinfo=UTC)
DAYS = 240
"""The demonstration's quarter is moved by up to so many days: the records fill the mandate year up to where it stands."""
AT_ONCE = 2_000
_MARK = re.compile(
    r'"([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})"|"(2017-\d\d-\d\d)(T[^"]*)?"', re.ASCII
)


@dataclass(frozen=True)
class Family:
    """Entries of records that belong together, as JSON, in their order; how often it comes; how many records it has."""

    text: str
    weight: int
    size: int


def make(folder: Path, records: int, *, database: str = "") -> Workspace:
    """Make a workspace of about so many records; one that stands there is opened."""
    opener = Composition()
    stood = (folder / "journal.sqlite3").exists() or (folder / "server.json").exists()
    workspace = opener.create(folder, MISSION, stands_at=STANDS_AT, database=database)
    if stood:
        return workspace
    accounts(workspace)
    record_demonstration(workspace, lambda _: None)
    entries = list(workspace.journal.entries())
    chance = random.Random(7)
    made = sum(entry.kind == "recorded" for entry in entries)
    waiting: list[Entry] = []
    for some in copies(families(entries), chance, records - made, numbers_after(entries)):
        waiting.extend(some)
        if len(waiting) >= AT_ONCE:
            workspace.journal.append(waiting)
            waiting = []
    workspace.journal.append(waiting)
    seal(workspace)
    return workspace


def families(entries: Sequence[Entry]) -> list[Family]:
    """Return the demonstration's records in families."""
    types = {entry.record: entry.type for entry in entries if entry.kind == "recorded"}
    above: dict[str, str] = {record: record for record in types}

    def top(record: str) -> str:
        while above[record] != record:
            record = above[record]
        return record

    plain = [_plain(entry) for entry in entries]
    for entry, text in zip(entries, map(json.dumps, plain), strict=True):
        for found in _MARK.finditer(text):
            if found[1] in types:
                above[top(found[1])] = top(entry.record)
    whole: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in plain:
        whole[top(one["record"])].append(one)
    made = []
    for some in whole.values():
        kinds = [one["type"] for one in some if one["kind"] == "recorded"]
        made.append(Family(json.dumps(some), 20 if "security-event" in kinds else 1, len(kinds)))
    return made


def copies(
    known: Sequence[Family], chance: random.Random, records: int, numbers: Counter[str]
) -> Iterator[Sequence[Entry]]:
    """Yield copies of families until there are so many records."""
    chosen = iter(lambda: chance.choices(known, [one.weight for one in known])[0], None)
    made = 0
    for family in chosen:
        if made >= records:
            return
        made += family.size
        yield _copied(family, chance, numbers)


def numbers_after(entries: Sequence[Entry]) -> Counter[str]:
    """Return the last number of each series that was given already."""
    last: Counter[str] = Counter()
    for entry in entries:
        if number := str(entry.facts.get("number", "")):
            series, _, nth = number.rpartition("-")
            last[series] = max(last[series], int(nth))
    return last


def _copied(family: Family, chance: random.Random, numbers: Counter[str]) -> Sequence[Entry]:
    days = timedelta(chance.randrange(DAYS))
    names: dict[str, str] = {}

    def moved(found: re.Match[str]) -> str:
        if found[1]:
            if found[1] not in names:
                at = datetime.fromtimestamp(int(found[1].replace("-", "")[:12], 16) / 1000, UTC)
                names[found[1]] = uuid7(at + days, chance.randbytes)
            return f'"{names[found[1]]}"'
        return f'"{date.fromisoformat(found[2]) + days}{found[3] or ""}"'

    made = []
    for one in json.loads(_MARK.sub(moved, family.text)):
        facts = one.pop("facts")
        if "number" in facts:
            series = facts["number"].rpartition("-")[0]
            numbers[series] += 1
            facts["number"] = f"{series}-{numbers[series]:04d}"
        values = {name: _shifted(value, chance) for name, value in one.pop("values").items()}
        at, by = datetime.fromisoformat(one.pop("at")), Author(**one.pop("by"))
        made.append(Entry(**one, at=at, by=by, facts=facts, values=values))
    return made


def _shifted(value: Any, chance: random.Random) -> Any:
    """Move a place by up to some ten kilometres, so that points do not lie on one another."""
    if isinstance(value, Mapping) and "lat" in value and "lon" in value:
        return {
            **value,
            "lat": round(value["lat"] + chance.uniform(-0.1, 0.1), 5),
            "lon": round(value["lon"] + chance.uniform(-0.1, 0.1), 5),
        }
    return value


def _plain(entry: Entry) -> dict[str, Any]:
    by = {"person": entry.by.person, "role": entry.by.role, "component": entry.by.component}
    return {
        "id": entry.id, "kind": entry.kind, "record": entry.record, "type": entry.type, "version": entry.version,
        "at": entry.at.isoformat(), "by": by, "facts": dict(entry.facts), "values": dict(entry.values),
    }  # fmt: skip
