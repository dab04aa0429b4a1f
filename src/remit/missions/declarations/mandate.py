"""``mandate.yaml``: every operative paragraph and item of the instrument, in our own short words."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from remit.mandate.asked import ClockKind
from remit.mandate.declared import ProvisionKind
from remit.missions.declarations.values import Day, Declaration, InWords, Key, MandatePath, Text, Texts


class ClockDeclared(Declaration):
    """A clock and its days; none where the text sets a duty without a day ("regularly", "if cases occur")."""

    kind: ClockKind
    dates: list[Day] = Field(default_factory=list)
    label: InWords | None = None
    duty: bool = False
    product: str = ""


class LimitDeclared(Declaration):
    """A ceiling."""

    amount: Annotated[int, Field(ge=0)]
    of: InWords
    measure: str = ""


class ProvisionDeclared(Declaration):
    """One paragraph or item; force, kind and addressees may be left to the paragraph around it."""

    words: InWords
    force: Text = ""
    kind: ProvisionKind | None = None
    addressees: Texts | None = None
    conditions: Texts = Field(default_factory=list)
    clocks: list[ClockDeclared] = Field(default_factory=list)
    limits: dict[Key, LimitDeclared] = Field(default_factory=dict)
    references: list[MandatePath] = Field(default_factory=list)
    watched: Texts = Field(default_factory=list)


class MandateDeclared(Declaration):
    """``mandate.yaml``."""

    version: Annotated[int, Field(ge=1)]
    key: Key
    symbol: Text
    title: InWords
    adopted: Day
    expires: Day
    meeting: int | None = None
    headings: dict[MandatePath, InWords] = Field(default_factory=dict)
    provisions: Annotated[dict[MandatePath, ProvisionDeclared], Field(min_length=1)]
