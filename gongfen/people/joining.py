"""Joining without a text message: a printed one-time code, or a request that a clerk confirms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from gongfen.ledger.batch import one, one_batch
from gongfen.people import acts, founding
from gongfen.people.models import AgeBand, Device, Group, JoinCode, JoinRequest, RequestState, Resident, Village
from gongfen.people.queries import has_role
from gongfen.people.tokens import hash_of, new_join_code, read_join_code
from gongfen.rules.refusals import Refusal

CODE_LIVES = timedelta(days=30)
MOST_WAITING = 500  # requests of one village that nobody has answered yet


class WrongJoinCode(Refusal):
    """No such code, or it was used or is too old."""

    code = "wrong_join_code"


class NotOnTheList(Refusal):
    """This request was answered already, or there is none."""

    code = "no_such_request"


class ManyRequests(Refusal):
    """The village has more requests waiting than its clerk can read."""

    code = "many_requests"


class TooYoung(Refusal):
    """Under 14: no account and no device; the guardian sees the head share."""

    code = "too_young"


@dataclass(frozen=True, slots=True)
class Printed:
    """A code to print, once: it is not kept."""

    resident: Resident
    code: str


def make_codes(clerk: Resident, residents: Sequence[Resident], *, now: datetime) -> list[Printed]:
    """New one-time codes for these residents of the clerk's village. Codes printed before are dead at once."""
    town = clerk.town
    if any(not has_role(clerk, "clerk", resident.village_id) for resident in residents):
        raise acts.NotYourRole(role="clerk")
    if any(resident.age_band == AgeBand.UNDER_14 for resident in residents):
        raise TooYoung()
    with one_batch(town, now) as batch:
        JoinCode.of(town).filter(resident__in=residents, used_at=None).update(used_at=now)
        printed = [Printed(resident, new_join_code()) for resident in residents]
        for each in printed:
            act = batch.act(
                key=f"join_code/{hash_of(each.code).hex()[:32]}",
                verb="join_code.make",
                by=clerk.subject,
                about=each.resident.subject,
            )
            act.creates(
                JoinCode(
                    town=town, resident=each.resident, code_hash=hash_of(each.code),
                    made_by=clerk.subject, expires_at=now + CODE_LIVES,
                )
            )  # fmt: skip
    return printed


def sign_in_by_code(typed: str, token: str, *, label: str, now: datetime) -> Device:
    """Use a code once: this device is the resident's. The same device with the same code again is the same device."""
    with transaction.atomic():
        code = (
            JoinCode.objects.filter(code_hash=hash_of(read_join_code(typed)), resident__left_at=None)
            .select_related("town", "resident")
            .first()
        )
        if code is None:
            raise WrongJoinCode()
        again = Device.of(code.town).filter(token_hash=hash_of(token), resident=code.resident, ended_at=None).first()
        if again is not None:
            return again
        used = JoinCode.of(code.town).filter(id=code.id, used_at=None, expires_at__gt=now).update(used_at=now)
        if not used:
            raise WrongJoinCode()
        code.resident.town = code.town
        return acts.sign_in(code.resident, token, label=label, now=now)


def ask_to_join(
    village: Village, *, name: str, household_number: str, age_band: str, secret: str, now: datetime
) -> JoinRequest:
    """申请加入 from the public page. `secret` (made by the asking device) shows the answer later; asking twice with
    it asks once."""
    before = JoinRequest.of(village.town).filter(secret_hash=hash_of(secret)).first()
    if before is not None:
        return before
    if JoinRequest.of(village.town).filter(village=village, state=RequestState.WAITING).count() >= MOST_WAITING:
        raise ManyRequests()
    if age_band == AgeBand.UNDER_14:
        raise TooYoung()
    return JoinRequest.objects.create(
        town=village.town, village=village, name=name, household_number=household_number,
        age_band=age_band, secret_hash=hash_of(secret), made_at=now,
    )  # fmt: skip


def confirm_request(clerk: Resident, request: int, *, group: Group, now: datetime) -> Resident:
    """The clerk knows this person: they join, in this group. Confirming twice confirms once."""
    town = clerk.town
    with transaction.atomic():
        asked = JoinRequest.of(town).select_for_update().filter(id=request).select_related("village").first()
        if asked is None or asked.state == RequestState.REFUSED:
            raise NotOnTheList()
        if not has_role(clerk, "clerk", asked.village_id) or group.village_id != asked.village_id:
            raise acts.NotYourRole(role="clerk")
        joined: Resident | None = asked.resident
        if joined is not None:
            return joined
        joining = founding.Joining(
            household=asked.household_number, group=group.name, name=asked.name, age_band=asked.age_band
        )
        asked.village.town = town
        (resident,) = founding.join_many(asked.village, [joining], by=clerk.subject, now=now)
        JoinRequest.of(town).filter(id=request, state=RequestState.WAITING).update(
            state=RequestState.CONFIRMED, resident=resident, decided_by=clerk.subject
        )
    return resident


def refuse_request(clerk: Resident, request: int, *, now: datetime) -> None:
    """The clerk does not know this person. The request's words are kept until who asked has seen the answer."""
    town = clerk.town
    with one_batch(town, now) as batch:
        asked = JoinRequest.of(town).filter(id=request).first()
        if asked is None or asked.state == RequestState.CONFIRMED:
            raise NotOnTheList()
        if not has_role(clerk, "clerk", asked.village_id):
            raise acts.NotYourRole(role="clerk")
        act = batch.act(
            key=f"join_request/{request}/refuse", verb="join_request.refuse", by=clerk.subject, about=town.subject
        )
        act.changes(asked, was={"state": RequestState.WAITING}, state=RequestState.REFUSED, decided_by=clerk.subject)
    one(batch.answers)
