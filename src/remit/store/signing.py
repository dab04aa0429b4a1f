"""The key that seals blocks, in a file that only its owner reads."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from remit.kernel.errors import Fault
from remit.records.signing import PRIVATE_KEY_BYTES, Ed25519Signer
from remit.store.files import file_failures, write_whole


def write_signing_key(path: Path, private: bytes) -> None:
    """Write a private key into a file that only its owner reads, as hexadecimal characters.

    Raises:
        Fault: WSP-011, WSP-012.
    """
    write_whole(path, private.hex().encode() + b"\n", mode=0o600)


def second_factor_key(path: Path) -> bytes:
    """Return the key that encrypts the secrets of second factors (a Fernet key), derived from the signing key's file.

    Raises:
        Fault: WSP-012.
    """
    with file_failures(path):
        private = path.read_bytes().strip()
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"remit second factor 1").derive(private)
    return urlsafe_b64encode(derived)


def read_signer(path: Path) -> Ed25519Signer:
    """Return the signer whose private key a file holds.

    Raises:
        Fault: WSP-012 it cannot be read; WSP-013 it holds no key.
    """
    with file_failures(path):
        text = path.read_text("ascii", errors="replace").strip()
    try:
        private = bytes.fromhex(text)
    except ValueError:
        private = b""
    if len(private) != PRIVATE_KEY_BYTES:
        raise Fault.of(
            "WSP-013",
            f"{path} does not hold a signing key.",
            f"{path} ne contient pas de clé de signature.",
            do_en="Restore the file from the backup of the keys; without it no new block can be sealed.",
            do_fr="Restaurez le fichier depuis la sauvegarde des clés ; sans lui, aucun bloc ne peut être scellé.",
        )
    return Ed25519Signer(private)
