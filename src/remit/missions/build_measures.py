"""Build measures from their shapes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from remit.kernel.canonical import digest
from remit.kernel.conditions import parse_condition
from remit.kernel.periods import Period
from remit.kernel.wording import Words
from remit.measures.definitions import OF_TWO, Measure, MeasureExample, When
from remit.missions.declarations.measure import CoverageDeclared, MeasureDeclared, WhenDeclared
from remit.missions.labels import Labels
from remit.missions.link.names import Read
from remit.missions.read import Source
from remit.records.types import RecordType


def built_measures(
    reads: Mapping[str, Read[MeasureDeclared]], types: Mapping[str, RecordType], labels: Labels, period: Period
) -> dict[str, Measure]:
    """Return the measures by key, in declared order; those made of two others come after these, and stand in their place.

    Args:
        reads: the declarations.
        types: the record types.
        labels: gives words.
        period: the mandate's: its years begin on the day on which it begins.
    """
    shaped = {key: read for key, read in reads.items() if read.shape is not None}
    first = (period.start.month, period.start.day)
    around = types, labels, (3, 1) if first == (2, 29) else first
    plain = {key: _built_measure(key, read, around) for key, read in shaped.items() if read.whole.measure not in OF_TWO}
    return {
        key: plain[key] if key in plain else _of_two(_built_measure(key, read, around), plain)
        for key, read in shaped.items()
    }


def _of_two(measure: Measure, others: Mapping[str, Measure]) -> Measure:
    """Return a ratio with the measures that it is made of; its digest is over theirs, too."""
    above, below = (others[str(measure.settings[end])] for end in ("above", "below"))
    whole = digest({"key": measure.key, "declaration": measure.digest, "parts": [above.digest, below.digest]})
    return replace(measure, parts=(above, below), of=above.of, when=above.when, digest=whole)


def _built_measure(
    key: str, read: Read[MeasureDeclared], around: tuple[Mapping[str, RecordType], Labels, tuple[int, int]]
) -> Measure:
    """Return a measure. Without words of its own, its rule is its label and its unit the plural of what it counts."""
    types, labels, year_from = around
    declared, source = read.whole, read.source
    label = labels.of(declared.label, key, source)
    if declared.rule is None:
        labels.note(source, what="rule", shown=label.en)
    of = types.get(declared.of.partition(".")[0])
    unit = declared.unit.words if declared.unit else of.plural if of else label
    if declared.unit is None:
        labels.note(source, what="unit", shown=unit.en)
    return Measure(
        key=key,
        version=declared.version,
        label=label,
        rule=declared.rule.words if declared.rule else label,
        kind=declared.measure,
        of=declared.of,
        unit=unit,
        serves=tuple(declared.serves),
        when=_when(declared.when) if declared.when else When("known"),
        where=parse_condition(declared.where),
        numerator=parse_condition(declared.numerator) if declared.numerator is not None else None,
        value=declared.value,
        by=tuple(declared.by),
        level=declared.level,
        audiences=tuple(declared.audiences),
        smallest_cell=dict(declared.smallest_cell),
        limit=declared.limit,
        count_unseen=declared.count_unseen,
        coverage=_coverage(declared.coverage),
        source=declared.source,
        better=declared.better or "",
        target=declared.target,
        settings=_settings(declared, source),
        examples=tuple(
            MeasureExample(tuple(raw.get("records") or ()), tuple(raw["expect"]), str(raw.get("note") or ""))
            for raw in source.data.get("examples") or ()
        ),
        file=source.file,
        digest=digest({"key": key, "declaration": {k: v for k, v in source.data.items() if k != "examples"}}),
        year_from=year_from,
    )


def _when(declared: WhenDeclared) -> When:
    if declared.time:
        return When(declared.time)
    return When("field", declared.field) if declared.field else When("moved", declared.moved)


def _coverage(declared: CoverageDeclared | None) -> Words | None:
    if declared is None or declared.en:
        return Words(declared.en, declared.fr) if declared else None
    least = f"{100 * (declared.at_least or 0):g}"
    return Words(
        f"Stated only where {declared.share_of} reaches {least} %.",
        f"N’est énoncé que si {declared.share_of} atteint {least} %.",
    )


def _settings(declared: MeasureDeclared, source: Source) -> dict[str, Any]:
    settings: dict[str, Any] = dict(source.data.get("settings") or {})
    if declared.coverage and declared.coverage.share_of:
        settings["coverage"] = {"share_of": declared.coverage.share_of, "at_least": declared.coverage.at_least}
    return settings
