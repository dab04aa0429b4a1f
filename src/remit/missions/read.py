"""Read one YAML file of a mission: plain values, and the line of every key.

Reads: bytes. Writes: :class:`Source`. Scalars are those of YAML 1.2's core schema (``on`` and ``no`` are words, a day
stays text); anchors are understood; tags, several documents, duplicate keys and cycles are refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml._yaml import CParser
from yaml.resolver import BaseResolver

from remit.kernel.issues import Issue, Where
from remit.missions.problems import problem

Steps = tuple[str | int, ...]
"""The way to a value inside a file: keys and positions."""

MOST_VALUES = 2_000_000
"""More values than this in one file are a bomb of anchors, not a declaration."""
DEEPEST = 50
"""No declaration nests further; a parser that recurses would end the process with some that do."""
EXACT = 2**53 - 1
"""JSON carries whole numbers exactly up to here (RFC 8785)."""
_CORE = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a value stands."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Source:
    """The contents of one declaration and where each of its keys stands.

    ``marks`` holds the root, and every value that stands on another line (or in another file) than what contains it.
    """

    file: str
    data: Any
    marks: Mapping[Steps, Mark] = field(default_factory=dict)

    def where(self, *steps: str | int) -> Where:
        """Return the place of a value; that of the nearest thing around it where it has none of its own."""
        for length in range(len(steps), -1, -1):
            if mark := self.marks.get(steps[:length]):
                return Where(mark.file, mark.line, ".".join(str(step) for step in steps))
        return Where(self.file, 1, ".".join(str(step) for step in steps))


class _Parser(CParser, BaseResolver):
    """LibYAML's parser with the scalars of YAML 1.2's core schema."""

    def __init__(self, text: str) -> None:
        CParser.__init__(self, text)
        BaseResolver.__init__(self)

    def resolve(self, kind: type[yaml.Node], value: str, implicit: Any) -> str:
        """Return a node's tag, as the base class does without rules by path: asked for every value of every file."""
        if kind is yaml.ScalarNode:
            for tag, pattern in self.yaml_implicit_resolvers.get(value[:1], ()) if implicit[0] else ():
                if pattern.match(value):
                    return str(tag)
            return f"{_CORE}str"
        return f"{_CORE}seq" if kind is yaml.SequenceNode else f"{_CORE}map"


_Parser.add_implicit_resolver(f"{_CORE}bool", re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z"), list("tTfF"))
_Parser.add_implicit_resolver(
    f"{_CORE}int", re.compile(r"(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)\Z"), list("-+0123456789")
)
_Parser.add_implicit_resolver(
    f"{_CORE}float",
    re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?\Z"),
    list("-+.0123456789"),
)
_Parser.add_implicit_resolver(f"{_CORE}null", re.compile(r"(?:null|Null|NULL|~|)\Z"), ["~", "n", "N", ""])


def read_file(path: Path, name: str) -> tuple[Source | None, tuple[Issue, ...]]:
    """Read a declaration from a file; ``name`` is how messages call it.

    Returns:
        The source, ``None`` where the file cannot be read at all; and what is wrong with it (MIS-002 to MIS-006).
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        said = error.strerror or type(error).__name__
        return None, (
            problem(
                "MIS-002",
                Where(name),
                f"The file cannot be opened: {said}.",
                f"Le fichier ne peut pas être ouvert : {said}.",
                "Check that it exists and that you may read it.",
                "Vérifiez qu’il existe et que vous pouvez le lire.",
            ),
        )
    return read_bytes(data, name)


def read_bytes(data: bytes, name: str) -> tuple[Source | None, tuple[Issue, ...]]:
    """Read a declaration from its bytes (see :func:`read_file`)."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, (_not_text(Where(name, line), f"0x{data[error.start]:02x}"),)
    if control := re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]", text):
        line = text.count("\n", 0, control.start()) + 1
        return None, (_not_text(Where(name, line), f"U+{ord(control[0]):04X}"),)
    try:
        if line := _too_deep(text):
            return None, (_refused(Where(name, line), "nesting that deep", "une imbrication aussi profonde"),)
        node = _compose(text)
    except yaml.MarkedYAMLError as error:
        return None, (_not_yaml(name, error),)
    if node is None:
        return None, (
            problem(
                "MIS-004",
                Where(name, 1),
                "The file is empty.",
                "Le fichier est vide.",
                "Write its declaration, or remove the file.",
                "Écrivez sa déclaration ou supprimez le fichier.",
            ),
        )
    builder = _Builder(name)
    value = builder.build(node, (), 0)
    return Source(name, value, builder.marks), tuple(builder.issues)


def _too_deep(text: str) -> int:
    """Return the line on which the text nests too deeply, 0 where it does not.

    A bound from brackets and indentation is enough for nearly every file; the others are followed event by event.
    """
    depth = deepest = 0
    for bracket in re.findall(r"[\[\]{}]", text):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    indented = max((len(lead) for lead in re.findall(r"^[ ?-]+", text, re.MULTILINE)), default=0)
    if deepest + indented <= DEEPEST:
        return 0
    parser, depth = _Parser(text), 0
    try:
        while (event := parser.get_event()) is not None:
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > DEEPEST:
                    return (event.start_mark.line if event.start_mark else 0) + 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    finally:
        parser.dispose()
    return 0


def _compose(text: str) -> yaml.Node | None:
    parser = _Parser(text)
    try:
        node: yaml.Node | None = parser.get_single_node()
        return node
    finally:
        parser.dispose()


class _Builder:
    """Turns nodes into values, keeping lines and collecting problems."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.marks: dict[Steps, Mark] = {}
        self.issues: list[Issue] = []
        self._inside: set[int] = set()
        self._count = 0

    def build(self, node: yaml.Node, steps: Steps, around: int, line: int = 0) -> Any:
        """Return a node's value. ``line`` is that of its key, ``around`` that of what contains it."""
        line = line or node.start_mark.line + 1
        if line != around:
            self.marks[steps] = Mark(self.name, line)
        self._count += 1
        if id(node) in self._inside or self._count > MOST_VALUES:
            if self._count <= MOST_VALUES + 1:
                self._refuse(steps, line, "an anchor that leads back to itself", "une ancre qui ramène à elle-même")
            return None
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, steps, line)
        self._inside.add(id(node))
        try:
            if isinstance(node, yaml.SequenceNode):
                self._plain_tag(node, "seq", steps, line)
                return [self.build(item, (*steps, index), line) for index, item in enumerate(node.value)]
            self._plain_tag(node, "map", steps, line)
            return self._mapping(node, steps, line)
        finally:
            self._inside.discard(id(node))

    def _mapping(self, node: yaml.Node, steps: Steps, around: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        first: dict[str, int] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self._refuse(steps, line, "a key that is not a word", "une clé qui n’est pas un mot")
                continue
            key = str(key_node.value)
            if key in values:
                self.issues.append(_duplicate(Where(self.name, line, _dotted((*steps, key))), key, first[key]))
                continue
            first[key] = line
            values[key] = self.build(value_node, (*steps, key), around, line)
        return values

    def _scalar(self, node: yaml.ScalarNode, steps: Steps, line: int) -> Any:
        text: str = node.value
        match node.tag.removeprefix(_CORE):
            case "str":
                return text
            case "null":
                return None
            case "bool":
                return text.casefold() == "true"
            case "int" if re.fullmatch(r"[-+]?[0-9]+|0[ox][0-9a-fA-F]+", text):
                number = int(text, 0) if text[:2] in ("0o", "0x") else int(text) if len(text) < 20 else EXACT + 1
                if abs(number) > EXACT:
                    self._refuse(steps, line, "a number that large", "un nombre aussi grand")
                return number
            case "float" if re.fullmatch(r"[-+.0-9eE]+", text):
                return float(text)
        self._refuse(steps, line, f"the tag {node.tag}", f"l’étiquette {node.tag}")
        return text

    def _plain_tag(self, node: yaml.Node, expected: str, steps: Steps, line: int) -> None:
        if node.tag != _CORE + expected:
            self._refuse(steps, line, f"the tag {node.tag}", f"l’étiquette {node.tag}")

    def _refuse(self, steps: Steps, line: int, en: str, fr: str) -> None:
        self.issues.append(_refused(Where(self.name, line, _dotted(steps)), en, fr))


def _dotted(steps: Steps) -> str:
    return ".".join(str(step) for step in steps)


def _not_text(where: Where, found: str) -> Issue:
    return problem(
        "MIS-002",
        where,
        f"The file is not UTF-8 text: it holds {found}.",
        f"Le fichier n’est pas un texte UTF-8 : il contient {found}.",
        "Save it as UTF-8 text, or remove it if it is not a declaration.",
        "Enregistrez-le en UTF-8, ou retirez-le s’il n’est pas une déclaration.",
    )


def _not_yaml(name: str, error: yaml.MarkedYAMLError) -> Issue:
    mark = error.problem_mark or error.context_mark
    said = " ".join(part for part in (error.context, error.problem) if part)
    return problem(
        "MIS-003",
        Where(name, mark.line + 1 if mark else 1),
        f"The file is not valid YAML: {said}.",
        f"Le fichier n’est pas du YAML valide : {said}.",
        "Look at this line and the one before it: indentation, a missing colon, an open bracket or quote.",
        "Regardez cette ligne et la précédente : retrait, deux-points manquants, crochet ou guillemet ouvert.",
    )


def _duplicate(where: Where, key: str, first: int) -> Issue:
    return problem(
        "MIS-005",
        where,
        f"The key “{key}” stands here a second time; the first is on line {first}.",
        f"La clé « {key} » figure ici une seconde fois ; la première est à la ligne {first}.",
        "Keep one of them.",
        "N’en gardez qu’une.",
    )


def _refused(where: Where, en: str, fr: str) -> Issue:
    return problem(
        "MIS-006",
        where,
        f"A declaration may not hold {en}.",
        f"Une déclaration ne peut pas contenir {fr}.",
        "Write plain mappings, lists, words and numbers.",
        "Écrivez de simples objets, listes, mots et nombres.",
    )
