"""Which page of the desk answers which address."""

from django.urls import include, path

from gongfen.console import signing_in, today

urlpatterns = [
    path("", today.today),
    path("sign-in", signing_in.sign_in),
    path("sign-out", signing_in.sign_out),
    path("begin", signing_in.begin),
    path("second-factor", signing_in.second_factor),
    path("", include("gongfen.console.people_urls")),
    path("", include("gongfen.console.money_urls")),
    path("", include("gongfen.console.work_urls")),
    path("", include("gongfen.console.village_urls")),
]
