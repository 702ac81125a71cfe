"""Neighbours' help: a small board of asked and offered help, and points of the helped to the one who helped.

No point is made here. Both agree before anything moves, and nobody gives more than one has.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, Sum

from gongfen.activities.claims import NoAccount, OutsideDays
from gongfen.activities.kinds.form import plain_text
from gongfen.activities.models import Activity, Help, HelpNote
from gongfen.activities.repeats import id_of
from gongfen.activities.terms_in_force import InForce
from gongfen.fund import moves
from gongfen.journal.written import Written
from gongfen.ledger.batch import one, one_batch
from gongfen.ledger.draft import THIS_ACT
from gongfen.people.models import Resident, Village
from gongfen.people.queries import same_household
from gongfen.rules.caps import Caps, Earned, room, taken
from gongfen.rules.claim_states import TAKES_CLAIMS
from gongfen.rules.notice import village_day
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town

KIND, WHAT = "neighbours_help", "help"
LONGEST = 120  # letters of a note
MOST_NOTES = 5  # of one resident
MOST_DAYS = 30  # a note hangs on the board
MOST_MINUTES = 720


class UnknownHelp(Refusal):
    """There is no such note or help, or it is not one's own."""

    code = "unknown_help"


class NoteEmpty(Refusal):
    """A note says what the help is."""

    code = "note_empty"


class TooManyNotes(Refusal):
    """Enough notes of one resident hang on the board."""

    code = "too_many_notes"


class HelpPointsWrong(Refusal):
    """Between a hundredth and what the terms give at most."""

    code = "help_points_wrong"


class HelpWithinHousehold(Refusal):
    """Help at home is not counted."""

    code = "help_within_household"


class HelpCapReached(Refusal):
    """The terms cap what one resident gets for help in a day, a month or a year. `left` is what is free."""

    code = "help_cap_reached"


class NotYoursToAgree(Refusal):
    """Who proposed does not agree; the other one does."""

    code = "help_not_yours_to_agree"


class HelpDecided(Refusal):
    """It was agreed already."""

    code = "help_decided"


class NoHelpOpen(Refusal):
    """The village has announced no neighbours' help for now."""

    code = "help_no_activity"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one of the two proposes: who helped whom, for how many points (hundredths), how long, on which day."""

    giver: Resident
    taker: Resident
    points: int
    minutes: int
    happened_on: date


def post_note(resident: Resident, says: str, words: str, *, until: date, key: str, now: datetime) -> HelpNote:
    """Hang a note on the village's board. The same `key` again is the same note."""
    text = plain_text("words", words, longest=LONGEST)
    if not text:
        raise NoteEmpty()
    today = village_day(now)
    own = HelpNote.of(resident.town_id).filter(resident=resident)
    own.filter(until__lt=today).delete()
    note = HelpNote(
        id=id_of(resident, key), town_id=resident.town_id, village_id=resident.village_id, resident=resident,
        says=HelpNote.Says(says), words=text, until=min(max(until, today), today + timedelta(days=MOST_DAYS)),
    )  # fmt: skip
    if (known := own.filter(id=note.id).first()) is not None:
        return known
    if own.count() >= MOST_NOTES:
        raise TooManyNotes(most=MOST_NOTES)
    HelpNote.objects.bulk_create([note])
    return note


def take_down(resident: Resident, note: int) -> None:
    """Take one's own note down. Nothing is kept of it."""
    if not HelpNote.of(resident.town_id).filter(id=note, resident=resident).delete()[0]:
        raise UnknownHelp()


def board(village: Village, *, now: datetime) -> list[HelpNote]:
    """What hangs on the board, for residents of the village: the next to go first."""
    notes = HelpNote.of(village.town_id).filter(village=village, until__gte=village_day(now))
    return list(notes.select_related("resident").order_by("until", "id"))


def propose(by: Resident, proposal: Proposal, *, key: str, now: datetime) -> Help:
    """One of the two writes down what they talked over. Nothing moves before the other agrees."""
    giver, taker = proposal.giver, proposal.taker
    if by.id not in (giver.id, taker.id):
        raise UnknownHelp()
    if same_household(giver, taker):
        raise HelpWithinHousehold()
    if not (giver.has_account and taker.has_account):
        raise NoAccount()
    activity = _activity(by.village, proposal.happened_on, now)
    _check_points(by.town, activity.host, proposal)
    help_ = Help(
        id=id_of(by, key), town_id=by.town_id, activity=activity, giver=giver, taker=taker, proposed_by=by.subject,
        points=proposal.points, minutes=min(max(proposal.minutes, 0), MOST_MINUTES), happened_on=proposal.happened_on,
    )  # fmt: skip
    try:
        with transaction.atomic():
            Help.objects.bulk_create([help_])
    except IntegrityError:
        return find_help(by, help_.id)
    return help_


def agree(by: Resident, help_: int, *, now: datetime) -> Written:
    """The other one agrees, and the points of the helped go to who helped, in one act. Agreeing again is the same."""
    town = by.town
    with one_batch(town, now) as batch:
        found = find_help(by, help_)
        act = batch.act(
            key=f"help/{found.id}",
            verb="neighbour.help",
            by=by.subject,
            about=found.giver.subject,
            facts={
                "help": str(found.id), "activity": str(found.activity_id), "points": found.points,
                "minutes": found.minutes, "day": found.happened_on.isoformat(),
            },
        )  # fmt: skip
        act.asks(lambda: _may_agree(town, found, by))
        act.moves(*moves.help_given(found.taker.subject, found.giver.subject, found.points))
        act.changes(found, was={"state": Help.State.PROPOSED}, state=Help.State.DONE, act_id=THIS_ACT)
    return one(batch.answers)


def decline(by: Resident, help_: int) -> None:
    """Either of the two says no, or takes the proposal back. Nothing is kept of it."""
    found = find_help(by, help_)
    if not Help.of(by.town_id).filter(id=found.id, state=Help.State.PROPOSED).delete()[0]:
        raise HelpDecided()


def helps_of(resident: Resident, *, most: int = 100) -> list[Help]:
    """One's own: given and taken, proposed and done, the latest first."""
    mine = Help.of(resident.town_id).filter(Q(giver=resident) | Q(taker=resident))
    return list(mine.select_related("giver", "taker").order_by("-id")[:most])


def find_help(by: Resident, help_: int) -> Help:
    """A help between this resident and another; nobody else finds it."""
    mine = Help.of(by.town_id).filter(Q(giver=by) | Q(taker=by), id=help_)
    found = mine.select_related("giver", "taker", "activity").first()
    if found is None:
        raise UnknownHelp()
    return found


def _may_agree(town: Town, found: Help, by: Resident) -> Refusal | None:
    if found.state != Help.State.PROPOSED:
        return HelpDecided()
    if found.proposed_by == by.subject:
        return NotYoursToAgree()
    if not (found.giver.has_account and found.taker.has_account):
        return NoAccount()
    caps = InForce(town, [found.activity.host]).on(found.activity.host, KIND, WHAT, found.happened_on).terms.caps
    left = _left(found, caps)
    return HelpCapReached(left=left) if left is not None and left < found.points else None


def _left(found: Help, caps: Caps) -> int | None:
    year = Help.of(found.town_id).filter(
        giver=found.giver, state=Help.State.DONE, happened_on__year=found.happened_on.year
    )
    days = year.order_by().values("happened_on").annotate(points=Sum("points"))
    so_far = taken([Earned(day["happened_on"], day["points"]) for day in days], found.happened_on)
    return room(caps, so_far)


def _activity(village: Village, day: date, now: datetime) -> Activity:
    """The village's announced help that this day belongs to."""
    running = Activity.of(village.town_id).filter(kind=KIND, host=village.subject, state__in=sorted(TAKES_CLAIMS))
    activity = running.filter(starts_at__lte=now).order_by("-starts_at").first()
    if activity is None:
        raise NoHelpOpen()
    first, last = village_day(activity.starts_at), min(village_day(now), village_day(activity.ends_at))
    if not first <= day <= last:
        raise OutsideDays(first=first.isoformat(), last=last.isoformat())
    return activity


def _check_points(town: Town, host: int, proposal: Proposal) -> None:
    terms = InForce(town, [host]).on(host, KIND, WHAT, proposal.happened_on).terms
    if not 1 <= proposal.points <= terms.points:
        raise HelpPointsWrong(least=1, most=terms.points)
