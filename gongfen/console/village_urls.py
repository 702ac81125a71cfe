"""Which page of the rooms about the village itself answers which address."""

from django.urls import path

from gongfen.console import first_steps, glance, set_up, shops

urlpatterns = [
    path("glance", glance.glance),
    path("shops", shops.shops),
    path("shops/new", shops.write_down),
    path("shops/<int:asking>", shops.decide),
    path("first-steps", first_steps.first_steps),
    path("set-up", set_up.begin),
    path("set-up/place", set_up.place),
    path("set-up/people", set_up.people),
    path("set-up/people.csv", set_up.sample),
    path("set-up/roles", set_up.roles),
    path("set-up/terms", set_up.terms),
    path("set-up/check", set_up.check),
    path("set-up/account", set_up.account),
]
