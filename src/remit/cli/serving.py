"""Serve a workspace and say where, and who may sign in."""

from __future__ import annotations

from remit.cli.output import say
from remit.kernel.wording import Words
from remit.services.initiating import demonstration_accounts
from remit.services.workspace import Opener, Workspace


def serve_until_stopped(opener: Opener, workspace: Workspace, port: int, language: str) -> None:
    """Serve on 127.0.0.1 until Ctrl-C; the address and the accounts of a demonstration are printed first."""
    listed = demonstration_accounts(workspace)

    def ready() -> None:
        say("")
        say(
            Words(f"Remit is open at http://127.0.0.1:{port}/", f"Remit est ouvert à http://127.0.0.1:{port}/"),
            language,
        )
        if listed:
            say(Words("Accounts (invented, one per role):", "Comptes (inventés, un par rôle) :"), language)
            width = max(len(account.person) for account in listed)
            for account in listed:
                roles = ", ".join(workspace.mission.roles[role].label.in_(language) for role in account.roles)
                say(f"  {account.person:<{width}}  {account.password}  {roles}")
        say(Words("Stop with Ctrl-C.", "Arrêter avec Ctrl-C."), language)

    opener.serve(workspace, port, ready=ready)
