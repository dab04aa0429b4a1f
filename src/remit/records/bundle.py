"""The bundle that one site writes for another: a list, its signature, entries one a line, and files.

A zip archive inside an envelope (``remit.records.envelope``): whoever finds the stick reads nothing, not even names. The list
holds the digests of all the rest and is signed (Ed25519) by the site that wrote it.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from remit.kernel.canonical import canonical, digest_of_bytes
from remit.kernel.errors import BadInput
from remit.records.commitments import open_form
from remit.records.entries import Author, Entry

FORMAT = 1
LIST, SIGNATURE, ENTRIES, FILES = "list.json", "list.sig", "entries.ndjson", "files/"


@dataclass(frozen=True, slots=True)
class BundleList:
    """What a bundle says of itself.

    Attributes:
        format: of the bundle.
        mission: the mission's key.
        sender: the site that wrote it.
        receiver: the site that it is for.
        at: when it was written (ISO, UTC).
        head: the head of the sender's journal then.
        holds: how many entries the sender's journal had.
        taken: how many entries of the receiver's journal, from its beginning, the sender had seen.
        entries: how many entries are in it.
        entries_digest: SHA-256 of their lines.
        files: SHA-256 of the files in it.
    """

    format: int
    mission: str
    sender: str
    receiver: str
    at: str
    head: str
    holds: int
    taken: int
    entries: int
    entries_digest: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parcel:
    """A bundle taken apart: nothing of it is to be believed before ``signed`` was verified with ``signature``."""

    told: BundleList
    signed: bytes
    signature: str
    lines: tuple[bytes, ...]
    files: Mapping[str, bytes]


def entry_line(entry: Entry) -> bytes:
    """Return an entry as one line: all of it but when and from where it came here."""
    return canonical({**open_form(entry), "values": dict(entry.values), "erased": list(entry.erased)})


def read_line(line: bytes, number: int) -> Entry:
    """Return the entry that a line holds.

    Raises:
        BadInput: EXC-029, it holds none.
    """
    try:
        plain = json.loads(line)
        entry = Entry(
            id=_text(plain["id"]), kind=plain["kind"], record=_text(plain["record"]), type=_text(plain["type"]),
            version=int(plain["version"]), at=datetime.fromisoformat(plain["at"]),
            by=Author(*(_text(plain["by"][part]) for part in ("person", "role", "component"))),
            facts=_mapping(plain["facts"]), values=_mapping(plain["values"]),
            erased=tuple(_text(name) for name in plain["erased"]),
        )  # fmt: skip
        if entry.sound:
            return entry
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    raise BadInput.of(
        "EXC-029",
        f"Line {number} of the entries in the bundle is no entry of a journal.",
        f"La ligne {number} des écritures du paquet n’est pas une écriture de journal.",
        do_en="Nothing was taken. Ask the site that wrote it for a new bundle, and tell it this.",
        do_fr="Rien n’a été repris. Demandez un nouveau paquet au site qui l’a écrit, en le lui signalant.",
    )


def pack(told: BundleList, signature: str, lines: Iterable[bytes], files: Mapping[str, bytes]) -> bytes:
    """Return the archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(LIST, list_bytes(told))
        archive.writestr(SIGNATURE, signature)
        archive.writestr(ENTRIES, joined(lines))
        for sha256, data in files.items():
            archive.writestr(f"{FILES}{sha256}", data)
    return made.getvalue()


def joined(lines: Iterable[bytes]) -> bytes:
    """Return lines as the file that holds them."""
    return b"".join(line + b"\n" for line in lines)


def list_bytes(told: BundleList) -> bytes:
    """Return the list as it is signed."""
    return canonical({**asdict(told), "files": list(told.files)})


def unpack(archive: bytes) -> Parcel:
    """Take a bundle apart and hold its parts against its list.

    Raises:
        BadInput: EXC-022 it is damaged; EXC-023 a newer Remit wrote it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            signed = opened.read(LIST)
            told = _list(json.loads(signed))
            signature = opened.read(SIGNATURE).decode("ascii")
            entries = opened.read(ENTRIES)
            files = {sha256: opened.read(f"{FILES}{sha256}") for sha256 in told.files}
    except (
        ValueError,
        KeyError,
        TypeError,
        EOFError,
        OSError,
        RuntimeError,
        NotImplementedError,
        zipfile.BadZipFile,
        zlib.error,
    ):
        raise damaged() from None
    lines = tuple(entries.split(b"\n")[:-1])
    sound = all(digest_of_bytes(data) == sha256 for sha256, data in files.items())
    if not sound or digest_of_bytes(entries) != told.entries_digest or len(lines) != told.entries:
        raise damaged()
    return Parcel(told, signed, signature, lines, files)


def damaged() -> BadInput:
    """Return the error of a bundle that is not what was written: EXC-022."""
    return BadInput.of(
        "EXC-022",
        "The bundle is damaged: what is in it is not what its list says.",
        "Le paquet est endommagé : son contenu n’est pas celui que dit sa liste.",
        do_en="Nothing was taken. Copy it again from where it was written, or have it written anew.",
        do_fr="Rien n’a été repris. Recopiez-le depuis l’endroit où il a été écrit, ou faites-le réécrire.",
    )


def _list(plain: Any) -> BundleList:
    if isinstance(plain, dict) and isinstance(plain.get("format"), int) and plain["format"] > FORMAT:
        raise BadInput.of(
            "EXC-023",
            f"A newer Remit wrote the bundle (format {plain['format']}, this one knows {FORMAT}).",
            f"Un Remit plus récent a écrit le paquet (format {plain['format']}, celui-ci connaît {FORMAT}).",
            do_en="Install the newer Remit here; nothing was taken.",
            do_fr="Installez ici le Remit plus récent ; rien n’a été repris.",
        )
    told = BundleList(**{**plain, "files": tuple(_text(name) for name in plain["files"])})
    datetime.fromisoformat(told.at)
    for name in ("mission", "sender", "receiver", "head", "entries_digest"):
        _text(getattr(told, name))
    if not all(isinstance(getattr(told, name), int) for name in ("holds", "taken", "entries")):
        raise TypeError("a number is wanted")
    return told


def _text(found: Any) -> str:
    if not isinstance(found, str):
        raise TypeError("a text is wanted")
    return found


def _mapping(found: Any) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise TypeError("a mapping is wanted")
    return found
