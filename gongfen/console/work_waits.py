"""What waits in the rooms for activities, reviews and terms, for the start page: how much, for whom, where."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import F

from gongfen.activities.models import Activity, Claim, Objection, ReviewRulesWish, Sheet, SlipPile, Survey, TermsVersion
from gongfen.activities.queries_review import answer_days, waiting_claims
from gongfen.console.ground import Staff
from gongfen.console.hosts import hosts_of
from gongfen.people.at_the_roster import RosterObjection
from gongfen.people.models import Group, Resident
from gongfen.people.queries import residents_by_subject
from gongfen.people.rechecks import HOME, NoSuchRecheck, errands_of, recheck_counts
from gongfen.rules.claim_states import TAKES_CLAIMS, ActivityState, ClaimState, TermsState
from gongfen.rules.notice import village_day
from gongfen.rules.rechecks import quarter_of
from gongfen.statements.reviews import days_left, heap_of, hosts_of_reviewer

Counted = int | tuple[int, dict[str, Any]]  # how many, and facts for the words; `oldest` is since when
Counter = Callable[[Staff], Counted]
MOST = 200
REVIEW, NOTICE = "/desk/review", "/desk/review/notice"
CLOSE_AFTER = timedelta(days=3)


def _hosts(staff: Staff, *names: str) -> list[int]:
    return [one.subject for one in hosts_of(staff, *names)]


def _others(staff: Staff, steps: Sequence[tuple[str, int | None]]) -> Counted:
    """How many of these steps (where they are, who took them) were taken by another household, so that this person
    may take the next; a single one is led to."""
    people = residents_by_subject(staff.town, [who for _, who in steps if who])
    own = staff.resident.household_id
    return _led([href for href, who in steps if who not in people or people[who].household_id != own])


def _led(found: Sequence[str]) -> Counted:
    return len(found), {"href": found[0]} if len(found) == 1 else {}


def _at(rows: Iterable[tuple[Any, ...]], address: str) -> list[tuple[str, int | None]]:
    """Rows of ids, the subject last, as addresses with their subjects."""
    return [(address.format(*row), row[-1]) for row in rows]


ACTIVITY, SHEET = "/desk/activities/{0}", "/desk/activities/{0}/sheets/{1}"


def _in_state(state: ClaimState) -> Counter:
    def counted(staff: Staff) -> Counted:
        return heap_of(staff.resident, staff.lang).states.get(str(state), 0)

    return counted


def _appeals(staff: Staff) -> Counted:
    """Appeals, with the days that are left for the most urgent one."""
    claims = waiting_claims(
        staff.resident, hosts_of_reviewer(staff.resident), states=(str(ClaimState.APPEALED),), limit=MOST
    )
    until = answer_days(staff.town, claims).values()
    return len(claims), {"left": max(days_left(min(until), staff.now), 0) if until else 0}


def _drafts(staff: Staff) -> Counted:
    waiting = Activity.of(staff.town).filter(host__in=_hosts(staff, "supervisor"), state=ActivityState.DRAFT)
    rows = waiting.filter(ends_at__gt=staff.now).values_list("id", "drafted_by")[:MOST]
    return _others(staff, _at(rows, ACTIVITY))


def _approved(staff: Staff) -> Counted:
    waiting = Activity.of(staff.town).filter(host__in=_hosts(staff, "organiser"), state=ActivityState.APPROVED)
    rows = waiting.filter(ends_at__gt=staff.now).values_list("id", "approved_by")[:MOST]
    return _others(staff, _at(rows, ACTIVITY))


def _to_close(staff: Staff) -> Counted:
    """Activities that ended and in which nothing is open."""
    over = Activity.of(staff.town).filter(host__in=_hosts(staff, "organiser"), state__in=sorted(TAKES_CLAIMS))
    over = over.filter(ends_at__lt=staff.now - CLOSE_AFTER)
    busy = Claim.of(staff.town).filter(activity__in=over.values("id")).exclude(
        state__in=(ClaimState.AWARDED, ClaimState.REVERSED, ClaimState.REFUSED)
    )  # fmt: skip
    found = over.exclude(id__in=busy.values("activity_id")).values_list("id", flat=True)[:MOST]
    return _led([ACTIVITY.format(one) for one in found])


def _terms(staff: Staff) -> Counted:
    waiting = TermsVersion.of(staff.town).filter(host__in=_hosts(staff, "supervisor", "reviewer"))
    waiting = waiting.filter(state=TermsState.PROPOSED, in_force_from__gt=village_day(staff.now))
    return _others(staff, _at(waiting.values_list("id", "proposed_by")[:MOST], "/desk/terms/{0}"))


def _rules(staff: Staff) -> Counted:
    """Changes of the review rules that this supervisor may agree to."""
    waiting = ReviewRulesWish.of(staff.town).filter(host__in=_hosts(staff, "supervisor"), state="asked")
    return _others(staff, _at(waiting.values_list("asked_by"), f"{REVIEW}/rules"))


def _sheets_to_type(staff: Staff) -> Counted:
    hosts = _hosts(staff, "clerk", "organiser")
    found = Sheet.of(staff.town).filter(activity__host__in=hosts, activity__state__in=sorted(TAKES_CLAIMS))
    rows = found.filter(state=Sheet.State.PHOTOGRAPHED).values_list("activity_id", "slip")[:MOST]
    return _led([SHEET.format(*row) for row in rows])


def _sheets_to_check(staff: Staff) -> Counted:
    hosts = _hosts(staff, "clerk", "organiser", "reviewer")
    found = Sheet.of(staff.town).filter(activity__host__in=hosts, activity__state__in=sorted(TAKES_CLAIMS))
    rows = found.filter(state=Sheet.State.TYPED).values_list("activity_id", "slip", "typed_by")[:MOST]
    return _others(staff, _at(rows, SHEET))


def _slips(staff: Staff) -> Counted:
    """Slips of paper boxes to type, the first time or, where another household typed them, the second."""
    hosts = _hosts(staff, "clerk", "organiser", "reviewer")
    found = Survey.of(staff.town).filter(activity__host__in=hosts, state=Survey.State.OPEN, closes_at__gt=staff.now)
    found = found.filter(paper_receipts__gt=F("paper_slips"))
    mine = SlipPile.of(staff.town).filter(typed_by=staff.resident.subject).values("survey_id")
    rows = found.exclude(id__in=mine).values_list("activity_id", "id", "paper_receipts", "paper_slips")[:MOST]
    many = sum(receipts - typed for _, _, receipts, typed in rows)
    return many, {"href": f"/desk/activities/{rows[0][0]}/surveys/{rows[0][1]}/slips"} if many else {}


def _notice_ends(staff: Staff) -> Counted:
    """Claims whose last day of notice is today."""
    ending = Claim.of(staff.town).filter(state=ClaimState.IN_NOTICE, notice_until=village_day(staff.now))
    return ending.filter(host__in=_hosts(staff, "reviewer", "supervisor")).count()


def _late_objections(staff: Staff) -> Counted:
    waiting = Objection.of(staff.town).filter(is_late=True, state="open", claim__state=ClaimState.AWARDED)
    waiting = waiting.filter(claim__host__in=_hosts(staff, "reviewer", "supervisor"))
    return waiting.exclude(claim__resident__household_id=staff.resident.household_id).count()


def _errands(staff: Staff) -> Counted:
    """Statements of this quarter's re-checks that were drawn and of which nobody has told what was found."""
    quarter, left = quarter_of(staff.now.astimezone(HOME).date()), 0
    for group in Group.of(staff.town).filter(village=staff.village).order_by("id"):
        try:
            counts = recheck_counts(group, quarter)
        except NoSuchRecheck:
            continue
        left += counts.pop("drawn") - sum(counts.values())
    return left


def _rechecks(staff: Staff) -> Counted:
    """Groups with cardholders for which nothing was drawn this quarter."""
    quarter = quarter_of(staff.now.astimezone(HOME).date())
    left = 0
    without = Resident.of(staff.town).filter(village=staff.village, left_at=None, has_phone=False)
    groups = Group.of(staff.town).filter(id__in=without.values("group_id"))
    for group in groups.order_by("id"):
        try:
            errands_of(group, quarter)
        except NoSuchRecheck:
            left += 1
    return left


def _doubts(staff: Staff) -> Counted:
    """Objections to the roster that this supervisor may answer."""
    here = RosterObjection.of(staff.town).filter(group__village=staff.village, state="open")
    return here.exclude(resident__household=staff.resident.household_id).count()


WORK_WAITS = (
    (
        "reviewer",
        _appeals,
        f"{REVIEW}?state=appealed",
        "份复查等答复，最急的还剩 {left} 天",
        "appeal(|s) to answer; the most urgent has {left} days left",
    ),
    (
        "reviewer",
        _in_state(ClaimState.OBJECTED),
        f"{REVIEW}?state=objected",
        "笔有异议，等您看",
        "objection(|s) to look at",
    ),
    (
        "reviewer",
        _in_state(ClaimState.MADE),
        f"{REVIEW}?state=made",
        "笔报工等您审核",
        "claim(|s) wait(s|) for your review",
    ),
    (
        "reviewer",
        _in_state(ClaimState.SECOND_LOOK),
        f"{REVIEW}?state=second_look",
        "笔等第二个人看",
        "claim(|s) want(s|) a second look",
    ),
    (
        ("reviewer", "supervisor"),
        _late_objections,
        f"{REVIEW}/corrections",
        "条到账以后的异议",
        "objection(|s) after the award",
    ),
    (
        ("clerk", "organiser", "reviewer"),
        _sheets_to_check,
        "/desk/sheets?state=typed",
        "张签到表等您核对",
        "paper sheet(|s) to check",
    ),
    (
        ("clerk", "organiser"),
        _sheets_to_type,
        "/desk/sheets?state=photographed",
        "张签到表等录入",
        "paper sheet(|s) to type",
    ),
    (
        ("clerk", "organiser", "reviewer"),
        _slips,
        "/desk/activities",
        "张纸质答卷等录入",
        "paper slip(|s) of a survey to type",
    ),
    ("supervisor", _drafts, "/desk/activities?state=draft", "个活动等您批准", "activit(y|ies) to approve"),
    ("organiser", _approved, "/desk/activities?state=approved", "个活动可以发布了", "activit(y|ies) to publish"),
    ("organiser", _to_close, "/desk/activities?state=open", "个活动可以结束了", "activit(y|ies) may be closed"),
    (
        ("supervisor", "reviewer"),
        _terms,
        "/desk/terms?state=proposed",
        "份积分标准等记下表决",
        "set(|s) of terms wait(s|) for the decision",
    ),
    ("supervisor", _rules, f"{REVIEW}/rules", "份审核规则的改动等您同意", "change(|s) of the review rules to agree to"),
    ("supervisor", _rechecks, f"{REVIEW}/rechecks", "个组这季还没抽查", "group(|s) without a re-check this quarter"),
    (
        "supervisor",
        _errands,
        f"{REVIEW}/rechecks",
        "份抽查抽到了，还没人回话",
        "drawn re-check(|s) nobody reported on yet",
    ),
    (
        "supervisor",
        _doubts,
        f"{REVIEW}/rechecks#doubts",
        "条对名单的异议等您答复",
        "objection(|s) to the roster to answer",
    ),
    (("reviewer", "supervisor"), _notice_ends, NOTICE, "笔公示今天结束", "notice period(|s) end(s|) today"),
)
