"""Words, numbers and dates in the reader's language; icons are only ever drawn beside a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from heroicons.templatetags.heroicons import heroicon_outline

from remit.kernel.periods import Period
from remit.kernel.wording import Words
from remit.services.form_page import fillable as may_be_tried
from remit.services.mandate_page import path_words
from remit.services.shapes import MoveOption
from remit.web import dates, wording

register = template.Library()

STATUS_ICONS = {
    "met": "check-circle", "on-track": "arrow-right-circle", "at-risk": "exclamation-triangle",
    "missed": "x-circle", "unknown": "question-mark-circle",
}  # fmt: skip


def language() -> str:
    """Return the reader's language."""
    return "fr" if (get_language() or "en").startswith("fr") else "en"


@register.simple_tag
def say(key: str, **values: Any) -> str:
    """Say a wording: ``{% say "nav.mandate" %}``."""
    spoken = {k: v.in_(language()) if isinstance(v, Words) else v for k, v in values.items()}
    return wording.say(key, language(), **spoken)


@register.filter(name="say")
def say_filter(key: str, prefix: str = "") -> str:
    """Say a wording whose last part is a value: ``{{ status|say:"status" }}``; the value itself where it has no wording."""
    whole = f"{prefix}.{key}" if prefix else key
    return wording.say(whole, language()) if wording.known(whole) else str(key)


@register.filter
def w(words: Words | str | None) -> str:
    """Return a wording of the mission in the reader's language."""
    if isinstance(words, Words):
        return words.in_(language())
    return words or ""


@register.filter
def number(value: Any) -> str:
    """Return a number as the language writes it; a dash where there is none."""
    return "–" if value is None else wording.grouped(value, language())


@register.filter
def percent(value: float | None) -> str:
    """Return a share as a percentage."""
    if value is None:
        return "–"
    text = wording.grouped(round(value * 100, 1), language())
    return f"{text}\u00a0%" if language() == "fr" else f"{text}%"


@register.filter
def day(value: date | str | None) -> str:
    """Return a day in words."""
    return dates.day_text(value, language())


@register.filter
def instant(value: datetime | str | None) -> str:
    """Return an instant in words, UTC."""
    return dates.instant_text(value, language())


@register.filter
def span(value: Period) -> str:
    """Return a period in words."""
    return dates.period_text(value, language())


@register.filter
def paragraph(path: str) -> str:
    """Return how people read a path of the mandate."""
    return path_words(path).in_(language())


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an outline icon, hidden from screen readers: the word beside it speaks."""
    attributes = {"class": "icon", "aria-hidden": "true", "focusable": "false"}
    svg = heroicon_outline(str(name), size=18, **attributes)
    return mark_safe(svg)  # noqa: S308 - drawn from the icon package, no input in it


@register.inclusion_tag("remit/parts/status.html")
def status(value: str, words: Words | str | None = None) -> dict[str, Any]:
    """Show a status: colour, icon and word together."""
    return {"value": value, "icon": STATUS_ICONS.get(value, "question-mark-circle"), "words": words}


@register.inclusion_tag("remit/parts/level.html")
def level(value: str) -> dict[str, Any]:
    """Show a classification level by its words."""
    return {"value": value}


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """Return the page's query string with some values changed; ``None`` drops one, and the page number is dropped unless given."""
    params = context["request"].GET.copy()
    params.pop("page", None)
    for key, value in changes.items():
        if value in (None, ""):
            params.pop(key, None)
        else:
            params[key] = str(value)
    text = params.urlencode()
    return f"?{text}" if text else "?"


@register.filter
def get(mapping: Mapping[str, Any], key: str) -> Any:
    """Return a member of a mapping, ``None`` where there is none."""
    return mapping.get(key)


@register.filter
def unlocalized(value: float) -> str:
    """Return a number for a drawing: with a point, whatever the language."""
    return f"{value:g}"


@register.filter
def month(value: date) -> str:
    """Return a month and its year in words."""
    name = dates.month_name(value.month, language())
    return f"{name[0].upper()}{name[1:]} {value.year}"


@register.filter
def monthname(value: str) -> str:
    """Return ``July 2017`` for ``2017-07``; a year stays a year."""
    return dates.day_text(value, language())


@register.filter
def shortmonth(value: str) -> str:
    """Return ``Jul`` for ``2017-07``, with the year in January; a year stays a year."""
    year, _, number_ = value.partition("-")
    if not number_:
        return year
    name = dates.month_name(int(number_), language())
    short = name if len(name) <= 4 else f"{name[:4]}." if language() == "fr" else name[:3]
    return f"{short} {year[2:]}" if number_ == "01" else short


@register.filter
def fillable(option: MoveOption) -> bool:
    """Return whether a move may be tried in its own form."""
    return may_be_tried(option)


@register.filter(name="zip")
def zipped(first: Sequence[Any], second: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Return two lists side by side."""
    return list(zip(first, second, strict=True))
