"""Where the API lives: ``/api/``; for GIS programs ``/ogc/``; for forms in the field ``/openrosa/``; for calendars ``/calendar/``."""

from __future__ import annotations

from django.urls import path

from remit.api import openrosa
from remit.api.calendar import feed
from remit.api.ogc import build_ogc
from remit.api.routes import build_api

urlpatterns = [
    path("api/", build_api().urls),
    path("ogc/", build_ogc().urls),
    path("calendar/<str:token>.ics", feed),
    path("openrosa/formList", openrosa.form_list),
    path("openrosa/forms/<slug:form_id>.xml", openrosa.form_file),
    path("openrosa/forms/<slug:form_id>/manifest", openrosa.manifest),
    path("openrosa/submission", openrosa.submission),
]
