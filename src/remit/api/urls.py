"""Where the API lives: ``/api/``; and for GIS programs ``/ogc/``."""

from __future__ import annotations

from django.urls import path

from remit.api.ogc import build_ogc
from remit.api.routes import build_api

urlpatterns = [path("api/", build_api().urls), path("ogc/", build_ogc().urls)]
