"""Folding: what the journal suite does not reach."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from remit.kernel.errors import Fault
from remit.records.fold import fold, fold_all, touched
from remit.records.projection import record_from_json, record_to_json
from tests.contract.journal_suite import CHAIR, Maker, suite_types
from tests.unit.records.builders import field, record_type


def test_moves_of_one_instant_follow_each_other_whatever_their_identifiers() -> None:
    maker = Maker()
    first = maker.finding()
    steps = [
        ("a", "alleged", "tasked"),
        ("b", "tasked", "reported"),
        ("c", "reported", "alleged"),
        ("d", "alleged", "confirmed"),
    ]
    for order in itertools.permutations("1234"):
        moves = [
            replace(maker.moved(first.record, key, start, end), at=first.at, id=number)
            for number, (key, start, end) in zip(order, steps[:3], strict=False)
        ]
        folded = fold(suite_types(), [*reversed(moves), first])
        assert folded is not None
        assert [made.from_ for made in folded.moves[1:]] == [made.to for made in folded.moves[:-1]]


def test_a_type_that_is_not_declared_any_more_is_a_fault_that_says_what_to_do() -> None:
    with pytest.raises(Fault) as caught:
        fold({}, [Maker().recorded()])
    assert caught.value.code == "REC-041" and "records/sighting.yaml" in caught.value.text()


def test_a_sensitive_field_gives_no_title_and_times_follow_the_type() -> None:
    first = Maker().recorded(
        title="Name", seen={"on": "2030-01-01", "precision": "month"}, told="2030-01-02T00:00:00+00:00"
    )
    secret = record_type(
        fields={"title": field("text", "title", sensitive=True)}, times={"occurred": "seen", "reported": "told"}
    )
    folded = fold({"sighting": secret}, [first])
    assert folded is not None and folded.title == "" and folded.values["title"] == "Name"
    assert (folded.occurred, folded.reported) == ("2030-01-01", "2030-01-02T00:00:00+00:00")


def test_a_level_may_be_changed_and_amenders_are_known() -> None:
    maker = Maker()
    first = maker.recorded(title="A")
    lowered = maker.entry("amended", first.record, {"_reason": "reviewed"}, {"level": "confidential"}, by=CHAIR)
    folded = fold(suite_types(), [first, lowered])
    assert folded is not None and folded.level == "confidential" and folded.amended_by == ("chair-b",)
    assert folded.facts["level"] == "confidential"


def test_records_come_back_from_json_as_they_were() -> None:
    maker = Maker()
    event, finding = maker.recorded(title="A"), maker.finding(title="B")
    entries = [
        event,
        finding,
        maker.linked(finding.record, "over", event.record),
        maker.moved(finding.record, "task", "alleged", "tasked"),
        maker.entry("redacted", event.record, {}, {"fields": ["title"]}),
        maker.entry("withdrawn", event.record, {}, {}),
    ]
    records = list(fold_all(suite_types(), entries))
    assert sorted(one.id for one in records) == [one.id for one in records] and len(records) == 2
    assert [record_from_json(record_to_json(one)) for one in records] == records
    assert touched(entries[2]) == (finding.record, event.record)
    assert next(one for one in records if one.id == event.record).erased == ("title",)
