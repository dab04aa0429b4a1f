"""Tokens by which programs act as a person: made, shown once, kept by their digest, ended.

A token is held to the machine's clock, whatever day a demonstration shows.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from remit.kernel.errors import BadInput, Forbidden, Hidden
from remit.kernel.identity import now as machine_now
from remit.kernel.issues import Issue
from remit.kernel.wording import Words
from remit.records.actors import Actor
from remit.records.tokens import SCOPES, Scope, Token
from remit.services.accounts import lacks_second_factor
from remit.services.standing import acting
from remit.services.workspace import Workspace

MARK = "remit_"
"""How every token begins, so that one that leaked is found by searching for it."""
LONGEST = 366
"""Days that a token may live."""


def make_token(
    workspace: Workspace, actor: Actor, name: str, scopes: Sequence[str], days: int, *, now: datetime | None = None
) -> tuple[Token, str]:
    """Make a token for an actor, in the role acted in, and return it with the secret, which is never shown again.

    Raises:
        BadInput: ACC-065, no name, scope or number of days that can be used.
        Forbidden: ACC-066, the person must set up a second factor first.
    """
    if not name.strip() or not scopes or set(scopes) - set(SCOPES) or not 1 <= days <= LONGEST:
        raise BadInput.of(
            "ACC-065",
            f"A token takes a name, scopes among {', '.join(SCOPES)}, and 1 to {LONGEST} days; found “{name}”, {', '.join(scopes) or '–'}, {days}.",
            f"Un jeton prend un nom, des portées parmi {', '.join(SCOPES)} et de 1 à {LONGEST} jours ; trouvé : « {name} », {', '.join(scopes) or '–'}, {days}.",
            do_en="Name what the token is for, give it no more scope than it needs, and no more days.",
            do_fr="Indiquez à quoi sert le jeton, et ne lui donnez ni plus de portée ni plus de jours qu’il ne faut.",
        )
    if lacks_second_factor(workspace, actor.person):
        raise Forbidden(without_second_factor())
    at = now or machine_now()
    secret = MARK + secrets.token_urlsafe(32)
    token = Token(
        workspace.sources.identifier(), actor.person, name.strip()[:200], actor.role.key,
        tuple(one for one in SCOPES if one in scopes), secret[: len(MARK) + 4], at, at + timedelta(days=days),
    )  # fmt: skip
    workspace.accounts.tokens.keep(token, digest_of(secret))
    return token, secret


def act_by_token(workspace: Workspace, secret: str, scope: Scope, *, now: datetime | None = None) -> Actor:
    """Return who acts by a token, where it stands and opens this scope.

    Raises:
        Forbidden: ACC-067, no such token, or it is ended or expired, or its person may not enter; ACC-068, its scope does
            not open this; ACC-031, the person does not hold its role any more.
    """
    at = now or machine_now()
    token = workspace.accounts.tokens.by_digest(digest_of(secret))
    if token is None or not token.stands(at) or not workspace.accounts.may_enter(token.person):
        raise Forbidden(
            Issue(
                "ACC-067",
                Words("This token opens nothing.", "Ce jeton n’ouvre rien."),
                Words(
                    "It may be expired or ended: make another under your name, Account, or with `remit token add`.",
                    "Il est peut-être périmé ou retiré : faites-en un autre sous votre nom, Compte, ou par `remit token add`.",
                ),
            )
        )
    if scope not in token.scopes:
        raise Forbidden(
            Issue(
                "ACC-068",
                Words(
                    f"This takes a token with the scope “{scope}”; this one has: {', '.join(token.scopes)}.",
                    f"Il faut un jeton de portée « {scope} » ; celui-ci a : {', '.join(token.scopes)}.",
                ),
                Words("Make another with that scope.", "Faites-en un autre avec cette portée."),
            )
        )
    actor = acting(workspace, token.person, token.role)
    if token.used_at is None or at - token.used_at > timedelta(
        minutes=5
    ):  # a write at each request would be one too many
        workspace.accounts.tokens.used(token.id, at)
    return actor


def tokens_of(workspace: Workspace, person: str) -> Sequence[Token]:
    """Return a person's tokens, the newest first; all of the workspace where none is named."""
    return workspace.accounts.tokens.of(person)


def end_token(workspace: Workspace, person: str, identifier: str, *, now: datetime | None = None) -> Token:
    """End a token of a person; of anybody where none is named (at the command line). It is named by its id or how it begins.

    Raises:
        Hidden: ACC-069, there is none.
    """
    found = [
        token for token in workspace.accounts.tokens.of(person)
        if identifier and identifier in (token.id, token.hint)
    ]  # fmt: skip
    if len(found) != 1:
        raise Hidden(
            Issue(
                "ACC-069",
                Words(f"There is no token “{identifier}” of yours.", f"Vous n’avez pas de jeton « {identifier} »."),
                Words("`remit token list` shows them.", "`remit token list` les montre."),
            )
        )
    workspace.accounts.tokens.end(found[0].id, now or machine_now())
    return found[0]


def digest_of(secret: str) -> str:
    """Return the digest by which a token is kept: it holds 256 bits of chance, so that one hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def without_second_factor() -> Issue:
    """Return why somebody goes no further: his role asks for a second factor, and he has none yet."""
    return Issue(
        "ACC-066",
        Words(
            "One of your roles asks for a second factor at sign-in, and you have none yet.",
            "L’un de vos rôles demande un second facteur à la connexion, et vous n’en avez pas encore.",
        ),
        Words(
            "Set it up in the browser: sign in and follow the page.",
            "Mettez-le en place dans le navigateur : connectez-vous et suivez la page.",
        ),
    )
