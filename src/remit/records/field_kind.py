"""What every kind of field does, and what they share. A kind is one file in ``records/fields/``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from remit.kernel.errors import BadInput
from remit.kernel.issues import Issue, Where
from remit.kernel.places import Place
from remit.kernel.wording import Words
from remit.records.types import FieldDefinition, Option

ColumnType = Literal["text", "integer", "decimal", "date", "instant", "boolean", "list"]
InputType = Literal[
    "text", "textarea", "number", "date", "datetime", "select", "checkboxes", "hidden", "group", "file", "record"
]
Given = Mapping[str, str | Sequence[str]]
"""What a form sent for one field: by suffix ("" for the field's own input)."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a snapshot table."""

    name: str
    type: ColumnType


@dataclass(frozen=True, slots=True)
class Input:
    """One input of an HTML form.

    Its name is the field's key, then ``.`` and ``name_suffix`` where there is one (``place.lat``). A group names its
    rows and fields after it: ``victims.0.sex``; without repeating, ``victims.sex``. ``inputs`` are those of one row.
    """

    name_suffix: str
    type: InputType
    label: Words
    options: tuple[Option, ...] = ()
    required: bool = False
    help: Words | None = None
    step: str = ""
    min: str = ""
    max: str = ""
    many: bool = False
    to: str = ""
    """For ``record``: the type or list that is referred to."""
    repeats: bool = False
    inputs: tuple[Input, ...] = ()


class Context(Protocol):
    """What reading a value may need of the mission and the moment."""

    def locate(self, place: Place) -> Place:
        """Return the place with its coordinates and areas found (from the gazetteer, the grid reference or the areas)."""
        ...

    @property
    def now(self) -> datetime:
        """The present instant, UTC."""
        ...


@dataclass(frozen=True, slots=True)
class PlainContext:
    """A context that knows no places: they stay as they were given."""

    now: datetime

    def locate(self, place: Place) -> Place:
        """Return the place as it is."""
        return place


class FieldKind:
    """A kind of field. Subclasses give the ``_one`` methods for one value; ``many: true`` is handled here.

    Every method takes JSON values as records hold them; ``read`` takes whatever YAML, a form or a CSV gave.
    """

    key = ""

    def read(self, raw: Any, definition: FieldDefinition, context: Context) -> tuple[Any, tuple[Issue, ...]]:
        """Read a raw value; ``None`` where it is empty or cannot be used, with the issues that say why."""
        if is_empty(raw):
            return None, ()
        if not definition.many:
            if isinstance(raw, list | tuple) and not self.takes_lists(definition):
                return None, (
                    issue(
                        "REC-021",
                        definition.key,
                        Words(
                            f"{len(raw)} values were given; one is expected.",
                            f"{len(raw)} valeurs données ; une seule attendue.",
                        ),
                    ),
                )
            return self.read_one(raw, definition, context)
        values, issues = [], []
        for nth, member in enumerate(raw if isinstance(raw, list | tuple) else [raw]):
            value, found = self.read_one(member, definition, context)
            issues += [at(problem, str(nth)) for problem in found]
            if value is not None and value not in values:
                values.append(value)
        return values or None, tuple(issues)

    def show(self, value: Any, definition: FieldDefinition, language: str) -> str:
        """Return the value in words; "" for none."""
        if value is None:
            return ""
        if definition.many and isinstance(value, list):
            return ", ".join(self.show_one(member, definition, language) for member in value)
        return self.show_one(value, definition, language)

    def schema(self, definition: FieldDefinition) -> dict[str, Any]:
        """Return the JSON Schema of the value."""
        one = self.schema_one(definition)
        if definition.many:
            one = {"type": "array", "items": one, "uniqueItems": True}
        return {"title": definition.label.en, **({"description": definition.help.en} if definition.help else {}), **one}

    def columns(self, definition: FieldDefinition) -> tuple[Column, ...]:
        """Return the columns that the field gives to its table."""
        return (Column(definition.key, "list"),) if definition.many else self.columns_one(definition)

    def cells(self, value: Any, definition: FieldDefinition) -> dict[str, Any]:
        """Return the cells of those columns: text, int, float, date, aware datetime, list or ``None``."""
        if definition.many:
            return {definition.key: [self.cells_one(one, definition)[definition.key] for one in value or ()]}
        if value is None:
            return {column.name: None for column in self.columns_one(definition)}
        return self.cells_one(value, definition)

    def inputs(self, definition: FieldDefinition) -> tuple[Input, ...]:
        """Return the inputs that a form needs."""
        return (Input("", "text", definition.label, (), definition.required, definition.help, many=definition.many),)

    def from_inputs(self, given: Given) -> Any:
        """Return the raw value that a form's inputs make, for :meth:`read`."""
        return given.get("", "")

    def to_inputs(self, value: Any, definition: FieldDefinition) -> dict[str, str | list[str]]:
        """Return what a form shows for a value: the reverse of :meth:`from_inputs`."""
        if definition.many and isinstance(value, list):
            return {"": [str(member) for member in value]}
        return {"": "" if value is None else str(value)}

    def words(self, value: Any, definition: FieldDefinition) -> str:
        """Return the words by which a search finds the value; "" for none."""
        del value, definition
        return ""

    def takes_lists(self, definition: FieldDefinition) -> bool:
        """Return whether one value of the kind is itself a list."""
        del definition
        return False

    def read_one(self, raw: Any, definition: FieldDefinition, context: Context) -> tuple[Any, tuple[Issue, ...]]:
        """Read one value that is not empty."""
        raise NotImplementedError

    def show_one(self, value: Any, definition: FieldDefinition, language: str) -> str:
        """Show one value."""
        del definition, language
        return str(value)

    def schema_one(self, definition: FieldDefinition) -> dict[str, Any]:
        """Return the schema of one value."""
        del definition
        return {"type": "string", "minLength": 1}

    def columns_one(self, definition: FieldDefinition) -> tuple[Column, ...]:
        """Return the columns of one value."""
        return (Column(definition.key, "text"),)

    def cells_one(self, value: Any, definition: FieldDefinition) -> dict[str, Any]:
        """Return the cells of one value."""
        return {definition.key: value}


def is_empty(raw: Any) -> bool:
    """Return whether nothing was given: none, blank text, an empty list or mapping."""
    return (
        raw is None
        or (isinstance(raw, str) and not raw.strip())
        or (isinstance(raw, list | tuple | Mapping) and not raw)
    )


def issue(code: str, key: str, message: Words, remedy: Words | None = None) -> Issue:
    """Return an issue about a field."""
    return Issue(code, message, remedy, Where(path=key))


def from_error(code: str, key: str, error: BadInput) -> Issue:
    """Return the issue about a field that a reading error tells."""
    return Issue(code, error.issues[0].message, error.issues[0].remedy, Where(path=key))


def at(problem: Issue, part: str) -> Issue:
    """Return the issue with a further part of its path (the row of a list, the field of a group)."""
    return Issue(
        problem.code, problem.message, problem.remedy, Where(path=f"{problem.where.path}.{part}"), problem.level
    )


def expected(code: str, definition: FieldDefinition, raw: Any, en: str, fr: str) -> tuple[None, tuple[Issue, ...]]:
    """Return no value, and the issue that says what was found and what was expected."""
    found = repr(raw) if not isinstance(raw, str) else raw
    shown = found if len(found) <= 60 else found[:59] + "…"
    return None, (
        issue(code, definition.key, Words(f"Found “{shown}”; expected {en}.", f"Trouvé « {shown} » ; attendu : {fr}.")),
    )
