"""From a file to a document: source → drop furniture → join lines → mend words → segment → number → nest → verbs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from remit.text.akn import read_akn
from remit.text.decode import refuse
from remit.text.document import Document, Provision
from remit.text.furniture import Masthead, drop_furniture
from remit.text.join import join_lines
from remit.text.language import require_language
from remit.text.lines import split_lines
from remit.text.mend import mend_words
from remit.text.nest import Nested, nest
from remit.text.number import number
from remit.text.problems import find_problems
from remit.text.segment import segment
from remit.text.source import read_source
from remit.text.verbs import find_verbs
from remit.text.vocabulary import Vocabulary, load_vocabulary


def read_document(data: bytes, name: str, vocabulary: Vocabulary | None = None) -> Document:
    """Read a resolution from a PDF with its text, a Word file, extracted text (UTF-8) or the official Akoma Ntoso XML.

    Args:
        data: the file's bytes.
        name: the file's name, for messages.
        vocabulary: the words of the document's language; English where it is left out.

    Returns:
        The document; every provision's span points into ``source``. Damage is reported in ``problems`` and at the
        provision, never filled in.

    Raises:
        BadInput: TXT-001 … TXT-013, the file cannot be read as a resolution (docs/reference/reading-json.md).
    """
    vocabulary = vocabulary or load_vocabulary("en")
    source = read_source(data, name)
    require_language(source, vocabulary, name)
    if source.lstrip().startswith("<"):
        masthead, pieces = read_akn(source, name)
    else:
        masthead, lines = drop_furniture(split_lines(source), vocabulary)
        pieces = segment(mend_words(join_lines(lines, vocabulary), vocabulary), vocabulary)
    nested = nest(number(pieces, vocabulary))
    provisions = _provisions(nested, vocabulary)
    _require_resolution(provisions, masthead, vocabulary, source, name)
    return Document(
        symbol=masthead.symbol,
        title=masthead.title,
        adopted=masthead.adopted,
        meeting=masthead.meeting,
        language=vocabulary.language,
        source=source,
        provisions=provisions,
        problems=find_problems(nested, provisions, masthead, vocabulary),
    )


def _provisions(nested: Sequence[Nested], vocabulary: Vocabulary) -> tuple[Provision, ...]:
    """Return the provisions with their keys, each unique in the document."""
    counts: dict[str, int] = {}
    keys: set[str] = set()
    found: list[Provision] = []
    for one in nested:
        piece, role = one.numbered.piece, one.numbered.role
        if not piece.text and role not in ("op", "sub"):
            continue
        if role in ("pp", "heading") or not one.path:
            stem = {"pp": "pp", "heading": "h"}.get(role, "p")
            counts[stem] = counts.get(stem, 0) + 1
            key = f"{stem}.{counts[stem]}"
        elif role == "cont":
            counts[one.path] = counts.get(one.path, 0) + 1
            key = f"{one.path}~{counts[one.path]}"
        else:
            key = one.path
        again = 2
        plain = key
        while key in keys:
            key, again = f"{plain}+{again}", again + 1
        keys.add(key)
        verbs = tuple(verb.phrase for verb in find_verbs(piece.text, role, vocabulary))
        found.append(
            Provision(
                role,
                one.path,
                key,
                piece.text,
                verbs,
                piece.whole.span,
                piece.damage,
                piece.whole.parts(),
                piece.strand.runs,
            )
        )
    return tuple(found)


def _require_resolution(
    provisions: Sequence[Provision], masthead: Masthead, vocabulary: Vocabulary, source: str, name: str
) -> None:
    """Refuse a text that is no resolution: no paragraph that speaks as one, or nothing that says what it is."""
    speaking = [one for one in provisions if one.role in ("op", "cont") and vocabulary.starts_operative(one.text)]
    preamble = [one for one in provisions if one.role == "pp" and vocabulary.starts_preambular(one.text)]
    numbered = [one for one in provisions if one.role == "op"]
    said = masthead.formula or bool(masthead.symbol) or bool(masthead.title)
    if (speaking and (said or preamble or len(speaking) > 1)) or (said and (preamble or numbered)):
        return
    beginning = re.sub(r"\s+", " ", source.strip())[:60]
    raise refuse(
        "TXT-006",
        f"The text begins “{beginning}…” and holds no paragraph of a resolution "
        f"({len(speaking)} operative, {len(preamble)} preambular found).",
        f"Le texte commence par « {beginning}… » et ne contient aucun paragraphe de résolution "
        f"({len(speaking)} de dispositif, {len(preamble)} de préambule trouvés).",
        name,
        do_en="Give the whole resolution, with “The Security Council,” and its paragraphs; summaries and speeches are not read.",
        do_fr="Donnez la résolution entière, avec « The Security Council, » et ses paragraphes ; résumés et discours ne sont pas lus.",
    )
