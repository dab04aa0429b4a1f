"""A comparison as one page of HTML that stands alone: no script, nothing fetched, prints as it is."""

from __future__ import annotations

from html import escape

from remit.mandate.compare import Comparison, ProvisionChange
from remit.mandate.summary import SummaryComparison
from remit.services.comparing import LABELS, departure_words, notes, place_label, totals
from remit.text.document import Provision

_STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.55 "Source Serif 4", Georgia, serif; color: #1b2733; background: #fff; margin: 0 auto; max-width: 62rem; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
.totals { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; margin: 0 0 1.5rem; list-style: none; color: #46586a; }
article { border-top: 1px solid #d8dfe6; padding: .75rem 0; display: grid; grid-template-columns: 13rem 1fr; gap: .25rem 1.25rem; break-inside: avoid; }
article > header { font: 14px/1.45 "Source Sans 3", system-ui, sans-serif; color: #46586a; }
article p { margin: 0 0 .4rem; overflow-wrap: anywhere; } .kind { font-weight: 600; color: #1b2733; }
.kept p { color: #46586a; } ul.notes { font: 14px/1.5 "Source Sans 3", system-ui, sans-serif; margin: .25rem 0 0; padding-left: 1.1rem; }
ins { text-decoration: underline; text-underline-offset: .15em; background: #e3f0e6; } del { background: #f7e6e3; }
@media (max-width: 42rem) { article { grid-template-columns: 1fr; } }
""".strip()


def to_html(found: Comparison | SummaryComparison, language: str) -> str:
    """Return the page, in one language; every change can be told without its colour (ins and del, and words)."""
    if isinstance(found, SummaryComparison):
        title = f"{LABELS['comparison'].in_(language)} – {found.document.symbol}"
        return _page(title, _summary(found, language), language)
    title = f"{found.old.symbol or '?'} → {found.new.symbol or '?'}"
    counted = "".join(
        f"<li>{escape(LABELS[key].in_(language))} <b>{number}</b></li>" for key, number in totals(found).items()
    )
    rows = "".join(_row(change, found, language) for change in found.changes)
    return _page(title, f'<ul class="totals">{counted}</ul>{rows}', language)


def _page(title: str, body: str, language: str) -> str:
    return (
        f'<!doctype html>\n<html lang="{escape(language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body><main><h1>{escape(title)}</h1>{body}</main></body></html>\n"
    )


def _row(change: ProvisionChange, found: Comparison, language: str) -> str:
    marks = [change.kind, *(["moved"] if change.moved else []), *([change.force.direction] if change.force else [])]
    label = ", ".join(LABELS[mark].in_(language) for mark in marks)
    sides = [place_label(one, language) for one in (change.old, change.new) if one is not None]
    place = sides[0] if len(set(sides)) == 1 else " → ".join(sides)
    lines = list(notes(change, language))
    if change.elsewhere:
        other = found.new if change.new is None else found.old
        lines.append(f"{LABELS['elsewhere'].in_(language)} {_named(change.elsewhere, other.provisions, language)}")
    listed = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return (
        f'<article class="{change.kind}"><header><div>{escape(place)}</div><div class="kind">{escape(label)}</div></header>'
        f'<div><p lang="en">{_words(change)}</p>{f"<ul class=notes>{listed}</ul>" if listed else ""}</div></article>'
    )


def _named(key: str, provisions: tuple[Provision, ...], language: str) -> str:
    return next((place_label(one, language) for one in provisions if one.key == key), key)


def _words(change: ProvisionChange) -> str:
    if change.edits:
        tags = {"same": ("", ""), "added": ("<ins>", "</ins>"), "dropped": ("<del>", "</del>")}
        return " ".join(f"{tags[edit.kind][0]}{escape(edit.words)}{tags[edit.kind][1]}" for edit in change.edits)
    if change.new is not None:
        text = escape(change.new.text)
        return f"<ins>{text}</ins>" if change.kind == "added" else text
    return f"<del>{escape(change.old.text)}</del>" if change.old is not None else ""


def _summary(found: SummaryComparison, language: str) -> str:
    def say(key: str) -> str:
        return LABELS[key].in_(language)

    rows: list[str] = []
    for one in found.statements:
        provisions = [next(p for p in found.document.provisions if p.key == key) for key in one.renders]
        place = ", ".join(place_label(p, language) for p in provisions) if provisions else say("no provision")
        lines = "".join(f"<li>{escape(departure_words(departure, language))}</li>" for departure in one.departures)
        official = "".join(f'<p lang="en"><small>{escape(p.text)}</small></p>' for p in provisions[:2])
        rows.append(
            f"<article><header>{escape(place)}</header><div><p>{escape(one.words)}</p>{official}"
            f"{f'<ul class=notes>{lines}</ul>' if lines else ''}</div></article>"
        )
    left = "".join(
        f'<article><header>{escape(place_label(p, language))}</header><div><p lang="en">{escape(p.text)}</p></div></article>'
        for p in found.left_out
    )
    return f"{''.join(rows)}<h2>{escape(say('left out').capitalize())} ({len(found.left_out)})</h2>{left}"
