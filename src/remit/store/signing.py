"""The key that seals blocks: Ed25519, in a file that only its owner reads."""

from __future__ import annotations

from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from remit.kernel.errors import Fault
from remit.store.files import file_failures, write_whole


class Ed25519Signer:
    """Signs with one private key. A key on the same machine proves nothing against whoever holds the machine."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    @classmethod
    def new(cls) -> Ed25519Signer:
        """Return a signer with a new key, kept nowhere."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_file(cls, path: Path) -> Ed25519Signer:
        """Return the signer whose key a file holds (64 hexadecimal characters).

        Raises:
            Fault: WSP-012 it cannot be read; WSP-013 it holds no key.
        """
        with file_failures(path):
            text = path.read_text("ascii", errors="replace").strip()
        try:
            return cls(Ed25519PrivateKey.from_private_bytes(bytes.fromhex(text)))
        except ValueError:
            raise Fault.of(
                "WSP-013",
                f"{path} does not hold a signing key.",
                f"{path} ne contient pas de clé de signature.",
                do_en="Restore the file from the backup of the keys; without it no new block can be sealed.",
                do_fr="Restaurez le fichier depuis la sauvegarde des clés ; sans lui, aucun bloc ne peut être scellé.",
            ) from None

    def to_file(self, path: Path) -> None:
        """Write the key into a file that only its owner reads.

        Raises:
            Fault: WSP-011, WSP-012.
        """
        write_whole(path, self._key.private_bytes_raw().hex().encode() + b"\n", mode=0o600)

    def sign(self, data: bytes) -> str:
        """Return the signature in hexadecimal."""
        return self._key.sign(data).hex()

    def verify(self, data: bytes, signature: str) -> bool:
        """Return whether the signature is this key's."""
        try:
            self._key.public_key().verify(bytes.fromhex(signature), data)
        except (InvalidSignature, ValueError):
            return False
        return True

    @property
    def public_key(self) -> str:
        """The public key in hexadecimal."""
        return self._key.public_key().public_bytes_raw().hex()
