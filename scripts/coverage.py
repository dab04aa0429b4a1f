"""Write docs/reference/coverage.md: every paragraph and item of the reference mission's mandate, and what serves it.

uv run python scripts/coverage.py
"""

from __future__ import annotations

from pathlib import Path

from remit.mandate.declared import provision_label
from remit.missions.load import load_mission
from remit.services.coverage import counted, coverage

ROOT = Path(__file__).parents[1]
FILE = ROOT / "docs" / "reference" / "coverage.md"
MISSION = "minusma"


def text() -> str:
    """Return the page."""
    mission, issues = load_mission(ROOT / "missions" / MISSION, search=(ROOT / "missions",))
    if mission is None:
        raise SystemExit("\n".join(issue.text() for issue in issues))
    rows = coverage(mission)
    served, operative, items_served, items = counted(rows)
    lines = [
        f"# Coverage of {mission.instrument.symbol}",
        "",
        f"{served} of {operative} operative paragraphs served, {items_served} of {items} items. Written by",
        "`scripts/coverage.py` from the mission's folder; `remit check` plays the examples that it rests on.",
        "",
        "A path is served when a record type or measure that cites it has an example which is played to a final state and",
        "whose effect is asserted in a figure or a clock, or when a product prints a figure in a paragraph that answers it.",
        "Where only context is asked, what is watched stands in its place.",
        "",
        "| Paragraph | In our words | Served by | |",
        "|---|---|---|---|",
    ]
    for row in rows:
        provision = mission.instrument.provisions[row.path]
        by = ", ".join(f"`{s.key}`" if s.shown else f"({s.key})" for s in row.servers)
        by = by or ", ".join(provision.watched)
        label = provision_label(row.path).removeprefix("para. ")
        lines.append(f"| {label} | {provision.words.en.replace('|', '/')} | {by} | {'served' if row.served else '–'} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), "utf-8")
    print(FILE)
