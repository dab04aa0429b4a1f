"""How allauth behaves here: nobody signs himself up, secrets are encrypted, the mission's directory names accounts that stand."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from remit.services.accounts import asks_second_factor
from remit.web.here import language_of, show, workspace_of
from remit.web.wording import say


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator; nothing is sent by e-mail and no message is left behind."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: accounts are made by `remit account add`."""
        del request
        return False

    def add_message(self, request: HttpRequest, *arguments: Any, **named: Any) -> None:
        """Leave no message: the page that follows says what was done."""

    def send_notification_mail(self, *arguments: Any, **named: Any) -> None:
        """Send nothing: a mission in the field has no mail server here."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where a sign-in leads."""
        del request
        return "/"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return where a changed password leads."""
        del request
        return "/account"

    def is_reauthentication_required(self, *, app: str, **named: Any) -> bool:
        """Return whether the password is asked for again: not just after sign-in, nor of those who have none (directory)."""
        request = context.request
        fresh = timezone.now().timestamp() - float(request.session.get("began", 0)) < AGAIN_AFTER
        if fresh or not self.get_reauthentication_methods(request.user):
            return False
        return bool(super().is_reauthentication_required(app=app, **named))

    def validation_error(self, code: str, *arguments: Any) -> ValidationError:
        """Return an error in our own words."""
        return _in_words(code) or super().validation_error(code, *arguments)


AGAIN_AFTER = 600
"""Seconds after sign-in within which the password is not asked for again (``ACCOUNT_REAUTHENTICATION_TIMEOUT``)."""
ERRORS = (
    "too_many_login_attempts",
    "incorrect_code",
    "rate_limited",
    "cannot_delete_authenticator",
    "enter_current_password",
    "incorrect_password",
)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: their secrets stand encrypted, and who must have one cannot drop it."""

    def encrypt(self, text: str) -> str:
        """Encrypt a secret with a key that is kept and backed up with the workspace's keys."""
        return Fernet(_second_factor_key()).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret; one that this workspace's key does not open matches no code."""
        try:
            return Fernet(_second_factor_key()).decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return ""

    def get_totp_issuer(self) -> str:
        """Return what the authenticator shows: the mission's short name."""
        workspace = getattr(settings, "REMIT_WORKSPACE", None)
        return f"Remit {workspace.mission.short.en}" if workspace else "Remit"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Refuse to those whose roles ask for a second factor."""
        workspace = getattr(settings, "REMIT_WORKSPACE", None)
        return workspace is None or not asks_second_factor(workspace, authenticator.user.get_username())

    def send_notification_mail(self, *arguments: Any, **named: Any) -> None:
        """Send nothing."""

    def validation_error(self, code: str, *arguments: Any) -> ValidationError:
        """Return an error in our own words."""
        return _in_words(code) or super().validation_error(code, *arguments)


class DirectoryAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The mission's directory says who somebody is; whether he has an account here, and in which roles, is said here."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Refuse: the directory opens accounts that stand."""
        del request, sociallogin
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the account that the directory's claim names, each time: a name given to another person opens nothing more.

        Raises:
            ImmediateHttpResponse: there is none, it is closed, or its name belongs to another identity of the directory.
        """
        claims = _claims(sociallogin)
        claim = str(cast(Any, sociallogin.account.get_provider()).app.settings.get("claim", "preferred_username"))
        person = str(claims.get(claim, ""))
        found = User.objects.filter(username=person, is_active=True).first() if person else None
        if found is None or not workspace_of(request).accounts.roles_of(person):
            raise ImmediateHttpResponse(_unknown(request))
        if sociallogin.is_existing:
            if sociallogin.user.pk != found.pk:
                raise ImmediateHttpResponse(_unknown(request))
            return
        if SocialAccount.objects.filter(user=found, provider=sociallogin.account.provider).exists():
            raise ImmediateHttpResponse(_unknown(request))
        sociallogin.connect(request, cast(AbstractBaseUser, found))

    def on_authentication_error(self, request: HttpRequest, *arguments: Any, **named: Any) -> None:
        """Say that the directory did not answer as it should.

        Raises:
            ImmediateHttpResponse: always.
        """
        del arguments, named
        raise ImmediateHttpResponse(_refusal(request, "directory_failed", 502))

    def send_notification_mail(self, *arguments: Any, **named: Any) -> None:
        """Send nothing."""


def _second_factor_key() -> bytes:
    """Return the key of the attached workspace."""
    key: bytes = getattr(settings, "REMIT_SECOND_FACTOR_KEY")  # noqa: B009 - set when a workspace is attached
    return key


def _in_words(code: str) -> ValidationError | None:
    return ValidationError(say(f"account.error.{code}", language_of()), code=code) if code in ERRORS else None


def _claims(sociallogin: SocialLogin) -> dict[str, Any]:
    """Return what the directory said of the person; what it signed goes before what it added."""
    data = sociallogin.account.extra_data
    return {**(data.get("userinfo") or {}), **(data.get("id_token") or {})}


def _unknown(request: HttpRequest) -> HttpResponse:
    return _refusal(request, "directory_unknown", 403)


def _refusal(request: HttpRequest, words: str, status: int) -> HttpResponse:
    heading, advice = f"account.{words}.title", f"account.{words}.advice"
    shown = {"status": status, "issues": (), "heading": heading, "advice": advice}
    return show(request, "error.html", shown, title=say(heading, language_of()), status=status)
