"""What holds of every shipped mandate and plan, with or without the official text."""

from __future__ import annotations

from datetime import timedelta

import pytest

from remit.kernel.periods import add_months
from tests.unit.missions_content.conftest import Loaded

MISSIONS = ("minusma", "unmil", "exercise")
CROSS_CUTTING = {"24", "25", "26", "27", "28", "29", "30", "41"}


@pytest.mark.parametrize("key", MISSIONS)
def test_every_provision_has_words_in_both_languages_and_somebody_addressed(loaded: Loaded, key: str) -> None:
    for path, provision in loaded(key).instrument.provisions.items():
        assert provision.words.en != provision.words.fr, path
        assert len(provision.words.en) < 240, path
        assert len(provision.words.fr) < 260, path
        assert provision.addressees, path
        assert provision.force, path


@pytest.mark.parametrize("key", MISSIONS)
def test_verbs_addressees_and_conditions_can_be_shown_in_both_languages(loaded: Loaded, key: str) -> None:
    mission = loaded(key)
    lists = {name: {o.key for o in mission.options[name]} for name in mission.options}
    for path, provision in mission.instrument.provisions.items():
        assert provision.force in lists["operative-verbs"], path
        assert set(provision.addressees) <= lists["mandate-addressees"], path
        assert set(provision.conditions) <= lists["mandate-conditions"], path


@pytest.mark.parametrize("key", MISSIONS)
def test_every_paragraph_and_item_has_one_task_with_a_lead(loaded: Loaded, key: str) -> None:
    mission = loaded(key)
    assert sorted(task.path for task in mission.tasks.values()) == sorted(mission.instrument.provisions)
    for task in mission.tasks.values():
        assert task.lead in set(mission.components) - {"outside"}, task.key
        assert task.review, task.key


@pytest.mark.parametrize("key", MISSIONS)
def test_the_mandate_ends_on_its_last_day_and_so_does_the_mission_period(loaded: Loaded, key: str) -> None:
    mission = loaded(key)
    ends = [c for p in mission.instrument.provisions.values() for c in p.clocks if c.kind == "until"]
    assert {day for clock in ends for day in clock.dates} == {mission.instrument.expires}
    assert mission.period.start == mission.instrument.adopted
    assert mission.period.last == mission.instrument.expires


@pytest.mark.parametrize(
    ("key", "reports", "plan", "days"), [("minusma", "47", "48", 180), ("exercise", "14", "15", 90)]
)
def test_duties_fall_on_the_days_that_follow_from_the_adoption(
    loaded: Loaded, key: str, reports: str, plan: str, days: int
) -> None:
    instrument = loaded(key).instrument
    quarters = [add_months(instrument.adopted, 3 * n) for n in range(1, 5)]
    (report,) = instrument.provisions[reports].clocks
    assert list(report.dates) == [day for day in quarters if day <= instrument.expires]
    assert report.duty
    assert report.product in loaded(key).products
    (due,) = instrument.provisions[plan].clocks
    assert due.dates == (instrument.adopted + timedelta(days=days),)


def test_the_duties_that_the_text_sets_without_a_day_have_none_here(loaded: Loaded) -> None:
    provisions = loaded("minusma").instrument.provisions
    open_duties = {path for path, p in provisions.items() if any(c.duty and not c.dates for c in p.clocks)}
    assert open_duties == {"20.a.ii.-1", "20.f.ii", "27", "28", "36"}


def test_the_ceilings_are_held_against_a_measure(loaded: Loaded) -> None:
    mission = loaded("minusma")
    limits = mission.instrument.provisions["16"].limits
    assert {limit.key: limit.amount for limit in limits} == {"military": 13289, "police": 1920}
    assert all(mission.measures[limit.measure].limit == f"16/{limit.key}" for limit in limits)


def test_priorities_follow_the_paragraphs(loaded: Loaded) -> None:
    for task in loaded("minusma").tasks.values():
        head = task.path.split(".")[0]
        expected = {"17": "strategic", "20": "priority", "22": "other"}.get(
            head, "cross-cutting" if head in CROSS_CUTTING else "none"
        )
        assert task.priority == expected, task.key


def test_what_is_asked_of_others_is_followed_too(loaded: Loaded) -> None:
    mission = loaded("minusma")
    by_path = {task.path: task for task in mission.tasks.values()}
    for path in ("3", "12", "32", "37", "45"):
        assert by_path[path].lead in mission.components


def test_who_decides_redacts_or_runs_the_machine_is_kept_apart(loaded: Loaded) -> None:
    roles = loaded("minusma").roles
    assert [key for key, role in roles.items() if "redact" in role.may] == ["records-officer"]
    assert roles["administrator"].may == ("administer",)
    assert roles["field-officer"].compartments == ()
    assert roles["field-officer"].clearance == "confidential"
    assert {key for key, role in roles.items() if "hr-sources" in role.compartments} == {
        "human-rights-officer",
        "human-rights-chief",
        "records-officer",
    }


@pytest.mark.parametrize("key", MISSIONS)
def test_readers_outside_may_only_see_and_only_as_an_audience(loaded: Loaded, key: str) -> None:
    mission = loaded(key)
    outside = [role for role in mission.roles.values() if role.component == "outside"]
    assert {role.audience for role in outside} == set(mission.audiences)
    assert all(role.may == ("see",) and role.clearance == "unclassified" and not role.compartments for role in outside)


@pytest.mark.parametrize("key", MISSIONS)
def test_each_role_has_an_invented_account(loaded: Loaded, key: str) -> None:
    mission = loaded(key)
    assert {role for person in mission.people.values() for role in person.roles} == set(mission.roles)
    assert all("(invented)" in person.name for person in mission.people.values())


def test_only_the_exercise_is_wholly_invented(loaded: Loaded) -> None:
    assert loaded("exercise").invented
    assert not loaded("minusma").invented
