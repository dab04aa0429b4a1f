"""From lines to provisions: tables of invented text in the Council's form, and where each piece belongs."""

from __future__ import annotations

import pytest

from remit.text.document import Document
from remit.text.read import read_document

HEAD = """United Nations

S/RES/9999 (2031)

Security Council

Resolution 9999 (2031)
Adopted by the Security Council at its 9998th meeting, on 3 March 2031
The Security Council,
"""


def read(body: str) -> Document:
    return read_document((HEAD + body).encode(), "invented.txt")


def places(body: str) -> list[tuple[str, str, str]]:
    return [(one.role, one.path, one.text) for one in read(body).provisions]


def test_masthead_says_symbol_day_and_meeting() -> None:
    document = read("Recalling its resolution 9998 (2031),\n1. Decides to remain seized of the matter.\n")
    assert (document.symbol, document.title) == ("S/RES/9999 (2031)", "Resolution 9999 (2031)")
    assert (str(document.adopted), document.meeting) == ("2031-03-03", 9998)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "Recalling its intention,\nWelcoming the calm,\n1. Urges all to wait;\n2. Decides to remain seized.\n",
            [
                ("pp", "", "Recalling its intention,"),
                ("pp", "", "Welcoming the calm,"),
                ("op", "1", "Urges all to wait;"),
                ("op", "2", "Decides to remain seized."),
            ],
            id="preamble and numbered paragraphs",
        ),
        pytest.param(
            "1. Requests the Mission:\n(a) To observe;\n(b) To report on:\n(i) Harbours;\n(ii) Roads;\n(c) To leave;\n",
            [
                ("op", "1", "Requests the Mission:"),
                ("sub", "1.a", "To observe;"),
                ("sub", "1.b", "To report on:"),
                ("sub", "1.b.i", "Harbours;"),
                ("sub", "1.b.ii", "Roads;"),
                ("sub", "1.c", "To leave;"),
            ],
            id="letters and roman numbers",
        ),
        pytest.param(
            "1. Decides on:\n(g) Ferries;\n(h) Bridges;\n(i) Lighthouses;\n(j) Piers;\n",
            [
                ("op", "1", "Decides on:"),
                ("sub", "1.g", "Ferries;"),
                ("sub", "1.h", "Bridges;"),
                ("sub", "1.i", "Lighthouses;"),
                ("sub", "1.j", "Piers;"),
            ],
            id="the letter i after h is no roman one",
        ),
        pytest.param(
            "1. Urges:\n– patience,\n– care,\n2. Decides to remain seized.\n",
            [
                ("op", "1", "Urges:"),
                ("sub", "1.-1", "patience,"),
                ("sub", "1.-2", "care,"),
                ("op", "2", "Decides to remain seized."),
            ],
            id="dashes",
        ),
        pytest.param(
            "1. Requests the Mission to take up:\n(a)\n\nGood neighbourliness\nTo bring the villages together;\n(b)\n\nSafe roads\n(i) To clear them;\n",
            [
                ("op", "1", "Requests the Mission to take up:"),
                ("sub", "1.a", "Good neighbourliness"),
                ("cont", "1.a", "To bring the villages together;"),
                ("sub", "1.b", "Safe roads"),
                ("sub", "1.b.i", "To clear them;"),
            ],
            id="item titles with their text below",
        ),
        pytest.param(
            "1. Urges calm;\nHarbours and ferries\n2. Decides to remain seized.\n",
            [
                ("op", "1", "Urges calm;"),
                ("heading", "", "Harbours and ferries"),
                ("op", "2", "Decides to remain seized."),
            ],
            id="section heading",
        ),
        pytest.param(
            "Having examined the request of Talmara,\nRecommends to the Assembly that Talmara be admitted.\n",
            [
                ("pp", "", "Having examined the request of Talmara,"),
                ("cont", "", "Recommends to the Assembly that Talmara be admitted."),
            ],
            id="operative paragraph without a number",
        ),
        pytest.param(
            "1. Urges both sides, with regard to (i) fishing, (ii) ferries and (iii) pilots, to agree;\n",
            [("op", "1", "Urges both sides, with regard to (i) fishing, (ii) ferries and (iii) pilots, to agree;")],
            id="a list inside a sentence stays there",
        ),
        pytest.param(
            "1. Urges ferries, on these conditions: (i) a pilot, (ii) a lamp and (iii) a bell, and asks for calm;\n",
            [
                (
                    "op",
                    "1",
                    "Urges ferries, on these conditions: (i) a pilot, (ii) a lamp and (iii) a bell, and asks for calm;",
                )
            ],
            id="a list inside a sentence stays there behind a colon",
        ),
        pytest.param(
            "1. Decides that the ban covers: (a) boats; and (b) engines;\n2. Urges care; 3. Decides to remain seized.\n",
            [
                ("op", "1", "Decides that the ban covers:"),
                ("sub", "1.a", "boats; and"),
                ("sub", "1.b", "engines;"),
                ("op", "2", "Urges care;"),
                ("op", "3", "Decides to remain seized."),
            ],
            id="items and paragraphs that share a line",
        ),
        pytest.param(
            "1. Decides that all shall prevent:\n(a) The sale of boats; and\n(b) Their repair;\nexcept that these bans shall not touch ferries;\n",
            [
                ("op", "1", "Decides that all shall prevent:"),
                ("sub", "1.a", "The sale of boats; and"),
                ("sub", "1.b", "Their repair;"),
                ("cont", "1.b", "except that these bans shall not touch ferries;"),
            ],
            id="continuation behind items",
        ),
        pytest.param(
            "1. Urges the parties named in paragraphs 3 (a)\n4\n\nS/RES/9999 (2031)\nand (b) of the Accord to meet;\n2. Decides to remain seized.\n",
            [
                ("op", "1", "Urges the parties named in paragraphs 3 (a) and (b) of the Accord to meet;"),
                ("op", "2", "Decides to remain seized."),
            ],
            id="cut at a page",
        ),
    ],
)
def test_each_piece_has_its_place(body: str, expected: list[tuple[str, str, str]]) -> None:
    assert places(body) == expected


WRAPPED = """Reaffirming that the people of Talmara alone decide on the future of their islands,
and underlining that the parties bear the first duty for the safety of all the
Outer Isles, their harbours and ferries,
Acting under Chapter VII of the Charter of the United Nations,
The harbours
1.
Calls upon the Government of Talmara, the Outer Isles Council and the owners of the
Northern Ferry Line to agree, by common consent and without any delay at all, on a
calendar for the steps that remain under paragraph 3
(a) of the Accord;
17-10999
4/14

17-10999

S/RES/9999 (2031)

2. Decides to remain seized.
"""


def test_lines_wrapped_at_a_column_are_joined_and_the_page_removed() -> None:
    found = places(WRAPPED)
    assert [(role, path) for role, path, _ in found] == [
        ("pp", ""),
        ("pp", ""),
        ("heading", ""),
        ("op", "1"),
        ("op", "2"),
    ]
    assert found[3][2].endswith("under paragraph 3 (a) of the Accord;")


def test_lost_opening_words_are_reported_and_not_filled_in() -> None:
    document = read("1. Urges calm;\n2.\ntasks:\n(a) To observe;\n3. Decides to remain seized.\n")
    second = next(one for one in document.provisions if one.path == "2")
    assert (second.text, second.verbs) == ("tasks:", ())
    assert [issue.where.path for issue in document.problems if issue.code == "TXT-101"] == ["2"]


def test_words_torn_apart_are_reported_where_they_stand() -> None:
    document = read(
        "1. Requests a plan that:\n(i) articulates a\nclear harbour plan;\n\nsteady\n\nphased\n\napproach\n\n(ii) presents costs;\n"
    )
    assert [issue.where.path for issue in document.problems if issue.code == "TXT-102"] == ["1.i"]
    assert "steady phased approach" in next(one.text for one in document.provisions if one.path == "1.i")


def test_a_missing_number_is_reported() -> None:
    document = read("1. Urges calm;\n3. Decides to remain seized.\n")
    assert [(issue.code, issue.where.path) for issue in document.problems] == [("TXT-106", "3")]


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        (
            "Further requests the Mission to report, and also urges the parties to meet;",
            ("Further requests", "also urges"),
        ),
        (
            "Expresses its deep concern at the delay, calls upon all to help;",
            ("Expresses its deep concern at", "calls upon"),
        ),
        ("Takes note of the calls and demands of the villagers;", ("Takes note of",)),
        ("In this regard, requests a plan;", ("requests",)),
    ],
)
def test_verbs_lead_and_follow(text: str, verbs: tuple[str, ...]) -> None:
    assert read(f"1. {text}\n").provisions[0].verbs == verbs


def test_keys_are_unique() -> None:
    document = read("Recalling A,\nRecalling B,\n1. Urges:\n(a) one;\n(a) two;\n")
    keys = [one.key for one in document.provisions]
    assert len(keys) == len(set(keys))
    assert keys[:2] == ["pp.1", "pp.2"]


def wrapped(*lines: str) -> list[tuple[str, str]]:
    head = "S/RES/9999 (2031)\nThe Security Council,\nRecalling the long way of the boats between all of the harbours of this coast,\n"
    long = "1. Urges all parties to keep the harbours open to every boat that comes and goes;\n"
    return [
        (one.role, one.path) for one in read_document((head + long + "\n".join(lines) + "\n").encode(), "x").provisions
    ]


def test_a_sentence_that_opens_under_a_long_title_is_its_own_even_behind_a_page() -> None:
    for between in ([], ["20-90107", "2/4"]):
        found = wrapped(
            "2. Decides that the mandate of the mission shall include the following tasks now:",
            "(a) Countering attacks upon boats in active defence of the whole mandate here",
            *between,
            "To watch the shores of the Narrows by day and by night, and to tell the Council",
            "of every boat that was lost;",
        )
        assert found[-2:] == [("sub", "2.a"), ("cont", "2.a")]


def test_two_short_titles_in_a_row_are_two() -> None:
    found = wrapped("Mandate of the mission", "General principles", "2. Urges calm;")
    assert found[-3:] == [("heading", ""), ("heading", ""), ("op", "2")]


def test_a_heading_between_two_items_is_one_where_lines_are_full() -> None:
    found = wrapped(
        "2. Decides that the mandate of the mission shall include the following tasks now:",
        "(a) To help the Government to clear all of the mines on the beaches of the coast;",
        "Disarmament of the armed groups of the islands and their return to civilian life",
        "(b) To deter any attempt at the use of force;",
    )
    assert found[-4:] == [("op", "2"), ("sub", "2.a"), ("heading", ""), ("sub", "2.b")]
