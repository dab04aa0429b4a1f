"""Two sites that recorded apart are brought together: late, in any order, twice; nothing is lost or settled silently."""

from __future__ import annotations

import dataclasses
import random
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from remit.kernel.errors import BadInput
from remit.records.branches import STATE, WITHDRAWN
from remit.records.bundle import list_bytes, pack, unpack
from remit.records.envelope import close_envelope
from remit.records.record import Record
from remit.services.amending import amend
from remit.services.knowing_sites import card_bytes, know, own_card, read_card
from remit.services.moving import move
from remit.services.recording import record
from remit.services.redacting import redact
from remit.services.taking_bundles import Taken, take_bundle
from remit.services.verifying import verify
from remit.services.withdrawing import withdraw
from remit.services.writing_bundles import write_bundle
from tests.unit.services.exercise import FERRY, Exercise
from tests.workspaces import composition

SECRET = "zq-what-the-ferryman-said"


def site(name: str) -> Exercise:
    """Return an empty workspace at a site."""
    return Exercise(replace(composition().in_memory(composition().load("exercise")), site=name))


def meet(one: Exercise, other: Exercise, **allowed: Any) -> None:
    """Have two sites know each other."""
    for here, there in ((one, other), (other, one)):
        know(here.workspace, read_card(card_bytes(own_card(there.workspace))), level="strictly-confidential", **allowed)


def carry(source: Exercise, target: Exercise, day: str = "2020-05-01", *, everything: bool = False) -> Taken:
    """Carry a bundle from one site to the other, on a day."""
    made = write_bundle(source.on(day), target.workspace.site, everything=everything)
    return take_bundle(target.on(day), made.data)


@pytest.fixture
def main() -> Exercise:
    """Return the mission's own workspace."""
    return site("main")


@pytest.fixture
def gao(main: Exercise) -> Exercise:
    """Return a site that it knows."""
    made = site("gao")
    meet(main, made)
    return made


def change(where: Exercise, made: Record, day: str, hour: int = 9, **values: Any) -> Record:
    """Amend an incident at a site."""
    return amend(
        where.on(day, hour), where.actor("field-officer"), made.id, values, reason="heard again", settled=values
    )


def test_what_one_site_recorded_is_at_the_other_with_the_time_it_says_and_the_time_it_came(
    main: Exercise, gao: Exercise
) -> None:
    made = gao.incident("2020-04-02")
    taken = carry(gao, main, "2020-05-01")
    assert (taken.new, taken.known, taken.records) == (1, 0, (made.number,))
    found = main.workspace.journal.get(made.id)
    assert found == made
    assert found is not None and "-GAO-" in found.number
    [entry] = main.workspace.journal.entries(record=made.id)
    assert (entry.at, entry.came, entry.via) == (
        datetime(2020, 4, 2, 9, tzinfo=UTC),
        datetime(2020, 5, 1, 9, tzinfo=UTC),
        "gao",
    )
    before = datetime(2020, 4, 30, tzinfo=UTC)
    assert list(main.workspace.journal.entries(until=before)) == []  # a report cut off then did not know it
    assert len(list(gao.workspace.journal.entries(until=before))) == 1
    assert verify(main.workspace).ok


def test_numbers_of_two_sites_never_meet(main: Exercise, gao: Exercise) -> None:
    made = [main.incident(), gao.incident()]
    carry(gao, main)
    assert len({record.number for record in made}) == 2


def test_taken_twice_it_is_taken_once(main: Exercise, gao: Exercise) -> None:
    made = gao.verified()
    bundle = write_bundle(gao.workspace, "main").data
    assert take_bundle(main.workspace, bundle).new == 2
    state = main.workspace.journal.state_digest()
    again = take_bundle(main.workspace, bundle)
    assert (again.new, again.known) == (0, 2)
    assert main.workspace.journal.state_digest() == state
    assert main.workspace.journal.get(made.id) == gao.workspace.journal.get(made.id)


def test_what_both_change_apart_is_told_at_both_and_settled_by_who_saw_both(main: Exercise, gao: Exercise) -> None:
    made = main.incident()
    carry(main, gao)
    change(main, made, "2020-04-05", category="guns-too-near")
    change(gao, made, "2020-04-06", category="other", title="Shots at dusk (invented)")
    assert carry(gao, main).disputed == {made.number: ("category",)}
    assert carry(main, gao).disputed == {made.number: ("category",)}
    states = [where.workspace.journal.get(made.id) for where in (main, gao)]
    assert states[0] == states[1] != made
    assert states[0] is not None and len(states[0].disputed["category"]) == len(states[0].heads) == 2
    assert states[0].values["title"] == "Shots at dusk (invented)"  # nobody contradicts it
    # Said again as it stands, it is settled all the same: somebody saw both.
    settled = change(main, made, "2020-05-02", category=states[0].values["category"])
    assert (settled.disputed, len(settled.heads)) == ({}, 1)
    carry(main, gao, "2020-05-03")
    assert gao.workspace.journal.get(made.id) == settled


def test_one_change_after_the_other_is_no_contradiction(main: Exercise, gao: Exercise) -> None:
    made = main.incident()
    carry(main, gao)
    change(gao, made, "2020-04-06", category="other")
    carry(gao, main)
    seen = change(
        main, made, "2020-04-01", 8, category="shooting"
    )  # a clock that stands behind: cause goes before time
    assert (seen.disputed, seen.values["category"]) == ({}, "shooting")
    carry(main, gao)
    assert gao.workspace.journal.get(made.id) == seen


def test_the_same_change_at_both_is_no_contradiction(main: Exercise, gao: Exercise) -> None:
    made = main.incident()
    carry(main, gao)
    for where in (main, gao):
        change(where, made, "2020-04-06", category="other")
    assert carry(gao, main).disputed == {}


def test_moves_apart_and_a_withdrawal_apart_are_told(main: Exercise, gao: Exercise) -> None:
    moved, gone = main.incident(), main.incident()
    carry(main, gao)
    main.verify(moved)
    move(gao.on("2020-04-04"), gao.actor("joc-officer"), moved.id, "set-aside", reason="nobody was there")
    withdraw(main.on("2020-04-04"), main.actor("joc-officer"), gone.id, reason="recorded by mistake")
    change(gao, gone, "2020-04-05", category="other")
    assert carry(gao, main).disputed == {moved.number: (STATE,), gone.number: (WITHDRAWN,)}
    carry(main, gao)
    assert main.workspace.journal.state_digest() == gao.workspace.journal.state_digest()


def test_a_bundle_that_was_lost_is_in_the_next(main: Exercise, gao: Exercise) -> None:
    gao.incident("2020-04-02")
    write_bundle(gao.workspace, "main")  # lost
    gao.incident("2020-04-03")
    assert carry(gao, main).new == 2
    carry(main, gao)  # says what was taken
    assert write_bundle(gao.workspace, "main").entries == 0
    gao.incident("2020-04-04")
    assert write_bundle(gao.workspace, "main").entries == 1
    assert write_bundle(gao.workspace, "main", everything=True).entries == 3


def test_what_a_site_may_not_hold_does_not_go_there() -> None:
    main, gao = site("main"), site("gao")
    know(gao.workspace, own_card(main.workspace), level="strictly-confidential", compartments=["hr-sources"])
    know(main.workspace, own_card(gao.workspace))
    raw = {"title": SECRET, "occurred_on": "2020-04-02", "category": "other", "place": FERRY}
    officer = main.actor("field-officer")
    open_, above, apart = (
        record(
            main.on("2020-04-03"), main.actor("field-officer"), "incident", raw | {"title": "Known to all (invented)"}
        ),
        record(main.on("2020-04-03"), main.actor("joc-officer"), "incident", raw, level="strictly-confidential"),
        record(main.on("2020-04-03"), officer, "incident", raw, compartment="hr-sources"),
    )
    made = write_bundle(main.workspace, "gao")
    assert (made.records, made.left_out) == (1, 2)
    assert take_bundle(gao.workspace, made.data).records == (open_.number,)
    assert gao.workspace.journal.get(above.id) is gao.workspace.journal.get(apart.id) is None
    # Allowed later, it goes with the next bundle, though the site took all that came before.
    carry(gao, main)
    know(main.workspace, own_card(gao.workspace), level="strictly-confidential", compartments=["hr-sources"])
    assert carry(main, gao).new == 2


def test_a_stick_that_is_found_tells_nothing(main: Exercise, gao: Exercise) -> None:
    gao.incident(title=SECRET)
    bundle = write_bundle(gao.workspace, "main").data
    assert SECRET.encode() not in bundle
    assert b"unxmt" not in bundle.lower() and b"gao" not in bundle


def test_what_was_destroyed_at_one_site_is_destroyed_at_the_other(main: Exercise, gao: Exercise) -> None:
    made = main.incident(title=SECRET)
    carry(main, gao)
    redact(main.on("2020-04-05"), main.actor("records-officer"), made.id, ["title"], reason="on order")
    carry(main, gao)
    assert SECRET not in repr(list(gao.workspace.journal.entries()))
    assert verify(gao.workspace).ok
    found = gao.workspace.journal.get(made.id)
    assert found is not None and found.erased == ("title",)
    # It comes back from nowhere: neither in a bundle written before, nor in a change made without knowing.
    carry(gao, main, everything=True)
    assert SECRET not in repr(list(main.workspace.journal.entries()))


def test_what_was_destroyed_here_is_not_brought_back_by_who_did_not_know(main: Exercise, gao: Exercise) -> None:
    made = main.incident()
    carry(main, gao)
    redact(main.on("2020-04-05"), main.actor("records-officer"), made.id, ["title"], reason="on order")
    change(gao, made, "2020-04-06", title=SECRET)
    assert carry(gao, main).redacted == 1
    assert SECRET not in repr(list(main.workspace.journal.entries()))
    carry(main, gao)
    # Who knew of it and wrote it anew is believed.
    change(gao, made, "2020-05-06", title="Shots, no names (invented)")
    assert carry(gao, main).redacted == 0
    found = main.workspace.journal.get(made.id)
    assert found is not None and found.values["title"] == "Shots, no names (invented)"


Ruin = Callable[[bytes], bytes]


def test_a_damaged_bundle_is_refused_and_nothing_of_it_stays(main: Exercise, gao: Exercise) -> None:
    for day in range(2, 6):
        gao.verified(f"2020-04-0{day}")
    bundle = write_bundle(gao.workspace, "main").data
    chance, tried = random.Random(7), 0
    ruined = [bundle[:cut] for cut in range(0, len(bundle), max(1, len(bundle) // 40))]
    for _ in range(60):
        place = chance.randrange(len(bundle))
        ruined.append(bundle[:place] + bytes([bundle[place] ^ (1 << chance.randrange(8))]) + bundle[place + 1 :])
    for bad in ruined:
        with pytest.raises(BadInput) as caught:
            take_bundle(main.workspace, bad)
        assert caught.value.issues[0].code == "EXC-021"
        tried += 1
    assert tried > 90 and main.count() == 0


def _rewritten(gao: Exercise, main: Exercise, **told: Any) -> bytes:
    """Return a bundle that gao signed, saying something else of itself."""
    parcel = unpack(_opened(main, write_bundle(gao.workspace, "main", everything=True).data))
    changed = dataclasses.replace(parcel.told, **told)
    signature = gao.workspace.signer.sign(list_bytes(changed))
    return close_envelope(pack(changed, signature, parcel.lines, parcel.files), main.workspace.signer.public_key)


def _opened(main: Exercise, data: bytes) -> bytes:
    opened = main.workspace.signer.open(data)
    assert opened is not None
    return opened


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"mission": "another"}, "EXC-025"),
        ({"receiver": "kidal"}, "EXC-025"),
        ({"sender": "main"}, "EXC-025"),
        ({"sender": "kidal"}, "EXC-026"),
        ({"format": 99}, "EXC-023"),
        ({"entries": 99}, "EXC-022"),
        ({"entries_digest": "0" * 64}, "EXC-022"),
        ({"files": ("0" * 64,)}, "EXC-022"),
        ({"at": "yesterday"}, "EXC-022"),
        ({"holds": "many"}, "EXC-022"),
    ],
)
def test_a_bundle_that_is_not_what_it_says(main: Exercise, gao: Exercise, told: dict[str, Any], code: str) -> None:
    gao.incident()
    with pytest.raises(BadInput) as caught:
        take_bundle(main.workspace, _rewritten(gao, main, **told))
    assert (caught.value.issues[0].code, main.count()) == (code, 0)


def test_a_bundle_that_somebody_else_signed(main: Exercise, gao: Exercise) -> None:
    stranger = site("gao")
    know(stranger.workspace, own_card(main.workspace))
    stranger.incident()
    with pytest.raises(BadInput) as caught:
        take_bundle(main.workspace, write_bundle(stranger.workspace, "main").data)
    assert (caught.value.issues[0].code, main.count()) == ("EXC-028", 0)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b'"type":"incident"', b'"type":"no-such-type"', "EXC-030"),
        (b'"version":1', b'"version":99', "EXC-030"),
        (b'"kind":"recorded"', b'"kind":"erased"', "EXC-029"),
        (b'"values":{', b'"values":[{', "EXC-029"),
        (b'"facts":{', b'"facts":3,"x":{', "EXC-029"),
    ],
)
def test_lines_that_no_journal_can_hold(main: Exercise, gao: Exercise, old: bytes, new: bytes, code: str) -> None:
    gao.incident()
    parcel = unpack(_opened(main, write_bundle(gao.workspace, "main").data))
    lines = [line.replace(old, new, 1) for line in parcel.lines]
    assert lines != list(parcel.lines)
    from remit.kernel.canonical import digest_of_bytes
    from remit.records.bundle import joined

    told = dataclasses.replace(parcel.told, entries_digest=digest_of_bytes(joined(lines)))
    archive = pack(told, gao.workspace.signer.sign(list_bytes(told)), lines, {})
    with pytest.raises(BadInput) as caught:
        take_bundle(main.workspace, close_envelope(archive, main.workspace.signer.public_key))
    assert (caught.value.issues[0].code, main.count()) == (code, 0)


def test_an_archive_without_its_parts(main: Exercise, gao: Exercise) -> None:
    empty = BytesIO()
    with zipfile.ZipFile(empty, "w"):
        pass
    for archive in (empty.getvalue(), b"", b"PK"):
        with pytest.raises(BadInput) as caught:
            take_bundle(main.workspace, close_envelope(archive, main.workspace.signer.public_key))
        assert caught.value.issues[0].code == "EXC-022"


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"{}", "EXC-010"), (b"[]", "EXC-010"), (b"\xff", "EXC-010"), (b'{"format": "remit-site/1"}', "EXC-010")],
)
def test_a_file_that_is_no_card(data: bytes, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_card(data)
    assert caught.value.issues[0].code == code


def test_a_site_with_our_name_another_mission_or_another_key_is_not_made_known(main: Exercise, gao: Exercise) -> None:
    card = own_card(gao.workspace)
    for wrong, code in (
        (dataclasses.replace(card, site="main"), "EXC-012"),
        (dataclasses.replace(card, mission="another"), "EXC-011"),
        (dataclasses.replace(card, public_key=own_card(site("x").workspace).public_key), "EXC-013"),
    ):
        with pytest.raises(BadInput) as caught:
            know(main.workspace, wrong)
        assert caught.value.issues[0].code == code
    with pytest.raises(BadInput) as caught:
        know(main.workspace, card, compartments=["hr-source"])
    assert caught.value.issues[0].code == "EXC-014" and "hr-sources" in caught.value.issues[0].remedy.en


STEP = st.sampled_from(["record", "amend", "verify", "withdraw", "redact", "carry", "lose"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(STEP, st.integers(0, 1), st.integers(0, 5)), max_size=14))
def test_whatever_two_sites_do_they_agree_once_each_has_taken_from_the_other(steps: list[tuple[str, int, int]]) -> None:
    sites = (site("main"), site("gao"))
    meet(*sites)
    for hour, (step, who, which) in enumerate(steps):
        _do(step, sites[who], sites[1 - who], hour, which)
    for source, target in (sites, sites[::-1], sites):
        carry(source, target, "2020-05-01")
    told = [
        [
            {**dataclasses.asdict(found), "erased": None} | {"values": dict(found.values)}
            for found in sorted(_records(where), key=lambda one: one.id)
        ]
        for where in sites
    ]
    assert told[0] == told[1]
    assert all(verify(where.workspace).ok for where in sites)


def _do(step: str, here: Exercise, there: Exercise, hour: int, which: int) -> None:
    """Do one thing at a site, where it can be done."""
    if step == "record":
        here.incident()
    elif step == "carry":
        carry(here, there, "2020-04-03")
    elif step == "lose":
        write_bundle(here.workspace, there.workspace.site)
    else:
        standing = [found for found in _records(here) if not found.withdrawn]
        if standing:
            _change(step, here, sorted(standing, key=lambda one: one.id)[which % len(standing)], hour, which)


def _change(step: str, here: Exercise, made: Record, hour: int, which: int) -> None:
    now = here.on("2020-04-02", hour)
    if step == "amend":
        category = ("other", "shooting", "guns-too-near")[which % 3]
        amend(now, here.actor("field-officer"), made.id, {"category": category}, reason="again")
    elif step == "verify" and made.state == "reported":
        move(now, here.actor("joc-officer", "second"), made.id, "verify", values={"means": "patrol"})
    elif step == "withdraw":
        withdraw(now, here.actor("joc-officer"), made.id, reason="by mistake")
    elif step == "redact" and "category" in made.values:
        redact(now, here.actor("records-officer"), made.id, ["category"], reason="on order")


def _records(where: Exercise) -> list[Record]:
    records = {entry.record for entry in where.workspace.journal.entries()}
    return [found for one in records if (found := where.workspace.journal.get(one)) is not None]


def test_by_command_line_between_two_folders(remit: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    places = {name: tmp_path / name for name in ("main", "gao")}
    for name, place in places.items():
        assert remit("init", "--mission", "exercise", "--workspace", place, "--site", name)[0] == 0
    for name, other in (("main", "gao"), ("gao", "main")):
        card = tmp_path / f"{name}.json"
        assert remit("exchange", "card", "-o", card, "--workspace", places[name])[0] == 0
        assert remit("exchange", "know", card, "--yes", "--workspace", places[other])[0] == 0
    opened = composition().open(places["gao"])
    made = Exercise(opened).verified()
    composition().close(opened)
    stick = tmp_path / "to-main.remit"
    status, out, err = remit("exchange", "write", "main", "-o", stick, "--workspace", places["gao"])
    assert (status, err) == (0, "") and "2 entries of 1 records" in out
    status, out, err = remit("exchange", "take", stick, "--workspace", places["main"], "--language", "fr")
    assert (status, err) == (0, "") and "2 écritures reprises" in out
    assert remit("verify", "--workspace", places["main"])[0] == 0
    there = composition().open(places["main"])
    assert there.journal.get(made.id) == made
    [first, *_] = there.journal.entries(record=made.id)
    assert first.via == "gao" and first.came is not None
    composition().close(there)
    stick.write_bytes(stick.read_bytes()[:-40])
    status, out, err = remit("exchange", "take", stick, "--workspace", places["main"])
    assert (status, out) == (2, "") and "EXC-021" in err
    assert "gao" in remit("exchange", "sites", "--workspace", places["main"])[1]
