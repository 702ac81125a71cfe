"""Paper at the desk: a signed sheet is photographed, typed with few keys, and checked by a second person."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongfen.activities.models import Activity, Claim, Evidence, Place, Presence, Sheet
from gongfen.people.founding import Joining, join_many
from gongfen.people.models import Look, Resident
from tests.desk import PASSWORD, at_desk
from tests.doors_earning import a_photo
from tests.earning_life import DAY, Life

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
PEOPLE = ("王秀英", "王建国", "李桂兰", "李建国", "陈晓燕", "赵大伯", "周明", "吴小妹")


@pytest.fixture
def life(life: Life) -> Life:
    found = life
    joining = [Joining(str(31 + place), "一组", name, is_head=True) for place, name in enumerate(PEOPLE)]
    for one in join_many(found.village, joining, by=found.town.subject, now=found.now):
        one.town = found.town
        found.people[one.name] = one
    return found


@pytest.fixture
def ditch(life: Life) -> Activity:
    """Two hours of clearing the ditch, over by now."""
    activity = life.publish(ends_at=life.now + 2 * HOUR, budget_points=10_000)
    life.now += 3 * HOUR
    return activity


def a_signed_sheet(desk: Client, activity: Activity) -> str:
    """Printed, signed, photographed; the address of its page."""
    made = desk.post(f"/desk/activities/{activity.id}/sheets")
    page = f"/desk/activities/{activity.id}/sheets/{made.url.split('new=')[1]}"
    assert desk.get(f"{page}/sheet.pdf").content.startswith(b"%PDF")
    sent = SimpleUploadedFile("sheet.jpg", a_photo(), "image/jpeg")
    assert desk.post(page, {"step": "photo", "photo": sent}).status_code == 303
    assert desk.get(f"{page}/photo").headers["Content-Type"] == "image/jpeg"
    return page


def test_a_sheet_goes_from_paper_to_points_through_two_people(life: Life, ditch: Activity) -> None:
    clerk, reviewer = at_desk(life, "clerk"), at_desk(life, "reviewer")
    page = a_signed_sheet(clerk, ditch)
    answer = clerk.post(page, {"step": "lines", "lines": "王秀\n32\n陈晓 9:30 10:30\n"})
    assert answer.status_code == 303
    own = clerk.get(page).content.decode()
    assert "等另一户的人核对" in own and 'value="right"' not in own
    assert clerk.post(page, {"step": "right"}).status_code == 422
    shown = reviewer.get(page).content.decode()
    assert "都对，3 个人" in shown and "王秀英" in shown and "王建国" in shown and f"{page}/photo" in shown
    reviewer.post(page, {"step": "right"})
    assert reviewer.post(page, {"step": "right"}).status_code == 422  # pressed twice: it says where the sheet is
    claims = {one.resident.name: one for one in Claim.of(life.town).filter(activity=ditch).select_related("resident")}
    assert {name: (one.minutes, one.grade) for name, one in claims.items()} == {
        "王秀英": (120, "witnessed"), "王建国": (120, "witnessed"), "陈晓燕": (60, "witnessed"),
    }  # fmt: skip
    assert Look.of(life.town).filter(resident=life.people["王秀英"], why="attendance").exists()


def test_what_names_nobody_or_several_is_said_and_nothing_typed_is_lost(life: Life, ditch: Activity) -> None:
    clerk = at_desk(life, "clerk")
    page = a_signed_sheet(clerk, ditch)
    answer = clerk.post(page, {"step": "lines", "lines": "王\n没有这人\n周明"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "31 王秀英" in shown and "32 王建国" in shown and "没有找到“没有这人”" in shown
    assert "王\n没有这人\n周明</textarea>" in shown
    assert Sheet.of(life.town).get(activity=ditch).state == "photographed"
    assert clerk.post(page, {"step": "lines", "lines": "32 王\n周"}).status_code == 303


def test_a_number_a_name_a_place_or_more_letters_say_who_is_meant(life: Life, ditch: Activity) -> None:
    clerk = at_desk(life, "clerk")

    def meant(line: str) -> list[str]:
        return list(clerk.get(f"/desk/activities/{ditch.id}/names", {"q": line}).json()["found"])

    assert meant("34") == ["34 李建国"] == meant("李建") == meant("34 李")
    assert meant("李") == ["33 李桂兰", "34 李建国"]
    Place.objects.create(town=life.town, activity=ditch, resident=life.people["李桂兰"], state="has_place")
    assert meant("李") == ["33 李桂兰"]  # who signed up is meant before who did not
    assert meant("") == [] == meant("%") == meant("\x00")
    answer = clerk.get(f"/desk/activities/{ditch.id}/names", {"q": "周明 9：05 1030"}).json()
    assert answer["times"] == "09:05 – 10:30"


def test_typing_takes_fewer_keys_than_a_spreadsheet(life: Life, ditch: Activity) -> None:
    """By first letters and Enter; a spreadsheet wants name and household in cells of their own."""
    clerk = at_desk(life, "clerk")
    page = a_signed_sheet(clerk, ditch)
    typed = ["王秀", "王建", "李桂", "李建", "陈", "赵大", "周", "吴小"]
    assert clerk.post(page, {"step": "lines", "lines": "\n".join(typed)}).status_code == 303
    keys = sum(len(line) + 1 for line in typed)
    rows = Resident.of(life.town).filter(name__in=PEOPLE).select_related("household")
    in_cells = sum(len(one.household.number) + 1 + len(one.name) + 1 for one in rows)
    with_times = in_cells + len(PEOPLE) * 2 * len("09:00,")
    assert (keys, in_cells, with_times) == (22, 55, 151)


def test_a_sheet_may_be_typed_twice_and_both_must_agree(life: Life, ditch: Activity) -> None:
    clerk, reviewer = at_desk(life, "clerk"), at_desk(life, "reviewer")
    page = a_signed_sheet(clerk, ditch)
    clerk.post(page, {"step": "lines", "lines": "王秀\n周"})
    answer = reviewer.post(f"{page}?again=yes", {"step": "lines", "lines": "王秀\n吴小妹"})
    assert answer.status_code == 422 and "2 处不一样" in answer.content.decode()
    assert "王秀\n吴小妹</textarea>" in answer.content.decode()
    assert reviewer.post(page, {"step": "lines", "lines": "周明\n31"}).status_code == 303
    assert Sheet.of(life.town).get(activity=ditch).state == "done"


def test_a_wrong_file_says_what_was_expected(life: Life, ditch: Activity) -> None:
    clerk = at_desk(life, "clerk")
    made = clerk.post(f"/desk/activities/{ditch.id}/sheets")
    page = f"/desk/activities/{ditch.id}/sheets/{made.url.split('new=')[1]}"
    for sent in (SimpleUploadedFile("a.pdf", b"%PDF-1.4", "application/pdf"), None):
        answer = clerk.post(page, {"step": "photo"} | ({"photo": sent} if sent else {}))
        assert answer.status_code == 422 and "JPG" in answer.content.decode()
    assert clerk.get(f"/desk/activities/{ditch.id}/sheets/NOSUCH99").status_code == 404
    assert clerk.get(f"/desk/activities/{ditch.id}/sheets/%00").status_code == 404


def test_the_leader_ticks_and_a_second_person_saw_it_too(life: Life) -> None:
    ditch = life.publish(ends_at=life.now + 2 * HOUR, budget_points=10_000)
    life.now += 10 * HOUR / 60
    leader, reviewer = at_desk(life, "organiser"), at_desk(life, "reviewer")
    people = f"/desk/activities/{ditch.id}/people"
    assert leader.post(f"{people}/tick", {"lines": "王秀 9:00\nnobody"}).status_code == 200
    assert not Presence.of(life.town).exists()
    leader.post(f"{people}/tick", {"lines": "王秀 9:00\n周 9:05"})
    shown = leader.get(people).content.decode()
    assert "王秀英" in shown and 'name="presence"' in shown.split("记错了")[0]
    one = Presence.of(life.town).get(resident=life.people["周明"])
    leader.post(f"{people}/undo", {"presence": one.id})
    assert not Presence.of(life.town).filter(id=one.id).exists()
    left = Presence.of(life.town).get()
    told = leader.post(f"{people}/confirm", {"presence": left.id}).content.decode()
    assert "另一位审核员" in told  # nobody confirms what they wrote down
    reviewer.post(f"{people}/confirm", {"presence": left.id})
    left.refresh_from_db()
    assert left.confirmed_by == life.reviewer.subject
    assert reviewer.post(f"{people}/tick", {"lines": "周 9:05"}).status_code == 422


def test_people_without_a_phone_are_signed_up_and_the_lot_is_drawn(life: Life) -> None:
    ditch = life.publish(starts_at=life.now + 4 * DAY, ends_at=life.now + 4 * DAY + HOUR, places=2, reserved_places=1)
    leader = at_desk(life, "organiser")
    people = f"/desk/activities/{ditch.id}/people"
    for who in ("grandma", "王秀", "周明"):
        leader.post(f"{people}/sign-up", {"who": who})
    answer = leader.post(f"{people}/sign-up", {"who": "王"})
    assert answer.status_code == 422 and 'value="王"' in answer.content.decode()
    assert leader.post(f"{people}/lot").status_code == 422  # not before two days
    life.now += 2 * DAY
    leader.post(f"{people}/lot", {"desk_password": PASSWORD})
    states = sorted(Place.of(life.town).filter(activity=ditch).values_list("state", flat=True))
    assert states == ["has_place", "has_place", "waiting"]
    shown = leader.get(people).content.decode()
    assert "排队 1" in shown and "没有手机" in shown
    chosen = Place.of(life.town).get(activity=ditch, state="waiting")
    leader.post(f"{people}/cancel", {"place": chosen.id})
    assert Place.of(life.town).filter(activity=ditch).count() == 2


def test_work_is_written_down_in_the_kinds_own_form(life: Life) -> None:
    road = life.publish("labor", "unpaid", title="修路")
    leader = at_desk(life, "organiser")
    page = f"/desk/activities/{road.id}/tally"
    form = leader.get(page).content.decode()
    assert "半天还是一天" in form and "完成的数量" in form and 'name="photo" type="file"' in form
    answer = leader.post(page, {"lines": "王秀\n王", "day": "half", "happened_on": "2026-10-09"})
    assert answer.status_code == 422 and "王秀\n王</textarea>" in answer.content.decode()
    wrong = leader.post(page, {"lines": "王秀", "day": "half", "done": "-1", "happened_on": "2026-10-09"})
    assert wrong.status_code == 422 and 'id="w-done"' in wrong.content.decode()
    twice = {"lines": "王秀\n周", "day": "half", "done": "30", "happened_on": "2026-10-09", "seen": "yes"}
    for _ in range(2):
        assert leader.post(page, twice).status_code == 303
    made = Claim.of(life.town).filter(activity=road)
    assert {(one.points, one.grade, one.recorded_by) for one in made} == {(400, "witnessed", life.organiser.subject)}
    assert "photo" not in made[0].evidence
    told = {"lines": "赵大\n32", "day": "whole", "happened_on": "2026-10-09"}
    bad = SimpleUploadedFile("a.jpg", b"no photo", "image/jpeg")
    wrong = leader.post(page, told | {"photo": bad})
    assert wrong.status_code == 422 and 'id="w-photo"' in wrong.content.decode() and Claim.of(life.town).count() == 2
    for _ in range(2):
        sheet = SimpleUploadedFile("a.jpg", a_photo(), "image/jpeg")
        assert leader.post(page, told | {"photo": sheet}).status_code == 303
    shown = at_desk(life, "reviewer").get("/desk/review").content.decode()
    assert shown.count('class="photo"') == Evidence.of(life.town).count() == 2, "everyone's claim shows the sheet"
    assert len(made) == 2 and re.search("等审核", leader.get(f"/desk/activities/{road.id}").content.decode())


def test_every_sheet_stands_in_one_list(life: Life, ditch: Activity) -> None:
    clerk = at_desk(life, "clerk")
    page = a_signed_sheet(clerk, ditch)
    shown = clerk.get("/desk/sheets?state=photographed").content.decode()
    assert page in shown and "拍好了" in shown
    assert page not in clerk.get("/desk/sheets?state=done").content.decode()
    assert "清渠" in clerk.get("/desk/sheets?as=csv").content.decode("utf-8-sig")
