"""Help teaches: each command says what it does, with options in words and an example that can be copied."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys

import click
import pytest

from remit.cli.main import cli
from tests.unit.cli.conftest import Remit

COMMANDS = cli.list_commands(click.Context(cli))


def command_of(name: str) -> click.Command:
    """Return a command."""
    found = cli.get_command(click.Context(cli), name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_help_says_what_how_and_gives_an_example(remit: Remit, name: str) -> None:
    done = remit(name, "--help")
    assert done.status == 0 and done.err == ""
    assert "Usage: remit" in done.out and "Examples:" in done.out and f"  remit {name}" in done.out
    for param in command_of(name).params:
        assert not isinstance(param, click.Option) or param.help, param.name


@pytest.mark.parametrize("name", COMMANDS)
def test_examples_can_be_typed(name: str) -> None:
    command = command_of(name)
    for example in command.examples:  # type: ignore[attr-defined]
        words = shlex.split(re.split(r" [>|] ", example.replace("pdftotext -layout resolution.pdf - | ", ""))[0])
        assert words[:2] == ["remit", name]
        command.make_context(name, words[2:], parent=click.Context(cli, info_name="remit"))


def test_the_first_help_names_every_command_and_where_to_start(remit: Remit) -> None:
    done = remit("--help")
    assert all(re.search(rf"^  {name} ", done.out, re.MULTILINE) for name in COMMANDS)
    assert {"demo", "init", "read", "import", "check", "figures", "report", "freeze", "verify", "serve"} <= set(
        COMMANDS
    )
    assert "Start here" in done.out and "Exit status" in done.out


def test_no_word_at_all_shows_the_help(remit: Remit) -> None:
    done = remit()
    assert done.status == 2 and "Usage: remit" in done.text


def test_the_version_is_told(remit: Remit) -> None:
    assert re.search(r"\d+\.\d+", remit("--version").out)


@pytest.mark.parametrize(
    ("arguments", "code", "en", "fr"),
    [
        (["figure"], "CLI-020", "“figures”", "« figures »"),
        (["fly"], "CLI-020", "demo, init", "demo, init"),
        (["figures", "--perod", "2020"], "CLI-014", "--period", "--period"),
        (["figures"], "CLI-013", "--period is missing", "--period manque"),
        (["report"], "CLI-013", "is missing", "manque"),
        (["figures", "--period"], "CLI-015", "without its value", "sans sa valeur"),
        (["verify", "extra", "words"], "CLI-016", "extra words", "extra words"),
        (["--workspace", "x", "verify"], "CLI-014", "after the command", "suivent la commande"),
        (["verify", "--format", "yaml"], "CLI-012", "text, json", "text, json"),
        (["verify", "--language", "de"], "CLI-012", "en, fr", "en, fr"),
        (["serve", "--port", "0"], "CLI-017", "from 1 to 65535", "de 1 à 65535"),
        (["serve", "--port", "http"], "CLI-017", "“http”", "« http »"),
        (["import", "ucpd", "x.csv"], "CLI-012", "ucdp", "ucdp"),
    ],
)
def test_a_slip_of_the_pen_is_answered_with_what_was_expected(
    remit: Remit, arguments: list[str], code: str, en: str, fr: str
) -> None:
    done = remit(*arguments)
    assert done.status == 2 and done.out == ""
    assert f"[{code}]" in done.err and en in done.err
    if "--language" not in arguments:
        spoken = [*arguments, "--language", "fr"]
        if code not in ("CLI-014", "CLI-020"):
            spoken = [arguments[0], "--language", "fr", *arguments[1:]]
        french = remit(*spoken)
        assert french.status == 2 and f"[{code}]" in french.err and fr in french.err


def test_french_can_be_the_language_of_a_whole_session(remit: Remit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REMIT_LANGUAGE", "fr")
    assert "Il n’y a pas d’espace de travail" in remit("verify").err
    assert "manque" in remit("figures").err


def test_help_answers_at_once_and_loads_no_engine_and_no_web_framework() -> None:
    seen = "import sys; from remit.config.entry import run; run(['report', '--help']); print(sorted(m for m in ('django', 'duckdb', 'ibis') if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("[]")


def test_the_installed_command_speaks_utf8_wherever_it_runs() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "remit.config.entry", "verify", "--language", "fr", "--workspace", "/nowhere"],
        capture_output=True, check=False, env={"LC_ALL": "C", "PATH": "/usr/bin"},
    )  # fmt: skip
    assert done.returncode == 2
    assert "Il n’y a pas d’espace de travail" in done.stderr.decode("utf-8")
