"""Where ``remit`` starts: faults and refusals become words and an exit status, never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

import click

from remit.cli.main import cli
from remit.config.composition import Composition
from remit.kernel.errors import Fault, RemitError, Tampered


def main() -> None:
    """Run the command line and leave with its status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status: 0 done, 1 tampered, 2 refused or bad input, 3 fault, 130 interrupted."""
    try:
        status = cli.main(list(arguments), prog_name="remit", standalone_mode=False, obj=Composition())
    except RemitError as error:
        click.echo(error.text(_language(arguments)), err=True)
        return status_of(error)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        return 130
    return status if isinstance(status, int) else 0


def status_of(error: RemitError) -> int:
    """Return the exit status of an error."""
    if isinstance(error, Tampered):
        return 1
    return 3 if isinstance(error, Fault) else 2


def _language(arguments: Sequence[str]) -> str:
    """Return the language asked for; an error may come before the command has read its own options."""
    for at, argument in enumerate(arguments):
        if argument == "--language" and at + 1 < len(arguments):
            return arguments[at + 1]
        if argument.startswith("--language="):
            return argument.partition("=")[2]
    return os.environ.get("REMIT_LANGUAGE", "en")
