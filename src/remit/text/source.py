"""Step 1: a file to the characters that all spans count in: a text file, the text layer of a PDF, a Word file, XML."""

from __future__ import annotations

from remit.text.decode import decode, require_size
from remit.text.pdf import locked, read_pdf
from remit.text.word import read_word

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def read_source(data: bytes, name: str) -> str:
    """Return a file's characters; what it is, is told by its first bytes and not by its name.

    Raises:
        BadInput: TXT-001 … TXT-005 and TXT-010 … TXT-012, nothing can be read from it.
    """
    require_size(data, name)
    start = data.lstrip()[:8]
    if b"%PDF-" in data[:1024]:
        return read_pdf(data, name)
    if start.startswith(b"PK\x03\x04"):
        return read_word(data, name)
    if start.startswith(_OLD_OFFICE) and "EncryptedPackage".encode("utf-16-le") in data:
        raise locked(name, "Word")
    return decode(data, name)
