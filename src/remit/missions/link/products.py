"""Link products: figures, breakdowns, placeholders in words, duties answered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from remit.kernel.issues import Issue
from remit.missions.declarations.product import (
    ChartDeclared,
    MapDeclared,
    PartDeclared,
    ProductDeclared,
    RecordsDeclared,
    TableDeclared,
)
from remit.missions.declarations.values import Wording
from remit.missions.link.conditions import linked_condition
from remit.missions.link.fields import scope_of
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
        yield from _clearance(names, declared, source)
        for index, part in enumerate(declared.parts):
            yield from _part(names, declared, part, source, ("parts", index))


CLEARANCE = "product-clearance"
"""The record type whose process a clearance is."""


def _clearance(names: Names, declared: ProductDeclared, source: Source) -> Iterator[Issue]:
    """Yield what is wrong with the steps of clearance: each is a state of the clearance's process, with a field for its day."""
    if not declared.clearance:
        return
    yield from names.expect("type", CLEARANCE, source, "clearance")
    read = names.types.get(CLEARANCE)
    if read is None or read.shape is None or read.shape.process is None:
        return
    states = tuple(name for item in read.shape.process.states for name in item)
    for step in declared.clearance:
        if step not in states:
            yield unknown_name(source.where("clearance", step), "state", step, states, CLEARANCE)
        elif due_field(step) not in read.shape.fields:
            yield unknown_name(
                source.where("clearance", step), "field", due_field(step), tuple(read.shape.fields), CLEARANCE
            )


def due_field(step: str) -> str:
    """Return the field of a clearance that says when a state is to be reached: ``due_mission_cleared``."""
    return f"due_{step.replace('-', '_')}"


def _part(names: Names, product: ProductDeclared, part: PartDeclared, source: Source, at: Steps) -> Iterator[Issue]:
    for kind, section in (("section", part.section), ("annex", part.annex)):
        for index, inner in enumerate(section.parts if section else ()):
            yield from _part(names, product, inner, source, (*at, kind, "parts", index))
    if paragraph := part.paragraph:
        here = (*at, "paragraph")
        yield from names.expect("path", paragraph.answers, source, *here, "answers")
        yield from names.expect("measure", paragraph.when, source, *here, "when")
        yield from _words(names, product, paragraph.words, source, (*here, "words"), notes=len(paragraph.notes))
        yield from _words(names, product, paragraph.otherwise, source, (*here, "otherwise"), notes=len(paragraph.notes))
    if passage := part.passage:
        here = (*at, "passage")
        yield from names.expect("path", passage.answers, source, *here, "answers")
        yield from names.expect("role", passage.by, source, *here, "by")
        yield from _words(names, product, passage.prompt, source, (*here, "prompt"))
    for kind, figures in (("table", part.table), ("chart", part.chart), ("map", part.map)):
        if figures is not None:
            yield from _figures(names, product, figures, source, (*at, kind))
    for kind, listed in (("tasks", part.tasks), ("duties", part.duties)):
        if listed is not None:
            yield from names.expect("path", listed.answers, source, *at, kind, "answers")
    if part.records:
        yield from _records(names, product, part.records, source, (*at, "records"))


def _figures(
    names: Names,
    product: ProductDeclared,
    figures: TableDeclared | ChartDeclared | MapDeclared,
    source: Source,
    at: Steps,
) -> Iterator[Issue]:
    yield from names.expect("path", figures.answers, source, *at, "answers")
    yield from names.expect("measure", figures.figures, source, *at, "figures")
    dimensions = [("by", figures.by)]
    if isinstance(figures, TableDeclared) and figures.across:
        dimensions.append(("across", figures.across))
    for index, key in enumerate(figures.figures):
        yield from _level(names, product, key, source, (*at, "figures", index))
        measure = names.measures.get(key)
        for name, dimension in dimensions:
            if dimension and measure and measure.shape and dimension not in (*PERIODS, *measure.shape.by):
                yield unknown_name(source.where(*at, name), "field", dimension, (*PERIODS, *measure.shape.by), key)
    if isinstance(figures, TableDeclared) and figures.across and (not figures.by or len(figures.figures) > 1):
        yield problem(
            "MIS-073",
            source.where(*at, "across"),
            "A table across two dimensions shows one figure, and its rows need “by”.",
            "Un tableau à deux dimensions montre un seul chiffre, et ses lignes exigent « by ».",
            "Name one figure and the dimension of its rows, or take “across” out.",
            "Nommez un seul chiffre et la dimension de ses lignes, ou retirez « across ».",
        )
    if isinstance(figures, TableDeclared) and figures.total and not figures.by:
        yield problem(
            "MIS-077",
            source.where(*at, "total"),
            "A table that is not broken down has nothing to sum.",
            "Un tableau sans ventilation n’a rien à additionner.",
            "Name the dimension of its rows with “by”, or take “total” out.",
            "Nommez la dimension de ses lignes avec « by », ou retirez « total ».",
        )


def _records(
    names: Names, product: ProductDeclared, listed: RecordsDeclared, source: Source, at: Steps
) -> Iterator[Issue]:
    yield from names.expect("path", listed.answers, source, *at, "answers")
    yield from names.expect("type", listed.of, source, *at, "of")
    read = names.types.get(listed.of)
    if read is None or read.shape is None:
        return
    if LEVELS.index(read.shape.level) > LEVELS.index(product.level) or read.shape.compartment:
        yield problem(
            "MIS-074",
            source.where(*at, "of"),
            f"Records of “{listed.of}” are {read.shape.compartment or read.shape.level}, and the product is only {product.level}.",
            f"Les fiches de « {listed.of} » sont de niveau {read.shape.compartment or read.shape.level}, et le produit "
            f"seulement {product.level}.",
            "Raise the product’s level, or print figures of these records instead: a list would be empty, and seem to say so.",
            "Relevez le niveau du produit, ou imprimez des chiffres : la liste serait vide et semblerait l’affirmer.",
        )
    scope = scope_of(listed.of, read.shape, names.known("area level"))
    yield from linked_condition(names, scope, listed.where, source, *at, "where")
    for index, column in enumerate(listed.columns):
        if column not in scope.fields:
            yield unknown_name(source.where(*at, "columns", index), "field", column, tuple(scope.fields), listed.of)
    if listed.order.removeprefix("-") not in scope.fields:
        yield unknown_name(source.where(*at, "order"), "field", listed.order, tuple(scope.fields), listed.of)


def _words(
    names: Names, product: ProductDeclared, wording: Wording | None, source: Source, at: Steps, *, notes: int = 0
) -> Iterator[Issue]:
    """Yield what is wrong with the places in words; ``notes`` footnotes may be hung in them."""
    if wording is None:
        return
    found: dict[str, list[str]] = {}
    for language, text in (("en", wording.en), ("fr", wording.fr)):
        # Nouns after the key ({figure:KEY|finding|findings}) are words of one language, not names.
        placeholders = [inside.partition("|")[0] for inside in _BRACES.findall(text)]
        found[language] = sorted(placeholders)
        hung = {f"note:{number}" for number in range(1, notes + 1)}
        for placeholder in dict.fromkeys(placeholders):
            if placeholder in hung:
                continue
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
