"""Which page of the rooms for activities, reviews and terms answers which address."""

from django.urls import path

from gongfen.console import (
    activities,
    activity,
    activity_forms,
    attendance,
    corrections,
    notice,
    rechecks,
    review,
    sheets,
    tally,
    terms,
    terms_forms,
)

urlpatterns = [
    path("activities", activities.activities),
    path("activities/calendar", activities.calendar),
    path("activities/new", activity_forms.new),
    path("activities/<int:activity>", activity.activity),
    path("activities/<int:activity>/poster.pdf", activity.poster),
    path("activities/<int:activity>/results", notice.results),
    path("activities/<int:activity>/people", attendance.people),
    path("activities/<int:activity>/people/<str:verb>", attendance.step),
    path("activities/<int:activity>/names", attendance.names),
    path("activities/<int:activity>/tally", tally.tally),
    path("activities/<int:activity>/sheets", sheets.of_activity),
    path("activities/<int:activity>/sheets/<str:slip>", sheets.sheet),
    path("activities/<int:activity>/sheets/<str:slip>/photo", sheets.photo),
    path("activities/<int:activity>/sheets/<str:slip>/sheet.pdf", sheets.pdf),
    path("sheets", sheets.every),
    path("activities/<int:activity>/<str:verb>", activity.step),
    path("terms", terms.terms),
    path("terms/new", terms_forms.new),
    path("terms/<int:terms>", terms.version),
    path("terms/<int:terms>/<str:verb>", terms.step),
    path("review", review.review),
    path("review/photo/<int:evidence>", review.photo),
    path("review/notice", notice.notice),
    path("review/corrections", corrections.corrections),
    path("review/corrections/<int:objection>/<str:verb>", corrections.answer),
    path("review/rechecks", rechecks.rechecks),
    path("review/rechecks/<int:group>", rechecks.draw),
]
