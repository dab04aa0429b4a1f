"""Rules that the condition grammar cannot say: typed, tested, citing where they come from, called by name.

This folder is scanned: a new rule is one new file with a ``RULE``. Mission folders hold no code.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from remit.kernel.issues import Issue
from remit.records.record import Record
from remit.records.types import RecordType


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule over one record: no issue where it holds. ``source`` is the paragraph or standard it rests on."""

    key: str
    source: str
    check: Callable[[Record, RecordType], tuple[Issue, ...]]


@cache
def rules() -> Mapping[str, Rule]:
    """Return every rule by its key."""
    modules = [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    found: dict[str, Rule] = {module.RULE.key: module.RULE for module in modules}
    return MappingProxyType(dict(sorted(found.items())))
