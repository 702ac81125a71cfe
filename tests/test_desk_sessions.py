"""A clerk acts for a resident with consent and a receipt; a known phone confirms; who leaves is paid by two."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from gongfen.activities.models import Claim, Place
from gongfen.journal.models import Act
from gongfen.notices.following import follow_all
from gongfen.notices.inbox import inbox
from gongfen.office import known_phone, leaving
from gongfen.pages.ground import DEVICE
from gongfen.people.acts import sign_in
from gongfen.people.at_the_office import Deed, HelperSession, KnownPhone, Leaving
from gongfen.people.looks import who_looked
from gongfen.people.models import Device, Resident
from gongfen.shops.models import Asking, Helper
from gongfen.statements.codes import qr_svg
from gongfen.town import clock
from tests.desk import PASSWORD, open_account
from tests.sharing import award
from tests.taking_part import DAY, announce, settle
from tests.village import NOW, POINT, Daicun

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
PIN = "294703"
SLIP = {"number": "工行-88", "donor": "县果业合作社", "yuan": "1,200.50", "received_on": "2026-03-17"}


@pytest.fixture(autouse=True)
def no_tries_yet() -> None:
    cache.clear()


@pytest.fixture
def clerk(daicun: Daicun) -> Client:
    return open_account(daicun, "钱文书")


def begun(daicun: Daicun, clerk: Client, who: str = "李大伯") -> str:
    """A session on paper; where its things are done."""
    assert clerk.post(f"/desk/people/{daicun[who].id}/session", {"how": "paper"}).status_code == 303
    return f"/desk/session/{HelperSession.of(daicun.town).get(resident=daicun[who]).id}"


def browser(daicun: Daicun, who: str) -> Client:
    """Somebody's phone."""
    sign_in(daicun[who], f"phone of {daicun[who].subject}", label="手机", now=NOW)
    client = Client(headers={"Accept-Language": "zh"})
    client.cookies[DEVICE] = f"phone of {daicun[who].subject}"
    return client


def at(monkeypatch: pytest.MonkeyPatch, moment: object) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_everything_in_a_session_stands_on_the_receipt(daicun: Daicun, clerk: Client) -> None:
    settle(daicun)
    ditch = announce(daicun, "volunteering", "清渠")
    path = begun(daicun, clerk)
    for page in ("/desk/", "/desk/people"):
        assert "您正在替 李大伯 办事" in clerk.get(page).content.decode(), page
    for _ in range(2):
        assert clerk.post(f"{path}/sign_up", {"activity": ditch.id}).status_code == 303
    assert Place.of(daicun.town).filter(activity=ditch, resident=daicun["李大伯"]).count() == 1
    for what in ("statement", "book", "code"):
        assert clerk.post(f"{path}/{what}").content.startswith(b"%PDF"), what
    assert clerk.post(f"{path}/record").content.startswith(b"PK")
    for _ in range(2):
        assert clerk.post(f"{path}/card").status_code == 303
    assert Asking.of(daicun.town).filter(row=daicun["李大伯"].id).count() == 1
    assert clerk.post(f"{path}/end").status_code == 303
    whats = list(Deed.of(daicun.town).order_by("id").values_list("what", flat=True))
    assert whats == ["sign_up", "statement", "book", "code", "record", "card"]
    shown = clerk.get(path).content.decode()
    assert "报名：清渠" in shown and "您正在替" not in shown
    assert clerk.get(f"{path}/receipt.pdf").content.startswith(b"%PDF")
    assert "helper_session" in [seen.why for seen in who_looked(daicun["李大伯"])]
    follow_all(daicun.town, now=NOW)
    assert {"session_begun", "session_ended"} <= {one.code for one in inbox(daicun["李大伯"], now=NOW)}


def test_a_claim_by_paper_keeps_what_was_typed_and_waits_for_another(
    daicun: Daicun, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(daicun)
    meeting = announce(daicun, "affairs", "村民会议")
    at(monkeypatch, meeting.starts_at + 4 * timedelta(hours=1))
    clerk.post("/desk/people", {"desk_password": PASSWORD})
    path = f"{begun(daicun, clerk)}/claim/{meeting.id}"
    shown = clerk.get(path).content.decode()
    assert "村民会议" in shown and "补录" in shown
    wrong = clerk.post(path, {"on_day": "2026-01-01"})
    assert wrong.status_code == 422 and 'value="2026-01-01"' in wrong.content.decode()
    right = {"on_day": str(meeting.starts_at.date())}
    for _ in range(2):
        answer = clerk.post(path, right)
        assert answer.status_code == 303, answer.content.decode()
    (claim,) = Claim.of(daicun.town)
    assert (claim.grade, claim.recorded_by) == ("typed", daicun["钱文书"].subject)
    assert claim.state == "made", "somebody else reviews it"


def test_a_session_ends_by_itself_and_nothing_can_be_done_after(
    daicun: Daicun, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = begun(daicun, clerk)
    at(monkeypatch, NOW + 31 * MINUTE)
    late = clerk.post(f"{path}/statement", {"desk_password": PASSWORD})
    assert late.status_code == 422 and "代办已经结束" in late.content.decode()
    assert Deed.of(daicun.town).count() == 0


def test_nobody_acts_for_the_own_household_or_for_a_child(daicun: Daicun, clerk: Client) -> None:
    for who in ("钱文书", "王小明"):
        assert clerk.post(f"/desk/people/{daicun[who].id}/session", {"how": "paper"}).status_code == 422
    assert clerk.post(f"/desk/people/{daicun['王芳'].id}/session", {"how": "trust me"}).status_code == 422
    assert HelperSession.of(daicun.town).count() == 0


def test_who_has_a_phone_says_yes_on_it(daicun: Daicun, clerk: Client) -> None:
    wang = browser(daicun, "王芳")
    assert clerk.post(f"/desk/people/{daicun['王芳'].id}/session", {"how": "phone"}).status_code == 303
    session = HelperSession.of(daicun.town).get()
    assert "等 王芳 在手机上同意" in clerk.get("/desk/").content.decode()
    assert clerk.post(f"/desk/session/{session.id}/book").status_code == 422
    assert "钱文书 想替您办事" in wang.get("/me/office").content.decode()
    stranger = browser(daicun, "陈小芳")
    assert stranger.post(f"/me/office/sessions/{session.id}", {"answer": "yes"}).status_code == 422
    for _ in range(2):
        assert wang.post(f"/me/office/sessions/{session.id}", {"answer": "yes"}).status_code == 303
    assert clerk.post(f"/desk/session/{session.id}/book").content.startswith(b"%PDF")
    assert wang.post(f"/me/office/sessions/{session.id}", {"answer": "no"}).status_code == 303
    assert clerk.post(f"/desk/session/{session.id}/book").status_code == 422, "ended by the resident"


def known(daicun: Daicun, desk: Client, who: str) -> Client:
    """Somebody of the staff makes the own phone known; the phone."""
    phone = browser(daicun, who)
    assert desk.post("/desk/phone/know").status_code == 303
    code = desk.get("/desk/phone").content.decode().split('class="bigcode">')[1][:6]
    assert phone.post("/me/office/phone", {"code": code, "pin": PIN}).status_code == 303
    assert "登记了一部手机" in desk.get("/desk/phone").content.decode()
    return phone


def asked(desk: Client, now: object) -> tuple[str, str]:
    """The desk asks the phone about a slip; the number on its screen, and the question."""
    shown = desk.post("/desk/money/slips", SLIP | {"desk_phone": "ask"})
    text = shown.content.decode()
    assert shown.status_code == 401 and 'name="donor" value="县果业合作社"' in text
    question = text.split('name="desk_phone" value="')[1].split('"')[0]
    assert qr_svg(f"http://testserver/me/office#h-q{question}", "手机上的这一问") in text
    return text.split('class="bigcode">')[1][:6], question


def test_a_known_phone_confirms_instead_of_the_password(daicun: Daicun, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = open_account(daicun, "周会计")
    phone = known(daicun, desk, "周会计")
    at(monkeypatch, NOW + 6 * MINUTE)
    code, question = asked(desk, NOW)
    early = desk.post("/desk/money/slips", SLIP | {"desk_phone": question})
    assert early.status_code == 401 and "手机上还没有点同意" in early.content.decode()
    scanned = phone.get("/me/office").content.decode()  # where the QR leads, at the very question
    assert code in scanned and f'id="h-q{question}"' in scanned
    wrong = phone.post(f"/me/office/questions/{question}", {"answer": "yes", "pin": "000000"})
    assert wrong.status_code == 422 and "还能试 4 次" in wrong.content.decode()
    assert phone.post(f"/me/office/questions/{question}", {"answer": "yes", "pin": PIN}).status_code == 303
    assert desk.post("/desk/money/slips", SLIP | {"desk_phone": question}).status_code == 303
    at(monkeypatch, NOW + 12 * MINUTE)
    assert desk.post("/desk/money/slips", SLIP | {"desk_phone": question}).status_code == 401, "a yes is used once"


def test_a_yes_is_good_at_the_desk_that_asked_and_nowhere_else(daicun: Daicun, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = open_account(daicun, "周会计")
    phone = known(daicun, desk, "周会计")
    at(monkeypatch, NOW + 6 * MINUTE)
    _, question = asked(desk, NOW)
    phone.post(f"/me/office/questions/{question}", {"answer": "yes", "pin": PIN})
    with pytest.raises(known_phone.NoAnswerYet):
        known_phone.take_yes(daicun["周会计"], int(question), "another desk", now=NOW + 6 * MINUTE)
    at(monkeypatch, NOW + 9 * MINUTE)
    assert desk.post("/desk/money/slips", SLIP | {"desk_phone": question}).status_code == 401, "two minutes are over"


def test_five_wrong_pins_make_the_phone_a_stranger(daicun: Daicun, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = open_account(daicun, "周会计")
    phone = known(daicun, desk, "周会计")
    at(monkeypatch, NOW + 6 * MINUTE)
    _, question = asked(desk, NOW)
    for _ in range(5):
        phone.post(f"/me/office/questions/{question}", {"answer": "yes", "pin": "135790"})
    assert KnownPhone.of(daicun.town).count() == 0
    assert phone.post(f"/me/office/questions/{question}", {"answer": "yes", "pin": PIN}).status_code == 422
    assert "用手机确认" not in desk.post("/desk/money/slips", SLIP).content.decode()


def test_a_lost_phone_confirms_nothing(daicun: Daicun, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = open_account(daicun, "周会计")
    known(daicun, desk, "周会计")
    Device.of(daicun.town).filter(resident=daicun["周会计"]).update(ended_at=NOW)
    at(monkeypatch, NOW + 6 * MINUTE)
    assert "用手机确认" not in desk.post("/desk/money/slips", SLIP).content.decode()


def test_who_guesses_the_desks_number_guesses_once(daicun: Daicun) -> None:
    desk = open_account(daicun, "周会计")
    phone = browser(daicun, "周会计")
    desk.post("/desk/phone/know")
    code = desk.get("/desk/phone").content.decode().split('class="bigcode">')[1][:6]
    other = f"{(int(code) + 1) % 1_000_000:06d}"
    assert phone.post("/me/office/phone", {"code": other, "pin": PIN}).status_code == 422
    assert phone.post("/me/office/phone", {"code": code, "pin": PIN}).status_code == 422
    assert phone.post("/me/office/phone", {"code": code, "pin": "123456"}).status_code == 422


def test_the_password_is_locked_after_five_wrong_tries(daicun: Daicun, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = open_account(daicun, "周会计")
    at(monkeypatch, NOW + 6 * MINUTE)
    for _ in range(5):
        assert desk.post("/desk/money/slips", SLIP | {"desk_password": "a guess of mine"}).status_code == 401
    locked = desk.post("/desk/money/slips", SLIP | {"desk_password": PASSWORD})
    assert locked.status_code == 401 and "歇一刻钟" in locked.content.decode()


def test_who_leaves_is_paid_by_the_treasurer_and_checked_by_the_supervisor(daicun: Daicun, clerk: Client) -> None:
    award(daicun, "王小刘", 30 * POINT)
    path = begun(daicun, clerk, "王小刘")
    for _ in range(2):
        assert clerk.post(f"{path}/leave").status_code == 303
    row = Leaving.of(daicun.town).get()
    assert "登记了离开" in clerk.get(f"/desk/people/{daicun['王小刘'].id}").content.decode()
    treasurer, supervisor = open_account(daicun, "周会计"), open_account(daicun, "韩监督")
    assert "¥30.00" in treasurer.get("/desk/leaving").content.decode()
    assert supervisor.post(f"/desk/leaving/{row.id}/pay").status_code == 422
    assert treasurer.post(f"/desk/leaving/{row.id}/pay").status_code == 303
    assert treasurer.post(f"/desk/leaving/{row.id}/approve").status_code == 422
    assert supervisor.post(f"/desk/leaving/{row.id}/not_paid").status_code == 303
    assert treasurer.post(f"/desk/leaving/{row.id}/pay").status_code == 303
    assert supervisor.post(f"/desk/leaving/{row.id}/approve").status_code == 303
    assert supervisor.post(f"/desk/leaving/{row.id}/approve").status_code == 422, "paid once"
    assert daicun.cash("王小刘") == 0 and Leaving.of(daicun.town).get().owed == 0


def test_who_holds_the_slip_is_found_by_its_number(daicun: Daicun) -> None:
    award(daicun, "赵二", 5 * POINT)
    row = leaving.ask_to_leave(daicun["赵二"], by=daicun["赵二"].subject, now=NOW)
    leaving.run_due(daicun.town, now=NOW + 29 * DAY)
    treasurer = open_account(daicun, "周会计")
    shown = treasurer.get("/desk/leaving", {"slip": str(row.slip)}).content.decode()
    assert "¥5.00" in shown and "赵二" not in shown
    assert "¥5.00" not in treasurer.get("/desk/leaving", {"slip": "1234567890"}).content.decode()


def test_the_resident_chooses_the_month_and_who_may_pay_for_them(daicun: Daicun, clerk: Client) -> None:
    Resident.of(daicun.town).filter(id=daicun["李大伯"].id).update(joined_at=NOW - 70 * DAY)
    path = begun(daicun, clerk)
    shown = clerk.get("/desk/session").content.decode()
    assert [month in shown for month in ("2026-03", "2026-02", "2026-01", "2025-12")] == [True, True, True, False]
    assert clerk.post(f"{path}/statement", {"month": "2026-02"}).content.startswith(b"%PDF")
    assert "打印明细 2026-02" in clerk.get("/desk/session").content.decode()

    typed = {"household": "9", "name": "陈小芳", "yuan": "50", "until": "2026-06-01", "once": "a1"}
    wrong = {"name": ("没这人", "f-name"), "yuan": ("很多", "f-yuan"), "until": ("2036-01-01", "f-name")}
    for field, (value, beside) in wrong.items():
        no = clerk.post(f"{path}/helper", typed | {field: value})
        assert no.status_code == 422 and value in no.content.decode(), field
        (at_field,) = re.findall(r'id="([^"]*)"[^>]*aria-invalid', no.content.decode())
        assert at_field == beside, field
    assert Helper.of(daicun.town).count() == 0
    for _ in range(2):
        assert clerk.post(f"{path}/helper", typed).status_code == 303
    row = Helper.of(daicun.town).get()
    assert (row.resident_id, row.helper_id, row.day_limit) == (daicun["李大伯"].id, daicun["陈小芳"].id, 500_000)
    assert "家人代用：陈小芳" in clerk.get("/desk/session").content.decode()
    act = Act.of(daicun.town).get(verb="helper.name")
    assert (act.by, act.about) == (daicun["钱文书"].subject, daicun["李大伯"].subject)
    for _ in range(2):
        assert clerk.post(f"{path}/helper_end", {"helper": row.id}).status_code == 303
    assert Helper.of(daicun.town).get().ended_at == NOW
    assert "取消家人代用：陈小芳" in clerk.get("/desk/session").content.decode()
    assert clerk.post(f"{path}/helper_end", {"helper": "12"}).status_code == 422, "nobody else's helper"
