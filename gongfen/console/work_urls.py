"""Which page of the rooms for activities, reviews and terms answers which address."""

from django.urls import path

from gongfen.console import activities, activity, activity_forms, corrections, rechecks, review

urlpatterns = [
    path("activities", activities.activities),
    path("activities/calendar", activities.calendar),
    path("activities/new", activity_forms.new),
    path("activities/<int:activity>", activity.activity),
    path("activities/<int:activity>/poster.pdf", activity.poster),
    path("activities/<int:activity>/<str:verb>", activity.step),
    path("review", review.review),
    path("review/photo/<int:evidence>", review.photo),
    path("review/corrections", corrections.corrections),
    path("review/corrections/<int:objection>/<str:verb>", corrections.answer),
    path("review/rechecks", rechecks.rechecks),
    path("review/rechecks/<int:group>", rechecks.draw),
]
