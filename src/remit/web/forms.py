"""Django forms made from the inputs of a record type: one form, any mission. Whether a value is right is the services' word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django import forms
from django.http import QueryDict

from remit.kernel.issues import Issue
from remit.kernel.wording import Words
from remit.services.form_page import FormField, FormSpec
from remit.services.shapes import Input
from remit.web.wording import say

MOST_ROWS = 50


@dataclass
class Piece:
    """One input as it stands in the page: its bound field, label, help, and whether it must be filled."""

    bound: forms.BoundField
    label: Words
    help: Words | None
    required: bool
    type: str
    errors: list[str] = field(default_factory=list)


@dataclass
class Section:
    """One field of the record: its pieces, or the rows of a group."""

    key: str
    label: Words
    help: Words | None
    required: bool
    sensitive: bool
    pieces: list[Piece] = field(default_factory=list)
    rows: list[list[Piece]] = field(default_factory=list)
    group: bool = False
    repeats: bool = False
    errors: list[str] = field(default_factory=list)

    @property
    def wide(self) -> bool:
        """Whether the field takes the whole width of the form."""
        return (
            self.group
            or len(self.pieces) > 3
            or any(piece.type in ("textarea", "checkboxes", "group") for piece in self.pieces)
        )


class RecordForm(forms.Form):
    """A form whose fields are those of a specification, repeating groups with so many rows as the data holds."""

    def __init__(self, spec: FormSpec, language: str, data: QueryDict | None = None) -> None:
        self.spec = spec
        self.language = language
        self.counts = {part.definition.key: rows_of(spec, part, data) for part in spec.fields if _group(part)}
        super().__init__(data=data, initial=dict(spec.initial), prefix=None)
        for name, given in self._inputs():
            self.fields[name] = _field(given, language)

    def _inputs(self) -> Iterator[tuple[str, Input]]:
        for part in self.spec.fields:
            key = part.definition.key
            for given in part.inputs:
                if given.type == "group":
                    rows: Iterable[str] = (f"{key}.{n}" for n in range(self.counts[key])) if given.repeats else (key,)
                    yield from ((f"{row}.{inner.name_suffix}", inner) for row in rows for inner in given.inputs)
                else:
                    yield _name(key, given), given

    def given(self) -> dict[str, str | list[str]]:
        """Return what was sent, by input name: text, or a list where several may be chosen."""
        sent: dict[str, str | list[str]] = {}
        for name, one in self._inputs():
            if isinstance(self.fields[name], forms.MultipleChoiceField):
                sent[name] = cast(QueryDict, self.data).getlist(name)
            elif one.many:
                sent[name] = [part.strip() for part in self.data.get(name, "").splitlines() if part.strip()]
            else:
                sent[name] = self.data.get(name, "")
        return sent

    def sections(self, issues: Sequence[Issue] = ()) -> list[Section]:
        """Return the fields for the page, each with the problems that its path names."""
        found = []
        for part in self.spec.fields:
            definition, key = part.definition, part.definition.key
            section = Section(
                key, definition.label, definition.help, definition.required, definition.sensitive,
                group=_group(part), repeats=any(one.repeats for one in part.inputs),
            )  # fmt: skip
            for given in part.inputs:
                if given.type != "group":
                    section.pieces.append(self._piece(_name(key, given), given))
                    continue
                rows = [f"{key}.{n}" for n in range(self.counts[key])] if given.repeats else [key]
                section.rows += [[self._piece(f"{row}.{one.name_suffix}", one) for one in given.inputs] for row in rows]
            for issue in issues:
                if issue.where.path.partition(".")[0] == key:
                    _place(section, issue, self.language)
            found.append(section)
        return found

    def _piece(self, name: str, given: Input) -> Piece:
        return Piece(self[name], given.label, given.help, given.required, given.type)


def rows_of(spec: FormSpec, part: FormField, data: QueryDict | None) -> int:
    """Return how many rows of a group the form has: those sent, those of the record, at least one."""
    key = part.definition.key
    names: Iterable[str] = data if data is not None else spec.initial
    numbers = [int(n) for name in names if name.startswith(f"{key}.") and (n := name.split(".")[1]).isdecimal()]
    return min(max(numbers, default=0) + 1, MOST_ROWS)


def with_row_added(data: QueryDict, key: str, count: int) -> QueryDict:
    """Return the data with one more, empty row of a group."""
    changed = data.copy()
    changed[f"{key}.{min(count, MOST_ROWS - 1)}.·"] = ""
    return changed


def with_row_removed(data: QueryDict, row: str) -> QueryDict:
    """Return the data without a row (``victims.2``), those after it moved up."""
    key, _, number = row.rpartition(".")
    changed = QueryDict(mutable=True)
    for name in data:
        start, values = f"{key}.", data.getlist(name)
        rest = name[len(start) :].split(".", 1) if name.startswith(start) else []
        if len(rest) == 2 and rest[0].isdecimal() and number.isdecimal():
            here = int(rest[0])
            if here == int(number):
                continue
            name = f"{key}.{here - 1 if here > int(number) else here}.{rest[1]}"
        changed.setlist(name, values)
    return changed


def _place(section: Section, issue: Issue, language: str) -> None:
    """Put a problem beside the input that its path names, or beside the field."""
    words = issue.message.in_(language) + (f" {issue.remedy.in_(language)}" if issue.remedy else "")
    pieces = [*section.pieces, *(piece for row in section.rows for piece in row)]
    for piece in pieces:
        if issue.where.path == piece.bound.name and section.group:
            piece.errors.append(words)
            return
    section.errors.append(words)


def _group(part: FormField) -> bool:
    return any(given.type == "group" for given in part.inputs)


def _name(key: str, given: Input) -> str:
    return f"{key}.{given.name_suffix}" if given.name_suffix else key


def _field(given: Input, language: str) -> forms.Field:
    label = given.label.in_(language)
    attrs: dict[str, Any] = {"required": True} if given.required and given.type != "checkboxes" else {}
    if given.type in ("select", "checkboxes"):
        choices = [(option.key, option.label.in_(language)) for option in given.options]
        if given.type == "checkboxes":
            several = forms.CheckboxSelectMultiple()
            return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=several)
        return forms.ChoiceField(
            label=label,
            required=False,
            choices=[("", say("form.choose", language)), *choices],
            widget=forms.Select(attrs),
        )
    return forms.CharField(label=label, required=False, strip=True, widget=_widget(given, attrs))


def _widget(given: Input, attrs: Mapping[str, Any]) -> forms.Widget:
    if given.type == "textarea" or given.many:
        return forms.Textarea({**attrs, "rows": 4})
    if given.type == "hidden":
        return forms.HiddenInput()
    if given.type == "file":
        return forms.FileInput(dict(attrs))
    limits = {key: value for key, value in (("step", given.step), ("min", given.min), ("max", given.max)) if value}
    kinds = {"number": "number", "date": "date", "datetime": "datetime-local"}
    widget = forms.TextInput({**attrs, **limits, "autocomplete": "off"})
    widget.input_type = kinds.get(given.type, "text")
    return widget
