"""The calendar as a feed: what leaves with it, for whom, and what its token opens."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from remit.records.actors import Actor
from remit.services.calendar import calendar
from remit.services.standing import standing
from remit.services.tokens import end_token, make_token
from remit.services.workspace import Workspace

pytestmark = pytest.mark.para("47")


def feed(client: Any, secret: str, language: str = "en") -> Any:
    """Ask for a feed."""
    return client.get(f"/calendar/{secret}.ics", {"language": language})


@pytest.fixture
def client(workspace: Workspace) -> Any:
    """A program that is nobody by itself."""
    from django.test import Client

    del workspace
    return Client()


@pytest.fixture
def token(workspace: Workspace) -> Any:
    """Make a token of somebody for scopes; return its secret."""

    def made(role: str, *scopes: str) -> str:
        return make_token(workspace, Actor(role, workspace.mission.roles[role]), "my calendar", scopes, 30)[1]

    return made


def test_the_days_of_the_mandate_and_time_limits_are_in_it(workspace: Workspace, client: Any, token: Any) -> None:
    answer = feed(client, token("joc-officer", "calendar"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert len({str(one["uid"]) for one in events}) == len(events)
    whole_days = {one.decoded("dtstart") for one in events if type(one.decoded("dtstart")) is date}
    assert {date(2017, 9, 29), date(2017, 12, 26), date(2018, 6, 30)} <= whole_days
    now = standing(workspace)
    months = calendar(now, Actor("joc-officer", now.mission.roles["joc-officer"]), "en")
    limits = {
        limit.line.number: limit.clock.due
        for month in months
        for day in month.days
        for limit in day.limits
        if not limit.line.compartment and limit.line.level != "strictly-confidential"
    }
    told = {str(one["summary"]).partition(":")[0]: one for one in events if type(one.decoded("dtstart")) is datetime}
    assert limits and set(told) == set(limits)
    number, due = next(iter(limits.items()))
    assert abs(told[number].decoded("dtstart") - due) < timedelta(seconds=1)
    assert due.tzinfo is not None and told[number].decoded("dtstart").utcoffset() == timedelta(0)
    assert str(told[number]["class"]) == "CONFIDENTIAL" and b"Invented" in told[number].to_ical()


def test_it_tells_less_than_the_page(workspace: Workspace, client: Any, token: Any) -> None:
    """Nothing of a compartment, though the role holds it; nothing strictly confidential; of no record what it says."""
    holders = [role for role in workspace.mission.roles.values() if role.compartments and "see" in role.may]
    held = {c for role in holders for c in role.compartments}
    closed = [
        record
        for record in workspace.journal.find(_all())
        if record.compartment in held or record.level == "strictly-confidential"
    ]
    assert closed
    for role in holders:
        text = feed(client, token(role.key, "calendar")).content.decode()
        for record in closed:
            assert record.id not in text and record.number not in text
        for record in workspace.journal.find(_all()):
            assert not record.title or record.title not in text.replace("\r\n ", "")


def test_its_words_are_in_french(client: Any, token: Any) -> None:
    english, french = (feed(client, token("joc-officer", "calendar"), one).content.decode() for one in ("en", "fr"))
    assert "Duty to the Council" in english and "Obligation envers le Conseil" in french
    assert "Duty to the Council" not in french


def test_a_token_opens_the_feed_or_the_interfaces_not_both(workspace: Workspace, client: Any, token: Any) -> None:
    reading, feeding = token("joc-officer", "read"), token("joc-officer", "calendar")
    assert feed(client, reading).status_code == 403 and b"ACC-068" in feed(client, reading).content
    for path in ("/api/records", "/ogc/collections", "/openrosa/formList"):
        answer = client.get(path, headers={"authorization": f"Bearer {feeding}"})
        assert answer.status_code in (401, 403), path
    assert feed(client, feeding).status_code == 200
    end_token(workspace, "joc-officer", workspace.accounts.tokens.of("joc-officer")[0].id, now=datetime.now(UTC))
    assert feed(client, feeding).status_code in (401, 403)
    assert feed(client, "remit_nothing").status_code in (401, 403)
    assert client.post(f"/calendar/{feeding}.ics").status_code == 405


def test_making_the_token_shows_the_address(workspace: Workspace, sign_in: Any) -> None:
    del workspace
    client = sign_in("joc-officer")
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": datetime.now(UTC).timestamp()}]
    session.save()
    page = client.post("/account/tokens", {"name": "my phone", "scope": "calendar", "days": "30"}).content.decode()
    address = page.partition('id="new-feed">')[2].partition("<")[0]
    assert address.startswith("http://testserver/calendar/remit_") and address.endswith(".ics")
    assert client.get(address.removeprefix("http://testserver")).status_code == 200


def _all() -> Any:
    from remit.kernel.conditions import ALWAYS
    from remit.records.journal import Query

    return Query(ALWAYS)
