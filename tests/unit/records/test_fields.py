"""Each kind of field: what it takes, what it refuses and why, how it shows, and the form that it makes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from remit.kernel.places import Place
from remit.kernel.wording import Words, same
from remit.records.field_kind import PlainContext
from remit.records.fields import field_kinds
from remit.records.types import FieldDefinition, Option
from tests.unit.records.builders import field

NOW = PlainContext(datetime(2030, 6, 1, 12, tzinfo=UTC))
COLOURS = (Option("red", Words("Red", "Rouge")), Option("dark-blue", Words("Dark blue", "Bleu foncé")))
JULY = {"on": "2017-07-14", "precision": "day"}
SHA = "a" * 64


def setting(kind: str, **settings: Any) -> FieldDefinition:
    """Return a field with settings."""
    return field(kind, settings=settings)


APPROXIMATE = setting("integer", approximate=True)
COLOUR, MANY = field("choice", options=COLOURS), field("choices", options=COLOURS)
PARTIES = field("reference", options=COLOURS, many=True, to="parties")
ROWS = field(
    "group",
    "rows",
    repeats=True,
    fields={
        "sex": field("choice", "sex", options=COLOURS, required=True),
        "number": field("integer", "number", settings={"approximate": True}),
        "on": field("date", "on"),
    },
)


@pytest.mark.parametrize(
    ("definition", "raw", "value"),
    [
        (field("text"), "  two\n words ", "two words"),
        (field("text"), 2017, "2017"),
        (field("narrative"), "one \r\n\r\ntwo\n", "one\n\ntwo"),
        (field("integer"), "13,289", 13289),
        (field("integer"), "13\u202f289", 13289),
        (field("integer"), 6.0, 6),
        (setting("integer", minimum=-5), "-3", -3),
        (APPROXIMATE, 6, {"number": 6, "qualifier": "exact"}),
        (APPROXIMATE, "at least 6", {"number": 6, "qualifier": "at-least"}),
        (APPROXIMATE, "Au moins 1 200", {"number": 1200, "qualifier": "at-least"}),
        (APPROXIMATE, "environ 6", {"number": 6, "qualifier": "about"}),
        (APPROXIMATE, {"number": "6", "qualifier": "about"}, {"number": 6, "qualifier": "about"}),
        (field("decimal"), "12,5", 12.5),
        (field("decimal"), "1,234.5", 1234.5),
        (field("decimal"), "1 234,5", 1234.5),
        (field("decimal"), 3, 3.0),
        (field("money"), "12.50 USD", {"amount": "12.50", "currency": "USD"}),
        (field("money"), "XOF 1 000", {"amount": "1000", "currency": "XOF"}),
        (setting("money", currency="USD"), "1234.50", {"amount": "1234.50", "currency": "USD"}),
        (field("money"), {"amount": 7, "currency": "EUR"}, {"amount": "7", "currency": "EUR"}),
        (field("date"), date(2017, 7, 14), JULY),
        (field("date"), "2017-07-14", JULY),
        (field("date"), "14 July 2017", JULY),
        (field("date"), "14 juillet 2017", JULY),
        (field("date"), "1er août 2017", {"on": "2017-08-01", "precision": "day"}),
        (field("date"), "July 2017", {"on": "2017-07-01", "precision": "month"}),
        (field("date"), "2017-07", {"on": "2017-07-01", "precision": "month"}),
        (field("date"), 2017, {"on": "2017-01-01", "precision": "year"}),
        (field("date"), {"on": "2017-07-14", "precision": "month"}, {"on": "2017-07-01", "precision": "month"}),
        (field("date"), {True: date(2017, 7, 14)}, JULY),
        (field("instant"), "2017-07-14T02:10Z", "2017-07-14T02:10:00+00:00"),
        (field("instant"), "2017-07-14T04:10:00+02:00", "2017-07-14T02:10:00+00:00"),
        (field("instant"), "14 July 2017, 02:10 UTC", "2017-07-14T02:10:00+00:00"),
        (field("instant"), "14 juillet 2017, 2 h 10 TU", "2017-07-14T02:10:00+00:00"),
        (field("instant"), datetime(2017, 7, 14, 2, 10, tzinfo=UTC), "2017-07-14T02:10:00+00:00"),
        (COLOUR, "red", "red"),
        (COLOUR, "bleu FONCE", "dark-blue"),
        (MANY, ["dark-blue", "red", "red"], ["red", "dark-blue"]),
        (MANY, "Rouge; dark blue", ["red", "dark-blue"]),
        (field("place"), "Camp", {"name": "Camp"}),
        (field("place"), {"lat": "14,5", "lon": -3.5, "region": "north"}, {"lat": 14.5, "lon": -3.5, "region": "north"}),
        (field("reference"), "r-1", "r-1"),
        (PARTIES, "red", ["red"]),
        (PARTIES, ["red", "dark-blue"], ["red", "dark-blue"]),
        (field("person"), "p-9", "p-9"),
        (field("attachment"), {"sha256": SHA, "name": "a.pdf"}, {"sha256": SHA, "name": "a.pdf"}),
        (ROWS, {"sex": "red"}, [{"sex": "red"}]),
        (ROWS, [{"sex": "red", "number": "about 3"}], [{"sex": "red", "number": {"number": 3, "qualifier": "about"}}]),
    ],
)  # fmt: skip
def test_what_is_taken(definition: FieldDefinition, raw: Any, value: Any) -> None:
    assert field_kinds()[definition.kind].read(raw, definition, NOW) == (value, ())


@pytest.mark.parametrize("kind", sorted(field_kinds()))
@pytest.mark.parametrize("raw", [None, "", "  ", [], {}])
def test_nothing_is_no_value_and_no_problem(kind: str, raw: Any) -> None:
    assert field_kinds()[kind].read(raw, field(kind, repeats=kind == "group"), NOW) == (None, ())


@pytest.mark.parametrize(
    ("definition", "raw", "code", "says"),
    [
        (field("text"), {"a": 1}, "REC-013", "expected text"),
        (setting("text", maximum=3), "four", "REC-015", "at most 3 characters"),
        (field("text"), ["a", "b"], "REC-021", "2 values were given"),
        (field("integer"), "six", "REC-014", "“six” is not a number"),
        (field("integer"), True, "REC-014", "a whole number"),
        (field("integer"), "6.5", "REC-014", "a whole number"),
        (field("integer"), "at least 6", "REC-014", "not a number"),
        (field("integer"), -1, "REC-015", "at least 0"),
        (setting("integer", maximum=5), 6, "REC-015", "between 0 and 5"),
        (field("integer"), 2**60, "REC-015", "between"),
        (APPROXIMATE, {"number": 6, "qualifier": "roughly"}, "REC-014", "exact, about, at-least"),
        (APPROXIMATE, {"nombre": 6}, "REC-014", "a qualifier"),
        (field("decimal"), "1,234", "REC-014", "two ways"),
        (field("decimal"), "1.234,5", "REC-014", "not a number"),
        (field("decimal"), float("nan"), "REC-014", "a number"),
        (field("decimal"), "1.2345678901234567", "REC-015", "15 significant digits"),
        (field("money"), "12.50", "REC-022", "a currency"),
        (setting("money", currencies=["USD"]), "5 EUR", "REC-022", "USD"),
        (field("money"), "-5 USD", "REC-015", "not negative"),
        (field("date"), "2017-02-30", "REC-016", "not a date that exists"),
        (field("date"), "30 février 2017", "REC-016", "not a date that exists"),
        (field("date"), "14/07/2017", "REC-016", "two ways"),
        (field("date"), "07.08.17", "REC-016", "two ways"),
        (field("date"), "yesterday", "REC-016", "not a date"),
        (field("date"), {"on": "2017-07-14", "precision": "hour"}, "REC-016", "day, month or year"),
        (setting("date", precision="day"), "2017-07", "REC-016", "to the day"),
        (setting("date", future=False), "2030-06-02", "REC-016", "not to come"),
        (field("instant"), "2017-07-14T02:10", "REC-016", "against which clock"),
        (field("instant"), "2017-07-14", "REC-016", "at which time"),
        (field("instant"), "2017-02-30T02:10Z", "REC-016", "not a date that exists"),
        (field("instant"), "2017-07-14T25:10Z", "REC-016", "time of day that does not exist"),
        (field("instant"), datetime(2017, 7, 14, 2, 10), "REC-016", "against which clock"),
        (setting("instant", future=False), "2030-06-01T12:01Z", "REC-016", "not to come"),
        (COLOUR, "dark-bleu", "REC-017", "dark-blue"),
        (COLOUR, True, "REC-017", "YAML"),
        (MANY, ["red", "green"], "REC-017", "green"),
        (field("place"), {"lat": 95, "lon": 0}, "REC-018", "between -90 and 90"),
        (field("place"), {"lat": 5}, "REC-018", "together"),
        (field("place"), {"lat": "1,234", "lon": 1}, "REC-018", "two ways"),
        (field("place"), 5, "REC-018", "a name or coordinates"),
        (field("reference"), "two words", "REC-020", "a key"),
        (PARTIES, ["rad"], "REC-020", "“red”"),
        (field("person"), "Jane Doe", "REC-020", "a key"),
        (field("attachment"), {"sha256": "x", "name": "a"}, "REC-020", "SHA-256"),
        (field("attachment"), {"sha256": SHA, "name": "../a"}, "REC-020", "SHA-256"),
        (ROWS, "red", "REC-019", "a list of rows"),
        (ROWS, [{"sex": "red", "nmuber": 3}], "REC-011", "“number”"),
        (ROWS, [{"number": 3}], "REC-012", "“Sex” is missing"),
    ],
)
def test_what_is_refused_and_why(definition: FieldDefinition, raw: Any, code: str, says: str) -> None:
    _, issues = field_kinds()[definition.kind].read(raw, definition, NOW)
    assert [issue.code for issue in issues] == [code], issues
    assert says in issues[0].text("en")
    assert issues[0].message.fr != issues[0].message.en
    assert issues[0].where.path.split(".")[0] == definition.key


def test_problems_in_rows_name_their_place() -> None:
    _, issues = field_kinds()["group"].read([{"sex": "red"}, {"sex": "green", "on": "30 février 2017"}], ROWS, NOW)
    assert [(issue.code, issue.where.path) for issue in issues] == [("REC-017", "rows.1.sex"), ("REC-016", "rows.1.on")]


@pytest.mark.parametrize(
    ("definition", "value", "english", "french"),
    [
        (field("integer"), 13289, "13,289", "13\u202f289"),
        (APPROXIMATE, {"number": 1200, "qualifier": "at-least"}, "at least 1,200", "au moins 1\u202f200"),
        (field("decimal"), 1234.5, "1,234.5", "1\u202f234,5"),
        (field("decimal"), 3.0, "3", "3"),
        (field("money"), {"amount": "1250.50", "currency": "USD"}, "1,250.50\u00a0USD", "1\u202f250,50\u00a0USD"),
        (field("date"), {"on": "2017-07-01", "precision": "day"}, "1 July 2017", "1er juillet 2017"),
        (field("date"), {"on": "2017-08-01", "precision": "month"}, "August 2017", "août 2017"),
        (field("date"), {"on": "2017-07-01", "precision": "quarter"}, "Q3 2017", "3e trimestre 2017"),
        (
            field("instant"),
            "2017-07-14T02:10:00+00:00",
            "14 July 2017, 02:10 UTC",
            "14 juillet 2017, 02\u00a0h\u00a010 UTC",
        ),
        (field("instant"), JULY, "14 July 2017", "14 juillet 2017"),
        (COLOUR, "dark-blue", "Dark blue", "Bleu foncé"),
        (COLOUR, "former", "former", "former"),
        (MANY, ["red", "dark-blue"], "Red, Dark blue", "Rouge, Bleu foncé"),
        (PARTIES, ["red"], "Red", "Rouge"),
        (field("place"), {"name": "Camp", "region": "north"}, "Camp", "Camp"),
        (field("place"), {"region": "north-east"}, "North East", "North East"),
        (ROWS, [{"sex": "red"}, {"sex": "red"}], "Sex: Red; Sex: Red", "Sex\u00a0: Rouge; Sex\u00a0: Rouge"),
        (field("text"), None, "", ""),
    ],
)
def test_how_it_shows(definition: FieldDefinition, value: Any, english: str, french: str) -> None:
    kind = field_kinds()[definition.kind]
    assert (kind.show(value, definition, "en"), kind.show(value, definition, "fr")) == (english, french)


VALUES = [
    (field("text"), "words"), (field("narrative"), "words"), (field("integer"), 3), (field("decimal"), 3.5),
    (APPROXIMATE, {"number": 3, "qualifier": "about"}), (field("money"), {"amount": "3.50", "currency": "USD"}),
    (field("date"), JULY), (field("date"), {"on": "2017-07-01", "precision": "month"}),
    (field("instant"), "2017-07-14T02:10:00+00:00"), (COLOUR, "red"), (MANY, ["red", "dark-blue"]),
    (field("place"), {"name": "Camp", "lat": 1.5, "lon": 2.25, "grid": "30PWB"}), (field("reference"), "r-1"),
    (PARTIES, ["red"]), (field("person"), "p-9"), (field("attachment"), {"sha256": SHA, "name": "a.pdf"}),
    (ROWS, [{"sex": "red", "number": {"number": 3, "qualifier": "about"}, "on": JULY}, {"sex": "dark-blue"}]),
]  # fmt: skip


@pytest.mark.parametrize(("definition", "value"), VALUES)
def test_a_form_that_comes_back_untouched_changes_nothing(definition: FieldDefinition, value: Any) -> None:
    kind = field_kinds()[definition.kind]
    sent = kind.to_inputs(value, definition)
    assert kind.read(kind.from_inputs(sent), definition, NOW) == (value, ())


@pytest.mark.parametrize(("definition", "value"), VALUES)
def test_a_blank_form_gives_nothing(definition: FieldDefinition, value: Any) -> None:
    kind = field_kinds()[definition.kind]
    del value
    blank = kind.to_inputs(None, definition) | ({"0.number.qualifier": "exact"} if definition is ROWS else {})
    assert kind.read(kind.from_inputs(blank), definition, NOW) == (None, ())


@pytest.mark.parametrize(("definition", "value"), VALUES)
def test_cells_fill_the_columns_and_the_schema_names_a_type(definition: FieldDefinition, value: Any) -> None:
    kind = field_kinds()[definition.kind]
    names = [column.name for column in kind.columns(definition)]
    assert list(kind.cells(value, definition)) == names
    assert list(kind.cells(None, definition)) == names
    schema = kind.schema(definition)
    assert schema["title"] == "Rows" or schema["title"] == "One"
    assert schema["type"] in ("string", "integer", "number", "object", "array")
    assert all(one.label.en and one.label.fr for one in kind.inputs(definition))


def test_the_cells_of_dates_places_and_rows() -> None:
    assert field_kinds()["date"].cells(JULY, field("date"))["one"] == date(2017, 7, 14)
    assert field_kinds()["instant"].cells("2017-07-14T02:10:00+00:00", field("instant"))["one"].tzinfo is not None
    cells = field_kinds()["place"].cells({"name": "Camp", "region": "north"}, setting("place", area_levels=["region"]))
    assert (cells["one_region"], cells["one_lat"], cells["one_name"]) == ("north", None, "Camp")
    group: Any = field_kinds()["group"]
    assert [column.name for column in group.row_columns(ROWS)] == [
        "sex", "number", "number_qualifier", "on", "on_precision",
    ]  # fmt: skip
    assert group.rows([{"sex": "red"}], ROWS) == [
        {"sex": "red", "number": None, "number_qualifier": None, "on": None, "on_precision": None}
    ]


def test_a_group_that_does_not_repeat_is_one_mapping_with_columns_of_its_own() -> None:
    weather = field("group", "weather", fields={"wind": field("integer", "wind"), "sky": field("text", "sky")})
    group = field_kinds()["group"]
    assert group.read({"wind": "3"}, weather, NOW) == ({"wind": 3}, ())
    assert group.cells({"wind": 3}, weather) == {"weather_wind": 3, "weather_sky": None}
    assert group.read(group.from_inputs({"wind": "3", "sky": ""}), weather, NOW) == ({"wind": 3}, ())
    assert group.show({"wind": 3}, weather, "en") == "Wind: 3"


def test_places_are_located_by_the_mission() -> None:
    class Located(PlainContext):
        def locate(self, place: Place) -> Place:
            return Place(name=place.name, lat=1.0, lon=2.0, areas={"region": "north"}, basis="gazetteer")

    value, issues = field_kinds()["place"].read("Camp", field("place"), Located(NOW.now))
    assert value == {"name": "Camp", "lat": 1.0, "lon": 2.0, "basis": "gazetteer", "region": "north"} and not issues


def test_there_are_fourteen_kinds() -> None:
    assert set(field_kinds()) == {
        "text", "narrative", "integer", "decimal", "money", "date", "instant", "choice", "choices", "place", "reference",
        "person", "attachment", "group",
    }  # fmt: skip
    assert same("") == Words("", "")
