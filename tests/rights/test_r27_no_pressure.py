"""R27: no pressure. Sixty days of a busy village: two invitations a week at most, none at night, no hurrying words."""

import random
import re
from datetime import datetime, timedelta

from gongfen.ledger.batch import one_batch
from gongfen.notices.following import follow_all
from gongfen.notices.models import Notice
from gongfen.people.models import Consent, Purpose
from gongfen.rules.notice import HOME
from gongfen.words.notices import MANY, TEXTS
from tests.village import NOW, Daicun, daicun

__all__ = ["daicun"]

HURRY = re.compile(
    r"快|赶紧|最后|仅剩|只剩|抓紧|错过|别忘|过期|作废|浪费|失去|邻居都|大家都|别人|排名|第一|连续|坚持|打卡|"
    r"hurry|last chance|only \d|left\b|miss|don't forget|lose|expire|everyone|others|neighbours did|rank|streak",
    re.IGNORECASE,
)


def a_day_of_the_village(daicun: Daicun, day: datetime, chance: random.Random) -> None:
    """Some activities at any hour of the day; the inbox follows a moment later, or a while."""
    for n in range(chance.choice([0, 1, 1, 3])):
        moment = day.replace(hour=chance.randrange(24), minute=chance.randrange(60))
        with one_batch(daicun.town, moment) as batch:
            batch.act(
                key=f"publish/{day:%m%d}/{n}",
                verb="activity.publish",
                by=daicun["林队长"].subject,
                about=daicun.village.subject if n else daicun.town.subject,
                facts={"activity": str(n)},
            )
        follow_all(daicun.town, now=moment + timedelta(minutes=chance.choice([0, 1, 600])))


def test_sixty_days_of_a_busy_village(daicun: Daicun) -> None:
    chance = random.Random(27)
    invited = [name for name in daicun.people if name not in ("王小明", "赵二", "林队长")]  # who publishes is not told
    for name in invited:
        Consent.objects.create(town=daicun.town, resident=daicun[name], purpose=Purpose.INVITATIONS, given_at=NOW)
    for day in range(60):
        a_day_of_the_village(daicun, NOW + timedelta(days=day), chance)
    for name, resident in daicun.people.items():
        sent = Notice.of(daicun.town).filter(resident=resident.subject, topic="invitations")
        moments = sorted(sent.values_list("deliver_at", flat=True))
        assert bool(moments) is (name in invited), name
        for moment in moments:
            assert 8 <= moment.astimezone(HOME).hour < 20
            assert sum(1 for other in moments if moment <= other < moment + timedelta(days=7)) <= 2
    assert len(moments) <= 2 * 60 // 7 + 2


def test_no_text_hurries_threatens_or_compares() -> None:
    for code, pair in [*TEXTS.items(), *MANY.items()]:
        for told in pair:
            assert not HURRY.search(told), (code, told)


def test_the_check_itself_finds_a_hurrying_text() -> None:
    for told in ("快来，只剩 2 个名额", "Hurry, only 2 places left", "邻居都报名了", "您已连续签到 7 天"):
        assert HURRY.search(told)
