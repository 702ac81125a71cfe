"""Which page answers which address."""

from django.urls import path

from gongfen.pages import activity, paying, public, resident, review, till

urlpatterns = [
    path("", public.home),
    path("money", public.money),
    path("join", public.join),
    path("me", resident.mine),
    path("me/hide", resident.hide),
    path("me/statement", resident.statement),
    path("me/statement/<str:month>.<str:kind>", resident.statement_file),
    path("me/again/<int:claim>", resident.look_again),
    path("me/confirm/<int:row>", resident.confirmation),
    path("me/pay", paying.code),
    path("me/shop", paying.find_shop),
    path("me/receipt/<int:number>", paying.receipt),
    path("pay/<str:number>", paying.sign),
    path("a/<int:activity>", activity.show),
    path("a/<int:activity>/screen", activity.screen),
    path("a/<int:activity>/<str:verb>", activity.say),
    path("review", review.desk),
    path("review/decide", review.decide),
    path("review/photo/<int:evidence>", review.photo),
    path("till", till.till),
    path("till/new", till.new),
    path("till/take", till.take),
    path("till/done/<int:number>", till.done),
    path("till/refund/<int:number>", till.give_back),
    path("till/owner", till.owner),
    path("till/card-pin", till.card_pin),
]
