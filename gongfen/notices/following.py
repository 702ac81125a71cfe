"""The inbox follows the journal by number, one small step at a time; stopping anywhere loses and doubles nothing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction

from gongfen.journal.models import Act, TownHead, act_at
from gongfen.notices.models import Mark, Notice, Wish
from gongfen.notices.quiet import quiet_hours
from gongfen.notices.verbs import TELLINGS, TOLD_FACTS, Telling, To, Topic
from gongfen.people.models import AgeBand, Consent, Purpose, Resident, Village
from gongfen.rules.notice import HOME
from gongfen.rules.quiet import WEEK, Hours, Item, gather, next_opening, place_invitation
from gongfen.town.models import Town

A_STEP = 2_000  # acts in one write
DAILY_HOUR = 18


class Told(NamedTuple):
    """One act, told to one resident."""

    resident: int
    telling: Telling
    facts: dict[str, object]
    number: int


def follow(town: Town, *, now: datetime, a_step: int = A_STEP) -> int:
    """Read the next acts and write their notices; how many acts were read. 0 when there are no more."""
    with transaction.atomic():
        Mark.objects.get_or_create(town=town)
        mark = Mark.objects.select_for_update().get(town=town)
        last = TownHead.objects.filter(town=town).values_list("last", flat=True).get()
        until = min(mark.number + a_step, last)
        if until == mark.number:
            return 0
        place = act_at(town, mark.number), act_at(town, until)
        acts = Act.of(town).filter(id__gt=place[0], id__lte=place[1], verb__in=TELLINGS).order_by("id")
        told = [one for act in acts for one in _told(town, act)]
        Notice.objects.bulk_create(_notices(town, told, now), batch_size=500, ignore_conflicts=True)
        Mark.objects.filter(town=town, number=mark.number).update(number=until)
    return until - mark.number


def follow_all(town: Town, *, now: datetime, a_step: int = A_STEP) -> int:
    """Step by step to the journal's end; how many acts were read."""
    read = 0
    while step := follow(town, now=now, a_step=a_step):
        read += step
    return read


def _told(town: Town, act: Act) -> Iterable[Told]:
    telling = TELLINGS[act.verb]
    facts = {name: value for name, value in act.facts.items() if name in TOLD_FACTS}
    if "payout" in facts:
        facts["money"] = facts.pop("payout")
    for resident in _whom(town, act, telling.to):
        if telling.own_too or resident != act.by:
            yield Told(resident, telling, facts, act.number)


def _whom(town: Town, act: Act, to: To) -> Iterable[int]:
    if to is To.PAYEE:
        return [int(act.facts.get("payee", act.about))]
    if to is To.HELPER:
        return [int(act.facts["helper"])]
    if to is To.RESIDENTS:
        return _residents(town, act.about)
    if to is To.INVITED:
        agreed = Consent.of(town).filter(purpose=Purpose.INVITATIONS, withdrawn_at=None)
        wanted = set(agreed.values_list("resident__subject", flat=True))
        return [subject for subject in _residents(town, act.about) if subject in wanted]
    return [act.about]


def _residents(town: Town, host: int) -> list[int]:
    """Those with an account who live with this host."""
    there = Resident.of(town).filter(left_at=None).exclude(age_band=AgeBand.UNDER_14)
    village = Village.of(town).filter(subject=host).first()
    if village is not None:
        there = there.filter(village=village)
    return list(there.order_by("id").values_list("subject", flat=True))


def _notices(town: Town, told: Sequence[Told], now: datetime) -> list[Notice]:
    """One notice for each resident and text of a step; when it may come; none that nobody wants."""
    by_resident: dict[tuple[int, str], list[Told]] = defaultdict(list)
    for one in told:
        by_resident[one.resident, one.telling.code].append(one)
    people = {resident for resident, _ in by_resident}
    there = _of_this_town(town, people)
    wishes = _wishes(town, people)
    placed = _invitations(town, people, now)
    quiet = quiet_hours(town, people)
    found = []
    for (resident, code), some in by_resident.items():
        telling = some[0].telling
        how = wishes.get((resident, telling.topic), "at_once")
        when = _when(telling, how, placed[resident], quiet.get(resident), now) if resident in there else None
        if when is None:
            continue
        (message,) = gather([Item(code, one.facts) for one in some])
        found.append(
            Notice(
                town=town, resident=resident, code=code, topic=telling.topic, facts=message.facts,
                count=message.count, act_number=some[-1].number, deliver_at=when,
            )
        )  # fmt: skip
    return found


def _when(telling: Telling, how: str, invited: list[datetime], own: Hours | None, now: datetime) -> datetime | None:
    """When a notice may come: None when it is not wanted, or the week's invitations are used up."""
    local = now.astimezone(HOME)
    if how == "never":
        return None
    if telling.to is To.INVITED:
        when = place_invitation(_at_six(local) if how == "daily" else local, invited, own)
        if when is not None:
            invited.append(when)
        return when
    when = _at_six(local) if how == "daily" else local
    if telling.to is To.RESIDENTS:
        when = next_opening(when, own) or when
    return own.over(when) if own else when


def _at_six(local: datetime) -> datetime:
    """The next 18:00: the hour of the daily digest."""
    today = local.replace(hour=DAILY_HOUR, minute=0, second=0, microsecond=0)
    return today if local <= today else today + timedelta(days=1)


def _of_this_town(town: Town, people: Iterable[int]) -> set[int]:
    found: set[int] = set()
    every = list(people)
    for start in range(0, len(every), 5_000):
        some = Resident.of(town).filter(subject__in=every[start : start + 5_000], left_at=None)
        found.update(some.values_list("subject", flat=True))
    return found


def _wishes(town: Town, people: set[int]) -> dict[tuple[int, str], str]:
    rows: Any = Wish.of(town).values_list("resident", "topic", "how")
    if len(people) < 5_000:
        rows = rows.filter(resident__in=people)
    return {(resident, topic): how for resident, topic, how in rows}


def _invitations(town: Town, people: set[int], now: datetime) -> dict[int, list[datetime]]:
    """When each was invited in the last week, or will be."""
    found: dict[int, list[datetime]] = defaultdict(list)
    rows: Any = Notice.of(town).filter(topic=Topic.INVITATIONS, deliver_at__gt=now - WEEK)
    if len(people) < 5_000:
        rows = rows.filter(resident__in=people)
    for resident, when in rows.values_list("resident", "deliver_at"):
        found[resident].append(when)
    return found
