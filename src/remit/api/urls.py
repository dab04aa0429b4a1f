"""Where the API lives: ``/api/``."""

from __future__ import annotations

from django.urls import path

from remit.api.routes import build_api

urlpatterns = [path("api/", build_api().urls)]
