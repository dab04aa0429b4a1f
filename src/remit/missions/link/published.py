"""Link published figures: the measures that count the same."""

from __future__ import annotations

from collections.abc import Iterator

from remit.kernel.issues import Issue
from remit.missions.link.names import Names
from remit.missions.problems import problem


def linked_published(names: Names) -> Iterator[Issue]:
    """Yield what is wrong with the names that published figures use, and documents that do not say what they are."""
    for read in names.published.values():
        if read.shape is None:
            continue
        declared, source = read.shape, read.source
        if declared.figures and not (declared.document and declared.known_on and declared.seen):
            yield problem(
                "MIS-075",
                source.where("figures"),
                "Figures that others printed name their document, the day on which its data stood, and where they were seen.",
                "Des chiffres publiés par d’autres indiquent leur document, le jour de leurs données et où ils ont été lus.",
                "Add document, known_on and seen.",
                "Ajoutez document, known_on et seen.",
            )
        for key, figure in declared.figures.items():
            yield from names.expect("measure", figure.measure, source, "figures", key, "measure")
        for key, quantity in declared.quantities.items():
            yield from names.expect("measure", quantity.measures, source, "quantities", key, "measures")
