"""Guarded moves: who may, what is missing, and all of it at once."""

from __future__ import annotations

import pytest

from remit.kernel.conditions import parse_condition
from remit.kernel.errors import BadInput, Conflict, Forbidden, Refused
from remit.kernel.evaluation import NoLinks
from remit.kernel.wording import Words
from remit.records.process import barred_persons, options, require
from remit.records.requirements import describe
from remit.records.types import Option
from tests.unit.records.builders import Linked, actor, field, move, moved, process, record, record_type, role

EVIDENCE = parse_condition({"linked": {"type": "field-report", "relation": "evidence-for", "at_least": 1}})
FINDING = record_type(
    "finding",
    fields={"observed": field("text", "observed"), "basis": field("text", "basis")},
    process=process(
        move(
            "report",
            "alleged",
            "reported",
            ("clerk", "observer"),
            requires=parse_condition({"observed": {"exists": True}}),
        ),
        move("confirm", "reported", "confirmed", "chair", second_person=True, requires=EVIDENCE),
        move("reject", "reported", "rejected", ("chair", "clerk"), reason=True),
        move(
            "decide",
            "reported",
            "decided",
            "chair",
            sets=("basis",),
            requires=parse_condition({"basis": {"exists": True}}),
        ),
    ),
)
REPORTED = record(state="reported", moves=(moved("report", "alleged", "reported", "bob"),))


def test_options_are_the_moves_out_of_the_state_with_what_hinders_each() -> None:
    found = {option.move.key: option for option in options(REPORTED, FINDING, actor("cat", "chair"), Linked({}))}
    assert list(found) == ["confirm", "reject", "decide"]
    assert [found[key].allowed for key in found] == [True, True, True]
    assert not options(record(withdrawn=True), FINDING, actor(), NoLinks())
    assert not options(record(), record_type(), actor(), NoLinks())


def test_the_role_that_may_is_named_in_both_languages() -> None:
    roles = {"chair": role("chair"), "observer": role("observer")}
    with pytest.raises(Forbidden) as caught:
        require(REPORTED, FINDING, "confirm", actor("bob", "observer"), Linked({}), roles)
    assert caught.value.code == "REC-031"
    assert "It is made by: Chair." in caught.value.text("en")
    assert "Il revient à : Chair." in caught.value.text("fr")


def test_a_role_that_is_named_but_may_move_nothing_is_refused() -> None:
    with pytest.raises(Forbidden) as caught:
        require(REPORTED, FINDING, "confirm", actor("cat", "chair", may=("see",)), Linked({}))
    assert caught.value.code == "REC-031"


@pytest.mark.parametrize(
    ("person", "why"), [("ann", "recorded it"), ("bob", "made the move “report”"), ("dan", "amended it")]
)
def test_author_amender_and_last_mover_are_no_second_person(person: str, why: str) -> None:
    amended = record(state="reported", moves=REPORTED.moves, amended_by=("dan",))
    with pytest.raises(Refused) as caught:
        require(amended, FINDING, "confirm", actor(person, "chair"), Linked({}))
    assert [issue.code for issue in caught.value.issues] == ["REC-032"]
    assert why in caught.value.text("en")
    assert require(amended, FINDING, "confirm", actor("cat", "chair"), Linked({})).to == "confirmed"


def test_whoever_made_the_report_is_barred_even_after_it_went_round_again() -> None:
    confirm = FINDING.process.moves["confirm"] if FINDING.process else None
    assert confirm is not None
    moves = (
        moved("report", "alleged", "reported", "bob"),
        moved("return", "reported", "alleged", "eve"),
        moved("report", "alleged", "reported", "fay"),
    )
    assert set(barred_persons(record(state="reported", moves=moves), confirm)) == {"ann", "bob", "fay"}


def test_all_that_hinders_is_said_at_once() -> None:
    with pytest.raises(Forbidden) as caught:
        require(record(), FINDING, "confirm", actor("ann", "clerk"), NoLinks())
    assert [issue.code for issue in caught.value.issues] == ["REC-031", "REC-034", "REC-032", "REC-033"]
    assert all(issue.message.fr != issue.message.en for issue in caught.value.issues)


def test_requirements_say_what_is_missing() -> None:
    with pytest.raises(Refused) as caught:
        require(record(), FINDING, "report", actor("ann", "clerk"), NoLinks())
    assert caught.value.code == "REC-033"
    assert "“Observed” is filled in" in caught.value.text("en")
    assert "« Observed » est renseigné" in caught.value.text("fr")
    with pytest.raises(Refused) as caught:
        require(REPORTED, FINDING, "confirm", actor("cat", "chair"), Linked({}, relation="part-of"))
    assert "at least 1 record(s) “field-report” linked to this one as evidence-for" in caught.value.text("en")


def test_every_form_of_requirement_is_said_in_words() -> None:
    fields = {
        "done_at": field("instant", "done_at"),
        "asked_at": field("instant", "asked_at"),
        "colour": field("choice", "colour", options=(Option("red", Words("Red", "Rouge")),)),
        "rows": field("group", "rows", fields={"size": field("integer", "size")}),
    }
    for raw, english in (
        ({"done_at": {"at_least": {"field": "asked_at"}}}, "“Done_at” is not before “Asked_at”"),
        ({"colour": {"in": ["red"]}}, "“Colour” is one of: Red"),
        ({"any": [{"colour": "red"}, {"asked_at": {"exists": False}}]}, "(“Colour” is Red or “Asked_at” is empty)"),
        ({"not": {"colour": "red"}}, "it does not hold that “Colour” is Red"),
        ({"rows": {"any": {"size": {"above": 3}}}}, "in some row of “Rows”, “Size” is above 3"),
        (
            {"elapsed": {"from": "asked_at", "to": "done_at", "at_most": {"hours": 2}}},
            "the time from “Asked_at” to “Done_at” is at most 2 h",
        ),
        ({"linked": {"outward": True}}, "at least 1 record(s) to which this one links"),
    ):
        said = describe(parse_condition(raw), fields)
        assert said.en == english and said.fr != said.en


def test_the_mission_s_own_words_are_the_remedy() -> None:
    told = move(
        "report",
        "alleged",
        "reported",
        "clerk",
        requires=parse_condition({"one": 1}),
        requires_words=Words("Do it.", "Faites-le."),
    )
    with pytest.raises(Refused) as caught:
        require(record(), record_type(process=process(told)), "report", actor(), NoLinks())
    assert caught.value.issues[0].remedy == Words("Do it.", "Faites-le.")


def test_values_filled_while_moving_count() -> None:
    chair = actor("cat", "chair")
    with pytest.raises(Refused):
        require(REPORTED, FINDING, "decide", chair, NoLinks())
    assert require(REPORTED, FINDING, "decide", chair, NoLinks(), values={"basis": "documents"}).key == "decide"


def test_a_reason_is_asked_for() -> None:
    with pytest.raises(Refused) as caught:
        require(REPORTED, FINDING, "reject", actor("cat", "chair"), NoLinks(), reason="  ")
    assert [issue.code for issue in caught.value.issues] == ["REC-035"]
    assert require(REPORTED, FINDING, "reject", actor("cat", "chair"), NoLinks(), reason="late").to == "rejected"


def test_stale_unknown_and_withdrawn() -> None:
    with pytest.raises(Conflict) as stale:
        require(REPORTED, FINDING, "confirm", actor("cat", "chair"), Linked({}), revision=7)
    assert stale.value.code == "REC-036"
    with pytest.raises(BadInput) as unknown:
        require(REPORTED, FINDING, "confrim", actor("cat", "chair"), Linked({}))
    assert unknown.value.code == "REC-038" and "“confirm”" in unknown.value.text()
    with pytest.raises(Refused) as withdrawn:
        require(record(state="reported", withdrawn=True), FINDING, "confirm", actor("cat", "chair"), Linked({}))
    assert withdrawn.value.code == "REC-037"
