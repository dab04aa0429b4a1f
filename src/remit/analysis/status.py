"""Where something stands, and why: never a status without its reason in words, and never one that is guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from remit.kernel.days import show_day
from remit.kernel.numbers import show_number
from remit.kernel.wording import Words, same
from remit.mandate.declared import DeclaredLimit, Task
from remit.measures.definitions import FRACTIONS, Measure
from remit.measures.figures import Figure, Number

State = Literal["met", "on-track", "at-risk", "missed", "unknown"]
GRAVEST: tuple[State, ...] = ("missed", "at-risk", "unknown", "on-track", "met")
"""States from the one that needs attention first."""

NEAR_LIMIT = 0.98
"""From this share of a ceiling on, it is at risk: less than a company of a force of 13,000 is left."""

SOON = timedelta(days=14)
"""A date that is so near and not answered is at risk."""


@dataclass(frozen=True, slots=True)
class Status:
    """A state and its reason; of an unknown one, the reason says what is missing."""

    state: State
    reason: Words
    head: Words | None = None
    """The reason of the state alone, where ``reason`` also says what could not be judged."""

    @property
    def short(self) -> Words:
        """The reason of the state, without what could not be judged beside it."""
        return self.head or self.reason


_FEW = 2
"""So many figures are named one by one in a reason; more are counted."""


def status_of_limit(figure: Figure | None, limit: DeclaredLimit, *, near: float = NEAR_LIMIT) -> Status:
    """Return where a number stands against a ceiling of the mandate.

    Args:
        figure: the number held against it; ``None`` where nothing measures it.
        limit: the ceiling.
        near: the share of the ceiling from which it is at risk.
    """
    if figure is None:
        return _unknown(limit.of, "no figure is held against this ceiling", "aucun chiffre n’est comparé à ce plafond")
    if figure.value is None:
        return _unknown(limit.of, "the strength is not reported", "l’effectif n’est pas communiqué")
    words = {"value": number_words(figure.value), "limit": number_words(limit.amount), "of": limit.of}
    if figure.value > limit.amount:
        over = number_words(figure.value - limit.amount)
        return Status("missed", Words(
            "{value} against a ceiling of {limit} {of}: {over} above it.",
            "{value} pour un plafond de {limit} {of} : {over} de trop.",
        ).format(**words, over=over))  # fmt: skip
    if figure.lower_bound or figure.unknown:
        return _unknown(
            limit.of, "some numbers are missing or only “at least”", "des nombres manquent ou valent « au moins »"
        )
    share = percent_words(figure.value, limit.amount)
    state: State = "at-risk" if figure.value >= near * limit.amount else "met"
    text = Words(
        "{value} against a ceiling of {limit} {of} ({share}).", "{value} pour un plafond de {limit} {of} ({share})."
    )
    return Status(state, text.format(**words, share=share))


def status_of_clock(
    dates: Sequence[date], today: date, answered: Mapping[date, date] | Iterable[date], *, soon: timedelta = SOON
) -> Status:
    """Return where a duty with dates stands.

    Args:
        dates: the days on which it is due.
        today: the day asked about.
        answered: the due days that were answered, with the day on which each was; without days, they were in time.
        soon: how near an unanswered date is at risk.
    """
    if not dates:
        return Status("unknown", Words("No date is declared for it.", "Aucune échéance n’est déclarée."))
    when = dict(answered) if isinstance(answered, Mapping) else {day: day for day in answered}
    open_ = sorted(day for day in dates if day not in when)
    late = [day for day in dates if day in when and when[day] > day]
    overdue = [day for day in open_ if day < today]
    after = Words(" {n} answered late.", " Réponses tardives : {n}.").format(n=len(late)) if late else same("")
    if overdue:
        text = Words(
            "Due on {day}, {ago} ago, and not answered.{late}",
            "À rendre le {day}, il y a {ago}, et sans réponse.{late}",
        )
        return Status(
            "missed", text.format(day=day_words(overdue[0]), ago=days_words((today - overdue[0]).days), late=after)
        )
    if not open_:
        text = Words(
            "Every date was answered; the last was {day}.{late}",
            "Toutes les échéances ont une réponse ; la dernière : {day}.{late}",
        )
        return Status("met", text.format(day=day_words(max(dates)), late=after))
    left = open_[0] - today
    text = Words("Next due on {day}, in {left}.{late}", "Prochaine échéance le {day}, dans {left}.{late}")
    words = text.format(day=day_words(open_[0]), left=days_words(left.days), late=after)
    return Status("at-risk" if left <= soon else "on-track", words)


def status_of_figure(measure: Measure, figure: Figure | None) -> Status:
    """Return where a figure stands against its measure's target.

    A target is met on its good side; missed where ``better`` says which side that is and the figure is on the other.
    """
    if figure is None:
        return _unknown(measure.label, "it was not computed", "il n’a pas été calculé")
    if figure.withheld or figure.value is None:
        return _unknown(measure.label, "there is nothing to compute it from", "rien ne permet de le calculer")
    if measure.target is None or not measure.better:
        return _unknown(measure.label, "no target is declared for it", "aucune cible n’est déclarée")
    share = measure.kind in FRACTIONS
    words = {
        "label": measure.label,
        "value": value_words(figure.value, share),
        "target": value_words(measure.target, share),
    }
    higher = measure.better == "higher"
    met = figure.value >= measure.target if higher else figure.value <= measure.target
    if met and not higher and (figure.lower_bound or figure.unknown):
        return _unknown(
            measure.label, "some numbers are missing or only “at least”", "des nombres manquent ou valent « au moins »"
        )
    if met:
        return Status(
            "met", Words("{label}: {value}, target {target}.", "{label} : {value}, cible {target}.").format(**words)
        )
    text = Words(
        "{label}: {value}, short of the target of {target}.", "{label} : {value}, en deçà de la cible de {target}."
    )
    over = Words(
        "{label}: {value}, above the target of {target}.", "{label} : {value}, au-dessus de la cible de {target}."
    )
    return Status("missed", (text if higher else over).format(**words))


def status_of_task(
    task: Task,
    figures: Mapping[str, Figure],
    clocks: Mapping[str, int],
    records: int,
    *,
    measures: Mapping[str, Measure],
    duties: Sequence[Status] = (),
) -> Status:
    """Return where a task stands: the gravest of what can be judged, and in words what cannot.

    Judged are its measures' targets, the time limits of its records and the duties with dates that belong to it. A
    figure without a target is no judgement, nor is a task without any record.

    Args:
        task: the task.
        figures: by key; one that is missing here is said to be missing.
        clocks: how many time limits of the records of the task's types stand how: ``running``, ``due-soon``, ``overdue``,
            ``met``, ``missed``.
        records: how many records of the task's types there are.
        measures: definitions by key.
        duties: statuses of its dates (:func:`status_of_clock`).
    """
    of_figures = [status_of_figure(measures[key], figures.get(key)) for key in task.measures if key in measures]
    parts = [*of_figures, *duties, *_of_clocks(clocks)]
    worst = gravest([part for part in parts if part.state != "unknown"])
    open_ = _open(task, of_figures, measures, figures)
    open_ += [part.reason for part in duties if part.state == "unknown"]
    if not task.measures:
        open_.append(Words("No measure follows it.", "Aucune mesure ne la suit."))
    if task.records and not records:
        open_.append(Words("Nothing has been recorded for it.", "Rien n’a été enregistré à ce sujet."))
    if worst is None:
        none = Words("Cannot be judged.", "Ne peut être apprécié.")
        return Status("unknown", _joined([none, *open_]))
    return Status(worst.state, _joined([worst.reason, *open_]), worst.reason)


def _open(
    task: Task, of_figures: Sequence[Status], measures: Mapping[str, Measure], figures: Mapping[str, Figure]
) -> list[Words]:
    """Return why figures judge nothing: each by itself where they are few, counted where they are many."""
    reasons = [status.reason for status in of_figures if status.state == "unknown"]
    if len(reasons) <= _FEW:
        return reasons
    empty = sum(1 for key in task.measures if key in measures and (key not in figures or figures[key].value is None))
    aimless = len(reasons) - empty
    found = []
    if aimless:
        text = Words("Figures without a target: {n}.", "Chiffres sans cible : {n}.")
        found.append(text.format(n=aimless))
    if empty:
        text = Words("Figures with nothing to compute them from yet: {n}.", "Chiffres encore sans données : {n}.")
        found.append(text.format(n=empty))
    return found


def _of_clocks(clocks: Mapping[str, int]) -> list[Status]:
    overdue, late, whole = clocks.get("overdue", 0), clocks.get("missed", 0), sum(clocks.values())
    if overdue:
        text = Words("{n} of {all} time limits of its records are overdue.", "Délais dépassés : {n} sur {all}.")
        return [Status("at-risk", text.format(n=overdue, all=whole))]
    if not whole:
        return []
    text = Words("No time limit of its records is overdue.", "Aucun délai n’est dépassé.")
    if late:
        text = Words(
            "No time limit of its records is overdue; {late} were kept late.",
            "Aucun délai n’est dépassé ; {late} ont été tenus en retard.",
        )
    return [Status("on-track", text.format(late=late))]


def _joined(parts: Sequence[Words]) -> Words:
    return Words(" ".join(part.en for part in parts), " ".join(part.fr for part in parts))


def gravest(parts: Sequence[Status]) -> Status | None:
    """Return the first of the gravest state; ``None`` of nothing."""
    return min(parts, key=lambda part: GRAVEST.index(part.state)) if parts else None


def number_words(value: Number) -> Words:
    """Return a number as printed in each language; at most one digit after the point."""
    shown = int(value) if float(value).is_integer() else round(value, 1)
    return Words(show_number(shown, "en"), show_number(shown, "fr"))


def value_words(value: Number, share: bool) -> Words:
    """Return a value, a share in per cent."""
    if not share:
        return number_words(value)
    return Words("{n} per cent", "{n} pour cent").format(n=number_words(100 * value))


def percent_words(part: Number, whole: Number) -> Words:
    """Return a part of a whole in per cent; of a whole of nothing, that it is not defined."""
    if not whole:
        return Words("not defined", "non défini")
    return value_words(part / whole, True)


def day_words(day: date) -> Words:
    """Return a day as written in each language."""
    return Words(show_day(day, "en"), show_day(day, "fr"))


def days_words(count: int) -> Words:
    """Return a number of days."""
    return Words(f"{count} day" + ("" if count == 1 else "s"), f"{count} jour" + ("" if count < 2 else "s"))


def _unknown(what: Words, en: str, fr: str) -> Status:
    return Status("unknown", Words("{what}: {en}.", "{what} : {fr}.").format(what=what, en=en, fr=fr))
