"""The reference names every kind of field and every code that reading a value can give."""

from __future__ import annotations

import re
from pathlib import Path

from remit.records import sealing
from remit.records.fields import field_kinds

ROOT = Path(__file__).parents[3]


def test_the_reference_of_field_kinds_is_whole() -> None:
    page = (ROOT / "docs/reference/field-kinds.md").read_text(encoding="utf-8")
    assert [kind for kind in field_kinds() if f"| `{kind}`" not in page] == []
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/remit/records/fields").glob("*.py"))
    codes = set(
        re.findall(r"REC-0[12]\d", sources + (ROOT / "src/remit/records/values.py").read_text(encoding="utf-8"))
    )
    assert {code for code in codes if code not in page} == set()


def test_every_finding_of_a_verification_is_explained() -> None:
    page = (ROOT / "docs/adr/0003-sealing.md").read_text(encoding="utf-8")
    found = set(re.findall(r'_problem\(\s*"(SEA-\d+)"', Path(sealing.__file__).read_text(encoding="utf-8")))
    assert found and {code for code in found if code not in page} == set()
