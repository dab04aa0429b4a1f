"""What options and arguments take, and what is said of one that cannot be taken."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import click

from remit.kernel.errors import BadInput
from remit.kernel.machine import said
from remit.kernel.nearest import did_you_mean
from remit.kernel.periods import Period, parse_day, parse_period


class OneOf(click.Choice[str]):
    """One of a few words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word.

        Raises:
            BadInput: CLI-012, with the nearest word or all of them.
        """
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            listed = ", ".join(self.choices)
            remedy = did_you_mean(str(value), self.choices)
            raise BadInput.of(
                "CLI-012",
                f"{flag(param)} takes one of {listed}; found “{value}”.",
                f"{flag(param)} prend l’une des valeurs {listed} ; trouvé : « {value} ».",
                do_en=remedy.en,
                do_fr=remedy.fr,
            ) from None


class Between(click.IntRange):
    """A whole number between two bounds, both in."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number.

        Raises:
            BadInput: CLI-017, with what was found and the bounds.
        """
        try:
            return int(super().convert(value, param, ctx))
        except click.BadParameter:
            raise BadInput.of(
                "CLI-017",
                f"{flag(param)} takes a whole number from {self.min} to {self.max}; found “{value}”.",
                f"{flag(param)} prend un nombre entier de {self.min} à {self.max} ; trouvé : « {value} ».",
                do_en=f"Give one from {self.min} to {self.max}.",
                do_fr=f"Donnez-en un de {self.min} à {self.max}.",
            ) from None


class FilePath(click.Path):
    """A file, whether it is there or not."""

    def __init__(self) -> None:
        """Take any path."""
        super().__init__(path_type=Path)
        self.name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path.

        Raises:
            BadInput: CLI-018, a folder stands there.
        """
        del ctx
        path = Path(value)
        if path.is_dir():
            raise BadInput.of(
                "CLI-018",
                f"{flag(param)} takes a file; {path} is a folder.",
                f"{flag(param)} prend un fichier ; {path} est un dossier.",
                do_en="Name a file in it.",
                do_fr="Indiquez un fichier qui s’y trouve.",
            )
        return path


class FolderPath(click.Path):
    """A folder, whether it is there or not."""

    def __init__(self) -> None:
        """Take any path."""
        super().__init__(path_type=Path)
        self.name = "dir"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path.

        Raises:
            BadInput: CLI-019, a file stands there.
        """
        del ctx
        path = Path(value)
        if path.exists() and not path.is_dir():
            raise BadInput.of(
                "CLI-019",
                f"{flag(param)} takes a folder; {path} is a file.",
                f"{flag(param)} prend un dossier ; {path} est un fichier.",
                do_en="Name a folder, or a name that is free.",
                do_fr="Indiquez un dossier, ou un nom libre.",
            )
        return path


class DayOrInstant(click.ParamType[datetime]):
    """A day (its end is meant) or an instant."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read ``2017-09-18`` (everything known on that day) or ``2017-09-18T18:00Z``.

        Raises:
            BadInput: KER-011, no such day; CLI-011, no such instant.
        """
        del param, ctx
        if isinstance(value, datetime):
            return value
        if "T" not in (text := str(value).strip()):
            return datetime.combine(parse_day(text), time.max, UTC)
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            raise BadInput.of(
                "CLI-011",
                f"“{value}” is neither a day nor an instant that exists.",
                f"« {value} » n’est ni un jour ni un instant qui existe.",
                do_en="Write 2017-09-18 (all of that day), or 2017-09-18T18:00Z.",
                do_fr="Écrivez 2017-09-18 (toute la journée), ou 2017-09-18T18:00Z.",
            ) from None
        return found if found.tzinfo else found.replace(tzinfo=UTC)


class PeriodType(click.ParamType[Period]):
    """A half-open period."""

    name = "period"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        """Read a period in any of the forms that `parse_period` reads.

        Raises:
            BadInput: KER-011, KER-012, KER-013.
        """
        del param, ctx
        return value if isinstance(value, Period) else parse_period(str(value).strip())


def flag(param: click.Parameter | None) -> str:
    """Return how an option or an argument is called on the command line."""
    if param is None:
        return "–"
    return str(param.name).upper() if isinstance(param, click.Argument) else max(param.opts, key=len)


def file_bytes(file: Path) -> bytes:
    """Return a file's bytes; "-" is standard input.

    Raises:
        BadInput: CLI-021, it cannot be read.
    """
    if str(file) == "-":
        return sys.stdin.buffer.read()
    try:
        return file.read_bytes()
    except OSError as fault:
        raise BadInput.of(
            "CLI-021",
            f"{file} cannot be read: {said(fault).en}.",
            f"{file} ne peut pas être lu : {said(fault).fr}.",
            do_en="Check the path and that you may read the file.",
            do_fr="Vérifiez le chemin et que vous pouvez lire le fichier.",
        ) from fault
