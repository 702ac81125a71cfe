"""A dividend at the desk, from the draft to the last share: every step pressed twice, every no said in words."""

import hashlib
import re
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from gongfen.dividends.models import Advance, Run, RunObjection, Share
from gongfen.dividends.objections import object_to
from gongfen.people.looks import who_looked
from gongfen.people.models import Resident
from gongfen.rules.dividend_file import verify
from gongfen.town import clock
from tests.desk import signed_in
from tests.sharing import LATER, award, drafted, on_notice, paying_begun
from tests.village import NOW, POINT, YUAN, Daicun

pytestmark = pytest.mark.django_db
TYPED = {
    "begins": "2026-01-01", "ends": "2026-04-30", "pool": "1,000", "head_percent": "70", "unit": "100",
    "reserve_percent": "5", "welfare_percent": "3", "cost": "12.50", "once": "a",
}  # fmt: skip


class Desk:
    """The village's desk at a moment that the test moves."""

    def __init__(self, daicun: Daicun) -> None:
        self.daicun, self.now = daicun, NOW

    def sits(self, who: str) -> Client:
        person = Resident.of(self.daicun.town).select_related("town", "village").get(name=who)
        return signed_in(person, self.now)

    def run(self) -> Run:
        return Run.of(self.daicun.town).get()

    def press(self, who: str, step: str, **typed: str) -> None:
        """Somebody presses a button twice; it is done once and is no crash."""
        client = self.sits(who)
        first = client.post(f"/desk/runs/{self.run().id}/{step}", typed)
        assert first.status_code == 303, first.content.decode()
        assert client.post(f"/desk/runs/{self.run().id}/{step}", typed).status_code in (303, 422)


@pytest.fixture
def desk(daicun: Daicun, monkeypatch: pytest.MonkeyPatch) -> Desk:
    cache.clear()
    found = Desk(daicun)
    monkeypatch.setattr(clock, "now", lambda: found.now)
    award(daicun, "李大伯", 30 * POINT)
    award(daicun, "王芳", 10 * POINT)
    return found


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()
    return str(answer.content.decode())


def test_from_the_draft_to_the_last_share(desk: Desk) -> None:
    daicun, treasurer = desk.daicun, desk.sits("周会计")
    for _ in range(2):
        assert treasurer.post("/desk/runs/draft", TYPED).status_code == 303
    run = desk.run()
    assert (run.pool, [line["kind"] for line in run.lines]) == (1_000 * YUAN, ["cost", "reserve", "welfare"])
    assert "过了才能试算" in text(treasurer, f"/desk/runs/{run.id}")
    desk.now = LATER
    desk.press("周会计", "simulate")
    shown = text(desk.sits("韩监督"), f"/desk/runs/{run.id}")
    digest = re.search(r'name="digest" value="([0-9a-f]{64})"', shown)
    assert digest, shown
    desk.press("周会计", "confirm", digest=desk.run().digest)
    desk.press("韩监督", "confirm", digest=desk.run().digest)
    assert desk.run().state == "confirmed"
    assert daicun.fund() == (9_000 - 40 - 1_000) * YUAN
    desk.press("周会计", "notice")
    public = desk.sits("孙审计").get(f"/desk/runs/{run.id}/public.csv").content
    assert hashlib.sha256(public).hexdigest() == desk.run().digest
    assert verify(public.decode()) == []
    assert "分文不差" in text(desk.sits("吴审核"), f"/desk/runs/{run.id}/check")
    assert desk.run().notice_until is not None
    desk.now = desk.run().notice_until + timedelta(minutes=1)  # type: ignore[operator]  # it is on notice
    desk.press("周会计", "begin")
    desk.press("周会计", "pay")
    desk.press("周会计", "close")
    assert desk.run().state == "closed"
    assert daicun.cash("李大伯") > daicun.cash("王芳") > 0 or daicun.cash("李大伯") > 0
    shares = Share.of(daicun.town).count()
    assert f"已发 {shares} 份，共 {shares} 份" in text(desk.sits("周会计"), f"/desk/runs/{run.id}")


@pytest.mark.parametrize(
    ("field", "typed"),
    [("pool", "一千"), ("pool", ""), ("pool", "-1"), ("head_percent", "120"), ("head_percent", "x"), ("ends", "昨天"),
     ("unit", "7"), ("reserve_percent", "101"), ("cost", "1,001")],
)  # fmt: skip
def test_a_draft_that_cannot_be_is_said_beside_the_field_and_kept(desk: Desk, field: str, typed: str) -> None:
    answer = desk.sits("周会计").post("/desk/runs/draft", TYPED | {field: typed})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode() and 'value="2026-01-01"' in answer.content.decode()
    assert not Run.of(desk.daicun.town).exists()


def test_a_change_voids_what_was_computed(desk: Desk) -> None:
    drafted(desk.daicun)
    desk.now = LATER
    desk.press("周会计", "simulate")
    desk.press("周会计", "change", **TYPED | {"head_percent": "50"})
    assert (desk.run().state, desk.run().head_percent, desk.run().digest) == ("draft", 50, "")
    answer = desk.sits("周会计").post(f"/desk/runs/{desk.run().id}/change", TYPED | {"pool": "x", "once": "b"})
    assert answer.status_code == 422 and 'value="x"' in answer.content.decode()


def test_who_may_press_what(desk: Desk) -> None:
    run = on_notice(desk.daicun, drafted(desk.daicun))
    steps = ("change", "simulate", "confirm", "notice", "begin", "pay", "close", "advances")
    allowed = {"周会计": set(steps), "韩监督": {"simulate", "confirm", "notice"}}
    desk.now = LATER
    for who in ("周会计", "韩监督", "孙审计", "吴审核", "钱文书", "林队长"):
        client = desk.sits(who)
        for step in steps:
            told = client.post(f"/desk/runs/{run.id}/{step}").status_code
            assert (told == 403) is (step not in allowed.get(who, set())), (who, step)
        reads = client.get(f"/desk/runs/{run.id}").status_code
        assert reads == (403 if who in ("钱文书", "林队长") else 200)
        slips = client.get(f"/desk/runs/{run.id}/slips.pdf").status_code
        assert slips == (200 if who in ("周会计", "韩监督", "钱文书") else 403)
        heads = client.get(f"/desk/runs/{run.id}/heads").status_code
        assert heads == (200 if who in ("周会计", "韩监督") else 403)
    assert "提异议" not in text(desk.sits("孙审计"), f"/desk/runs/{run.id}")


def test_the_two_who_confirm_are_two(desk: Desk) -> None:
    run = drafted(desk.daicun)
    desk.now = LATER
    desk.press("周会计", "simulate")
    desk.press("周会计", "confirm", digest=desk.run().digest)
    assert desk.run().second_confirmer is None
    answer = desk.sits("韩监督").post(f"/desk/runs/{run.id}/confirm", {"digest": "0" * 64})
    assert "重新算过" in answer.content.decode()


def test_an_objection_is_answered_by_somebody_else(desk: Desk) -> None:
    daicun = desk.daicun
    run = on_notice(daicun, drafted(daicun))
    desk.now = LATER
    bad = "<script>x()</script> 我家少算一个人"
    object_to(daicun.town, run, by=daicun["王芳"], text=bad, key="objects", now=LATER)
    reviewer = desk.sits("吴审核")
    shown = text(reviewer, f"/desk/runs/{run.id}")
    assert "我家少算一个人" in shown and "<script>x()" not in shown
    one = RunObjection.of(daicun.town).get()
    for typed, status in (({"words": " ", "answer": "upheld"}, 422), ({"words": "是少了", "answer": "upheld"}, 303)):
        assert reviewer.post(f"/desk/run-objections/{one.id}", typed).status_code == status
    assert desk.run().state == "draft"
    assert (
        desk.sits("韩监督").post(f"/desk/run-objections/{one.id}", {"words": "不", "answer": "no"}).status_code == 422
    )
    assert desk.sits("周会计").post(f"/desk/run-objections/{one.id}", {"words": "不"}).status_code == 403


def test_what_if_is_a_table_and_a_chart_and_hides_small_cells(desk: Desk) -> None:
    run = drafted(desk.daicun)
    shown = text(desk.sits("韩监督"), f"/desk/runs/{run.id}/what-if?percents=0,50,x,700")
    assert shown.count('scope="row"') == 3  # the plan's own, 0 and 50
    assert "<svg" in shown and "不到 10 份" in shown and "style=" not in shown
    assert Run.of(desk.daicun.town).get().state == "draft"
    assert text(desk.sits("孙审计"), f"/desk/runs/{run.id}/what-if?percents=&lang=en")


def test_an_advance_is_asked_by_one_and_paid_by_another(desk: Desk) -> None:
    run = drafted(desk.daicun)
    typed = {"household": "10", "name": "王芳", "yuan": "20", "once": "a"}
    treasurer, supervisor = desk.sits("周会计"), desk.sits("韩监督")
    for _ in range(2):
        assert treasurer.post(f"/desk/runs/{run.id}/advances", typed).status_code == 303
    wrong = treasurer.post(f"/desk/runs/{run.id}/advances", typed | {"name": "没有这人", "once": "b"})
    assert wrong.status_code == 422 and "没有这人" in wrong.content.decode()
    advance = Advance.of(desk.daicun.town).get()
    assert treasurer.post(f"/desk/run-advances/{advance.id}", {"answer": "yes"}).status_code == 403
    assert supervisor.post(f"/desk/run-advances/{advance.id}", {"answer": "yes"}).status_code == 303
    assert desk.daicun.cash("王芳") == 20 * YUAN


def test_the_share_of_who_left_is_paid_by_two(desk: Desk) -> None:
    daicun = desk.daicun
    run = paying_begun(daicun, drafted(daicun))
    Resident.of(daicun.town).filter(name="李大伯").update(left_at=LATER)
    desk.now = datetime.fromisoformat("2026-07-01T09:00:00+08:00")
    desk.press("周会计", "pay")
    share = Share.of(daicun.town).get(state="held")
    assert "打到本人的银行账户" in text(desk.sits("周会计"), f"/desk/runs/{run.id}")
    assert desk.sits("韩监督").post(f"/desk/run-shares/{share.id}", {"answer": "approve"}).status_code == 422
    desk.sits("周会计").post(f"/desk/run-shares/{share.id}", {"answer": "ask"})
    assert desk.sits("周会计").post(f"/desk/run-shares/{share.id}", {"answer": "approve"}).status_code == 422
    assert desk.sits("韩监督").post(f"/desk/run-shares/{share.id}", {"answer": "approve"}).status_code == 303
    desk.press("周会计", "close")


def test_slips_and_heads_are_written_down_for_whom_they_are_about(desk: Desk) -> None:
    run = on_notice(desk.daicun, drafted(desk.daicun))
    desk.now = LATER
    printed = desk.sits("周会计").get(f"/desk/runs/{run.id}/slips.pdf")
    assert printed.content.startswith(b"%PDF")
    shown = text(desk.sits("韩监督"), f"/desk/runs/{run.id}/heads?q=王芳")
    assert "王芳" in shown and "李大伯" not in shown
    assert {seen.called for seen in who_looked(desk.daicun["王芳"])} == {"周会计", "韩监督"}


def test_the_clerk_finds_the_slips_once_they_are_public(desk: Desk) -> None:
    run = drafted(desk.daicun)
    desk.now = LATER
    clerk = desk.sits("钱文书")
    assert "slips.pdf" not in text(clerk, "/desk/households")
    on_notice(desk.daicun, run)
    (link,) = re.findall(r'href="([^"]*slips.pdf)"', text(clerk, "/desk/households"))
    assert clerk.get(link).content.startswith(b"%PDF")
