"""Who may sign in, and in which roles."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from remit.store.volatile import MemoryAccounts


@pytest.fixture
def accounts(folder: Path) -> Any:
    """Return the accounts of an empty workspace, on an invented day."""
    from remit.store.accounts import DjangoAccounts
    from remit.store.databases import register

    return DjangoAccounts(register(folder).journal, lambda: datetime(2030, 1, 1, tzinfo=UTC))


def _user(folder: Path, person: str) -> Any:
    from django.contrib.auth.models import User

    from remit.store.databases import aliases_for

    return User.objects.using(aliases_for(folder).journal).get(username=person)


def test_an_account_holds_its_roles_in_their_order(accounts: Any, folder: Path) -> None:
    accounts.add("b-clerk", "Clerk B (invented)", ["watch", "clerk"], "secret-words", invented=True)
    accounts.add("a-chair", "Chair A", ["chair"], None, invented=False)
    assert accounts.roles_of("b-clerk") == ["watch", "clerk"]
    assert accounts.roles_of("nobody") == []
    assert accounts.people() == [
        {"person": "a-chair", "name": "Chair A", "roles": ("chair",), "invented": False},
        {"person": "b-clerk", "name": "Clerk B (invented)", "roles": ("watch", "clerk"), "invented": True},
    ]
    assert _user(folder, "b-clerk").check_password("secret-words")
    assert not _user(folder, "a-chair").has_usable_password()


def test_adding_again_updates__and_ends_roles_that_are_not_named(accounts: Any, folder: Path) -> None:
    accounts.add("b-clerk", "Clerk B", ["watch", "clerk"], "secret-words", invented=True)
    accounts.add("b-clerk", "Clerk B, now chair", ["clerk", "chair"], None, invented=True)
    assert accounts.roles_of("b-clerk") == ["clerk", "chair"]
    assert accounts.people()[0]["name"] == "Clerk B, now chair"
    assert _user(folder, "b-clerk").check_password("secret-words"), "no new password leaves the old one"
    accounts.add("b-clerk", "Clerk B", ["watch"], None, invented=True)
    assert accounts.roles_of("b-clerk") == ["watch"], "a role that ended can be given again"


def test_accounts_in_memory_answer_alike() -> None:
    accounts = MemoryAccounts()
    accounts.add("b", "B", ["clerk"], "x", invented=True)
    accounts.add("a", "A", ["chair"], None, invented=True)
    assert [person["person"] for person in accounts.people()] == ["a", "b"]
    assert list(accounts.roles_of("b")) == ["clerk"]
    assert list(accounts.roles_of("nobody")) == []
