"""The decision on one record and the condition that selects sets are one rule."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from remit.kernel.evaluation import evaluate
from remit.kernel.wording import same
from remit.records.access import decide, permitted, unveiled, visible_values
from remit.records.actors import ACTIONS, Actor, Role
from remit.records.types import LEVELS, ReleaseRule
from tests.unit.records.builders import field, record, record_type

AUDIENCES = ("public", "council")
TYPES = {
    "open": record_type("open", release=ReleaseRule(fields=(), audiences=AUDIENCES), record_by=("clerk",)),
    "council-only": record_type("council-only", release=ReleaseRule(audiences=("council",)), record_by=("chair",)),
    "unreleased": record_type("unreleased", release=ReleaseRule(), record_by=("clerk", "chair")),
    "closed": record_type("closed"),
}
COMPARTMENTS = ("", "sources", "children")
CAVEATS = ("originator-control", "releasable-to:council", "releasable-to:public", "eyes-only")

envelopes = st.fixed_dictionaries(
    {
        "id": st.just("r-1"),
        "type": st.sampled_from([*TYPES, "no-longer-declared"]),
        "kind": st.just("event"),
        "number": st.just("X-1"),
        "state": st.just(""),
        "level": st.sampled_from(LEVELS),
        "compartment": st.sampled_from(COMPARTMENTS),
        "component": st.sampled_from(["", "watch", "panel"]),
        "caveats": st.lists(st.sampled_from(CAVEATS), unique=True, max_size=3),
        "originator": st.sampled_from(["", "another force"]),
        "invented": st.booleans(),
        "withdrawn": st.booleans(),
        "recorded_at": st.just("2030-01-01T08:00:00+00:00"),
        "recorded_by": st.sampled_from(["ann", "bob"]),
        "occurred": st.just(""),
        "reported": st.just(""),
    }
)
roles = st.builds(
    Role,
    key=st.sampled_from(["clerk", "chair", "guest"]),
    label=st.just(same("Role")),
    component=st.sampled_from(["", "watch", "panel"]),
    clearance=st.sampled_from(LEVELS),
    compartments=st.lists(st.sampled_from(COMPARTMENTS[1:]), unique=True).map(tuple),
    may=st.lists(st.sampled_from(ACTIONS), unique=True).map(tuple),
    audience=st.sampled_from(["", "", *AUDIENCES]),
)
actors = st.builds(Actor, person=st.sampled_from(["ann", "bob"]), role=roles)


@settings(max_examples=400, deadline=None)
@given(actors, st.sampled_from([action for action in ACTIONS if action != "record"]), envelopes)
def test_decision_and_set_form_are_equal(actor: Actor, action: Any, envelope: dict[str, Any]) -> None:
    one = decide(actor, action, envelope, TYPES.get(envelope["type"]))
    assert evaluate(permitted(actor, TYPES, action), envelope) is one.allowed, one
    assert one.reason.en and one.reason.fr and one.code.startswith("ACC-")


@settings(max_examples=300, deadline=None)
@given(actors, envelopes)
def test_the_set_of_unveiled_records_is_that_whose_sensitive_fields_are_seen(
    actor: Actor, envelope: dict[str, Any]
) -> None:
    if actor.role.audience:
        return
    kind = record_type("open", fields={"secret": field("text", "secret", sensitive=True)})
    one = record(values={"secret": "said"}, component=envelope["component"], compartment=envelope["compartment"])
    assert evaluate(unveiled(actor), envelope) is ("secret" in visible_values(actor, one, kind)[0])


@settings(max_examples=150, deadline=None)
@given(actors, envelopes)
def test_nobody_outside_sees_what_is_classified_held_apart_withdrawn_or_not_released(
    actor: Actor, envelope: dict[str, Any]
) -> None:
    if not actor.role.audience or not decide(actor, "see", envelope, TYPES.get(envelope["type"])).allowed:
        return
    assert envelope["level"] == "unclassified" and not envelope["compartment"] and not envelope["withdrawn"]
    assert "originator-control" not in envelope["caveats"]
    assert not envelope["caveats"] or f"releasable-to:{actor.role.audience}" in envelope["caveats"]
    assert envelope["type"] in ("open", "council-only") and (envelope["type"], actor.role.audience) != (
        "council-only",
        "public",
    )


@settings(max_examples=150, deadline=None)
@given(actors, envelopes)
def test_more_clearance_never_shows_less_and_never_opens_a_compartment(actor: Actor, envelope: dict[str, Any]) -> None:
    if actor.role.audience or not decide(actor, "see", envelope, TYPES.get(envelope["type"])).allowed:
        return
    assert LEVELS.index(envelope["level"]) <= LEVELS.index(actor.role.clearance)
    assert not envelope["compartment"] or envelope["compartment"] in actor.role.compartments
