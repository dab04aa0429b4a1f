"""Reading official documents: one file to what it says and asks, many files to one JSON or XML each."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from remit.kernel.errors import BadInput
from remit.kernel.issues import Issue, Where
from remit.kernel.machine import said
from remit.kernel.wording import Words
from remit.mandate.akn import Profile, write_akn
from remit.mandate.asked import Asked
from remit.mandate.find import find_asked
from remit.text.document import Document
from remit.text.read import read_document

Shape = Literal["json", "akn", "unxml"]
"""What is made of a reading: the JSON object, AKN4UN by its guidelines, or XML as the United Nations publishes it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document, and what was found that it asks."""

    document: Document
    asked: Asked


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file of several: its reading as JSON, or why there is none.

    Attributes:
        name: the file as it was given.
        reading: the JSON object (docs/reference/reading-json.md), ``None`` where the file was refused.
        xml: the document as XML, "" unless it was asked for.
        issues: the refusal; empty where it was read.
        saved: where it was written, ``None`` where it was not asked for or not read.
    """

    name: str
    reading: dict[str, Any] | None
    issues: tuple[Issue, ...] = ()
    saved: Path | None = None
    xml: str = ""


def read_file(data: bytes, name: str) -> Reading:
    """Read a resolution and find what it asks.

    Raises:
        BadInput: TXT-001 … TXT-010, the file is no resolution that can be read.
    """
    document = read_document(data, name)
    return Reading(document, find_asked(document))


def to_json(reading: Reading, language: str = "en") -> dict[str, Any]:
    """Return a reading as the JSON object that tools are built on (docs/reference/reading-json.md).

    Spans count characters of the source as given, half-open. Messages are in ``language``.
    """
    document, asked = reading.document, reading.asked
    return {
        "symbol": document.symbol,
        "title": document.title,
        "adopted": document.adopted.isoformat() if document.adopted else None,
        "meeting": document.meeting,
        "language": document.language,
        "provisions": [
            {
                "role": one.role,
                "path": one.path,
                "text": one.text,
                "verbs": list(one.verbs),
                "span": list(one.span),
                "key": one.key,
                "parts": [list(part) for part in one.parts],
                "damage": [
                    {"code": d.code, "span": list(d.span), "found": d.found, "read_as": d.read_as} for d in one.damage
                ],
            }
            for one in document.provisions
        ],
        "obligations": [
            {
                "path": one.path,
                "addressees": list(one.addressees),
                "force": one.force,
                "action": one.action,
                "conditions": list(one.conditions),
                "kind": one.kind,
                "unclassified": one.unclassified,
                "span": list(one.span) if one.span else None,
            }
            for one in asked.obligations
        ],
        "clocks": [
            {
                "path": one.path,
                "kind": one.kind,
                "dates": [day.isoformat() for day in one.dates],
                "words": one.words,
                "rule": one.rule,
                "span": list(one.span) if one.span else None,
            }
            for one in asked.clocks
        ],
        "limits": [
            {
                "path": one.path,
                "amount": one.amount,
                "of": one.of,
                "words": one.words,
                "span": list(one.span) if one.span else None,
            }
            for one in asked.limits
        ],
        "citations": [{"path": one.path, "symbol": one.symbol} for one in asked.citations],
        "references": [{"path": one.path, "to": one.to} for one in asked.references],
        "statements": [
            {"path": one.path, "verb": one.verb, "words": one.words} for one in asked.extra.get("statements", ())
        ],
        "problems": [_problem(issue, language) for issue in (*document.problems, *asked.problems)],
    }


def to_akn(reading: Reading, profile: Profile = "akn4un") -> str:
    """Return a reading as Akoma Ntoso XML that reads back to the same provisions and words (docs/reference/reading-xml.md)."""
    return write_akn(reading.document, reading.asked, profile)


def _problem(issue: Issue, language: str) -> dict[str, Any]:
    return {
        "code": issue.code,
        "level": issue.level,
        "path": issue.where.path,
        "message": issue.message.in_(language),
    }


def save_readings(
    files: Sequence[Path],
    out_dir: Path | None = None,
    jobs: int = 1,
    *,
    progress: Callable[[ReadFile], None] | None = None,
    language: str = "en",
    shape: Shape = "json",
) -> tuple[ReadFile, ...]:
    """Read several files, in the order given; a file that is refused is reported and the others are still read.

    Args:
        files: the files, in the order in which they are reported.
        out_dir: where each reading is written under its file's stem, whole or not at all; ``None`` writes nothing.
        jobs: how many processes read at once; with one, this one does.
        progress: told of each file as it is done, in order.
        language: of the messages in the JSON.
        shape: JSON, or XML in one of two profiles.

    Raises:
        BadInput: RDG-001, two files would be written under one name; nothing is read then.
    """
    if out_dir is not None:
        _require_own_names(files, "json" if shape == "json" else "xml")
        out_dir.mkdir(parents=True, exist_ok=True)
    done: list[ReadFile] = []
    with contextlib.ExitStack() as stack:
        tasks = [(file, out_dir, language, shape) for file in files]
        results: Iterator[ReadFile]
        if jobs > 1 and len(files) > 1:
            pool = stack.enter_context(ProcessPoolExecutor(min(jobs, len(files))))
            results = pool.map(_read_one, tasks, chunksize=max(1, min(16, len(files) // (jobs * 4))))
        else:
            results = map(_read_one, tasks)
        for result in results:
            done.append(result)
            if progress is not None:
                progress(result)
    return tuple(done)


def _require_own_names(files: Sequence[Path], ending: str) -> None:
    seen: dict[str, Path] = {}
    for file in files:
        other = seen.setdefault(file.stem, file)
        if other is not file:
            raise BadInput.of(
                "RDG-001",
                f"{other} and {file} would both be written as {file.stem}.{ending}.",
                f"{other} et {file} seraient tous deux écrits sous {file.stem}.{ending}.",
                do_en="Read them into two folders, or rename one.",
                do_fr="Lisez-les dans deux dossiers, ou renommez-en un.",
            )


def _read_one(task: tuple[Path, Path | None, str, Shape]) -> ReadFile:
    file, out_dir, language, shape = task
    try:
        data = file.read_bytes()
    except OSError as error:
        reason = said(error)
        return ReadFile(
            str(file),
            None,
            (
                Issue(
                    "RDG-002",
                    Words(
                        f"The file cannot be opened: {reason.en}.", f"Le fichier ne peut pas être ouvert : {reason.fr}."
                    ),
                    Words("Check the path and the permissions.", "Vérifiez le chemin et les droits."),
                    Where(str(file)),
                ),
            ),
        )
    try:
        found = read_file(data, str(file))
    except BadInput as error:
        return ReadFile(str(file), None, error.issues)
    reading = to_json(found, language)
    xml = "" if shape == "json" else to_akn(found, "unxml" if shape == "unxml" else "akn4un")
    saved = None
    if out_dir is not None:
        saved = out_dir / f"{file.stem}.{'xml' if xml else 'json'}"
        _write_whole(saved, xml or json.dumps(reading, ensure_ascii=False, indent=1) + "\n")
    return ReadFile(str(file), reading, (), saved, xml)


def _write_whole(target: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all: beside it first, then put in its place."""
    handle, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.stem}-", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        Path(beside).chmod(0o644)
        Path(beside).replace(target)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
