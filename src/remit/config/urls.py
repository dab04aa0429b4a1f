"""All addresses: the pages and the API."""

from __future__ import annotations

from django.urls import include, path

from remit.web import needs

handler400, handler403, handler404, handler500 = (needs.HANDLERS[status] for status in (400, 403, 404, 500))

handler429 = "remit.web.views.errors.too_many"
"""Asked for by allauth, where somebody tries too often."""

urlpatterns = [
    path("", include("remit.api.urls")),
    path("", include("remit.web.account_urls")),
    path("", include("remit.web.urls")),
]
