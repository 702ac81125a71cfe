"""Whose pages they are: people, households, sessions and payments of other villages and towns are nobody's here."""

import pytest
from django.test import Client

from gongfen.office import leaving, sessions
from gongfen.people.acts import give_roles
from gongfen.people.at_the_office import HelperSession, Leaving, RoleWish
from gongfen.people.founding import Joining, found_village, join_many
from gongfen.people.models import Household, JoinCode, Resident, Role, RoleName, Village
from gongfen.people.queries import roles_of
from gongfen.people.roles import decide, propose
from gongfen.shops.models import Asking
from tests.desk import open_account
from tests.sharing import award
from tests.village import NOW, POINT, Daicun, founded

pytestmark = pytest.mark.django_db
STRANGERS = (Joining("1", "上组", "溪边人", is_head=True), Joining("2", "上组", "溪审核", is_head=True))


@pytest.fixture
def upstream(daicun: Daicun) -> Village:
    """Another village of the town, with a reviewer."""
    village = found_village(daicun.town, name="溪边", now=NOW)
    village.town = daicun.town
    people = join_many(village, STRANGERS, by=daicun.town.subject, now=NOW)
    for one in people:
        one.town = daicun.town
        daicun.people[one.name] = one
    subject = daicun.town.subject
    give_roles(daicun.town, [(people[1], RoleName.REVIEWER, village)], by=subject, approved_by=subject, now=NOW)
    return village


@pytest.fixture
def clerk(daicun: Daicun) -> Client:
    return open_account(daicun, "钱文书")


def for_the_town(daicun: Daicun, who: str, role: RoleName) -> None:
    subject = daicun.town.subject
    give_roles(daicun.town, [(daicun[who], role, None)], by=subject, approved_by=subject, now=NOW)


def test_a_clerk_reaches_nobody_of_another_village_or_town(daicun: Daicun, clerk: Client, upstream: Village) -> None:
    other = founded(code=28, name="浦阳")
    for stranger in (daicun["溪边人"], other["王芳"]):
        here = f"/desk/people/{stranger.id}"
        assert clerk.get(here).status_code == 404
        assert clerk.get(f"/desk/households/{stranger.household_id}").status_code == 404
        typed = {"name": "改了", "age_band": "adult", "has_phone": "no", "counts_as_head": "no"}
        presses = {
            f"{here}/describe": typed,
            f"{here}/move": {"number": "5", "group": daicun["王芳"].group_id},
            f"{here}/lost-phone": {},
            f"{here}/code": {},
            f"{here}/session": {"how": "paper"},
            f"/desk/households/{stranger.household_id}/merge": {"number": "10"},
            f"/desk/households/{stranger.household_id}/head": {"head": stranger.id},
        }
        for path, more in presses.items():
            assert clerk.post(path, more).status_code in (404, 422), path
        assert Resident.of(stranger.town).get(id=stranger.id).household_id == stranger.household_id
    assert HelperSession.of(daicun.town).count() == 0
    assert "溪边人" not in clerk.get("/desk/people").content.decode()
    chosen = {"resident": [daicun["溪边人"].id, other["王芳"].id]}
    assert clerk.post("/desk/people/codes", chosen).status_code == 422
    assert clerk.post("/desk/cards/ask", chosen).status_code == 303
    assert JoinCode.of(daicun.town).filter(used_at=None).count() == Asking.of(daicun.town).count() == 0


def test_nobody_moves_here_without_the_other_villages_clerk(daicun: Daicun, clerk: Client, upstream: Village) -> None:
    away = Household.of(daicun.town).get(village=upstream, number="1").group_id
    zhao = daicun["赵二"]
    assert clerk.post(f"/desk/people/{zhao.id}/move", {"number": "1", "group": away}).status_code == 422
    for_the_town(daicun, "钱文书", RoleName.CLERK)
    subject = daicun.town.subject
    give_roles(daicun.town, [(zhao, RoleName.ORGANISER, daicun.village)], by=subject, approved_by=subject, now=NOW)
    award(daicun, "赵二", 3 * POINT)
    assert clerk.post(f"/desk/people/{zhao.id}/move", {"number": "1", "group": away}).status_code == 303
    moved = Resident.of(daicun.town).select_related("household").get(id=zhao.id)
    assert (moved.village_id, moved.household.number, moved.is_head) == (upstream.id, "1", False)
    assert roles_of(moved) == [] and daicun.points("赵二") == 3 * POINT
    assert Resident.of(daicun.town).get(name="赵大伯").is_head


def test_reviewers_of_other_villages_are_offered_where_they_are_missing(
    daicun: Daicun, clerk: Client, upstream: Village
) -> None:
    shown = clerk.get("/desk/roles").content.decode()
    assert "溪审核 · 溪边" in shown
    asked = clerk.post("/desk/roles/propose", {"resident": daicun["溪审核"].id, "role": "reviewer"})
    assert asked.status_code == 303
    decide(daicun["韩监督"], RoleWish.of(daicun.town).get().id, yes=True, now=NOW)
    assert Role.of(daicun.town).filter(resident=daicun["溪审核"], village=daicun.village, ended_at=None).exists()
    assert "溪审核 · 溪边" not in clerk.get("/desk/roles").content.decode()


def test_a_role_of_the_town_is_given_by_the_towns_own_staff(daicun: Daicun) -> None:
    with pytest.raises(Exception, match="not_your_role"):
        propose(daicun["韩监督"], daicun["陈小芳"], "auditor", None, gives=True, now=NOW)
    for_the_town(daicun, "韩监督", RoleName.SUPERVISOR)
    wish = propose(daicun["韩监督"], daicun["陈小芳"], "auditor", None, gives=True, now=NOW)
    with pytest.raises(Exception, match="not_your_role"):
        decide(daicun["钱文书"], wish.id, yes=True, now=NOW)
    for_the_town(daicun, "钱文书", RoleName.CLERK)
    decide(daicun["钱文书"], wish.id, yes=True, now=NOW)
    assert [(row.role, row.village_id) for row in roles_of(daicun["陈小芳"])] == [("auditor", None)]


def test_a_session_and_its_receipt_are_the_clerks_who_held_it(daicun: Daicun, clerk: Client) -> None:
    subject = daicun.town.subject
    give_roles(
        daicun.town, [(daicun["孙审计"], RoleName.CLERK, daicun.village)], by=subject, approved_by=subject, now=NOW
    )
    held = sessions.begin(daicun["钱文书"], daicun["李大伯"], "paper", now=NOW)
    other = open_account(daicun, "孙审计")
    for path in (f"/desk/session/{held.id}", f"/desk/session/{held.id}/receipt.pdf"):
        assert other.get(path).status_code == 404
        assert clerk.get(path).status_code == 200
    assert other.post(f"/desk/session/{held.id}/book").status_code == 422
    assert other.post(f"/desk/session/{held.id}/end").status_code == 422
    assert HelperSession.of(daicun.town).get().ended_at is None


def test_a_leaver_of_another_village_is_paid_there(daicun: Daicun, upstream: Village) -> None:
    row = leaving.ask_to_leave(daicun["溪边人"], by=daicun["溪边人"].subject, now=NOW)
    treasurer = open_account(daicun, "周会计")
    assert "溪边人" not in treasurer.get("/desk/leaving").content.decode()
    assert treasurer.post(f"/desk/leaving/{row.id}/pay").status_code == 422
    assert Leaving.of(daicun.town).get().prepared_by is None
