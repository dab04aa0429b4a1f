"""Step 9: the verbs with which a provision speaks: the leading phrase first, then those further on in the sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from remit.text.document import ProvisionRole
from remit.text.vocabulary import Vocabulary

_NOUNS = re.compile(
    r"(?:calls|demands|requests|notes|supports|states|appeals|finds|views|draws|offers|shares|joins|refers|follows|acts|adopts"
    r"|decides|concerned|prepared|determined|committed|resolved|willing|guided|supporting|strengthening|establishing|following"
    r"|considering|taking|having|ensuring|continuing|seeking|remaining|identifying|maintaining|addressing|monitoring|resolute"
    r"|encouraged|convinced|disturbed|inspired|prohibiting|suspending|terminating|transferring|reviewing|receiving|giving"
    r"|extending|mandates|aware|satisfied|pleased|grateful|imposing|lifting)\b",
    re.I,
)
"""Forms that are as often a noun, an adjective or an ordinary participle: they count further on only with a sign of a verb behind."""
_SIGN = re.compile(r"\s+(?:that|upon|on|the|all|its|their|for|also|further|him|her|them|[A-Z])")


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb phrase and where in the provision's text it stands (half-open)."""

    phrase: str
    start: int
    end: int


def find_verbs(text: str, role: ProvisionRole, vocabulary: Vocabulary) -> tuple[Verb, ...]:
    """Return the verb phrases of a provision, the leading one first; none for items and headings.

    A paragraph that opens with an adverbial ("In this regard, …") is led by its first verb. One whose first word has
    the form of a verb that the vocabulary does not hold is led by that word.
    """
    if role in ("sub", "heading"):
        return ()
    first, second = (
        (vocabulary.preambular, vocabulary.operative) if role == "pp" else (vocabulary.operative, vocabulary.preambular)
    )
    leading = first.match(text) or second.match(text)
    found: list[Verb] = []
    if leading is not None:
        found.append(Verb(leading.group(), leading.start(), leading.end()))
    elif word := re.match(
        r"[A-Z][a-z]{2,}(?:ing|s)\b(?=\s+[a-z]|\s+[A-Z])" if role == "op" else r"[A-Z][a-z]{2,}ing\b", text
    ):
        found.append(Verb(word.group(), word.start(), word.end()))
    elif opening := vocabulary.later.match(", " + text):
        phrase = opening.group("phrase")
        found.append(Verb(phrase, opening.start("phrase") - 2, opening.end("phrase") - 2))
    at = found[0].end if found else 0
    for match in vocabulary.find_later(text, at):
        verb = Verb(match.group("phrase"), *match.span("phrase"))
        finite = vocabulary.operative.match(verb.phrase) is not None
        if found and finite is (role == "pp"):
            continue
        if _is_verb(text, verb, finite):
            found.append(verb)
    return tuple(found)


def _is_verb(text: str, verb: Verb, finite: bool) -> bool:
    """Tell whether a phrase further on in the sentence is a verb there, and no noun or name."""
    if verb.phrase[:1].isupper():
        return False
    if _NOUNS.match(verb.phrase):
        return finite and _SIGN.match(text[verb.end :]) is not None
    return True
