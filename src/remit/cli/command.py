"""Commands whose help teaches, and whose usage errors speak like all other messages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import click

from remit.kernel.errors import BadInput


class Command(click.Command):
    """A command whose help ends with examples that can be copied."""

    def __init__(self, *arguments: Any, examples: Sequence[str] = (), **named: Any) -> None:
        """Take what click takes, and lines to copy."""
        super().__init__(*arguments, **named)
        self.examples = tuple(examples)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples under the options."""
        super().format_epilog(ctx, formatter)
        if self.examples:
            with formatter.section("Examples"):
                for line in self.examples:
                    formatter.write(f"{' ' * formatter.current_indent}{line}\n")


class Group(click.Group):
    """Commands under one word, whose help ends with examples that can be copied."""

    def __init__(self, *arguments: Any, examples: Sequence[str] = (), **named: Any) -> None:
        """Take what click takes, and lines to copy."""
        super().__init__(*arguments, **named)
        self.examples = tuple(examples)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples under the commands."""
        super().format_epilog(ctx, formatter)
        with formatter.section("Examples"):
            for line in self.examples:
                formatter.write(f"{' ' * formatter.current_indent}{line}\n")


def in_words(error: click.UsageError) -> BadInput:
    """Return what click found wrong with the words of a command, as one of our errors: found, expected, what to do."""
    path = error.ctx.command_path if error.ctx else "remit"
    see_en, see_fr = f"See: {path} --help", f"Voir : {path} --help"
    if isinstance(error, click.MissingParameter):
        name = _name(error)
        return BadInput.of(
            "CLI-013",
            f"{name} is missing: {path} cannot do without it.",
            f"{name} manque : {path} ne peut s’en passer.",
            do_en=f"{_wanted(error)}{see_en}",
            do_fr=f"{_wanted(error)}{see_fr}",
        )
    if isinstance(error, click.NoSuchOption):
        near = ", ".join(error.possibilities or ())
        if error.ctx is None or error.ctx.parent is None:
            see_en, see_fr = (
                "Options stand after the command: remit COMMAND --help",
                "Les options suivent la commande : remit COMMANDE --help",
            )
        return BadInput.of(
            "CLI-014",
            f"{path} has no option {error.option_name}.",
            f"{path} n’a pas d’option {error.option_name}.",
            do_en=f"Did you mean {near}? {see_en}" if near else see_en,
            do_fr=f"Vouliez-vous dire {near} ? {see_fr}" if near else see_fr,
        )
    if isinstance(error, click.BadOptionUsage):
        return BadInput.of(
            "CLI-015",
            f"{error.option_name} stands without its value.",
            f"{error.option_name} est donnée sans sa valeur.",
            do_en=f"Write the value after it. {see_en}",
            do_fr=f"Écrivez la valeur à sa suite. {see_fr}",
        )
    extra = re.search(r"extra arguments? \((.*)\)", error.format_message())
    found = extra[1] if extra else error.format_message()
    return BadInput.of(
        "CLI-016",
        f"{path} does not know what to do with “{found}”.",
        f"{path} ne sait que faire de « {found} ».",
        do_en=f"Leave it out, or quote what belongs together. {see_en}",
        do_fr=f"Retirez-le, ou mettez entre guillemets ce qui va ensemble. {see_fr}",
    )


def _name(error: click.MissingParameter) -> str:
    if error.param is None:
        return error.message
    return (
        error.param.make_metavar(error.ctx)
        if isinstance(error.param, click.Argument) and error.ctx
        else max(error.param.opts, key=len)
    )


def _wanted(error: click.MissingParameter) -> str:
    """Return the option's own help as the expectation; an argument is told by the command's help."""
    words = error.param.help if isinstance(error.param, click.Option) else ""
    return f"{words.rstrip('.')}. " if words else ""
