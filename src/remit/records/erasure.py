"""Values that can be destroyed: encrypted with a key per record (AES-256-GCM); destroying the key destroys them for good.

One blob an entry holds all its values with their salts. To destroy all of a record's values, its key is destroyed. To
destroy some, the others are encrypted anew under the record's next key and the former key is destroyed: the old bytes
that may still lie in free pages, logs and backups can then not be read. Order of work for a store: make the next key,
write the new blobs, commit, destroy the former key. A machine that stops in between loses nothing.
"""

from __future__ import annotations

import json
from typing import Any, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from remit.kernel.canonical import canonical
from remit.kernel.errors import Fault
from remit.kernel.identity import Chance
from remit.records.commitments import Opened

KEY_BYTES = 32
_NONCE_BYTES = 12


class KeyStore(Protocol):
    """Where keys lie, apart from the database. Names are made by :func:`key_name`."""

    def get(self, name: str) -> bytes | None:
        """Return a key of 32 bytes, ``None`` where there is none (never made, or destroyed)."""
        ...

    def make(self, name: str) -> bytes:
        """Make and keep a key of 32 bytes; return the one that stands where there is one."""
        ...

    def destroy(self, name: str) -> None:
        """Destroy a key for good; an unknown one is passed over."""
        ...


class MemoryKeys:
    """Keys in memory, for tests and worked examples."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._keys: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        """Return a key, ``None`` where there is none."""
        return self._keys.get(name)

    def make(self, name: str) -> bytes:
        """Make a key; return the one that stands where there is one."""
        return self._keys.setdefault(name, self._chance(KEY_BYTES))

    def destroy(self, name: str) -> None:
        """Destroy a key."""
        self._keys.pop(name, None)


def key_name(record: str, generation: int = 1) -> str:
    """Return the name of a record's key; each partial erasure begins the next generation."""
    return f"{record}#{generation}"


def lock(opened: Opened, key: bytes, entry: str, chance: Chance) -> bytes:
    """Encrypt the values of one entry: 12 bytes of nonce, then the ciphertext, bound to the entry's identifier."""
    return lock_bytes(
        canonical({name: [salt.hex(), value] for name, (salt, value) in opened.items()}), key, entry, chance
    )


def lock_bytes(plain: bytes, key: bytes, bound: str, chance: Chance) -> bytes:
    """Encrypt bytes, bound to the name of what they belong to: 12 bytes of nonce, then the ciphertext."""
    nonce = chance(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound.encode())


def unlock_bytes(blob: bytes, key: bytes, bound: str) -> bytes | None:
    """Decrypt bytes; ``None`` where they were changed, belong to something else, or the key is another's."""
    try:
        return AESGCM(key).decrypt(bytes(blob[:_NONCE_BYTES]), bytes(blob[_NONCE_BYTES:]), bound.encode())
    except (InvalidTag, ValueError):
        return None


def unlock(blob: bytes, key: bytes, entry: str) -> dict[str, tuple[bytes, Any]]:
    """Decrypt the values of one entry.

    Raises:
        Fault: ERA-011, the bytes were changed, belong to another entry, or the key is another record's.
    """
    plain = unlock_bytes(blob, key, entry)
    if plain is None:
        raise Fault.of(
            "ERA-011",
            f"The values of entry {entry} cannot be decrypted: they were changed, or the key is not theirs.",
            f"Les valeurs de l’entrée {entry} ne peuvent être déchiffrées : elles ont été modifiées ou la clé n’est pas la leur.",
            do_en="Restore the keys that belong to this workspace, then run remit verify.",
            do_fr="Rétablissez les clés de cet espace de travail, puis lancez remit verify.",
        )
    return {name: (bytes.fromhex(salt), value) for name, (salt, value) in json.loads(plain).items()}


def key_is_gone(record: str) -> Fault:
    """Return the fault of a key that is missing though nothing was redacted: ERA-012."""
    return Fault.of(
        "ERA-012",
        f"The key of record {record} is missing though its values were not redacted.",
        f"La clé de la fiche {record} manque alors que ses valeurs n’ont pas été expurgées.",
        do_en="Restore the keys from their own backup; without them the values cannot be read.",
        do_fr="Rétablissez les clés depuis leur propre sauvegarde ; sans elles, les valeurs sont illisibles.",
    )
