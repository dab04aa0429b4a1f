"""The commands on a workspace: what programs get, and what people are told when they slip."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import docx
import pytest

from tests.unit.cli.conftest import Remit, listing
from tests.unit.services.test_importing import ROW, table

MISSIONS = Path(__file__).parents[3] / "missions"
QUARTER = "2020-03-16/2020-06-16"


def test_figures_as_json_hold_all_that_a_program_asks_for(remit: Remit, built: Path) -> None:
    done = remit("figures", "--workspace", built, "--period", QUARTER, "--by", "month", "--format", "json")
    assert done.status == 0 and done.err == ""
    figures = {one["key"]: one for one in json.loads(done.out)}
    one = figures["incidents-verified"]
    assert {"key", "value", "unit", "period", "rule", "record_ids"} <= set(one)
    assert (one["value"], one["unit"], one["period"], len(one["record_ids"])) == (2, "incidents", QUARTER, 2)
    assert one["rule"].startswith("Incidents that occurred in the period")
    assert [cell["value"] for cell in one["cells"]] == [0, 2, 0, 0]
    assert figures["patrols-completed"]["value"] == 0.5


def test_figures_in_words_in_both_languages(remit: Remit, built: Path) -> None:
    english = remit("figures", "--workspace", built, "--period", QUARTER, "--by", "island").out
    assert "Incidents verified" in english and "50 per cent (1 of 2)" in english and "North Shore" in english
    french = remit("figures", "--workspace", built, "--period", QUARTER, "--language", "fr").out
    assert "Incidents vérifiés" in french and "50\u00a0pour\u00a0cent (1 sur 2)" in french


def test_figures_as_of_an_instant(remit: Remit, built: Path) -> None:
    asked = ("figures", "--workspace", built, "--period", QUARTER, "--key", "incidents-verified", "--format", "json")
    for as_of, value in (("2020-04-02", 0), ("2020-04-03", 1), ("2020-04-11T08:00Z", 2)):
        assert json.loads(remit(*asked, "--as-of", as_of).out)[0]["value"] == value


def test_a_period_without_records_gives_zero_and_not_available(remit: Remit, built: Path) -> None:
    done = remit("figures", "--workspace", built, "--period", "2019", "--format", "json")
    assert done.status == 0 and "warning:" in done.err and "[FIG-004]" in done.err
    figures = json.loads(done.out)
    assert {one["key"]: one["value"] for one in figures} == {"incidents-verified": 0, "patrols-completed": None}


@pytest.mark.parametrize(
    ("period", "code", "told"),
    [
        ("2017-02-30/2017-03-01", "KER-011", "2017-02-30"),
        ("2019-02-29/2019-03-01", "KER-011", "2019-02-29"),
        ("2020-06-16/2020-03-16", "KER-013", "before it starts"),
        ("2020-03-16/2020-03-16", "KER-013", "before it starts"),
        ("2020-3-16", "KER-012", "2017-Q3"),
        ("2020-03-32", "KER-011", "2020-03-32"),
        ("2017-W60", "KER-012", "2017-W60"),
        ("2017-W00", "KER-012", "2017-W00"),
        ("2021-W53", "KER-012", "2021-W53"),
        ("2017/19", "KER-012", "2017/19"),
        ("2018/17", "KER-012", "2018/17"),
        ("last quarter", "KER-012", "last quarter"),
        ("2020-13", "KER-012", "2020-13"),
        ("2020-Q5", "KER-012", "2020-Q5"),
        ("0000", "KER-018", "0000"),
        ("9999", "KER-018", "9999"),
        ("9999-Q4", "KER-018", "9999"),
        ("0001-01-01/0001-02-01", "KER-018", "0001"),
        ("", "KER-012", "“”"),
    ],
)
def test_a_period_that_does_not_exist_is_said_in_both_languages(
    remit: Remit, built: Path, period: str, code: str, told: str
) -> None:
    for language in ("en", "fr"):
        done = remit("figures", "--workspace", built, f"--period={period}", "--language", language)
        assert done.status == 2 and done.out == ""
        assert any(f"[{one}]" in done.err for one in code.split("|")), done.err
        if language == "en":
            assert any(one in done.err for one in told.split("|")), done.err


@pytest.mark.parametrize(
    ("short", "days"),
    [
        ("2020-02-29", "2020-02-29/2020-03-01"),
        ("2020-12-31", "2020-12-31/2021-01-01"),
        ("2020-W53", "2020-12-28/2021-01-04"),
        ("2019/20", "2019-07-01/2020-07-01"),
        ("1999/00", "1999-07-01/2000-07-01"),
    ],
)
def test_a_day_a_week_and_a_budget_year_are_their_days(remit: Remit, built: Path, short: str, days: str) -> None:
    as_named, as_days = (
        remit("figures", "--workspace", built, f"--period={period}", "--format", "json") for period in (short, days)
    )
    assert as_named.status == 0, as_named.err
    assert as_named.out == as_days.out and days.partition("/")[0] in as_named.out


@pytest.mark.parametrize("at", ["2020-02-30", "2020-04-02T25:00Z", "soon", "2020-4-2"])
def test_an_instant_that_does_not_exist_is_said(remit: Remit, built: Path, at: str) -> None:
    done = remit("figures", "--workspace", built, "--period", QUARTER, "--as-of", at)
    assert done.status == 2 and at in done.err and ("KER-011" in done.err or "CLI-011" in done.err)


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["figures", "--period", QUARTER, "--key", "incident-verified"], "FIG-001", "incidents-verified"),
        (["figures", "--period", QUARTER, "--by", "montth"], "FIG-002", "month"),
        (["figures", "--period", QUARTER, "--as", "planer"], "ACC-042", "planner"),
        (["figures", "--period", QUARTER, "--as", "administrator", "--key", "incidents-verified"], "FIG-021", "Administrator"),
        (["report", "quaterly", "--period", QUARTER, "-o", "r.docx"], "REP-001", "quarterly-note"),
        (["report", "", "--period", QUARTER, "-o", "r.docx"], "REP-001", "quarterly-note"),
        (["report", "quarterly", "--period", QUARTER, "-o", "r.odt"], "REP-021", ".docx"),
        (["report", "quarterly", "--period", QUARTER, "-o", "report"], "REP-021", ".html"),
        (["report", "quarterly", "--period", QUARTER, "-o", "r.docx", "--audience", "press"], "REP-002", "public"),
        (["report", "quarterly", "--period", QUARTER, "-o", "r.docx", "--as", "field-officer"], "ACC-021", "Field officer"),
        (["report", "quarterly", "--period", QUARTER, "-o", "/dev/null/r.docx", "--keep"], "OUT-001", "/dev/null"),
        (["freeze"], "CLI-031", "--review"),
        (["freeze", "--period", QUARTER], "CLI-031", "--key"),
        (["freeze", "--key", "incidents-verified"], "CLI-031", "--period"),
        (["freeze", "--review", "--correct", "X"], "CLI-032", "--correct"),
        (["freeze", "--correct", "UNXMT-FIG-2020-9999", "--reason", "r"], "REC-404", "UNXMT-FIG-2020-9999"),
        (["freeze", "--correct", "UNXMT-FIG-2020-0001"], "MEA-044", "reason"),
        (["import", "ucdp", "nowhere.csv"], "CLI-021", "nowhere.csv"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_what_cannot_be_done_is_said_and_nothing_is_left_behind(
    remit: Remit, built: Path, arguments: list[str], code: str, told: str
) -> None:
    before = listing(built)
    here = listing(Path.cwd())
    for language in ("en", "fr"):
        done = remit(*arguments, "--workspace", built, "--language", language)
        assert done.status == 2 and done.out == ""
        assert f"[{code}]" in done.err
        if language == "en":
            assert told in done.err
    after = listing(built)
    assert {name: size for name, size in after.items() if not name.startswith("snapshots")} == {
        name: size for name, size in before.items() if not name.startswith("snapshots")
    }
    assert listing(Path.cwd()) == here


@pytest.mark.parametrize("command", [["figures", "--period", "2020"], ["verify"], ["freeze", "--review"], ["serve"]])
def test_a_workspace_that_is_not_there_is_said(remit: Remit, tmp_path: Path, command: list[str]) -> None:
    done = remit(*command, "--workspace", tmp_path / "nowhere")
    assert done.status == 2 and "[WSP-001]" in done.err and "nowhere" in done.err and "remit init" in done.err
    assert not (tmp_path / "nowhere").exists()


def test_the_workspace_may_be_named_by_the_environment(
    remit: Remit, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REMIT_WORKSPACE", str(built))
    assert remit("verify").status == 0


def test_a_report_is_written_in_word_and_html_and_says_what_is_not_answered(
    remit: Remit, built: Path, tmp_path: Path
) -> None:
    for name in ("report.docx", "report.html", "REPORT.DOCX"):
        done = remit(
            "report",
            "quarterly",
            "--workspace",
            built,
            "--period",
            QUARTER,
            "--cut-off",
            "2020-06-01",
            "-o",
            tmp_path / name,
        )
        assert done.status == 0 and "paragraphs 5, figures 2" in done.out
    word = docx.Document(str(tmp_path / "report.docx"))
    assert any("UNXMT verified two incidents" in p.text for p in word.paragraphs)
    assert (tmp_path / "report.html").read_text("utf-8").startswith("<!doctype html>")
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["REPORT.DOCX", "report.docx", "report.html"]


def test_a_report_as_json_lists_its_figures(remit: Remit, built: Path, tmp_path: Path) -> None:
    done = remit(
        "report",
        "quarterly",
        "--workspace",
        built,
        "--period",
        QUARTER,
        "-o",
        tmp_path / "r.html",
        "--format",
        "json",
        "--language",
        "fr",
    )
    told = json.loads(done.out)
    assert told["product"] == "quarterly-note" and told["period"] == QUARTER and told["number"] == ""
    assert told["figures"]["incidents-verified"]["value"] == 2 and told["unanswered"] == []
    assert 'lang="fr"' in (tmp_path / "r.html").read_text("utf-8")


def test_a_report_that_is_kept_is_numbered_and_its_figures_are_frozen(
    remit: Remit, copied: Path, tmp_path: Path
) -> None:
    done = remit(
        "report",
        "quarterly",
        "--workspace",
        copied,
        "--period",
        QUARTER,
        "-o",
        tmp_path / "r.docx",
        "--keep",
        "--audience",
        "council",
    )
    assert done.status == 0 and "Kept as UNXMT-PRD-2020-0002" in done.out
    review = json.loads(remit("freeze", "--review", "--workspace", copied, "--format", "json").out)
    assert len(review) >= 4 and all(one["same"] for one in review)


def test_figures_are_frozen_reviewed_and_corrected(remit: Remit, copied: Path) -> None:
    asked = ("--workspace", copied, "--format", "json")
    before = remit("freeze", "--period", QUARTER, "--key", "incidents-verified", "--cut-off", "2020-04-03", *asked)
    [frozen] = json.loads(before.out)
    assert frozen["value"] == 1 and frozen["number"].startswith("UNXMT-FIG-2020-") and frozen["entry_ids"]
    review = {one["number"]: one for one in json.loads(remit("freeze", "--review", *asked).out)}
    assert (review[frozen["number"]]["same"], review[frozen["number"]]["new"]) == (False, 2)
    [made] = json.loads(remit("freeze", "--correct", frozen["number"], "--reason", "Verified later", *asked).out)
    assert (made["old"], made["new"], made["reason"]) == (1, 2, "Verified later")
    again = remit("freeze", "--correct", frozen["number"], "--reason", "Again", "--workspace", copied)
    assert again.status == 2 and "FIG-003" in again.err
    assert made["number"] in remit("freeze", "--review", "--workspace", copied, "--language", "fr").out


def test_verify_tells_of_a_sound_journal_and_of_a_changed_one(remit: Remit, copied: Path) -> None:
    done = remit("verify", "--workspace", copied)
    assert done.status == 0 and "Verified: 21 entries" in done.out and "Head: 2:21:" in done.out
    assert "Vérifié : 21 écritures" in remit("verify", "--workspace", copied, "--language", "fr").out
    found = json.loads(remit("verify", "--workspace", copied, "--format", "json").out)
    assert (found["ok"], found["entries"], found["unsealed"], found["problem"]) == (True, 21, 0, None)


def test_verify_names_the_first_bad_entry_of_a_changed_journal(remit: Remit, copied: Path) -> None:
    with closing(sqlite3.connect(copied / "journal.sqlite3")) as journal:
        guards = [row[0] for row in journal.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for guard in guards:
            journal.execute(f'DROP TRIGGER "{guard}"')
        columns = [row[1] for row in journal.execute("PRAGMA table_info(journal_entry)")]
        assert "body" in columns
        journal.execute("UPDATE journal_entry SET body = replace(body, 'reported', 'verified') WHERE rowid = 1")
        journal.commit()
    for language, word in (("en", "error:"), ("fr", "erreur :")):
        done = remit("verify", "--workspace", copied, "--language", language)
        assert done.status == 1 and done.out == "" and word in done.err, done.text
    told = json.loads(remit("verify", "--workspace", copied, "--format", "json").out)
    assert told["ok"] is False and told["problem"]["code"]


def test_init_makes_an_empty_workspace_once(remit: Remit, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    done = remit("init", "--mission", "exercise", "--workspace", folder, "--format", "json")
    made = json.loads(done.out)
    assert done.status == 0 and made["mission"] == "exercise"
    assert all(account["password"] for account in made["accounts"]) and len(made["accounts"]) == 13
    again = remit("init", "--mission", "exercise", "--workspace", folder)
    assert again.status == 0 and "(stands already)" in again.out
    assert not any(account["password"] in again.out for account in made["accounts"])
    assert (
        json.loads(remit("figures", "--workspace", folder, "--period", "2020", "--format", "json").out)[0]["value"] == 0
    )
    assert json.loads(remit("freeze", "--review", "--workspace", folder, "--format", "json").out) == []


def test_init_over_another_mission_or_other_files_is_refused(remit: Remit, copied: Path, tmp_path: Path) -> None:
    assert "WSP-004" in remit("init", "--mission", "minusma", "--workspace", copied).err
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "thesis.odt").write_text("mine")
    done = remit("init", "--mission", "exercise", "--workspace", tmp_path / "papers")
    assert done.status == 2 and "WSP-005" in done.err
    (tmp_path / "file").write_text("mine")
    assert "CLI-019" in remit("init", "--workspace", tmp_path / "file").err


def test_import_takes_good_rows_and_tells_of_the_broken_ones(remit: Remit, copied: Path, tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_bytes(table(ROW, {**ROW, "id": "2", "month": "13"}))
    done = remit("import", "ucdp", file, "--workspace", copied)
    assert done.status == 2 and "1; known already: 0; rows left out: 1" in done.out
    assert "rows.csv:3" in done.err and "error:" in done.err and "IMP-014" in done.err
    again = remit("import", "ucdp", file, "--workspace", copied, "--format", "json", "--language", "fr")
    told = json.loads(again.out)
    assert (told["added"], told["known"], told["rejected"]) == (0, 1, 1)
    assert "erreur :" in again.err and told["issues"][0]["line"] == 3
    file.write_bytes(table(ROW))
    assert remit("import", "ucdp", file, "--workspace", copied).status == 0


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"\x00\x01\x02"])
def test_import_of_another_file_is_refused_and_leaves_nothing(
    remit: Remit, copied: Path, tmp_path: Path, data: bytes
) -> None:
    (tmp_path / "given.csv").write_bytes(data)
    before = listing(copied)
    done = remit("import", "ucdp", tmp_path / "given.csv", "--workspace", copied)
    assert done.status == 2 and "IMP-002" in done.err and "given.csv" in done.err and done.out == ""
    assert listing(copied) == before


def test_check_tells_all_with_file_line_and_the_right_key(remit: Remit, tmp_path: Path) -> None:
    for name in ("base", "exercise"):
        shutil.copytree(MISSIONS / name, tmp_path / "missions" / name)
    folder = tmp_path / "missions" / "exercise"
    assert remit("check", folder, "--no-examples").status == 0
    record, measure = folder / "records" / "incident.yaml", folder / "measures" / "incidents-verified.yaml"
    record.write_text(record.read_text("utf-8").replace("record_by:", "recorded_by:"), "utf-8")
    measure.write_text(measure.read_text("utf-8").replace("unit:", "unitt:"), "utf-8")
    done = remit("check", folder)
    assert done.status == 1
    assert "records/incident.yaml:" in done.err and "“record_by”" in done.err
    assert "measures/incidents-verified.yaml:" in done.err and "“unit”" in done.err
    french = remit("check", folder, "--language", "fr")
    assert "erreur :" in french.err and "vouliez-vous dire « unit »" in french.err.lower()
    told = json.loads(remit("check", folder, "--format", "json").out)
    assert (
        told["mission"] is None
        and told["problems"] >= 2
        and all(issue["line"] for issue in told["issues"] if issue["level"] == "error")
    )


def test_check_of_what_is_no_mission_is_said(remit: Remit, tmp_path: Path) -> None:
    assert "CHK-002" in remit("check", "nowhere").err
    done = remit("check", tmp_path)
    assert done.status in (1, 2) and "mission" in done.text


def test_a_mission_with_a_misspelt_key_is_told_wherever_it_is_opened(remit: Remit, tmp_path: Path) -> None:
    for name in ("base", "exercise"):
        shutil.copytree(MISSIONS / name, tmp_path / "missions" / name)
    mission = tmp_path / "missions" / "exercise" / "mission.yaml"
    mission.write_text(mission.read_text("utf-8").replace("number_prefix:", "number_prefx:"), "utf-8")
    done = remit("init", "--mission", tmp_path / "missions" / "exercise", "--workspace", tmp_path / "new")
    assert done.status == 2 and "mission.yaml:" in done.err and "number_prefix" in done.err
    assert not (tmp_path / "new").exists()
