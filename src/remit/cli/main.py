"""The command ``remit``. A command's module is loaded when it is called, so that ``--help`` answers at once."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from remit.cli.command import in_words
from remit.kernel.errors import BadInput
from remit.kernel.nearest import did_you_mean

_COMMANDS = {
    "demo": ("demo", "Build and serve a whole mission with invented records."),
    "init": ("init", "Make an empty workspace for a mission."),
    "read": ("read", "Read resolutions: provisions, obligations, clocks, limits."),
    "compare": ("compare", "Compare two mandates, or a summary with its resolution."),
    "import": ("import_", "Take in a provider's events as external reports."),
    "screen": ("screen", "Hold persons and units against the sanctions list."),
    "duplicates": ("duplicates", "Show what may be recorded twice, with reasons."),
    "boundaries": ("boundaries", "Official areas, place codes, places that contradict themselves."),
    "export": ("export", "Give records out: CSV with HXL, GeoJSON, Parquet, IATI, CAP, HURIDOCS."),
    "routes": ("routes", "Choose a supply route, with alternatives and reasons."),
    "check": ("check", "Check a mission folder and play its worked examples."),
    "figures": ("figures", "Compute figures from the records."),
    "report": ("report", "Draft a product as Word, PDF or HTML."),
    "contradictions": ("contradictions", "Set figures side by side that ought to agree."),
    "freeze": ("freeze", "Freeze figures, review or correct frozen ones."),
    "verify": ("verify", "Check that nothing was changed or removed."),
    "backup": ("backup", "Copy a workspace while it is used; keys apart."),
    "restore": ("restore", "Make a workspace of a backup, verified."),
    "exchange": ("exchange", "Bring together what two sites recorded apart."),
    "transfer": ("transfer", "Carry a workspace to a PostgreSQL server, or back."),
    "who-can": ("who_can", "Say who can do what with a record, and why."),
    "retain": ("retain", "Let the dates of keeping and declassification act."),
    "redact": ("redact", "Destroy values of a record for good."),
    "account": ("account", "Make accounts, give them roles, close them."),
    "token": ("token", "Make, list and end tokens of programs."),
    "serve": ("serve", "Serve the app on this machine."),
}


class Commands(click.Group):
    """The commands, by name."""

    def main(self, *arguments: Any, **named: Any) -> Any:
        """Run a command.

        Raises:
            BadInput: CLI-012 to CLI-020, what was written is no command of ours.
        """
        try:
            return super().main(*arguments, **named)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            raise in_words(error) from None

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which a new user meets them."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command; ``None`` where there is none of that name."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module = _COMMANDS[cmd_name][0]
        found: click.Command = getattr(import_module(f"remit.cli.{module}"), module)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the first word names.

        Raises:
            BadInput: CLI-020, none is called so.
        """
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            remedy = did_you_mean(args[0], _COMMANDS)
            raise BadInput.of(
                "CLI-020",
                f"There is no command “{args[0]}”.",
                f"Il n’y a pas de commande « {args[0]} ».",
                do_en=remedy.en,
                do_fr=remedy.fr,
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without loading them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in _COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="remit")
def cli() -> None:
    """From the Council's words to the evidence, and from each figure in a report back to the words it answers.

    \b
    Start here:
      remit demo                    a whole mission with invented records, served on this machine
      remit read RESOLUTION.txt     what a resolution asks of whom, by when, within which limits
      remit init --mission KEY      an empty workspace for a mission

    Exit status: 0 done; 1 a check or a verification failed; 2 the input cannot be used; 3 the machine failed.
    """  # noqa: D301 - click reads the mark \b as "keep these lines as they are"
