"""A small village for tests: two groups, eleven households, staff who live in different ones, money in its fund."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from gongfen.fund.acts import MoneyIn, approve_slip, record_slip
from gongfen.ledger.queries import balance_of
from gongfen.people.acts import give_roles
from gongfen.people.founding import Joining, found_town, found_village, join_many
from gongfen.people.models import AgeBand, Resident, RoleName, Village
from gongfen.rules.posting import Address, Kind
from gongfen.town import clock
from gongfen.town.models import Town

NOW = datetime.fromisoformat("2026-03-18T09:00:00+08:00")  # a Wednesday; in the past, so that acts may happen at it
DAY = timedelta(days=1)
YUAN = 10_000  # hundredths of a fen
POINT = 100  # hundredths of a point

PEOPLE = (
    Joining("1", "一组", "周会计", is_head=True),
    Joining("2", "一组", "韩监督", is_head=True),
    Joining("3", "一组", "林队长", is_head=True),
    Joining("4", "二组", "吴审核", is_head=True),
    Joining("5", "二组", "沈审核", is_head=True),
    Joining("6", "一组", "钱文书", is_head=True),
    Joining("7", "二组", "孙审计", is_head=True),
    Joining("8", "二组", "李大伯", age_band=AgeBand.ELDER, is_head=True, has_phone=False),
    Joining("9", "一组", "陈小芳", is_head=True),
    Joining("10", "二组", "王芳", is_head=True, nickname="阿芳"),
    Joining("10", "二组", "王小明", age_band=AgeBand.UNDER_14),
    Joining("10", "二组", "王小刘", age_band=AgeBand.YOUTH),
    Joining("11", "一组", "赵大伯", age_band=AgeBand.ELDER, is_head=True),
    Joining("11", "一组", "赵二", age_band=AgeBand.ADULT),
)
STAFF = {
    "周会计": RoleName.TREASURER,
    "韩监督": RoleName.SUPERVISOR,
    "林队长": RoleName.ORGANISER,
    "吴审核": RoleName.REVIEWER,
    "沈审核": RoleName.REVIEWER,
    "钱文书": RoleName.CLERK,
    "孙审计": RoleName.AUDITOR,
}


@dataclass
class Daicun:
    """The village and its people, by name."""

    village: Village
    people: dict[str, Resident]

    @property
    def town(self) -> Town:
        return self.village.town

    def __getitem__(self, name: str) -> Resident:
        return self.people[name]

    def has(self, kind: Kind, owner: int) -> int:
        """A balance, in hundredths."""
        return balance_of(self.town, Address(kind, owner))

    def points(self, name: str) -> int:
        """Somebody's points, in hundredths."""
        return self.has(Kind.POINTS, self[name].subject)

    def cash(self, name: str) -> int:
        """Somebody's cash, in hundredths of a fen."""
        return self.has(Kind.CASH, self[name].subject)

    def fund(self) -> int:
        """The village's fund, in hundredths of a fen."""
        return self.has(Kind.FUND, self.village.subject)

    def receive(self, money: int, number: str, purpose: str = "") -> None:
        """Money comes in: recorded by one, approved by another."""
        slip = MoneyIn(number, "县果业合作社" if purpose else "镇政府", money, date(2026, 3, 1), purpose)
        recorded = record_slip(self["周会计"], self.village.subject, slip, now=NOW)
        approve_slip(self["韩监督"], recorded.id, now=NOW)


def founded(code: int = 27, name: str = "戴村", fund: int = 9_000 * YUAN) -> Daicun:
    """Found a town with one village, its people and staff, and this money in its fund."""
    town = found_town(code=code, name=f"{name}镇", name_en="Daicun Town", now=NOW)
    village = found_village(town, name=name, name_en="Daicun", now=NOW)
    village.town = town
    residents = join_many(village, PEOPLE, by=town.subject, now=NOW)
    for resident in residents:
        resident.town, resident.village = town, village
    people = {resident.name: resident for resident in residents}
    roles = [(people[who], role, village) for who, role in STAFF.items()]
    give_roles(town, roles, by=town.subject, approved_by=town.subject, now=NOW)
    daicun = Daicun(village, people)
    if fund:
        daicun.receive(fund, f"slip-{code}-1")
    return daicun


@pytest.fixture
def daicun(db: None, monkeypatch: pytest.MonkeyPatch) -> Daicun:
    """戴村 on a Wednesday in March, with 9,000 yuan in its fund; the clock stands at `NOW`."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return founded()
