"""What waits in the rooms of people, for the start page: how much, since when, for whom, where."""

from datetime import datetime

from gongfen.console.cards import APPROVERS, CARD_ASKS
from gongfen.console.ground import Staff
from gongfen.console.work_waits import Counted
from gongfen.ledger.queries import balances_of
from gongfen.people import roles
from gongfen.people.at_the_office import Leaving, LeavingState
from gongfen.people.models import JoinRequest, RequestState
from gongfen.people.queries import residents_by_subject
from gongfen.shops.askings import open_askings


def _since(moments: list[datetime]) -> Counted:
    return len(moments), {"oldest": min(moments)} if moments else {}


def _requests(staff: Staff) -> Counted:
    rows = JoinRequest.of(staff.town).filter(village=staff.village, state=RequestState.WAITING)
    return _since(list(rows.values_list("made_at", flat=True)))


def _cards(staff: Staff) -> Counted:
    """Cards that somebody of another household asked for."""
    asked = [row for row in open_askings(staff.resident, staff.village.id) if row.what in CARD_ASKS]
    own = staff.resident.household_id
    return _since([row.asked_at for row in asked if row.asked_by.household_id != own])


def _roles(staff: Staff) -> Counted:
    """Proposals of other households, for people of other households."""
    rows = roles.open_wishes(staff.town, staff.village)
    askers = residents_by_subject(staff.town, {row.asked_by for row in rows})
    own = staff.resident.household_id
    return _since([
        row.asked_at
        for row in rows
        if row.resident.household_id != own and row.asked_by in askers and askers[row.asked_by].household_id != own
    ])  # fmt: skip


def _missing(staff: Staff) -> Counted:
    return len(roles.missing(staff.town, staff.village)), {}


def _leaving(staff: Staff) -> list[Leaving]:
    rows = Leaving.of(staff.town).filter(resident__village=staff.village).exclude(state=LeavingState.STAYED)
    rows = rows.exclude(resident__household=staff.resident.household_id).select_related("resident")
    return list(rows.order_by("-id")[:500])


def _to_pay(staff: Staff) -> Counted:
    """Who leaves and has something, and slips of those who are gone."""
    rows = [row for row in _leaving(staff) if row.prepared_by is None]
    asked = [row for row in rows if row.state == LeavingState.ASKED]
    has = balances_of(staff.town, [at for row in asked for at in (row.resident.points, row.resident.cash)])
    waits = [row for row in asked if row.owed or has[row.resident.points] or has[row.resident.cash]]
    waits += [row for row in rows if row.state == LeavingState.GONE and row.owed]
    return _since([row.asked_at for row in waits])


def _paid(staff: Staff) -> Counted:
    """Paid out by the treasurer, not seen by a second person yet."""
    return _since([row.asked_at for row in _leaving(staff) if row.prepared_by is not None])


LEAVING = "/desk/leaving"
PEOPLE_WAITS = (
    ("clerk", _requests, "/desk/people", "人申请加入", "request(|s) to join"),
    (APPROVERS, _cards, "/desk/cards", "张卡等您同意", "card(|s) wait(s|) for your yes"),
    (roles.MAY, _roles, "/desk/roles", "个岗位提议等您定", "role(|s) wait(s|) for your word"),
    (("clerk", "supervisor"), _missing, "/desk/roles", "个岗位还缺人", "role(|s) still missing"),
    ("treasurer", _to_pay, LEAVING, "位离开的人等着领钱", "payment(|s) due to people who leave"),
    ("supervisor", _paid, LEAVING, "笔离开的钱等您看收据", "payment(|s) to leavers wait(s|) for your check"),
)
