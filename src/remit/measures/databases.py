"""What an engine needs of a database: connections to the tables of a snapshot, which run the queries of measures."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from threading import Lock
from typing import Any, Protocol

from remit.kernel.errors import Fault
from remit.measures.faults import fault
from remit.measures.lazy import Dialect
from remit.measures.plans import Query
from remit.measures.snapshot import Snapshot

Bounds = tuple[datetime, datetime]


class Connection(Protocol):
    """One connection to the tables of one snapshot, for one thread at a time."""

    def rows(self, query: Query, bounds: Bounds, parts: Sequence[Bounds] = ()) -> list[dict[str, Any]]:
        """Run a query for a period and return its rows, by column.

        Args:
            query: what to run.
            bounds: the period's first instant and its end.
            parts: the bounds of its parts, for a query that reads them.

        Raises:
            Fault: MEA-021, with what the database said; MEA-022, a table of the snapshot cannot be read.
        """
        ...


class Database(Protocol):
    """Shared between threads; opened when first used."""

    @property
    def dialect(self) -> Dialect:
        """What its SQL is written in."""
        ...

    def connection(self, snapshot: Snapshot) -> AbstractContextManager[Connection]:
        """Lend a connection to a snapshot's tables.

        Raises:
            Fault: MEA-023, the engine is not installed; MEA-024, its server is not reached.
        """
        ...

    def close(self) -> None:
        """Close what is open; it opens again when it is used again."""
        ...


class Lent(Connection, Protocol):
    """A connection that a pool keeps."""

    @property
    def snapshot(self) -> Snapshot:
        """Whose tables it has."""
        ...

    def close(self) -> None:
        """Close it for good."""
        ...


class Pool:
    """Connections that wait to be used again, for the snapshot that they have.

    Args:
        make: opens a connection to a snapshot's tables.
        most: how many may wait.
    """

    def __init__(self, make: Callable[[Snapshot], Lent], most: int = 8) -> None:
        self._make, self._most = make, most
        self._lock = Lock()
        self._idle: deque[Lent] = deque()

    @contextmanager
    def lend(self, snapshot: Snapshot) -> Iterator[Lent]:
        """Lend a connection; it is taken back, or closed where its use failed."""
        with self._lock:
            found = next((one for one in self._idle if one.snapshot == snapshot), None)
            if found is not None:
                self._idle.remove(found)
        lent = found or self._make(snapshot)
        try:
            yield lent
        except BaseException:
            lent.close()
            raise
        with self._lock:
            self._idle.append(lent)
            gone = [self._idle.popleft() for _ in range(len(self._idle) - self._most)]
        for one in gone:
            one.close()

    def close(self) -> None:
        """Close what waits."""
        with self._lock:
            gone = list(self._idle)
            self._idle.clear()
        for one in gone:
            one.close()


def failed(engine: str, snapshot: Snapshot, error: Exception) -> Fault:
    """Return MEA-021: the engine could not compute."""
    return fault(
        "MEA-021",
        f"{engine} could not compute on the snapshot {snapshot.name}: {error}.",
        f"{engine} n’a pas pu calculer sur l’instantané {snapshot.name} : {error}.",
        "If the files are damaged, drop the snapshot; otherwise report the measure and this message.",
        "Si les fichiers sont abîmés, supprimez l’instantané ; sinon signalez la mesure et ce message.",
    )


def unreadable(snapshot: Snapshot, error: Exception) -> Fault:
    """Return MEA-022: a table of the snapshot is missing or damaged."""
    return fault(
        "MEA-022",
        f"The snapshot {snapshot.name} in {snapshot.folder} cannot be read: {error}.",
        f"L’instantané {snapshot.name} dans {snapshot.folder} ne peut pas être lu : {error}.",
        "Drop it; it is built anew from the journal.",
        "Supprimez-le ; il est reconstruit à partir du journal.",
    )


def not_reached(engine: str, error: Exception) -> Fault:
    """Return MEA-024: the engine's server does not answer."""
    said = " ".join(str(error).split())
    return fault(
        "MEA-024",
        f"{engine} is not reached, or refuses: {said}.",
        f"{engine} n’est pas joint, ou refuse : {said}.",
        "Check its address and your rights there; or compute with duckdb, which needs no server.",
        "Vérifiez son adresse et vos droits ; ou calculez avec duckdb, qui n’a pas besoin de serveur.",
    )


def not_installed(engine: str, extra: str, also: str = "") -> Fault:
    """Return MEA-023: the part of Remit that an engine needs is not there."""
    return fault(
        "MEA-023",
        f"The engine {engine} needs what is not installed{also and f' ({also})'}.",
        f"Le moteur {engine} demande ce qui n’est pas installé{also and f' ({also})'}.",
        f"Install it: pip install 'remit[{extra}]'; Spark needs Java 17 besides. Or compute with duckdb.",
        f"Installez-le : pip install 'remit[{extra}]' ; Spark demande en outre Java 17. Ou calculez avec duckdb.",
    )
