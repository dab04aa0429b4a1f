"""The snapshot of now is built from records as they stand: the same contents as from the whole journal folded anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from remit.config.composition import Composition
from remit.config.settings import Settings
from remit.measures.snapshots import build_snapshot
from remit.services.amending import amend
from remit.services.figuring import figures, folded, snapshot
from remit.services.recording import record
from remit.services.withdrawing import withdraw
from remit.services.workspace import Workspace
from tests.acceptance.steps import PLACE, QUARTER, Walk
from tests.workspaces import new_workspace


def in_memory(folder: Path) -> Workspace:
    composition = Composition(Settings())
    return composition.in_memory(composition.load("minusma"))


def in_a_folder(folder: Path) -> Workspace:
    return new_workspace(folder, "minusma")


def folded_anew(workspace: Workspace, folder: Path) -> str:
    """Return the digest of a snapshot of the journal folded from its first entry."""
    mission = workspace.mission
    made = build_snapshot(
        folded(workspace, None), mission.record_types, lambda name: folder / name,
        name="anew", block=0, entries=0, area_levels=mission.area_levels,
    )  # fmt: skip
    return made.digest


@pytest.mark.parametrize("made", [in_memory, in_a_folder])
def test_records_as_they_stand_give_the_digest_of_the_journal_folded(
    made: Callable[[Path], Workspace], tmp_path: Path
) -> None:
    walk = Walk(made(tmp_path))
    assert snapshot(walk.workspace).digest == folded_anew(walk.workspace, tmp_path / "empty")
    walk.record_event()
    walk.record_finding("clash", "armed-clash", by="emov-member")
    chief = walk.actor("human-rights-chief")
    gone = record(
        walk.at("2017-07-21T08:00:00+00:00"), chief, "human-rights-finding",
        {
            "title": "Recorded twice (invented)", "occurred_on": "2017-07-17", "place": PLACE,
            "reported_at": "2017-07-21T07:00:00+00:00",
            "violations": [walk.workspace.mission.options["rights-violations"][0].key],
        },
        over=walk.made["event"].id, invented=True,
    )  # fmt: skip
    walk.verify("clash")
    walk.confirm("clash", "2017-07-31T10:00:00+00:00")
    joc = walk.actor("joc-officer")
    amend(walk.at("2017-08-01T08:00:00+00:00"), joc, walk.made["event"].id, {"category": "ambush"}, reason="Seen again")
    withdraw(walk.at("2017-08-02T08:00:00+00:00"), chief, gone.id, reason="Recorded twice")
    assert snapshot(walk.workspace).digest == folded_anew(walk.workspace, tmp_path / "whole")


def test_the_journal_is_not_folded_for_the_snapshot_of_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    walk = Walk(in_memory(tmp_path))
    walk.record_event()

    def unread(*asked: object, **more: object) -> None:
        raise AssertionError("the whole journal was read")

    monkeypatch.setattr(walk.workspace.journal, "entries", unread)
    found = figures(walk.workspace, walk.actor("reporting-officer"), QUARTER, keys=["ceasefire-findings-alleged"])
    assert found[0].snapshot == snapshot(walk.workspace).name


@pytest.mark.parametrize("made", [in_memory, in_a_folder])
def test_a_snapshot_of_what_was_taken_back_is_not_gone_on_from(
    made: Callable[[Path], Workspace], tmp_path: Path
) -> None:
    walk = Walk(made(tmp_path))
    snapshot(walk.workspace)
    with pytest.raises(ZeroDivisionError), walk.workspace.journal.transaction():
        walk.record_event()
        snapshot(walk.workspace)
        raise ZeroDivisionError
    walk.record_event()
    assert snapshot(walk.workspace).digest == folded_anew(walk.workspace, tmp_path / "whole")
