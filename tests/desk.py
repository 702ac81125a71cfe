"""Signing in at the desk, for tests."""

from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from gongfen.people.joining import make_codes
from gongfen.people.models import Resident
from tests.village import NOW, Daicun

PASSWORD = "a long walk by the river"


def digits(device: Any) -> str:
    """What the authenticator shows now."""
    return f"{totp(device.bin_key):06d}"


def open_account(daicun: Daicun, who: str) -> Client:
    """Somebody of the staff opens an account as a person does: code, password, authenticator. Signed in after."""
    person: Resident = daicun[who]
    (printed,) = make_codes(daicun["钱文书"], [person], now=NOW)
    client = Client()
    typed = {"join_code": printed.code, "name": who, "password": PASSWORD, "again": PASSWORD}
    answer = client.post("/desk/begin", typed)
    assert answer.status_code == 303, answer.content.decode()
    user = get_user_model().objects.get(username=f"{daicun.town.code}:{who}")
    device = TOTPDevice.objects.get(user=user)
    answer = client.post("/desk/second-factor", {"code": digits(device)})
    assert answer.status_code == 200
    return client
