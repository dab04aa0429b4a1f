"""Read what a field form sent: the XML of one filled form (ODK XForms). Nothing outside it is fetched, nothing is expanded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lxml import etree

from remit.kernel.errors import BadInput

LARGEST = 5 * 1024 * 1024
Answers = dict[str, Any]
"""By question: its text, the answers of a group, or a list of them where it was given more than once."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A filled form: which form and version, its own identity, and the answers."""

    form: str
    version: str
    instance: str
    replaces: str
    answers: Answers


def read_submission(data: bytes) -> Submission:
    """Read a filled form.

    Raises:
        BadInput: FRM-021, it is no XML of a form, or names no form or instance.
    """
    if len(data) > LARGEST or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise _bad("too large, or with declarations of its own")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _bad(str(error)) from None
    answers = _answers(root)
    meta = answers.pop("meta", {})
    found = Submission(
        root.get("id") or etree.QName(root).namespace or "",
        root.get("version") or "",
        str(meta.get("instanceID") or root.get("instanceID") or ""),
        str(meta.get("deprecatedID") or ""),
        answers,
    )
    if not found.form or not found.instance:
        raise _bad("no id of a form, or no meta/instanceID")
    return found


def _answers(parent: Any) -> Answers:
    found: Answers = {}
    for child in parent:
        if not isinstance(child.tag, str):
            continue
        name = etree.QName(child).localname
        value: Any = _answers(child) if len(child) else (child.text or "").strip()
        if name in found:
            found[name] = [*(found[name] if isinstance(found[name], list) else [found[name]]), value]
        else:
            found[name] = value
    return found


def _bad(found: str) -> BadInput:
    return BadInput.of(
        "FRM-021",
        f"This is no filled form: {found}.",
        f"Ceci n’est pas un formulaire rempli : {found}.",
        do_en="Send the XML that a form of this workspace makes, as xml_submission_file.",
        do_fr="Envoyez le XML que produit un formulaire de cet espace de travail, comme xml_submission_file.",
    )
