"""Hold a source against its shape: every key that is unknown, missing or of another kind, each with file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from remit.kernel.issues import Issue, Where
from remit.kernel.nearest import nearest
from remit.missions.problems import problem, suggestion, unknown_key
from remit.missions.read import Source

Shape = TypeVar("Shape", bound=BaseModel)

_EXPECTED: dict[str, tuple[str, str]] = {
    "string_type": ("a text", "un texte"),
    "int_type": ("a whole number", "un nombre entier"),
    "int_from_float": ("a whole number", "un nombre entier"),
    "float_type": ("a number", "un nombre"),
    "bool_type": ("true or false", "true ou false"),
    "list_type": ("a list", "une liste"),
    "tuple_type": ("a list", "une liste"),
    "dict_type": ("a mapping of keys", "un objet à clés"),
    "model_type": ("a mapping of keys", "un objet à clés"),
    "model_attributes_type": ("a mapping of keys", "un objet à clés"),
    "date_type": ("a day such as 2017-06-29", "un jour tel que 2017-06-29"),
    "is_instance_of": ("a period such as 2017-06-29/2017-09-29", "une période telle que 2017-06-29/2017-09-29"),
    "dataclass_type": ("a period such as 2017-06-29/2017-09-29", "une période telle que 2017-06-29/2017-09-29"),
    "dataclass_exact_type": ("a period such as 2017-06-29/2017-09-29", "une période telle que 2017-06-29/2017-09-29"),
}


def shaped(model: type[Shape], source: Source) -> tuple[Shape | None, tuple[Issue, ...]]:
    """Return the declaration in its shape, ``None`` where it does not fit, and why (MIS-011 to MIS-016, KER-011 to 013)."""
    try:
        return model.model_validate(source.data), ()
    except ValidationError as error:
        details = error.errors(include_url=False)
    misspelt = dict(_misspelt(model, details))
    issues: dict[Issue, None] = {}
    for detail in details:
        steps = _steps(detail["loc"], source.data)
        if detail["type"] == "extra_forbidden":
            issues[unknown_key(source.where(*steps), str(detail["loc"][-1]), _keys_at(model, detail["loc"][:-1]))] = (
                None
            )
        elif detail["type"] == "missing" and detail["loc"] in misspelt:
            continue
        else:
            issues[_issue(source.where(*steps), detail)] = None
    return None, tuple(issues)


def _misspelt(model: type[BaseModel], details: list[Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the missing keys that stand there misspelt: one problem is enough for both."""
    for detail in details:
        if detail["type"] == "extra_forbidden":
            *around, found = detail["loc"]
            if near := nearest(str(found), _keys_at(model, tuple(around))):
                yield (*around, near), str(found)


def _steps(loc: tuple[str | int, ...], data: Any) -> tuple[str | int, ...]:
    """Return as much of pydantic's location as the file itself has (plus the key that is missing, if one is)."""
    steps: list[str | int] = []
    for step in loc:
        if step == "[key]":
            break
        steps.append(step)
        if isinstance(data, Mapping) and step in data:
            data = data[str(step)]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            if not isinstance(data, Mapping):
                steps.pop()
            break
    return tuple(steps)


def _keys_at(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """Return the keys that a mapping at a location may have."""
    at: Any = model
    for step in loc:
        at = _inner(at, step)
    at = _bare(at)
    if isinstance(at, type) and issubclass(at, BaseModel):
        return [field.alias or name for name, field in at.model_fields.items()]
    return []


def _inner(annotation: Any, step: str | int) -> Any:
    at = _bare(annotation)
    if isinstance(at, type) and issubclass(at, BaseModel):
        for name, field in at.model_fields.items():
            if step == (field.alias or name):
                return field.annotation
        return None
    arguments = get_args(at)
    return arguments[-1] if arguments else None


def _bare(annotation: Any) -> Any:
    """Strip ``Annotated`` and ``| None``."""
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation = get_args(annotation)[0]
        elif origin in (Union, UnionType):
            annotation = next(part for part in get_args(annotation) if part is not type(None))
        else:
            return annotation


def _issue(where: Where, detail: Any) -> Issue:
    kind, found, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind == "remit":
        return problem(context["code"], where, context["en"], context["fr"], context["do_en"], context["do_fr"])
    shown = _shown(found)
    if kind == "missing":
        key = detail["loc"][-1]
        return problem(
            "MIS-012", where, f"The key “{key}” is missing.", f"La clé « {key} » manque.", "Add it.", "Ajoutez-la."
        )
    if kind == "literal_error":
        do_en, do_fr = suggestion(str(found), context["expected"].replace(" or ", ", ").replace("'", "").split(", "))
        return problem(
            "MIS-014",
            where,
            f"“{shown}” is not one of the values allowed here.",
            f"« {shown} » n’est pas une des valeurs admises ici.",
            do_en.replace("Declared", "Allowed"),
            do_fr.replace("Déclarés", "Admis"),
        )
    if kind in _EXPECTED:
        en, fr = _EXPECTED[kind]
        return problem("MIS-013", where, f"Found {shown}; expected {en}.", f"Trouvé : {shown} ; attendu : {fr}.")
    if kind == "string_pattern_mismatch":
        return problem(
            "MIS-015",
            where,
            f"“{shown}” has not the form expected here.",
            f"« {shown} » n’a pas la forme attendue ici.",
            f"It must match {context['pattern']}.",
            f"Cela doit correspondre à {context['pattern']}.",
        )
    if kind in ("too_short", "too_long", "string_too_short"):
        return problem(
            "MIS-015",
            where,
            f"Found {shown}, which is too {'long' if kind == 'too_long' else 'short'}.",
            f"Trouvé : {shown}, trop {'long' if kind == 'too_long' else 'court'}.",
        )
    return problem(
        "MIS-015", where, f"Found {shown}: {detail['msg']}.", f"Trouvé : {shown}. Valeur non admise ici ({kind})."
    )


def _shown(value: Any) -> str:
    text = "nothing (null)" if value is None else str(value)
    return text if len(text) <= 60 else text[:57] + "…"
