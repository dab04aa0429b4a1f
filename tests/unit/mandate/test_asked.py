"""What is asked: tables of invented clauses and what is found in them."""

from __future__ import annotations

import pytest

from remit.mandate.asked import Asked
from remit.mandate.find import find_asked
from remit.mandate.references import expand
from remit.text.read import read_document

HEAD = "S/RES/9999 (2031)\nResolution 9999 (2031)\nAdopted by the Security Council at its 9998th meeting, on 31 January 2031\nThe Security Council,\n"


def asked(body: str) -> Asked:
    return find_asked(read_document((HEAD + body).encode(), "invented.txt"))


def obligations(body: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.path, one.force, one.addressees) for one in asked(body).obligations]


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("Requests the Secretary-General to report;", [("1", "Requests", ("Secretary-General",))]),
        (
            "Urges the Government of Talmara and the Outer Isles Council to meet, and requests UNXMT to help them;",
            [("1", "Urges", ("Government of Talmara", "Outer Isles Council")), ("1", "Requests", ("UNXMT",))],
        ),
        (
            "Calls upon Member States, especially those in the region, and troop- and police-contributing countries to lend boats;",
            [("1", "Calls upon", ("Member States", "troop- and police-contributing countries"))],
        ),
        ("Decides that UNXMT shall stay;", [("1", "Decides", ("UNXMT",))]),
        ("Decides to extend the mandate of UNXMT;", [("1", "Decides", ("Security Council",))]),
        ("Demands that all armed crews cease fire;", [("1", "Demands", ("all armed crews",))]),
        (
            "Requests the Special Representative of the Secretary-General for the Outer Isles to assist;",
            [("1", "Requests", ("Special Representative of the Secretary-General",))],
        ),
        (
            "Encourages all relevant agencies, as well as regional, bilateral and multilateral partners to help;",
            [("1", "Encourages", ("all relevant agencies", "regional, bilateral and multilateral partners"))],
        ),
        ("Welcomes the calm and recalls its duty;", []),
    ],
)
def test_addressees_and_force(clause: str, expected: list[tuple[str, str, tuple[str, ...]]]) -> None:
    assert obligations(f"1. {clause}\n") == expected


@pytest.mark.parametrize(
    ("clause", "addressees"),
    [
        ("Decides that the measures imposed by the Outer Isles Act shall not apply to ferries;", ("Security Council",)),
        (
            "Requests the Secretary-General, pending a decision by the Council on boats, to take steps;",
            ("Secretary-General",),
        ),
        (
            "Requests the Secretary-General of the Outer Isles League to brief it;",
            ("Secretary-General of the Outer Isles League",),
        ),
        ("Demands the immediate return of the ferries;", ()),
        ("Decides that the present charts shall be subject to review;", ("Security Council",)),
        ("Decides, in response to the request by the Secretary-General to keep watch;", ()),
    ],
)
def test_things_and_other_offices_are_not_mistaken(clause: str, addressees: tuple[str, ...]) -> None:
    assert [one.addressees for one in asked(f"1. {clause}\n").obligations] == [addressees]


@pytest.mark.parametrize(
    ("clause", "addressees"),
    [
        ("Calls on the Talmaran parties to talk;", ("Talmaran parties",)),
        ("Calls upon the parties concerned to talk;", ("parties concerned",)),
        ("Demands that all States in the region refrain from shelling;", ("all States in the region",)),
        ("Urges all parties to the Harbour Agreement to talk;", ("all parties to the Harbour Agreement",)),
        ("Urges States whose ships pass the Isles to be vigilant;", ("States",)),
        ("Urges States interested in the use of the strait, to help;", ("States",)),
        ("Calls upon States and interested organizations to help;", ("States", "interested organizations")),
        (
            "Invites all States and regional organizations fighting piracy to confer;",
            ("all States and regional organizations",),
        ),
        ("Requests relevant Member States, as necessary, to help;", ("relevant Member States",)),
        (
            "Requests the Executive Representative of the Secretary-General to help;",
            ("Executive Representative of the Secretary-General",),
        ),
        ("Requests that the Secretary-General through his Special Representative to report;", ("Secretary-General",)),
        ("Requests the Peace and Security Council to meet;", ("Peace and Security Council",)),
        ("Urges the Governments of Talmara and Ostrava to talk;", ("Government of Talmara", "Government of Ostrava")),
        ("Requests that UNXMT continue its patrols;", ("UNXMT",)),
        ("Calls for UNXMT to support the harbour;", ("UNXMT",)),
        (
            "Reiterates its demand expressed in paragraph 2 of resolution 9000 (2030) that Talmara withdraw;",
            ("Talmara",),
        ),
        ("Demands that all parties negotiate in good faith;", ("all parties",)),
        (
            "Urges countries contributing troops and police to train them;",
            ("troop- and police-contributing countries",),
        ),
        (
            "Decides that for a period of six months, States cooperating with Talmara, for which notice has been given, may: (a) Enter;",
            ("States",),
        ),
        ("Calls upon all parties concerned:", ("all parties concerned",)),
    ],
)
def test_every_addressee_has_one_plain_name(clause: str, addressees: tuple[str, ...]) -> None:
    assert asked(f"1. {clause}\n").obligations[0].addressees == addressees


def test_a_pronoun_asks_whom_the_clause_before_asked_and_is_no_name() -> None:
    found = obligations("1. Authorizes the Secretary-General to send boats, and requests him to do so soon;\n")
    assert [names for _, _, names in found] == [("Secretary-General",), ("Secretary-General",)]
    assert obligations("1. Encourages them to go on;\n") == [("1", "Encourages", ())]


@pytest.mark.parametrize(
    ("body", "days"),
    [
        (
            "1. Decides to extend the mandate of UNXMT until 30 June 2031;\n2. Requests the Secretary-General to report at the end of this period;\n",
            [("1", "until", "2031-06-30"), ("2", "deadline", "2031-06-30")],
        ),
        (
            "1. Decides that for a period of six months from the date of this resolution ferries may carry arms;\n",
            [("1", "until", "2031-07-31")],
        ),
        (
            "1. Requests the Secretary-General to report within 30 days from the date of this resolution;\n",
            [("1", "deadline", "2031-03-02")],
        ),
    ],
)
def test_periods_that_run_from_the_resolution_or_end_with_the_mandate(
    body: str, days: list[tuple[str, str, str]]
) -> None:
    assert [(one.path, one.kind, *map(str, one.dates)) for one in asked(body).clocks] == days


def test_paragraphs_of_a_report_are_not_ours() -> None:
    assert asked("1. Notes the report of 3 January, in particular its paragraphs 48 and 52;\n").references == ()


def test_items_have_the_force_of_their_paragraph() -> None:
    assert obligations("1. Authorizes UNXMT to use its boats for:\n(a) Patrols;\n(b) Rescue.\n")[1:] == [
        ("1.a", "Authorizes", ("UNXMT",)),
        ("1.b", "Authorizes", ("UNXMT",)),
    ]


def test_what_no_rule_classifies_is_kept_with_the_reason() -> None:
    found = asked("1. Calls for calm;\n2.\ntasks:\n(a) To observe;\n").obligations
    assert [(one.path, bool(one.unclassified)) for one in found] == [("1", True), ("2", True), ("2.a", True)]


def test_conditions_in_the_words_of_the_text() -> None:
    (one,) = asked(
        "1. Authorizes UNXMT to act, within its capabilities and its areas of deployment, in support of the harbour authorities, as necessary;\n"
    ).obligations
    assert one.conditions == (
        "within its capabilities and its areas of deployment",
        "in support of the harbour authorities",
        "as necessary",
    )


END = "1. Decides to extend the mandate of UNXMT until 30 November 2031;\n"


@pytest.mark.parametrize(
    ("clause", "kind", "dates"),
    [
        ("Requests a plan within 180 days after the adoption of this resolution;", "deadline", ["2031-07-30"]),
        ("Requests a plan by 15 May 2031;", "deadline", ["2031-05-15"]),
        ("Requests a plan no later than 1 June 2031;", "deadline", ["2031-06-01"]),
        (
            "Requests a report every three months after the adoption of this resolution;",
            "recurring",
            ["2031-04-30", "2031-07-31", "2031-10-31"],
        ),
        ("Requests a report every 120 days;", "recurring", ["2031-05-31", "2031-09-28"]),
        (
            "Authorizes France to act until the end of UNXMT’s mandate as authorized in this resolution;",
            "until",
            ["2031-11-30"],
        ),
        ("Requests a plan within ten days of its arrival;", "deadline", []),
        ("Requests States to inform it within 3 months of the progress of their patrols;", "deadline", ["2031-04-30"]),
        ("Requires an answer within ten days;", "deadline", []),
    ],
)
def test_clocks_are_resolved_and_the_rule_shown(clause: str, kind: str, dates: list[str]) -> None:
    _, clock = asked(END + f"2. {clause}\n").clocks
    assert (clock.path, clock.kind, [day.isoformat() for day in clock.dates]) == ("2", kind, dates)
    assert clock.rule


def test_a_further_period_counts_from_the_adoption() -> None:
    (clock,) = asked("1. Decides to extend the mandate for a further period of six months;\n").clocks
    assert [day.isoformat() for day in clock.dates] == ["2031-07-31"]


def test_a_time_without_a_day_is_kept_and_said() -> None:
    found = asked("1. Requests a report every three months;\n")
    assert found.clocks[0].dates == ()
    assert [issue.code for issue in found.problems] == ["MAN-101"]


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (
            "Decides that UNXMT shall comprise up to 12,640 military personnel and 1,440 police personnel;",
            [(12640, "military personnel"), (1440, "police personnel")],
        ),
        ("Authorizes up to 300 additional military observers;", [(300, "military observers")]),
        ("Decides on a force of a maximum of twenty military observers;", [(20, "military observers")]),
        ("Requests an answer within up to 60 days;", []),
        ("Authorizes UNXMT to lend boats, for a limited period of up to 30 days, to Talmara;", [(30, "days")]),
    ],
)
def test_limits(clause: str, expected: list[tuple[int, str]]) -> None:
    assert [(one.amount, one.of) for one in asked(f"1. {clause}\n").limits] == expected


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (
            "Recalls resolutions 1265 (1999), 1296 (2000) and 1674 (2006);",
            ["S/RES/1265 (1999)", "S/RES/1296 (2000)", "S/RES/1674 (2006)"],
        ),
        ("Recalls its statement (S/PRST/2015/22) and S/RES/2100(2013);", ["S/PRST/2015/22", "S/RES/2100 (2013)"]),
        ("Notes the 1267/1989/2253 Committee;", ["S/RES/1267 (1999)", "S/RES/1989 (2011)", "S/RES/2253 (2015)"]),
        ("Recalls resolution 1493 of 28 July 2003;", ["S/RES/1493 (2003)"]),
        ("Recalls General Assembly resolution 60/180;", ["A/RES/60/180"]),
        ("Notes the 20 (sic) boats of 2013;", []),
    ],
)
def test_citations_are_normalised(clause: str, expected: list[str]) -> None:
    assert [one.symbol for one in asked(f"1. {clause}\n").citations] == expected


def test_a_citation_with_the_year_of_another_is_kept_and_said() -> None:
    found = asked("1. Recalls resolution 2242 (2016);\n")
    assert [one.symbol for one in found.citations] == ["S/RES/2242 (2016)"]
    assert [issue.code for issue in found.problems] == ["MAN-104"]


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        ("20 (a) (ii)", ("20.a.ii",)),
        ("31 to 36", ("31", "32", "33", "34", "35", "36")),
        ("20 and 22", ("20", "22")),
        ("12 (b) and (c)", ("12.b", "12.c")),
        ("3 (b) (i) and (ii)", ("3.b.i", "3.b.ii")),
        ("4 (a) to (c)", ("4.a", "4.b", "4.c")),
        ("9, 20, 21 and 24", ("9", "20", "21", "24")),
    ],
)
def test_lists_of_paragraphs_give_one_row_each(words: str, paths: tuple[str, ...]) -> None:
    assert expand(words) == paths


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("Requests a plan as set out in paragraph 1 above;", ["1"]),
        ("Requests a plan as set out in paragraph 1 of this resolution;", ["1"]),
        ("Recalls paragraph 2 of resolution 2253 (2015);", []),
        ("Recalls paragraphs 1 and 3 of his report;", []),
        ("Decides that paragraph 7 below applies;", ["7"]),
    ],
)
def test_references_are_told_apart_from_other_documents(clause: str, expected: list[str]) -> None:
    assert [one.to for one in asked(f"1. Urges calm;\n2. {clause}\n").references] == expected


def test_a_reference_to_nothing_is_said() -> None:
    assert [issue.code for issue in asked("1. Decides that paragraph 7 below applies;\n").problems] == ["MAN-103"]
