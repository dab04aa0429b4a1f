"""Files as their providers publish them: each read whole, with what it says of precision, and nothing put in."""

from __future__ import annotations

from pathlib import Path

import pytest

from remit.records.providers import PROVIDERS
from remit.records.providers.pcodes import plain_pcode

ACLED = (
    "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,latitude,longitude,geo_precision,location,fatalities,notes\n"
    "TAL1,15 March 2020,2,Battles,Armed clash,Side one (invented),Side two (invented),-40.62,-119.44,2,Ferry Point,3,Invented\n"
)


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("MLI0103", "ML0103"), ("MLI001003", "ML0103"), ("ML0103", "ML0103"), ("MLI00100304", "ML010304"), ("ML010304", "ML010304"),
        ("MLI01", "ML01"), ("MLI001", "ML01"), ("ML010101001", "ML010101001"), ("Kayes", ""), ("", ""), ("MLI0", ""),
    ],
)  # fmt: skip
def test_one_code_is_written_in_one_way(given: str, plain: str) -> None:
    if given == "ML010101001":  # a settlement's three digits are not an area's
        assert plain_pcode(given) in ("", given)
    else:
        assert plain_pcode(given) == plain


def test_acled_says_how_exact_day_and_place_are_and_may_not_be_passed_on() -> None:
    provider = PROVIDERS["acled"]
    rows, issues = provider.read(ACLED.encode(), "acled.csv")
    assert not issues and provider.caveats == ("originator-control",)
    values = rows[0].values
    assert values["occurred_on"] == {"on": "2020-03-15", "precision": "day"} and values["days_uncertain"] == 7
    assert values["place"]["uncertainty_m"] == 25_000 and values["deaths_best"] == 3


def test_a_month_is_a_month_and_an_unknown_code_is_left_out() -> None:
    data = ACLED.replace(",2,Battles", ",3,Battles") + ACLED.splitlines()[1].replace("TAL1", "TAL2").replace(
        ",2,Ferry", ",7,Ferry"
    )
    rows, issues = PROVIDERS["acled"].read(data.encode(), "acled.csv")
    assert rows[0].values["occurred_on"]["precision"] == "month"
    assert [(issue.code, issue.where.line) for issue in issues] == [("IMP-019", 3)]


def test_one_casualty_in_two_rows_is_one() -> None:
    data = (
        "casualty_id,incident_date,mission_acronym,casualty_nationality,casualty_personnel_type,type_of_incident\n"
        "X-1,2003-05-05,XMIL,One (invented),Local,Illness\nX-1,2003-05-05,XMIL,Other (invented),Local,Illness\n"
    )
    rows, issues = PROVIDERS["un-fatalities"].read(data.encode(), "f.csv")
    assert len(rows) == 1 and [issue.code for issue in issues] == ["IMP-016"]


def test_what_was_not_counted_is_empty_not_nought() -> None:
    data = "Date,Mission,Troops,Police,Observers,Total\n2020-01-31,XMIL,10,NA,0,10\n"
    rows, _ = PROVIDERS["contributions"].read(data.encode(), "c.csv")
    assert "police" not in rows[0].values and rows[0].values["observers"] == 0


REAL = [
    ("ucdp", "ucdp/ged211_whereprec12_mali.csv", 891, 0),
    ("ucdp", "ucdp/ged211_whereprec12_sahel.csv", 7869, 0),
    ("un-fatalities", "peacekeeping/DPPADPOSS-FATALITIES.csv", 4423, 6),
    ("un-fatalities", "peacekeeping/minusma_fatalities.csv", 311, 0),
    ("geopko", "peacekeeping/FrontMap_v.2.3.csv", 8783, 0),
    ("geopko", "peacekeeping/TTMap_v.2.3.csv", 7372, 0),
    ("geopko", "peacekeeping/TCCMap_v.2.3.csv", 4927, 0),
    ("contributions", "peacekeeping/minusma_mission_month.csv", 44, 0),
    ("contributions", "peacekeeping/20140331.csv", 573, 0),
    ("dtm", "displacement/IDPs Data/Baseline_Assessment_Round_12.xlsx", 51, 0),
    ("dtm", "displacement/IDPs Data/Baseline_Assessment_Round_28.xlsx", 43, 0),
    ("dtm", "displacement/IDPs Data/Baseline_December_2017.xlsx", 45, 0),
    ("dtm", "displacement/IDPs Data/DTM_Mali_Baseline_Assessment_Round_64_April_2020.xlsx", 49, 1),
]


@pytest.mark.parametrize(("provider", "path", "good", "broken"), REAL)
def test_whole_published_files_are_read(corpus: Path, provider: str, path: str, good: int, broken: int) -> None:
    file = corpus / "data" / path
    rows, issues = PROVIDERS[provider].read(file.read_bytes(), file.name)
    assert (len(rows), len(issues)) == (good, broken)
    assert len({row.identifier for row in rows}) == len(rows)


def test_the_rounds_of_one_commune_carry_codes_of_several_schemes(corpus: Path) -> None:
    """Diema's cercle is 03 in one round and 02 in another: the code alone says nothing, so that names decide."""
    codes = set()
    for file in sorted((corpus / "data" / "displacement/IDPs Data").glob("*.xlsx")):
        rows, _ = PROVIDERS["dtm"].read(file.read_bytes(), file.name)
        codes |= {row.values["pcode_plain"] for row in rows if row.values["areas_given"][1].casefold() == "diema"}
    assert {"ML010304", "ML010204"} <= codes
