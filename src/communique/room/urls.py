"""The addresses of the room. Every page for reading has its twins: add .json, .csv or .atom."""

from __future__ import annotations

from django.urls import path, re_path, register_converter

from communique.room.accounts import deeds
from communique.room.accounts import pages as accounts
from communique.room.api import api, docs
from communique.room.guarding import broken, not_found
from communique.room.intake import pages as intake
from communique.room.looks import look
from communique.room.pacing import one_at_a_time
from communique.room.pages import countries, dossier, event, front, instruments, months, people, record, report, search
from communique.room.review import judging
from communique.room.review.queue import queue
from communique.room.twins import Form, twin

register_converter(Form, "form")
handler404 = not_found
handler500 = broken

urlpatterns = [
    path("", twin(front.front)),
    path("index<form:form>", twin(front.front)),
    path("pairs<form:form>", one_at_a_time(twin(front.index))),
    path("countries<form:form>", one_at_a_time(twin(countries.index))),
    path("people<form:form>", one_at_a_time(twin(people.index))),
    path("instruments<form:form>", one_at_a_time(twin(instruments.index))),
    path("events<form:form>", twin(search.events)),
    path("reports<form:form>", twin(search.reports)),
    path("months<form:form>", one_at_a_time(twin(months.index))),
    path("record<form:form>", one_at_a_time(twin(record.about))),
    re_path(
        r"^pairs/(?P<first>[A-Za-z]{3})-(?P<second>[A-Za-z]{3})(?P<form>\.json|\.csv|\.atom|)$",
        one_at_a_time(twin(dossier.dossier)),
    ),
    re_path(r"^countries/(?P<code>[A-Za-z]{3})(?P<form>\.json|\.csv|\.atom|)$", one_at_a_time(twin(countries.country))),
    re_path(
        r"^people/(?P<country>[A-Z]{3}|none)/(?P<name>[^/.]+)(?P<form>\.json|\.csv|\.atom|)$",
        one_at_a_time(twin(people.person)),
    ),
    re_path(r"^instruments/(?P<key>[0-9a-f]+)(?P<form>\.json|\.csv|)$", twin(instruments.instrument)),
    re_path(r"^events/(?P<key>[0-9a-f]+)(?P<form>\.json|\.csv|)$", twin(event.event)),
    re_path(r"^reports/(?P<key>[0-9A-Za-z]+)(?P<form>\.json|\.csv|)$", twin(report.report)),
    re_path(r"^months/(?P<name>[0-9-]{7})(?P<form>\.json|\.csv|)$", one_at_a_time(twin(months.month))),
    path("look", look),
    path("login", accounts.enter),
    path("logout", accounts.leave),
    path("account", accounts.account),
    path("deeds<form:form>", twin(deeds.trail)),
    path("review", queue),
    path("review/judge", judging.judge),
    path("review/edit", judging.edit),
    path("review/undo", judging.undo),
    path("review/add", judging.add),
    path("notes/add", judging.note),
    path("add", intake.page),
    path("add/files", intake.files),
    path("add/addresses", intake.addresses),
    path("add/feed", intake.feed),
    path("add/forget-feed", intake.forget_feed),
    path("api/docs", docs),
    path("api/", api.urls),
]
