"""Snapshots: the same records give the same contents; a damaged one is built anew; nothing is half-written."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from remit.kernel.errors import BadInput, Fault
from remit.measures.snapshot import Snapshot, table_name
from remit.measures.snapshots import MANIFEST, build_snapshot, open_snapshot
from remit.records.record import Record
from tests.unit.measures.factories import LEVELS, REPORT, TYPES, field, record, record_type, snapshot_of


def some() -> list[Record]:
    """Return records of two types with groups, places, links and moves."""
    first = record(
        "i1",
        occurred_at="2017-07-14T23:10:00-01:00",
        deaths={"number": 6, "qualifier": "at-least"},
        cost={"amount": "12.50", "currency": "USD"},
        weapons=["rifle", "mortar", "rifle"],
        place={"name": "Ansongo", "lat": 15.66, "lon": 0.5, "region": "gao", "cercle": "ansongo"},
        victims=[{"sex": "f", "number": 2}, {"sex": "m"}],
        commander={"rank": "captain"},
        moves=[("confirm", "2017-07-20T10:00")],
    )
    source = record("r1", REPORT, grade="b", links=[("evidence-for", "i1", "incident")])
    return [first, record("i2", occurred_on="2017-08-01", withdrawn=True), source]


def test_the_tables_hold_what_is_documented(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, some())
    tables = {name: pq.read_table(snapshot.folder / f"{name}.parquet").to_pylist() for name in snapshot.tables}
    assert set(tables) == {
        "incident", "incident__victims", "incident__seen", "field_report", "personnel_strength", "moves", "links", "records",
    }  # fmt: skip
    first = tables["incident"][0]
    assert (first["deaths"], first["deaths_qualifier"]) == (6, "at-least")
    assert (first["place_region"], first["place_cercle"], first["place_name"]) == ("gao", "ansongo", "Ansongo")
    assert (str(first["cost"]), first["cost_currency"]) == ("12.500000000", "USD")
    assert first["weapons"] == ["rifle", "mortar"]
    assert first["commander_rank"] == "captain"
    assert first["occurred"].isoformat() == "2017-07-15T00:10:00", "instants stand in UTC, without a zone"
    assert first["occurred_on"] is None, "the field's own column holds what the field holds"
    assert tables["incident"][1]["withdrawn"] is True
    assert [row["item"] for row in tables["incident__victims"]] == [0, 1]
    assert tables["moves"] == [{
        "record_id": "i1", "type": "incident", "move": "confirm", "from_state": "alleged", "to_state": "confirm",
        "at": tables["moves"][0]["at"], "person": "invented-person", "role": "officer", "nth": 0,
    }]  # fmt: skip
    assert [(row["from_id"], row["to_id"]) for row in tables["links"]] == [("r1", "i1")]
    assert len(tables["records"]) == 3
    assert tables["personnel_strength"] == [] and tables["incident__seen"] == []


def test_the_same_records_in_any_order_give_the_same_digest(tmp_path: Path) -> None:
    many = [record(f"i{n:03}", occurred_on="2017-07-14", title=f"incident {n}") for n in range(50)] + some()
    shuffled = random.Random(1).sample(many, len(many))
    assert snapshot_of(tmp_path, many, name="a").digest == snapshot_of(tmp_path, shuffled, name="b").digest


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "other"},
        {"weapons": ["rifle"]},
        {"deaths": 0},
        {"victims": [{"sex": "f"}]},
        {"occurred_on": "2017-07-15"},
    ],
)
def test_any_other_value_gives_another_digest(tmp_path: Path, changed: dict[str, object]) -> None:
    one, other = record("i1", occurred_on="2017-07-14"), record("i1", **({"occurred_on": "2017-07-14"} | changed))
    assert snapshot_of(tmp_path, [one], name="a").digest != snapshot_of(tmp_path, [other], name="b").digest


def test_values_do_not_run_into_each_other(tmp_path: Path) -> None:
    one = [record("i1", title="ab"), record("i2", title="c")]
    other = [record("i1", title="a"), record("i2", title="bc")]
    assert snapshot_of(tmp_path, one, name="a").digest != snapshot_of(tmp_path, other, name="b").digest


def test_a_whole_snapshot_is_taken_as_it_stands_and_its_records_are_not_read(tmp_path: Path) -> None:
    first = snapshot_of(tmp_path, some())

    def unread() -> Iterator[Record]:
        raise AssertionError("read")
        yield

    again = build_snapshot(
        unread(), TYPES, lambda n: tmp_path / n, name="block-1", block=1, entries=3, area_levels=LEVELS
    )
    assert again == first


@pytest.mark.parametrize("damage", ["cut", "changed", "missing", "manifest"])
def test_a_damaged_snapshot_is_built_anew_with_the_same_digest(tmp_path: Path, damage: str) -> None:
    first = snapshot_of(tmp_path, some())
    file = first.folder / "incident.parquet"
    data = file.read_bytes()
    match damage:
        case "cut":
            file.write_bytes(data[: len(data) // 2])
        case "changed":
            file.write_bytes(data[:50] + bytes([data[50] ^ 1]) + data[51:])
        case "missing":
            file.unlink()
        case _:
            (first.folder / MANIFEST).write_text("{", encoding="utf-8")
    assert open_snapshot(first.folder) is None
    assert snapshot_of(tmp_path, some()).digest == first.digest
    assert open_snapshot(first.folder) == first


def test_a_snapshot_of_other_declarations_is_built_anew(tmp_path: Path) -> None:
    snapshot_of(tmp_path, some())
    more = {**TYPES, "warning": record_type("warning", field("text", "text"))}
    again = build_snapshot(some(), more, lambda n: tmp_path / n, name="block-1", block=1, entries=3, area_levels=LEVELS)
    assert table_name("warning") in again.tables


def test_a_value_that_its_column_cannot_hold_stops_it_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Fault, match=r"i1.*deaths") as refused:
        snapshot_of(tmp_path, [record("i1", deaths="many")])
    assert refused.value.code == "MEA-002"
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_that_stands_there_is_filled(tmp_path: Path) -> None:
    (tmp_path / "block-1").mkdir()
    snapshot = snapshot_of(tmp_path, some())
    assert open_snapshot(tmp_path / "block-1") == snapshot
    assert [path.name for path in tmp_path.iterdir()] == ["block-1"]
    assert json.loads((snapshot.folder / MANIFEST).read_text(encoding="utf-8"))["digest"] == snapshot.digest


def test_a_field_may_not_take_a_name_of_the_envelope(tmp_path: Path) -> None:
    clashing = {"x": record_type("x", field("state", "text"))}
    with pytest.raises(BadInput, match="state") as refused:
        build_snapshot([], clashing, lambda n: tmp_path / n, name="a", block=1, entries=0)
    assert refused.value.code == "MEA-001"


def test_a_table_that_did_not_change_shares_its_file_with_the_snapshot_before(tmp_path: Path) -> None:
    first = snapshot_of(tmp_path, some())

    def following(name: str, records: list[Record]) -> Snapshot:
        return build_snapshot(
            records, TYPES, lambda n: tmp_path / n, name=name, block=2, entries=4, area_levels=LEVELS, previous=first
        )

    more = following("block-2", [*some(), record("i9", occurred_on="2017-07-20")])
    alone = snapshot_of(tmp_path / "alone", [*some(), record("i9", occurred_on="2017-07-20")])
    assert (more.digest, more.digests) == (alone.digest, alone.digests)
    shared = {t for t in more.tables if (more.folder / f"{t}.parquet").samefile(first.folder / f"{t}.parquet")}
    assert shared == set(more.tables) - {"incident", "records"}
    assert open_snapshot(more.folder) == more
    (first.folder / "moves.parquet").unlink()
    (first.folder / "links.parquet").write_bytes(b"cut")
    again = following("block-3", some())
    assert again.digest == first.digest and open_snapshot(again.folder) == again
