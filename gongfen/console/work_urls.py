"""Which page of the rooms for activities, reviews and terms answers which address."""

from django.urls import path

from gongfen.console import activities, activity, activity_forms

urlpatterns = [
    path("activities", activities.activities),
    path("activities/calendar", activities.calendar),
    path("activities/new", activity_forms.new),
    path("activities/<int:activity>", activity.activity),
    path("activities/<int:activity>/poster.pdf", activity.poster),
    path("activities/<int:activity>/<str:verb>", activity.step),
]
