"""A document as Akoma Ntoso for the United Nations (AKN4UN), valid against the OASIS schema, version 3.0."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from remit.mandate.asked import Asked, Limit
from remit.mandate.marking import Marked, find_marks
from remit.mandate.tree import Node, grow
from remit.text.document import Document, Provision
from remit.text.furniture import write_day
from remit.text.verbs import find_verbs
from remit.text.vocabulary import Vocabulary, load_vocabulary

Profile = Literal["akn4un", "unxml"]
NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_UNKNOWN_DAY = "0001-01-01"
"""What the United Nations' own files write where a day is not known; the schema asks for one."""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DASHES = ("–", "•")
"""Signs of items without a label: of the first depth, of the next; the reader tells the depths by the sign."""


def write_akn(document: Document, asked: Asked, profile: Profile = "akn4un", today: date | None = None) -> str:
    """Return the document as XML.

    Args:
        document: as read.
        asked: what was found in it; its ceilings are marked as quantities.
        profile: ``akn4un`` with identifiers by the guidelines (``para_20__list_1__point_a``) and references, dates,
            quantities, roles and organizations marked; ``unxml`` as the United Nations publishes: running numbers,
            citations as links, verbs in italics.
        today: the day of the markup; unknown where left out.

    Read back, it gives the same provisions and words.
    """
    writer = _Writer(document, asked, profile)
    body = writer.body()
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<akomaNtoso xmlns="{NAMESPACE}">\n<statement name="resolution">\n{writer.meta(today)}{writer.cover()}{body}</statement>\n</akomaNtoso>\n'
    )


def text_of(words: str) -> str:
    """Return words as XML text; characters that XML cannot hold are replaced by U+FFFD."""
    return escape(_NOT_XML.sub("\ufffd", words))


@dataclass(slots=True)
class _Writer:
    document: Document
    asked: Asked
    profile: Profile
    vocabulary: Vocabulary = field(init=False)
    limits: dict[str, list[Limit]] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    terms: dict[tuple[str, str], str] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.vocabulary = load_vocabulary(self.document.language)
        for limit in self.asked.limits:
            self.limits.setdefault(limit.path, []).append(limit)

    # -- the parts

    def body(self) -> str:
        """Return the preamble and the operative part; a paragraph that could be of either stays where it stands."""
        top = grow(self.document.provisions)
        first = next(
            (index for index, node in enumerate(top) if node.provision.role not in ("pp", "heading")), len(top)
        )
        while first and top[first - 1].provision.role == "heading":
            first -= 1
        for node in top:
            self._name(node, "")
        opening = "".join(self._recital(node) for node in top[:first])
        formula = self._formula()
        preamble = f"<preamble>\n{formula}{opening}</preamble>\n" if formula or opening else ""
        main = "".join(self._block(node) for node in top[first:])
        return f"{preamble}<mainBody>\n{main or '<p/>'}</mainBody>\n"

    def _formula(self) -> str:
        words = "The General Assembly," if self.document.symbol.startswith("A/") else "The Security Council,"
        return f'<formula name="enactingFormula" eId="formula_1"><p><span class="italic">{words}</span></p></formula>\n'

    def _recital(self, node: Node) -> str:
        one = node.provision
        if one.role == "heading":
            return f'<container name="heading" eId="{self.places[one.key]}"><p class="heading">{text_of(one.text)}</p></container>\n'
        name = (one.verbs[0].split()[0] if one.verbs else "recital") or "recital"
        return f'<container name={quoteattr(name)} eId="{self.places[one.key]}"><p>{self._words(one)}</p></container>\n'

    def _block(self, node: Node) -> str:
        one = node.provision
        place = self.places[one.key]
        if one.role == "heading":
            return f'<paragraph eId="{place}" class="H23"><subheading>{text_of(one.text)}</subheading></paragraph>\n'
        return f'<paragraph eId="{place}" class="SingleTxt">{self._mark(one, 0)}{self._inside(node, place, 0)}</paragraph>\n'

    def _inside(self, node: Node, place: str, dashes: int) -> str:
        """Return what stands in a paragraph or item: its words alone, or a list with the words before it."""
        one = node.provision
        words = [f"<p>{self._words(one)}</p>"] if one.text else []
        under = list(node.under)
        while under and under[0].provision.role == "cont":
            words.append(f"<p>{self._words(under.pop(0).provision)}</p>")
        if not under:
            return f'<content eId="{place}__content">{"".join(words) or "<p/>"}</content>'
        name = f"{place}__list_1"
        intro = f'<intro eId="{name}__intro">{"".join(words)}</intro>' if words else ""
        return f'<list eId="{name}">{intro}\n{"".join(self._item(held, dashes) for held in under)}</list>'

    def _item(self, node: Node, dashes: int) -> str:
        one = node.provision
        place = self.places[one.key]
        if one.role == "heading":
            return f'<crossHeading eId="{place}">{text_of(one.text)}</crossHeading>\n'
        if one.role == "cont":
            return (
                f'<alinea eId="{place}"><content eId="{place}__content"><p>{self._words(one)}</p></content></alinea>\n'
            )
        dash = one.path.rpartition(".")[2].startswith("-")
        tag = "indent" if dash and self.profile == "akn4un" else "point"
        inside = self._inside(node, place, dashes + dash)
        return f'<{tag} eId="{place}">{self._mark(one, dashes)}{inside}</{tag}>\n'

    def _mark(self, one: Provision, dashes: int) -> str:
        label = one.path.rpartition(".")[2]
        if one.role == "op":
            return f"<num>{text_of(label)}.</num>"
        if one.role != "sub":
            return ""
        return f"<num>{_DASHES[dashes % 2]}</num>" if label.startswith("-") else f"<num>({text_of(label)})</num>"

    # -- identifiers

    def _name(self, node: Node, above: str) -> None:
        """Give a provision and all under it their identifiers, each once in the document."""
        one = node.provision
        label = one.path.rpartition(".")[2]
        if self.profile == "unxml":
            self.counts["para"] += 1
            name = f"para_{self.counts['para']}" if one.role != "pp" else f"container_{self.counts['para']}"
        elif one.role == "op":
            name = f"para_{label}"
        elif one.role == "sub":
            dash = label.startswith("-")
            name = f"{above}{'indent' if dash else 'point'}_{label[1:] if dash else label}"
        else:
            stem = {"pp": "container", "heading": "crossHeading", "cont": "alinea"}[one.role]
            self.counts[above + stem] += 1
            name = f"{above}{stem}_{self.counts[above + stem]}"
        name = re.sub(r"\s", "_", name)
        self.counts["=" + name] += 1
        if self.counts["=" + name] > 1:
            name = f"{name}-{self.counts['=' + name]}"
        self.places[one.key] = name
        for held in node.under:
            self._name(held, f"{name}__list_1__")

    # -- words

    def _words(self, one: Provision) -> str:
        if self.profile == "unxml":
            return self._published(one)
        marks = find_marks(one.text, self.limits.get(one.path or one.key, ()), self.document.language)
        return self._woven(one.text, [(mark.start, mark.end, *self._tags(mark)) for mark in marks])

    def _published(self, one: Provision) -> str:
        """Return the words as the United Nations publishes them: verbs in italics, citations as links."""
        stretches = [
            (verb.start, verb.end, '<span class="italic">', "</span>")
            for verb in find_verbs(one.text, one.role, self.vocabulary)
        ]
        taken = [(start, end) for start, end, _, _ in stretches]
        for mark in find_marks(one.text, (), self.document.language):
            if mark.kind == "citation" and all(mark.end <= start or mark.start >= end for start, end in taken):
                stretches.append((mark.start, mark.end, f"<a href={quoteattr(_link(mark.value))}>", "</a>"))
        return self._woven(one.text, sorted(stretches))

    @staticmethod
    def _woven(text: str, stretches: Sequence[tuple[int, int, str, str]]) -> str:
        parts, at = [], 0
        for start, end, opening, closing in stretches:
            parts += [text_of(text[at:start]), opening, text_of(text[start:end]), closing]
            at = end
        return "".join([*parts, text_of(text[at:])])

    def _tags(self, mark: Marked) -> tuple[str, str]:
        if mark.kind == "citation":
            return f"<ref href={quoteattr(_uri(mark.value))}>", "</ref>"
        if mark.kind == "reference":
            place = self.places.get(mark.value)
            return (f'<ref href="#{place}">', "</ref>") if place else ("", "")
        if mark.kind == "date":
            return f'<date date="{mark.value}">', "</date>"
        if mark.kind == "quantity":
            name = self._term("concept", _camel(mark.show), mark.show)
            return f'<quantity refersTo="#{name}" normalized="{mark.value}">', "</quantity>"
        name = self._term(mark.kind, mark.value, mark.show)
        return f'<{mark.kind} refersTo="#{name}">', f"</{mark.kind}>"

    def _term(self, kind: str, name: str, show: str) -> str:
        self.terms.setdefault((kind, name), show)
        return name

    # -- what is said of the document

    def cover(self) -> str:
        """Return the cover: symbol, title, meeting and day, as far as they are known."""
        document = self.document
        rows = [f"<p><docNumber>{text_of(document.symbol)}</docNumber></p>"] if document.symbol else []
        if document.title:
            rows.append(f"<p><docTitle>{text_of(document.title)}</docTitle></p>")
        facts: list[str] = []
        if document.meeting is not None:
            told = _ordinal(document.meeting)
            facts.append(f'at its <inline name="adoptionMeeting" title="{told}">{told} meeting</inline>')
        if document.adopted is not None:
            day = write_day(document.adopted)
            facts.append(f'on <docDate date="{document.adopted.isoformat()}" refersTo="#adoptionDate">{day}</docDate>')
        if facts:
            rows.append(f"<p><docTitle>Adopted {', '.join(facts)}</docTitle></p>")
        return f'<coverPage eId="coverPage_1">\n{"".join(rows)}\n</coverPage>\n' if rows else ""

    def meta(self, today: date | None) -> str:
        """Return identification and the ontology of all that is marked; to be called when the body is written."""
        document = self.document
        adopted = document.adopted.isoformat() if document.adopted else _UNKNOWN_DAY
        work = (
            _uri(document.symbol, adopted) if document.symbol else f"/akn/un/statement/deliberation/{adopted}/unknown"
        )
        author = "ga" if document.symbol.startswith("A/") else "sc"
        levels = (
            (
                "FRBRWork",
                f"{work}/!main",
                work,
                f'<FRBRdate date="{adopted}" name="adoption"/>',
                f'<FRBRauthor href="#{author}" as="#author"/><FRBRcountry value="un"/>',
            ),
            (
                "FRBRExpression",
                f"{work}/eng@/!main",
                f"{work}/eng@",
                f'<FRBRdate date="{adopted}" name="publication"/>',
                f'<FRBRauthor href="#{author}" as="#issuer"/><FRBRlanguage language="eng"/>',
            ),
            (
                "FRBRManifestation",
                f"{work}/eng@/!main.xml",
                f"{work}/eng@.xml",
                f'<FRBRdate date="{today.isoformat() if today else _UNKNOWN_DAY}" name="markup"/>',
                '<FRBRauthor href="#source" as="#editor"/>',
            ),
        )
        identification = "".join(
            f"<{tag}><FRBRthis value={quoteattr(this)}/><FRBRuri value={quoteattr(uri)}/>{day}{rest}</{tag}>\n"
            for tag, this, uri, day, rest in levels
        )
        return f'<meta>\n<identification source="#source">\n{identification}</identification>\n<references source="#source">\n{self._ontology()}</references>\n</meta>\n'

    def _ontology(self) -> str:
        fixed = [
            ("TLCOrganization", "source", "organization/remit", "Remit"),
            ("TLCOrganization", "sc", "organization/un/securityCouncil", "Security Council"),
            ("TLCOrganization", "ga", "organization/un/generalAssembly", "General Assembly"),
            ("TLCRole", "author", "role/un/author", "Author"),
            ("TLCRole", "issuer", "role/un/issuer", "Issuer"),
            ("TLCRole", "editor", "role/un/editor", "Editor"),
            ("TLCConcept", "adoptionDate", "concept/un/adoptionDate", "Date of adoption"),
        ]
        tags = {"role": "TLCRole", "organization": "TLCOrganization", "concept": "TLCConcept"}
        named = [(tags[kind], name, f"{kind}/un/{name}", show) for (kind, name), show in sorted(self.terms.items())]
        return "".join(
            f'<{tag} eId="{name}" href={quoteattr(f"/akn/ontology/{href}")} showAs={quoteattr(show)}/>\n'
            for tag, name, href, show in [*fixed, *named]
        )


def _uri(symbol: str, adopted: str = "") -> str:
    """Return the name of an instrument's work; that of another one has its year where the day is not known."""
    if match := re.fullmatch(r"S/RES/(\d+) \((\d{4})\)", symbol):
        return f"/akn/un/statement/deliberation/unsc/{adopted or match[2]}/{match[1]}-{match[2]}"
    organ = "unga" if symbol.startswith("A/") else "unsc"
    return f"/akn/un/statement/deliberation/{organ}/{adopted + '/' if adopted else ''}{re.sub(r'[^A-Za-z0-9.-]+', '-', symbol).strip('-')}"


def _link(symbol: str) -> str:
    return "https://undocs.org/" + symbol.replace(" ", "")


def _camel(words: str) -> str:
    return "of" + "".join(word[0].capitalize() for word in re.finditer(r"[A-Za-z0-9]+", words))


def _ordinal(number: int) -> str:
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}th" if number % 100 in (11, 12, 13) else f"{number}{endings.get(number % 10, 'th')}"
