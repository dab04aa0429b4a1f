"""The consolidated list of the Security Council: who stands on it, under which names, born when and where.

Read from the XML that the Security Council publishes; the form has changed over the years (spelling of types, places of
values), and both forms of it are read. An entry that cannot be used is an issue with its line, and the others are returned.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from remit.kernel.canonical import digest
from remit.kernel.errors import BadInput
from remit.kernel.issues import Issue
from remit.kernel.wording import Words
from remit.records.providers.row import left_out, not_such
from remit.text.xml_tree import Node, read_xml

WHAT = Words("consolidated list", "fichier de la Liste récapitulative")
GIVE = Words(
    "the XML of the Security Council's consolidated list", "le XML de la Liste récapitulative du Conseil de sécurité"
)
ABOUT_YEARS = 2
"""How far an approximate year of birth may be off."""


@dataclass(frozen=True, slots=True)
class ListedName:
    """A name of an entry: its quality as the list states it (``name``, ``Good``, ``Low``, ``a.k.a.``, ``f.k.a.``, ``script``)."""

    text: str
    quality: str


@dataclass(frozen=True, slots=True)
class Birth:
    """When somebody was born, as the list gives it: a day, or years from and to; ``about`` where the list says so."""

    first: int
    last: int
    on: str = ""
    about: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry. ``digest`` covers what it says (:data:`CONTENTS`): when it changes, a decision about it is asked again."""

    reference: str
    data_id: str
    kind: str
    regime: str
    names: tuple[ListedName, ...]
    births: tuple[Birth, ...]
    birth_places: tuple[str, ...]
    nationalities: tuple[str, ...]
    documents: tuple[str, ...]
    listed_on: str
    updated: str
    comments: str
    digest: str

    @property
    def title(self) -> str:
        """The name under which it is listed."""
        return self.names[0].text if self.names else self.reference


@dataclass(frozen=True, slots=True)
class ConsolidatedList:
    """One date of the list."""

    on: date
    entries: Mapping[str, Listed]
    """By permanent reference number (``QDi.001``)."""

    def count(self, kind: str) -> int:
        """Return how many entries are of a kind (``person``, ``unit``)."""
        return sum(1 for entry in self.entries.values() if entry.kind == kind)


def read_consolidated(data: bytes, name: str) -> tuple[ConsolidatedList, Sequence[Issue]]:
    """Read one date of the list.

    Raises:
        BadInput: IMP-002, it is not such a file.
    """
    try:
        root = read_xml(data)
    except ValueError as error:
        raise not_such(WHAT, GIVE, name, f"it is no XML ({error})", f"ce n’est pas du XML ({error})") from None
    sections = {kind: [one for part in root.all(tag) for one in part.children] for kind, tag in
                (("person", "INDIVIDUALS"), ("unit", "ENTITIES"))}  # fmt: skip
    if root.tag != "CONSOLIDATED_LIST" or not any(sections.values()):
        raise not_such(
            WHAT,
            GIVE,
            name,
            f"its root is {root.tag} or it has no entries",
            f"sa racine est {root.tag} ou il n’a pas d’entrées",
        )
    try:
        on = date.fromisoformat(root.attributes.get("dateGenerated", "")[:10])
    except ValueError:
        raise not_such(WHAT, GIVE, name, "it does not say its date", "il ne dit pas sa date") from None
    entries: dict[str, Listed] = {}
    issues: list[Issue] = []
    for kind, nodes in sections.items():
        for node in nodes:
            entry = _entry(node, kind)
            if not entry.reference or not entry.names:
                issues.append(left_out("IMP-013", "it has no reference number or no name",
                                       "elle n’a pas de numéro de référence ou pas de nom", node.line, name))  # fmt: skip
            elif entry.reference in entries:
                issues.append(left_out("IMP-016", f"{entry.reference} stands twice", f"{entry.reference} figure deux fois",
                                       node.line, name))  # fmt: skip
            else:
                entries[entry.reference] = entry
    if not entries:
        raise BadInput(issues)
    return ConsolidatedList(on, entries), issues


_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")


def _entry(node: Node, kind: str) -> Listed:
    prefix = "INDIVIDUAL" if kind == "person" else "ENTITY"
    names = [ListedName(" ".join(part for tag in _PARTS if (part := node.words(tag))), "name")]
    names += [ListedName(script, "script") for script in node.values("NAME_ORIGINAL_SCRIPT")]
    for alias in node.all(f"{prefix}_ALIAS"):
        for text in re.split(r"[;\n]", alias.words("ALIAS_NAME")):
            names.append(ListedName(" ".join(text.split()), alias.words("QUALITY") or "a.k.a."))
    births = [birth for one in node.all(f"{prefix}_DATE_OF_BIRTH") if (birth := _birth(one))]
    places = [", ".join(part for tag in ("CITY", "STATE_PROVINCE", "COUNTRY") if (part := one.words(tag)))
              for one in node.all(f"{prefix}_PLACE_OF_BIRTH")]  # fmt: skip
    documents = [number for one in node.all(f"{prefix}_DOCUMENT") if (number := one.words("NUMBER"))]
    seen: dict[str, ListedName] = {}
    for one in names:
        if one.text:
            seen.setdefault(one.text.casefold(), one)
    facts = {
        "reference": node.words("REFERENCE_NUMBER"),
        "data_id": node.words("DATAID"),
        "kind": kind,
        "regime": node.words("UN_LIST_TYPE"),
        "names": tuple(seen.values()),
        "births": tuple(dict.fromkeys(births)),
        "birth_places": tuple(dict.fromkeys(place for place in places if place)),
        "nationalities": tuple(dict.fromkeys(node.values("NATIONALITY"))),
        "documents": tuple(dict.fromkeys(documents)),
        "listed_on": node.words("LISTED_ON")[:10],
        "updated": max(node.values("LAST_DAY_UPDATED"), default="")[:10],
        "comments": node.words("COMMENTS1"),
    }
    made = Listed(**facts, digest="")  # type: ignore[arg-type]
    return Listed(**facts, digest=digest(_contents(made)))  # type: ignore[arg-type]


CONTENTS = ("names", "births", "birth_places", "nationalities", "documents", "regime", "comments")
"""What of an entry may change in a way that a person should look at."""


def _contents(entry: Listed) -> dict[str, list[str]]:
    """Return what an entry says, without order, case and marks: a list that is only printed otherwise did not change."""
    whole = asdict(entry)
    return {key: sorted(_plain(one) for one in (whole[key] if not isinstance(whole[key], str) else [whole[key]]))
            for key in CONTENTS}  # fmt: skip


def _plain(value: object) -> str:
    text = " ".join(str(part) for part in value.values()) if isinstance(value, dict) else str(value)
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def _birth(node: Node) -> Birth | None:
    about = node.words("TYPE_OF_DATE").casefold() == "approximately"
    if found := re.match(r"(\d{4})-(\d{2})-(\d{2})", node.words("DATE")):
        year = int(found[1])
        return Birth(year, year, "" if about else found[0], about)
    years = [int(text) for tag in ("FROM_YEAR", "TO_YEAR", "YEAR") if (text := node.words(tag)[:4]).isdigit()]
    return Birth(min(years), max(years), "", about) if years else None


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed between two dates of the list: references added, removed, and changed, these with what of them."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: Mapping[str, tuple[str, ...]]


def compare_lists(earlier: ConsolidatedList, later: ConsolidatedList) -> Difference:
    """Compare two dates of the list by reference number."""
    old, new = earlier.entries, later.entries
    return Difference(
        tuple(sorted(new.keys() - old.keys())),
        tuple(sorted(old.keys() - new.keys())),
        {
            key: _differing(old[key], new[key])
            for key in sorted(new.keys() & old.keys())
            if new[key].digest != old[key].digest
        },
    )


def _differing(one: Listed, other: Listed) -> tuple[str, ...]:
    first, second = _contents(one), _contents(other)
    return tuple(key for key in CONTENTS if first[key] != second[key])
