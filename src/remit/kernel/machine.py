"""What the operating system refuses, in words of ours: its own come in the machine's language only."""

from __future__ import annotations

import errno
from collections.abc import Mapping

from remit.kernel.wording import Words, same

_SAID: Mapping[int, Words] = {
    errno.ENOENT: Words("there is no such file or folder", "il n’y a pas de tel fichier ou dossier"),
    errno.EACCES: Words("you may not read or write it", "vous n’avez pas le droit de le lire ou de l’écrire"),
    errno.EPERM: Words("the system does not permit it", "le système ne le permet pas"),
    errno.EISDIR: Words("it is a folder", "c’est un dossier"),
    errno.ENOTDIR: Words(
        "part of the path is a file, not a folder", "une partie du chemin est un fichier, non un dossier"
    ),
    errno.ENOSPC: Words("the disk is full", "le disque est plein"),
    errno.EDQUOT: Words("your share of the disk is used up", "votre part du disque est épuisée"),
    errno.EROFS: Words("the disk may only be read", "le disque est en lecture seule"),
    errno.ENAMETOOLONG: Words("the name is too long", "le nom est trop long"),
    errno.EIO: Words("the disk failed", "le disque est défaillant"),
}


def said(fault: OSError) -> Words:
    """Return why the operating system refused; its own words where the reason is a rare one."""
    return _SAID.get(fault.errno or 0) or same(fault.strerror or str(fault) or type(fault).__name__)
