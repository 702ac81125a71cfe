"""A village is loaded whole or not at all, once and not twice."""

from datetime import datetime

import pytest

from gongfen.activities.models import TermsVersion
from gongfen.files.load import load
from gongfen.files.problems import with_place
from gongfen.journal.models import Act
from gongfen.ledger.models import Account
from gongfen.people.models import Resident, Role, Village
from gongfen.people.queries import staff_of
from gongfen.shops.models import Merchant, Offer
from gongfen.town.models import Town
from tests.files_of_a_village import MERCHANTS, RESIDENTS, TERMS, VILLAGE, write

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-01-05T09:00:00+08:00")
LATER = datetime.fromisoformat("2026-03-05T09:00:00+08:00")


def first_load(folder, **changed):
    loaded = load(write(folder, **changed), now=NOW)
    assert loaded.problems == []
    return loaded


def codes(loaded):
    return [problem.code for problem in [*loaded.problems, *loaded.remarks]]


def names_in(village):
    return {
        (r.household.number, r.name)
        for r in Resident.of(village.town).filter(village=village).select_related("household")
    }


def test_a_new_village_stands_with_people_staff_terms_and_shops(tmp_path):
    loaded = first_load(tmp_path)

    village = loaded.village
    assert loaded.is_new
    assert loaded.counts == {"residents": 7, "roles": 6, "terms": 2, "merchants": 1, "offers": 2}
    (treasurer,) = staff_of(village.town, "treasurer", village.id)
    assert treasurer.name == "周会计"
    meeting = TermsVersion.of(village.town).get(kind="affairs")
    assert (meeting.points, meeting.took_part, meeting.said_yes) == (200, 30, 28)
    assert (meeting.state, str(meeting.decided_on), str(meeting.in_force_from)) == (
        "decided",
        "2025-12-28",
        "2026-01-05",
    )
    shop = Merchant.of(village.town).get()
    assert (shop.owner.name, shop.hours) == ("韩监督", ["08:00-18:00"] * 7)
    assert set(Offer.of(village.town).values_list("name", "price")) == {("肥皂", 50_000), ("大米", 500_000)}
    child = Resident.of(village.town).get(name="林小妹")
    assert child.guardian.name == "林队长"
    assert not Account.of(village.town).filter(owner=child.subject).exists()


def test_what_was_done_stands_in_the_journal(tmp_path):
    town = first_load(tmp_path).village.town

    verbs = list(Act.of(town).order_by("id").values_list("verb", flat=True))
    assert verbs[:2] == ["town.found", "village.found"]
    assert verbs.count("resident.join") == 7
    assert verbs.count("role.give") == 6
    assert verbs.count("terms.decide") == 2
    assert verbs.count("merchant.list") == 1
    assert verbs[-1] == "village.load"


def test_loading_twice_changes_nothing(tmp_path):
    town = first_load(tmp_path).village.town
    acts = list(Act.of(town).order_by("id").values())

    again = load(tmp_path, now=LATER)

    assert (again.problems, again.counts, again.changed) == ([], {}, False)
    assert list(Act.of(town).order_by("id").values()) == acts


def test_a_dry_run_says_what_would_come_and_leaves_nothing(tmp_path):
    loaded = load(write(tmp_path), now=NOW, dry_run=True)

    assert loaded.counts["residents"] == 7
    assert not Town.objects.exists()
    assert not Village.objects.exists()


def test_one_wrong_row_and_nothing_is_written(tmp_path):
    loaded = load(write(tmp_path, residents_csv=RESIDENTS + "6,,一组,18-59岁,是,是,,是\n"), now=NOW)

    assert codes(loaded) == ["cell_missing"]
    assert not Town.objects.exists()


def test_refused_rows_of_the_points_table_may_be_left_out_when_asked_for(tmp_path):
    write(tmp_path, terms_csv=TERMS + "环境,乱倒垃圾,次,-5,,,\n")

    assert codes(load(tmp_path, now=NOW)) == ["deduction"]
    assert not Town.objects.exists()
    loaded = load(tmp_path, now=NOW, leave_out=True)
    assert [problem.code for problem in loaded.left_out] == ["deduction"]
    assert loaded.counts["terms"] == 2


def test_other_wrong_rows_are_never_left_out(tmp_path):
    write(tmp_path, residents_csv=RESIDENTS + "6,,一组,18-59岁,是,是,,是\n")

    assert codes(load(tmp_path, now=NOW, leave_out=True)) == ["cell_missing"]
    assert not Town.objects.exists()


def test_a_changed_list_brings_only_what_changed(tmp_path):
    village = first_load(tmp_path).village
    changed = (
        RESIDENTS.replace("5,韩小弟,二组,14-17岁", "4,韩小弟,二组,18-59岁")  # moved, and grown up
        .replace("3,沈审核,一组,60岁以上,是,否", "3,沈审核,一组,60岁以上,是,是")  # has a phone now
        .replace("1,林小妹,一组,14岁以下,否,否,林队长,是\n", "")  # not on the list any more
    )
    loaded = load(write(tmp_path, residents_csv=changed + "6,王芳,二组,18-59岁,是,是,,是\n"), now=LATER)

    assert loaded.problems == []
    assert loaded.counts == {"residents": 1, "moved": 1, "changed": 1}
    assert codes(loaded) == ["resident_not_in_file"]
    assert {("4", "韩小弟"), ("6", "王芳"), ("1", "林小妹")} <= names_in(village)
    grown = Resident.of(village.town).get(name="韩小弟")
    assert (grown.age_band, grown.household.number) == ("adult", "4")
    assert Resident.of(village.town).get(name="沈审核").has_phone
    assert Resident.of(village.town).count() == 8
    assert load(tmp_path, now=LATER).counts == {}


def test_a_household_may_choose_another_head(tmp_path):
    village = first_load(tmp_path).village
    swapped = RESIDENTS.replace("5,韩监督,二组,18-59岁,是", "5,韩监督,二组,18-59岁,否").replace(
        "5,韩小弟,二组,14-17岁,否", "5,韩小弟,二组,18-59岁,是"
    )
    loaded = load(write(tmp_path, residents_csv=swapped), now=LATER)

    assert (loaded.problems, loaded.counts) == ([], {"changed": 2})
    heads = Resident.of(village.town).filter(household__number="5", is_head=True)
    assert [head.name for head in heads] == ["韩小弟"]


def test_a_child_that_turns_fourteen_gets_an_account(tmp_path):
    village = first_load(tmp_path).village
    older = RESIDENTS.replace("1,林小妹,一组,14岁以下,否,否,林队长", "1,林小妹,一组,14-17岁,否,否,")
    loaded = load(write(tmp_path, residents_csv=older), now=LATER)

    assert loaded.problems == []
    youth = Resident.of(village.town).get(name="林小妹")
    assert (youth.age_band, youth.guardian) == ("youth", None)
    assert Account.of(village.town).filter(owner=youth.subject).count() == 2


def test_an_account_cannot_be_too_young(tmp_path):
    first_load(tmp_path)
    younger = RESIDENTS.replace("5,韩小弟,二组,14-17岁,否,是,,是", "5,韩小弟,二组,14岁以下,否,是,韩监督,是")

    assert codes(load(write(tmp_path, residents_csv=younger), now=LATER)) == ["band_goes_back"]


def test_terms_change_by_a_newer_meeting_and_not_at_once(tmp_path):
    village = first_load(tmp_path).village
    terms = TERMS.replace("村民会议,次,2", "村民会议,次,3")
    write(tmp_path, terms_csv=terms)

    assert codes(load(tmp_path, now=LATER)) == ["terms_changed_undecided"]

    write(tmp_path, terms_csv=terms, village_toml=VILLAGE.replace("2025-12-28", "2026-03-01"))
    loaded = load(tmp_path, now=LATER)
    assert (loaded.problems, loaded.counts) == ([], {"terms": 1})
    assert codes(loaded) == ["terms_from_day"]
    newer = TermsVersion.of(village.town).get(points=300)
    assert str(newer.in_force_from) == "2026-03-12"
    assert load(tmp_path, now=LATER).counts == {}


@pytest.mark.parametrize(
    ("code", "files"),
    [
        ("town_is_another", {"village_toml": VILLAGE.replace("戴村镇", "浦阳镇")}),
        ("par_never_moves", {"village_toml": VILLAGE.replace("code = 17", "code = 17\npar = 50")}),
        ("notice_days_kept", {"village_toml": VILLAGE.replace("notice_days = 7", "notice_days = 9")}),
        ("role_by_two_people", {"village_toml": VILLAGE.replace('"4-周会计"', '["4-周会计", "3-沈审核"]')}),
        ("owner_kept", {"merchants_csv": MERCHANTS.replace("韩监督,5", "周会计,4")}),
        ("offer_price_kept", {"merchants_csv": MERCHANTS.replace("肥皂 5", "肥皂 6")}),
    ],
)
def test_what_stands_is_not_written_over(tmp_path, code, files):
    town = first_load(tmp_path).village.town
    acts = Act.of(town).count()

    loaded = load(write(tmp_path, **files), now=LATER)

    assert codes(loaded) == [code]
    (said,) = [*loaded.problems, *loaded.remarks]
    for lang in ("zh", "en"):
        assert "…" not in with_place(said, lang)
    assert Act.of(town).count() == acts
    assert Role.of(town).count() == 6


def test_a_second_village_joins_the_same_town(tmp_path):
    town = first_load(tmp_path / "one").village.town
    loaded = load(write(tmp_path / "two", village_toml=VILLAGE.replace("小村", "大村")), now=LATER)

    assert loaded.problems == []
    assert loaded.village.town == town
    assert Resident.of(town).count() == 14
