"""Signing in at the desk, for tests."""

from datetime import datetime
from functools import cache
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.core.cache import cache as tries
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from gongfen.people.joining import make_codes
from gongfen.people.models import Resident, StaffAccount
from gongfen.town import clock
from tests.earning_life import Life
from tests.village import NOW, Daicun

PASSWORD = "a long walk by the river"


@pytest.fixture
def life(db: None, monkeypatch: pytest.MonkeyPatch) -> Life:
    """A village in which people earn, and its clock: the desk's time is the village's."""
    tries.clear()
    found = Life()
    monkeypatch.setattr(clock, "now", lambda: found.now)
    return found


def at_desk(life: Life, who: str) -> Client:
    """Somebody of the village's staff sits at the desk."""
    return signed_in(life.people[who], life.now)


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


@cache
def _hashed() -> str:
    """The password that everyone at the desk has; made once, since making it is slow by purpose."""
    return make_password(PASSWORD)


def signed_in(person: Resident, now: datetime) -> Client:
    """Somebody of the staff sits at the desk already, both factors shown: for tests of what happens there."""
    name = f"{person.town.code}:{person.name}"
    found, is_new = get_user_model().objects.get_or_create(username=name, defaults={"password": _hashed()})
    if is_new:
        StaffAccount.objects.create(town=person.town, resident=person, user_id=found.pk, made_at=now)
        TOTPDevice.objects.create(user=found, name="phone", confirmed=True)
    client = Client()
    client.force_login(found)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = TOTPDevice.objects.get(user=found).persistent_id
    session["known_at"] = session["pressed_at"] = now.isoformat()
    session.save()
    return client
