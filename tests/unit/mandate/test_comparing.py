"""One mandate beside the next: pairs, words, force, ceilings, clocks; and a summary beside its resolution."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.kernel.errors import BadInput
from remit.mandate.edits import word_edits
from remit.services.comparing import (
    Comparison,
    ProvisionChange,
    SummaryComparison,
    compare_files,
    notes,
    to_json,
    totals,
)
from remit.services.comparing_page import to_html

HEAD = "S/RES/{number} ({year})\nResolution {number} ({year})\nAdopted by the Security Council at its 9998th meeting, on 3 March {year}\nThe Security Council,\n"
OLD = (
    HEAD.format(number=9901, year=2030)
    + """Recalling its resolution 9788 (2029),
Welcoming the first ferries of the winter between the shores of the Narrows,
Mandate of the Mission
1. Decides to extend the mandate of UNXMT until 15 March 2031;
2. Decides that UNXMT shall comprise up to 2,480 military personnel and 415 police personnel;
3. Requests UNXMT, within its capabilities, to assist the harbour commissions in clearing sea mines and wrecks;
4. Requests the Secretary-General to report to the Security Council every three months on the matters of paragraph 3 above;
5. Urges the Government of Talmara to publish the register of landing places and vessels;
6. Demands that both parties uphold the truce of 11 October 2019;
"""
)
NEW = (
    HEAD.format(number=9950, year=2031)
    + """Recalling its resolution 9901 (2030),
Mandate of the Mission
1. Demands that both parties uphold the truce of 11 October 2019;
2. Decides to extend the mandate of UNXMT until 15 March 2032;
3. Decides that UNXMT shall comprise up to 2,100 military personnel and 415 police personnel;
4. Authorizes UNXMT to assist the harbour commissions in clearing sea mines and wrecks;
5. Requests the Secretary-General to report to the Security Council every three months on the matters of paragraph 4 above;
6. Encourages the Government of Talmara to publish the register of landing places and vessels;
7. Requests the Secretary-General to lend tide tables and pilots to the neighbouring States;
"""
)
SUMMARY = """The Council extended the mandate of UNXMT until 15 March 2032.

It authorized UNXMT to assist the armed harbour commissions in clearing sea mines and wrecks.
"""


def compared() -> Comparison:
    found = compare_files(OLD.encode(), "old.txt", NEW.encode(), "new.txt")
    assert isinstance(found, Comparison)
    return found


def of(found: Comparison, key: str) -> ProvisionChange:
    return next(one for one in found.changes if one.new is not None and one.new.key == key)


def test_every_provision_stands_in_one_change() -> None:
    found = compared()
    assert sorted(one.old.key for one in found.changes if one.old) == sorted(one.key for one in found.old.provisions)
    assert [one.new.key for one in found.changes if one.new] == [one.key for one in found.new.provisions]


def test_pairs_kinds_and_places() -> None:
    found = compared()
    pairs = {one.new.key: one.old.key if one.old else "" for one in found.changes if one.new}
    assert pairs == {"pp.1": "pp.1", "h.1": "h.1", "1": "6", "2": "1", "3": "2", "4": "3", "5": "4", "6": "5", "7": ""}
    assert (of(found, "1").kind, of(found, "1").moved) == ("kept", True)
    assert (of(found, "5").kind, of(found, "5").moved) == ("kept", False), (
        "only the number of the paragraph referred to changed"
    )
    assert [one.old.key for one in found.changes if one.kind == "dropped" and one.old] == ["pp.2"]
    assert totals(found) == {
        "kept": 3,
        "reworded": 5,
        "added": 1,
        "dropped": 1,
        "moved": 1,
        "strengthened": 1,
        "weakened": 1,
    }


def test_force_ceilings_clocks_and_conditions() -> None:
    found = compared()
    force, weaker = of(found, "4").force, of(found, "6").force
    assert force is not None
    assert (force.before, force.after, force.direction) == ("Requests", "Authorizes", "strengthened")
    assert weaker is not None
    assert weaker.direction == "weakened"
    assert of(found, "4").conditions_dropped == ("within its capabilities",)
    (limit,) = of(found, "3").limits
    assert (limit.of, limit.before, limit.after) == ("military personnel", 2480, 2100)
    (clock,) = of(found, "2").clocks
    assert [str(day) for day in (*clock.before, *clock.after)] == ["2031-03-15", "2032-03-15"]
    assert notes(of(found, "3"), "fr") == ("plafond : 2\u202f480 → 2\u202f100 military personnel",)


def test_word_by_word() -> None:
    edits = of(compared(), "4").edits
    assert [(edit.kind, edit.words) for edit in edits][:3] == [
        ("dropped", "Requests"),
        ("added", "Authorizes"),
        ("same", "UNXMT"),
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["the", "mission", "shall", "protect", "boats,", "and", "report", "(daily)", "on", "Talmara’s", "sea-mines"]
        )
    ),
    st.lists(
        st.sampled_from(["the", "mission", "must", "protect", "boats", "and", "not", "report", "on", "sea‑mines"])
    ),
)
def test_edits_give_both_wordings_back(old: list[str], new: list[str]) -> None:
    edits = word_edits(" ".join(old), " ".join(new))
    assert " ".join(edit.words for edit in edits if edit.kind != "dropped") == " ".join(new)
    gone = " ".join(edit.words for edit in edits if edit.kind != "added").split()
    assert len(gone) == len(old)


def test_json_and_html_hold_it_all() -> None:
    found = compared()
    given = json.loads(json.dumps(to_json(found)))
    assert given["kind"] == "instruments"
    assert len(given["changes"]) == len(found.changes)
    page = to_html(found, "fr")
    assert "<ins>Authorizes</ins>" in page
    assert "renforcé" in page
    assert 'lang="fr"' in page
    assert "<script" not in to_html(compare_hostile(), "en")


def compare_hostile() -> Comparison:
    text = NEW.replace("tide tables", "<script>alert(1)</script> tide tables")
    found = compare_files(OLD.encode(), "old.txt", text.encode(), "new.txt")
    assert isinstance(found, Comparison)
    return found


def test_a_summary_beside_the_provisions_that_it_renders() -> None:
    found = compare_files(NEW.encode(), "new.txt", SUMMARY.encode(), "summary.txt")
    assert isinstance(found, SummaryComparison)
    assert [one.renders[:1] for one in found.statements] == [("2",), ("4",)]
    assert [(one.key, one.written, one.official) for one in found.statements[1].departures] == [("4", "armed", "")]
    assert [one.key for one in found.left_out] == ["1", "3", "5", "6", "7"]
    for one in found.statements:
        assert SUMMARY[slice(*one.span)] == one.words
    assert "armed" in to_html(found, "en")
    assert to_json(found)["left_out"] == ["1", "3", "5", "6", "7"]


def test_the_first_file_must_be_a_resolution() -> None:
    with pytest.raises(BadInput) as caught:
        compare_files(SUMMARY.encode(), "summary.txt", NEW.encode(), "new.txt")
    assert caught.value.code == "TXT-006"
