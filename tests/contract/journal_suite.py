"""What every journal does, whatever keeps its entries. Subclass :class:`JournalSuite` and give the fixture ``make_journal``.

``make_journal(types)`` returns an empty journal for those record types.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from remit.kernel.canonical import canonical
from remit.kernel.conditions import ALWAYS, NEVER, parse_condition
from remit.kernel.errors import BadInput, Conflict
from remit.kernel.identity import uuid7
from remit.kernel.wording import same
from remit.records.commitments import commitment
from remit.records.entries import Author, Entry
from remit.records.fold import fold
from remit.records.journal import Block, Journal, Query
from remit.records.merkle import leaf_hash
from remit.records.tally import DUE, facets, tally, tally_facets
from remit.records.types import FieldDefinition, Option, Process, RecordType, State, Within
from remit.records.types import Move as MoveDefinition

START = datetime(2030, 1, 1, 8, tzinfo=UTC)
CLERK = Author("clerk-a", "clerk", "watch")
CHAIR = Author("chair-b", "chair", "panel")

MakeJournal = Callable[[Mapping[str, RecordType]], Journal]


def definition(key: str, kind: str = "text", **more: Any) -> FieldDefinition:
    """Return a field."""
    return FieldDefinition(key=key, kind=kind, label=same(key.capitalize()), **more)


def suite_types() -> dict[str, RecordType]:
    """Return two invented record types: an event, and a finding with a process."""
    colours = (Option("red", same("Red")), Option("blue", same("Blue")))
    common: dict[str, Any] = {
        "version": 1, "source": "", "serves": (), "level": "unclassified", "record_by": ("clerk",), "component": "",
    }  # fmt: skip
    event = RecordType(
        key="sighting",
        kind="event",
        label=same("Sighting"),
        plural=same("Sightings"),
        code="SGT",
        fields={
            "title": definition("title"),
            "narrative": definition("narrative", "narrative"),
            "source": definition("source", sensitive=True),
            "occurred_on": definition("occurred_on", "date"),
            "reported_at": definition("reported_at", "instant"),
            "number_seen": definition("number_seen", "integer"),
            "colour": definition("colour", "choice", options=colours),
            "shade": definition("shade", "choice", options=colours, sensitive=True),
            "colours": definition("colours", "choices", options=colours),
            "place": definition("place", "place"),
            "rows": definition("rows", "group", repeats=True, fields={"size": definition("size", "integer")}),
        },
        **common,
    )
    moves = {
        "task": MoveDefinition(
            "task", same("Task"), ("alleged",), "tasked", ("clerk",), within=Within(timedelta(days=2))
        ),
        "confirm": MoveDefinition("confirm", same("Confirm"), ("tasked",), "confirmed", ("chair",)),
    }
    states = {key: State(key, same(key)) for key in ("alleged", "tasked", "confirmed")}
    finding = RecordType(
        key="sighting-finding",
        kind="finding",
        label=same("Finding"),
        plural=same("Findings"),
        code="FND",
        over="sighting",
        fields={"title": definition("title"), "note": definition("note", "narrative")},
        process=Process("alleged", states, moves),
        **common,
    )
    return {event.key: event, finding.key: finding}


class Maker:
    """Makes entries with identifiers and instants that rise."""

    def __init__(self) -> None:
        self.at = START

    def _next(self) -> tuple[str, datetime]:
        self.at += timedelta(minutes=1)
        return uuid7(self.at, secrets.token_bytes), self.at

    def entry(self, kind: str, record: str, values: Mapping[str, Any], facts: Mapping[str, Any], **more: Any) -> Entry:
        """Return one entry."""
        identifier, at = self._next()
        fields: dict[str, Any] = {"type": "sighting", "version": 1, "at": at, "by": CLERK, **more}
        return Entry(id=identifier, kind=kind, record=record, facts=dict(facts), values=dict(values), **fields)  # type: ignore[arg-type]

    def recorded(self, number: str = "X-1", **values: Any) -> Entry:
        """Return the first entry of a new sighting."""
        record = uuid7(self.at, secrets.token_bytes)
        facts = {"level": "unclassified", "compartment": "", "component": "watch", "caveats": [], "number": number}
        return self.entry("recorded", record, values, facts)

    def finding(self, number: str = "F-1", **values: Any) -> Entry:
        """Return the first entry of a new finding."""
        record = uuid7(self.at, secrets.token_bytes)
        facts = {"level": "confidential", "compartment": "", "component": "panel", "caveats": [], "number": number}
        return self.entry("recorded", record, values, facts, type="sighting-finding")

    def amended(self, record: str, **values: Any) -> Entry:
        """Return an amendment."""
        return self.entry("amended", record, values, {})

    def moved(self, record: str, move: str, start: str, end: str, **more: Any) -> Entry:
        """Return a move."""
        return self.entry(
            "moved", record, {}, {"move": move, "from": start, "to": end}, type="sighting-finding", **more
        )

    def linked(self, source: str, relation: str, other: str) -> Entry:
        """Return a link from a finding to a sighting."""
        facts = {"relation": relation, "other": other, "other_type": "sighting"}
        return self.entry("linked", source, {}, facts, type="sighting-finding")


class JournalSuite:
    """The behaviour of every implementation."""

    @pytest.fixture
    def make_journal(self) -> MakeJournal:
        """Return how to make an empty journal."""
        raise NotImplementedError("a subclass gives the fixture make_journal")

    @pytest.fixture
    def journal(self, make_journal: MakeJournal) -> Journal:
        """Return an empty journal for the suite's types."""
        return make_journal(suite_types())

    @pytest.fixture
    def maker(self) -> Maker:
        """Return a maker of entries."""
        return Maker()

    # ---- appending and folding

    def test_a_record_stands_as_its_entries_fold(self, journal: Journal, maker: Maker) -> None:
        first = maker.recorded(title="Market", number_seen=3, occurred_on={"on": "2030-01-01", "precision": "day"})
        second = maker.amended(first.record, number_seen=4, title=None, _reason="counted again")
        journal.append([first])
        journal.append([second])
        record = journal.get(first.record)
        assert record is not None
        assert (record.values["number_seen"], record.title, record.number) == (4, "", "X-1")
        assert "title" not in record.values and "_reason" not in record.values
        assert (record.occurred, record.revision, record.entries) == ("2030-01-01", 2, (first.id, second.id))
        assert (record.recorded_at, record.changed_at, record.component) == (first.at, second.at, "watch")
        assert record == fold(suite_types(), journal.entries(record=first.record))

    def test_entries_come_back_as_they_were_given(self, journal: Journal, maker: Maker) -> None:
        first = maker.recorded(
            title="Marché de l’Est",
            place={"name": "East", "lat": 1.5, "lon": -2.25, "region": "east"},
            rows=[{"size": 2}, {"size": 3}],
            colours=["red", "blue"],
        )
        journal.append([first])
        assert journal.entry(first.id) == first
        assert list(journal.entries()) == [first]
        assert journal.entry("0" * 8) is None
        assert journal.get("0" * 8) is None

    def test_order_of_arrival_does_not_change_the_record(self, make_journal: MakeJournal, maker: Maker) -> None:
        first = maker.finding(title="One")
        rest = [
            maker.moved(first.record, "task", "alleged", "tasked"),
            maker.amended(first.record, title="Two"),
            maker.moved(first.record, "confirm", "tasked", "confirmed", by=CHAIR),
        ]
        rest[1] = replace(rest[1], type="sighting-finding")
        straight, backward = make_journal(suite_types()), make_journal(suite_types())
        straight.append([first, *rest])
        for entry in reversed([first, *rest]):
            backward.append([entry])
        assert straight.get(first.record) == backward.get(first.record)
        record = backward.get(first.record)
        assert (
            record is not None
            and record.state == "confirmed"
            and [made.move for made in record.moves] == ["task", "confirm"]
        )
        assert straight.state_digest() == backward.state_digest()
        assert [entry.id for entry in backward.entries()] == [entry.id for entry in reversed([first, *rest])]

    def test_nothing_stands_before_the_entry_that_records_it(self, journal: Journal, maker: Maker) -> None:
        first = maker.finding()
        move = maker.moved(first.record, "task", "alleged", "tasked")
        journal.append([move])
        assert journal.get(first.record) is None
        assert journal.count(Query(ALWAYS)) == 0
        journal.append([first])
        record = journal.get(first.record)
        assert record is not None and record.state == "tasked"

    def test_an_entry_that_comes_twice_is_passed_over(self, journal: Journal, maker: Maker) -> None:
        first = maker.recorded(title="Once")
        journal.append([first])
        before = journal.state_digest()
        journal.append([first])
        journal.append([first, first])
        assert len(list(journal.entries())) == 1
        assert journal.state_digest() == before

    @pytest.mark.parametrize(
        "change",
        [
            {"values": {"title": "Changed"}},
            {"values": {"title": "Once", "narrative": "more"}},
            {"values": {}},
            {"facts": {"level": "confidential"}},
            {"by": CHAIR},
            {"at": START},
        ],
    )
    def test_a_known_id_with_other_contents_is_a_conflict(
        self, journal: Journal, maker: Maker, change: dict[str, Any]
    ) -> None:
        first = maker.recorded(title="Once")
        journal.append([first])
        before = journal.state_digest()
        with pytest.raises(Conflict) as caught:
            journal.append([maker.recorded(title="Beside"), replace(first, **change)])
        assert caught.value.code == "JRN-011"
        assert journal.state_digest() == before
        assert len(list(journal.entries())) == 1

    def test_an_entry_without_a_clock_is_refused(self, journal: Journal, maker: Maker) -> None:
        with pytest.raises(BadInput) as caught:
            journal.append([replace(maker.recorded(), at=datetime(2030, 1, 1))])
        assert caught.value.code == "JRN-012"
        assert list(journal.entries()) == []

    def test_a_link_is_seen_from_both_ends(self, journal: Journal, maker: Maker) -> None:
        event, finding = maker.recorded(), maker.finding()
        link = maker.linked(finding.record, "over", event.record)
        journal.append([event, finding])
        revision = journal.get(event.record)
        journal.append([link])
        here, there = journal.get(finding.record), journal.get(event.record)
        assert here is not None and there is not None and revision is not None
        assert [(one.relation, one.other, one.outward) for one in here.links] == [("over", event.record, True)]
        assert [(one.relation, one.other, one.outward) for one in there.links] == [("over", finding.record, False)]
        assert there.links[0].other_type == "sighting-finding"
        assert there.revision == revision.revision, "what others link to a record does not make an editor's copy stale"
        assert link.id in [entry.id for entry in journal.entries(record=event.record)]

    def test_withdrawn_records_stay(self, journal: Journal, maker: Maker) -> None:
        first = maker.recorded(title="Mistaken")
        journal.append([first, maker.entry("withdrawn", first.record, {"_reason": "another place"}, {})])
        record = journal.get(first.record)
        assert record is not None and record.withdrawn
        assert journal.count(Query(ALWAYS)) == 1
        assert journal.count(Query(parse_condition({"withdrawn": False}))) == 0

    def test_what_was_known_at_an_instant(self, journal: Journal, maker: Maker) -> None:
        first = maker.recorded(title="Early")
        second = maker.amended(first.record, title="Late")
        journal.append([first, second])
        assert [entry.id for entry in journal.entries(until=first.at)] == [first.id]
        then = fold(suite_types(), journal.entries(record=first.record, until=second.at - timedelta(seconds=1)))
        assert then is not None and then.title == "Early"
        assert fold(suite_types(), journal.entries(until=first.at - timedelta(seconds=1))) is None

    def test_what_another_site_made_is_known_when_it_came(self, journal: Journal, maker: Maker) -> None:
        first = maker.recorded(title="Far away")
        late = first.at + timedelta(days=20)
        journal.append([replace(first, came=late, via="north")])
        assert list(journal.entries(until=late - timedelta(seconds=1))) == []
        [found] = journal.entries(until=late)
        assert (found.at, found.came, found.via, found.known_at) == (first.at, late, "north", late)
        journal.append([first])  # the same entry, brought again by another way
        assert [entry.via for entry in journal.entries()] == ["north"]
        assert journal.check(first.id) is None

    def test_what_is_changed_apart_is_told_whatever_came_first(self, journal: Journal, maker: Maker) -> None:
        first = maker.recorded(title="Seen")
        one, other = maker.amended(first.record, title="North"), maker.amended(first.record, title="South")
        apart = [replace(entry, facts={**entry.facts, "after": [first.id]}) for entry in (one, other)]
        journal.append([first])
        journal.append(apart[::-1])
        found = journal.get(first.record)
        assert found is not None and dict(found.disputed) == {"title": (one.id, other.id)}
        assert (found.title, found.heads) == ("South", (one.id, other.id))
        journal.rebuild()
        assert journal.get(first.record) == found
        last = maker.amended(first.record, title="South")
        journal.append([replace(last, facts={**last.facts, "after": list(found.heads)})])
        settled = journal.get(first.record)
        assert settled is not None and (settled.disputed, settled.heads) == ({}, (last.id,))

    # ---- transactions and numbers

    def test_a_failed_transaction_leaves_nothing(self, journal: Journal, maker: Maker) -> None:
        kept = maker.recorded(title="Kept", number_seen=1)
        journal.append([kept])
        assert journal.next_number("X-2030") == 1
        before, unsealed = journal.state_digest(), list(journal.unsealed())
        with pytest.raises(ZeroDivisionError), journal.transaction():
            journal.append([maker.recorded(title="Lost")])
            journal.append([maker.amended(kept.record, number_seen=2)])
            assert journal.next_number("X-2030") == 2
            assert journal.next_number("Y-2030") == 1
            _ = 1 // 0
        assert journal.state_digest() == before
        assert list(journal.unsealed()) == unsealed
        assert [entry.id for entry in journal.entries()] == [kept.id]
        assert journal.count(Query(ALWAYS, text="lost")) == 0
        assert (journal.next_number("X-2030"), journal.next_number("Y-2030")) == (2, 1)

    def test_a_nested_transaction_fails_alone(self, journal: Journal, maker: Maker) -> None:
        outer, inner = maker.recorded(), maker.recorded()
        with journal.transaction():
            journal.append([outer])
            with pytest.raises(ZeroDivisionError), journal.transaction():
                journal.append([inner])
                _ = 1 // 0
            journal.append([maker.amended(outer.record, title="After")])
        assert journal.get(inner.record) is None
        record = journal.get(outer.record)
        assert record is not None and record.title == "After"

    def test_numbers_have_no_gaps_and_series_stand_apart(self, journal: Journal) -> None:
        assert [journal.next_number("A") for _ in range(3)] == [1, 2, 3]
        with pytest.raises(ZeroDivisionError), journal.transaction():
            journal.next_number("A")
            _ = 1 // 0
        assert journal.next_number("A") == 4
        assert journal.next_number("B") == 1

    # ---- finding

    @pytest.fixture
    def filled(self, journal: Journal, maker: Maker) -> Journal:
        """Return a journal of five sightings and a finding over the first."""
        sightings = [
            maker.recorded("X-1", title="Marché de Ménaka", number_seen=3, colour="red", place={"region": "north"}),
            maker.recorded("X-2", title="Bridge", number_seen=12, colour="blue", colours=["red", "blue"]),
            maker.recorded("X-3", title="Camp", number_seen=7, place={"name": "Œuvre", "region": "south"}),
            maker.recorded("X-4", narrative="a bridge further on", rows=[{"size": 2}, {"size": 9}]),
            maker.recorded(
                "X-5", title="Road", source="Bridge-keeper", occurred_on={"on": "2030-02-01", "precision": "day"}
            ),
        ]
        finding = maker.finding("F-1", title="Finding on the market")
        journal.append([*sightings, finding, maker.linked(finding.record, "over", sightings[0].record)])
        return journal

    @pytest.mark.parametrize(
        ("condition", "numbers"),
        [
            ({}, "F-1 X-1 X-2 X-3 X-4 X-5"),
            ({"type": "sighting"}, "X-1 X-2 X-3 X-4 X-5"),
            ({"number_seen": {"at_least": 7}}, "X-2 X-3"),
            ({"number_seen": {"above": 3, "below": 12}}, "X-3"),
            ({"not": {"number_seen": {"at_least": 7}}}, "X-1"),
            ({"colour": {"in": ["red", "green"]}}, "X-1"),
            ({"place.region": "north"}, "X-1"),
            ({"any": [{"colour": "blue"}, {"place.region": "south"}]}, "X-2 X-3"),
            ({"colours": {"contains": "blue"}}, "X-2"),
            ({"title": {"contains": "BRIDGE"}}, "X-2"),
            ({"title": {"exists": False}}, "X-4"),
            ({"all": [{"type": "sighting"}, {"colour": {"exists": True}}, {"not": {"colour": "red"}}]}, "X-2"),
            ({"rows": {"any": {"size": {"at_least": 9}}}}, "X-4"),
            ({"rows": {"any": {"size": {"at_least": 10}}}}, ""),
            ({"occurred_on": {"at_least": "2030-01-31"}}, "X-5"),
            ({"occurred": {"below": "2030-01-31"}}, ""),  # an unknown time is not before any day
            ({"level": {"in": ["confidential"]}}, "F-1"),
            ({"compartment": {"exists": False}, "type": "sighting-finding"}, "F-1"),
            ({"caveats": {"exists": False}, "colour": "red"}, "X-1"),
            ({"linked": {"type": "sighting-finding", "relation": "over"}}, "X-1"),
            ({"linked": {"relation": "over", "outward": True, "where": {"colour": "red"}}}, "F-1"),
            ({"linked": {"relation": "over", "at_least": 2}}, ""),
            ({"state": "alleged"}, "F-1"),
        ],
    )
    def test_conditions_find_what_they_say(self, filled: Journal, condition: dict[str, Any], numbers: str) -> None:
        expected = numbers.split()
        found = filled.find(Query(parse_condition(condition), order="number"))
        assert [record.number for record in found] == expected
        assert filled.count(Query(parse_condition(condition))) == len(expected)
        assert filled.which(Query(parse_condition(condition))) == {record.id for record in found}

    def test_nothing_is_found_under_never(self, filled: Journal) -> None:
        assert list(filled.find(Query(NEVER))) == []
        assert filled.count(Query(NEVER)) == 0
        assert not filled.tally(NEVER, ("type",)) and not filled.tally_facets(NEVER, sensitive=False)

    @pytest.mark.parametrize(
        ("text", "numbers"),
        [
            ("menaka", ["X-1"]),
            ("MARCHE de", ["X-1"]),
            ("bridge", ["X-2", "X-4"]),
            ("bridge further", ["X-4"]),
            ("oeuvre", ["X-3"]),
            ("x-3", ["X-3"]),
            ("keeper", []),
            ("100%", []),
            ("_", []),
            ("market", ["F-1"]),
        ],
    )
    def test_text_is_searched_without_accents_case_or_sensitive_values(
        self, filled: Journal, text: str, numbers: list[str]
    ) -> None:
        assert [record.number for record in filled.find(Query(ALWAYS, text=text, order="number"))] == numbers
        assert filled.count(Query(ALWAYS, text=text)) == len(numbers)

    def test_counts_follow_whatever_happens(self, make_journal: MakeJournal, maker: Maker) -> None:
        """What is counted is what is there: after amendments, moves, withdrawals, erasure, and folding anew."""
        types = suite_types()
        journal = make_journal(types)

        def agrees() -> None:
            found = journal.find(Query(ALWAYS))
            by = ("type", "state", "level", "component", "withdrawn", "month")
            assert journal.tally(ALWAYS, by) == tally(found, types, (), by)
            for sensitive in (False, True):
                counted = tally_facets(found, types, (), sensitive=sensitive)
                assert journal.tally_facets(ALWAYS, types=(), sensitive=sensitive) == counted
            ends = sorted(
                (datetime.fromisoformat(facet.value), one.id)
                for one in found
                for facet in facets(one, types[one.type], ())
                if facet.name == DUE and not facet.sensitive
            )
            assert list(journal.due(ALWAYS)) == ends
            assert list(journal.due(ALWAYS, types=("sighting",))) == []
            if ends:
                middle = ends[len(ends) // 2][0]
                assert list(journal.due(ALWAYS, start=middle)) == [one for one in ends if one[0] >= middle]
                assert list(journal.due(ALWAYS, end=middle)) == [one for one in ends if one[0] < middle]
                assert [at for at, _ in journal.due(ALWAYS, latest=True, limit=2)] == [at for at, _ in ends[::-1][:2]]
            for kind in types:
                assert journal.count(Query(ALWAYS, types=(kind,))) == sum(one.type == kind for one in found)
            for colour in ("red", "blue"):
                for name, how in (("colour", "equals"), ("colours", "contains")):
                    asked = Query(parse_condition({name: {"contains": colour} if how == "contains" else colour}),
                                  types=("sighting",))  # fmt: skip
                    met = {r.id for r in found if r.type == "sighting" and colour in (r.values.get(name) or ())}
                    assert journal.count(asked) == len(met) == len(journal.find(asked))
                    assert journal.which(asked) == met

        agrees()
        some = [
            maker.recorded(f"X-{n}", title=str(n), colour=("red", "blue")[n % 2], colours=["red", "blue"][: n % 3], shade="red",
                           occurred_on={"on": f"2030-0{1 + n % 3}-01", "precision": "day"})
            for n in range(7)
        ]  # fmt: skip
        finding = maker.finding()
        journal.append([*some, finding, maker.finding("F-2"), maker.finding("F-3")])
        agrees()
        assert len(journal.due(ALWAYS)) == 3
        journal.append([maker.amended(some[0].record, colour="blue", colours=None)])
        journal.append([maker.moved(finding.record, "task", "alleged", "tasked")])
        journal.append([maker.linked(finding.record, "over", some[1].record)])
        agrees()
        journal.append([maker.entry("withdrawn", some[2].record, {"_reason": "twice"}, {})])
        journal.append([maker.entry("redacted", some[3].record, {}, {"fields": ["colour"]})])
        journal.erase(some[3].record, ["colour"])
        agrees()
        with pytest.raises(ZeroDivisionError), journal.transaction():
            journal.append([maker.recorded("X-9", colour="red")])
            raise ZeroDivisionError
        agrees()
        journal.rebuild()
        agrees()
        assert journal.tally(parse_condition({"withdrawn": False}), ())[()] == 9

    def test_counts_are_not_kept_by_fields(self, filled: Journal) -> None:
        with pytest.raises(ValueError, match="title"):
            filled.tally(parse_condition({"title": "bridge"}), ())

    def test_types_order_and_pages(self, filled: Journal) -> None:
        sightings = Query(ALWAYS, types=("sighting",), order="number")
        assert [record.number for record in filled.find(sightings)] == ["X-1", "X-2", "X-3", "X-4", "X-5"]
        assert [record.number for record in filled.find(replace(sightings, order="-number", limit=2))] == ["X-5", "X-4"]
        assert [record.number for record in filled.find(replace(sightings, limit=2, offset=3))] == ["X-4", "X-5"]
        assert filled.count(replace(sightings, limit=2, offset=3)) == 5
        latest = filled.find(Query(ALWAYS, types=("sighting",), limit=1))
        assert [record.number for record in latest] == ["X-5"], "the latest recorded stand first unless asked otherwise"
        by_time = filled.find(Query(ALWAYS, types=("sighting",), order="-occurred"))
        assert by_time[0].number == "X-5", "those without a time stand last in either direction"
        with pytest.raises(BadInput) as caught:
            filled.find(Query(ALWAYS, order="colour_of_the_sky"))
        assert caught.value.code == "JRN-021"

    # ---- sealing and erasing

    def test_the_sealed_form_holds_no_value(self, journal: Journal, maker: Maker) -> None:
        first = maker.recorded(title="Secret words", number_seen=3)
        journal.append([first])
        sealed = journal.sealed_form(first.id)
        assert sealed is not None
        assert set(sealed) == {"id", "kind", "record", "type", "version", "at", "by", "facts", "commitments"}
        assert set(sealed["commitments"]) == {"title", "number_seen"}
        assert b"Secret words" not in canonical(sealed)
        assert sealed["at"] == first.at.isoformat() and sealed["facts"]["number"] == "X-1"
        assert sealed["commitments"]["number_seen"] != commitment(b"", 3), (
            "without its salt a short value could be guessed"
        )
        assert journal.sealed_form("0" * 8) is None

    @pytest.mark.parametrize("fields", [["title"], []])
    def test_erased_values_are_gone_and_the_seal_stays(self, journal: Journal, maker: Maker, fields: list[str]) -> None:
        first = maker.recorded(title="Secret words", number_seen=3)
        second = maker.amended(first.record, title="Other secret", _reason="because")
        beside = maker.recorded("X-2", title="Untouched")
        journal.append([first, second, beside])
        before = {entry: journal.sealed_form(entry) for entry in (first.id, second.id)}
        redaction = maker.entry("redacted", first.record, {"_reason": "order"}, {"fields": fields})
        with journal.transaction():
            journal.append([redaction])
            journal.erase(first.record, fields)
        record, entry = journal.get(first.record), journal.entry(first.id)
        assert record is not None and entry is not None
        assert "title" not in record.values and record.title == ""
        assert "title" in record.erased and "title" in entry.erased and "title" not in entry.values
        assert record.values.get("number_seen") == (3 if fields else None)
        assert {one: journal.sealed_form(one) for one in (first.id, second.id)} == before
        assert [journal.check(one.id) for one in journal.entries()] == [None] * 4
        assert journal.count(Query(ALWAYS, text="secret")) == 0
        untouched = journal.get(beside.record)
        assert untouched is not None and untouched.title == "Untouched"
        digest = journal.state_digest()
        journal.append([first, second])
        journal.rebuild()
        assert journal.state_digest() == digest, "an entry that comes again brings no erased value back"

    def test_a_value_given_after_an_erasure_stands(self, journal: Journal, maker: Maker) -> None:
        first = maker.recorded(title="Secret", number_seen=3)
        journal.append([first, maker.entry("redacted", first.record, {}, {"fields": []})])
        journal.erase(first.record, [])
        journal.append([maker.amended(first.record, title="Public")])
        record = journal.get(first.record)
        assert record is not None and record.title == "Public" and record.erased == ("number_seen",)
        assert all(journal.check(entry.id) is None for entry in journal.entries())
        journal.rebuild()
        assert journal.get(first.record) == record

    def test_kept_entries_check(self, journal: Journal, maker: Maker) -> None:
        first = maker.recorded(title="Right", number_seen=3, place={"lat": 1.5, "lon": 2.0})
        journal.append([first, maker.amended(first.record, title=None)])
        assert [journal.check(entry.id) for entry in journal.entries()] == [None, None]

    def test_many_entries_are_checked_at_once_in_the_order_asked(self, journal: Journal, maker: Maker) -> None:
        made = [maker.recorded(str(nth), title="Words", number_seen=nth) for nth in range(450)]
        journal.append(made)
        ids = [entry.id for entry in made]
        assert list(journal.identifiers()) == ids
        asked = [*reversed(ids), "no such entry", ids[3]]
        found = list(journal.kept(asked))
        assert [one.entry for one in found] == asked
        assert [one.problem for one in found] == [None] * len(asked)
        assert [one.entry for one in found if one.leaf is None] == ["no such entry"]
        assert [(one.entry, one.leaf) for one in found] == list(journal.leaves(asked))
        sealed = journal.sealed_form(ids[3])
        assert found[-1].leaf == leaf_hash(canonical(sealed))
        assert list(journal.kept([])) == []

    def test_the_last_block_and_the_block_of_an_entry_are_found_without_the_others(
        self, journal: Journal, maker: Maker
    ) -> None:
        assert journal.last_block() is None
        made = [maker.recorded(str(nth)) for nth in range(3)]
        journal.append(made)
        assert journal.block_of(made[0].id) is None
        first = Block(1, (made[0].id,), "r" * 64, "", 1, START, "d" * 64, "s" * 128)
        second = Block(2, (made[2].id,), "r" * 64, "d" * 64, 2, START, "e" * 64, "s" * 128)
        journal.add_block(first)
        journal.add_block(second)
        assert journal.last_block() == second
        assert [journal.block_of(entry.id) for entry in made] == [first, None, second]
        assert [journal.block_at(number) for number in (0, 1, 2, 3)] == [None, first, second, None]
        assert [journal.touched_since(number) for number in (0, 1, 2)] == [
            {made[0].record, made[2].record}, {made[2].record}, set(),
        ]  # fmt: skip

    def test_a_link_of_a_later_block_touches_both_ends(self, journal: Journal, maker: Maker) -> None:
        one, other = maker.recorded("1"), maker.recorded("2")
        link = maker.linked(one.record, "evidence-for", other.record)
        journal.append([one, other, link])
        journal.add_block(Block(1, (one.id, other.id), "r" * 64, "", 2, START, "d" * 64, "s" * 128))
        journal.add_block(Block(2, (link.id,), "r" * 64, "d" * 64, 3, START, "e" * 64, "s" * 128))
        assert journal.touched_since(1) == {one.record, other.record}

    def test_unsealed_entries_wait_in_the_order_in_which_they_came(self, journal: Journal, maker: Maker) -> None:
        made = [maker.recorded(str(nth)) for nth in range(4)]
        late = made.pop(0)
        journal.append(made)
        journal.append([late])
        order = [*(entry.id for entry in made), late.id]
        assert list(journal.unsealed()) == order
        block = Block(1, (order[0], order[2]), "r" * 64, "", 2, START, "d" * 64, "s" * 128)
        journal.add_block(block)
        assert list(journal.unsealed()) == [order[1], order[3]]
        following = Block(2, (order[1],), "r" * 64, "d" * 64, 3, START, "e" * 64, "s" * 128)
        journal.add_block(following)
        assert list(journal.blocks()) == [block, following]
        assert list(journal.unsealed()) == [order[3]]
        last = Block(3, (order[3],), "r" * 64, "e" * 64, 4, START, "f" * 64, "s" * 128)
        with pytest.raises(ZeroDivisionError), journal.transaction():
            journal.add_block(last)
            assert list(journal.unsealed()) == []
            raise ZeroDivisionError
        assert list(journal.unsealed()) == [order[3]] and journal.last_block() == following
        journal.add_block(last)
        for _ in range(2):
            assert list(journal.unsealed()) == [] and journal.last_block() == last
        after = maker.recorded("after")
        journal.append([after])
        assert list(journal.unsealed()) == [after.id]

    def test_a_block_of_a_failed_transaction_is_not_kept(self, journal: Journal, maker: Maker) -> None:
        first = maker.recorded()
        journal.append([first])
        with pytest.raises(ZeroDivisionError), journal.transaction():
            journal.add_block(Block(1, (first.id,), "r" * 64, "", 1, START, "d" * 64, "s" * 128))
            _ = 1 // 0
        assert list(journal.blocks()) == []
        assert list(journal.unsealed()) == [first.id]

    # ---- rebuilding

    def test_rebuilt_state_is_the_same(self, filled: Journal, maker: Maker) -> None:
        record = filled.find(Query(ALWAYS, types=("sighting",), order="number"))[0]
        filled.append([maker.amended(record.id, number_seen=99), maker.entry("withdrawn", record.id, {}, {})])
        before, found = filled.state_digest(), filled.find(Query(ALWAYS, order="number"))
        assert filled.rebuild() == 6
        assert filled.state_digest() == before
        assert list(filled.find(Query(ALWAYS, order="number"))) == list(found)
        assert filled.count(Query(ALWAYS, text="menaka")) == 1
