"""Tokens by which programs act as a person: kept by their digest, found by it, ended and never deleted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from remit.records.tokens import Token
from remit.store.failures import failures
from remit.store.models import ApiToken


class DjangoTokens:
    """The tokens of one workspace, by its database's alias."""

    def __init__(self, alias: str) -> None:
        self._alias = alias

    def keep(self, token: Token, digest: str) -> None:
        """Keep a new token."""
        with failures():
            ApiToken.objects.using(self._alias).create(
                identifier=token.id, person_id=token.person, digest=digest, hint=token.hint, name=token.name,
                role=token.role, scopes=list(token.scopes), created_at=token.created_at, expires_at=token.expires_at,
            )  # fmt: skip

    def by_digest(self, digest: str) -> Token | None:
        """Return the token with a digest, ended and expired ones too."""
        with failures():
            found = ApiToken.objects.using(self._alias).filter(digest=digest).first()
        return _token(found) if found else None

    def of(self, person: str) -> Sequence[Token]:
        """Return a person's tokens, the newest first; all tokens of the workspace where none is named."""
        with failures():
            found = ApiToken.objects.using(self._alias).order_by("-created_at", "identifier")
            return [_token(one) for one in (found.filter(person_id=person) if person else found)]

    def used(self, identifier: str, at: datetime) -> None:
        """Note when a token was last used."""
        with failures():
            ApiToken.objects.using(self._alias).filter(identifier=identifier).update(used_at=at)

    def end(self, identifier: str, at: datetime) -> None:
        """End a token; one that is ended already stays as it is."""
        with failures():
            ApiToken.objects.using(self._alias).filter(identifier=identifier, ended_at=None).update(ended_at=at)


def _token(row: ApiToken) -> Token:
    return Token(
        id=row.identifier, person=row.person_id, name=row.name, role=row.role, scopes=tuple(row.scopes), hint=row.hint,
        created_at=row.created_at, expires_at=row.expires_at, used_at=row.used_at, ended_at=row.ended_at,
    )  # fmt: skip
