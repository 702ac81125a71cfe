"""Published figures about people: the one place they come from (R17).

Every figure is about a calendar month (or quarter) that is over, and is final: its acts are written, and no other
table cuts the same days differently. So nobody can subtract one table from another, or today's from yesterday's.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from statistics import median

from django.core.cache import cache

from gongfen.activities.kinds import all_kinds
from gongfen.activities.models import Activity, Appeal
from gongfen.fund.queries import Cover, cover, months_left
from gongfen.journal.models import Act, TownHead, act_at
from gongfen.ledger.models import DaySum, SumMark
from gongfen.ledger.queries import balance_of
from gongfen.people.models import AgeBand, Household, Resident, Village
from gongfen.rules.claim_states import ActivityState
from gongfen.rules.day_sums import What
from gongfen.rules.figures import Cell, hide_amounts, may_tell, tell_count
from gongfen.rules.notice import HOME, village_day
from gongfen.rules.posting import Address, Kind
from gongfen.shops.models import MerchantDay
from gongfen.statements.queries import went_out
from gongfen.statements.standing import kind_word
from gongfen.town.models import Town

MONTHS = 12
AN_HOUR = 3600
FEWEST_SHOPS = 3  # with fewer, one shop's takings would be told
LONG_BEFORE = timedelta(days=60)  # an activity's points come at most so long after it
GIVEN = "neighbours_help"
ANSWERS = ("granted", "refused", "overdue")


@dataclass(frozen=True)
class KindFigure:
    """What was done of one kind in a month: hundredths of a point, minutes. None where fewer than ten people did."""

    kind: str
    label: str
    points: int | None
    minutes: int | None


@dataclass(frozen=True)
class MonthFigure:
    """A month that is over."""

    first: date
    points: int | None
    minutes: int | None
    households: int | None
    taken: int | None  # by the village's shops, hundredths of a fen
    meetings: int
    activities: int
    metres: int  # of road and ditch, in activities that closed
    answered_in: int | None  # half of the claims had their first answer within; hundredths of a day


@dataclass(frozen=True)
class Answers:
    """Appeals that were answered in the last whole quarter. None where fewer than ten people asked."""

    first: date
    last: date
    all: int | None
    by_outcome: dict[str, int | None]
    days: int | None  # half were answered within


@dataclass(frozen=True)
class Glance:
    """The village at a glance: the chosen month, the months before, the fund, appeals."""

    month: MonthFigure | None
    kinds: list[KindFigure]
    months: list[MonthFigure]
    answers: Answers
    fund: int
    lasts: int | None  # months
    cover: Cover


def glance(village: Village, lang: str, now: datetime, month: date | None = None) -> Glance:
    """Everything that is told about a village; `month` is any day of a month that is told, else the last one."""
    town = village.town
    last = _last_month(town, now)
    firsts = [_months_before(last, n) for n in range(MONTHS - 1, -1, -1)]
    sums = _sums(village, firsts)
    grown = Resident.of(town).filter(village=village, left_at=None).exclude(age_band=AgeBand.UNDER_14).count()
    homes = Household.of(town).filter(village=village, residents__left_at=None).distinct().count()
    held, opened, made = _activities(village, firsts), _shops(village, firsts), _metres(village, firsts)
    told = {
        first: _tell(first, sums[first], grown, homes, held[first], len(opened[first]), made[first])
        for first in firsts
        if sums[first].keys() - {(What.ANSWER.value, "")}
    }
    chosen = month.replace(day=1) if month else last
    if chosen not in told:
        chosen = max(told, default=last)
    fund = Address(Kind.FUND, village.subject)
    balance = balance_of(town, fund)
    return Glance(
        month=told.get(chosen),
        kinds=_kinds(chosen, sums[chosen], grown, held, lang) if chosen in told else [],
        months=list(told.values()),
        answers=_answers(village, last, grown),
        fund=balance,
        lasts=months_left(balance, went_out(town, fund, now - timedelta(days=90))),
        cover=cover(town),
    )


def last_told(village: Village, now: datetime) -> MonthFigure | None:
    """The last month that is told, remembered for a while: it never changes."""
    key = f"last-told/{village.id}/{village_day(now):%Y-%m}"
    found: MonthFigure | None = cache.get(key)
    if found is None:
        found = glance(village, "zh", now).month
        cache.set(key, found, AN_HOUR) if found else None
    return found


Sums = dict[tuple[str, str], dict[str, int]]  # what and kind → count, amount, …


def _sums(village: Village, firsts: list[date]) -> dict[date, Sums]:
    rows = DaySum.of(village.town).filter(
        host=village.subject, day__gte=firsts[0], day__lt=_months_before(firsts[-1], -1)
    )
    names = ("amount", "minutes", "residents", "households")
    found: dict[date, Sums] = {first: {} for first in firsts}
    for day, what, kind, *values in rows.values_list("day", "what", "kind", *names):
        cell = found[day.replace(day=1)].setdefault((what, kind), dict.fromkeys(names, 0))
        for name, value in zip(names, values, strict=True):
            cell[name] += value
    return found


def _cell(sums: Sums, what: What, kind: str = "") -> dict[str, int]:
    return sums.get((what.value, kind), {"amount": 0, "minutes": 0, "residents": 0, "households": 0})


def _work(sums: Sums) -> dict[str, dict[str, int]]:
    return {kind: cell for (what, kind), cell in sums.items() if what == What.AWARD.value and kind}


def _activities(village: Village, firsts: list[date]) -> dict[date, list[tuple[str, str]]]:
    """Kind and what of the activities that ended in each month, and of those in the months before the first."""
    since = _midnight(firsts[0]) - LONG_BEFORE
    rows = Activity.of(village.town).filter(
        host=village.subject, starts_at__lt=_midnight(_months_before(firsts[-1], -1))
    )
    rows = rows.filter(ends_at__gte=since, state__in=[ActivityState.OPEN.value, ActivityState.CLOSED.value])
    found: dict[date, list[tuple[str, str]]] = defaultdict(list)
    for ends_at, kind, what in rows.values_list("ends_at", "kind", "what"):
        found[village_day(ends_at).replace(day=1)].append((kind, what))
    return found


def _shops(village: Village, firsts: list[date]) -> dict[date, set[int]]:
    """The shops that took money in each month."""
    rows = MerchantDay.of(village.town).filter(merchant__village=village, day__gte=firsts[0])
    found: dict[date, set[int]] = defaultdict(set)
    for day, shop in rows.values_list("day", "merchant"):
        found[day.replace(day=1)].add(shop)
    return found


def _metres(village: Village, firsts: list[date]) -> dict[date, int]:
    """What was made of road and ditch, in the month in which the activity closed: work, nobody's in particular."""
    rows = Activity.of(village.town).filter(host=village.subject, metres__gt=0, closed_at__gte=_midnight(firsts[0]))
    found: dict[date, int] = defaultdict(int)
    for closed_at, metres in rows.values_list("closed_at", "metres"):
        if closed_at and metres:
            found[village_day(closed_at).replace(day=1)] += metres
    return found


def _tell(
    first: date, sums: Sums, grown: int, homes: int, held: list[tuple[str, str]], shops: int, metres: int
) -> MonthFigure:
    everyone = _cell(sums, What.AWARD)
    fits = may_tell(everyone["residents"], grown)
    work = _work(sums).values()
    taken = _cell(sums, What.TAKE)
    given_back = _cell(sums, What.GIVE_BACK)["amount"]
    answers = _cell(sums, What.ANSWER)
    return MonthFigure(
        first=first,
        points=sum(cell["amount"] for cell in work) if fits else None,
        minutes=sum(cell["minutes"] for cell in work) if fits else None,
        households=tell_count(everyone["households"], homes),
        taken=taken["amount"] - given_back if shops >= FEWEST_SHOPS and may_tell(taken["residents"], grown) else None,
        meetings=held.count(("affairs", "meeting")),
        activities=len(held),
        metres=metres,
        answered_in=answers["amount"] if may_tell(answers["residents"], grown) else None,
    )


def _kinds(first: date, sums: Sums, grown: int, held: dict[date, list[tuple[str, str]]], lang: str) -> list[KindFigure]:
    """A kind that was not on the notice board lately is left out: that nobody did it is no secret.

    A neighbour's help is left out, too: its points come from a neighbour and are no award.
    """
    work = _work(sums)
    lately = [_months_before(first, n) for n in range(3)]
    on = {kind for month in lately for kind, _ in held.get(month, [])} | work.keys()
    names = [name for name in all_kinds() if name in on and name != GIVEN]
    none = {"amount": 0, "minutes": 0, "residents": 0}
    cells = {name: work.get(name, none) for name in names}
    everyone = _cell(sums, What.AWARD)["residents"]

    def hidden(of: str) -> dict[str, int | None]:
        whole = Cell(sum(cell[of] for cell in cells.values()), everyone)
        return hide_amounts(whole, {name: Cell(cell[of], cell["residents"]) for name, cell in cells.items()}, grown)[1]

    points, minutes = hidden("amount"), hidden("minutes")
    told = [KindFigure(name, kind_word(name, lang), points[name], minutes[name]) for name in names]
    return sorted(told, key=lambda one: (one.points is None, -(one.points or 0)))


def _answers(village: Village, last: date, grown: int) -> Answers:
    """By the moment of the answer, so that a quarter that is over stays as it is."""
    over = _months_before(last, -1)
    end = date(over.year, (over.month - 1) // 3 * 3 + 1, 1)
    first = _months_before(end, 3)
    rows = Appeal.of(village.town).filter(claim__host=village.subject, state__in=ANSWERS, act__isnull=False)
    rows = rows.filter(made_at__gte=_midnight(first) - LONG_BEFORE, made_at__lt=_midnight(end))
    asked = list(rows.values_list("state", "made_at", "act", "claim__resident_id"))
    acts = Act.of(village.town).filter(id__in=[act for _, _, act, _ in asked])
    written = dict(
        acts.filter(written_at__gte=_midnight(first), written_at__lt=_midnight(end)).values_list("id", "written_at")
    )
    by_outcome: dict[str, list[int]] = defaultdict(list)
    for state, _, act, resident in asked:
        if act in written:
            by_outcome[state].append(resident)
    days = [(written[act] - made_at).days for _, made_at, act, _ in asked if act in written]
    people = {resident for those in by_outcome.values() for resident in those}
    cells = {state: Cell(len(by_outcome[state]), len(set(by_outcome[state]))) for state in ANSWERS}
    whole, told = hide_amounts(Cell(len(days), len(people)), cells, grown)
    return Answers(first, end - timedelta(days=1), whole, told, int(median(days)) if whole is not None else None)


def _last_month(town: Town, now: datetime) -> date:
    """The first day of the last month that is over and whose acts are all in the sums."""
    mark = SumMark.objects.filter(town=town).values_list("number", flat=True).first() or 0
    head = TownHead.objects.filter(town=town).values_list("last", flat=True).first() or 0
    seen = now
    if mark < head:  # the first act that is not summed yet: all before it are
        act = Act.of(town).filter(id=act_at(town, mark + 1)).values_list("written_at", flat=True).first()
        seen = min(act or now, now)
    return _months_before(village_day(seen).replace(day=1), 1)


def _months_before(first: date, how_many: int) -> date:
    months = first.year * 12 + first.month - 1 - how_many
    return date(months // 12, months % 12 + 1, 1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), HOME).astimezone(UTC)
