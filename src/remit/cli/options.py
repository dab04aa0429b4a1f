"""Options that several commands share, and how they speak."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import contextmanager
from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, TypeVar

import click

from remit.kernel.errors import BadInput
from remit.kernel.issues import Issue
from remit.kernel.periods import Period, parse_day, parse_period
from remit.kernel.wording import Words

F = TypeVar("F", bound=Callable[..., Any])


def default_workspace() -> Path:
    """Return $REMIT_WORKSPACE, else ./remit-workspace."""
    return Path(os.environ.get("REMIT_WORKSPACE") or "remit-workspace")


def workspace_option(function: F) -> F:
    """Add ``--workspace DIR``."""
    return click.option(
        "--workspace",
        "folder",
        type=click.Path(path_type=Path, file_okay=False),
        default=default_workspace,
        show_default="$REMIT_WORKSPACE, else ./remit-workspace",
        help="The workspace: the folder that holds one mission's journal, snapshots and products.",
    )(function)


def language_option(function: F) -> F:
    """Add ``--language en|fr``."""
    return click.option(
        "--language",
        type=click.Choice(["en", "fr"]),
        default=lambda: "fr" if os.environ.get("REMIT_LANGUAGE", "") == "fr" else "en",
        show_default="$REMIT_LANGUAGE, else en",
        help="Language of what is written.",
    )(function)


def format_option(function: F) -> F:
    """Add ``--format text|json``."""
    return click.option(
        "--format",
        "shape",
        type=click.Choice(["text", "json"]),
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
        help="The role to act in; the first of the mission that may do it where none is given.",
    )(function)


class DayOrInstant(click.ParamType[datetime]):
    """A day (its end is meant) or an instant."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read ``2017-09-18`` (everything known on that day) or ``2017-09-18T18:00Z``."""
        if isinstance(value, datetime):
            return value
        if len(str(value)) <= 10:
            return datetime.combine(parse_day(str(value)), time.max, UTC)
        try:
            found = datetime.fromisoformat(str(value))
        except ValueError:
            raise BadInput.of(
                "CLI-011",
                f"“{value}” is neither a day nor an instant.",
                f"« {value} » n’est ni un jour ni un instant.",
                do_en="Write 2017-09-18, or 2017-09-18T18:00Z.",
                do_fr="Écrivez 2017-09-18, ou 2017-09-18T18:00Z.",
            ) from None
        return found if found.tzinfo else found.replace(tzinfo=UTC)


class PeriodType(click.ParamType[Period]):
    """A half-open period."""

    name = "PERIOD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        """Read ``2017-06-29/2017-09-29``, ``2017-Q3``, ``2017-07`` or ``2017``."""
        return value if isinstance(value, Period) else parse_period(str(value))


def say(words: Words | str, language: str = "en", *, err: bool = False) -> None:
    """Write a line."""
    click.echo(words.in_(language) if isinstance(words, Words) else words, err=err)


def write_json(value: Any) -> None:
    """Write a JSON value, indented, in UTF-8."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def write_issues(issues: Iterable[Issue], language: str, *, notes: bool = True) -> None:
    """Write issues on standard error, one a line."""
    for issue in issues:
        if notes or issue.level != "note":
            click.echo(f"{issue.level}: {issue.text(language)}", err=True)


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """Show how far a long work has come, on standard error, only where a person looks."""
    if not sys.stderr.isatty():
        yield lambda done, of: None
        return
    bar: dict[str, Any] = {}

    def tell(done: int, of: int) -> None:
        if "bar" not in bar:
            bar["bar"] = click.progressbar(length=of, label=label, file=sys.stderr)
            bar["bar"].__enter__()
            bar["done"] = 0
        bar["bar"].update(done - bar["done"])
        bar["done"] = done

    try:
        yield tell
    finally:
        if "bar" in bar:
            bar["bar"].__exit__(None, None, None)


def plain(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return a mapping without empty values."""
    return {key: item for key, item in value.items() if item not in (None, "", [], {})}
