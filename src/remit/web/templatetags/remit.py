"""Words, numbers and dates in the reader's language; icons are only ever drawn beside a word."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from heroicons import _render_icon as render_icon

from remit.kernel.periods import Period
from remit.kernel.wording import Words
from remit.mandate.declared import provision_label
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
    return provision_label(path, language())


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an outline icon, hidden from screen readers: the word beside it speaks."""
    svg = render_icon("outline", str(name) + "", 18, {"class": "icon", "aria-hidden": "true", "focusable": "false"})
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
