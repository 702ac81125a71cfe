"""Signing in at the desk, for tests."""

from datetime import datetime
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
    """Somebody of Daicun's staff opens an account; signed in after."""
    return open_account_of(daicun[who], daicun["钱文书"], NOW)


def open_account_of(person: Resident, clerk: Resident, now: datetime) -> Client:
    """Somebody opens an account as a person does: code, password, authenticator. Signed in after."""
    (printed,) = make_codes(clerk, [person], now=now)
    client = Client()
    typed = {"join_code": printed.code, "name": person.name, "password": PASSWORD, "again": PASSWORD}
    answer = client.post("/desk/begin", typed)
    assert answer.status_code == 303, answer.content.decode()
    user = get_user_model().objects.get(username=f"{person.town.code}:{person.name}")
    device = TOTPDevice.objects.get(user=user)
    answer = client.post("/desk/second-factor", {"code": digits(device)})
    assert answer.status_code == 200
    return client
