"""Which page of the desk answers which address."""

from django.urls import path

from gongfen.console import money, people, review, signing_in, today

urlpatterns = [
    path("", today.today),
    path("sign-in", signing_in.sign_in),
    path("sign-out", signing_in.sign_out),
    path("begin", signing_in.begin),
    path("second-factor", signing_in.second_factor),
    path("people", people.people),
    path("people/codes", people.codes),
    path("people/requests/<int:asked>", people.answer_request),
    path("money", money.money),
    path("money/slips", money.record),
    path("money/slips/<int:slip>", money.decide),
    path("review", review.review),
    path("review/photo/<int:evidence>", review.photo),
]
