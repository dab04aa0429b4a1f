"""Two people at one record: the second is told, sees the difference, and nothing of either is lost."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from remit.records.actors import Actor
from remit.services.recording import record
from remit.services.workspace import Workspace
from tests.web.conftest import PASSWORD
from tests.web.test_forms import EVENT, recorded
from tests.workspaces import new_workspace

OPENED = {**EVENT, "revision": "1"}


@pytest.fixture
def made(own_workspace: Workspace, sign_in: Any) -> str:
    """Return a record that two people have opened; the first has changed its title and its category."""
    client = sign_in("joc-officer")
    made = recorded(client, "security-event", EVENT)
    first = {**OPENED, "title": "Shots near a ford (invented)", "category": "ied", "reason": "a ford"}
    assert client.post(f"/record/{made}/edit", first).status_code == 302
    return made


def inputs(html: str) -> dict[str, str]:
    """Return the text inputs and chosen options of a form, by name."""
    plain = re.sub(r'<input[^>]*type="checkbox"[^>]*>', "", html)
    found = dict(re.findall(r'<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', plain))
    found |= {
        name: chosen[1]
        for name, options in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', html, re.DOTALL)
        if (chosen := re.search(r'<option value="([^"]*)" selected', options))
    }
    return found | dict(re.findall(r'<textarea[^>]*?name="([^"]+)"[^>]*>\s*([^<]*)</textarea>', html))


@pytest.mark.parametrize(
    ("language", "since", "both"),
    [
        ("en", "Since you opened it", "You both changed these"),
        ("fr", "Depuis que vous l’avez ouverte", "tous les deux"),
    ],
)
def test_the_second_sees_what_the_first_did(made: str, sign_in: Any, language: str, since: str, both: str) -> None:
    second = {**OPENED, "title": "Shots near a mill (invented)", "narrative": "I saw it", "reason": "a mill"}
    answer = sign_in("field-officer", language).post(f"/record/{made}/edit", second)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert since in html and both in html and "REC-036" in html
    table = re.search(r"<table>.*?</table>", html, re.DOTALL)
    assert table is not None
    for words in ("Shots near a bridge (invented)", "Shots near a ford (invented)", "Shots near a mill (invented)"):
        assert words in table[0]
    shown = inputs(html)
    assert (shown["title"], shown["narrative"], shown["reason"]) == (second["title"], "I saw it", "a mill")
    assert shown["category"] == "ied", "what he had not touched is as it stands now"
    assert shown["revision"] == "2"


def test_saving_again_keeps_both(made: str, own_workspace: Workspace, sign_in: Any) -> None:
    second, client = {**OPENED, "narrative": "I saw it", "reason": "seen"}, sign_in("joc-officer")
    answer = client.post(f"/record/{made}/edit", second)
    assert answer.status_code == 409 and "<table>" not in answer.content.decode(), "they changed different fields"
    again = {**EVENT, **inputs(answer.content.decode())}
    assert client.post(f"/record/{made}/edit", again).status_code == 302
    found_record = own_workspace.journal.get(made)
    assert found_record is not None and found_record.disputed == {}
    found = {key: found_record.values[key] for key in ("title", "category", "narrative")}
    assert found == {"title": "Shots near a ford (invented)", "category": "ied", "narrative": "I saw it"}
    last = [*own_workspace.journal.entries(record=made)][-1]
    assert set(last.values) == {"narrative", "_reason"}, "he put nothing back that others had changed"


def test_a_third_change_meanwhile_is_told_again(made: str, sign_in: Any) -> None:
    client = sign_in("joc-officer")
    answer = client.post(f"/record/{made}/edit", {**OPENED, "narrative": "I saw it", "reason": "seen"})
    again = {**EVENT, **inputs(answer.content.decode())}
    third = {**EVENT, "title": "Third (invented)", "category": "ied", "revision": "2", "reason": "third"}
    assert client.post(f"/record/{made}/edit", third).status_code == 302
    answer = client.post(f"/record/{made}/edit", again)
    assert answer.status_code == 409
    assert inputs(answer.content.decode())["title"] == "Third (invented)"


@pytest.fixture
def incident(tmp_path: Path) -> str:
    """Return a record of the exercise, in which the operations centre withdraws and sets aside; two people work there."""
    made = new_workspace(tmp_path, "exercise")
    for person in ("one.officer", "other.officer"):
        made.accounts.add(person, f"{person} (invented)", ("joc-officer",), PASSWORD, invented=True)
    actor = Actor("one.officer", made.mission.roles["joc-officer"])
    place = {"name": "Ferry Point", "lat": -40.62, "lon": -119.44}
    raw = {"title": "Shots (invented)", "occurred_on": "2020-04-01", "category": "shooting", "place": place}
    return record(made, actor, "incident", raw).id


def test_a_withdrawal_meanwhile_gives_back_what_was_typed(incident: str, sign_in: Any) -> None:
    one, other = sign_in("one.officer"), sign_in("other.officer")
    page = inputs(one.get(f"/record/{incident}/edit").content.decode())
    amended = {**page, "narrative": "What I typed", "reason": "seen"}
    assert one.post(f"/record/{incident}/edit", amended).status_code == 302
    late = other.post(f"/record/{incident}/withdraw", {"reason": "my own reason", "revision": "1"})
    html = late.content.decode()
    assert late.status_code == 409 and "REC-036" in html
    assert "my own reason" in html and "What I typed" in html
    assert other.post(f"/record/{incident}/withdraw", {"reason": "not so", "revision": "2"}).status_code == 302
    html = one.post(
        f"/record/{incident}/edit", {**amended, "narrative": "Typed late", "revision": "2"}
    ).content.decode()
    assert "REC-038" in html and "Typed late" in html and "not so" in html


def test_a_move_that_somebody_made_first_gives_back_what_was_typed(incident: str, sign_in: Any) -> None:
    one, other = sign_in("one.officer"), sign_in("other.officer")
    sent = {"revision": "1", "reason": "a rumour"}
    assert one.post(f"/record/{incident}/move/set-aside", sent).status_code == 302
    late = other.post(f"/record/{incident}/move/set-aside", {**sent, "reason": "typed in vain"})
    html = late.content.decode()
    assert late.status_code == 409 and "typed in vain" in html and "a rumour" in html
    assert other.post(f"/record/{incident}/move/no-such-move", {"reason": "x"}).status_code == 404


def test_the_api_says_which_fields_were_changed_since(made: str, sign_in: Any) -> None:
    history = sign_in("joc-officer").get(f"/api/record/{made}").json()["history"]
    assert history[-1]["changed"] == ["category", "title"]
