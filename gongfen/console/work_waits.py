"""What waits in the rooms for activities, reviews and terms, for the start page: how much, for whom, where."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from gongfen.activities.models import Activity, Claim, Objection, ReviewRulesWish, Sheet, TermsVersion
from gongfen.activities.queries_review import answer_days, waiting_claims
from gongfen.console.ground import Staff
from gongfen.console.hosts import hosts_of
from gongfen.people.at_the_roster import RosterObjection
from gongfen.people.models import Group, Resident
from gongfen.people.queries import residents_by_subject
from gongfen.people.rechecks import HOME, NoSuchRecheck, errands_of
from gongfen.rules.claim_states import TAKES_CLAIMS, ActivityState, ClaimState, TermsState
from gongfen.rules.notice import village_day
from gongfen.rules.rechecks import quarter_of
from gongfen.statements.reviews import days_left, heap_of, hosts_of_reviewer

Counted = int | tuple[int, dict[str, Any]]  # how many, and facts for the words; `oldest` is since when
Counter = Callable[[Staff], Counted]
MOST = 200
CLOSE_AFTER = timedelta(days=3)


def _hosts(staff: Staff, *names: str) -> list[int]:
    return [one.subject for one in hosts_of(staff, *names)]


def _others(staff: Staff, subjects: Sequence[int | None]) -> int:
    """How many of these steps were taken by another household, so that this person may take the next."""
    people = residents_by_subject(staff.town, [who for who in subjects if who])
    own = staff.resident.household_id
    return sum(1 for who in subjects if who not in people or people[who].household_id != own)


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
    return _others(staff, list(waiting.filter(ends_at__gt=staff.now).values_list("drafted_by", flat=True)[:MOST]))


def _approved(staff: Staff) -> Counted:
    waiting = Activity.of(staff.town).filter(host__in=_hosts(staff, "organiser"), state=ActivityState.APPROVED)
    return _others(staff, list(waiting.filter(ends_at__gt=staff.now).values_list("approved_by", flat=True)[:MOST]))


def _to_close(staff: Staff) -> Counted:
    """Activities that ended and in which nothing is open."""
    over = Activity.of(staff.town).filter(host__in=_hosts(staff, "organiser"), state__in=sorted(TAKES_CLAIMS))
    over = over.filter(ends_at__lt=staff.now - CLOSE_AFTER)
    busy = Claim.of(staff.town).filter(activity__in=over.values("id")).exclude(
        state__in=(ClaimState.AWARDED, ClaimState.REVERSED, ClaimState.REFUSED)
    )  # fmt: skip
    return over.exclude(id__in=busy.values("activity_id")).count()


def _terms(staff: Staff) -> Counted:
    waiting = TermsVersion.of(staff.town).filter(host__in=_hosts(staff, "supervisor", "reviewer"))
    waiting = waiting.filter(state=TermsState.PROPOSED, in_force_from__gt=village_day(staff.now))
    return _others(staff, list(waiting.values_list("proposed_by", flat=True)[:MOST]))


def _rules(staff: Staff) -> Counted:
    """Changes of the review rules that this supervisor may agree to."""
    waiting = ReviewRulesWish.of(staff.town).filter(host__in=_hosts(staff, "supervisor"), state="asked")
    return _others(staff, list(waiting.values_list("asked_by", flat=True)))


def _sheets_to_type(staff: Staff) -> Counted:
    hosts = _hosts(staff, "clerk", "organiser")
    found = Sheet.of(staff.town).filter(activity__host__in=hosts, activity__state__in=sorted(TAKES_CLAIMS))
    return found.filter(state=Sheet.State.PHOTOGRAPHED).count()


def _sheets_to_check(staff: Staff) -> Counted:
    hosts = _hosts(staff, "clerk", "organiser", "reviewer")
    found = Sheet.of(staff.town).filter(activity__host__in=hosts, activity__state__in=sorted(TAKES_CLAIMS))
    return _others(staff, list(found.filter(state=Sheet.State.TYPED).values_list("typed_by", flat=True)[:MOST]))


def _notice_ends(staff: Staff) -> Counted:
    """Claims whose last day of notice is today."""
    ending = Claim.of(staff.town).filter(state=ClaimState.IN_NOTICE, notice_until=village_day(staff.now))
    return ending.filter(host__in=_hosts(staff, "reviewer", "supervisor")).count()


def _late_objections(staff: Staff) -> Counted:
    waiting = Objection.of(staff.town).filter(is_late=True, state="open", claim__state=ClaimState.AWARDED)
    waiting = waiting.filter(claim__host__in=_hosts(staff, "reviewer", "supervisor"))
    return waiting.exclude(claim__resident__household_id=staff.resident.household_id).count()


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


REVIEW, NOTICE = "/desk/review", "/desk/review/notice"
WORK_WAITS = (
    (
        "reviewer",
        _appeals,
        f"{REVIEW}?state=appealed",
        "份复查等答复，最急的还剩 {left} 天",
        "appeals to answer; the most urgent has {left} days left",
    ),
    (
        "reviewer",
        _in_state(ClaimState.OBJECTED),
        f"{REVIEW}?state=objected",
        "笔有异议，等您看",
        "objections to look at",
    ),
    ("reviewer", _in_state(ClaimState.MADE), f"{REVIEW}?state=made", "笔报工等您审核", "claims wait for your review"),
    (
        "reviewer",
        _in_state(ClaimState.SECOND_LOOK),
        f"{REVIEW}?state=second_look",
        "笔等第二个人看",
        "claims want a second look",
    ),
    (
        ("reviewer", "supervisor"),
        _late_objections,
        f"{REVIEW}/corrections",
        "条到账以后的异议",
        "objections after the award",
    ),
    (
        ("clerk", "organiser", "reviewer"),
        _sheets_to_check,
        "/desk/sheets?state=typed",
        "张签到表等您核对",
        "paper sheets to check",
    ),
    (
        ("clerk", "organiser"),
        _sheets_to_type,
        "/desk/sheets?state=photographed",
        "张签到表等录入",
        "paper sheets to type",
    ),
    ("supervisor", _drafts, "/desk/activities?state=draft", "个活动等您批准", "activities to approve"),
    ("organiser", _approved, "/desk/activities?state=approved", "个活动可以发布了", "activities to publish"),
    ("organiser", _to_close, "/desk/activities?state=open", "个活动可以结束了", "activities may be closed"),
    (
        ("supervisor", "reviewer"),
        _terms,
        "/desk/terms?state=proposed",
        "份积分标准等记下表决",
        "terms wait for their decision",
    ),
    ("supervisor", _rules, f"{REVIEW}/rules", "份审核规则的改动等您同意", "changes of the review rules to agree to"),
    ("supervisor", _rechecks, f"{REVIEW}/rechecks", "个组这季还没抽查", "groups without a re-check this quarter"),
    (
        "supervisor",
        _doubts,
        f"{REVIEW}/rechecks#doubts",
        "条对名单的异议等您答复",
        "objections to the roster to answer",
    ),
    (("reviewer", "supervisor"), _notice_ends, NOTICE, "笔公示今天结束", "notice periods end today"),
)
