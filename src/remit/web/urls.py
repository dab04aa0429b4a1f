"""Where each page lives."""

from __future__ import annotations

from django.urls import URLPattern, path

from remit.web.views import (
    alike,
    exchange,
    figures,
    forms,
    mandate,
    places,
    products,
    records,
    reports,
    sanctions,
    session,
)

app_name = "remit_web"

urlpatterns: list[URLPattern] = [
    path("", places.overview, name="overview"),
    path("role", session.choose_role, name="role"),
    path("language", session.choose_language, name="language"),
    path("period", session.choose_period, name="period"),
    path("mandate", mandate.mandate, name="mandate"),
    path("mandate/<str:path>", mandate.paragraph, name="paragraph"),
    path("coverage", mandate.coverage, name="coverage"),
    path("situation", places.situation, name="situation"),
    path("situation/points.json", places.situation_points, name="situation-points"),
    path("situation/areas.json", places.situation_areas, name="situation-areas"),
    path("desk", places.desk, name="desk"),
    path("records", records.index, name="records"),
    path("import", exchange.bring, name="import"),
    path("sanctions", sanctions.sanctions, name="sanctions"),
    path("records/<slug:type_key>", records.listing, name="list"),
    path("records/<slug:type_key>.csv", records.export, name="export"),
    path("records/<slug:type_key>/export/<slug:format_>", exchange.give, name="export-as"),
    path("records/<slug:type_key>/new", forms.new, name="new"),
    path("record/<str:reference>", records.detail, name="record"),
    path("record/<str:reference>/who-can", records.who, name="who-can"),
    path("record/<str:reference>/edit", forms.edit, name="edit"),
    path("record/<str:reference>/move/<slug:move_key>", forms.move, name="move"),
    path("records/<slug:type_key>/alike", alike.typing, name="alike-typing"),
    path("record/<str:reference>/alike", alike.decide, name="alike"),
    path("record/<str:reference>/link", forms.link, name="link"),
    path("record/<str:reference>/settle", forms.settle, name="settle"),
    path("record/<str:reference>/withdraw", forms.withdraw, name="withdraw"),
    path("entry/<str:identifier>", records.entry, name="entry"),
    path("contradictions", figures.side_by_side, name="contradictions"),
    path("figures", figures.index, name="figures"),
    path("figures/<slug:key>", figures.detail, name="figure"),
    path("figures/<slug:key>/freeze", figures.freeze, name="freeze"),
    path("reports", reports.index, name="reports"),
    path("reports/<slug:key>", reports.detail, name="report"),
    path("reports/<slug:key>/write", products.passages, name="passages"),
    path("reports/<slug:key>/clearance", products.clearance, name="clearance"),
    path("report/<str:one>/against/<str:other>", products.versions, name="versions"),
    path("reports/<slug:key>/<str:form>", reports.download, name="report-file"),
    path("report/<str:identifier>", reports.kept, name="kept"),
    path("report/<str:identifier>/<str:form>", reports.kept_download, name="kept-file"),
    path("board/<slug:board>", products.board, name="board"),
    path("calendar", places.calendar, name="calendar"),
    path("people", places.people, name="people"),
    path("search", places.search, name="search"),
    path("help", places.glossary, name="help"),
]
