"""What can be done about people: roles, consents, devices."""

from collections.abc import Sequence
from datetime import datetime

from gongfen.journal.written import Written
from gongfen.ledger.batch import one, one_batch
from gongfen.people.models import Consent, Device, Purpose, Resident, Role, RoleName, Village
from gongfen.people.queries import Caller, same_household
from gongfen.people.tokens import hash_of
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town


class NeedsTwoPeople(Refusal):
    """Two different people of different households, and nobody for themselves."""

    code = "needs_two_people"


class NotYourRole(Refusal):
    """The caller has not the role that this needs. `role` is which."""

    code = "not_your_role"


class UnknownPurpose(Refusal):
    """There is no such purpose to consent to."""

    code = "unknown_purpose"


def give_roles(
    town: Town, given: Sequence[tuple[Resident, RoleName, Village | None]], *, by: int, approved_by: int, now: datetime
) -> list[Written]:
    """Give roles, in one set. `by` and `approved_by` are subjects; for the first staff both are the town's own."""
    with one_batch(town, now) as batch:
        for resident, role, village in given:
            place = village.id if village else 0
            act = batch.act(
                key=f"role/{resident.id}/{role}/{place}/{now.timestamp():.0f}",
                verb="role.give",
                by=by,
                about=resident.subject,
                facts={"role": role, "village": str(place), "approved_by": str(approved_by)},
            )
            if Role.of(town).filter(resident=resident, role=role, village=village, ended_at=None).exists():
                continue
            act.creates(Role(town=town, resident=resident, role=role, village=village, given_at=now))
    return [one([answer]) for answer in batch.answers]


def change_role(
    resident: Resident,
    role: RoleName,
    village: Village | None,
    *,
    give: bool,
    by: Resident,
    approved_by: Resident,
    now: datetime,
) -> Written:
    """Give or end a role. Two people of two households decide, and neither for their own household."""
    town = resident.town
    people = (resident, by, approved_by)
    if any(same_household(a, b) for i, a in enumerate(people) for b in people[i + 1 :]):
        raise NeedsTwoPeople()
    held = Role.of(town).filter(resident=resident, role=role, village=village, ended_at=None).first()
    place, verb = village.id if village else 0, "give" if give else "end"
    with one_batch(town, now) as batch:
        act = batch.act(
            key=f"role/{resident.id}/{role}/{place}/{verb}/{now.isoformat()}",
            verb=f"role.{verb}",
            by=by.subject,
            about=resident.subject,
            facts={"role": role, "village": str(place), "approved_by": str(approved_by.subject)},
        )
        if give and held is None:
            act.creates(Role(town=town, resident=resident, role=role, village=village, given_at=now))
        if not give and held is not None:
            act.changes(held, was={"ended_at": None}, ended_at=now)
    return one(batch.answers)


def consent(resident: Resident, purpose: str, *, given: bool, now: datetime) -> None:
    """Give or withdraw one consent. Doing so again changes nothing; nothing else depends on it."""
    if purpose not in Purpose.values:
        raise UnknownPurpose(purpose=purpose)
    standing = Consent.of(resident.town).filter(resident=resident, purpose=purpose, withdrawn_at=None)
    if not given:
        standing.update(withdrawn_at=now)
    elif not standing.exists():
        Consent.objects.create(town=resident.town, resident=resident, purpose=purpose, given_at=now)


def sign_in(resident: Resident, token: str, *, label: str, now: datetime) -> Device:
    """A device made a token and is the resident's from now on. Only the hash is kept."""
    return Device.objects.create(
        town=resident.town, resident=resident, token_hash=hash_of(token), label=label[:60], made_at=now
    )


def sign_out(caller: Caller, device: int, *, now: datetime) -> bool:
    """End one of the caller's own devices (a lost phone, say); was it there?"""
    own = Device.of(caller.town).filter(id=device, resident=caller.resident, ended_at=None)
    return bool(own.update(ended_at=now))
