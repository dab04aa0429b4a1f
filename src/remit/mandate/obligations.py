"""What each paragraph asks: its clauses by verb, with addressees, force, action and conditions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from remit.mandate.addressees import find_addressees, name_all
from remit.mandate.asked import Obligation
from remit.mandate.vocabulary import AskingVocabulary
from remit.text.document import Document, Provision
from remit.text.verbs import Verb, find_verbs
from remit.text.vocabulary import Vocabulary

_CALLS = re.compile(r"\b(?:call|calls|demand|demands|request|appeal|invitation)\b", re.IGNORECASE)
_NAMES_ONLY = re.compile(r"\b(?:calls? upon|calls? on|requests?|urges?|invites?|reminds?|demands?)\b", re.IGNORECASE)
_MUST = re.compile(r"\b(?:must|shall|should)\b")


@dataclass(frozen=True, slots=True)
class Statement:
    """A clause that asks nothing: it affirms, welcomes, recalls."""

    path: str
    verb: str
    words: str


@dataclass(frozen=True, slots=True)
class _Asking:
    """The open clause under which items stand: the paragraph's last one."""

    addressees: tuple[str, ...]
    force: str
    kind: str
    unclassified: str = ""


def find_obligations(
    document: Document, vocabulary: Vocabulary, asking: AskingVocabulary
) -> tuple[tuple[Obligation, ...], tuple[Statement, ...]]:
    """Return what the operative part asks, in order, and the clauses that ask nothing.

    An item has the force and the addressees of the clause above it. A clause that no rule classifies is kept with the
    reason in ``unclassified``.
    """
    obligations: list[Obligation] = []
    statements: list[Statement] = []
    above = _Asking((), "", "", "no paragraph stands above it")
    for one in document.provisions:
        if one.role in ("pp", "heading"):
            continue
        if one.role == "sub" or (one.role == "cont" and "." in one.path):
            obligations.extend(_item(one, above, asking))
            continue
        for found in _clauses(one, vocabulary, asking):
            if isinstance(found, Statement):
                statements.append(found)
                above = _Asking((), found.verb, "affirms")
            else:
                obligations.append(found)
                above = _Asking(found.addressees, found.force, found.kind, found.unclassified)
    return tuple(obligations), tuple(statements)


def _clauses(one: Provision, vocabulary: Vocabulary, asking: AskingVocabulary) -> Iterator[Obligation | Statement]:
    verbs = find_verbs(one.text, one.role, vocabulary)
    path = one.path or one.key
    if not verbs:
        yield Obligation(
            path,
            (),
            "",
            one.text.strip(" ;."),
            (),
            "no operative verb was found in it",
            "",
            one.source_span(0, len(one.text)),
        )
        return
    before: tuple[str, ...] = ()
    for verb, end in zip(verbs, _ends(one.text, verbs), strict=True):
        words = one.text[verb.end : end]
        force = verb.phrase[:1].upper() + verb.phrase[1:]
        kind = vocabulary.kind_of(verb.phrase)
        span = one.source_span(verb.start, end)
        if kind == "affirms" and _CALLS.search(verb.phrase):
            kind = "urges"
        if kind == "affirms" and not (_MUST.search(words) and words.lstrip(" ,").startswith("that ")):
            yield Statement(path, force, words.strip(" ,;."))
            continue
        addressees, at = find_addressees(words, asking, before, subjunctive=verb.phrase.endswith(" that"))
        if not addressees and kind in ("requests", "urges") and _NAMES_ONLY.search(verb.phrase):
            addressees, at = name_all(words, asking), 0
        unclassified = "" if kind else f"the verb “{verb.phrase}” is not in the vocabulary"
        if kind == "affirms":
            unclassified = "it affirms, with “must”, “shall” or “should”: it asks without a verb of asking"
        if kind == "decides" and not addressees and re.match(r"\s*,?\s*that\b", words):
            addressees, at = ("Security Council",), 0
        if kind == "decides" and re.match(r"\s*(?:also\s+|further\s+)?to\s+", words):
            addressees, at = ("Security Council",), 0
        elif not addressees and kind and not unclassified:
            unclassified = "it names nobody of whom it is asked"
        action = re.sub(r"^(?:that|to)\s+(?=shall|should|must)", "", words[at:].strip(" ,;."))
        before = addressees or before
        yield Obligation(path, addressees, force, action, find_conditions(words, asking), unclassified, kind, span)


def _ends(text: str, verbs: Sequence[Verb]) -> list[int]:
    """Return where each verb's clause ends: before the next verb, without the comma and the "and" between."""
    ends = []
    for following in verbs[1:]:
        before = text[: following.start]
        joint = re.search(
            r"[\s,;]*(?:\b(?:and|or|but)\b[\s,]*)?(?:\b(?:in this regard|in this context|in that regard|to this end|in this connection)\b[\s,]*)?$",
            before,
        )
        ends.append(joint.start() if joint else following.start)
    return [*ends, len(text)]


def _item(one: Provision, above: _Asking, asking: AskingVocabulary) -> Iterator[Obligation]:
    """Return what an item asks under the clause above it; titles and clauses that ask nothing give nothing."""
    text = one.text.strip()
    title = text[:1].isupper() and not re.search(r"[;:,.]$|\b(?:and|or)$", text)
    if not text or title or above.kind == "affirms":
        return
    reason = above.unclassified if not above.kind else ""
    if not above.force and not reason:
        reason = "the clause above it has no verb"
    bare = re.sub(r"[;:,.]?\s*(?:\band\b|\bor\b)?\s*[;:,.]?$", "", text)
    yield Obligation(
        one.path or one.key,
        above.addressees,
        above.force,
        bare,
        find_conditions(text, asking),
        reason,
        above.kind,
        one.source_span(0, len(one.text)),
    )


def find_conditions(words: str, asking: AskingVocabulary) -> tuple[str, ...]:
    """Return the phrases that limit what is asked, in the text's own words, in order, each once."""
    found: list[str] = []
    for match in asking.conditions.finditer(words):
        phrase = re.sub(r"\s+(?:to|and|or)$", "", match.group().strip())
        if phrase not in found:
            found.append(phrase)
    return tuple(found)
