"""How the commands speak: lines, JSON, problems, and how far a long work has come."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from remit.kernel.issues import Issue
from remit.kernel.wording import Words


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
            click.echo(f"{_LEVELS[issue.level].in_(language)} {issue.text(language)}", err=True)


_LEVELS = {
    "error": Words("error:", "erreur :"),
    "warning": Words("warning:", "avertissement :"),
    "note": Words("note:", "note :"),
}


@contextmanager
def progress(label: Words, language: str) -> Iterator[Callable[[int, int], None]]:
    """Show how far a long work has come, on standard error, only where a person looks."""
    if not sys.stderr.isatty():
        yield _silent
        return
    bar: dict[str, Any] = {}

    def tell(done: int, of: int) -> None:
        if "bar" not in bar:
            bar["bar"] = click.progressbar(length=of, label=label.in_(language), file=sys.stderr)
            bar["bar"].__enter__()
            bar["done"] = 0
        bar["bar"].update(done - bar["done"])
        bar["done"] = done
        if done >= of:
            _close(bar)

    try:
        yield tell
    finally:
        _close(bar)


def _close(bar: dict[str, Any]) -> None:
    """End the line of the bar, so that what is said next starts on its own."""
    if "bar" in bar:
        bar.pop("bar").__exit__(None, None, None)


def _silent(done: int, of: int) -> None:
    del done, of
