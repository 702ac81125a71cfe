"""R30: nothing happens to you for another's act. R33: no "other", no "bonus": every award has an announced activity."""

import ast
from pathlib import Path

import pytest

import gongfen
from gongfen.activities.claims import NotOpen
from gongfen.activities.kinds import all_kinds
from gongfen.activities.models import Activity, Claim
from gongfen.journal.models import Act
from gongfen.ledger.models import Transfer
from gongfen.rules.posting import Kind, address
from tests.earning_life import DAY, Life

SOURCE = Path(gongfen.__file__).parent
ANYTHING_GOES = ("其他", "其它", "奖励", "加分", "other", "bonus", "misc", "extra", "reward")


@pytest.mark.parametrize("kind", all_kinds().values(), ids=lambda kind: kind.key)
def test_no_kind_and_no_piece_of_work_is_anything_goes(kind):
    said = " ".join([kind.key, kind.zh, kind.en, *(f"{one.key} {one.zh} {one.en}" for one in kind.whats)]).lower()
    assert not [word for word in ANYTHING_GOES if word in said.split() or (word in said and not word.isascii())]


def test_points_are_made_in_one_place_from_a_claim():
    makers = set()
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                of_moves = isinstance(node.func.value, ast.Name) and node.func.value.id == "moves"
                if of_moves and node.func.attr == "award":
                    makers.add(str(file.relative_to(SOURCE)))
    assert makers == {"activities/awards.py"}


@pytest.mark.django_db
class TestInTheVillage:
    def test_every_point_that_was_made_has_an_activity_that_was_announced_before(self):
        life = Life()
        weeding = life.publish(ends_at=life.now + 60 * DAY)
        life.approve(*[life.claim(weeding, who, minutes=60) for who in ("li", "wang")])
        life.days_pass(6)
        made = [
            transfer
            for transfer in Transfer.of(life.town).select_related("act")
            if address(transfer.source_id).kind is Kind.ISSUANCE
        ]
        assert len(made) == 2
        for transfer in made:
            claim = Claim.of(life.town).get(id=int(transfer.act.facts["claim"]))
            activity = Activity.of(life.town).get(id=claim.activity_id)
            announced = Act.of(life.town).get(key=f"publish/{activity.id}")
            assert announced.number < transfer.act.number
            assert announced.happened_at <= claim.made_at

    def test_what_nobody_announced_brings_nothing(self):
        life = Life()
        with pytest.raises(NotOpen):
            life.claim(life.draft(), "li", minutes=60)

    def test_what_happens_to_a_neighbour_changes_nothing_for_me(self):
        seen = []
        for trouble in (False, True):
            life = Life(code=20 + trouble)
            weeding = life.publish(ends_at=life.now + 60 * DAY)
            lis, wifes, wangs = (life.claim(weeding, who, minutes=60) for who in ("li", "lis_wife", "wang"))
            life.approve(lis, wangs)
            if trouble:
                life.refuse(wifes, by=life.second)
                life.object(wangs)
                life.refuse(wangs, by=life.second)
            life.days_pass(6)
            rows = (
                Claim.of(life.town)
                .filter(id=lis.id)
                .values_list("state", "points", "minutes", "grade", "notice_until", "reason")
            )
            seen.append((list(rows), life.points("li")))
        assert seen[0] == seen[1]
