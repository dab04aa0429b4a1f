"""The other sites of the mission: whose bundles are taken here, and what each may hold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace

from remit.kernel.errors import BadInput
from remit.kernel.nearest import did_you_mean
from remit.records.signing import is_public_key
from remit.records.sites import MAIN, SITE_NAME, Site, SiteCard
from remit.records.types import ClassificationLevel
from remit.services.workspace import Workspace

__all__ = ["MAIN", "Site", "SiteCard", "card_bytes", "know", "known", "own_card", "read_card"]

CARD_FORMAT = "remit-site/1"


def own_card(workspace: Workspace) -> SiteCard:
    """Return what this workspace hands to another site: its name and public key."""
    return SiteCard(workspace.mission.key, workspace.site, workspace.signer.public_key)


def card_bytes(card: SiteCard) -> bytes:
    """Return a card as a file."""
    return json.dumps({"format": CARD_FORMAT, **asdict(card)}, indent=2).encode() + b"\n"


def read_card(data: bytes) -> SiteCard:
    """Read a card.

    Raises:
        BadInput: EXC-010, it is none.
    """
    try:
        plain = json.loads(data)
        if plain.pop("format") == CARD_FORMAT and all(isinstance(value, str) for value in plain.values()):
            card = SiteCard(**plain)
            if SITE_NAME.fullmatch(card.site) and is_public_key(card.public_key):
                return card
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    raise BadInput.of(
        "EXC-010",
        "The file is no site card.",
        "Le fichier n’est pas une carte de site.",
        do_en="At the other site run `remit exchange card -o SITE.json`, and bring that file.",
        do_fr="Sur l’autre site, lancez `remit exchange card -o SITE.json`, et apportez ce fichier.",
    )


def know(
    workspace: Workspace,
    card: SiteCard,
    *,
    level: ClassificationLevel = "confidential",
    compartments: Sequence[str] = (),
    renewed: bool = False,
) -> Site:
    """Make another site known: its bundles are taken from now on, and bundles can be written for it.

    Args:
        workspace: where.
        card: its card, whose fingerprint two people compared by voice.
        level: the strictest level that it may hold.
        compartments: the compartments that it may hold.
        renewed: the site has a new key, and the former one is not believed any more.

    Raises:
        BadInput: EXC-011 another mission; EXC-012 the name of this site; EXC-013 known with another key; EXC-014 no such
            compartment.
    """
    _require_other_site(workspace, card)
    for key in compartments:
        if key not in workspace.mission.compartments:
            remedy = did_you_mean(key, workspace.mission.compartments)
            raise BadInput.of(
                "EXC-014",
                f"The mission has no compartment “{key}”.",
                f"La mission n’a pas de compartiment « {key} ».",
                do_en=remedy.en,
                do_fr=remedy.fr,
            )
    former = workspace.sites.all().get(card.site)
    if former and former.card != card and not renewed:
        raise BadInput.of(
            "EXC-013",
            f"The site {card.site} is known here with another key ({former.card.fingerprint}).",
            f"Le site {card.site} est connu ici avec une autre clé ({former.card.fingerprint}).",
            do_en="Ask the site why by another way than the one the card came by. If its key is truly new, add --renewed.",
            do_fr="Demandez-en la raison au site par une autre voie que celle de la carte. Si sa clé est nouvelle, ajoutez --renewed.",
        )
    # What may go there now may have been left out before: the next bundle begins from the beginning.
    site = Site(card, level, tuple(sorted(set(compartments))))
    if former and former.card == card:
        site = replace(site, taken=former.taken, last_taken=former.last_taken)
    workspace.sites.keep(site)
    return site


def known(workspace: Workspace, name: str) -> Site:
    """Return a site that is known here.

    Raises:
        BadInput: EXC-026.
    """
    sites = workspace.sites.all()
    if name in sites:
        return sites[name]
    remedy = did_you_mean(name, sites)
    raise BadInput.of(
        "EXC-026",
        f"The site “{name}” is not known here.",
        f"Le site « {name} » n’est pas connu ici.",
        do_en=f"{remedy.en} To make one known: `remit exchange know CARD`.",
        do_fr=f"{remedy.fr} Pour en faire connaître un : `remit exchange know CARTE`.",
    )


def _require_other_site(workspace: Workspace, card: SiteCard) -> None:
    if card.mission != workspace.mission.key:
        raise BadInput.of(
            "EXC-011",
            f"The card is of the mission “{card.mission}”; this workspace is of “{workspace.mission.key}”.",
            f"La carte est celle de la mission « {card.mission} » ; cet espace est celui de « {workspace.mission.key} ».",
            do_en="Only sites of one mission exchange. What goes to others goes as a release.",
            do_fr="Seuls les sites d’une même mission échangent. Ce qui va à d’autres est communiqué autrement.",
        )
    if card.site == workspace.site:
        raise BadInput.of(
            "EXC-012",
            f"The card bears the name of this very site, “{card.site}”.",
            f"La carte porte le nom de ce site même, « {card.site} ».",
            do_en="Two sites need two names, or they give one number twice: make the other with `remit init --site NAME`.",
            do_fr="Deux sites demandent deux noms, sans quoi ils donnent deux fois un numéro : `remit init --site NOM`.",
        )
