"""Lists of records: by type with filters and pages, the index of types, and the search over all that may be seen."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from remit.kernel.conditions import All, Compare, Condition
from remit.kernel.errors import Hidden
from remit.kernel.issues import Issue
from remit.kernel.numbers import digits
from remit.kernel.wording import Words, same
from remit.records.actors import Actor
from remit.records.types import ClassificationLevel, RecordType
from remit.services.looking import find, tallied, tallied_facets
from remit.services.showing import Line, line, place_field, strictest
from remit.services.workspace import Workspace

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class TypeCard:
    """A record type as the index shows it: how many records of it the reader may see, and whether he may add one."""

    key: str
    label: Words
    plural: Words
    kind: str
    code: str
    total: int
    may_record: bool
    over: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: how many visible records have it."""

    value: str
    label: Words
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of a list: the name of its parameter and its choices."""

    name: str
    label: Words
    choices: tuple[Choice, ...]

    @property
    def active(self) -> bool:
        """Whether a value is chosen."""
        return any(choice.chosen for choice in self.choices)


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list of one type."""

    card: TypeCard
    columns: tuple[Words, ...]
    lines: tuple[Line, ...]
    filters: tuple[Filter, ...]
    text: str
    total: int
    page: int
    pages: int
    level: ClassificationLevel
    invented: bool

    @property
    def before(self) -> int:
        """The page before."""
        return self.page - 1

    @property
    def after(self) -> int:
        """The page after."""
        return self.page + 1


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What a search found among all that the reader may see: records, paragraphs of the mandate, measures."""

    text: str
    lines: tuple[Line, ...]
    total: int
    provisions: tuple[tuple[str, Words], ...]
    measures: tuple[tuple[str, Words], ...]
    level: ClassificationLevel
    invented: bool


def may_record(actor: Actor, kind: RecordType) -> bool:
    """Return whether the type has a form for this role (the service decides again when it is sent)."""
    return "record" in actor.role.may and not kind.system and not kind.abstract and actor.role.key in kind.record_by


def type_for(workspace: Workspace, key: str) -> RecordType:
    """Return a concrete record type.

    Raises:
        Hidden: there is none.
    """
    kind = workspace.mission.record_types.get(key)
    if kind is None or kind.abstract:
        raise Hidden(
            Issue(
                "REC-404",
                Words(f"There are no records of a kind “{key}”.", f"Il n’y a pas de fiches de type « {key} »."),
            )
        )
    return kind


def types(workspace: Workspace, actor: Actor) -> Sequence[TypeCard]:
    """Return all types that the reader sees records of or may record, with counts of what he may see."""
    totals = tallied(workspace, actor, ("type",))
    cards = [
        card(workspace, actor, kind, totals[(kind.key,)])
        for kind in workspace.mission.record_types.values()
        if not kind.abstract and not kind.system
    ]
    return [one for one in cards if one.total or one.may_record]


def card(workspace: Workspace, actor: Actor, kind: RecordType, total: int | None = None) -> TypeCard:
    """Return a type's card."""
    count = find(workspace, actor, types=[kind.key], limit=0).total if total is None else total
    return TypeCard(kind.key, kind.label, kind.plural, kind.kind, kind.code, count, may_record(actor, kind), kind.over)


def list_page(
    workspace: Workspace,
    actor: Actor,
    type_key: str,
    params: Mapping[str, str],
    language: str,
) -> ListPage:
    """Return one page of a type's records.

    ``params`` are ``q`` (text), ``state``, a choice field's key or an area level (``region``) with the value wanted, and
    ``page`` from 1. Unknown ones are passed over, as links from elsewhere may carry their own.

    Raises:
        Hidden: there is no such type.
    """
    kind = type_for(workspace, type_key)
    filters = _filters(workspace, actor, kind, params)
    text = params.get("q", "").strip()
    wanted = condition_of(workspace, kind, params)
    number = digits(params.get("page", "")) or 1
    found = find(
        workspace, actor, types=[kind.key], text=text, condition=wanted, order="-occurred",
        limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE,
    )  # fmt: skip
    lines = tuple(line(workspace, record, language) for record in found.records)
    return ListPage(
        card=card(workspace, actor, kind, found.total),
        columns=tuple(kind.fields[key].label for key in kind.listed if key in kind.fields),
        lines=lines,
        filters=filters,
        text=text,
        total=found.total,
        page=number,
        pages=max(1, -(-found.total // PAGE_SIZE)),
        level=strictest(lines),
        invented=any(one.invented for one in lines),
    )


def csv_rows(
    workspace: Workspace, actor: Actor, type_key: str, params: Mapping[str, str], language: str
) -> Iterator[str]:
    """Yield the lines of a CSV file of what the list shows (all pages), marked with level and whether invented.

    Raises:
        Hidden: there is no such type.
    """
    kind = type_for(workspace, type_key)
    found = find(
        workspace, actor, types=[kind.key], text=params.get("q", "").strip(),
        condition=condition_of(workspace, kind, params), order="-occurred", limit=None,
    )  # fmt: skip
    yield _csv(["number", "title", "state", "level", "invented", "occurred", "reported", *kind.listed])
    for record in found.records:
        one = line(workspace, record, language)
        state = one.state_label.in_(language) if one.state_label else ""
        yield _csv(
            [
                one.number,
                one.title,
                state,
                one.level,
                "yes" if one.invented else "no",
                one.occurred,
                one.reported,
                *one.cells,
            ]
        )


def search(workspace: Workspace, actor: Actor, text: str, language: str, *, limit: int = 50) -> SearchPage:
    """Search records that the reader may see, the restated mandate and the measures' names."""
    wanted = text.strip()
    if not wanted:
        return SearchPage("", (), 0, (), (), "unclassified", invented=False)
    own = [key for key, kind in workspace.mission.record_types.items() if not kind.abstract and not kind.system]
    found = find(workspace, actor, types=own, text=wanted, order="-occurred", limit=limit)
    lines = tuple(line(workspace, record, language) for record in found.records)
    folded = wanted.casefold()

    def meets(words: Words) -> bool:
        return folded in words.en.casefold() or folded in words.fr.casefold()

    provisions = workspace.mission.instrument.provisions.values()
    return SearchPage(
        text=wanted,
        lines=lines,
        total=found.total,
        provisions=tuple((p.path, p.words) for p in provisions if meets(p.words))[:20],
        measures=tuple((m.key, m.label) for m in workspace.mission.measures.values() if meets(m.label))[:20],
        level=strictest(lines),
        invented=any(one.invented for one in lines),
    )


def _names(workspace: Workspace, kind: RecordType) -> Mapping[str, str]:
    """Map a filter's parameter to the field path it compares."""
    names = {
        key: key for key in kind.fields if kind.fields[key].kind in ("choice", "choices") and kind.fields[key].options
    }
    place = place_field(kind)
    if place and workspace.mission.area_levels:
        names[workspace.mission.area_levels[0]] = f"{place}.{workspace.mission.area_levels[0]}"
    if kind.process:
        names["state"] = "state"
    return names


def condition_of(workspace: Workspace, kind: RecordType, params: Mapping[str, str]) -> Condition | None:
    """Return what a list's filters ask; ``None`` for all."""
    parts: list[Condition] = []
    for name, path in _names(workspace, kind).items():
        if value := params.get(name):
            several = name in kind.fields and (kind.fields[name].kind == "choices" or kind.fields[name].many)
            parts.append(Compare(path, "contains" if several else "equals", value))
    return All(tuple(parts)) if parts else None


def _filters(workspace: Workspace, actor: Actor, kind: RecordType, params: Mapping[str, str]) -> tuple[Filter, ...]:
    names = _names(workspace, kind)
    counts: dict[str, Counter[str]] = {name: Counter() for name in names}
    found = tallied_facets(workspace, actor, types=[kind.key], names=list(names.values()))
    for (_, path, value), count in found.items():
        for name in (name for name in names if names[name] == path):
            counts[name][value] = count
    if "state" in names:
        states = tallied(workspace, actor, ("state",), types=[kind.key])
        counts["state"] = Counter({state: count for (state,), count in states.items() if state})
    made = []
    for name in sorted(names, key=lambda n: (n != "state", n in kind.fields)):
        labels = _labels(workspace, kind, name)
        choices = tuple(
            Choice(value, labels.get(value, same(value)), count, chosen=params.get(name) == value)
            for value, count in sorted(counts[name].items(), key=lambda one: (-one[1], one[0]))
        )
        if choices:
            made.append(Filter(name, _filter_label(kind, name), choices))
    return tuple(made)


def _labels(workspace: Workspace, kind: RecordType, name: str) -> Mapping[str, Words]:
    if name == "state" and kind.process:
        return {key: state.label for key, state in kind.process.states.items()}
    if name in kind.fields:
        return {option.key: option.label for option in kind.fields[name].options}
    return {key: area.label for key, area in workspace.mission.areas.items()}


def _filter_label(kind: RecordType, name: str) -> Words:
    if name == "state":
        return Words("State", "État")
    if name in kind.fields:
        return kind.fields[name].label
    return Words("Region", "Région") if name == "region" else same(name.capitalize())


def _csv(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([_harmless(cell) for cell in cells])
    return out.getvalue()


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from taking a cell for a formula."""
    return (
        f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not cell[1:].replace(".", "").isdigit() else cell
    )
