"""Every page opens for every role, in both languages, in the frame and under the policy."""

from __future__ import annotations

import re
from typing import Any

import pytest

from remit.kernel.conditions import ALWAYS
from remit.records.journal import Query
from remit.services.showing import place_of
from remit.services.workspace import Workspace
from tests.web.walking import walk

ROLES = ("joc-officer", "human-rights-officer", "chief-of-staff", "delegation")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_pages__all_that_are_linked_open(workspace: Workspace, sign_in: Any, language: str) -> None:
    visited = walk(sign_in("reporting-officer", language), "/", per_kind=2)
    failed = {url: answer.status_code for url, answer in visited.items() if answer.status_code != 200}
    assert failed == {}
    kinds = {url.split("?")[0].strip("/").split("/")[0] for url in visited}
    assert kinds >= {
        "",
        "mandate",
        "situation",
        "desk",
        "records",
        "record",
        "entry",
        "figures",
        "reports",
        "calendar",
        "people",
        "help",
    }


@pytest.mark.full
@pytest.mark.parametrize("role", ROLES)
def test_pages__open_for_role(workspace: Workspace, sign_in: Any, role: str) -> None:
    visited = walk(sign_in(role), "/", per_kind=3)
    assert {url: a.status_code for url, a in visited.items() if a.status_code != 200} == {}


def test_page__has_landmarks_language_and_policy(workspace: Workspace, sign_in: Any) -> None:
    answer = sign_in("joc-officer", "fr").get("/")
    html = answer.content.decode()
    assert '<html lang="fr">' in html
    for landmark in ("<main ", '<header class="top"', '<nav class="rail"', 'role="search"', 'class="skip"'):
        assert html.count(landmark) == 1, landmark
    assert len(re.findall(r"<h1", html)) == 1
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe-inline" not in policy
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_page__labels_every_control(workspace: Workspace, sign_in: Any) -> None:
    client = sign_in("joc-officer")
    for url in ("/", "/records/security-event", "/records/field-report/new", "/situation"):
        html = client.get(url).content.decode()
        for tag in re.findall(r"<(?:input|select|textarea)\b[^>]*>", html):
            if 'type="hidden"' in tag:
                continue
            own = re.search(r'\bid="([^"]+)"', tag)
            assert own, (url, tag)
            assert f'for="{own[1]}"' in html, (url, tag)


def test_page__marks_invented_records_and_their_level(workspace: Workspace, sign_in: Any) -> None:
    client = sign_in("joc-officer")
    shown = client.get("/records/security-event").content.decode()
    assert 'class="invented-mark"' in shown
    assert "band band-confidential" in shown
    assert "band band-" not in client.get("/mandate").content.decode()


def test_overview__holds_the_seven_and_the_four_tasks(workspace: Workspace, sign_in: Any) -> None:
    html = sign_in("chief-of-staff").get("/").content.decode()
    first, _, rest = html.partition('id="other"')
    assert re.findall(r'href="/mandate/(20\.[a-g])"', first) == [f"20.{letter}" for letter in "abcdefg"]
    assert re.findall(r'href="/mandate/(22\.[a-d])"', rest) == [f"22.{letter}" for letter in "abcd"]
    assert html.count("13,289") >= 1
    assert html.count("1,920") >= 1


@pytest.mark.para("20.a.ii.-1")
def test_paragraph__leads_to_task_records_figures_and_report(workspace: Workspace, sign_in: Any) -> None:
    html = sign_in("joc-officer").get("/mandate/20.a.ii.-1").content.decode()
    for target in ("/records/ceasefire-finding", "/figures/ceasefire-findings-confirmed", "/reports"):
        assert f'href="{target}' in html


def test_figure__walks_back_to_records_and_entries(workspace: Workspace, sign_in: Any) -> None:
    client = sign_in("joc-officer")
    page = client.get("/figures/ceasefire-findings-confirmed").content.decode()
    record = re.search(r'href="(/record/[0-9a-f-]{36})">MINUSMA-CFF', page)
    assert record
    entry = re.search(r'href="(/entry/[0-9a-f-]{36})"', client.get(record[1]).content.decode())
    assert entry
    proof = client.get(entry[1]).content.decode()
    assert "The entry lies in its block as sealed." in proof


@pytest.mark.parametrize(
    ("key", "en", "fr"),
    [
        ("local-agreements-holding-half-a-year", "too little is known", "on n’en sait pas assez"),
        (
            "personnel-killed-per-thousand",
            "the number to be divided is not known",
            "le nombre à diviser n’est pas connu",
        ),
        ("ssr-programmes-coordinated", "a share of nothing", "une part de rien"),
    ],
)
def test_figure__says_why_it_has_no_value(workspace: Workspace, sign_in: Any, key: str, en: str, fr: str) -> None:
    client = sign_in("joc-officer")
    for language, why in (("en", en), ("fr", fr)):
        client.cookies["django_language"] = language
        page = client.get(f"/figures/{key}").content.decode()
        assert re.findall(r'<p class="note">[^<]*?\((.*?)\)', page) == [why]


def test_list__filters_pages_and_exports_the_same_selection(workspace: Workspace, sign_in: Any) -> None:
    client = sign_in("joc-officer")
    every = client.get("/records/security-event").content.decode()
    some = client.get("/records/security-event?region=mopti").content.decode()
    count = [len(set(re.findall(r"MINUSMA-EVT-\d+-\d+", html))) for html in (every, some)]
    assert 0 < count[1] < count[0]
    export = b"".join(client.get("/records/security-event.csv?region=mopti")).decode("utf-8-sig").splitlines()
    assert len(export) == 1 + count[1]
    assert export[0].startswith("number,title,state,level,invented")
    assert all(",yes," in row for row in export[1:])


def test_situation__map_list_and_months_are_one_selection(workspace: Workspace, sign_in: Any) -> None:
    client, types = sign_in("joc-officer"), workspace.mission.record_types
    html = client.get("/situation?kind=event&month=2017-08").content.decode()
    listed = set(re.findall(r"MINUSMA-\w+-\d+-\d+", html.partition('id="selection"')[2]))
    points = client.get("/situation/points.json?kind=event&month=2017-08").json()["features"]
    placeless = {r.number for r in workspace.journal.find(Query(ALWAYS)) if place_of(types[r.type], r.values) is None}
    assert {p["properties"]["number"] for p in points} == listed - placeless != set()
    assert {p["properties"]["shape"] for p in points} == {"circle"}
    assert all(p["properties"]["uncertainty_m"] >= 0 for p in points)


@pytest.mark.parametrize("month", ["²", "2017-²", "2017-", "9" * 5000, "-1", "٢٠١٧"])
def test_a_month_that_is_none_chooses_nothing_and_breaks_nothing(
    workspace: Workspace, sign_in: Any, month: str
) -> None:
    assert sign_in("joc-officer").get("/situation", {"month": month}).status_code == 200


def test_search__finds_in_what_may_be_seen(workspace: Workspace, sign_in: Any) -> None:
    html = sign_in("joc-officer").get("/search?q=market").content.decode()
    assert "MINUSMA-EVT-2017-0002" in html
    assert "MINUSMA-HRF" not in html


def test_report__links_its_figures_and_gives_word(workspace: Workspace, sign_in: Any) -> None:
    client = sign_in("reporting-officer")
    html = client.get("/reports/quarterly-report").content.decode()
    assert re.search(r'class="figure" href="/figures/ceasefire-findings-confirmed\?period=2017-06-29/2017-09-29"', html)
    word = client.get("/reports/quarterly-report/docx")
    assert word.content[:2] == b"PK"
    assert "quarterly-report_2017-06-29" in word.headers["Content-Disposition"]


@pytest.mark.parametrize("board", ["capacity", "benchmarks"])
def test_board__is_a_living_page_for_whoever_is_cleared(workspace: Workspace, sign_in: Any, board: str) -> None:
    answer = sign_in("force-staff", "fr").get(f"/board/{board}")
    html = answer.content.decode()
    assert answer.status_code == 200 and f'href="/board/{board}"' in html and 'class="report board"' in html
    assert sign_in("delegation").get(f"/board/{board}").status_code == 404
    assert f'href="/board/{board}"' not in sign_in("delegation").get("/").content.decode()


def test_who_can__explains_to_those_inside_alone(workspace: Workspace, sign_in: Any) -> None:
    html = sign_in("joc-officer").get("/record/MINUSMA-EVT-2017-0002/who-can?action=withdraw").content.decode()
    assert "ACC-011" in html and "Records officer" in html
    assert sign_in("delegation").get("/record/MINUSMA-EVT-2017-0002/who-can").status_code in (403, 404)
    assert sign_in("joc-officer").get("/record/MINUSMA-EVT-2017-9999/who-can").status_code == 404


@pytest.mark.parametrize("role", ["administrator", "records-officer", "researcher", "liaison-officer"])
def test_the_first_page_opens_for_roles_that_see_little_or_nothing(
    workspace: Workspace, sign_in: Any, role: str
) -> None:
    assert sign_in(role).get("/").status_code == 200
