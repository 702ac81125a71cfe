"""R26: each purpose is consented separately; refusing costs nothing else. Two equal worlds, one of which agreed."""

from gongfen.people.acts import consent
from gongfen.people.models import Purpose
from tests.doors import GUEST, RESIDENT, all_doors
from tests.twins import unequal
from tests.village import NOW, Daicun

ITS_OWN_PLACE = ("/me/consents", "/me/export")


def test_saying_no_costs_nothing_else(daicun: Daicun) -> None:
    """Everything that can be read: what one writes is answered by the same acts, which never look at a consent."""
    doors = [door for door in all_doors() if door.who in (GUEST, RESIDENT) and door.method == "GET"]
    doors = [door for door in doors if not door.path.startswith(ITS_OWN_PLACE)]
    assert len(doors) > 20

    def agree(who: str) -> None:
        for purpose in Purpose.values:
            consent(daicun[who], purpose, given=True, now=NOW)

    assert unequal(doors, daicun, lambda _: None, agree) == []


def test_nobody_has_agreed_to_anything_at_first(daicun: Daicun) -> None:
    for resident in daicun.people.values():
        assert not resident.consents.exists()
