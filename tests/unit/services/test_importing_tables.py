"""Tables of one's own: columns proposed, mappings kept, rows taken in once, bad ones told by line."""

from __future__ import annotations

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from remit.kernel.conditions import ALWAYS
from remit.kernel.errors import BadInput, RemitError
from remit.records.exchange.columns import table_columns
from remit.records.exchange.mapping import Rule
from remit.records.journal import Query
from remit.records.providers import PROVIDERS
from remit.services.importing import Imported
from remit.services.importing_tables import Planned, Said, import_table, kept_mappings, plan
from tests.unit.services.exercise import Exercise

HEADER = "Ref,Titre,Date,Place name,Latitude,Longitude,Category,Remark\n"
ROWS = (
    "A1,Shots at the quay (invented),2020-04-02,Low Quay,-41.12,-118.9,shooting,seen\n"
    "A2,Shots again (invented),2020-04-03,,-40.62,-119.44,Shooting,\n"
)


def planned(
    exercise: Exercise,
    data: bytes,
    *,
    mapping: str = "",
    name: str = "t.csv",
    type_key: str = "incident",
    **said: object,
) -> Planned:
    """Plan an import of incidents."""
    workspace = exercise.on("2020-05-01")
    return plan(
        workspace, exercise.actor("field-officer"), data, name, type_key=type_key, mapping=mapping, said=Said(**said)
    )  # type: ignore[arg-type]


def take(
    exercise: Exercise,
    data: bytes,
    *,
    mapping: str = "quays",
    dry: bool = False,
    type_key: str = "incident",
    **said: object,
) -> Imported:
    """Import incidents."""
    how = planned(exercise, data, mapping=mapping, type_key=type_key, **said)
    return import_table(exercise.on("2020-05-01"), exercise.actor("field-officer"), data, "t.csv", how, dry=dry)


def book(*rows: tuple[object, ...]) -> bytes:
    """Return rows as a workbook."""
    made = Workbook()
    assert made.active is not None
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_columns_are_proposed_by_name_in_either_language_and_what_is_left_is_told(exercise: Exercise) -> None:
    found = planned(exercise, (HEADER + ROWS).encode())
    assert {rule.column: rule.target for rule in found.mapping.rules} == {
        "Titre": "title", "Date": "occurred_on", "Place name": "place", "Latitude": "place.lat", "Longitude": "place.lon",
        "Category": "category",
    }  # fmt: skip
    assert found.proposal is not None and found.proposal.left == ("Ref", "Remark") and found.proposal.missing == ()


def test_a_header_that_only_looks_alike_is_marked(exercise: Exercise) -> None:
    found = planned(exercise, b"titel,occured_on,place,category\nx,2020-04-02,Low Quay,shooting\n")
    assert found.proposal is not None
    unsure = {one.rule.column for one in found.proposal.proposed if not one.sure}
    assert "occured_on" in unsure


def test_hashtags_name_columns_whatever_the_header_says(exercise: Exercise) -> None:
    data = b"A,B,C,D\n#description+title,#date+occurred,#loc+name,#event+category\nShots (invented),2020-04-02,Low Quay,shooting\n"
    found = planned(exercise, data)
    assert [rule.target for rule in found.mapping.rules] == ["title", "occurred_on", "place", "category"]
    assert len(found.table.rows) == 1


def test_every_column_of_every_type_has_a_hashtag_of_its_own(exercise: Exercise) -> None:
    for kind in exercise.workspace.mission.record_types.values():
        tags = [column.tag for column in table_columns(kind)]
        assert len(tags) == len(set(tags)), kind.key


def test_a_dry_run_writes_nothing_and_tells_what_would_come(exercise: Exercise) -> None:
    before = exercise.count()
    found = take(exercise, (HEADER + ROWS).encode(), dry=True)
    assert (len(found.added), found.rejected, found.dry) == (2, 0, True) and exercise.count() == before
    assert found.sample[0]["title"].startswith("Shots at the quay")


def test_the_mapping_is_kept_and_used_for_the_next_file_and_no_row_comes_twice(exercise: Exercise) -> None:
    first = take(exercise, (HEADER + ROWS).encode(), identifier="Ref")
    assert len(first.added) == 2
    assert [one.name for one in kept_mappings(exercise.workspace)] == ["quays"]
    more = (HEADER + ROWS + "A3,Third (invented),2020-04-04,Low Quay,,,shooting,\n").encode()
    second = take(exercise, more, type_key="")
    assert (len(second.added), second.known, second.rejected) == (1, 2, 0)


def test_a_known_row_with_other_contents_is_told_and_not_taken(exercise: Exercise) -> None:
    take(exercise, (HEADER + ROWS).encode(), identifier="Ref")
    found = take(exercise, (HEADER + ROWS.replace("again", "once more")).encode())
    assert (len(found.added), found.known) == (0, 2) and [i.code for i in found.issues] == ["IMP-012"]


def test_bad_rows_are_told_by_line_and_the_others_come(exercise: Exercise) -> None:
    data = (
        HEADER
        + ROWS
        + "A3,No day (invented),2020-13-04,Low Quay,,,shooting,\nA4,No such (invented),2020-04-04,Low Quay,,,flood,\n"
    )
    found = take(exercise, data.encode())
    assert len(found.added) == 2 and found.rejected == 2
    assert [(issue.code, issue.where.line) for issue in found.issues] == [("REC-016", 4), ("REC-017", 5)]


@pytest.mark.parametrize(("order", "day"), [("dmy", "2020-04-03"), ("mdy", "2020-03-04")])
def test_a_day_that_reads_in_two_ways_is_asked_about(exercise: Exercise, order: str, day: str) -> None:
    data = b"title,date,place,category\nShots (invented),03/04/2020,Low Quay,shooting\n"
    assert [i.code for i in take(exercise, data, dry=True).issues] == ["IMP-021"]
    found = take(exercise, data, dry=True, order=order)
    assert found.sample[0]["occurred_on"]["on"] == day


def test_the_cells_themselves_may_show_the_order_of_days(exercise: Exercise) -> None:
    data = b"title,date,place,category\na (invented),03/04/2020,Low Quay,shooting\nb (invented),25/04/2020,Low Quay,shooting\n"
    found = take(exercise, data, dry=True)
    assert [one["occurred_on"]["on"] for one in found.sample] == ["2020-04-03", "2020-04-25"]


def test_a_workbook_is_read_as_a_table_and_its_days_and_numbers_are_plain(exercise: Exercise) -> None:
    from datetime import datetime

    data = book(
        ("title", "date", "place", "category"), ("Shots (invented)", datetime(2020, 4, 2), "Low Quay", "shooting"), ()
    )
    found = take(exercise, data)
    record = exercise.workspace.journal.get(found.added[0])
    assert record is not None and record.values["occurred_on"] == {"on": "2020-04-02", "precision": "day"}


def test_a_packed_table_is_read_as_what_it_packs(exercise: Exercise) -> None:
    import gzip

    found = take(exercise, gzip.compress((HEADER + ROWS).encode()), dry=True)
    assert len(found.added) == 2


def test_a_mapping_that_names_what_is_not_there_is_refused_with_the_nearest(exercise: Exercise) -> None:
    data = (HEADER + ROWS).encode()
    for said, code in (
        ({"rules": (Rule("Ref", "titel"),)}, "IMP-007"), ({"rules": (Rule("Reff", "title"),)}, "IMP-006"), ({"encoding": "utf-16"}, "IMP-009"),
    ):  # fmt: skip
        with pytest.raises(BadInput) as raised:
            planned(exercise, data, **said)
        assert raised.value.code == code
    with pytest.raises(BadInput) as raised:
        planned(exercise, data, type_key="")
    assert raised.value.code == "IMP-004"


def test_the_file_is_kept_with_a_record_that_counts_its_rows(exercise: Exercise) -> None:
    data = (HEADER + ROWS).encode()
    found = take(exercise, data)
    about = exercise.workspace.journal.get(found.file_record)
    assert (
        about is not None
        and about.values["rows_added"] == 2
        and exercise.workspace.attachments.read(found.sha256) == data
    )


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=4), st.sampled_from(",;\t"))
def test_no_table_however_odd_makes_more_than_an_error_of_ours(
    exercise: Exercise, rows: list[list[str]], mark: str
) -> None:
    data = "\n".join(mark.join(row) for row in rows).encode()
    before = exercise.count()
    try:
        found = take(exercise, data, dry=True)
    except RemitError:
        found = None
    assert exercise.count() == before
    assert found is None or found.dry


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(sorted(PROVIDERS)),
    st.one_of(
        st.binary(max_size=400),
        st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail),
        st.binary(max_size=200).map(lambda tail: b"\x1f\x8b\x08" + tail),
    ),
)
def test_no_bytes_make_a_provider_fail_otherwise_than_in_words(provider: str, data: bytes) -> None:
    try:
        rows, _ = PROVIDERS[provider].read(data, "x")
    except RemitError:
        rows = []
    assert all(row.identifier for row in rows)


HEADS = {
    "ucdp": "id,year,month,day,type_of_violence,conflict_name,side_a,side_b,latitude,longitude,low_death,best_death,high_death",
    "acled": "event_id_cnty,event_date,time_precision,event_type,actor1,latitude,longitude,geo_precision,fatalities",
    "un-fatalities": "casualty_id,incident_date,mission_acronym,casualty_personnel_type,type_of_incident",
    "dtm": "Snapshot Date,Admin 1,Admin 2,Admin 3,Admin 3 pcode,Total No. of IDPs Ind.",
    "geopko": "mission,year,location,latitude,longitude,No.TCC,year.overview",
    "contributions": "Date,Mission,Troops,Total",
}


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(sorted(HEADS)), st.data())
def test_odd_cells_are_rows_left_out_with_their_line(provider: str, data: st.DataObject) -> None:
    width = HEADS[provider].count(",") + 1
    odd = st.one_of(CELLS, st.sampled_from(["NaN", "1e999", "-1", "2020-02-30", "31-12-2017", "٣", "1", "0.5"]))
    rows = data.draw(
        st.lists(
            st.lists(
                odd.map(lambda t: t.replace(",", "").replace('"', "").replace("\n", "").replace("\r", "")),
                min_size=width,
                max_size=width,
            ),
            max_size=3,
        )
    )
    text = "\n".join([HEADS[provider], *(",".join(row) for row in rows)])
    try:
        good, issues = PROVIDERS[provider].read(text.encode(), "x.csv")
    except BadInput:
        good, issues = (), ()
    assert len(good) + len({issue.where.line for issue in issues}) <= len(rows)
    assert all(issue.where.line and issue.where.line > 1 for issue in issues)


def test_the_mappings_of_one_name_are_one_record(exercise: Exercise) -> None:
    take(exercise, (HEADER + ROWS).encode(), identifier="Ref")
    take(exercise, (HEADER + ROWS.replace("A", "B")).encode(), rules=(Rule("Remark", "narrative"),))
    assert len(exercise.workspace.journal.find(Query(ALWAYS, types=("import-mapping",)))) == 1
    assert Rule("Remark", "narrative") in kept_mappings(exercise.workspace)[0].rules
