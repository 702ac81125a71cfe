"""One resident's year: one id followed from the sign-in to the dividend line."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum

from gongfen import prints
from gongfen.activities.models import Claim, Presence, SheetLine
from gongfen.dividends.models import Run, RunState, Share
from gongfen.people.models import Resident
from gongfen.rules.places import number_of
from gongfen.shops.models import Payment
from gongfen.statements.outside import complain_to
from gongfen.statements.residents import in_words, rule, title
from gongfen.town.models import Town
from gongfen.words import VILLAGE_TIME, clock_time, points
from gongfen.words.statements import GRADES

SHARED = (RunState.IN_NOTICE, RunState.PAYING, RunState.CLOSED)


@dataclass(frozen=True)
class Followed:
    """One piece of work: how presence was shown, the claim, the act that paid it, what it gave and where it counted."""

    day: date
    what: str
    rule: str
    presence: str
    proof: str
    claim: str
    number: int
    points: int
    in_dividend: str


@dataclass(frozen=True)
class ToldYear:
    """A resident's year (hundredths)."""

    year: int
    subject: str
    lines: list[Followed]
    earned: int
    spent: int
    dividend: int
    slip: str


def the_year(resident: Resident, year: int, lang: str) -> ToldYear:
    """Every award of the year with what it came from, and the share of the run that counted it."""
    town = resident.town
    claims = list(
        Claim.of(town)
        .filter(resident=resident, awarded_act__isnull=False, happened_on__year=year)
        .exclude(state="reversed")
        .select_related("activity", "terms")
        .order_by("happened_on", "id")
    )
    share = _share(town, resident, year)
    shown = _presence(town, resident, {claim.activity_id for claim in claims}, lang)
    lines = [_follow(claim, shown, share, lang) for claim in claims]
    begins, ends = datetime(year, 1, 1, tzinfo=VILLAGE_TIME), datetime(year + 1, 1, 1, tzinfo=VILLAGE_TIME)
    paid = Payment.of(town).filter(resident=resident, paid_at__gte=begins, paid_at__lt=ends)
    sums = paid.aggregate(money=Sum("money"), back=Sum("refunded"))
    return ToldYear(
        year=year,
        subject=str(resident.subject),
        lines=lines,
        earned=sum(claim.points for claim in claims),
        spent=(sums["money"] or 0) - (sums["back"] or 0),
        dividend=share.payout if share else 0,
        slip=str(share.slip) if share else "",
    )


def year_pdf(resident: Resident, year: int, lang: str, now: datetime) -> bytes:
    """The year on paper."""
    told = the_year(resident, year, lang)
    return prints.year(
        prints.Year(
            village=resident.village.name,
            name=resident.name,
            year=year,
            subject=told.subject,
            printed_at=now,
            earned=told.earned,
            spent=told.spent,
            dividend=told.dividend,
            complain_to=complain_to(),
            slip=told.slip,
            lines=[
                prints.YearLine(
                    line.day, line.what, f"{line.presence} {line.proof}".strip(), line.claim, line.number, line.points,
                    line.in_dividend,
                )
                for line in told.lines
            ],
            lang=lang,
        )
    )  # fmt: skip


def _share(town: Town, resident: Resident, year: int) -> Share | None:
    runs = Run.of(town).filter(ends__year=year, state__in=SHARED)
    rows = Share.of(town).filter(run__in=runs, resident=resident.subject).select_related("run")
    return rows.order_by("-id").first()


def _presence(town: Town, resident: Resident, activities: Collection[int], lang: str) -> dict[int, str]:
    """How presence was shown, by activity: the sheet's number, or when one came and went."""
    told: dict[int, str] = {}
    for stay in Presence.of(town).filter(resident=resident, activity__in=activities).order_by("in_at"):
        until = clock_time(stay.out_at) if stay.out_at else "…"
        told[stay.activity_id] = f"{clock_time(stay.in_at)}–{until}"
    sheets = SheetLine.of(town).filter(resident=resident, sheet__activity__in=activities).select_related("sheet")
    for line in sheets:
        told[line.sheet.activity_id] = f"sheet {line.sheet.slip}" if lang == "en" else f"签到表 {line.sheet.slip}"
    return told


def _follow(claim: Claim, shown: dict[int, str], share: Share | None, lang: str) -> Followed:
    counted = share is not None and share.run.begins <= claim.happened_on <= share.run.ends and claim.points > 0
    return Followed(
        day=claim.happened_on,
        what=title(claim.activity, lang),
        rule=rule(claim.terms, lang),
        presence=shown.get(claim.activity_id, ""),
        proof=in_words(GRADES, claim.grade, lang),
        claim=str(claim.id),
        number=number_of(claim.awarded_act or 0),
        points=claim.points,
        in_dividend=points(claim.points) if counted else "",
    )
