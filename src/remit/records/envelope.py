"""Envelopes that one workspace alone can open: age (age-encryption.org/v1) to its Ed25519 key, by the library pyrage."""

from __future__ import annotations

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat


def close_envelope(data: bytes, public_key: str) -> bytes:
    """Encrypt for the holder of a key.

    Args:
        data: what goes in.
        public_key: the Ed25519 public key, in hexadecimal.

    Raises:
        ValueError: that is no public key.
    """
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
    written = key.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()
    return bytes(pyrage.encrypt(data, [pyrage.ssh.Recipient.from_str(written)]))


def open_envelope(data: bytes, private: Ed25519PrivateKey) -> bytes | None:
    """Decrypt; ``None`` where the envelope is for another key, damaged or none at all."""
    written = private.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
    try:
        return bytes(pyrage.decrypt(data, [pyrage.ssh.Identity.from_buffer(written)]))
    except pyrage.DecryptError:
        return None
