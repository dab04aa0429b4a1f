"""Candidates: which entries of a list somebody could be, and why. A name alone never confirms: it is one element of several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from remit.kernel.plain_text import plain_text
from remit.kernel.wording import Words
from remit.records.screening.listed import ABOUT_YEARS, Birth, ConsolidatedList, Listed
from remit.records.screening.names import Name, NameMatch, Vocabulary, compare_names, name_of

PROPOSED = 0.8
"""From which score of the name an entry is proposed."""
Agreement = Literal["agrees", "near", "differs", "unknown"]
Strength = Literal["strong", "possible", "weak"]


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom to screen: a file number, the kind, every name and spelling known, and what else identifies.

    ``born`` is a day, a month or a year as text (``1958``, ``1958-03-12``).
    """

    file: str
    kind: str
    names: tuple[str, ...]
    born: str = ""
    birth_place: str = ""
    nationality: str = ""
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Element:
    """One thing compared: the identifier's key, how it agrees, and the words that say it."""

    identifier: str
    agreement: Agreement
    words: Words


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that somebody could be, with every element compared, the strongest first in a list of candidates."""

    entry: Listed
    score: float
    strength: Strength
    elements: tuple[Element, ...] = field(default=())

    @property
    def identifiers(self) -> tuple[str, ...]:
        """The identifiers that agree."""
        return tuple(one.identifier for one in self.elements if one.agreement == "agrees")

    def explanation(self, language: str) -> str:
        """Return why it is proposed: what agrees, what does not, what is not known."""
        return " ".join(one.words.in_(language) for one in self.elements)


class Screen:
    """A list made ready: built once for a list, asked for each subject."""

    def __init__(self, listed: ConsolidatedList) -> None:
        self.listed = listed
        self._names: list[tuple[Name, str, Listed]] = [
            (name_of(one.text), one.quality, entry) for entry in listed.entries.values() for one in entry.names
        ]
        self._vocabulary = Vocabulary.of(name for name, _, _ in self._names)
        self._with_word: dict[str, set[int]] = {}
        for index, (name, _, _) in enumerate(self._names):
            for word in name.words:
                self._with_word.setdefault(word, set()).add(index)
        self._documents = {_number(number): entry for entry in listed.entries.values() for number in entry.documents}

    def candidates(self, subject: Subject, *, at_least: float = PROPOSED) -> tuple[Candidate, ...]:
        """Return the entries that a subject could be, the likeliest first; one candidate an entry, under its best name."""
        best: dict[str, tuple[NameMatch, Name, Name, str, Listed]] = {}
        for text in subject.names:
            given = name_of(text)
            near = {
                index
                for word in given.words
                for other in self._vocabulary.near(word)
                for index in self._with_word[other]
            }
            for index in near:
                name, quality, entry = self._names[index]
                if entry.kind != subject.kind:
                    continue
                match = compare_names(given, name, self._vocabulary)
                if entry.reference not in best or match.score > best[entry.reference][0].score:
                    best[entry.reference] = (match, given, name, quality, entry)
        found = [
            _candidate(subject, match, given, name, quality, entry)
            for match, given, name, quality, entry in best.values()
            if match.score >= at_least
        ]
        known = {one.entry.reference for one in found}
        for number in subject.documents:
            bearer = self._documents.get(_number(number))
            if bearer is not None and bearer.kind == subject.kind and bearer.reference not in known:
                known.add(bearer.reference)
                found.append(_by_document(subject, best.get(bearer.reference), bearer))
        order = {"strong": 0, "possible": 1, "weak": 2}
        return tuple(sorted(found, key=lambda one: (order[one.strength], -_likely(one), one.entry.reference)))


def _likely(candidate: Candidate) -> float:
    """Return what candidates of one strength stand in order by: the name, and a little for what else is the same or near."""
    beside = [one.agreement for one in candidate.elements if one.identifier != "name"]
    return (
        candidate.score + 0.05 * beside.count("agrees") + 0.03 * beside.count("near") - 0.02 * beside.count("differs")
    )


def _candidate(subject: Subject, match: NameMatch, given: Name, name: Name, quality: str, entry: Listed) -> Candidate:
    elements = [_name_element(match, given, name, quality), *_others(subject, entry)]
    agree = {one.identifier for one in elements if one.agreement == "agrees"}
    differ = {one.identifier for one in elements if one.agreement == "differs"}
    strength: Strength = "possible"
    if agree & {"document", "birth-date"} and "birth-date" not in differ:
        strength = "strong"
    elif "birth-date" in differ:
        strength = "weak"
    return Candidate(entry, match.score, strength, tuple(elements))


def _by_document(subject: Subject, best: tuple[NameMatch, Name, Name, str, Listed] | None, entry: Listed) -> Candidate:
    """Return the entry that bears the subject's document, whatever it is called."""
    match = best[0] if best else NameMatch(0.0, (), (), ())
    given, listed = subject.names[0] if subject.names else "", best[2].text if best else entry.title
    name = Element("name", "differs", Words(f"The name differs: “{given}” against “{listed}”.",
                                            f"Le nom diffère : « {given} » contre « {listed} »."))  # fmt: skip
    return Candidate(entry, match.score, "strong", (name, *_others(subject, entry)))


def _name_element(match: NameMatch, given: Name, name: Name, quality: str) -> Element:
    pairs = ", ".join(
        f"{one} = {other}" if one == other else f"{one} ~ {other} ({value:.2f})" for one, other, value in match.pairs
    )
    pairs = pairs.replace("*", "")
    beside = [word.rstrip("*") for word in (*match.only_given, *match.only_listed)]
    left_en = f"; without a counterpart: {', '.join(beside)}" if beside else ""
    left_fr = f" ; sans équivalent : {', '.join(beside)}" if beside else ""
    low = quality.casefold() == "low"
    kind_en = {"name": "the listed name", "script": "the name in its own script"}.get(
        quality, "a low-quality alias" if low else "an alias"
    )
    kind_fr = {"name": "le nom inscrit", "script": "le nom dans son écriture"}.get(
        quality, "un alias de faible qualité" if low else "un alias"
    )
    agreement: Agreement = "agrees" if match.score >= 0.9 and not low else "near"
    return Element(
        "name",
        agreement,
        Words(
            f"Name: “{_apart(given.text)}” against {kind_en} “{_apart(name.text)}” ({match.score:.2f}): {pairs}{left_en}.",
            f"Nom : « {_apart(given.text)} » contre {kind_fr} « {_apart(name.text)} » ({match.score:.2f}) : {pairs}{left_fr}.",
        ),
    )


def _apart(text: str) -> str:
    """Return a name set apart from the text around it, so that one written from right to left does not turn that round."""
    return text if text.isascii() else f"\u2068{text}\u2069"


def _others(subject: Subject, entry: Listed) -> list[Element]:
    elements = []
    if subject.kind == "person":
        elements.append(_born(subject.born, entry.births))
        elements.append(_overlap("birth-place", subject.birth_place, entry.birth_places,
                                 Words("Place of birth", "Lieu de naissance")))  # fmt: skip
        elements.append(_overlap("nationality", subject.nationality, entry.nationalities,
                                 Words("Nationality", "Nationalité")))  # fmt: skip
    elements.append(_document(subject.documents, entry.documents))
    return elements


def _born(born: str, births: Sequence[Birth]) -> Element:
    what = Words("Date of birth", "Date de naissance")
    shown = ", ".join(_birth_words(one) for one in births)
    if not born[:4].isdigit() or not births:
        lacks_en, lacks_fr = (
            ("not known of the subject", "inconnue pour la personne")
            if not born
            else ("not on the list", "absente de la liste")
        )
        return Element("birth-date", "unknown", Words(f"{what.en}: {lacks_en}.", f"{what.fr} : {lacks_fr}."))
    year = int(born[:4])
    agreement: Agreement = "differs"
    for one in births:
        if one.on and one.on == born:
            agreement = "agrees"
            break
        # The same year, or about it, is near and no more: many are born in a year.
        margin = ABOUT_YEARS if one.about else 1
        if one.first - margin <= year <= one.last + margin:
            agreement = "near"
    words = {"agrees": ("agrees", "concorde"), "near": ("is near", "est proche"), "differs": ("differs", "diffère")}
    en, fr = words[agreement]
    return Element("birth-date", agreement, Words(f"{what.en} {en}: {born} against {shown}.",
                                                  f"{what.fr} {fr} : {born} contre {shown}."))  # fmt: skip


def _birth_words(birth: Birth) -> str:
    about = "ca. " if birth.about else ""
    return birth.on or (f"{about}{birth.first}" if birth.first == birth.last else f"{about}{birth.first}–{birth.last}")


def _overlap(identifier: str, given: str, listed: Sequence[str], what: Words) -> Element:
    if not given or not listed:
        return Element(
            identifier,
            "unknown",
            Words(f"{what.en}: not known on both sides.", f"{what.fr} : pas connu des deux côtés."),
        )
    wanted = {word for word in plain_text(given).replace(",", " ").split() if len(word) > 2}
    shown = "; ".join(listed)
    words = {word for one in listed for word in plain_text(one).replace(",", " ").split()}
    same = any(word == other or _demonym(word, other) or _demonym(other, word) for word in wanted for other in words)
    en, fr = ("agrees", "concorde") if same else ("differs", "diffère")
    return Element(identifier, "agrees" if same else "differs",
                   Words(f"{what.en} {en}: {given} against {shown}.", f"{what.fr} {fr} : {given} contre {shown}."))  # fmt: skip


def _demonym(country: str, word: str) -> bool:
    """Return whether a word names the people of a country: earlier lists say Malian where later ones say Mali."""
    return len(country) > 3 and word in (f"{country}n", f"{country}an", f"{country}ien", f"{country}ienne")


def _document(given: Sequence[str], listed: Sequence[str]) -> Element:
    if not given or not listed:
        return Element(
            "document", "unknown", Words("Document: not known on both sides.", "Pièce : pas connue des deux côtés.")
        )
    same = sorted({_number(one) for one in given} & {_number(one) for one in listed})
    if same:
        return Element("document", "agrees", Words(f"Document agrees: {same[0]}.", f"La pièce concorde : {same[0]}."))
    return Element(
        "document", "differs", Words("Document differs from those listed.", "La pièce diffère de celles inscrites.")
    )


def _number(text: str) -> str:
    return "".join(character for character in text.upper() if character.isalnum())
