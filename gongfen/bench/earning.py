"""Earning at its largest: claims of one big day made, approved and awarded, each in one set."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from time import perf_counter, process_time
from typing import Any

from gongfen.activities import awards, claims, drafting, publishing, reviews, terms
from gongfen.activities.claims import Wanted
from gongfen.activities.drafting import Announcement
from gongfen.activities.models import Activity, ReviewRules
from gongfen.bench.ledger import tell
from gongfen.bench.storage_size import analyze
from gongfen.fund import moves
from gongfen.ledger.batch import Answer, one, one_batch
from gongfen.people.acts import give_roles
from gongfen.people.founding import Joining, found_town, found_village, join_many
from gongfen.people.models import Resident, RoleName, Village
from gongfen.rules.notice import village_day
from gongfen.rules.posting import Move
from gongfen.rules.refusals import Refusal

THEN = datetime.fromisoformat("2026-03-18T09:00:00+08:00")
STAFF = (RoleName.ORGANISER, RoleName.SUPERVISOR, RoleName.REVIEWER)
POINTS = 200  # two hours at the ditch, in hundredths
Leaf = dict[str, Any]


def measure(*, quick: bool, claims: int) -> dict[str, dict[str, Leaf]]:
    """A village in which so many people clear a ditch on one day."""
    town = found_town(code=4, name="量一量镇", now=THEN)
    village = found_village(town, name="量一量村", now=THEN)
    village.town = town
    joining = [Joining(str(n), "一组", f"干部{n}", is_head=True) for n in range(len(STAFF))]
    joining += [Joining(f"h{n // 3}", "二组", f"村民{n}") for n in range(claims)]
    people = join_many(village, joining, by=town.subject, now=THEN)
    for person in people:
        person.town = town
    staff, residents = people[: len(STAFF)], people[len(STAFF) :]
    roles = [(member, role, village) for member, role in zip(staff, STAFF, strict=True)]
    give_roles(town, roles, by=town.subject, approved_by=town.subject, now=THEN)
    ditch = _announced(village, staff, claims * POINTS)
    analyze()
    return {"earning": {str(claims): _day(village, staff[2], ditch, residents)}}


def _announced(village: Village, staff: Sequence[Resident], points: int) -> Activity:
    """Terms, money and an activity with a budget for everyone; a reviewer who may decide it all."""
    town, organiser, supervisor = village.town, staff[0], staff[1]
    with one_batch(town, THEN) as batch:
        money = batch.act(key="money", verb="money.receive", by=town.subject, about=village.subject)
        money.moves(Move(moves.outside(town), moves.fund(village.subject), moves.worth(town, points)))
    one(batch.answers)
    decision = terms.Decision("meeting", village_day(THEN), took_part=120, said_yes=95)
    terms.adopt_usual_terms(organiser, supervisor, village.subject, decision, now=THEN, kinds=("volunteering",))
    ReviewRules.objects.create(town=town, host=village.subject, daily_budget=points)
    told = Announcement(
        kind="volunteering", what="common", title="清渠", starts_at=THEN, ends_at=THEN + timedelta(hours=8),
        budget_points=points, paper_path="签到表",
    )  # fmt: skip
    ditch = drafting.draft_activity(organiser, village.subject, told, now=THEN)
    drafting.approve_activity(supervisor, ditch.id, now=THEN)
    publishing.publish_activity(organiser, ditch.id, now=THEN)
    return drafting.find(town, ditch.id)


def _day(village: Village, reviewer: Resident, ditch: Activity, residents: Sequence[Resident]) -> Leaf:
    town, day = village.town, village_day(THEN)
    wanted = [Wanted(ditch, who, day, "machine", who.subject, {"minutes": 120}) for who in residents]
    made, claimed = _timed(lambda: claims.claim_many(town, wanted, THEN))
    ids = [int(answer.facts["claim"]) for answer in made if not isinstance(answer, Refusal)]
    cpu = process_time()
    _, approved = _timed(lambda: reviews.approve_claims(reviewer, ids, now=THEN))
    later = THEN + timedelta(days=village.notice_days + 1)
    _, awarded = _timed(lambda: awards.award_claims(town, ids, now=later))
    cpu = process_time() - cpu
    tell(f"  {len(ids)} claims: made in {claimed:.1f} s, approved in {approved:.1f} s, awarded in {awarded:.1f} s")
    return {
        "transfers_per_s": round(2 * len(ids) / awarded),
        "claimed_s": f"{claimed:.2f}",
        "approved_s": f"{approved:.2f}",
        "awarded_s": f"{awarded:.2f}",
        "approved_and_awarded_s": f"{approved + awarded:.2f}",
        "own_cpu_s": f"{cpu:.2f}",
    }


def _timed(work: Callable[[], list[Answer]]) -> tuple[list[Answer], float]:
    """The answers and the seconds; a refusal would spoil the figures, so it stops the bench."""
    began = perf_counter()
    answers = work()
    seconds = perf_counter() - began
    for answer in answers:
        if isinstance(answer, Refusal):
            raise answer
    return answers, seconds
