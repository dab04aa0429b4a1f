"""From a document to what it asks: obligations, clocks, limits, citations, references, and what stayed open."""

from __future__ import annotations

from remit.mandate.asked import Asked
from remit.mandate.citations import find_citations
from remit.mandate.clocks import find_clocks
from remit.mandate.limits import find_limits
from remit.mandate.obligations import find_obligations
from remit.mandate.references import find_references
from remit.mandate.vocabulary import AskingVocabulary, load_asking_vocabulary
from remit.text.document import Document
from remit.text.vocabulary import Vocabulary, load_vocabulary


def find_asked(
    document: Document, vocabulary: Vocabulary | None = None, asking: AskingVocabulary | None = None
) -> Asked:
    """Return all that a document asks.

    Args:
        document: the document as read.
        vocabulary: the verbs; those of the document's language where left out.
        asking: addressees, conditions, quantities; likewise.

    Returns:
        Asked; ``extra["statements"]`` holds the clauses that ask nothing. Nothing is guessed: what no rule resolves is
        kept, and ``problems`` says why (MAN-101 a time without a day, MAN-103 a paragraph that is not there, MAN-104 a
        citation whose year is another one's).
    """
    vocabulary = vocabulary or load_vocabulary(document.language)
    asking = asking or load_asking_vocabulary(document.language)
    obligations, statements = find_obligations(document, vocabulary, asking)
    clocks, open_clocks = find_clocks(document, asking)
    citations, odd_citations = find_citations(document, asking)
    references, open_references = find_references(document)
    return Asked(
        obligations=obligations,
        clocks=clocks,
        limits=find_limits(document, asking),
        citations=citations,
        references=references,
        problems=(*open_clocks, *open_references, *odd_citations),
        extra={"statements": statements},
    )
