"""``options/<list>.yaml``: a closed list of values."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from remit.missions.declarations.values import Declaration, InWords, Text


class OptionDeclared(Declaration):
    """One value: its words, a map symbol where it has one, and its codes in the lists of others."""

    label: InWords | None = None
    symbol: Text = ""
    codes: dict[str, Text] = Field(default_factory=dict)


def _option(value: Any) -> Any:
    """Words alone stand for an option of these words; nothing stands for one without words."""
    if value is None:
        return {}
    if isinstance(value, str) or (isinstance(value, dict) and set(value) & {"en", "fr"}):
        return {"label": value}
    return value


class OptionsDeclared(Declaration):
    """``options/<list>.yaml``; ``replaces``: it takes the place of the list of its name in a folder below."""

    version: Annotated[int, Field(ge=1)]
    label: InWords | None = None
    source: Text = ""
    replaces: bool = False
    options: Annotated[dict[str, Annotated[OptionDeclared, BeforeValidator(_option)]], Field(min_length=1)]
