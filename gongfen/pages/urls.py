"""Which page answers which address."""

from django.urls import path

from gongfen.pages import public

urlpatterns = [
    path("", public.home),
    path("money", public.money),
    path("join", public.join),
]
