"""A snapshot made from the one before it is the snapshot that all records give, whatever changed in between."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from remit.measures.snapshot import Snapshot
from remit.measures.snapshots import MANIFEST, build_snapshot
from remit.measures.updating import Since
from remit.records.record import Link, Record
from tests.unit.measures.factories import LEVELS, REPORT, STRENGTH, TYPES, record

Records = dict[str, Record]


def whole(folder: Path, name: str, records: Records, **more: Any) -> Snapshot:
    """Build a snapshot of all records."""
    return build_snapshot(
        list(records.values()), TYPES, lambda n: folder / n, name=name, block=1, entries=len(records), area_levels=LEVELS, **more
    )  # fmt: skip


def onward(folder: Path, name: str, records: Records, before: Snapshot, changed: set[str]) -> Snapshot:
    """Build a snapshot from the one before; all records are not to be read."""

    def unread() -> Any:
        raise AssertionError("all records were read")
        yield

    since = Since(before, changed, [records[one] for one in sorted(changed)])
    return build_snapshot(
        unread(), TYPES, lambda n: folder / n, name=name, block=1, entries=len(records), area_levels=LEVELS, since=since
    )  # fmt: skip


def invented(chance: random.Random, identifier: str) -> Record:
    """Return an invented record, of any type, with gaps, places, groups and moves."""
    kind = chance.choice([None, REPORT, STRENGTH])
    if kind is REPORT:
        return record(identifier, REPORT, grade=chance.choice("ab"), title=chance.choice(["", "Été", "a \U0001f6a9 b"]))
    if kind is STRENGTH:
        return record(
            identifier, STRENGTH, occurred_on="2017-07-01", unit=chance.choice("ab"), deployed=chance.randrange(9)
        )
    return record(
        identifier,
        occurred_on=f"2017-0{chance.randrange(1, 9)}-02",
        withdrawn=chance.random() < 0.2,
        weapons=chance.sample(["rifle", "mortar"], chance.randrange(3)),
        victims=[{"sex": chance.choice("fm")} for _ in range(chance.randrange(3))],
        moves=[("confirm", f"2017-09-0{n + 1}T10:00") for n in range(chance.randrange(3))],
    )


def linked(records: Records, source: str, target: str) -> None:
    """Link two records, both ends of it, as folding does."""
    known = records[source].recorded_at
    for here, there, outward in ((source, target, True), (target, source, False)):
        link = Link("evidence-for", there, records[there].type, outward, f"l-{source}-{target}", known)
        records[here] = replace(records[here], links=(*records[here].links, link))


@pytest.mark.parametrize("seed", range(6))
def test_any_changes_give_what_all_records_give(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    records: Records = {f"r{n:02}": invented(chance, f"r{n:02}") for n in range(chance.choice([0, 1, 25]))}
    made = whole(tmp_path, "block-0", records)
    for step in range(6):
        changed: set[str] = set()
        for _ in range(chance.randrange(5)):
            identifier = f"r{chance.randrange(40):02}"
            before = records.get(identifier)
            after = invented(chance, identifier)
            while before and after.type != before.type:  # a record keeps its type, and its links
                after = invented(chance, identifier)
            records[identifier] = replace(after, links=before.links if before else ())
            changed.add(identifier)
        if len(records) > 1 and chance.random() < 0.7:
            ends = chance.sample(sorted(records), 2)
            linked(records, *ends)
            changed.update(ends)
        made = onward(tmp_path, f"step-{step}", records, made, changed)
        anew = whole(tmp_path / "anew", f"step-{step}", records)
        assert (made.digest, made.digests) == (anew.digest, anew.digests)


def test_what_did_not_change_shares_its_file(tmp_path: Path) -> None:
    records = {"i1": record("i1", occurred_on="2017-07-14"), "r1": record("r1", REPORT, grade="a")}
    first = whole(tmp_path, "first", records)
    records["r1"] = record("r1", REPORT, grade="b")
    second = onward(tmp_path, "second", records, first, {"r1"})
    same = {t for t in first.tables if (first.folder / f"{t}.parquet").samefile(second.folder / f"{t}.parquet")}
    assert set(first.tables) - same == {"field_report"}


@pytest.mark.parametrize("how", ["gone", "a file damaged", "other declarations"])
def test_where_the_one_before_cannot_be_gone_on_from_all_records_are_read(tmp_path: Path, how: str) -> None:
    records = {"i1": record("i1", occurred_on="2017-07-14"), "r1": record("r1", REPORT, grade="a")}
    first = whole(tmp_path, "first", records)
    match how:
        case "gone":
            (first.folder / MANIFEST).unlink()
        case "a file damaged":
            file = first.folder / "incident.parquet"
            file.write_bytes(file.read_bytes()[:-1] + b"x")
        case _:
            manifest = first.folder / MANIFEST
            manifest.write_text(manifest.read_text("utf-8").replace('"declarations": "', '"declarations": "0'), "utf-8")
    records["r1"] = record("r1", REPORT, grade="b")
    second = whole(tmp_path, "second", records, since=Since(first, {"r1"}, [records["r1"]]))
    assert second.digest == whole(tmp_path / "anew", "second", records).digest
