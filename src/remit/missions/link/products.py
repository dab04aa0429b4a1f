"""Link products: figures, breakdowns, placeholders in words, duties answered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from remit.kernel.issues import Issue
from remit.missions.declarations.product import PartDeclared, ProductDeclared
from remit.missions.declarations.values import Wording
from remit.missions.link.measures import PERIODS
from remit.missions.link.names import Names
from remit.missions.problems import problem, unknown_name
from remit.missions.read import Source, Steps
from remit.records.types import LEVELS

OF_A_MEASURE = ("figure", "previous", "limit", "change")
ALONE = ("period", "as_of")
_BRACES = re.compile(r"\{([^{}]*)\}?")


def linked_products(names: Names) -> Iterator[Issue]:
    """Yield what is wrong with the names that products use."""
    for read in names.products.values():
        if read.shape is None:
            continue
        declared, source = read.shape, read.source
        yield from names.expect("path", declared.answers, source, "answers")
        yield from names.expect("path", declared.must_answer, source, "must_answer")
        yield from names.expect("audience", declared.audiences, source, "audiences")
        yield from names.expect("role", declared.record_by, source, "record_by")
        for index, part in enumerate(declared.parts):
            yield from _part(names, declared, part, source, ("parts", index))


def _part(names: Names, product: ProductDeclared, part: PartDeclared, source: Source, at: Steps) -> Iterator[Issue]:
    if part.section:
        for index, inner in enumerate(part.section.parts):
            yield from _part(names, product, inner, source, (*at, "section", "parts", index))
    if paragraph := part.paragraph:
        here = (*at, "paragraph")
        yield from names.expect("path", paragraph.answers, source, *here, "answers")
        yield from names.expect("measure", paragraph.when, source, *here, "when")
        yield from _words(names, product, paragraph.words, source, (*here, "words"))
        yield from _words(names, product, paragraph.otherwise, source, (*here, "otherwise"))
    for kind, figures in (("table", part.table), ("chart", part.chart)):
        if figures is None:
            continue
        here = (*at, kind)
        yield from names.expect("path", figures.answers, source, *here, "answers")
        yield from names.expect("measure", figures.figures, source, *here, "figures")
        for index, key in enumerate(figures.figures):
            yield from _level(names, product, key, source, (*here, "figures", index))
            measure = names.measures.get(key)
            if figures.by and measure and measure.shape and figures.by not in (*PERIODS, *measure.shape.by):
                yield unknown_name(source.where(*here, "by"), "field", figures.by, (*PERIODS, *measure.shape.by), key)


def _words(
    names: Names, product: ProductDeclared, wording: Wording | None, source: Source, at: Steps
) -> Iterator[Issue]:
    if wording is None:
        return
    found: dict[str, list[str]] = {}
    for language, text in (("en", wording.en), ("fr", wording.fr)):
        # Nouns after the key ({figure:KEY|finding|findings}) are words of one language, not names.
        placeholders = [inside.partition("|")[0] for inside in _BRACES.findall(text)]
        found[language] = sorted(placeholders)
        for placeholder in dict.fromkeys(placeholders):
            yield from _placeholder(names, product, placeholder, source, (*at, language))
    if set(found["en"]) != set(found["fr"]):
        missing = ", ".join(sorted(set(found["en"]) ^ set(found["fr"])))
        yield problem(
            "MIS-059",
            source.where(*at),
            f"English and French do not hold the same figures: {missing}.",
            f"L’anglais et le français n’ont pas les mêmes chiffres : {missing}.",
            "Write the placeholder in both.",
            "Écrivez l’emplacement dans les deux.",
            level="warning",
        )


def _placeholder(
    names: Names, product: ProductDeclared, placeholder: str, source: Source, at: Steps
) -> Iterator[Issue]:
    what, colon, key = placeholder.partition(":")
    if placeholder in ALONE:
        return
    if not colon or what not in OF_A_MEASURE:
        known = (*(f"{{{name}}}" for name in ALONE), *(f"{{{name}:KEY}}" for name in OF_A_MEASURE))
        shown = f"{{{placeholder}}}"
        for name in (*ALONE, *OF_A_MEASURE):
            if what == name:
                known = (f"{{{name}:KEY}}",)
        yield unknown_name(source.where(*at), "placeholder", shown, known)
        return
    if key not in names.known("measure"):
        yield from names.expect("measure", key, source, *at)
        return
    yield from _level(names, product, key, source, at)
    measure = names.measures.get(key)
    if what == "limit" and measure and measure.shape and not measure.shape.limit:
        yield problem(
            "MIS-047",
            source.where(*at),
            f"The measure “{key}” is held against no limit.",
            f"La mesure « {key} » n’est rapportée à aucun plafond.",
            "Give the measure a limit (16/military), or take the placeholder out.",
            "Donnez un plafond à la mesure (16/military) ou retirez l’emplacement.",
        )


def _level(names: Names, product: ProductDeclared, key: str, source: Source, at: Steps) -> Iterator[Issue]:
    measure = names.measures.get(key)
    if measure is None or measure.shape is None:
        return
    if LEVELS.index(measure.shape.level) > LEVELS.index(product.level):
        yield problem(
            "MIS-058",
            source.where(*at),
            f"The measure “{key}” is {measure.shape.level}, and the product only {product.level}.",
            f"La mesure « {key} » est de niveau {measure.shape.level}, et le produit seulement {product.level}.",
            "Raise the product’s level to that of its strictest figure, or leave the figure out.",
            "Relevez le niveau du produit à celui de son chiffre le plus protégé, ou retirez le chiffre.",
        )
