"""A real browser whose network is cut: what it keeps, what it must not, and that nothing recorded is lost or doubled."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from remit.kernel.conditions import ALWAYS
from remit.records.journal import Query
from remit.records.record import Record
from remit.services.recording import record
from remit.services.shapes import Actor
from remit.services.workspace import Workspace
from tests.acceptance.browser import Visitor, chromium, served
from tests.web.planting import Planting
from tests.workspaces import composition, copy_tables, sharing_queries

pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(
        shutil.which("chromium") is None, reason="no Chromium on this machine: install Debian's package chromium"
    ),
]
NOW = datetime(2017, 9, 25, 9, tzinfo=UTC)
WORDS = "Shots heard at night (invented)"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    copy_tables(tmp_path / "workspace")
    made = sharing_queries(composition().create(tmp_path / "workspace", "minusma", stands_at=NOW), composition())
    yield made
    composition().close(made)


@pytest.fixture
def event(workspace: Workspace) -> Record:
    """A record of no compartment, without sensitive values."""
    return _recorded(workspace, "joc-officer", "security-event", "")


@pytest.fixture
def closed(workspace: Workspace, event: Record) -> Record:
    """A record of a compartment, over that event."""
    return _recorded(workspace, "human-rights-officer", "human-rights-finding", event.id)


def _recorded(workspace: Workspace, role: str, key: str, over: str) -> Record:
    kind, planting = workspace.mission.record_types[key], Planting(workspace)
    plain = {name: one for name, one in kind.fields.items() if not one.sensitive and one.kind != "reference"}
    return record(
        workspace, Actor(role, workspace.mission.roles[role]), key, planting.values(plain), over=over, invented=True
    )


@pytest.fixture
def address(workspace: Workspace) -> Iterator[str]:
    with served(workspace) as found:
        yield found


@pytest.fixture
def browser(address: str) -> Iterator[Any]:
    with chromium() as found:
        yield found


class Field(Visitor):
    """Somebody whose network can be cut, and whose tab can be closed."""

    def ready(self) -> None:
        """Wait until the service worker answers for the pages, and has what it needs."""
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        self.page.wait_for_function("navigator.serviceWorker.controller !== null")
        self.go("/mandate")
        self.until("return Boolean(await RemitDevice.mark('prepared'))")

    def until(self, words: str) -> None:
        """Wait until something holds in the page."""
        for _ in range(600):
            if self.page.evaluate(f"(async () => {{ {words} }})()"):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError((words, self.text()))

    def cut(self, cut: bool = True) -> None:
        """Cut the network, or mend it."""
        self.context.set_offline(cut)

    def kept(self) -> list[str]:
        """Return the addresses of the pages that are kept."""
        found: list[str] = self.page.evaluate("RemitDevice.pages().then((pages) => pages.map((page) => page.url))")
        return found

    def waiting(self) -> list[str]:
        """Return how each form that waits stands."""
        found: list[str] = self.page.evaluate("RemitDevice.waiting().then((all) => all.map((one) => one.state))")
        return found

    def sign_in(self, workspace: Workspace, person: str) -> None:
        """Sign in where a sign-in page stands."""
        assert workspace.folder is not None
        passwords = json.loads((workspace.folder / "invented-accounts.json").read_text("utf-8"))
        self.page.fill("#id_username", person)
        self.page.fill("#id_password", passwords[person])
        self.page.click("main form button.primary, form button.primary")
        self.page.wait_for_url(lambda url: "/sign-in" not in url)

    def close_tab(self) -> None:
        """Close the tab and open another one."""
        self.page.close()
        self.page = self.context.new_page()

    def report(self, title: str = WORDS, **more: Any) -> None:
        """Fill a field report."""
        self.fill(
            title=title, occurred_on="2017-09-20", reported_at="2017-09-20T10:00", place="Bourem", grade="b2",
            source_kind="community", **more,
        )  # fmt: skip
        self.page.click(".form-foot button.primary", no_wait_after=True)


def reports(workspace: Workspace) -> list[str]:
    """Return the titles of the field reports in the journal."""
    return [str(one.values.get("title")) for one in found(workspace)]


def found(workspace: Workspace) -> list[Record]:
    """Return the field reports in the journal, looked up beside the event loop that an open browser has in this thread."""

    def look() -> list[Record]:
        from django.db import connections

        try:
            return list(workspace.journal.find(Query(ALWAYS, types=("field-report",))))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as beside:
        return beside.submit(look).result()


def test_pages__are_read_on_a_cut_link_but_none_of_a_compartment(
    workspace: Workspace, event: Record, closed: Record, address: str, browser: Any
) -> None:
    field = Field(browser, address, workspace, "human-rights-officer")
    field.ready()
    for path in (
        "/help",
        "/mandate/20.c.ii",
        f"/record/{closed.id}",
        "/records/human-rights-finding",
        "/records/security-event",
    ):
        assert field.go(path) == 200
    joc = Field(browser, address, workspace, "joc-officer")
    joc.ready()
    assert joc.go(f"/record/{event.id}") == 200
    joc.until(f"return (await RemitDevice.pageAt('/record/{event.id}')) !== undefined")
    joc.cut()
    joc.go(f"/record/{event.id}")
    assert str(event.values["title"]) in joc.text()
    assert "kept on this device" in joc.text().lower()
    joc.go("/people")
    joc.page.wait_for_selector("#kept-list a")
    assert "On this device" in joc.text() and joc.page.locator(f'#kept-list a[href="/record/{event.id}"]').count() == 1

    field.until("return (await RemitDevice.pages()).some((page) => page.url === '/records/security-event')")
    kept = field.kept()
    assert "/help" in kept and "/records/security-event" in kept
    assert not [path for path in kept if closed.id in path or "human-rights-finding" in path]
    field.cut()
    field.go(f"/record/{closed.id}")
    assert str(closed.values["title"]) not in field.text() and "On this device" in field.text()


def test_kept__lies_encrypted_and_goes_at_sign_out_and_when_another_signs_in(
    workspace: Workspace, event: Record, address: str, browser: Any
) -> None:
    field = Field(browser, address, workspace, "joc-officer")
    field.ready()
    field.go(f"/record/{event.id}")
    field.until(f"return (await RemitDevice.pageAt('/record/{event.id}')) !== undefined")
    raw = field.page.evaluate(RAW)
    assert str(event.values["title"]).encode().hex() not in raw["bytes"] and raw["pages"] > 1
    assert not raw["handed out"], "a key could be read out"

    field.page.context.clear_cookies(name="sessionid")  # the session ends without a sign-out
    field.go("/desk")
    field.sign_in(workspace, "field-officer")
    field.go("/desk")
    field.until("return (await RemitDevice.pages()).some((page) => page.url === '/desk')")
    assert f"/record/{event.id}" not in field.kept()

    field.page.click("details.me summary")
    field.page.click('form[action="/sign-out"] button')
    field.page.wait_for_url("**/sign-in**")
    assert field.page.evaluate(RAW)["pages"] == 0


RAW = """async () => {
  const base = await new Promise((done) => { const asked = indexedDB.open("remit"); asked.onsuccess = () => done(asked.result); });
  const all = (name) => new Promise((done) => { const asked = base.transaction(name).objectStore(name).getAll(); asked.onsuccess = () => done(asked.result); });
  const rows = [...await all("pages"), ...await all("waiting")], keys = await all("keys");
  const hex = (data) => [...new Uint8Array(data)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const out = await Promise.all(keys.map((key) => crypto.subtle.exportKey("raw", key).then(() => true, () => false)));
  return { bytes: rows.map((row) => hex(row.data)).join(" "), pages: (await all("pages")).length, "handed out": out.some(Boolean),
           plain: JSON.stringify(rows.map(({ data, iv, ...rest }) => rest)) };
}"""


def test_report__written_on_a_cut_link_arrives_once(workspace: Workspace, address: str, browser: Any) -> None:
    field = Field(browser, address, workspace, "field-officer")
    field.ready()
    field.cut()
    field.go("/records/field-report/new")  # never opened before: kept beforehand
    assert "kept on this device" in field.text().lower()
    field.report(victims__0__sex="female", victims__0__age_band="child", victims__0__killed="1")
    field.page.wait_for_url("**/device/en*")
    field.page.wait_for_selector("#waiting-list li[data-state=waiting]")
    assert WORDS in field.text() and reports(workspace) == []
    raw = field.page.evaluate(RAW)
    assert WORDS.encode().hex() not in raw["bytes"] and WORDS not in raw["plain"]

    field.close_tab()
    field.cut(cut=False)
    field.go("/desk")
    field.until("return (await RemitDevice.waiting()).length === 0")
    assert reports(workspace) == [WORDS]
    field.go("/device/en")
    field.page.wait_for_selector("#none-waits:not([hidden])")
    assert "Nothing waits" in field.text()


def test_report__whose_answer_was_lost_is_not_doubled(workspace: Workspace, address: str, browser: Any) -> None:
    field = Field(browser, address, workspace, "field-officer")
    field.ready()
    field.go("/records/field-report/new")
    form = field.page.evaluate(
        "Object.fromEntries([...new FormData(document.querySelector('form.form'))].filter(([, v]) => !(v instanceof File)))"
    )
    values = {"title": WORDS, "occurred_on": "2017-09-20", "reported_at": "2017-09-20T10:00", "place": "Bourem",
              "grade": "b2", "source_kind": "community"}  # fmt: skip
    answer = field.context.request.post(f"{address}/records/field-report/new", form={**form, **values}, max_redirects=0)
    assert answer.status == 302 and reports(workspace) == [WORDS]  # it arrived, and the link was cut before the answer
    field.cut()
    field.report()
    field.page.wait_for_selector("#waiting-list li")
    field.cut(cut=False)
    field.until("return (await RemitDevice.waiting()).length === 0")
    assert reports(workspace) == [WORDS]


def test_report__that_is_not_taken_stays_until_put_right(workspace: Workspace, address: str, browser: Any) -> None:
    field = Field(browser, address, workspace, "field-officer")
    field.ready()
    field.cut()
    field.go("/records/field-report/new")
    field.fill(title=WORDS, occurred_on="2017-09-20")
    field.page.click(".form-foot button.primary", no_wait_after=True)
    field.page.wait_for_selector("#waiting-list li")
    field.cut(cut=False)
    field.page.wait_for_selector("#waiting-list li[data-state=refused]")
    assert "REC-" in field.text() and field.waiting() == ["refused"] and reports(workspace) == []
    field.page.click("#waiting-list button.primary")
    field.page.wait_for_url("**/records/field-report/new")
    assert field.page.input_value('[name="title"]') == WORDS
    field.report(title=f"{WORDS}, put right")
    field.page.wait_for_url("**/record/*")
    assert field.waiting() == [] and reports(workspace) == [f"{WORDS}, put right"]


def test_report__waits_through_the_end_of_a_session(workspace: Workspace, address: str, browser: Any) -> None:
    field = Field(browser, address, workspace, "field-officer")
    field.ready()
    field.cut()
    field.go("/records/field-report/new")
    field.report()
    field.page.wait_for_selector("#waiting-list li")
    field.context.clear_cookies(name="sessionid")
    field.cut(cut=False)
    field.page.wait_for_selector("#waiting-list li[data-state=ended]")
    assert reports(workspace) == []
    field.page.click("#waiting-list a.button")
    field.sign_in(workspace, "joc-officer")  # another person: neither shown nor sent under his name
    field.page.wait_for_selector("#waiting-list li")
    assert WORDS not in field.text() and field.waiting() == ["ended"]
    field.go("/desk")
    field.page.click("details.me summary")
    field.page.click('form[action="/sign-out"] button')
    field.page.wait_for_url("**/sign-in**")
    field.sign_in(workspace, "field-officer")
    field.until("return (await RemitDevice.waiting()).length === 0")
    assert [(one.values["title"], one.recorded_by.person) for one in found(workspace)] == [(WORDS, "field-officer")]


def test_form__with_what_must_not_lie_on_a_device_stays_on_the_page(
    workspace: Workspace, address: str, browser: Any
) -> None:
    field = Field(browser, address, workspace, "field-officer")
    field.ready()
    field.go("/records/field-report/new")
    field.cut()
    field.report(source__pseudonym="Source H1")
    field.page.wait_for_selector("#device-alert:not([hidden])")
    assert "cannot wait on the device" in field.text() and field.waiting() == []
    assert field.page.input_value('[name="title"]') == WORDS
    field.fill(source__pseudonym="")
    field.page.click(".form-foot button.primary", no_wait_after=True)
    field.page.wait_for_selector("#waiting-list li")

    rights = Field(browser, address, workspace, "human-rights-officer")
    rights.ready()
    rights.go("/records/human-rights-finding/new")
    rights.cut()
    rights.fill(title="Zebrafish finding (invented)")
    rights.page.click(".form-foot button.primary", no_wait_after=True)
    rights.page.wait_for_selector("#device-alert:not([hidden])")
    assert "never wait on a device" in rights.text() and rights.waiting() == []
    assert rights.page.input_value('[name="title"]') == "Zebrafish finding (invented)"


def test_device__in_french(workspace: Workspace, address: str, browser: Any) -> None:
    field = Field(browser, address, workspace, "field-officer", locale="fr-FR")
    field.ready()
    field.cut()
    field.go("/people")
    field.page.wait_for_selector("#none-waits:not([hidden])")
    assert "Sur cet appareil" in field.text() and "Rien n’attend" in field.text()
