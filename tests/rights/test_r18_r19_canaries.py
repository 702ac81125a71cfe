"""R18 and R19: no ranking, no public balance, no look at another's. Balances that can be told from all others never
appear to anybody else, whatever they ask."""

from django.db import transaction

from gongfen.ledger.batch import one, one_batch
from gongfen.rules.posting import Address, Kind, Move
from tests.doors import GUEST, TILL, Door, all_doors, knock, token_of
from tests.village import NOW, Daicun

POINTS, CASH = 1_357_913, 24_680_900  # 13,579.13 points and 2,468.09 yuan
CANARIES = ("1357913", "13579.13", "13,579.13", "24680900", "2468.09", "2,468.09")
OTHERS = ("周会计", "韩监督", "林队长", "吴审核", "钱文书", "孙审计", "赵大伯")


def give_canaries(daicun: Daicun) -> None:
    """王芳 has sums that nobody else has; others have some too, so that sums of the village are not hers."""
    town, who = daicun.town, daicun["王芳"]
    with one_batch(town, NOW) as batch:
        act = batch.act(key="canary", verb="claim.award", by=town.subject, about=who.subject)
        act.moves(
            Move(Address(Kind.ISSUANCE, town.subject), who.points, POINTS),
            Move(Address(Kind.OUTSIDE, town.subject), Address(Kind.BACKING, town.subject), POINTS * town.par + 70_000),
            Move(Address(Kind.OUTSIDE, town.subject), who.cash, CASH),
            Move(Address(Kind.ISSUANCE, town.subject), daicun["赵大伯"].points, 700),
        )
    one(batch.answers)


def seen(door: Door, daicun: Daicun) -> list[str]:
    """Who sees a canary through this door."""
    found = []
    with transaction.atomic():
        call = door.call(daicun)
        give_canaries(daicun)
        for person in (None, *OTHERS):
            token = token_of(daicun[person]) if person else None
            answer = knock(door, call, token)
            body = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode(
                "utf-8", "replace"
            )
            if any(canary in body for canary in CANARIES):
                found.append(f"{door.path}: {person}")
        transaction.set_rollback(True)
    return found


def test_nobody_sees_anothers_balance_through_any_door(daicun: Daicun) -> None:
    doors = [door for door in all_doors() if door.method == "GET" and door.who != TILL]
    assert len(doors) > 40
    assert [name for door in doors for name in seen(door, daicun)] == []


def test_the_owner_sees_them(daicun: Daicun) -> None:
    """The canaries are alive: without this the test above could be blind."""
    give_canaries(daicun)
    answer = knock(Door("GET", "/me/accounts", GUEST), all_doors()[0].call(daicun), token_of(daicun["王芳"]))
    assert "1357913" in answer.content.decode()


def test_no_door_puts_people_in_an_order() -> None:
    """No list can be sorted by points, cash, standing or hours."""
    words = {"rank", "ranking", "leaders", "top", "best", "streaks", "scores"}
    assert [door.path for door in all_doors() if words & set(door.path.replace("-", "/").split("/"))] == []
