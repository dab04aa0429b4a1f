"""Files that people send: taken for what they hold, not for what they are called."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

import puremagic

from remit.kernel.errors import BadInput
from remit.records.actors import Actor
from remit.services.looking import see
from remit.services.sight import absent, noted
from remit.services.workspace import Workspace

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_INSIDE = 400 * 1024 * 1024
"""What a packed document may unpack to: one that claims more is made to fill a disk."""

_ALIKE: Mapping[str, tuple[str, ...]] = {
    "pdf": ("pdf",),
    "jpg": ("jpg", "jpeg", "jfif"), "jpeg": ("jpg", "jpeg", "jfif"), "png": ("png",), "gif": ("gif",), "webp": ("webp",),
    "tif": ("tif", "tiff"), "tiff": ("tif", "tiff"), "heic": ("heic", "heif"),
    "mp3": ("mp3",), "wav": ("wav",), "ogg": ("ogg", "oga", "ogv", "opus"), "opus": ("ogg", "oga", "opus"), "amr": ("amr",),
    "m4a": ("m4a", "mp4", "3gp"), "mp4": ("mp4", "m4v", "m4a", "mov", "3gp"), "3gp": ("3gp", "mp4"), "mov": ("mov", "mp4"),
    "webm": ("webm", "mkv"),
}  # fmt: skip
"""Ends of names that are taken, and what their bytes may be called by the library that reads them."""
_PACKED = {
    "docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml",
    "odt": "content.xml", "ods": "content.xml", "odp": "content.xml",
}  # fmt: skip
_TEXT = ("txt", "csv", "tsv", "json", "geojson", "md", "gpx", "kml", "log")
ENDS = tuple(sorted({*_ALIKE, *_PACKED, *_TEXT}))
_ACTIVE = re.compile(
    rb"<\s*(script|html|svg|iframe|object|embed|!doctype\s+html)|<\?php|javascript:|<!entity", re.IGNORECASE
)


def keep_upload(workspace: Workspace, data: bytes, name: str) -> tuple[str, str]:
    """Keep a file that somebody sent; return its SHA-256 and the name it is kept by.

    Raises:
        BadInput: FRM-001 empty or too large; FRM-011 a kind of file that is not taken; FRM-012 it is not what its name says.
    """
    plain = plain_name(name)
    require_content(data, plain)
    return workspace.attachments.keep(data, plain), plain


def open_file(workspace: Workspace, actor: Actor, identifier: str, sha256: str) -> tuple[bytes, str]:
    """Return the bytes and the name of a file that a record holds, where the actor sees the field that names it.

    Raises:
        Hidden: REC-404, no such record or file for this actor; the two look alike.
    """
    found = see(workspace, actor, identifier)
    name = next((one["name"] for one in _attachments(found.values) if one["sha256"] == sha256), None)
    data = workspace.attachments.read(sha256) if name is not None else None
    if name is None or data is None:
        raise absent(sha256)
    noted(workspace, actor, [found.record], "file")
    return data, name


def _attachments(value: Any) -> Iterator[Mapping[str, str]]:
    if isinstance(value, Mapping):
        if set(value) == {"sha256", "name"}:
            yield value
        else:
            for inner in value.values():
                yield from _attachments(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _attachments(inner)


def plain_name(name: str) -> str:
    """Return a file's name without folders and without what no name should hold."""
    last = re.split(r"[/\\]", name)[-1]
    return re.sub(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]", "", last).strip(" .")[-200:] or "file"


def require_content(data: bytes, name: str) -> None:
    """Refuse a file that is not what its name says.

    Raises:
        BadInput: FRM-001, FRM-011, FRM-012.
    """
    if not data or len(data) > LARGEST_FILE:
        raise BadInput.of(
            "FRM-001",
            f"The file “{name}” has {len(data)} bytes; 1 to {LARGEST_FILE} are accepted.",
            f"Le fichier « {name} » a {len(data)} octets ; de 1 à {LARGEST_FILE} sont acceptés.",
            do_en="Choose a smaller file, or cut it into parts.",
            do_fr="Choisissez un fichier plus petit, ou découpez-le.",
        )
    end = name.rpartition(".")[2].casefold()
    if end not in ENDS:
        raise BadInput.of(
            "FRM-011",
            f"Files of the kind of “{name}” are not taken.",
            f"Les fichiers du genre de « {name} » ne sont pas acceptés.",
            do_en=f"Send one of: {', '.join(ENDS)}. Print what is something else to PDF.",
            do_fr=f"Envoyez l’un de : {', '.join(ENDS)}. Imprimez le reste en PDF.",
        )
    fits = _is_text(data) if end in _TEXT else _is_packed(data, end) if end in _PACKED else _is_alike(data, end)
    if not fits:
        raise BadInput.of(
            "FRM-012",
            f"“{name}” does not hold what its name says, or holds something that runs.",
            f"« {name} » ne contient pas ce que dit son nom, ou contient quelque chose qui s’exécute.",
            do_en="Open it, save it anew under the right kind (without macros or scripts), and send that.",
            do_fr="Ouvrez-le, enregistrez-le sous le bon format (sans macros ni scripts), et envoyez celui-ci.",
        )


def _is_alike(data: bytes, end: str) -> bool:
    try:
        found = puremagic.magic_string(data)
    except (puremagic.PureError, ValueError):
        return False
    ends = {match.extension.lstrip(".").casefold() for match in found}
    return bool(ends & set(_ALIKE[end])) and not data.startswith((b"MZ", b"\x7fELF", b"PK", b"#!"))


def _is_packed(data: bytes, end: str) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = [one.filename for one in packed.infolist()]
            size = sum(one.file_size for one in packed.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    if any(name.casefold().endswith(("vbaproject.bin", ".exe", ".dll", ".js")) or "Basic/" in name for name in names):
        return False
    return _PACKED[end] in names and size <= LARGEST_INSIDE


def _is_text(data: bytes) -> bool:
    if b"\x00" in data or _ACTIVE.search(data) or data.startswith(b"#!"):
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return not any(byte < 9 for byte in data)  # an older 8-bit encoding
    return True
