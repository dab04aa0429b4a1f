"""Where ``remit`` starts: faults and refusals become words and an exit status, never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Any

import click

from remit.cli.main import cli
from remit.kernel.errors import Fault, RemitError, Tampered
from remit.kernel.wording import Words


def main() -> None:
    """Run the command line and leave with its status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status: 0 done, 1 tampered, 2 refused or bad input, 3 fault, 130 interrupted."""
    try:
        status = cli.main(list(arguments), prog_name="remit", standalone_mode=False, obj=Later())
    except RemitError as error:
        click.echo(error.text(_language(arguments)), err=True)
        return status_of(error)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        return 130
    except Exception as error:
        if os.environ.get("REMIT_DEBUG") == "1":
            raise
        click.echo(_unexpected(error).in_(_language(arguments)), err=True)
        return 3
    return status if isinstance(status, int) else 0


class Later:
    """Stands for the composition until a command needs it, so that help and reading answer at once."""

    def __getattr__(self, name: str) -> Any:
        """Return what the composition has under a name."""
        from remit.config.composition import Composition

        made = Composition()
        for known in dir(made):
            if not known.startswith("_"):
                self.__dict__[known] = getattr(made, known)
        return getattr(made, name)


def status_of(error: RemitError) -> int:
    """Return the exit status of an error."""
    if isinstance(error, Tampered):
        return 1
    return 3 if isinstance(error, Fault) else 2


def _unexpected(error: Exception) -> Words:
    said = f"{type(error).__name__}: {error}"
    return Words(
        f"Remit itself failed ({said}). This is a fault of Remit, not yours. Set REMIT_DEBUG=1 to see where. [CLI-001]",
        f"Remit lui-même a échoué ({said}). C’est un défaut de Remit, pas le vôtre. REMIT_DEBUG=1 montre où. [CLI-001]",
    )


def _language(arguments: Sequence[str]) -> str:
    """Return the language asked for; an error may come before the command has read its own options."""
    for at, argument in enumerate(arguments):
        if argument == "--language" and at + 1 < len(arguments):
            return arguments[at + 1]
        if argument.startswith("--language="):
            return argument.partition("=")[2]
    return os.environ.get("REMIT_LANGUAGE", "en")


if __name__ == "__main__":
    main()
