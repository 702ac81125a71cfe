"""A clerk acts for a resident: half an hour, with the resident's consent, and a receipt of everything that was done.

Who has a phone agrees on it; who has none signs the printed receipt, which stays in the village's folder.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from gongfen.ledger.batch import one, one_batch
from gongfen.people.acts import NeedsTwoPeople, NotYourRole
from gongfen.people.at_the_office import Deed, HelperSession
from gongfen.people.joining import TooYoung
from gongfen.people.looks import looked
from gongfen.people.models import AgeBand, Resident
from gongfen.people.queries import has_role, resident_by_subject, same_household
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town

LASTS = timedelta(minutes=30)
HOWS = ("phone", "paper")


class NoSession(Refusal):
    """There is no session: it is over, or nobody agreed to it."""

    code = "no_such_session"


class ConsentMissing(Refusal):
    """Say how the resident agreed."""

    code = "consent_missing"


def begin(clerk: Resident, resident: Resident, how: str, *, now: datetime) -> HelperSession:
    """Begin to act for somebody. On paper it begins at once; by phone when the phone says yes. One at a time."""
    town = clerk.town
    if not has_role(clerk, "clerk", resident.village_id):
        raise NotYourRole(role="clerk")
    if same_household(clerk, resident):
        raise NeedsTwoPeople()
    if resident.age_band == AgeBand.UNDER_14 or not resident.has_account:
        raise TooYoung()
    if how not in HOWS:
        raise ConsentMissing()
    with one_batch(town, now) as batch:
        before = HelperSession.of(town).filter(by=clerk.subject, ended_at=None).first()
        if before is not None and before.resident_id == resident.id and before.expires_at > now:
            return before
        if before is not None:
            HelperSession.of(town).filter(id=before.id).update(ended_at=min(now, before.expires_at))
        session = HelperSession(
            town=town, resident=resident, by=clerk.subject, how=how, opened_at=now,
            agreed_at=now if how == "paper" else None, expires_at=now + LASTS,
        )  # fmt: skip
        act = batch.act(
            key=f"session/{session.id}/begin",
            verb="helper_session.begin" if how == "paper" else "helper_session.ask",
            by=clerk.subject,
            about=resident.subject,
            facts={"session": str(session.id), "until": session.expires_at.isoformat()},
        )
        act.creates(session)
    one(batch.answers)
    looked(clerk, [resident], "helper_session", now=now)
    return session


def agree(resident: Resident, session: int, *, now: datetime) -> None:
    """The resident says yes on the own phone; the half hour begins now. Saying it again changes nothing."""
    town = resident.town
    with one_batch(town, now) as batch:
        found = HelperSession.of(town).filter(id=session, resident=resident, ended_at=None).first()
        if found is None or found.expires_at <= now:
            raise NoSession()
        act = batch.act(
            key=f"session/{session}/agree",
            verb="helper_session.begin",
            by=resident.subject,
            about=resident.subject,
            facts={"session": str(session)},
        )
        if found.agreed_at is None:
            act.changes(found, was={"agreed_at": None}, agreed_at=now, expires_at=now + LASTS)
    one(batch.answers)


def end(by: Resident, session: int, *, now: datetime) -> HelperSession:
    """Either of the two ends it, at once. Ending twice ends once."""
    town = by.town
    found = HelperSession.of(town).filter(id=session).select_related("resident").first()
    if found is None or by.subject not in (found.by, found.resident.subject):
        raise NoSession()
    with one_batch(town, now) as batch:
        act = batch.act(
            key=f"session/{session}/end",
            verb="helper_session.end",
            by=by.subject,
            about=found.resident.subject,
            facts={"session": str(session), "count": Deed.of(town).filter(session=found).count()},
            asked="",
        )
        if found.ended_at is None:
            act.changes(found, was={"ended_at": None}, ended_at=min(now, found.expires_at))
    one(batch.answers)
    return HelperSession.of(town).select_related("resident__household", "resident__village").get(id=session)


def end_own(resident: Resident, session: int, *, now: datetime) -> None:
    """The resident says no, or no longer."""
    if not HelperSession.of(resident.town).filter(id=session, resident=resident).exists():
        raise NoSession()
    end(resident, session, now=now)


def current(clerk: Resident, *, now: datetime) -> HelperSession | None:
    """The clerk's session that runs now, or waits for the resident's yes."""
    rows = HelperSession.of(clerk.town).filter(by=clerk.subject, ended_at=None, expires_at__gt=now)
    found = rows.select_related("resident__village", "resident__household", "resident__group").first()
    if found is not None:
        found.resident.town = found.resident.village.town = clerk.town
    return found


def running(clerk: Resident, session: int, *, now: datetime) -> HelperSession:
    """The session, as long as it runs and was agreed to; else the refusal."""
    found = current(clerk, now=now)
    if found is None or found.id != session or found.agreed_at is None:
        raise NoSession()
    return found


def note(session: HelperSession, what: str, *, row: int = 0, now: datetime) -> Deed:
    """Write down what was done, for the receipt."""
    return Deed.objects.create(town_id=session.town_id, session=session, what=what, row=row, done_at=now)


def deeds_of(session: HelperSession) -> Sequence[Deed]:
    """What was done in a session, in order."""
    return list(Deed.of(session.town_id).filter(session=session).order_by("id"))


def waiting_for(resident: Resident, *, now: datetime) -> list[tuple[HelperSession, str]]:
    """Sessions that somebody wants to hold, or holds, for this resident; and who it is."""
    rows = HelperSession.of(resident.town_id).filter(resident=resident, ended_at=None, expires_at__gt=now)
    return [(row, _called(resident.town, row.by)) for row in rows.order_by("id")]


def _called(town: Town, subject: int) -> str:
    found = resident_by_subject(town, subject)
    return found.called if found else ""
