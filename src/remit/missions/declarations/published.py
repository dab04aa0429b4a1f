"""``published/<key>.yaml``: figures that others printed, by document; and figures of ours that say the same thing in other ways."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from remit.missions.declarations.values import Day, Declaration, InWords, Key, Number, Span, Text, Texts


class PublishedFigureDeclared(Declaration):
    """One number as printed: for which period, where, which measure of ours counts the same, and the parts it is given in."""

    label: InWords
    value: Number
    period: Span
    paragraph: Text = ""
    measure: str = ""
    differs: InWords | None = None
    parts: dict[Key, Number] = Field(default_factory=dict)


class QuantityDeclared(Declaration):
    """One quantity that several measures count, each from its own source: what explains that they differ."""

    label: InWords
    measures: Annotated[Texts, Field(min_length=2)]
    differs: InWords


class PublishedDeclared(Declaration):
    """``published/<key>.yaml``. ``known_on``: the day on which its data stood; ``seen``: where the numbers were read."""

    version: Annotated[int, Field(ge=1)]
    document: Text = ""
    label: InWords | None = None
    known_on: Day | None = None
    seen: Text = ""
    figures: dict[Key, PublishedFigureDeclared] = Field(default_factory=dict)
    quantities: dict[Key, QuantityDeclared] = Field(default_factory=dict)
