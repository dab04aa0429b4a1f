"""The pages as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The pages people work in."""

    name = "remit.web"
    label = "remit_web"
    verbose_name = "Remit pages"
