"""Where signing in and its parts live. Names without a namespace are those that allauth asks for."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount.providers.openid_connect import views as directory
from django.urls import URLPattern, path
from django.views.generic import RedirectView

from remit.web.views import session
from remit.web.views.account import add_token, drop_token, end_all, end_others, index

urlpatterns: list[URLPattern] = [
    path("sign-in", session.sign_in, name="account_login"),
    path("sign-out", session.sign_out, name="account_logout"),
    path("account", index, name="account"),
    path("account/again", account.reauthenticate, name="account_reauthenticate"),
    path("account/password", account.password_change, name="account_change_password"),
    path("account/no-password", RedirectView.as_view(url="/account"), name="account_set_password"),
    path("account/closed", session.closed, name="account_inactive"),
    path("account/second-factor", RedirectView.as_view(url="/account#second-factor"), name="mfa_index"),
    path("account/second-factor/sign-in", mfa.authenticate, name="mfa_authenticate"),
    path("account/second-factor/again", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/second-factor/activate", totp.activate_totp, name="mfa_activate_totp"),
    path("account/second-factor/deactivate", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/second-factor/codes", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/second-factor/codes/new", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/sessions/end-others", end_others, name="end-other-sessions"),
    path("account/sessions/end-all", end_all, name="end-all-sessions"),
    path("account/tokens", add_token, name="add-token"),
    path("account/tokens/end", drop_token, name="end-token"),
    path("account/directory/<str:provider_id>/login", directory.login, name="openid_connect_login"),
    path("account/directory/<str:provider_id>/callback", directory.callback, name="openid_connect_callback"),
]
