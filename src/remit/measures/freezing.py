"""Frozen figures: a published number is kept with all that it rests on; a later change is a correction with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from remit.kernel.canonical import canonical, digest
from remit.kernel.errors import BadInput
from remit.kernel.wording import Words
from remit.measures.definitions import Measure
from remit.measures.faults import bad
from remit.measures.figures import Figure
from remit.records.entries import Entry
from remit.records.fold import touched


@dataclass(frozen=True, slots=True)
class Comparison:
    """A frozen figure beside the same figure computed now.

    Attributes:
        same: value, parts, records and definition are the same.
        old, new: the two values; ``None`` where not defined.
        came, went: ids of records that are in it now and were not, and the reverse.
        entries: ids of the journal entries that came since and touch its records, in the order in which they came.
        reason: what changed, in words; of a figure that is the same, that it is.
    """

    same: bool
    old: float | int | None
    new: float | int | None
    came: tuple[str, ...]
    went: tuple[str, ...]
    entries: tuple[str, ...]
    reason: Words


def freeze(figure: Figure, entry_ids: Sequence[str], *, measure: Measure | None = None) -> dict[str, Any]:
    """Return the body of a frozen figure, a JSON object: ``figure``, ``entry_ids``, ``words`` and ``digest`` over these.

    Args:
        figure: the figure as computed.
        entry_ids: the journal entries that the figure's records rest on.
        measure: its definition: label, rule and unit are then kept in both languages.

    Raises:
        BadInput: MEA-041, the figure lists no records although it counted some (computed without ids), or is withheld.
    """
    if figure.withheld or (figure.value and not figure.record_ids):
        raise bad(
            "MEA-041",
            f"The figure “{figure.key}” does not list its records.",
            f"Le chiffre « {figure.key} » ne donne pas ses fiches.",
            "Freeze the figure as it was computed, with its records, not the form shown to an audience.",
            "Arrêtez le chiffre tel qu’il a été calculé, avec ses fiches, et non la forme montrée à un public.",
        )
    body: dict[str, Any] = {"figure": figure.to_json(), "entry_ids": sorted(set(entry_ids))}
    if measure is not None:
        kept = {"label": measure.label, "rule": measure.rule, "unit": measure.unit}
        body["words"] = {name: {"en": words.en, "fr": words.fr} for name, words in kept.items()}
    return body | {"digest": digest(body)}


def figure_of(body: Mapping[str, Any]) -> Figure:
    """Return the figure in a frozen body.

    Raises:
        BadInput: MEA-042, the body is not one, or was changed after it was frozen.
    """
    try:
        own = {key: value for key, value in body.items() if key != "digest"}
        if body["digest"] != digest(own):
            raise ValueError("digest")
        return Figure.from_json(body["figure"])
    except (KeyError, TypeError, ValueError, BadInput) as error:
        raise bad(
            "MEA-042",
            f"This is not a frozen figure, or it was changed since ({type(error).__name__}: {error}).",
            f"Ceci n’est pas un chiffre arrêté, ou il a été modifié depuis ({type(error).__name__} : {error}).",
            "Run `remit verify`; take the figure from the journal.",
            "Lancez `remit verify` ; reprenez le chiffre du journal.",
        ) from error


def record_values(
    body: Mapping[str, Any], *, product: str = "", paragraph: str = "", block: int | None = None
) -> dict[str, Any]:
    """Return the field values of a record of type ``frozen-figure``; what is not defined is left out, never 0."""
    figure = figure_of(body)
    values: dict[str, Any] = {
        "figure": figure.key,
        "period": str(figure.period),
        "cut_off": figure.as_of.isoformat() if figure.as_of else None,
        "value": figure.value,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "limit": figure.limit,
        "unit": figure.unit,
        "rule": figure.rule,
        "definition_version": figure.version,
        "definition": figure.definition,
        "snapshot": figure.snapshot,
        "block": block,
        "body": canonical(body).decode(),
        "digest": body["digest"],
        "record_ids": list(figure.record_ids),
        "entry_ids": list(body["entry_ids"]),
        "product": product,
        "paragraph": paragraph,
    }
    return {key: value for key, value in values.items() if value not in (None, "", [])}


def compare(
    frozen_body: Mapping[str, Any], figure_now: Figure, entries_since: Iterable[Entry], *, erased: Sequence[str] = ()
) -> Comparison:
    """Compare a frozen figure with the same one computed now.

    Args:
        frozen_body: what :func:`freeze` made.
        figure_now: the same measure for the same period, computed from what is known now.
        entries_since: the entries that came into the journal after it was frozen, in order; those that touch a record
            of either figure are named.
        erased: ids of its entries whose values were redacted since: they can no longer be recomputed.

    Raises:
        BadInput: MEA-042, the body is no frozen figure; MEA-043, the two are of another measure or period.
    """
    before = figure_of(frozen_body)
    if (before.key, before.period) != (figure_now.key, figure_now.period):
        raise bad(
            "MEA-043",
            f"“{before.key}” for {before.period} cannot be compared with “{figure_now.key}” for {figure_now.period}.",
            f"« {before.key} » pour {before.period} ne se compare pas à « {figure_now.key} » pour {figure_now.period}.",
            "Compute the same measure for the same period.",
            "Calculez la même mesure pour la même période.",
        )
    old_ids, new_ids = set(before.record_ids), set(figure_now.record_ids)
    came, went = tuple(sorted(new_ids - old_ids)), tuple(sorted(old_ids - new_ids))
    either = old_ids | new_ids
    since = tuple(entry.id for entry in entries_since if either.intersection(touched(entry)))
    same = before.definition == figure_now.definition and _content(before) == _content(figure_now)
    reason = _reason(before, figure_now, came=came, went=went, since=len(since), same=same, erased=len(erased))
    return Comparison(same, before.value, figure_now.value, came, went, since, reason)


def correction(
    frozen: str, comparison: Comparison, figure_now: Figure, *, reason: str, products: Sequence[str]
) -> dict[str, Any]:
    """Return the field values of a record of type ``figure-correction``: old, new, the reason and who printed the old one.

    Raises:
        BadInput: MEA-044, no reason is given, or nothing changed.
    """
    if not reason.strip() or comparison.same:
        raise bad(
            "MEA-044",
            "A correction needs a change and a reason.",
            "Une rectification suppose un changement et un motif.",
            "Say why the number changed; a figure that is the same is not corrected.",
            "Dites pourquoi le nombre a changé ; un chiffre identique ne se rectifie pas.",
        )
    values: dict[str, Any] = {
        "frozen_figure": frozen,
        "figure": figure_now.key,
        "old_value": comparison.old,
        "new_value": comparison.new,
        "body": canonical(figure_now.to_json()).decode(),
        "reason": reason.strip(),
        "products": list(products),
    }
    return {key: value for key, value in values.items() if value not in (None, [])}


def _content(figure: Figure) -> Figure:
    """Return what of a figure must stay the same: not the snapshot, the instant or the ceiling."""
    return replace(figure, snapshot="", as_of=None, limit=None, by=(), cells=(), overlapping=False, rule="", unit="")


def _reason(
    before: Figure,
    now: Figure,
    *,
    came: Sequence[str],
    went: Sequence[str],
    since: int,
    same: bool,
    erased: int,
) -> Words:
    parts: list[Words] = []
    redefined = before.definition != now.definition
    if redefined:
        changed = Words(
            "the definition changed (version {old} to {new}): the two do not count the same thing",
            "la définition a changé (version {old} à {new}) : les deux ne comptent pas la même chose",
        )
        parts.append(changed.format(old=before.version, new=now.version))
    if came:
        parts.append(
            _counted(
                len(came),
                "record is in it that was not",
                "records are in it that were not",
                "fiche y est entrée",
                "fiches y sont entrées",
            )
        )
    if went:
        parts.append(
            _counted(
                len(went),
                "record is no longer in it",
                "records are no longer in it",
                "fiche en est sortie",
                "fiches en sont sorties",
            )
        )
    if not same and not (came or went or redefined):
        parts.append(Words("the same records hold other values", "les mêmes fiches portent d’autres valeurs"))
    if since:
        parts.append(
            _counted(
                since,
                "journal entry came since",
                "journal entries came since",
                "écriture est venue depuis",
                "écritures sont venues depuis",
            )
        )
    if erased:
        parts.append(_counted(
            erased, "entry was redacted and cannot be recomputed", "entries were redacted and cannot be recomputed",
            "écriture a été caviardée et ne se recalcule plus", "écritures ont été caviardées et ne se recalculent plus",
        ))  # fmt: skip
    if same:
        parts.insert(0, Words("the figure is the same", "le chiffre est le même"))
    en, fr = "; ".join(part.en for part in parts), " ; ".join(part.fr for part in parts)
    return Words(f"{en[0].upper()}{en[1:]}.", f"{fr[0].upper()}{fr[1:]}.")


def _counted(number: int, en: str, en_many: str, fr: str, fr_many: str) -> Words:
    return Words(f"{number} {en if number == 1 else en_many}", f"{number} {fr if number == 1 else fr_many}")
