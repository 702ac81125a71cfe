"""The inbox follows the journal: one message a step and text, at its hour, to whom it concerns."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

import pytest

from gongfen.ledger.batch import one, one_batch
from gongfen.notices import channels, inbox
from gongfen.notices.due import run_due
from gongfen.notices.following import follow, follow_all
from gongfen.notices.models import Mark, Notice
from gongfen.notices.quiet import QuietHoursEmpty, quiet_of, rest, rest_no_more
from gongfen.notices.verbs import TELLINGS, Topic
from gongfen.people.models import Consent, Purpose
from gongfen.town.models import Town
from gongfen.words import fill
from gongfen.words.notices import MANY, TEXTS, TOPICS, text
from tests.sharing import LATER, award, drafted, on_notice
from tests.village import DAY, NOW, POINT, YUAN, Daicun, daicun, founded

__all__ = ["daicun"]

NIGHT = NOW.replace(hour=22)


def invite(daicun: Daicun, n: int, now: datetime = NOW) -> None:
    """The organiser publishes an activity of the village."""
    with one_batch(daicun.town, now) as batch:
        batch.act(
            key=f"publish/{n}",
            verb="activity.publish",
            by=daicun["林队长"].subject,
            about=daicun.village.subject,
            facts={"activity": str(n)},
        )
    one(batch.answers)


def wants_invitations(daicun: Daicun, *names: str) -> None:
    for name in names:
        Consent.objects.create(town=daicun.town, resident=daicun[name], purpose=Purpose.INVITATIONS, given_at=NOW)


def told(daicun: Daicun, name: str, now: datetime) -> list[tuple[str, int]]:
    return [(notice.code, notice.count) for notice in inbox.inbox(daicun[name], now=now)]


def test_three_awards_of_a_day_are_one_message_with_their_sum(daicun: Daicun) -> None:
    follow_all(daicun.town, now=NOW)
    for points in (1, 2, 4):
        award(daicun, "王芳", points * POINT)
    assert follow_all(daicun.town, now=NOW) == 3
    (notice,) = inbox.inbox(daicun["王芳"], now=NOW)
    assert (notice.code, notice.count, notice.facts["points"]) == ("award", 3, 7 * POINT)
    assert fill(text(notice.code, notice.count, "zh"), "zh", count=3, **notice.facts) == "3 笔共 7 工分到账"
    assert told(daicun, "赵二", NOW) == []


def test_following_stops_anywhere_and_goes_on(daicun: Daicun) -> None:
    for _ in range(5):
        award(daicun, "王芳", POINT)
    steps = 0
    while follow(daicun.town, now=NOW, a_step=3):
        steps += 1
    assert steps > 5
    assert follow_all(daicun.town, now=NOW) == 0
    assert sum(notice.count for notice in Notice.of(daicun.town).filter(code="award")) == 5
    Mark.objects.filter(town=daicun.town).update(number=0)  # as if the mark had been lost
    follow_all(daicun.town, now=NOW, a_step=3)
    assert sum(notice.count for notice in Notice.of(daicun.town).filter(code="award")) == 5


def test_an_answer_comes_at_night_too_and_an_invitation_waits(daicun: Daicun) -> None:
    wants_invitations(daicun, "王芳")
    award(daicun, "王芳", POINT, now=NIGHT)
    invite(daicun, 1, NIGHT)
    follow_all(daicun.town, now=NIGHT)
    assert ("award", 1) in told(daicun, "王芳", NIGHT)
    assert ("invitation", 1) not in told(daicun, "王芳", NIGHT)
    assert ("invitation", 1) in told(daicun, "王芳", NIGHT.replace(hour=8) + DAY)


def test_only_who_consented_is_invited_and_what_is_too_much_never_comes(daicun: Daicun) -> None:
    wants_invitations(daicun, "王芳")
    for day in range(6):
        invite(daicun, day, NOW + day * DAY)
        follow_all(daicun.town, now=NOW + day * DAY)
    invited = [code for code, _ in told(daicun, "王芳", NOW + 30 * DAY) if code == "invitation"]
    assert len(invited) == 2
    assert "invitation" not in dict(told(daicun, "赵二", NOW + 30 * DAY))


def test_one_is_not_told_what_one_did_oneself(daicun: Daicun) -> None:
    with one_batch(daicun.town, NOW) as batch:
        wang = daicun["王芳"].subject
        batch.act(key="a", verb="claim.object", by=wang, about=wang, facts={"claim": "1"})
        facts = {"money": 5 * YUAN, "merchant": "9"}
        batch.act(key="b", verb="payment.pay", by=wang, about=wang, facts=facts)
        batch.act(key="c", verb="helper.name", by=wang, about=wang, facts={"helper": str(daicun["赵二"].subject)})
    follow_all(daicun.town, now=NOW)
    assert told(daicun, "王芳", NOW) == [("payment", 1)]
    assert ("helper_named", 1) in told(daicun, "赵二", NOW)


def test_a_childs_share_is_told_to_the_guardian_and_a_run_to_everyone_by_day(daicun: Daicun) -> None:
    award(daicun, "王芳", 30 * POINT)
    on_notice(daicun, drafted(daicun))
    with one_batch(daicun.town, LATER) as batch:
        facts = {"run": "1", "payout": 7 * YUAN, "money": 7 * YUAN, "payee": str(daicun["王芳"].subject)}
        batch.act(key="x", verb="dividend.share", by=1, about=daicun["王小明"].subject, facts=facts)
    follow_all(daicun.town, now=LATER.replace(hour=23))
    assert dict(told(daicun, "王芳", LATER.replace(hour=23)))["dividend"] == 1
    assert "run_on_notice" not in dict(told(daicun, "李大伯", LATER.replace(hour=23)))
    morning = LATER.replace(hour=8) + DAY
    assert all("run_on_notice" in dict(told(daicun, name, morning)) for name in ("李大伯", "王小刘", "周会计"))
    assert told(daicun, "王小明", morning) == []


def test_a_resident_chooses_once_a_day_or_never(daicun: Daicun) -> None:
    inbox.wish(daicun["王芳"], Topic.EARNING, "daily")
    inbox.wish(daicun["赵二"], Topic.EARNING, "never")
    inbox.wish(daicun["赵二"], Topic.EARNING, "never")
    award(daicun, "王芳", POINT)
    award(daicun, "赵二", POINT)
    follow_all(daicun.town, now=NOW)
    assert told(daicun, "王芳", NOW) == []
    assert told(daicun, "王芳", NOW.replace(hour=18)) == [("award", 1)]
    assert told(daicun, "赵二", NOW + DAY) == []
    assert inbox.wishes_of(daicun["赵二"])["earning"] == ("never", True)
    with pytest.raises(inbox.UnknownTopic):
        inbox.wish(daicun["王芳"], "gossip", "daily")


def test_in_the_hours_one_chose_nothing_comes_and_then_all_of_it(daicun: Daicun) -> None:
    rest(daicun["王芳"], time(21), time(9), now=NOW)
    award(daicun, "王芳", POINT, now=NIGHT)
    award(daicun, "赵二", POINT, now=NIGHT)
    follow_all(daicun.town, now=NIGHT)
    morning = NIGHT.replace(hour=8) + DAY
    assert told(daicun, "王芳", morning) == []
    assert told(daicun, "赵二", NIGHT) == [("award", 1)]
    assert told(daicun, "王芳", morning.replace(hour=9)) == [("award", 1)]
    rest(daicun["王芳"], time(21), time(10), now=morning)  # chosen anew: what waits, waits longer
    assert told(daicun, "王芳", morning.replace(hour=9, minute=59)) == []
    assert told(daicun, "王芳", morning.replace(hour=10)) == [("award", 1)]
    with pytest.raises(QuietHoursEmpty):
        rest(daicun["王芳"], time(9), time(9), now=NOW)
    assert quiet_of(daicun["赵二"]) is None
    assert inbox.forget(daicun.town, subject=daicun["王芳"].subject) == 1
    assert quiet_of(daicun["王芳"]) is None


def test_what_everybody_is_told_comes_outside_the_night_and_outside_ones_own_hours(daicun: Daicun) -> None:
    wants_invitations(daicun, "王芳", "赵二")
    rest(daicun["王芳"], time(19), time(10, 30), now=NOW)
    invite(daicun, 1, NIGHT)
    follow_all(daicun.town, now=NIGHT)
    assert "invitation" in dict(told(daicun, "赵二", NIGHT.replace(hour=8) + DAY))
    assert "invitation" not in dict(told(daicun, "王芳", NIGHT.replace(hour=10) + DAY))
    assert "invitation" in dict(told(daicun, "王芳", NIGHT.replace(hour=10, minute=30) + DAY))
    rest_no_more(daicun["王芳"])
    assert quiet_of(daicun["王芳"]) is None


def test_reading_marks_what_came_and_leaving_deletes_it(daicun: Daicun) -> None:
    award(daicun, "王芳", POINT)
    follow_all(daicun.town, now=NOW)
    newest = inbox.inbox(daicun["王芳"], now=NOW)[0]
    assert inbox.unread(daicun["王芳"], now=NOW) == 1
    assert inbox.read_until(daicun["王芳"], newest.id, now=NOW) == 1
    assert inbox.read_until(daicun["王芳"], newest.id, now=NOW) == 0
    assert inbox.unread(daicun["王芳"], now=NOW) == 0
    assert inbox.forget(daicun.town, now=NOW + 500 * DAY) > 0
    assert inbox.forget(daicun.town, subject=daicun["王芳"].subject) == 0


class Failing:
    name = "failing"

    def __init__(self) -> None:
        self.broken, self.brought = True, [channels.Bundle(0, [])]

    def send(self, town: Town, bundles: Sequence[channels.Bundle]) -> None:
        if self.broken:
            raise ConnectionError
        self.brought = list(bundles)


def test_a_channel_that_fails_is_given_the_same_again(daicun: Daicun) -> None:
    channels.deliver(daicun.town, now=NOW)
    award(daicun, "王芳", POINT)
    award(daicun, "王芳", 2 * POINT)
    follow_all(daicun.town, now=NOW, a_step=1)
    letters = Failing()
    with pytest.raises(ConnectionError):
        channels.deliver(daicun.town, now=NOW, channels=[letters])
    letters.broken = False
    while channels.deliver(daicun.town, now=NOW, channels=[letters]):
        pass
    (bundle,) = [one for one in letters.brought if one.resident == daicun["王芳"].subject]
    assert [(m.code, m.count, m.facts["points"]) for m in bundle.messages] == [("award", 2, 3 * POINT)]
    assert channels.deliver(daicun.town, now=NOW + timedelta(days=1), channels=[letters]) == 0


def test_the_weekly_sheet_is_for_those_without_a_phone(daicun: Daicun) -> None:
    award(daicun, "李大伯", POINT)
    award(daicun, "王芳", POINT)
    follow_all(daicun.town, now=NOW)
    sheets = channels.weekly_sheets(daicun.village, NOW - DAY, NOW + DAY)
    assert [(who.name, [m.code for m in messages]) for who, messages in sheets] == [("李大伯", ["award"])]


def test_towns_do_not_read_each_others_journal(daicun: Daicun) -> None:
    other = founded(code=28, name="浦阳")
    award(other, "王芳", POINT)
    follow_all(daicun.town, now=NOW)
    assert not Notice.of(other.town).exists()
    assert told(daicun, "王芳", NOW) == []


def test_every_telling_has_its_text_in_both_languages() -> None:
    codes = {telling.code for telling in TELLINGS.values()}
    assert codes == set(TEXTS)
    assert set(MANY) <= set(TEXTS)
    assert set(TOPICS) == {topic.value for topic in Topic}
    assert all(len(pair) == 2 and all(pair) for pair in (*TEXTS.values(), *MANY.values()))


def test_the_clock_follows_sends_and_forgets_as_often_as_one_likes(daicun: Daicun) -> None:
    award(daicun, "王芳", POINT)
    done = run_due(daicun.town, now=NOW)
    assert done["read"] > 0
    assert done["sent"] == Notice.of(daicun.town).count() > 0
    assert run_due(daicun.town, now=NOW) == {"read": 0, "sent": 0, "forgotten": 0}
    assert run_due(daicun.town, now=NOW + 500 * DAY)["forgotten"] == done["sent"]
