"""``group``: fields that belong together; a list of rows where it repeats, else one mapping."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from remit.kernel.issues import Issue, Where
from remit.kernel.nearest import did_you_mean
from remit.kernel.wording import Words
from remit.records.field_kind import Column, Context, FieldKind, Given, Input, expected, is_empty, issue
from remit.records.fields import field_kinds
from remit.records.types import FieldDefinition


class _Sent(dict[str, Any]):
    """What a form sent for a group, by suffix."""


class Group(FieldKind):
    """Rows of fields. Repeated rows have a table of their own: :meth:`row_columns` and :meth:`rows`."""

    key = "group"

    def takes_lists(self, definition: FieldDefinition) -> bool:
        """A group that repeats is a list of rows."""
        return definition.repeats

    def read_one(self, raw: Any, definition: FieldDefinition, context: Context) -> tuple[Any, tuple[Issue, ...]]:
        """Read one mapping, or a list of them; one mapping is one row."""
        if isinstance(raw, _Sent):
            raw = self.raw_rows(raw, definition)
            if is_empty(raw):
                return None, ()
        if not definition.repeats:
            return self._row(raw, definition, context, definition.key)
        given = [raw] if isinstance(raw, Mapping) else raw
        if not isinstance(given, list | tuple):
            return expected("REC-019", definition, raw, "a list of rows", "une liste de lignes")
        rows: list[Any] = []
        issues: list[Issue] = []
        for nth, one in enumerate(given):
            row, found = self._row(one, definition, context, f"{definition.key}.{nth}")
            issues += found
            if row:
                rows.append(row)
        return rows or None, tuple(issues)

    def _row(self, raw: Any, definition: FieldDefinition, context: Context, path: str) -> tuple[Any, tuple[Issue, ...]]:
        if not isinstance(raw, Mapping):
            none, issues = expected("REC-019", definition, raw, "fields and values", "des champs et des valeurs")
            return none, tuple(replace(one, where=Where(path=path)) for one in issues)
        row: dict[str, Any] = {}
        found: list[Issue] = []
        for key in raw:
            if key not in definition.fields:
                message = Words(f"“{key}” is not a field of this group.", f"« {key} » n’est pas un champ de ce groupe.")
                found.append(issue("REC-011", f"{path}.{key}", message, did_you_mean(str(key), definition.fields)))
        for key, inner in definition.fields.items():
            value, issues = field_kinds()[inner.kind].read(raw.get(key), inner, context)
            found += [replace(one, where=Where(path=f"{path}.{one.where.path}")) for one in issues]
            if value is not None:
                row[key] = value
            elif inner.required and not issues:
                found.append(
                    issue(
                        "REC-012",
                        f"{path}.{key}",
                        Words(f"“{inner.label.en}” is missing.", f"« {inner.label.fr} » manque."),
                    )
                )
        return row or None, tuple(found)

    def show_one(self, value: Any, definition: FieldDefinition, language: str) -> str:
        """Show rows parted by semicolons, each field after its label."""
        colon = "\u00a0: " if language == "fr" else ": "
        rows = value if isinstance(value, list) else [value]
        return "; ".join(
            ", ".join(
                f"{inner.label.in_(language)}{colon}{field_kinds()[inner.kind].show(row[key], inner, language)}"
                for key, inner in definition.fields.items()
                if row.get(key) is not None
            )
            for row in rows
        )

    def schema_one(self, definition: FieldDefinition) -> dict[str, Any]:
        """Return the schema of one mapping, or of a list of them."""
        row = {
            "type": "object",
            "properties": {key: field_kinds()[inner.kind].schema(inner) for key, inner in definition.fields.items()},
            "required": [key for key, inner in definition.fields.items() if inner.required],
            "additionalProperties": False,
        }
        return {"type": "array", "items": row} if definition.repeats else row

    def columns_one(self, definition: FieldDefinition) -> tuple[Column, ...]:
        """Return ``<group>_<field>`` for a group that does not repeat; none for one that does."""
        if definition.repeats:
            return ()
        return tuple(column for _, inner, kind in _inside(definition, prefixed=True) for column in kind.columns(inner))

    def cells_one(self, value: Any, definition: FieldDefinition) -> dict[str, Any]:
        """Return those cells."""
        if definition.repeats:
            return {}
        inside = _inside(definition, prefixed=True)
        return {name: cell for key, inner, kind in inside for name, cell in kind.cells(value.get(key), inner).items()}

    def row_columns(self, definition: FieldDefinition) -> tuple[Column, ...]:
        """Return the columns of the table of its rows (after ``record_id`` and ``item``)."""
        return tuple(column for _, inner, kind in _inside(definition) for column in kind.columns(inner))

    def rows(self, value: Any, definition: FieldDefinition) -> list[dict[str, Any]]:
        """Return the cells of each row."""
        return [
            {
                name: cell
                for key, inner, kind in _inside(definition)
                for name, cell in kind.cells(row.get(key), inner).items()
            }
            for row in value or ()
        ]

    def inputs(self, definition: FieldDefinition) -> tuple[Input, ...]:
        """Return one input that holds those of a row, each suffix led by the field's key."""
        inner = tuple(
            replace(one, name_suffix=f"{key}.{one.name_suffix}".rstrip("."))
            for key, field, kind in _inside(definition)
            for one in kind.inputs(field)
        )
        label, hint = definition.label, definition.help
        return (Input("", "group", label, (), definition.required, hint, repeats=definition.repeats, inputs=inner),)

    def from_inputs(self, given: Given) -> Any:
        """Keep the parts by suffix (``0.sex``, ``0.number.qualifier``): :meth:`read` joins them, since it knows the fields."""
        return _Sent(given)

    def raw_rows(self, given: Given, definition: FieldDefinition) -> Any:
        """Return the raw rows that a form sent; blank rows are left out."""
        if not definition.repeats:
            return self._raw_row(given, definition)
        by_row: dict[int, dict[str, Any]] = {}
        for suffix, value in given.items():
            nth, _, rest = suffix.partition(".")
            if nth.isdecimal() and rest:
                by_row.setdefault(int(nth), {})[rest] = value
        rows = [self._raw_row(by_row[nth], definition) for nth in sorted(by_row)]
        return [row for row in rows if row]

    def _raw_row(self, given: Given, definition: FieldDefinition) -> dict[str, Any]:
        row = {}
        for key, inner, kind in _inside(definition):
            own = parts_of(given, key)
            raw = kind.raw_rows(own, inner) if isinstance(kind, Group) else kind.from_inputs(own)
            # A bare qualifier or precision, which every row of a form has chosen, makes no row.
            if not is_empty(raw):
                row[key] = raw
        return row

    def to_inputs(self, value: Any, definition: FieldDefinition) -> dict[str, str | list[str]]:
        """Part rows and fields into suffixes."""
        rows = list(enumerate(value or ())) if definition.repeats else [("", value or {})]
        shown: dict[str, str | list[str]] = {}
        for nth, row in rows:
            for key, inner, kind in _inside(definition):
                for suffix, text in kind.to_inputs(row.get(key), inner).items():
                    shown[".".join(part for part in (str(nth), key, suffix) if part)] = text
        return shown

    def words(self, value: Any, definition: FieldDefinition) -> str:
        """Return the words of its fields that are not sensitive."""
        rows = value if isinstance(value, list) else [value]
        return " ".join(
            kind.words(row[key], inner)
            for row in rows
            for key, inner, kind in _inside(definition)
            if row.get(key) is not None and not inner.sensitive
        )


def _inside(definition: FieldDefinition, *, prefixed: bool = False) -> Iterator[tuple[str, FieldDefinition, FieldKind]]:
    for key, inner in definition.fields.items():
        own = replace(inner, key=f"{definition.key}_{key}") if prefixed else inner
        yield key, own, field_kinds()[inner.kind]


def parts_of(given: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Return what a form sent for one field, by suffix."""
    own = {name[len(key) + 1 :]: value for name, value in given.items() if name.startswith(f"{key}.")}
    return {"": given[key], **own} if key in given else own


KIND = Group()
