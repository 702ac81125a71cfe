"""A small village in which people earn: the cast and the steps that the earning tests play."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from gongfen.activities import appeals, awards, claims, drafting, objections, publishing, reviews, terms
from gongfen.activities.claims import Wanted
from gongfen.activities.drafting import Announcement
from gongfen.activities.models import Activity, Claim, TermsVersion
from gongfen.fund import moves
from gongfen.fund.acts import MoneyIn, approve_slip, record_slip
from gongfen.fund.models import Earmark
from gongfen.journal.written import Written
from gongfen.ledger.queries import balance_of
from gongfen.people.acts import give_roles
from gongfen.people.founding import Joining, found_town, found_village, join_many
from gongfen.people.models import Resident, RoleName
from gongfen.rules.notice import village_day
from gongfen.rules.posting import Address
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town

MORNING = datetime(2026, 10, 9, 1, 0, tzinfo=UTC)  # nine o'clock in the village, a Friday
DAY = timedelta(days=1)
STAFF = {
    "organiser": RoleName.ORGANISER,
    "reviewer": RoleName.REVIEWER,
    "second": RoleName.REVIEWER,
    "third": RoleName.REVIEWER,
    "supervisor": RoleName.SUPERVISOR,
    "other_supervisor": RoleName.SUPERVISOR,
    "treasurer": RoleName.TREASURER,
    "clerk": RoleName.CLERK,
}
NEIGHBOURS = ("li", "wang", "zhao", "chen")


class Life:
    """Town, village, money, terms and people; and the clock, which only moves when a test moves it."""

    def __init__(self, *, par: int = 100, code: int = 7, yuan: int = 10_000, terms: bool = True) -> None:
        self.now = MORNING
        self.town: Town = found_town(code=code, name="青山镇", name_en="Qingshan", par=par, now=self.now)
        self.village = found_village(self.town, name="柳溪村", name_en="Liuxi", notice_days=5, now=self.now)
        self.host = self.village.subject
        homes = [Joining(str(i), "一组", name, is_head=True) for i, name in enumerate((*STAFF, *NEIGHBOURS), 1)]
        homes += [
            Joining("1", "一组", "organisers_son"),
            Joining("2", "一组", "reviewers_wife"),
            Joining("9", "一组", "lis_wife"),
            Joining("9", "一组", "lis_child", age_band="under_14"),
            Joining("10", "一组", "grandma_wang", age_band="elder", has_phone=False),
        ]
        residents = join_many(self.village, homes, by=self.town.subject, now=self.now)
        self.people: dict[str, Resident] = {resident.name: resident for resident in residents}
        for resident in residents:
            resident.town = self.town
        give_roles(
            self.town,
            [(self.people[name], role, self.village) for name, role in STAFF.items()],
            by=self.town.subject,
            approved_by=self.town.subject,
            now=self.now,
        )
        if yuan:
            self.receive(yuan)
        if terms:
            self.usual_terms()

    def __getattr__(self, name: str) -> Resident:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    # --- money and terms ---

    def receive(self, yuan: int, purpose: str = "") -> None:
        number = f"slip{balance_of(self.town, moves.outside(self.town))}"
        told = MoneyIn(number, "合作社", yuan * 10_000, village_day(self.now), purpose)
        slip = record_slip(self.treasurer, self.host, told, now=self.now)
        approve_slip(self.supervisor, slip.id, now=self.now)

    def order(self, yuan: int, name: str = "果品合作社订单") -> int:
        self.receive(yuan, name)
        return Earmark.of(self.town).get(name=name).id

    def usual_terms(self) -> list[TermsVersion]:
        decision = terms.Decision("meeting", village_day(self.now), took_part=120, said_yes=95)
        return terms.adopt_usual_terms(self.organiser, self.supervisor, self.host, decision, now=self.now)

    # --- activities ---

    def told(self, kind: str = "volunteering", what: str = "common", **more: Any) -> Announcement:
        usual: dict[str, Any] = {
            "title": "清渠", "starts_at": self.now, "ends_at": self.now + 30 * DAY,
            "budget_points": 100_000, "paper_path": "村委会签到表",
        }  # fmt: skip
        return Announcement(kind=kind, what=what, **(usual | more))

    def draft(self, kind: str = "volunteering", what: str = "common", **more: Any) -> Activity:
        return drafting.draft_activity(self.organiser, self.host, self.told(kind, what, **more), now=self.now)

    def publish(self, kind: str = "volunteering", what: str = "common", **more: Any) -> Activity:
        activity = self.draft(kind, what, **more)
        drafting.approve_activity(self.supervisor, activity.id, now=self.now)
        publishing.publish_activity(self.organiser, activity.id, now=self.now)
        return drafting.find(self.town, activity.id)

    # --- claims ---

    def wanted(
        self, activity: Activity, who: Resident | str, /, *, grade: str = "machine", by: Resident | None = None,
        on: date | None = None, **values: Any,
    ) -> Wanted:  # fmt: skip
        resident = self.people[who] if isinstance(who, str) else who
        recorded_by = (by or resident).subject
        return Wanted(activity, resident, on or village_day(self.now), grade, recorded_by, values)

    def claim(self, activity: Activity, who: Resident | str, /, **more: Any) -> Claim:
        """Make one claim; raises its refusal."""
        (answer,) = claims.claim_many(self.town, [self.wanted(activity, who, **more)], self.now)
        return self.claim_of(answer)

    def claim_of(self, answer: Written | Refusal) -> Claim:
        if isinstance(answer, Refusal):
            raise answer
        return Claim.of(self.town).get(id=int(answer.facts["claim"]))

    def approve(self, *made: Claim, by: Resident | None = None) -> list[Written | Refusal]:
        return reviews.approve_claims(by or self.reviewer, [claim.id for claim in made], now=self.now)

    def refuse(self, *made: Claim, by: Resident | None = None, reason: str = "没有来") -> list[Written | Refusal]:
        return reviews.refuse_claims(by or self.reviewer, [claim.id for claim in made], reason, now=self.now)

    def object(self, claim: Claim, who: str = "zhao", said: str = "那天没见到人") -> Written:
        return objections.object_to(self.people[who], claim.id, said, now=self.now)

    def appeal(self, claim: Claim, who: str = "li", said: str = "我在的，问老赵") -> Written:
        return appeals.appeal(self.people[who], claim.id, said, now=self.now)

    def days_pass(self, days: int) -> list[Written | Refusal]:
        """The clock moves and does what it does every night; the answers of the awards."""
        self.now += timedelta(days=days)
        publishing.open_due(self.town, now=self.now)
        appeals.grant_overdue(self.town, now=self.now)
        return awards.award_due(self.town, now=self.now)

    # --- what is where ---

    def state(self, claim: Claim) -> str:
        return str(Claim.of(self.town).get(id=claim.id).state)

    def points(self, who: str) -> int:
        return balance_of(self.town, self.people[who].points)

    def money(self, address: Address) -> int:
        return balance_of(self.town, address)

    def fund(self) -> int:
        return self.money(moves.fund(self.host))

    def budget(self, activity: Activity) -> int:
        return self.money(moves.budget(activity.subject))

    def backing(self) -> int:
        return self.money(moves.backing(self.town))


def refusals(answers: Sequence[Written | Refusal]) -> list[str]:
    """The codes of what was refused in a set."""
    return [answer.code for answer in answers if isinstance(answer, Refusal)]
