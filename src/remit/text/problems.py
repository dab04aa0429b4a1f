"""What is damaged, missing or uncertain in a document, said and never filled in."""

from __future__ import annotations

from collections.abc import Sequence

from remit.kernel.issues import Issue, Level, Where
from remit.kernel.wording import Words
from remit.text.document import Provision
from remit.text.furniture import Masthead
from remit.text.nest import Nested
from remit.text.vocabulary import Vocabulary


def find_problems(
    nested: Sequence[Nested], provisions: Sequence[Provision], masthead: Masthead, vocabulary: Vocabulary
) -> tuple[Issue, ...]:
    """Return the problems in document order: those of the masthead first, then each at the path of its provision."""
    return (*_masthead(masthead), *_places(nested, vocabulary), *_numbers(nested), *_words(provisions))


def _problem(code: str, level: Level, path: str, en: str, fr: str) -> Issue:
    return Issue(code, Words(en, fr), None, Where(path=path), level)


def _masthead(masthead: Masthead) -> list[Issue]:
    found: list[Issue] = []
    if not masthead.symbol:
        found.append(
            _problem(
                "TXT-103",
                "warning",
                "",
                "The document's symbol was not found.",
                "La cote du document n’a pas été trouvée.",
            )
        )
    elif masthead.symbol_from_title:
        found.append(
            _problem(
                "TXT-103",
                "note",
                "",
                f"The furniture has no symbol; {masthead.symbol} was taken from the title.",
                f"Aucune cote dans les en-têtes ; {masthead.symbol} a été pris du titre.",
            )
        )
    if masthead.symbol.startswith("A/RES/"):
        found.append(
            _problem(
                "TXT-111",
                "note",
                "",
                "This is a resolution of the General Assembly: it is read by the rules for the Security Council’s, and recommends.",
                "Il s’agit d’une résolution de l’Assemblée générale : elle est lue selon les règles de celles du Conseil de sécurité, et recommande.",
            )
        )
    if masthead.adopted is None:
        found.append(
            _problem(
                "TXT-104",
                "warning",
                "",
                "The day of adoption was not found; clocks that count from it stay open.",
                "La date d’adoption n’a pas été trouvée ; les échéances qui en dépendent restent ouvertes.",
            )
        )
    if masthead.meeting is None:
        found.append(_problem("TXT-105", "note", "", "The meeting was not found.", "La séance n’a pas été trouvée."))
    return found


def _places(nested: Sequence[Nested], vocabulary: Vocabulary) -> list[Issue]:
    found: list[Issue] = []
    for one in nested:
        piece, role, path = one.numbered.piece, one.numbered.role, one.path
        if role == "op" and (not piece.text or piece.text[:1].islower()) and not vocabulary.operative.match(piece.text):
            found.append(
                _problem(
                    "TXT-101",
                    "warning",
                    path,
                    "The opening words of this paragraph are lost in the source: it begins in the middle of a sentence, without a verb.",
                    "Les premiers mots de ce paragraphe sont perdus dans la source : il commence au milieu d’une phrase, sans verbe.",
                )
            )
        if piece.scattered is not None:
            found.append(
                _problem(
                    "TXT-102",
                    "warning",
                    path,
                    f"The words of this place stand torn apart and out of order in the source (characters {piece.scattered[0]} to {piece.scattered[1]}).",
                    f"Les mots de cet endroit sont dispersés et en désordre dans la source (caractères {piece.scattered[0]} à {piece.scattered[1]}).",
                )
            )
        if one.expected:
            found.append(
                _problem(
                    "TXT-107",
                    "warning",
                    path,
                    f"This item's label does not follow the one before it ({one.expected}).",
                    f"L’intitulé de ce point ne suit pas le précédent ({one.expected}).",
                )
            )
        if "\ufffd" in piece.text:
            found.append(
                _problem(
                    "TXT-110",
                    "warning",
                    path,
                    "Letters are lost here: the source holds replacement characters.",
                    "Des lettres sont perdues ici : la source contient des caractères de remplacement.",
                )
            )
    return found


def _numbers(nested: Sequence[Nested]) -> list[Issue]:
    found: list[Issue] = []
    last = 0
    for one in nested:
        if one.numbered.role != "op":
            continue
        here = int(one.path)
        if here != last + 1:
            found.append(
                _problem(
                    "TXT-106",
                    "warning",
                    one.path,
                    f"Paragraph {here} follows paragraph {last}; {last + 1} was expected.",
                    f"Le paragraphe {here} suit le paragraphe {last} ; {last + 1} était attendu.",
                )
            )
        last = here
    return found


def _words(provisions: Sequence[Provision]) -> list[Issue]:
    found: list[Issue] = []
    for one in provisions:
        if not one.damage:
            continue
        shown = ", ".join(f"“{place.found}”" for place in one.damage[:5]) + (" …" if len(one.damage) > 5 else "")
        found.append(
            _problem(
                "TXT-109",
                "note",
                one.path or one.key,
                f"{len(one.damage)} broken words were mended by evidence here; in the source: {shown}.",
                f"{len(one.damage)} mots brisés ont été réparés ici sur indices ; dans la source : {shown}.",
            )
        )
    return found
