"""What the operating system refuses is said in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from remit.kernel.machine import said


def test_common_refusals_are_said_in_words_of_ours(tmp_path: Path) -> None:
    with pytest.raises(OSError) as missing:  # noqa: PT011 - what it says is what is tested
        (tmp_path / "nowhere").read_bytes()
    assert said(missing.value).fr == "il n’y a pas de tel fichier ou dossier"
    with pytest.raises(OSError) as folder:  # noqa: PT011 - as above
        tmp_path.read_bytes()
    assert (said(folder.value).en, said(folder.value).fr) == ("it is a folder", "c’est un dossier")


def test_a_rare_refusal_keeps_the_systems_own_words() -> None:
    rare = said(OSError(71, "Protocol error"))
    assert rare.en == rare.fr == "Protocol error"
    assert said(OSError("cut short")).en == "cut short"
    assert said(OSError()).en == "OSError"
