"""Options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from remit.cli.values import DayOrInstant, FolderPath, OneOf, PeriodType

F = TypeVar("F", bound=Callable[..., Any])

PERIOD_HELP = (
    "2017-06-29/2017-09-29 (first day, day after the last), 2017, 2017-Q3, 2017-07, 2017-W28, 2017-07-14 or 2017/18."
)


def default_workspace() -> Path:
    """Return $REMIT_WORKSPACE, else ./remit-workspace."""
    return Path(os.environ.get("REMIT_WORKSPACE") or "remit-workspace")


def workspace_option(function: F) -> F:
    """Add ``--workspace DIR``."""
    return click.option(
        "--workspace",
        "folder",
        type=FolderPath(),
        default=default_workspace,
        show_default="$REMIT_WORKSPACE, else ./remit-workspace",
        help="The workspace: the folder that holds one mission's journal, snapshots and products.",
    )(function)


def database_options(function: F) -> F:
    """Add ``--database URL`` and ``--application-role NAME``."""
    role = click.option(
        "--application-role",
        "role",
        default="",
        metavar="NAME",
        help="The role as which Remit signs in from then on: it may add to the journal, and never change it.",
    )
    address = click.option(
        "--database",
        default="",
        envvar="REMIT_DATABASE",
        metavar="URL",
        help="postgresql://OWNER@HOST:5432/NAME, as the databases' owner; passwords come from ~/.pgpass or PGPASSWORD.",
    )
    return address(role(function))


def period_option(*, required: bool) -> Callable[[F], F]:
    """Add ``--period PERIOD``."""
    return click.option("--period", type=PeriodType(), required=required, help=PERIOD_HELP)


def known_option(*names: str) -> Callable[[F], F]:
    """Add ``--as-of DATE`` or ``--cut-off DATE``: two names of one thing."""
    return click.option(*names, type=DayOrInstant(), help="Only what was known then: a day (its end) or an instant.")


def language_option(function: F) -> F:
    """Add ``--language en|fr``."""
    return click.option(
        "--language",
        type=OneOf(["en", "fr"]),
        default=lambda: "fr" if os.environ.get("REMIT_LANGUAGE", "") == "fr" else "en",
        show_default="$REMIT_LANGUAGE, else en",
        help="Language of what is written.",
    )(function)


def format_option(function: F) -> F:
    """Add ``--format text|json``."""
    return click.option(
        "--format",
        "shape",
        type=OneOf(["text", "json"]),
        default="text",
        show_default=True,
        help="Text for people, JSON for programs.",
    )(function)


def as_option(function: F) -> F:
    """Add ``--as ROLE``."""
    return click.option(
        "--as",
        "role",
        default="",
        metavar="ROLE",
        help="The role to act in; the first of the mission that may do it where none is given.",
    )(function)
