"""XML to a plain tree of tags and text, for readers of data that know nothing of XML.

Hardened: no entities, no DTD, no network, a bounded size of nesting; a broken file is told with its line.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Node:
    """An element: its tag without namespace, its attributes, its own text, its children, and the line on which it starts."""

    tag: str
    text: str
    attributes: dict[str, str]
    children: tuple[Node, ...]
    line: int

    def all(self, tag: str) -> tuple[Node, ...]:
        """Return the children of a tag."""
        return tuple(child for child in self.children if child.tag == tag)

    def words(self, tag: str) -> str:
        """Return the text of the first child of a tag, or of its VALUE; "" where there is none."""
        for child in self.all(tag):
            if child.text:
                return child.text
            if value := child.words("VALUE"):
                return value
        return ""

    def values(self, tag: str) -> tuple[str, ...]:
        """Return the texts of all children of a tag, each of its VALUE children apart."""
        found = [child.text for child in self.all(tag)]
        found += [value.text for child in self.all(tag) for value in child.all("VALUE")]
        return tuple(text for text in found if text)


def read_xml(data: bytes) -> Node:
    """Read a file.

    Raises:
        ValueError: it is not XML, or nested too deep; the message is the parser's, with the line.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error.msg)) from None
    return _node(root, 0)


def _node(element: etree._Element, depth: int) -> Node:
    if depth > DEEPEST:
        raise ValueError(f"nested deeper than {DEEPEST}")
    children = tuple(_node(child, depth + 1) for child in element if isinstance(child.tag, str))
    tag = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    attributes = {str(key).rpartition("}")[2]: str(value) for key, value in element.attrib.items()}
    line = element.sourceline if isinstance(element.sourceline, int) else 0
    return Node(tag, " ".join((element.text or "").split()), attributes, children, line)
