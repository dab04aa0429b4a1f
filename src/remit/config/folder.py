"""The folder of a workspace: what stands in it, and the one file that says what it is."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from remit.kernel.errors import BadInput
from remit.kernel.identity import Clock, now
from remit.records.sites import MAIN, SITE_NAME
from remit.store.files import SERVER_FILE, file_failures, write_whole
from remit.store.sites import SITES

FORMAT = 7
"""Raised with every migration of the tables and when files are kept in another way, so that a workspace opens without asking the database."""
CARD, SIGNING_KEY, SESSION_KEY = "workspace.json", "signing.key", "session.key"
JOURNAL, KEYS = "journal.sqlite3", "keys.sqlite3"
_OURS = {
    CARD,
    SERVER_FILE,
    SIGNING_KEY,
    SESSION_KEY,
    SITES,
    "invented-accounts.json",
    "attachments",
    "snapshots",
    "products",
}


@dataclass(frozen=True, slots=True)
class Card:
    """What ``workspace.json`` says.

    The mission (its key, or its folder where it is not among the known ones), the format of the folder, when it was made
    (UTC), and the instant that its clock showed then: a demonstration tells of days long past, and its clock goes on from
    there. "" for the machine's own clock. ``site`` is the name of the place where it stands, of several that record apart.
    """

    mission: str
    format: int
    created: str
    stood_at: str = ""
    site: str = MAIN

    def clock(self) -> Clock:
        """Return the workspace's clock."""
        if not self.stood_at:
            return now
        offset = datetime.fromisoformat(self.stood_at) - datetime.fromisoformat(self.created)
        return lambda: now() + offset

    def write(self, folder: Path) -> None:
        """Write it; a folder is a workspace from then on.

        Raises:
            Fault: WSP-011, WSP-012.
        """
        write_whole(folder / CARD, json.dumps(asdict(self), ensure_ascii=False, indent=2).encode() + b"\n", mode=0o644)


def stands(folder: Path) -> bool:
    """Return whether a workspace stands in a folder."""
    return (folder / CARD).is_file()


def read_card(folder: Path) -> Card:
    """Read what a workspace is.

    Raises:
        BadInput: WSP-001 there is none; WSP-002 a newer Remit made it; WSP-006 its card cannot be read.
        Fault: WSP-012.
    """
    if not stands(folder):
        raise BadInput.of(
            "WSP-001",
            f"There is no workspace in {folder}.",
            f"Il n’y a pas d’espace de travail dans {folder}.",
            do_en="Make one with `remit init`, see one with `remit demo`, or name another with --workspace.",
            do_fr="Créez-en un avec `remit init`, voyez-en un avec `remit demo`, ou indiquez-en un autre avec --workspace.",
        )
    with file_failures(folder / CARD):
        text = (folder / CARD).read_text("utf-8", errors="replace")
    try:
        raw = json.loads(text)
        card = Card(
            str(raw["mission"]),
            int(raw["format"]),
            str(raw["created"]),
            str(raw.get("stood_at", "")),
            str(raw.get("site", MAIN)),
        )
        card.clock()
    except (ValueError, KeyError, TypeError):
        raise BadInput.of(
            "WSP-006",
            f"{folder / CARD} cannot be read.",
            f"{folder / CARD} ne peut pas être lu.",
            do_en='It must hold {"mission": …, "format": …, "created": …}: restore it from a backup.',
            do_fr='Il doit contenir {"mission": …, "format": …, "created": …} : restaurez-le depuis une sauvegarde.',
        ) from None
    if card.format > FORMAT:
        raise BadInput.of(
            "WSP-002",
            f"The workspace in {folder} was made by a newer Remit (format {card.format}, this one knows {FORMAT}).",
            f"L’espace de travail de {folder} vient d’un Remit plus récent (format {card.format}, celui-ci connaît {FORMAT}).",
            do_en="Install the newer Remit; nothing was touched.",
            do_fr="Installez le Remit plus récent ; rien n’a été touché.",
        )
    return card


def require_site_name(site: str) -> None:
    """Refuse what is no name for a site.

    Raises:
        BadInput: WSP-009.
    """
    if SITE_NAME.fullmatch(site):
        return
    raise BadInput.of(
        "WSP-009",
        f"“{site}” is no name for a site.",
        f"« {site} » n’est pas un nom de site.",
        do_en="Take lower-case letters, digits and hyphens, a letter first: gao, kidal-2.",
        do_fr="Prenez des minuscules, des chiffres et des traits d’union, une lettre d’abord : gao, kidal-2.",
    )


def require_free(folder: Path) -> None:
    """Refuse a place that holds something else; what an interrupted ``create`` left is taken up again.

    Raises:
        BadInput: WSP-005.
        Fault: WSP-012.
    """
    with file_failures(folder):
        foreign = not folder.is_dir() if folder.exists() else False
        others = sorted(p.name for p in folder.iterdir() if not _is_ours(p.name)) if folder.is_dir() else []
    if foreign or others:
        held = others[0] if others else folder.name
        raise BadInput.of(
            "WSP-005",
            f"{folder} is not free for a workspace: it holds “{held}”.",
            f"{folder} n’est pas libre pour un espace de travail : « {held} » s’y trouve.",
            do_en="Name an empty folder, or one that does not exist yet.",
            do_fr="Indiquez un dossier vide, ou qui n’existe pas encore.",
        )


def _is_ours(name: str) -> bool:
    return name in _OURS or name.startswith((JOURNAL, KEYS, ".new-"))


def make_folder(folder: Path, *, databases: bool = True) -> None:
    """Make the folder and its two empty databases, for their owner only; what stands there is left as it is.

    Args:
        folder: where.
        databases: whether they are files in it; a server's are not.

    Raises:
        Fault: WSP-011, WSP-012.
    """
    with file_failures(folder):
        if not folder.is_dir():
            folder.mkdir(parents=True, mode=0o700)
        for name in (JOURNAL, KEYS) if databases else ():
            (folder / name).touch(mode=0o600)


def require_databases(folder: Path) -> None:
    """Refuse to open a workspace whose databases are not there: an empty one would be made in their place.

    Raises:
        BadInput: WSP-007 the journal is missing; WSP-008 the keys are.
    """
    if (folder / SERVER_FILE).is_file():
        return
    if not (folder / JOURNAL).is_file():
        raise BadInput.of(
            "WSP-007",
            f"The journal is missing from the workspace: {folder / JOURNAL}.",
            f"Le journal manque à l’espace de travail : {folder / JOURNAL}.",
            do_en="Put it back from a backup. Nothing was made in its place.",
            do_fr="Remettez-le depuis une sauvegarde. Rien n’a été créé à sa place.",
        )
    if not (folder / KEYS).is_file():
        raise BadInput.of(
            "WSP-008",
            f"The keys are missing from the workspace: {folder / KEYS}. Without them no value of a record can be read.",
            f"Les clés manquent à l’espace de travail : {folder / KEYS}. Sans elles, aucune valeur n’est lisible.",
            do_en="Put them back from their own backup, which is kept apart from the journal's.",
            do_fr="Remettez-les depuis leur propre sauvegarde, tenue à part de celle du journal.",
        )
