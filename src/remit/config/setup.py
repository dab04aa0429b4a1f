"""Set Django up, once in a process."""

from __future__ import annotations

import django
from django.apps import apps
from django.conf import settings as django_conf

from remit.config.settings import Settings, django_settings


def set_up_django(settings: Settings) -> None:
    """Configure Django from our settings; a process that is configured already stays as it is."""
    if not django_conf.configured:
        django_conf.configure(**django_settings(settings))
    if not apps.ready:
        django.setup()
