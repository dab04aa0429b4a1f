"""Django's settings as a module, for tools that ask for one (the type checker, ``django-admin makemigrations``)."""

from __future__ import annotations

from remit.config.settings import Settings, django_settings

globals().update(django_settings(Settings()))
