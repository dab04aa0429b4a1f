"""The command ``remit``."""

from __future__ import annotations

import click

from remit.cli.check import check
from remit.cli.demo import demo
from remit.cli.figures import figures
from remit.cli.freeze import freeze
from remit.cli.import_ import import_
from remit.cli.init import init
from remit.cli.read import read
from remit.cli.report import report
from remit.cli.serve import serve
from remit.cli.verify import verify


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="remit")
def cli() -> None:
    """From the Council's words to the evidence, and from each figure in a report back to the words it answers.

    \b
    Start here:
      remit demo                    a whole mission with invented records, served on this machine
      remit read RESOLUTION.txt     what a resolution asks of whom, by when, within which limits
      remit init --mission KEY      an empty workspace for a mission

    Exit status: 0 done; 1 a check or a verification failed; 2 the input cannot be used; 3 the machine failed.
    """


for command in (demo, init, read, import_, check, figures, report, freeze, verify, serve):
    cli.add_command(command)
