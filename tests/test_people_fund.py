"""A village comes together: people join, money comes in, and two people stand for everything that counts."""

from datetime import date

import pytest

from gongfen.fund.acts import MoneyIn, NoSuchSlip, SlipKnown, approve_slip, record_slip, refuse_slip
from gongfen.fund.queries import common_money, cover, hosts, money_lines, months_left
from gongfen.ledger.models import Account
from gongfen.people import joining
from gongfen.people.acts import NeedsTwoPeople, NotYourRole, UnknownPurpose, change_role, consent, sign_out
from gongfen.people.founding import Joining, TownExists, UnknownGuardian, found_town, found_village, join_many
from gongfen.people.models import Consent, Device, JoinRequest, Resident, RoleName
from gongfen.people.queries import caller_by_token, has_role, staff_of
from gongfen.rules.posting import Address, BadAmount, Kind
from tests.village import DAY, NOW, YUAN, Daicun, founded

pytestmark = pytest.mark.django_db


def test_a_child_has_no_account_but_a_guardian(daicun: Daicun) -> None:
    child = Resident.of(daicun.town).select_related("guardian").get(name="王小明")
    assert child.guardian == daicun["王芳"]
    assert not Account.of(daicun.town).filter(owner=child.subject).exists()
    assert Account.of(daicun.town).filter(owner=daicun["王小刘"].subject).count() == 2


def test_a_child_without_a_grown_person_at_home_cannot_join(daicun: Daicun) -> None:
    alone = [Joining("99", "一组", "小小", age_band="under_14")]
    before = Resident.of(daicun.town).count()
    with pytest.raises(UnknownGuardian):
        join_many(daicun.village, alone, by=daicun.town.subject, now=NOW)
    assert Resident.of(daicun.town).count() == before


def test_a_village_is_founded_once(daicun: Daicun) -> None:
    assert found_village(daicun.town, name="戴村", now=NOW) == daicun.village
    with pytest.raises(TownExists):
        found_town(code=27, name="浦阳镇", now=NOW)


def test_money_comes_in_once_and_by_two_people(daicun: Daicun) -> None:
    slip = MoneyIn("工行-0017", "镇政府", 75_000 * YUAN, date(2026, 3, 2))
    recorded = record_slip(daicun["周会计"], daicun.village.subject, slip, now=NOW)
    assert daicun.fund() == 9_000 * YUAN, "nothing moves before the second person"
    with pytest.raises(NotYourRole):
        approve_slip(daicun["周会计"], recorded.id, now=NOW)
    first = approve_slip(daicun["韩监督"], recorded.id, now=NOW)
    again = approve_slip(daicun["韩监督"], recorded.id, now=NOW + DAY)
    assert (first.id, first.is_new, again.id, again.is_new) == (again.id, True, first.id, False)
    assert daicun.fund() == 84_000 * YUAN
    assert record_slip(daicun["周会计"], daicun.village.subject, slip, now=NOW).id == recorded.id
    with pytest.raises(SlipKnown):
        other = MoneyIn("工行-0017", "镇政府", 76_000 * YUAN, date(2026, 3, 2))
        record_slip(daicun["周会计"], daicun.village.subject, other, now=NOW)


@pytest.mark.parametrize("money", [0, -1, 150, 1 << 60])
def test_a_slip_is_of_whole_fen(daicun: Daicun, money: int) -> None:
    with pytest.raises(BadAmount):
        record_slip(daicun["周会计"], daicun.village.subject, MoneyIn("x", "镇", money, date(2026, 3, 2)), now=NOW)


def test_a_refused_slip_moves_nothing(daicun: Daicun) -> None:
    slip = MoneyIn("工行-0018", "镇政府", 10 * YUAN, date(2026, 3, 2))
    recorded = record_slip(daicun["周会计"], daicun.village.subject, slip, now=NOW)
    assert refuse_slip(daicun["韩监督"], recorded.id, now=NOW)
    with pytest.raises(NoSuchSlip):
        approve_slip(daicun["韩监督"], recorded.id, now=NOW)
    assert daicun.fund() == 9_000 * YUAN


def test_nobody_approves_what_their_household_recorded(daicun: Daicun) -> None:
    spouse = join_many(daicun.village, [Joining("1", "一组", "周太太")], by=daicun.town.subject, now=NOW)[0]
    spouse.town, spouse.village = daicun.town, daicun.village
    change_role(
        spouse,
        RoleName.SUPERVISOR,
        daicun.village,
        give=True,
        by=daicun["韩监督"],
        approved_by=daicun["林队长"],
        now=NOW,
    )
    slip = MoneyIn("工行-0019", "镇政府", 10 * YUAN, date(2026, 3, 2))
    recorded = record_slip(daicun["周会计"], daicun.village.subject, slip, now=NOW)
    with pytest.raises(NeedsTwoPeople):
        approve_slip(spouse, recorded.id, now=NOW)


def test_the_money_page_names_donor_and_slip(daicun: Daicun) -> None:
    daicun.receive(60_000 * YUAN, "工行-0020", purpose="果园用工")
    money = common_money(daicun.town, daicun.village.subject)
    assert sum(money.values()) == 69_000 * YUAN
    (line,) = money_lines(daicun.town, Address(Kind.FUND, daicun.village.subject))
    assert (line.donor, line.slip, line.money) == ("镇政府", "slip-27-1", 9_000 * YUAN)
    assert cover(daicun.town).percent == 100 and cover(daicun.town).is_whole
    assert [name for _, name in hosts(daicun.town)] == ["戴村镇", "戴村"]
    assert (months_left(9_000, 3_000), months_left(9_000, 0)) == (9, None)


def test_roles_need_two_people_of_two_households(daicun: Daicun) -> None:
    with pytest.raises(NeedsTwoPeople):
        change_role(
            daicun["赵二"], RoleName.REVIEWER, daicun.village, give=True,
            by=daicun["赵大伯"], approved_by=daicun["韩监督"], now=NOW,
        )  # fmt: skip
    change_role(
        daicun["赵二"],
        RoleName.REVIEWER,
        daicun.village,
        give=True,
        by=daicun["林队长"],
        approved_by=daicun["韩监督"],
        now=NOW,
    )
    assert has_role(daicun["赵二"], "reviewer", daicun.village.id)
    assert daicun["赵二"] in staff_of(daicun.town, "reviewer", daicun.village.id)
    change_role(
        daicun["赵二"],
        RoleName.REVIEWER,
        daicun.village,
        give=False,
        by=daicun["林队长"],
        approved_by=daicun["韩监督"],
        now=NOW + DAY,
    )
    assert not has_role(daicun["赵二"], "reviewer", daicun.village.id)


def test_a_village_role_does_not_count_for_the_town(daicun: Daicun) -> None:
    assert has_role(daicun["周会计"], "treasurer", daicun.village.id)
    assert not has_role(daicun["周会计"], "treasurer", None)


def test_a_printed_code_signs_one_device_in_once(daicun: Daicun) -> None:
    (printed,) = joining.make_codes(daicun["钱文书"], [daicun["王芳"]], now=NOW)
    typed = f" {printed.code[:4].lower()}-{printed.code[4:]} "
    device = joining.sign_in_by_code(typed, "阿芳的手机", label="手机", now=NOW)
    again = joining.sign_in_by_code(typed, "阿芳的手机", label="手机", now=NOW)
    assert again == device
    with pytest.raises(joining.WrongJoinCode):
        joining.sign_in_by_code(typed, "别人的手机", label="", now=NOW)
    caller = caller_by_token("阿芳的手机")
    assert caller is not None and caller.resident == daicun["王芳"]
    assert sign_out(caller, device.id, now=NOW) and caller_by_token("阿芳的手机") is None
    assert bytes(Device.of(daicun.town).get().token_hash) != "阿芳的手机".encode()


def test_codes_grow_old_and_new_ones_end_old_ones(daicun: Daicun) -> None:
    clerk = daicun["钱文书"]
    (old,) = joining.make_codes(clerk, [daicun["王芳"]], now=NOW)
    (new,) = joining.make_codes(clerk, [daicun["王芳"]], now=NOW)
    for code, moment in ((old.code, NOW), (new.code, NOW + 31 * DAY), ("AAAA-BBBB-CCCC", NOW)):
        with pytest.raises(joining.WrongJoinCode):
            joining.sign_in_by_code(code, "手机", label="", now=moment)
    with pytest.raises(NotYourRole):
        joining.make_codes(daicun["林队长"], [daicun["王芳"]], now=NOW)
    with pytest.raises(joining.TooYoung):
        joining.make_codes(clerk, [daicun["王小明"]], now=NOW)


def test_who_asks_to_join_waits_for_the_clerk(daicun: Daicun) -> None:
    asked = joining.ask_to_join(
        daicun.village, name="新来的", household_number="12", age_band="adult", secret="s", now=NOW
    )
    assert joining.ask_to_join(
        daicun.village, name="新来的", household_number="12", age_band="adult", secret="s", now=NOW
    ) == asked  # fmt: skip
    group = daicun["王芳"].group
    with pytest.raises(NotYourRole):
        joining.confirm_request(daicun["林队长"], asked.id, group=group, now=NOW)
    new = joining.confirm_request(daicun["钱文书"], asked.id, group=group, now=NOW)
    assert joining.confirm_request(daicun["钱文书"], asked.id, group=group, now=NOW) == new
    other = joining.ask_to_join(
        daicun.village, name="路人", household_number="13", age_band="adult", secret="t", now=NOW
    )
    joining.refuse_request(daicun["钱文书"], other.id, now=NOW)
    with pytest.raises(joining.NotOnTheList):
        joining.confirm_request(daicun["钱文书"], other.id, group=group, now=NOW)
    assert JoinRequest.of(daicun.town).get(id=other.id).state == "refused"


def test_each_consent_stands_alone(daicun: Daicun) -> None:
    consent(daicun["王芳"], "photos", given=True, now=NOW)
    consent(daicun["王芳"], "photos", given=True, now=NOW)
    assert Consent.of(daicun.town).filter(withdrawn_at=None).count() == 1
    consent(daicun["王芳"], "photos", given=False, now=NOW)
    assert Consent.of(daicun.town).filter(withdrawn_at=None).count() == 0
    with pytest.raises(UnknownPurpose):
        consent(daicun["王芳"], "police", given=True, now=NOW)


def test_two_towns_do_not_see_each_other(daicun: Daicun) -> None:
    other = founded(code=28, name="浦阳")
    other.receive(YUAN, "浦阳-2")
    assert daicun.fund() == 9_000 * YUAN and other.fund() == 9_001 * YUAN
    recorded = record_slip(
        daicun["周会计"], daicun.village.subject, MoneyIn("戴村-9", "镇", YUAN, date(2026, 3, 2)), now=NOW
    )
    with pytest.raises(NoSuchSlip):
        approve_slip(other["韩监督"], recorded.id, now=NOW)
