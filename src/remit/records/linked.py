"""Records linked to one, as conditions over links ask for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from remit.records.record import Record


class LinkedRecords:
    """The links of one record, its ends looked up as they stand. Withdrawn records are left out: they prove nothing."""

    def __init__(self, record: Record, get: Callable[[str], Record | None]) -> None:
        self._record, self._get = record, get

    def linked(self, *, type: str | None, relation: str | None, outward: bool) -> Sequence[Mapping[str, Any]]:
        """Return envelope and values of each record linked to this one (``outward``: to which this one links)."""
        ends = {
            link.other
            for link in self._record.links
            if link.outward is outward and relation in (None, link.relation) and type in (None, link.other_type)
        }
        found = (self._get(end) for end in sorted(ends))
        return [other.facts_for_conditions() for other in found if other is not None and not other.withdrawn]
