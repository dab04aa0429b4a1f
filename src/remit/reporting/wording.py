"""The fixed words of documents."""

from __future__ import annotations

from remit.kernel.wording import Words

UNITED_NATIONS = Words("United Nations", "Nations Unies")
INVENTED = Words(
    "Invented: this document rests on invented records of a demonstration. Nothing in it happened.",
    "Inventé : ce document repose sur les données inventées d’une démonstration. Rien de ce qu’il dit n’a eu lieu.",
)
DRAFT = Words("Draft", "Projet")
DISTRIBUTION = Words("Distr.", "Distr.")
ORIGINAL = Words("Original", "Original")
TABLE = Words("Table {n}", "Tableau {n}")
FIGURE = Words("Figure {n}", "Figure {n}")
PERIOD = Words("Period", "Période")
CUT_OFF = Words("Data known as of", "Données connues au")
WRITTEN = Words("Written", "Rédigé le")
HEAD = Words("Head of the journal", "Tête du journal")
UNANSWERED = Words("Not answered in this draft", "Sans réponse dans ce projet")
UNANSWERED_NOTE = Words(
    "The mandate asks for an answer to these paragraphs, and none is given above: {paths}.",
    "Le mandat demande une réponse à ces paragraphes, et rien n’en est dit plus haut : {paths}.",
)
PROVENANCE = Words("Figures and where they come from", "Les chiffres et leur origine")
PROVENANCE_HEADER = (
    Words("Figure", "Chiffre"),
    Words("Value", "Valeur"),
    Words("Counts", "Compte"),
    Words("Records", "Fiches"),
    Words("Definition", "Définition"),
)
SNAPSHOT = Words("Computed from the snapshot {names}.", "Calculés sur l’instantané {names}.")
WITHHELD_NOTE = Words(
    "[…] stands for a number withheld: too few for this audience, or one from which such a number could be worked out.",
    "[…] remplace un nombre non communiqué : trop petit pour ce public, ou permettant d’en déduire un qui l’est.",
)
LEVELS = {
    "unclassified": Words("", ""),
    "confidential": Words("CONFIDENTIAL", "CONFIDENTIEL"),
    "strictly-confidential": Words("STRICTLY CONFIDENTIAL", "STRICTEMENT CONFIDENTIEL"),
}
INTERNAL_WORD = Words(
    "Internal copy: figure keys and paragraphs of the mandate follow in brackets.",
    "Exemplaire interne : les clés des chiffres et les paragraphes du mandat suivent entre crochets.",
)
INTERNAL = Words(
    "Internal copy: the keys of figures stand beside their paragraphs.",
    "Exemplaire interne : les clés des chiffres accompagnent les paragraphes.",
)
BACK = Words("Back to the text", "Retour au texte")
