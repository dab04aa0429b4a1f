"""The Django app that holds the tables of a workspace."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from remit.store.databases import is_journal
from remit.store.guards import install_guards


def _after_migrate(*, using: str, **_: Any) -> None:
    """Put the guards back: SQLite drops them silently when a migration rebuilds a table."""
    if is_journal(using):
        install_guards(using)


class StoreConfig(AppConfig):
    """Label ``remit_store``."""

    name = "remit.store"
    label = "remit_store"
    verbose_name = "Remit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the guards installed after each migration."""
        post_migrate.connect(_after_migrate, sender=self, dispatch_uid="remit.store.guards")
