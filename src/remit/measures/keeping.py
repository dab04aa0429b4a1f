"""Things kept until there are too many: the least used go first. Shared between threads."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """Values by key, bounded by their weight.

    Args:
        most: how much all of them together may weigh; a value that weighs more by itself is not kept.
        weigh: what one weighs; 1 without it.
    """

    def __init__(self, most: int, weigh: Callable[[Value], int] | None = None) -> None:
        self._most, self._weigh, self._held = most, weigh, 0
        self._values: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Value | None:
        """Return what is kept under a key, ``None`` where nothing is."""
        with self._lock:
            found = self._values.get(key)
            if found is None:
                return None
            self._values.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, value: Value) -> None:
        """Keep a value; what was used least makes room."""
        weight = self._weigh(value) if self._weigh else 1
        if weight > self._most:
            return
        with self._lock:
            replaced = self._values.pop(key, None)
            self._held += weight - (replaced[1] if replaced else 0)
            self._values[key] = value, weight
            while self._held > self._most:
                self._held -= self._values.popitem(last=False)[1][1]

    def __len__(self) -> int:
        return len(self._values)
