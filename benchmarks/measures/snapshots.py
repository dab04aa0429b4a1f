"""What a snapshot costs after one record changed, beside one of all records, and how both grow.

    python benchmarks/measures/snapshots.py --sizes 10000 100000

*whole* folds nothing: the records stand in memory already. *onward* starts from the snapshot before and one changed record;
*share* is onward over whole. All records are invented.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from remit.config.composition import Composition
from remit.config.settings import Settings
from remit.measures.snapshot import Snapshot
from remit.measures.snapshots import build_snapshot
from remit.measures.updating import Since
from remit.missions.mission import Mission
from remit.records.entries import Author
from remit.records.record import Record

KIND = "incident"
AUTHOR = Author("invented-person", "field-officer", "joc")
KNOWN = datetime(2020, 4, 2, tzinfo=UTC)


def record(mission: Mission, nth: int, title: str = "Shots over the Narrows (invented)") -> Record:
    """Return an invented incident."""
    kind = mission.record_types[KIND]
    values = {
        "title": title, "occurred_on": {"on": f"2020-04-{nth % 28 + 1:02d}", "precision": "day"}, "category": "shooting",
        "place": {"name": "Ferry Point", "lat": -40.62, "lon": -119.44, "island": "north-shore"},
        "narrative": f"Number {nth}: two boats were seen to fire across the channel. " * 3,
        "harmed": [{"sex": "male", "age_group": "adult", "harm": "injured", "number": 1}] * (nth % 3),
    }  # fmt: skip
    return Record(
        id=f"{nth:012d}", type=KIND, version=1, kind=kind.kind, number=f"INC-{nth}", state="reported", level="unclassified",
        values=values, recorded_at=KNOWN, recorded_by=AUTHOR, component="joc", invented=True,
    )  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--repeats", type=int, default=3)
    asked = parser.parse_args()
    mission = Composition(Settings()).load("exercise")
    for size in asked.sizes:
        records = [record(mission, nth) for nth in range(size)]
        with tempfile.TemporaryDirectory() as place:
            wholes, onwards = [], []
            for turn in range(asked.repeats):
                before, whole = timed(mission, Path(place), f"whole-{turn}", records, None)
                changed = record(mission, size // 2, f"Changed, turn {turn} (invented)")
                since = Since(before, {changed.id}, [changed])
                _, onward = timed(mission, Path(place), f"onward-{turn}", (), since)
                wholes.append(whole)
                onwards.append(onward)
            first, then = statistics.median(wholes), statistics.median(onwards)
            print(f"{size:>9} records: whole {first:.2f} s, onward {then:.2f} s, share {then / first:.3f}", flush=True)


def timed(mission: Mission, folder: Path, name: str, records: object, since: Since | None) -> tuple[Snapshot, float]:
    """Build a snapshot, and say how many seconds it took."""
    start = time.perf_counter()
    made = build_snapshot(
        records, mission.record_types, lambda one: folder / one, name=name, block=1, entries=1,  # type: ignore[arg-type]
        area_levels=mission.area_levels, since=since,
    )  # fmt: skip
    return made, time.perf_counter() - start


if __name__ == "__main__":
    main()
