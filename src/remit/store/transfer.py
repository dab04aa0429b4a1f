"""Carry every row of a workspace from one pair of databases to another, in one transaction: all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections, router, transaction
from django.db.models import Model

from remit.kernel.errors import BadInput
from remit.store.databases import Aliases
from remit.store.failures import failures
from remit.store.models import JournalEntry, RecordKey

MADE_BY_MIGRATION = ("contenttypes.ContentType", "auth.Permission")
LEFT_BEHIND = ("sessions.Session",)
"""Sessions begin anew: who is signed in somewhere signs in again."""
_PAGE = 500

Progress = Callable[[int, int], None]


def require_empty(aliases: Aliases) -> None:
    """Refuse databases in which a journal or keys stand already.

    Raises:
        BadInput: TRF-001.
        Fault: the store failed.
    """
    with failures():
        held = JournalEntry.objects.using(aliases.journal).exists() or RecordKey.objects.using(aliases.keys).exists()
    if held:
        raise BadInput.of(
            "TRF-001",
            "The database holds a journal already; nothing was copied into it.",
            "La base contient déjà un journal ; rien n’y a été copié.",
            do_en="Name a database that does not exist yet, or an empty one.",
            do_fr="Indiquez une base qui n’existe pas encore, ou qui est vide.",
        )


def copy_rows(source: Aliases, target: Aliases, progress: Progress | None = None) -> int:
    """Copy all rows, those of the keys first; return how many entries there are.

    The source is held while it is read: nobody writes to it meanwhile (SQLite), or what is written meanwhile is not in the
    copy (PostgreSQL, one instant).

    Raises:
        BadInput: TRF-001, the target holds a journal.
        Fault: the store failed; the target is then as it was.
    """
    require_empty(target)
    with (
        failures(),
        transaction.atomic(using=source.journal),
        transaction.atomic(using=target.journal),
        transaction.atomic(using=target.keys),
    ):
        _one_instant(source.journal)
        entries = JournalEntry.objects.using(source.journal).count()
        _copy(RecordKey, source.keys, target.keys, None)
        for model in _models(target.journal):
            told = partial(_tell, progress, entries) if progress and model is JournalEntry else None
            _copy(model, source.journal, target.journal, told)
        _set_sequences(target)
    return entries


def _one_instant(alias: str) -> None:
    connection = connections[alias]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _models(alias: str) -> Iterator[type[Model]]:
    """Yield the models whose rows a journal's database holds and that are carried over."""
    for model in apps.get_models(include_auto_created=True):
        label = model._meta.label  # noqa: SLF001 - Django's documented interface
        if model is RecordKey or label in (*MADE_BY_MIGRATION, *LEFT_BEHIND) or not model._meta.managed:  # noqa: SLF001
            continue
        if router.allow_migrate_model(alias, model):
            yield model


def _tell(progress: Progress, entries: int, done: int) -> None:
    progress(done, entries)


def _copy(model: type[Model], source: str, target: str, told: Callable[[int], None] | None) -> None:
    rows: Any = model._default_manager.using(source).order_by("pk")  # noqa: SLF001 - Django's documented interface
    waiting: list[Model] = []
    done = 0

    def write() -> None:
        nonlocal done
        model._default_manager.using(target).bulk_create(waiting, batch_size=_PAGE)  # noqa: SLF001 - as above
        done += len(waiting)
        waiting.clear()
        if told is not None:
            told(done)

    for row in rows.iterator(chunk_size=_PAGE):
        waiting.append(row)
        if len(waiting) == _PAGE:
            write()
    if waiting:
        write()


def _set_sequences(target: Aliases) -> None:
    """Have the target count on from the last row that came: its own counters do not know of them."""
    for alias, models in ((target.journal, list(_models(target.journal))), (target.keys, [RecordKey])):
        connection = connections[alias]
        statements = connection.ops.sequence_reset_sql(no_style(), models)
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
