"""All values of a record, and all their problems at once."""

from __future__ import annotations

from datetime import UTC, datetime

from remit.records.field_kind import PlainContext
from remit.records.values import from_form, read_changes, read_values, schema_of, to_form
from tests.unit.records.builders import field, record_type

NOW = PlainContext(datetime(2030, 6, 1, tzinfo=UTC))
TYPE = record_type(
    fields={
        "title": field("text", "title", required=True),
        "occurred_on": field("date", "occurred_on", required=True),
        "deaths": field("integer", "deaths", settings={"approximate": True}),
        "place": field("place", "place"),
        "rows": field("group", "rows", repeats=True, fields={"size": field("integer", "size")}),
    }
)


def test_all_problems_come_at_once_with_the_nearest_right_key() -> None:
    values, issues = read_values(
        TYPE, {"titel": "A", "occurred_on": "2017-02-30", "deaths": 3, "rows": [{"size": "x"}]}, NOW
    )
    assert [(issue.code, issue.where.path) for issue in issues] == [
        ("REC-011", "titel"),
        ("REC-016", "occurred_on"),
        ("REC-014", "rows.0.size"),
        ("REC-012", "title"),
    ]
    assert "“title”" in issues[0].text("en") and "« title »" in issues[0].text("fr")
    assert values == {"deaths": {"number": 3, "qualifier": "exact"}}


def test_values_and_empty_ones() -> None:
    values, issues = read_values(TYPE, {"title": " A ", "occurred_on": "2017", "place": "", "rows": []}, NOW)
    assert values == {"title": "A", "occurred_on": {"on": "2017-01-01", "precision": "year"}} and not issues


def test_changes_clear_what_is_given_empty_but_not_what_is_required() -> None:
    values, issues = read_changes(TYPE, {"place": "", "deaths": "about 4"}, NOW)
    assert values == {"place": None, "deaths": {"number": 4, "qualifier": "about"}} and not issues
    _, issues = read_changes(TYPE, {"title": ""}, NOW)
    assert [issue.code for issue in issues] == ["REC-012"]


def test_what_a_form_sends_and_shows() -> None:
    sent = {
        "title": "A", "occurred_on": "2017-07-14", "occurred_on.precision": "day", "deaths": "3", "deaths.qualifier": "about",
        "place": "Camp", "place.lat": "1,5", "place.lon": "2", "rows.0.size": "4", "rows.1.size": "", "csrf": "x",
    }  # fmt: skip
    values, issues = read_values(TYPE, from_form(TYPE.fields, sent), NOW)
    assert not issues
    assert values["rows"] == [{"size": 4}] and values["place"] == {"name": "Camp", "lat": 1.5, "lon": 2.0}
    shown = to_form(TYPE.fields, values)
    assert (shown["deaths.qualifier"], shown["rows.0.size"], shown["place.lat"]) == ("about", "4", "1.5")
    assert read_values(TYPE, from_form(TYPE.fields, shown), NOW) == (values, ())
    assert "place" not in from_form(TYPE.fields, {"title": "A"})


def test_the_schema_of_a_type() -> None:
    schema = schema_of(TYPE)
    assert schema["required"] == ["title", "occurred_on"] and schema["additionalProperties"] is False
    assert set(schema["properties"]) == set(TYPE.fields)


def test_a_required_field_that_was_sent_blank_is_missing() -> None:
    values, issues = read_values(TYPE, {"title": "", "occurred_on": "2017"}, NOW)
    assert "title" not in values
    assert [issue.code for issue in issues] == ["REC-012"]
