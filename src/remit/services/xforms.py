"""Field forms: a record type as an XForm that ODK Collect and others fill, made by pyxform from the declaration."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyxform.xls2xform import convert

from remit.kernel.wording import Words
from remit.records.fields.integer import QUALIFIERS
from remit.records.types import FieldDefinition
from remit.services.field_forms import FieldForm

ENGLISH, FRENCH = "English (en)", "Français (fr)"
_PLAIN = {
    "text": "text", "narrative": "text", "person": "text", "reference": "text", "integer": "integer", "decimal": "decimal",
    "money": "decimal", "date": "date", "instant": "dateTime", "attachment": "image",
}  # fmt: skip
_PLACE_NAME = Words("Name of the place", "Nom du lieu")
_CURRENCY = Words("Currency (three letters)", "Monnaie (trois lettres)")
_HOW_MANY = Words("How many?", "Combien ?")
_LONG = 7
"""With more choices than this a list is folded away until it is opened."""
_EXACT = Words("How exact is the number?", "Quelle précision a ce nombre ?")

Row = dict[str, str]


def xform_of(form: FieldForm, *, language: str = "en", validate: bool = False) -> str:
    """Return the XForm of a form, both languages in it; the reader's comes first.

    With ``validate`` ODK Validate has its say (needs Java); tests ask for it.
    """
    choices: list[Row] = []
    survey = [row for definition in form.fields for row in _rows(definition, definition.key, choices)]
    reported = form.kind.times.get("reported", "")
    for row in survey:
        if row.get("name") == reported and row["type"] in ("dateTime", "date"):
            row["default"] = "now()" if row["type"] == "dateTime" else "today()"
    default = FRENCH if language == "fr" else ENGLISH
    settings = {
        "form_id": form.id,
        "version": form.version,
        "form_title": form.title.in_(language),
        "default_language": default,
        "instance_name": f"concat('{form.kind.code} ', today())",
    }
    sheets = {"survey": survey, "choices": choices, "settings": [settings]}
    made: str = convert(
        xlsform=sheets, validate=validate, form_name="data", default_language=default, warnings=[]
    ).xform
    return made


def _rows(one: FieldDefinition, path: str, choices: list[Row]) -> Iterator[Row]:
    if one.fields:
        if one.repeats:
            yield from _repeated(
                one,
                one.key,
                [row for inner in one.fields.values() for row in _rows(inner, f"{path}_{inner.key}", choices)],
            )
            return
        yield {"type": "begin group", "name": one.key, **_labelled(one.label)}
        for inner in one.fields.values():
            yield from _rows(inner, f"{path}_{inner.key}", choices)
        yield {"type": "end group", "name": one.key}
        return
    about = {
        **_labelled(one.label),
        **(_hinted(one.help) if one.help else {}),
        **({"required": "yes"} if one.required else {}),
    }
    if one.options:
        choices.extend({"list_name": path, "name": option.key, **_labelled(option.label)} for option in one.options)
        several = one.many or one.kind == "choices"
        folded = {"appearance": "minimal"} if len(one.options) > _LONG else {}
        yield {"type": f"select_{'multiple' if several else 'one'} {path}", "name": one.key, **about, **folded}
    elif one.kind == "place":
        yield {"type": "text", "name": f"{one.key}__name", **about, **_labelled(_both(one.label, _PLACE_NAME))}
        yield {"type": "geopoint", "name": one.key, **_labelled(one.label)}
    elif one.many:
        question = {"type": _PLAIN[one.kind], "name": one.key, **_labelled(one.label)}
        yield from _repeated(one, f"{one.key}__each", [question])
    else:
        look = {"appearance": "multiline"} if one.kind == "narrative" else {}
        yield {"type": _PLAIN[one.kind], "name": one.key, **about, **look, **_bounds(one)}
        if one.kind == "money":
            yield {"type": "text", "name": f"{one.key}__currency", **_labelled(_both(one.label, _CURRENCY))}
        if one.kind == "integer" and one.settings.get("approximate"):
            name = f"{path}__qualifier"
            choices.extend({"list_name": name, "name": each.key, **_labelled(each.label)} for each in QUALIFIERS)
            yield {"type": f"select_one {name}", "name": f"{one.key}__qualifier", **_labelled(_both(one.label, _EXACT))}


def _repeated(one: FieldDefinition, name: str, rows: Sequence[Row]) -> Iterator[Row]:
    """Yield a question how many there are, and that many times the rows: where there are none, nothing in them is required."""
    fewest = 1 if one.required else 0
    yield {
        "type": "integer", "name": f"{one.key}__count", **_labelled(_both(one.label, _HOW_MANY)), "default": str(fewest),
        "required": "yes", "constraint": f". >= {fewest} and . <= 50",
    }  # fmt: skip
    yield {"type": "begin repeat", "name": name, "repeat_count": f"${{{one.key}__count}}", **_labelled(one.label)}
    yield from rows
    yield {"type": "end repeat", "name": name}


def _bounds(one: FieldDefinition) -> Row:
    parts = [
        f". {sign} {one.settings[key]}" for key, sign in (("minimum", ">="), ("maximum", "<=")) if key in one.settings
    ]
    return {"constraint": " and ".join(parts)} if parts and one.kind in ("integer", "decimal") else {}


def _labelled(words: Words) -> Row:
    return {f"label::{ENGLISH}": words.en, f"label::{FRENCH}": words.fr}


def _hinted(words: Words) -> Row:
    return {f"hint::{ENGLISH}": words.en, f"hint::{FRENCH}": words.fr}


def _both(first: Words, second: Words) -> Words:
    return Words(
        f"{first.en}: {second.en[:1].lower()}{second.en[1:]}", f"{first.fr} : {second.fr[:1].lower()}{second.fr[1:]}"
    )
