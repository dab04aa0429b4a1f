"""Who may sign in, and in which roles: Django's users, with the mission's roles beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q

from remit.kernel.identity import Clock, now
from remit.store.failures import failures
from remit.store.models import ApiToken, Person, PersonRole, RequestAnswered
from remit.store.tokens import DjangoTokens


class DjangoAccounts:
    """The accounts of one workspace, by its database's alias."""

    def __init__(self, alias: str, clock: Clock = now) -> None:
        self._alias = alias
        self._clock = clock
        self.tokens = DjangoTokens(alias)

    def _held(self) -> Q:
        return Q(until__isnull=True) | Q(until__gt=self._clock().date())

    def roles_of(self, person: str) -> Sequence[str]:
        """Return the keys of the roles that a person holds today, in the order in which they were given."""
        with failures():
            held = PersonRole.objects.using(self._alias).filter(self._held(), person_id=person).order_by("pk")
            return list(held.values_list("role", flat=True))

    def add(self, person: str, name: str, roles: Sequence[str], password: str | None, *, invented: bool) -> None:
        """Add or update an account; roles that are not named any more end today. Without a password nobody can sign in to it.

        Raises:
            Fault: the store failed.
        """
        with failures(), transaction.atomic(using=self._alias):
            Person.objects.using(self._alias).update_or_create(
                key=person, defaults={"name": name, "invented": invented}
            )
            user, made = User.objects.using(self._alias).get_or_create(username=person)
            if password is not None:
                user.set_password(password)
            elif made:
                user.set_unusable_password()
            user.save(using=self._alias)
            held = PersonRole.objects.using(self._alias).filter(person_id=person)
            for role in roles:
                held.update_or_create(role=role, defaults={"until": None, "person_id": person})
            held.filter(self._held()).exclude(role__in=list(roles)).update(until=self._clock().date())

    def invented(self, person: str) -> bool:
        """Return whether an account is of an invented person; one that is not there is not."""
        with failures():
            return Person.objects.using(self._alias).filter(key=person, invented=True).exists()

    def may_enter(self, person: str) -> bool:
        """Return whether an account stands and is not closed."""
        with failures():
            return User.objects.using(self._alias).filter(username=person, is_active=True).exists()

    def close(self, person: str) -> None:
        """Close an account: nobody signs in to it, its sessions and tokens end. What the person recorded stays."""
        with failures(), transaction.atomic(using=self._alias):
            User.objects.using(self._alias).filter(username=person).update(is_active=False)
            PersonRole.objects.using(self._alias).filter(self._held(), person_id=person).update(
                until=self._clock().date()
            )
            self.end_sessions(person)

    def reopen(self, person: str) -> None:
        """Open a closed account again; its roles are given anew."""
        with failures():
            User.objects.using(self._alias).filter(username=person).update(is_active=True)

    def end_sessions(self, person: str) -> None:
        """End all sessions and tokens of a person."""
        with failures(), transaction.atomic(using=self._alias):
            sessions = UserSession.objects.using(self._alias).filter(user__username=person)
            Session.objects.using(self._alias).filter(
                session_key__in=list(sessions.values_list("session_key", flat=True))
            ).delete()
            sessions.delete()
            ApiToken.objects.using(self._alias).filter(person_id=person, ended_at=None).update(ended_at=self._clock())

    def has_second_factor(self, person: str) -> bool:
        """Return whether a person has set up a second factor."""
        with failures():
            found = Authenticator.objects.using(self._alias).filter(user__username=person, type=Authenticator.Type.TOTP)
            return bool(found.exists())

    def drop_second_factor(self, person: str) -> None:
        """Forget a person's second factor and recovery codes: it is set up anew at the next sign-in."""
        with failures():
            Authenticator.objects.using(self._alias).filter(user__username=person).delete()

    def answered(self, person: str, key: str) -> tuple[str, str] | None:
        """Return what a request with this key asked (its digest) and the record that it made; ``None`` for a new key."""
        with failures():
            row = RequestAnswered.objects.using(self._alias).filter(person=person, key=key).first()
        return (row.digest, row.record) if row else None

    def answer(self, person: str, key: str, digest: str, record: str) -> None:
        """Remember what a request with a key made."""
        with failures():
            RequestAnswered.objects.using(self._alias).create(
                person=person, key=key, digest=digest, record=record, at=self._clock()
            )

    def people(self) -> Sequence[Mapping[str, Any]]:
        """Return all accounts, by key: ``person, name, roles, invented``."""
        with failures():
            roles: dict[str, list[str]] = {}
            held = PersonRole.objects.using(self._alias).filter(self._held()).order_by("pk")
            for key, role in held.values_list("person_id", "role"):
                roles.setdefault(key, []).append(role)
            return [
                {"person": one.key, "name": one.name, "roles": tuple(roles.get(one.key, ())), "invented": one.invented}
                for one in Person.objects.using(self._alias).order_by("key")
            ]
