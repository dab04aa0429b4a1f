"""Importing what others recorded: once, row by row, and nothing of a file that is not one."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from remit.kernel.conditions import ALWAYS
from remit.kernel.errors import BadInput, Forbidden
from remit.records.journal import Query
from remit.services.acting import recorder
from remit.services.amending import amend
from remit.services.importing import TYPE, Imported, import_events
from tests.unit.services.exercise import Exercise

ROW: dict[str, str] = {
    "id": "900001", "year": "2020", "month": "4", "day": "17", "country": "Talmara",
    "type_of_violence": "State-based violence", "conflict_name": "Talmara: Government", "side_a": "Side one",
    "side_b": "Side two", "latitude": "-40.62", "longitude": "-119.44", "low_death": "2.0", "best_death": "3.0",
    "high_death": "4.0",
}  # fmt: skip
OFFICIAL: dict[str, str] = {
    "id": "900001", "relid": "TAL-2020-1-1", "year": "2020", "active_year": "1", "type_of_violence": "1",
    "conflict_name": "Talmara: Government", "side_a": "Side one", "side_b": "Side two", "where_prec": "4",
    "latitude": "-40.62", "longitude": "-119.44", "date_start": "2020-04-17 00:00:00.000",
    "date_end": "2020-04-19 00:00:00.000", "low": "2", "best": "3", "high": "4",
}  # fmt: skip


def table(*rows: dict[str, str], end: str = "\n") -> bytes:
    """Return rows as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def take(exercise: Exercise, data: bytes, name: str = "rows.csv") -> Imported:
    """Import a file as the first role that may."""
    workspace = exercise.on("2020-05-01")
    return import_events(workspace, recorder(workspace, TYPE), "ucdp", data, name)


def values(exercise: Exercise, found: Imported, position: int = 0) -> dict[str, Any]:
    """Return the values of a record that an import made."""
    record = exercise.workspace.journal.get(found.added[position])
    assert record is not None
    return dict(record.values)


def test_a_row_becomes_an_external_report_with_place_precision_and_origin(exercise: Exercise) -> None:
    data = table(ROW)
    found = take(exercise, data)
    assert (len(found.added), found.known, found.rejected, found.issues) == (1, 0, 0, ())
    made = exercise.workspace.journal.get(found.added[0])
    assert made is not None and (made.type, made.level, made.originator) == (TYPE, "unclassified", "ucdp")
    kept = made.values
    assert kept["occurred_on"]["on"] == "2020-04-17" and kept["type_of_violence"] == "state-based"
    assert (kept["deaths_low"], kept["deaths_best"], kept["deaths_high"]) == (2, 3, 4)
    assert kept["place"]["island"] == "north-shore" and kept["place"]["uncertainty_m"] == 25_000
    assert json.loads(kept["original_row"]) == ROW and kept["row_number"] == 2
    assert exercise.workspace.attachments.read(kept["source_file"]["sha256"]) == data


def test_the_names_of_the_official_export_are_read_too(exercise: Exercise) -> None:
    kept = values(exercise, take(exercise, table(OFFICIAL)))
    assert kept["occurred_on"]["on"] == "2020-04-17"
    assert kept["place"]["uncertainty_m"] == 100_000
    assert (kept["deaths_low"], kept["deaths_best"], kept["deaths_high"]) == (2, 3, 4)


def test_a_second_import_adds_nothing(exercise: Exercise) -> None:
    data = table(ROW, {**ROW, "id": "900002"})
    first, entries = take(exercise, data), exercise.count()
    again = take(exercise, data)
    assert (len(first.added), len(again.added), again.known, again.rejected) == (2, 0, 2, 0)
    assert exercise.count() == entries


def test_a_row_that_the_provider_changed_is_told_and_what_came_first_stays(exercise: Exercise) -> None:
    first = take(exercise, table(ROW))
    again = take(exercise, table({**ROW, "best_death": "9"}))
    assert [(i.code, i.level, i.where.line) for i in again.issues] == [("IMP-012", "warning", 2)]
    assert again.rejected == 0 and not again.added
    assert values(exercise, first)["deaths_best"] == 3


def test_a_record_that_was_amended_is_still_known(exercise: Exercise) -> None:
    first = take(exercise, table(ROW))
    officer = recorder(exercise.workspace, TYPE)
    amend(exercise.workspace, officer, first.added[0], {"title": "Read again"}, reason="Clearer")
    assert take(exercise, table(ROW)).known == 1


@pytest.mark.parametrize(
    ("data", "case"),
    [
        (b"\xef\xbb\xbf" + table(ROW), "byte order mark"),
        (table(ROW, end="\r\n"), "CRLF"),
        (table({**ROW, "conflict_name": "a, quoted\nname"}), "a line break inside quotes"),
        (table(ROW) + b"\n\n", "blank lines at the end"),
        (table({key.upper(): value for key, value in ROW.items()}), "header in capitals"),
        (table({**ROW, "side_a": "Mouvement de libération"}), "accents"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_written_otherwise_is_read_all_the_same(exercise: Exercise, data: bytes, case: str) -> None:
    found = take(exercise, data)
    assert len(found.added) == 1 and found.issues == (), case


BROKEN = {
    "date": ({"month": "13"}, "IMP-014", "2020-13-17"),
    "leap day": ({"month": "2", "day": "30"}, "IMP-014", "2020-2-30"),
    "not a date": ({"day": "x"}, "IMP-014", "x"),
    "no identifier": ({"id": " "}, "IMP-013", "identifier"),
    "latitude": ({"latitude": "91"}, "IMP-015", "latitude"),
    "not a number": ({"longitude": "NaN"}, "IMP-015", "NaN"),
    "infinite": ({"best_death": "inf"}, "IMP-015", "inf"),
    "negative": ({"low_death": "-1"}, "IMP-015", "-1"),
    "part of a person": ({"best_death": "2.5"}, "IMP-015", "2.5"),
    "violence": ({"type_of_violence": "Unknown"}, "IMP-018", "Unknown"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_row_is_told_by_line_with_its_reason_and_the_others_go_in(exercise: Exercise, name: str) -> None:
    change, code, told = BROKEN[name]
    found = take(exercise, table(ROW, {**ROW, "id": "900002", **change}, {**ROW, "id": "900003"}))
    assert len(found.added) == 2 and found.rejected == 1
    assert {(issue.code, issue.where.line) for issue in found.issues} == {(code, 3)}
    text = found.issues[0].text("en")
    assert told in text and text.startswith("rows.csv:3")
    assert found.issues[0].text("fr").startswith("rows.csv:3: Cette ligne est écartée")


def test_a_precision_that_the_dataset_does_not_know_is_told(exercise: Exercise) -> None:
    found = take(exercise, table(OFFICIAL, {**OFFICIAL, "id": "900002", "where_prec": "9"}))
    assert [(i.code, i.where.line) for i in found.issues] == [("IMP-019", 3)]
    country = take(exercise, table({**OFFICIAL, "id": "900003", "where_prec": "6"}))
    assert values(exercise, country)["place"]["uncertainty_m"] >= 500_000


def test_an_identifier_that_stands_twice_in_a_file_is_taken_once(exercise: Exercise) -> None:
    found = take(exercise, table(ROW, {**ROW, "best_death": "9"}))
    assert len(found.added) == 1
    assert [(i.code, i.where.line) for i in found.issues] == [("IMP-016", 3)]
    assert "line 2" in found.issues[0].text()


@pytest.mark.parametrize("tail", [b"900002,2020", b"900002,2020,4,17,T,1,c,a,b,1,1,1,1,1,extra"])
def test_a_row_of_another_length_is_told(exercise: Exercise, tail: bytes) -> None:
    found = take(exercise, table(ROW) + tail + b"\n")
    assert len(found.added) == 1 and [(i.code, i.where.line) for i in found.issues] == [("IMP-011", 3)]


def test_all_that_is_wrong_with_a_row_is_told(exercise: Exercise) -> None:
    found = take(exercise, table({**ROW, "month": "13", "latitude": "x", "type_of_violence": "?"}))
    assert {issue.code for issue in found.issues} == {"IMP-014", "IMP-015", "IMP-018"}
    assert found.rejected == 1


NOT_SUCH: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty"),
    "blank": (b" \n \n", "empty"),
    "binary": (b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
    "not UTF-8": (table(ROW).replace(b"Side one", b"C\xf4t\xe9 un"), "UTF-8"),
    "another header": (b"a,b,c\n1,2,3\n", "lacks"),
    "one column missing": (table({k: v for k, v in ROW.items() if k != "latitude"}), "latitude"),
    "no CSV": (b"The Security Council,\nRecalling its resolutions\n", "lacks"),
    "a quote that never ends": (b'"id,year\n1,2\n', "not CSV"),
    "header without rows": (table(ROW).splitlines()[0] + b"\n", "no rows"),
}


@pytest.mark.parametrize("name", NOT_SUCH)
def test_what_is_no_such_file_is_refused_and_leaves_nothing(exercise: Exercise, name: str) -> None:
    data, told = NOT_SUCH[name]
    with pytest.raises(BadInput) as refused:
        take(exercise, data, "given.csv")
    assert refused.value.code == "IMP-002"
    assert told in refused.value.text("en") and "given.csv" in refused.value.text("en")
    assert "rien n’a été écrit" in refused.value.text("fr")
    assert exercise.workspace.journal.count(Query(ALWAYS)) == 0


def test_a_provider_that_is_not_known_is_answered_with_those_that_are(exercise: Exercise) -> None:
    with pytest.raises(BadInput) as refused:
        import_events(exercise.workspace, recorder(exercise.workspace, TYPE), "ucpd", table(ROW), "rows.csv")
    assert refused.value.code == "IMP-001" and "ucdp" in refused.value.text()


def test_who_may_not_record_external_reports_imports_nothing(exercise: Exercise) -> None:
    with pytest.raises(Forbidden):
        import_events(exercise.workspace, exercise.actor("delegation"), "ucdp", table(ROW), "rows.csv")
    assert exercise.count() == 0
