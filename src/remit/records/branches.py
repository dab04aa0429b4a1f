"""What two sites changed apart: which entries of a record knew of which, and what was set twice without knowing.

An entry names the record's last entries that its author had before him (``facts.after``). At one site that is a chain;
where two sites work apart it is a tree with branches. Nothing is resolved here: a later entry that knew both branches is
what settles it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from remit.kernel.canonical import canonical
from remit.records.entries import Entry

STATE, WITHDRAWN = "_state", "_withdrawn"
"""What a move and a withdrawal set, beside the names of fields and of the facts below."""
_FACTS = ("level", "compartment", "caveats", "originator")


def in_causal_order(entries: Sequence[Entry]) -> list[Entry]:
    """Return entries in their order, but each after those that it knew of: clocks of two sites may differ."""
    waiting = {entry.id: entry for entry in entries}
    ordered: list[Entry] = []

    def put(entry: Entry) -> None:
        # Without recursion: a bundle from elsewhere may hold a chain of any length.
        stack = [entry]
        while stack:
            last = stack[-1]
            known = [waiting[one] for one in _after(last) if one in waiting and waiting[one] not in stack]
            if known:
                stack.append(known[0])
            else:
                stack.pop()
                if waiting.pop(last.id, None) is not None:
                    ordered.append(last)

    for entry in entries:
        if entry.id in waiting:
            put(entry)
    return ordered


class Branches:
    """The entries of one record as a tree.

    Args:
        entries: the record's own, in causal order.

    Attributes:
        heads: the ids of those that no other knew of: what the next change is made upon.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = [entry for entry in entries if entry.kind != "linked"]
        self._place = {entry.id: nth for nth, entry in enumerate(self._entries)}
        self._before: list[int] = []
        heads: dict[str, None] = {}
        self._one_line = True
        for nth, entry in enumerate(self._entries):
            # One that does not say what it knew (made before this was kept) knew all that came before it.
            parents = [one for one in _after(entry) if self._place.get(one, nth) < nth] or list(heads)
            self._one_line &= set(parents) == set(heads)
            known = 0
            for one in parents:
                known |= self._before[self._place[one]] | 1 << self._place[one]
                heads.pop(one, None)
            self._before.append(known)
            heads[entry.id] = None
        self.heads = tuple(heads)

    def knew(self, entry: str, other: str) -> bool:
        """Return whether the author of an entry had another one before him."""
        return bool(self._before[self._place[entry]] >> self._place[other] & 1)

    def apart(self) -> Mapping[str, tuple[str, ...]]:
        """Return what was set to different values by authors who did not know of each other, and by which entries."""
        if self._one_line:
            return {}
        found: dict[str, tuple[str, ...]] = {}
        for name, setters in self._setters().items():
            last = [one for one in setters if not any(self.knew(other, one) for other in setters if other != one)]
            if len({canonical(setters[one]) for one in last}) > 1:
                found[name] = tuple(last)
        return {**found, **self._withdrawn_apart()}

    def _setters(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for entry in self._entries:
            for name, value in _sets(entry):
                found.setdefault(name, {})[entry.id] = value
        return found

    def _withdrawn_apart(self) -> Mapping[str, tuple[str, ...]]:
        """A withdrawal that did not know of a change, which did not know of it."""
        for gone in (entry for entry in self._entries if entry.kind == "withdrawn"):
            others = [
                entry.id
                for entry in self._entries
                if entry.kind in ("amended", "moved")
                and not self.knew(gone.id, entry.id)
                and not self.knew(entry.id, gone.id)
            ]
            if others:
                return {WITHDRAWN: (gone.id, *others)}
        return {}


def _after(entry: Entry) -> tuple[str, ...]:
    named = entry.facts.get("after", ())
    return tuple(str(one) for one in named) if isinstance(named, list | tuple) else ()


def _sets(entry: Entry) -> Iterator[tuple[str, Any]]:
    """Yield what an entry sets, and to what; what was redacted is no matter of dispute any more."""
    if entry.kind == "moved":
        yield STATE, str(entry.facts.get("to", ""))
    if entry.kind == "amended":
        for name in _FACTS:
            if name in entry.facts:
                yield name, entry.facts[name]
    for name, value in entry.values.items():
        if not name.startswith("_"):
            yield name, value
