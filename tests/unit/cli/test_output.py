"""How commands speak: progress where a person looks and nowhere else, problems by level and language."""

from __future__ import annotations

import io
import sys

import pytest

from remit.cli.output import progress, write_issues
from remit.kernel.issues import Issue
from remit.kernel.wording import Words


class Terminal(io.StringIO):
    """Standard error of a person who looks."""

    def isatty(self) -> bool:
        """Say that somebody looks."""
        return True


@pytest.mark.parametrize(("stream", "shown"), [(io.StringIO(), False), (Terminal(), True)], ids=["pipe", "terminal"])
def test_progress_shows_on_a_terminal_only(stream: io.StringIO, shown: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    with progress(Words("Rows", "Lignes"), "fr") as tell:
        for done in (1, 2, 3):
            tell(done, 3)
    written = stream.getvalue()
    assert ("Lignes" in written and "100%" in written) is shown
    assert written.endswith("\n") is shown


def test_an_interrupted_progress_ends_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    with pytest.raises(KeyboardInterrupt), progress(Words("Rows", "Lignes"), "en") as tell:
        tell(1, 3)
        raise KeyboardInterrupt
    assert stream.getvalue().endswith("\n")


def test_a_work_of_nothing_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    with progress(Words("Rows", "Lignes"), "en"):
        pass
    assert stream.getvalue() == ""


def test_problems_are_written_by_level_and_notes_may_be_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    said = Words("Found.", "Trouvé.")
    issues = [Issue("AAA-001", said), Issue("AAA-002", said, level="warning"), Issue("AAA-003", said, level="note")]
    write_issues(issues, "fr", notes=False)
    told = capsys.readouterr()
    assert told.out == "" and told.err.splitlines() == [
        "erreur : Trouvé. [AAA-001]",
        "avertissement : Trouvé. [AAA-002]",
    ]
