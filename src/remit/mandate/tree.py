"""The provisions of a document as a tree: items under paragraphs, continuations and headings where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from remit.text.document import Provision


@dataclass(slots=True)
class Node:
    """A provision and what stands under it, in document order."""

    provision: Provision
    under: list[Node] = field(default_factory=list)


def grow(provisions: Sequence[Provision]) -> tuple[Node, ...]:
    """Return the top of the tree, in document order.

    An item stands under the paragraph or item that its path names, or, where that is missing, under the nearest one
    above that is there; a continuation under the provision whose path it has. A heading between two items of one
    paragraph stays in that paragraph.
    """
    top: list[Node] = []
    open_nodes: dict[str, Node] = {}
    for index, one in enumerate(provisions):
        node = Node(one)
        if one.role == "heading":
            holder = _holder_of_heading(provisions, index, open_nodes)
        elif one.role in ("sub", "cont") and one.path:
            holder = _nearest(one.path if one.role == "cont" else one.path.rpartition(".")[0], open_nodes)
        else:
            holder = None
        (holder.under if holder is not None else top).append(node)
        if one.role in ("op", "pp") or (one.role == "cont" and not one.path):
            open_nodes = {}
        if one.role in ("op", "sub"):
            open_nodes = {path: held for path, held in open_nodes.items() if one.path.startswith(path + ".")}
            open_nodes[one.path] = node
    return tuple(top)


def _nearest(path: str, open_nodes: dict[str, Node]) -> Node | None:
    while path:
        if path in open_nodes:
            return open_nodes[path]
        path = path.rpartition(".")[0]
    return None


def _holder_of_heading(provisions: Sequence[Provision], index: int, open_nodes: dict[str, Node]) -> Node | None:
    """Return the paragraph inside which a heading stands: the next provision is an item of the open paragraph."""
    following = next((one for one in provisions[index + 1 :] if one.role != "heading"), None)
    if following is None or following.role != "sub":
        return None
    return _nearest(following.path.rpartition(".")[0], open_nodes)
