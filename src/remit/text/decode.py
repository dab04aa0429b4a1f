"""Step 1: the bytes of a text file to characters, or a refusal that says what was given instead."""

from __future__ import annotations

import codecs
import re

from remit.kernel.errors import BadInput, RemitError
from remit.kernel.issues import Where

LARGEST = 20_000_000
"""Bytes; the longest resolution has some 200,000."""

_BINARY = (
    (b"\xd0\xcf\x11\xe0", "TXT-003", "an old Word file (.doc)", "un ancien fichier Word (.doc)"),
    (b"{\\rtf", "TXT-003", "an RTF file", "un fichier RTF"),
    (b"\x89PNG", "TXT-004", "an image", "une image"),
    (b"\xff\xd8\xff", "TXT-004", "an image", "une image"),
    (b"GIF8", "TXT-004", "an image", "une image"),
    (b"II*\x00", "TXT-004", "a scanned image", "une image numérisée"),
    (b"MM\x00*", "TXT-004", "a scanned image", "une image numérisée"),
    (b"\x1f\x8b", "TXT-004", "a compressed file", "un fichier compressé"),
)
_DO_EN = "Give the resolution as PDF, Word (.docx), text (UTF-8) or the official Akoma Ntoso XML."
_DO_FR = "Donnez la résolution en PDF, Word (.docx), texte (UTF-8) ou dans le XML Akoma Ntoso officiel."


def refuse(code: str, en: str, fr: str, name: str, *, do_en: str = _DO_EN, do_fr: str = _DO_FR) -> RemitError:
    """Return the refusal of a file, with what was found, what was expected and what to do."""
    return BadInput.of(code, en, fr, do_en=do_en, do_fr=do_fr, where=Where(name))


def require_size(data: bytes, name: str) -> None:
    """Refuse a file that holds nothing, or more than a resolution ever does.

    Raises:
        BadInput: TXT-001 empty, TXT-010 too large.
    """
    if not data.strip():
        raise refuse(
            "TXT-001",
            "The file is empty; expected a resolution.",
            "Le fichier est vide ; une résolution est attendue.",
            name,
        )
    if len(data) > LARGEST:
        raise refuse(
            "TXT-010",
            f"The file has {len(data):,} bytes; a resolution never has more than {LARGEST:,}.",
            f"Le fichier compte {len(data):,} octets ; une résolution n’en a jamais plus de {LARGEST:,}.",
            name,
        )


_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def decode(data: bytes, name: str) -> str:
    """Return the file's characters, as given (line ends too; a byte order mark is not one of them).

    Raises:
        BadInput: TXT-003 an old word processor's file, TXT-004 other binary, TXT-005 bytes that are not UTF-8 (nor
            UTF-16 with its mark). Nothing is guessed: another encoding would
            change letters without anybody noticing.
    """
    for mark, code, en, fr in _BINARY:
        if data.lstrip()[: len(mark)] == mark:
            raise refuse(
                code,
                f"This is {en}; expected the words of a resolution.",
                f"C’est {fr} ; le texte d’une résolution est attendu.",
                name,
            )
    encoding = "utf-8"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif data.startswith(codecs.BOM_UTF8):
        encoding = "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise refuse(
            "TXT-005",
            f"Byte {error.start:,} (0x{data[error.start]:02x}) is not valid {encoding.upper()}; expected text in UTF-8.",
            f"L’octet {error.start:,} (0x{data[error.start]:02x}) n’est pas de l’{encoding.upper()} valide ; un texte UTF-8 est attendu.",
            name,
            do_en="Save the text as UTF-8 and read it again; no other encoding is guessed.",
            do_fr="Enregistrez le texte en UTF-8 et relisez-le ; aucun autre codage n’est deviné.",
        ) from None
    odd = len(_CONTROL.findall(text))
    if odd > len(text) // 100:
        raise refuse(
            "TXT-004",
            f"The file holds {odd:,} control characters among {len(text):,}: it is binary; expected the words of a resolution.",
            f"Le fichier contient {odd:,} caractères de contrôle sur {len(text):,} : il est binaire ; le texte d’une résolution est attendu.",
            name,
        )
    return text
