"""Which page of the desk answers which address."""

from django.urls import path

from gongfen.console import review, signing_in, today

urlpatterns = [
    path("", today.today),
    path("sign-in", signing_in.sign_in),
    path("sign-out", signing_in.sign_out),
    path("begin", signing_in.begin),
    path("second-factor", signing_in.second_factor),
    path("review", review.review),
    path("review/photo/<int:evidence>", review.photo),
]
