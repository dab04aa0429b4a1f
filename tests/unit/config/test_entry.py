"""Faults and refusals become words and an exit status, never a traceback."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from remit.cli.main import cli
from remit.config.entry import run, status_of
from remit.kernel.errors import BadInput, Conflict, Fault, Forbidden, Hidden, Refused, RemitError, Tampered


@pytest.mark.parametrize(
    ("kind", "status"),
    [(BadInput, 2), (Refused, 2), (Forbidden, 2), (Hidden, 2), (Conflict, 2), (Tampered, 1), (Fault, 3)],
)
def test_each_error_has_its_status(kind: type[RemitError], status: int) -> None:
    assert status_of(kind.of("XXX-001", "Found.", "Trouvé.")) == status


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["verify"], "There is no workspace"),
        (["verify", "--language", "fr"], "Il n’y a pas d’espace de travail"),
        (["verify", "--language=fr"], "Il n’y a pas d’espace de travail"),
    ],
)
def test_a_refusal_is_said_in_the_language_asked_for(
    arguments: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*arguments, "--workspace", str(tmp_path)]) == 2
    told = capsys.readouterr()
    assert words in told.err and "WSP-001" in told.err
    assert told.out == ""


def test_a_wrong_command_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fly"]) == 2
    assert "fly" in capsys.readouterr().err


def test_help_succeeds(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    assert "remit demo" in capsys.readouterr().out


@pytest.mark.parametrize(("raised", "status"), [(KeyboardInterrupt(), 130), (TypeError("a slip of ours"), 3)])
def test_nothing_ends_in_a_traceback(
    raised: BaseException, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise raised

    monkeypatch.delenv("REMIT_DEBUG", raising=False)
    monkeypatch.setattr(cli, "main", fail)
    assert run(["verify"]) == status
    assert "Traceback" not in capsys.readouterr().err


def test_debugging_shows_where(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise TypeError("a slip of ours")

    monkeypatch.setenv("REMIT_DEBUG", "1")
    monkeypatch.setattr(cli, "main", fail)
    with pytest.raises(TypeError, match="slip"):
        run(["verify"])
