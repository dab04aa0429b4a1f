"""Comparing official documents: a mandate with the next one, or a resolution with a summary of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from remit.kernel.errors import BadInput
from remit.kernel.wording import Words
from remit.mandate.compare import ClockChange, Comparison, ProvisionChange, compare
from remit.mandate.declared import provision_label
from remit.mandate.summary import Departure, SummaryComparison, compare_summary
from remit.services.reading import read_file
from remit.text.document import Provision
from remit.text.source import read_source

__all__ = [
    "LABELS",
    "Comparison",
    "ProvisionChange",
    "SummaryComparison",
    "compare_files",
    "departure_words",
    "notes",
    "place_label",
    "to_json",
    "totals",
]

LABELS: Mapping[str, Words] = {
    "kept": Words("kept", "maintenu"),
    "reworded": Words("reworded", "reformulé"),
    "added": Words("added", "ajouté"),
    "dropped": Words("dropped", "supprimé"),
    "moved": Words("moved", "déplacé"),
    "strengthened": Words("strengthened", "renforcé"),
    "weakened": Words("weakened", "affaibli"),
    "limit": Words("ceiling", "plafond"),
    "until": Words("until", "jusqu’au"),
    "deadline": Words("deadline", "délai"),
    "recurring": Words("recurring", "échéance périodique"),
    "condition added": Words("condition added", "condition ajoutée"),
    "condition dropped": Words("condition dropped", "condition supprimée"),
    "elsewhere": Words("most of its words stand in", "l’essentiel de ses mots figure dans"),
    "none": Words("none", "aucun"),
    "renders": Words("renders", "rend"),
    "departs": Words("departs", "s’écarte"),
    "official": Words("the text has", "le texte porte"),
    "nothing there": Words("the text has nothing there", "le texte n’a rien à cet endroit"),
    "no provision": Words("renders no provision that was found", "ne rend aucune disposition trouvée"),
    "left out": Words("left out by the summary", "absent du résumé"),
    "heading": Words("heading", "titre"),
    "comparison": Words("Comparison", "Comparaison"),
}
"""The words in which a comparison speaks."""


def compare_files(first: bytes, first_name: str, second: bytes, second_name: str) -> Comparison | SummaryComparison:
    """Compare two resolutions; where the second file is none, it is read as a summary or speech about the first.

    Raises:
        BadInput: TXT-001 … TXT-013, one of the files cannot be read.
    """
    old = read_file(first, first_name)
    try:
        new = read_file(second, second_name)
    except BadInput as refused:
        if refused.code != "TXT-006":
            raise
        return compare_summary(old.document, read_source(second, second_name))
    return compare(old.document, old.asked, new.document, new.asked)


def place_label(one: Provision, language: str) -> str:
    """Return how people name a provision: "para. 20 (b)", "preambular para. 3", "heading 2"."""
    stem, _, number = one.key.partition(".")
    french = language == "fr"
    if one.path:
        text = ", " + ("texte" if french else "text") if "~" in one.key else ""
        return provision_label(one.path, language) + text
    if stem == "pp":
        return f"alinéa {number} du préambule" if french else f"preambular para. {number}"
    if stem == "h":
        return f"{LABELS['heading'].in_(language)} {number}"
    return f"paragraphe sans numéro {number}" if french else f"unnumbered para. {number}"


def totals(comparison: Comparison) -> Mapping[str, int]:
    """Return how many provisions were kept, reworded, added, dropped; of these how many moved, grew stronger or weaker."""
    counted = Counter(change.kind for change in comparison.changes)
    directions = Counter(change.force.direction for change in comparison.changes if change.force)
    return {
        **{kind: counted[kind] for kind in ("kept", "reworded", "added", "dropped")},
        "moved": sum(change.moved for change in comparison.changes),
        **{way: directions[way] for way in ("strengthened", "weakened")},
    }


def to_json(found: Comparison | SummaryComparison) -> dict[str, Any]:
    """Return a comparison as the JSON object that tools are built on (docs/reference/comparing-json.md)."""
    if isinstance(found, SummaryComparison):
        return {
            "kind": "summary",
            "symbol": found.document.symbol,
            "statements": [
                {
                    "words": one.words,
                    "span": list(one.span),
                    "renders": list(one.renders),
                    "departures": [
                        {"key": d.key, "written": d.written, "official": d.official} for d in one.departures
                    ],
                }
                for one in found.statements
            ],
            "left_out": [one.key for one in found.left_out],
        }
    return {
        "kind": "instruments",
        "old": {"symbol": found.old.symbol, "adopted": found.old.adopted.isoformat() if found.old.adopted else None},
        "new": {"symbol": found.new.symbol, "adopted": found.new.adopted.isoformat() if found.new.adopted else None},
        "totals": dict(totals(found)),
        "changes": [_change(one) for one in found.changes],
    }


def _change(one: ProvisionChange) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "old": _side(one.old),
        "new": _side(one.new),
        "likeness": round(one.likeness, 3),
        "moved": one.moved,
        "edits": [{"kind": edit.kind, "words": edit.words} for edit in one.edits],
        "force": {"before": one.force.before, "after": one.force.after, "direction": one.force.direction}
        if one.force
        else None,
        "limits": [{"of": limit.of, "before": limit.before, "after": limit.after} for limit in one.limits],
        "clocks": [_clock(clock) for clock in one.clocks],
        "conditions_added": list(one.conditions_added),
        "conditions_dropped": list(one.conditions_dropped),
        "elsewhere": one.elsewhere,
    }


def _side(one: Provision | None) -> dict[str, Any] | None:
    return (
        {"key": one.key, "path": one.path, "role": one.role, "text": one.text, "span": list(one.span)} if one else None
    )


def _clock(clock: ClockChange) -> dict[str, Any]:
    return {
        "kind": clock.kind,
        "before": [day.isoformat() for day in clock.before],
        "after": [day.isoformat() for day in clock.after],
        "words_before": clock.words_before,
        "words_after": clock.words_after,
    }


def notes(change: ProvisionChange, language: str) -> tuple[str, ...]:
    """Return what is to be said of a change besides its words, one line each."""

    def say(key: str) -> str:
        return LABELS[key].in_(language)

    colon = " : " if language == "fr" else ": "
    lines: list[str] = []
    if change.force:
        lines.append(f"{say(change.force.direction)}{colon}{change.force.before} → {change.force.after}")
    for limit in change.limits:
        before, after = (say("none") if amount is None else f"{amount:,}" for amount in (limit.before, limit.after))
        if language == "fr":
            before, after = before.replace(",", "\u202f"), after.replace(",", "\u202f")
        lines.append(f"{say('limit')}{colon}{before} → {after} {limit.of}")
    for clock in change.clocks:
        sides = (
            _days(clock.before, clock.words_before, say("none")),
            _days(clock.after, clock.words_after, say("none")),
        )
        lines.append(f"{say(clock.kind)}{colon}{sides[0]} → {sides[1]}")
    lines += [f"{say('condition added')}{colon}{words}" for words in change.conditions_added]
    lines += [f"{say('condition dropped')}{colon}{words}" for words in change.conditions_dropped]
    return tuple(lines)


def departure_words(departure: Departure, language: str) -> str:
    """Return what a statement says otherwise, and what the provision has there, in one line."""
    open_, close = ("« ", " »") if language == "fr" else ("“", "”")
    colon = " : " if language == "fr" else ": "
    line = f"{LABELS['departs'].in_(language)}{colon}{open_}{departure.written}{close} – "
    if not departure.official:
        return line + LABELS["nothing there"].in_(language)
    return f"{line}{LABELS['official'].in_(language)} {open_}{departure.official}{close}"


def _days(days: tuple[Any, ...], words: str, none: str) -> str:
    shown = ", ".join(day.isoformat() for day in days[:4]) + (" …" if len(days) > 4 else "")
    return shown or (f"“{words}”" if words else none)
