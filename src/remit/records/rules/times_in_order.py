"""A thing is reported after it occurred, and known after it was reported.

Each of the three times may be a day or an instant; a day is held against a day. A month or a year says too little to be
held against anything but what lies before its first day.
"""

from __future__ import annotations

from itertools import pairwise

from remit.kernel.issues import Issue, Where
from remit.kernel.wording import Words
from remit.records.record import Record
from remit.records.rules import Rule
from remit.records.types import RecordType

_NAMES = {
    "occurred": Words("occurred", "survenu"),
    "reported": Words("was reported", "signalé"),
    "recorded": Words("was recorded", "enregistré"),
}


def _check(record: Record, type_: RecordType) -> tuple[Issue, ...]:
    del type_
    times = {"occurred": record.occurred, "reported": record.reported, "recorded": record.recorded_at.isoformat()}
    known = [(name, text) for name, text in times.items() if text]
    issues = []
    for (first, earlier), (then, later) in pairwise(known):
        shared = min(len(earlier), len(later))
        if earlier[:shared] > later[:shared]:
            a, b = _NAMES[first], _NAMES[then]
            issues.append(
                Issue(
                    "RUL-011",
                    Words(
                        f"It {a.en} at {earlier}, after it {b.en} at {later}.",
                        f"Fait {a.fr} le {earlier}, après avoir été {b.fr} le {later}.",
                    ),
                    Words(
                        "Check both times; one is likely mistyped.",
                        "Vérifiez les deux ; l’une est sans doute mal saisie.",
                    ),
                    Where(path=first),
                    "warning",
                )
            )
    return tuple(issues)


RULE = Rule("times-in-order", "reference: a record's three times (occurred, reported, known)", _check)
