"""The words of the loader's problems, each with the nearest right key. Codes: ``docs/reference/mission-files.md``."""

from __future__ import annotations

from collections.abc import Iterable

from remit.kernel.issues import Issue, Level, Where
from remit.kernel.nearest import nearest
from remit.kernel.wording import Words

MANY = 12
"""So many known names are listed in full where none is near; more would hide the message."""


def problem(code: str, where: Where, en: str, fr: str, *remedy: str, level: Level = "error") -> Issue:
    """Return an issue from its words; ``remedy`` is what to do, in English and in French, or nothing."""
    words = Words(remedy[0], remedy[1]) if any(remedy) else None
    return Issue(code, Words(en, fr), words, where, level)


def suggestion(found: str, known: Iterable[str]) -> tuple[str, str]:
    """Return what to do about a name that is not known, in English and French."""
    names = list(known)
    if near := nearest(found, names):
        return f"Did you mean “{near}”?", f"Vouliez-vous dire « {near} » ?"
    if not names:
        return "None is declared.", "Il n’en est déclaré aucun."
    shown = ", ".join(names[:MANY])
    if len(names) > MANY:
        return f"Among those declared: {shown} …", f"Parmi ceux qui sont déclarés : {shown} …"
    return f"Declared: {shown}.", f"Déclarés : {shown}."


def unknown_key(where: Where, found: str, known: Iterable[str]) -> Issue:
    """MIS-011: a key that has no meaning here."""
    names = list(known)
    if near := nearest(found, names):
        return problem(
            "MIS-011",
            where,
            f"“{found}” is not a key here; did you mean “{near}”?",
            f"« {found} » n’est pas une clé ici ; vouliez-vous dire « {near} » ?",
        )
    listed = ", ".join(names)
    return problem(
        "MIS-011",
        where,
        f"“{found}” is not a key here.",
        f"« {found} » n’est pas une clé ici.",
        f"The keys here are: {listed}.",
        f"Les clés sont ici : {listed}.",
    )


THINGS: dict[str, tuple[str, str, str]] = {
    "options": ("MIS-031", "list of options", "liste d’options"),
    "role": ("MIS-032", "role", "rôle"),
    "state": ("MIS-033", "state", "état"),
    "field": ("MIS-034", "field", "champ"),
    "time": ("MIS-034", "day or instant", "jour ou instant"),
    "choice": ("MIS-034", "choice", "choix"),
    "start": ("MIS-034", "day, instant or state", "jour, instant ou état"),
    "type": ("MIS-035", "record type", "type de fiche"),
    "move": ("MIS-036", "move", "passage"),
    "measure": ("MIS-037", "measure", "mesure"),
    "product": ("MIS-038", "product", "produit"),
    "path": ("MIS-039", "paragraph of the mandate", "paragraphe du mandat"),
    "component": ("MIS-040", "component", "composante"),
    "partner": ("MIS-040", "partner or component", "partenaire ou composante"),
    "compartment": ("MIS-041", "compartment", "compartiment"),
    "audience": ("MIS-042", "audience", "public"),
    "area level": ("MIS-043", "area level", "niveau de zone"),
    "area": ("MIS-043", "area", "zone"),
    "relation": ("MIS-044", "relation", "relation"),
    "option": ("MIS-045", "option of this list", "option de cette liste"),
    "kind": ("MIS-046", "kind of field", "nature de champ"),
    "limit": ("MIS-047", "limit of the mandate", "plafond du mandat"),
    "record": ("MIS-048", "record named before this step", "fiche nommée avant cette étape"),
    "placeholder": ("MIS-049", "placeholder", "emplacement"),
}
"""What may be named, its code, and what it is called in English and French."""


def unknown_name(where: Where, thing: str, found: object, known: Iterable[str], of: str = "") -> Issue:
    """MIS-031 to MIS-049: something is named that is not declared.

    ``thing`` is a key of :data:`THINGS`; ``of`` says whose it is, where that helps (``ceasefire-finding``).
    """
    code, en, fr = THINGS[thing]
    do_en, do_fr = suggestion(str(found), known)
    whose_en, whose_fr = (f" of “{of}”", f" de « {of} »") if of else ("", "")
    return problem(
        code,
        where,
        f"“{found}” is not a {en}{whose_en}." if en[0] not in "aeio" else f"“{found}” is not an {en}{whose_en}.",
        f"« {found} » n’est pas un élément connu ({fr}{whose_fr}).",
        do_en,
        do_fr,
    )
