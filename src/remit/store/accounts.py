"""Who may sign in, and in which roles: Django's users, with the mission's roles beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from remit.kernel.identity import Clock, now
from remit.store.failures import failures
from remit.store.models import Person, PersonRole


class DjangoAccounts:
    """The accounts of one workspace, by its database's alias."""

    def __init__(self, alias: str, clock: Clock = now) -> None:
        self._alias = alias
        self._clock = clock

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
