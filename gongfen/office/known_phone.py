"""A staff member's known phone: it says yes to the desk with a PIN, instead of a password typed all day.

The desk shows six digits; the phone shows the same six, and its owner types the PIN. A yes is good for the one desk
that asked, once, for two minutes. Five wrong PINs, and the phone is a stranger again.
"""

import hmac
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from gongfen.people.at_the_office import DeskQuestion, KnownPhone
from gongfen.people.models import Device, Resident
from gongfen.people.queries import Caller
from gongfen.people.tokens import hash_of
from gongfen.rules.refusals import Refusal
from gongfen.shops.pins import TRIES, is_pin, pin_hash, read_pin

LASTS = timedelta(minutes=2)
KNOW, CONFIRM = "know", "confirm"


class NotThisNumber(Refusal):
    """The desk shows another number, or no longer asks."""

    code = "no_such_desk_number"


class PhoneUnknown(Refusal):
    """The desk does not know this phone (any more)."""

    code = "phone_unknown"


class DeskPinWrong(Refusal):
    """The PIN is not right. `left` tries are left."""

    code = "desk_pin_wrong"


class NoAnswerYet(Refusal):
    """The phone has not said yes yet, or said no, or too late."""

    code = "no_answer_yet"


def phone_of(resident: Resident) -> KnownPhone | None:
    """The phone that may say yes for this person, as long as it is signed in."""
    found = KnownPhone.of(resident.town_id).filter(resident=resident).first()
    if found is None or not Device.of(resident.town_id).filter(id=found.device_id, ended_at=None).exists():
        return None
    return found


def ask(resident: Resident, what: str, desk: str, *, now: datetime) -> DeskQuestion:
    """The desk asks the phone; an older question of the same kind is void. `desk` is what only that desk knows."""
    with transaction.atomic():
        DeskQuestion.of(resident.town_id).filter(resident=resident, what=what).delete()
        return DeskQuestion.objects.create(
            town_id=resident.town_id, resident=resident, what=what, code=f"{secrets.randbelow(1_000_000):06d}",
            secret_hash=hash_of(desk), asked_at=now, expires_at=now + LASTS,
        )  # fmt: skip


def make_known(caller: Caller, code: str, pin: str, *, now: datetime) -> None:
    """This phone is known from now on, with a PIN that its owner chose; the phone before it is not."""
    kept = pin_hash(read_pin(pin))
    town = caller.town
    open_now = DeskQuestion.of(town).filter(resident=caller.resident, what=KNOW, state="open", expires_at__gt=now)
    found = open_now.first()
    if found is None or not hmac.compare_digest(found.code.encode(), code.strip().encode()):
        open_now.delete()  # who guesses, guesses once
        raise NotThisNumber()
    with transaction.atomic():
        KnownPhone.of(town).filter(resident=caller.resident).delete()
        KnownPhone.objects.create(
            town=town, resident=caller.resident, device_id=caller.device, pin_hash=kept, made_at=now
        )
        open_now.update(state="yes")


def questions_for(caller: Caller, *, now: datetime) -> list[DeskQuestion]:
    """What the desk asks this phone now; nothing where it is not the known one."""
    phone = phone_of(caller.resident)
    if phone is None or phone.device_id != caller.device:
        return []
    rows = DeskQuestion.of(caller.town).filter(resident=caller.resident, what=CONFIRM, state="open", expires_at__gt=now)
    return list(rows.order_by("-id"))


def answer(caller: Caller, question: int, pin: str, *, yes: bool, now: datetime) -> None:
    """The owner says yes with the PIN, or no without. Each try is counted before it is looked at."""
    found = next((one for one in questions_for(caller, now=now) if one.id == question), None)
    if found is None:
        raise NotThisNumber()
    if yes:
        _check_pin(caller, pin)
    rows = DeskQuestion.of(caller.town).filter(id=found.id, state="open")
    rows.update(state="yes" if yes else "no")


def take_yes(resident: Resident, question: int, desk: str, *, now: datetime) -> None:
    """The desk goes on, once: when the phone said yes in time, and to this desk."""
    rows = DeskQuestion.of(resident.town_id).filter(id=question, resident=resident, expires_at__gt=now)
    if not rows.filter(secret_hash=hash_of(desk), state="yes").update(state="used"):
        raise NoAnswerYet()


def forget_questions(resident: Resident, *, now: datetime) -> int:
    """Old questions go."""
    return DeskQuestion.of(resident.town_id).filter(resident=resident, expires_at__lte=now).delete()[0]


def _check_pin(caller: Caller, pin: str) -> None:
    mine = KnownPhone.of(caller.town).filter(resident=caller.resident, device_id=caller.device)
    if not mine.filter(tries__lt=TRIES).update(tries=F("tries") + 1):
        raise PhoneUnknown()
    phone = mine.get()
    if is_pin(phone.pin_hash, pin):
        mine.update(tries=0)
        return
    if phone.tries >= TRIES:
        mine.delete()
        raise PhoneUnknown()
    raise DeskPinWrong(left=TRIES - phone.tries)
