"""A workspace whose databases stand on a PostgreSQL server: where they are, made, and what the application may do there.

The folder holds where they are and as whom the application signs in, never a password: libpq takes that from PGPASSFILE
(``~/.pgpass``), PGPASSWORD or a service file, as for every other client.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.db import connections

from remit.kernel.errors import BadInput, Fault
from remit.store.failures import failures, fault_of
from remit.store.files import SERVER_FILE, write_whole
from remit.store.guards import GUARDED

KEYS_SUFFIX = "_keys"
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,50}")


@dataclass(frozen=True, slots=True)
class Server:
    """Where a workspace's databases stand: ``name`` holds the journal, ``name_keys`` the keys. ``user`` is the application's."""

    host: str
    port: str
    name: str
    user: str

    def address(self) -> str:
        """Return how libpq is told of the journal's database."""
        named = {"host": self.host, "port": self.port, "dbname": self.name, "user": self.user}
        return " ".join(f"{name}={_quoted(value)}" for name, value in named.items() if value)

    def settings(self, *, keys: bool = False, name: str = "", password: str = "") -> dict[str, Any]:
        """Return Django's settings for one of the databases. ``synchronous_commit``: a commit is on the disk when it is told."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": name or (self.name + KEYS_SUFFIX if keys else self.name),
            "USER": self.user,
            "PASSWORD": password,
            "HOST": self.host,
            "PORT": self.port,
            "CONN_MAX_AGE": None,
            "OPTIONS": {"connect_timeout": 15, "options": "-c synchronous_commit=on"},
        }


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


@dataclass(frozen=True, slots=True)
class Owner:
    """Who owns the databases, with the password that was given for this command alone."""

    server: Server
    password: str = ""


def read_address(address: str) -> Owner:
    """Read ``postgresql://user@host:port/name``; a socket folder stands as ``?host=``.

    Raises:
        BadInput: PGS-001, it is no such address; PGS-002, a name that is not plain.
    """
    try:
        found = urlsplit(address)
        port = str(found.port or "")
    except ValueError:
        found, port = urlsplit(""), ""
    name = unquote(found.path.lstrip("/"))
    if found.scheme not in ("postgresql", "postgres") or not name:
        raise BadInput.of(
            "PGS-001",
            f"“{_without_password(address)}” is no address of a PostgreSQL database.",
            f"« {_without_password(address)} » n’est pas l’adresse d’une base PostgreSQL.",
            do_en="Write postgresql://OWNER@HOST:5432/NAME; the password comes from ~/.pgpass or PGPASSWORD.",
            do_fr="Écrivez postgresql://PROPRIÉTAIRE@HÔTE:5432/NOM ; le mot de passe vient de ~/.pgpass ou PGPASSWORD.",
        )
    _require_plain(name)
    query = dict(parse_qsl(found.query))
    host = query.get("host") or unquote(found.hostname or "")
    server = Server(host, query.get("port") or port, name, unquote(found.username or ""))
    return Owner(server, unquote(found.password or ""))


def _require_plain(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise BadInput.of(
            "PGS-002",
            f"“{name}” is no plain name for a database or a role.",
            f"« {name} » n’est pas un nom simple de base ou de rôle.",
            do_en="Use small letters, digits and _, beginning with a letter.",
            do_fr="Employez des minuscules, des chiffres et _, en commençant par une lettre.",
        )


def _without_password(address: str) -> str:
    return re.sub(r"(?<=:)[^:@/]+(?=@)", "…", address)


def read_server(folder: Path) -> Server | None:
    """Return where the databases of a workspace stand; ``None`` where they are files in its folder.

    Raises:
        BadInput: PGS-003, the file cannot be read.
    """
    file = folder / SERVER_FILE
    if not file.is_file():
        return None
    try:
        raw = json.loads(file.read_text("utf-8"))
        return Server(*(str(raw[key]) for key in ("host", "port", "name", "user")))
    except (ValueError, KeyError, TypeError):
        raise BadInput.of(
            "PGS-003",
            f"{file} cannot be read.",
            f"{file} ne peut pas être lu.",
            do_en='It must hold {"host": …, "port": …, "name": …, "user": …}.',
            do_fr='Il doit contenir {"host": …, "port": …, "name": …, "user": …}.',
        ) from None


def write_server(folder: Path, server: Server) -> None:
    """Say in the folder where the databases stand.

    Raises:
        Fault: WSP-011, WSP-012.
    """
    write_whole(folder / SERVER_FILE, json.dumps(asdict(server), indent=2).encode() + b"\n", mode=0o600)


def make_databases(owner: Owner) -> tuple[str, ...]:
    """Make the two databases where they are missing; return the names of those made.

    Raises:
        Fault: JRN-036 the server is not reached; JRN-035 the owner may not make them; PGS-011 the driver is missing.
    """
    made = []
    with _connected(owner) as cursor:
        for name in (owner.server.name, owner.server.name + KEYS_SUFFIX):
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")
                made.append(name)
    return tuple(made)


def drop_databases(owner: Owner, names: tuple[str, ...]) -> None:
    """Take away databases that were made a moment ago.

    Raises:
        Fault: the server refused.
    """
    with _connected(owner) as cursor:
        for name in names:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')


@contextmanager
def _connected(owner: Owner) -> Iterator[Any]:
    """Give a cursor in the server's own database, each statement by itself."""
    try:
        import psycopg  # noqa: PLC0415 - an extra: workspaces in a folder do without it
    except ImportError:
        raise Fault.of(
            "PGS-011",
            "PostgreSQL needs a part of Remit that is not installed.",
            "PostgreSQL demande une partie de Remit qui n’est pas installée.",
            do_en="Install it: pip install 'remit[postgres]'.",
            do_fr="Installez-la : pip install 'remit[postgres]'.",
        ) from None
    server = owner.server
    given: dict[str, Any] = {"host": server.host, "port": server.port, "user": server.user, "password": owner.password}
    try:
        with (
            psycopg.connect(
                dbname="postgres", autocommit=True, connect_timeout=15, **{k: v for k, v in given.items() if v}
            ) as connection,
            connection.cursor() as cursor,
        ):
            yield cursor
    except psycopg.Error as error:
        raise fault_of(str(error)) from error


def grant(aliases: tuple[str, str], role: str) -> None:
    """Let the application's role work with the tables, and never change or remove what is sealed.

    Args:
        aliases: of the journal and of the keys, opened as their owner.
        role: must exist; who looks after the server makes it, with its password.

    Raises:
        BadInput: PGS-002, no plain name; PGS-004, there is no such role.
        Fault: the server refused.
    """
    _require_plain(role)
    for position, alias in enumerate(aliases):
        with failures(), connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if cursor.fetchone() is None:
                raise BadInput.of(
                    "PGS-004",
                    f"The server has no role “{role}”.",
                    f"Le serveur n’a pas de rôle « {role} ».",
                    do_en=f"Make it first: CREATE ROLE {role} LOGIN; and give it a password that ~/.pgpass holds.",
                    do_fr=f"Créez-le d’abord : CREATE ROLE {role} LOGIN ; et un mot de passe tenu dans ~/.pgpass.",
                )
            cursor.execute("SELECT current_database()")
            (database,) = cursor.fetchone()
            cursor.execute(f'GRANT CONNECT ON DATABASE "{database}" TO "{role}"')
            cursor.execute(f'GRANT USAGE ON SCHEMA public TO "{role}"')
            cursor.execute(f'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "{role}"')
            cursor.execute(f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{role}"')
            if position == 0:
                guarded = ", ".join(GUARDED)
                cursor.execute(f'REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON {guarded} FROM "{role}"')


def as_application(server: Server, role: str) -> Server:
    """Return where the databases stand, as the application signs in there."""
    return replace(server, user=role) if role else server
