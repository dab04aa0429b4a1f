"""The signature on a block (Ed25519, RFC 8032)."""

from __future__ import annotations

from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from remit.kernel.errors import BadInput
from remit.records.envelope import open_envelope

PRIVATE_KEY_BYTES = 32


class Signer(Protocol):
    """The key that seals blocks."""

    def sign(self, data: bytes) -> str:
        """Return the signature in hexadecimal."""
        ...

    def verify(self, data: bytes, signature: str) -> bool:
        """Return whether the signature is this key's."""
        ...

    def open(self, envelope: bytes) -> bytes | None:
        """Return what an envelope for this key holds; ``None`` where it is not for it, damaged or none."""
        ...

    @property
    def public_key(self) -> str:
        """The public key in hexadecimal."""
        ...


class Ed25519Signer:
    """A signer that holds its private key: 32 bytes of chance."""

    def __init__(self, private: bytes) -> None:
        """Take a private key.

        Raises:
            BadInput: SEA-031, it does not have 32 bytes.
        """
        if len(private) != PRIVATE_KEY_BYTES:
            raise BadInput.of(
                "SEA-031",
                f"The sealing key has {len(private)} bytes; it must have {PRIVATE_KEY_BYTES}.",
                f"La clé de scellement a {len(private)} octets ; il en faut {PRIVATE_KEY_BYTES}.",
                do_en="Restore the key from its own backup.",
                do_fr="Rétablissez la clé depuis sa propre sauvegarde.",
            )
        self._key = Ed25519PrivateKey.from_private_bytes(private)

    def sign(self, data: bytes) -> str:
        """Return the signature in hexadecimal."""
        return self._key.sign(data).hex()

    def verify(self, data: bytes, signature: str) -> bool:
        """Return whether the signature is this key's."""
        return verify_signature(self.public_key, data, signature)

    def open(self, envelope: bytes) -> bytes | None:
        """Return what an envelope for this key holds; ``None`` where it is not for it, damaged or none."""
        return open_envelope(envelope, self._key)

    @property
    def public_key(self) -> str:
        """The public key in hexadecimal."""
        return self._key.public_key().public_bytes_raw().hex()


def verify_signature(public_key: str, data: bytes, signature: str) -> bool:
    """Return whether a signature (hexadecimal) over data is that of a public key (hexadecimal); malformed ones are not."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(bytes.fromhex(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True


def is_public_key(text: str) -> bool:
    """Return whether a text is an Ed25519 public key in hexadecimal."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(text))
    except ValueError:
        return False
    return True
