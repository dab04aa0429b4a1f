"""Who sees which values, and why not."""

from __future__ import annotations

import pytest

from remit.kernel.errors import Hidden
from remit.records.access import decide, permitted, visible_values
from remit.records.released import released
from remit.records.types import ReleaseRule
from tests.unit.records.builders import actor, field, record, record_type

WITNESS = record_type(
    fields={
        "title": field("text", "title"),
        "source": field("text", "source", sensitive=True),
        "occurred_on": field("date", "occurred_on"),
        "seen_at": field("instant", "seen_at"),
        "place": field("place", "place"),
        "victims": field(
            "group",
            "victims",
            repeats=True,
            fields={"sex": field("text", "sex"), "name": field("text", "name", sensitive=True)},
        ),
        "officer": field("person", "officer"),
    },
    release=ReleaseRule("cercle", "month", ("title", "source", "seen_at", "victims", "officer"), ("council",)),
    record_by=("clerk",),
)
KNOWN = record(
    title="Market",
    occurred="2030-02-17",
    values={
        "title": "Market",
        "source": "S-1",
        "occurred_on": {"on": "2030-02-17", "precision": "day"},
        "seen_at": "2030-02-17T10:00:00+00:00",
        "place": {"name": "Camp", "lat": 1.5, "lon": 2.5, "region": "north", "cercle": "north-east"},
        "victims": [{"sex": "f", "name": "N-1"}, {"name": "N-2"}],
        "officer": "p-9",
    },
)


def test_sensitive_fields_are_named_and_not_shown_beyond_the_component_and_the_compartment() -> None:
    values, hidden = visible_values(actor("bob", "chair", component="panel"), KNOWN, WITNESS)
    assert "source" not in values and values["victims"] == [{"sex": "f"}, {}]
    assert hidden == ("source", "victims.name")
    assert visible_values(actor(), KNOWN, WITNESS) == (dict(KNOWN.values), ())
    kept_apart = record(values=KNOWN.values, compartment="sources")
    holder = actor("bob", "chair", component="panel", compartments=("sources",))
    assert visible_values(holder, kept_apart, WITNESS)[1] == ()
    assert visible_values(holder, KNOWN, WITNESS)[1] == ("source", "victims.name")


def test_a_field_that_is_no_longer_declared_is_withheld() -> None:
    odd = record(values={"title": "Market", "former": "S-1"})
    assert visible_values(actor("bob", "chair", component="panel"), odd, WITNESS) == ({"title": "Market"}, ("former",))


def test_outside_sees_what_the_rule_names_made_coarse() -> None:
    shown = released(KNOWN, WITNESS, "council")
    month = {"on": "2030-02-01", "precision": "month"}
    assert shown.values == {
        "place": {"cercle": "north-east"},
        "occurred_on": month,
        "title": "Market",
        "seen_at": month,
        "victims": [{"sex": "f"}],
    }
    assert (shown.title, shown.occurred, shown.recorded_by.person) == ("Market", "2030-02-01", "")
    assert shown.recorded_at.isoformat() == "2030-01-01T00:00:00+00:00"
    values, hidden = visible_values(actor(audience="council"), KNOWN, WITNESS)
    assert (values, hidden) == (shown.values, ())


class Reader:
    """An audience with limits of its own."""

    key, place, date = "council", "region", "quarter"


def test_the_stricter_of_rule_and_audience_holds() -> None:
    shown = released(KNOWN, WITNESS, Reader(), ("region", "cercle"))
    assert shown.values["place"] == {"region": "north"}
    assert shown.values["occurred_on"] == {"on": "2030-01-01", "precision": "quarter"}
    assert "place" not in released(KNOWN, WITNESS, Reader()).values, "the order of the levels is not known"
    assert released(KNOWN, WITNESS, "council", ("region", "cercle")).values["place"] == {
        "region": "north",
        "cercle": "north-east",
    }


def test_what_is_not_released_to_an_audience_is_hidden() -> None:
    with pytest.raises(Hidden):
        released(KNOWN, WITNESS, "public")
    with pytest.raises(Hidden):
        released(KNOWN, record_type(), "council")


def test_reasons_are_in_words() -> None:
    secret = record(level="strictly-confidential").envelope()
    decision = decide(actor(), "see", secret, WITNESS)
    assert (decision.allowed, decision.code) == (False, "ACC-012")
    assert decision.reason.en == "The record is strictly confidential; the role Clerk is cleared up to confidential."
    assert decide(actor(clearance="strictly-confidential"), "see", secret, WITNESS).allowed
    apart = record(compartment="sources").envelope()
    assert decide(actor(clearance="strictly-confidential"), "see", apart, WITNESS).code == "ACC-013"


def test_recording_is_for_the_roles_of_the_type() -> None:
    assert decide(actor(), "record", {}, WITNESS).allowed
    assert decide(actor(key="chair"), "record", {}, WITNESS).code == "ACC-017"
    assert decide(actor(may=("see",)), "record", {}, WITNESS).code == "ACC-011"
    with pytest.raises(ValueError, match="decided for a type"):
        permitted(actor(), {}, "record")


def test_others_amend_only_what_is_their_own() -> None:
    panel = {"component": "panel"}
    assert decide(actor("bob", "chair", **panel), "amend", KNOWN.envelope(), WITNESS).code == "ACC-018"
    assert decide(actor("ann", "chair", **panel), "amend", KNOWN.envelope(), WITNESS).allowed
    assert decide(actor("bob", "chair"), "amend", KNOWN.envelope(), WITNESS).allowed
    assert decide(actor("bob", "clerk", **panel), "amend", KNOWN.envelope(), WITNESS).allowed
    assert decide(actor("bob", "chair", **panel), "link", KNOWN.envelope(), WITNESS).allowed
