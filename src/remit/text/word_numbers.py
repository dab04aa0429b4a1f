"""The numbers that Word prints before list paragraphs and does not keep in their text (ECMA-376, part 1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from remit.text.marks import write_roman


@dataclass(slots=True)
class ListLevel:
    """How one level of a list counts: ``format`` decimal, lowerLetter …; ``text`` ``(%1)``; ``start`` its first number."""

    format: str = "decimal"
    text: str = ""
    start: int = 1


Lists = Mapping[str, Mapping[int, ListLevel]]


@dataclass(slots=True)
class Numbering:
    """Counts the lists of a document as Word does.

    Attributes:
        lists: the levels of each list, by its number.
        styles: list and level that a paragraph style brings.
    """

    lists: Lists
    styles: Mapping[str, tuple[str, int]]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def mark(self, list_id: str | None, level: str, style: str) -> str:
        """Return the mark before the next paragraph of a list, "" where it has none."""
        depth = int(level) if level.isdigit() else 0
        if list_id is None:
            list_id, depth = self.styles.get(style, ("0", 0))
        levels = self.lists.get(list_id)
        if levels is None or depth not in levels:
            return ""
        counts = self.counts.setdefault(list_id, {})
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        if levels[depth].format == "bullet":
            return "•"
        return re.sub(r"%(\d)", lambda match: self._number(levels, counts, int(match[1]) - 1), levels[depth].text)

    @staticmethod
    def _number(levels: Mapping[int, ListLevel], counts: Mapping[int, int], depth: int) -> str:
        level = levels.get(depth, ListLevel())
        value = counts.get(depth, level.start)
        if level.format in ("lowerLetter", "upperLetter"):
            letter = chr(96 + (value - 1) % 26 + 1) * ((value - 1) // 26 + 1)
            return letter if level.format == "lowerLetter" else letter.upper()
        if level.format in ("lowerRoman", "upperRoman"):
            return write_roman(value) if level.format == "lowerRoman" else write_roman(value).upper()
        return "" if level.format == "none" else str(value)


def _walk(part: bytes, start: Callable[[str, str, dict[str, str]], None]) -> None:
    """Call ``start`` with each element's name, its ``val`` and its attributes, all without prefixes."""
    parser = expat.ParserCreate()

    def element(tag: str, attributes: dict[str, str]) -> None:
        bare = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        start(tag.rpartition(":")[2], bare.get("val", ""), bare)

    parser.StartElementHandler = element
    parser.Parse(part, True)


def read_numbering(part: bytes) -> Lists:
    """Return the levels of each list in ``word/numbering.xml``."""
    abstract: dict[str, dict[int, ListLevel]] = {}
    lists: dict[str, dict[int, ListLevel]] = {}
    at: dict[str, str] = {"abstract": "", "list": "", "level": ""}

    def start(tag: str, value: str, attributes: dict[str, str]) -> None:
        if tag == "abstractNum":
            at.update(abstract=attributes.get("abstractNumId", ""), list="")
            abstract[at["abstract"]] = {}
        elif tag == "num":
            at["list"] = attributes.get("numId", "")
        elif tag == "abstractNumId" and at["list"]:
            lists[at["list"]] = {
                depth: ListLevel(one.format, one.text, one.start) for depth, one in abstract.get(value, {}).items()
            }
        elif tag in ("lvl", "lvlOverride"):
            at["level"] = attributes.get("ilvl", "0")
            levels = lists.setdefault(at["list"], {}) if at["list"] else abstract.setdefault(at["abstract"], {})
            levels.setdefault(int(at["level"]), ListLevel())
        elif tag in ("start", "startOverride", "numFmt", "lvlText") and at["level"]:
            level = (lists.get(at["list"], {}) if at["list"] else abstract.get(at["abstract"], {})).get(
                int(at["level"]), ListLevel()
            )
            if tag == "numFmt":
                level.format = value
            elif tag == "lvlText":
                level.text = value
            elif value.isdigit():
                level.start = int(value)

    _walk(part, start)
    return lists


def read_style_numbers(part: bytes) -> Mapping[str, tuple[str, int]]:
    """Return the list and level that each paragraph style in ``word/styles.xml`` brings."""
    found: dict[str, tuple[str, int]] = {}
    at = {"style": ""}

    def start(tag: str, value: str, attributes: dict[str, str]) -> None:
        if tag == "style":
            at["style"] = attributes.get("styleId", "")
        elif tag == "numId" and at["style"]:
            found[at["style"]] = (value, found.get(at["style"], ("", 0))[1])
        elif tag == "ilvl" and at["style"] and value.isdigit():
            found[at["style"]] = (found.get(at["style"], ("0", 0))[0], int(value))

    _walk(part, start)
    return found
