"""An organiser's event: from the template to the points on notice; and a muddy field whose network comes and goes."""

import base64
import random
import re
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.app_phone import Phone, WeChat
from tests.app_server import asked
from tests.walking import PATIENCE

pytestmark = pytest.mark.browser

RESIDENT, LEADER = "pages/resident", "pages/organiser"
HOUR = timedelta(hours=1)
CAMERA = """
if (navigator.mediaDevices) navigator.mediaDevices.getUserMedia = async () => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 600, height: 600 })
  const pen = canvas.getContext('2d'), seen = new Image()
  seen.src = window.__seen
  await seen.decode()
  const draw = () => { pen.fillStyle = '#fff'; pen.fillRect(0, 0, 600, 600); pen.drawImage(seen, 40, 40, 520, 520) }
  draw()
  setInterval(draw, 200)
  return canvas.captureStream(10)
}
"""


def turns_back(
    facts: dict[str, Any], activity: str, *, opened: timedelta = timedelta(), began: timedelta = timedelta()
) -> None:
    """The walk need not wait: sign-up opened, or the activity began, so long ago."""
    now = datetime.now(UTC).replace(tzinfo=None)
    with sqlite3.connect(Path(facts["folder"]) / "gongfen.sqlite3", timeout=60) as rows:
        if opened:
            rows.execute(
                "UPDATE activities_signup SET opened_at = ? WHERE activity_id = ?", (now - opened, int(activity))
            )
        if began:
            times = (str(now - began), str(now + 2 * HOUR), int(activity))
            rows.execute("UPDATE activities_activity SET starts_at = ?, ends_at = ? WHERE id = ?", times)
            rows.execute(
                "UPDATE activities_signup SET passed_on_at = ? WHERE activity_id = ?", (str(now), int(activity))
            )


def sees_the_screen_of(resident: Phone, leader: Phone) -> None:
    """The resident holds the phone in front of the leader's."""
    picture = leader.screen.locator(".g-qr").screenshot()
    resident.page.evaluate(
        "seen => (window.__seen = seen)", f"data:image/png;base64,{base64.b64encode(picture).decode()}"
    )


def finds(phone: Phone, household: str, name: str, button: str) -> None:
    """Somebody of the village, by household and name."""
    fields = phone.screen.locator(".find input")
    fields.nth(0).fill(household)
    fields.nth(1).fill(name)
    phone.screen.locator(".find").get_by_role("button", name=button, exact=True).tap()


NAMES = {"li": "李建国", "wang": "王秀英"}


@dataclass
class Event:
    """One activity and whose phones are in its walk."""

    server: str
    facts: dict[str, Any]
    title: str
    activity: str = ""


def is_drafted_approved_and_announced(event: Event, lin: Any, second: Any) -> None:
    title = event.title
    lin.open(f"{LEADER}/make")
    lin.tap("^清渠$")
    lin.sees("积分标准")
    lin.screen.get_by_label("叫什么").last.fill(title)
    lin.screen.get_by_label("名额（不限就空着）").last.fill("2")
    lin.screen.get_by_label("其中留给没有手机的人").last.fill("1")
    lin.tap("存成草稿")
    lin.sees("草稿存好了")
    lin.tap("^好$")
    lin.sees(title, "草稿，等另一个人批准", "每小时", "名额 2 个")  # what it is worth comes from the terms
    event.activity = activity = re.search(r"id=(\d+)", lin.page.url)[1]

    second.open(f"{LEADER}/activity?id={activity}")
    second.tap("^批准$")
    second.tap("对，就这样")
    second.sees("批准了，可以发布")
    lin.open(f"{LEADER}/activity?id={activity}")
    lin.tap("^发布$")
    lin.tap("对，就这样")
    lin.sees("发布了")


def has_a_lot_and_a_line(event: Event, lin: Any, people: dict[str, Any]) -> str:
    """Who got the one open place."""
    server, facts, activity = event.server, event.facts, event.activity
    # Two want the one open place, grandmother has no phone: a lot, and a line.
    for phone in people.values():
        phone.context.add_init_script(CAMERA)
        phone.open(f"{RESIDENT}/activity?id={activity}&village={facts['village']}")
        phone.tap("^报名$")
        phone.sees("人多就抽签")
    lin.open(f"{LEADER}/places?id={activity}")
    finds(lin, "10", "王奶奶", "报名")
    lin.sees("王奶奶 报上名了")
    turns_back(facts, activity, opened=3 * 24 * HOUR)
    lin.tap("^抽签$")
    lin.tap("对，就这样")
    lin.sees("抽好了", "排队第 1 位")
    drawn = {row["called"]: row["state"] for row in asked(facts, server, "organiser", f"/activities/{activity}/places")}
    assert drawn["王奶奶"] == "has_place"
    (who,) = (one for one, name in NAMES.items() if drawn[name] == "has_place")
    other = next(one for one in NAMES if one != who)
    people[other].open(f"{RESIDENT}/activity?id={activity}&village={facts['village']}")
    people[other].sees("在排队，前面到您是第 1 个")
    return who


def is_worked_at_without_network(event: Event, lin: Any, worker: Any) -> None:
    facts, activity, title = event.facts, event.activity, event.title
    # Two hours ago, in a field without network: the code is shown and scanned, grandmother is ticked.
    turns_back(facts, activity, began=3 * HOUR)
    lin.open(f"{LEADER}/people?id={activity}")
    lin.sees("报了名，还没到（2）")
    lin.open(f"{LEADER}/code?id={activity}&title={title}")
    expect(lin.screen.locator(".show__digits")).to_have_text(re.compile(r"\d{3} \d{3}"), timeout=PATIENCE)
    worker.open(f"{RESIDENT}/here?id={activity}&village={facts['village']}&title={title}")
    then = datetime.now(UTC) - 2 * HOUR
    for phone in (lin, worker):
        phone.context.set_offline(True)
        phone.page.clock.set_system_time(then)
    before = lin.screen.locator(".show__digits").inner_text()
    expect(lin.screen.locator(".show__digits")).not_to_have_text(before, timeout=PATIENCE)
    sees_the_screen_of(worker, lin)
    worker.tap("扫.*码")
    worker.sees("先记下了")
    lin.page.evaluate("id => (location.hash = `#/pages/organiser/people?id=${id}`)", activity)
    lin.sees("这是上次有网时的名单")
    lin.screen.get_by_role("button", name="来了：王奶奶").tap()
    lin.sees("还没送出（1）")


def goes_home(event: Event, lin: Any, worker: Any) -> None:
    facts, activity, title = event.facts, event.activity, event.title
    # Back, and home: both check out with a network, and what waited has been sent.
    for phone in (worker, lin):
        phone.page.clock.set_system_time(datetime.now(UTC))
        phone.context.set_offline(False)
    lin.open(f"{LEADER}/people?id={activity}")
    lin.screen.get_by_role("button", name="走了：王奶奶").tap()
    lin.sees("王奶奶 走了", "等第二个人来认")
    worker.open(f"{RESIDENT}/home")
    worker.sees("送出了")
    lin.open(f"{LEADER}/code?id={activity}&title={title}")
    expect(lin.screen.locator(".show__digits")).to_have_text(re.compile(r"\d{3} \d{3}"), timeout=PATIENCE)
    worker.open(f"{RESIDENT}/here?id={activity}&village={facts['village']}&title={title}")
    sees_the_screen_of(worker, lin)
    worker.tap("扫.*码")
    worker.sees("2 小时")


def is_confirmed_and_on_notice(event: Event, lin: Any, reviewer: Any, worker: Any, who: str) -> None:
    facts, activity, title = event.facts, event.activity, event.title
    # The hours are confirmed by somebody else, and are on notice with their points.
    reviewer.open(f"{LEADER}/people?id={activity}")
    reviewer.sees("谁来了 · 2 人", "2 小时", "没网时扫的")
    reviewer.tap("我看到了，都对")
    reviewer.tap("对，就这样")
    reviewer.sees("认好了 2 个")
    lin.open(f"{LEADER}/people?id={activity}")
    lin.tap("给走了的人报工")
    lin.sees("报好了 2 笔")
    reviewer.open(f"{LEADER}/review")
    for name in (NAMES[who], "王奶奶"):
        yes = reviewer.screen.get_by_role("button", name=f"对，通过：{name}")
        yes.first.tap()
        expect(yes).to_have_count(0, timeout=PATIENCE)
    worker.open(f"{RESIDENT}/participations")
    worker.sees(title, "公示")
    worker.open(f"{RESIDENT}/notice?village={facts['village']}")
    worker.sees(title, "第 10 户")


def test_an_organisers_event_from_the_template_to_the_notice(phone_of, app_village):
    server, facts = app_village
    event = Event(server, facts, "清东渠")
    lin, second, reviewer = phone_of("organiser"), phone_of("supervisor"), phone_of("reviewer")
    people = {name: phone_of(name) for name in NAMES}
    is_drafted_approved_and_announced(event, lin, second)
    who = has_a_lot_and_a_line(event, lin, people)
    is_worked_at_without_network(event, lin, people[who])
    goes_home(event, lin, people[who])
    is_confirmed_and_on_notice(event, lin, reviewer, people[who], who)
    here = asked(facts, server, "organiser", f"/activities/{event.activity}/attendance")
    assert [(one["called"], one["confirmed"]) for one in here if one["minutes"] >= 115] == [
        (one["called"], True) for one in here
    ]
    assert sorted(one["called"] for one in here) == sorted([NAMES[who], "王奶奶"])
    for phone in (lin, second, reviewer, *people.values()):
        phone.check()


def test_in_a_muddy_field_nothing_is_lost_and_nothing_is_done_twice(phone_of, app_village):
    """Every second request fails, or its answer is lost after the server has acted."""
    server, facts = app_village
    chance = random.Random(7)
    fates: list[str] = []

    def muddy(route: Route) -> None:
        fate = chance.choice(["gone", "unanswered", "well", "well"])
        fates.append(fate)
        if fate == "gone":
            return route.abort("connectionreset")
        if fate == "unanswered":
            route.fetch()
            return route.abort("connectionreset")
        return route.continue_()

    typed = {
        "kind": "affairs", "what": "meeting", "title": "田埂会", "day": "2099-05-04", "from": "09:00", "until": "11:00",
        "paper": "到村委会登记", "budget": "20",
    }  # fmt: skip
    lin = phone_of("organiser", **{"draft-make": typed})
    lin.open(f"{LEADER}/make")
    lin.sees("积分标准")
    lin.context.route("**/api/v1/organise/**", muddy)
    lin.context.route("**/ticks", muddy)
    done = lin.screen.get_by_text("草稿存好了")
    for _ in range(20):  # pressed until it is done, as one does
        lin.tap("存成草稿")
        expect(done.or_(lin.screen.locator(".g-say--no"))).to_be_visible(timeout=PATIENCE)
        if done.is_visible():
            break
    drafts = asked(facts, server, "organiser", f"/organise/activities?village={facts['village']}")
    assert [one["title"] for one in drafts["items"]].count("田埂会") == 1

    lin.open(f"{LEADER}/people?id={facts['activity']}")
    for household, name in (("11", "赵大伯"), ("10", "王奶奶"), ("9", "李建国")):
        finds(lin, household, name, "来了")
        lin.sees(f"{name} 来了，|{name} 记下了")
    expect(lin.screen.get_by_text("还没送出")).to_have_count(0, timeout=PATIENCE)  # it is tried again by itself
    here = asked(facts, server, "organiser", f"/activities/{facts['activity']}/attendance")
    assert sorted(one["called"] for one in here) == ["李建国", "王奶奶", "赵大伯"]
    for _ in range(3):
        one = lin.screen.get_by_role("button", name=re.compile("^记错了，去掉：")).first
        name = one.get_attribute("aria-label")
        one.tap()
        expect(lin.screen.get_by_role("button", name=name)).to_have_count(0, timeout=PATIENCE)
    assert asked(facts, server, "organiser", f"/activities/{facts['activity']}/attendance") == []
    assert {"gone", "unanswered"} <= set(fates)
    lin.check()


def test_in_wechat_a_leader_ticks_without_network(phone_of, app_village):
    _, facts = app_village
    lin = phone_of("organiser", WeChat)
    lin.open(f"{LEADER}/code?id={facts['activity']}&title=%E4%BF%AE%E6%B0%B4%E6%B8%A0")
    expect(lin.screen.locator(".show__digits")).to_have_text(re.compile(r"\d{3} \d{3}"), timeout=PATIENCE)
    lin.sees("修水渠")  # WeChat hands an address on as it was written
    assert "keep screen true" in lin.said("calls")
    lin.open(f"{LEADER}/people?id={facts['activity']}")
    finds(lin, "10", "王奶奶", "来了")
    lin.sees("王奶奶 来了，")
    lin.page.evaluate("__wxsim.connect('none')")
    lin.screen.get_by_role("button", name="走了：王奶奶").tap()
    lin.sees("还没送出（1）")
    lin.page.evaluate("__wxsim.connect('wifi')")
    expect(lin.screen.get_by_text("还没送出")).to_have_count(0, timeout=PATIENCE)
    lin.screen.get_by_role("button", name="记错了，去掉：王奶奶").tap()
    lin.sees("去掉了")
    lin.check()
