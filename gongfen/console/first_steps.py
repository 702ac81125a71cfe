"""What a young village still needs, and who is next: roles, accounts, money, an activity, a shop, paper."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from gongfen.activities.models import Activity, TermsVersion
from gongfen.console.ground import Staff, desk, page
from gongfen.fund.models import Slip, SlipState
from gongfen.ledger.models import DaySum
from gongfen.people.models import AgeBand, JoinCode, Resident, Role, StaffAccount
from gongfen.people.roles import missing, pool_of_reviewers
from gongfen.rules.claim_states import ActivityState
from gongfen.shops.models import Asking, AskingState, Merchant, What
from gongfen.words.office import ROLES

SHOWN = (ActivityState.PUBLISHED.value, ActivityState.OPEN.value, ActivityState.CLOSED.value)
FEW = 12  # more join codes than the staff alone would have


@dataclass(frozen=True)
class Step:
    """One thing that a village needs before its first points: done, or what comes next, where, and who may."""

    zh: str
    en: str
    done: bool
    next_zh: str = ""
    next_en: str = ""
    href: str = ""
    roles: tuple[str, ...] = ()


def _roles(staff: Staff) -> Step:
    lacking = missing(staff.town, staff.village)
    zh, en = ("、".join(ROLES[role][0] for role in lacking), ", ".join(ROLES[role][1] for role in lacking))
    return Step(
        "谁做什么", "Who does what", not lacking,
        f"还缺：{zh}。一个人提名，另外两家的人同意。", f"Missing: {en}. One proposes, somebody of another home agrees.",
        "/desk/roles", ("supervisor", "clerk", "auditor"),
    )  # fmt: skip


def _without_account(staff: Staff) -> list[Resident]:
    have = StaffAccount.of(staff.town).values_list("resident_id", flat=True)
    given = Role.of(staff.town).filter(ended_at=None, village=staff.village).values_list("resident_id", flat=True)
    people = Resident.of(staff.town).filter(id__in=set(given) - set(have), left_at=None)
    return list(people.select_related("household").order_by("id"))


def _terms(staff: Staff) -> Step:
    done = TermsVersion.of(staff.town).filter(host=staff.village.subject, state="decided").exists()
    return Step(
        "积分标准", "Terms", done, "组织人提出，村民会议通过，监督员写下。",
        "An organiser proposes them, a meeting decides, the supervisor writes it down.",
        "/desk/terms", ("organiser", "supervisor"),
    )  # fmt: skip


def _money(staff: Staff) -> Step:
    slips = Slip.of(staff.town).filter(host=staff.village.subject)
    waits = slips.filter(state=SlipState.RECORDED).exists()
    return Step(
        "第一笔钱", "The first money", slips.filter(state=SlipState.APPROVED).exists(),
        "会计记了一笔，等监督员在银行里核对。" if waits else "会计按银行单记下收到的钱，监督员核对。",
        "The treasurer recorded a slip: the supervisor looks at the bank."
        if waits
        else "The treasurer records what the bank received, the supervisor checks it.",
        "/desk/money", ("supervisor",) if waits else ("treasurer",),
    )  # fmt: skip


def _activity(staff: Staff) -> Step:
    mine = Activity.of(staff.town).filter(host=staff.village.subject)
    states = set(mine.values_list("state", flat=True))
    draft, approved = ActivityState.DRAFT.value in states, ActivityState.APPROVED.value in states
    zh = (
        "批准了，组织人点“公布”。"
        if approved
        else "有一份草稿，等监督员批准。"
        if draft
        else "组织人写一份，监督员批准。"
    )
    en = (
        "It is approved: the organiser publishes it."
        if approved
        else "A draft waits for the supervisor."
        if draft
        else "An organiser drafts it, the supervisor approves."
    )
    done = bool(states & set(SHOWN))
    who = ("supervisor",) if draft and not approved else ("organiser",)
    return Step("第一个活动", "The first activity", done, zh, en, "/desk/activities", who)


def _shop(staff: Staff) -> Step:
    waits = Asking.of(staff.town).filter(what=What.LIST_MERCHANT, state=AskingState.OPEN).exists()
    zh = "一家店等监督员同意。" if waits else "文书写下一家店，监督员同意。"
    en = "A shop waits for the supervisor." if waits else "The clerk writes down a shop, the supervisor agrees."
    done = Merchant.of(staff.town).filter(listed=True).exists()
    return Step("第一家店", "The first shop", done, zh, en, "/desk/shops", ("supervisor",) if waits else ("clerk",))


def _paper(staff: Staff) -> Step:
    printed = JoinCode.of(staff.town).filter(resident__village=staff.village).values("resident").distinct().count()
    grown = Resident.of(staff.town).filter(village=staff.village, left_at=None).exclude(age_band=AgeBand.UNDER_14)
    wanted = min(FEW + 1, grown.count())
    return Step(
        "给大家的加入码", "Everyone's join codes", printed >= wanted or _lives(staff),
        "文书在“居民”里打勾、打印，由组长送到各家。", "The clerk ticks people and prints; leaders take them home.",
        "/desk/people", ("clerk",),
    )  # fmt: skip


def _lives(staff: Staff) -> bool:
    """Points were awarded here: however the codes came to people, they came."""
    return DaySum.of(staff.town).filter(host=staff.village.subject).exists()


def steps_of(staff: Staff) -> list[Step]:
    """What a village needs, in the order in which it goes fastest."""
    return [made(staff) for made in (_roles, _terms, _money, _activity, _shop, _paper)]


def _names_by_role(staff: Staff) -> dict[str, list[str]]:
    holders = Role.of(staff.town).filter(ended_at=None, village=staff.village).select_related("resident")
    found: dict[str, list[str]] = {}
    for role in holders.order_by("id"):
        found.setdefault(role.role, []).append(role.resident.name)
    return found


def told_step(staff: Staff, step: Step) -> dict[str, Any]:
    """A step in words: whether it is done, what comes next, where, and who may."""
    at, by_role = (1 if staff.lang == "en" else 0), _names_by_role(staff)
    return {
        "label": (step.zh, step.en)[at],
        "done": step.done,
        "next": (step.next_zh, step.next_en)[at],
        "href": step.href if staff.has(*step.roles) else "",
        "who": [(ROLES[role][at], ", ".join(by_role.get(role, ()))) for role in step.roles],
    }


@desk()
def first_steps(request: HttpRequest, staff: Staff) -> HttpResponse:
    """What is done, what is next, and whether it is for this person or for whom."""
    rows = [told_step(staff, step) for step in steps_of(staff)]
    lacks_reviewer = not _names_by_role(staff).get("reviewer")
    done = all(row["done"] for row in rows)
    activity = Activity.of(staff.town).filter(host=staff.village.subject, state__in=SHOWN).order_by("id").first()
    return page(
        request, staff, "first_steps.html", rows=rows, done=done, activity=activity,
        without=_without_account(staff) if staff.has("clerk") else [],
        pool=pool_of_reviewers(staff.town, staff.village) if lacks_reviewer else [],
    )  # fmt: skip
