"""Which page of the rooms about the village itself answers which address."""

from django.urls import path

from gongfen.console import glance

urlpatterns = [
    path("glance", glance.glance),
]
