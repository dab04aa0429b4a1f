"""The kinds of field, one file each. This folder is scanned: a new kind is one new file with a ``KIND``."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from remit.records.field_kind import FieldKind


@cache
def field_kinds() -> Mapping[str, FieldKind]:
    """Return every kind of field by its key."""
    modules = [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    kinds: dict[str, FieldKind] = {module.KIND.key: module.KIND for module in modules}
    return MappingProxyType(dict(sorted(kinds.items())))
