"""Whether the demo's year was played here already: asked at every start, so it brings little with it."""

from gongfen.demo.cast import MARK, TOWN_CODE, VILLAGE
from gongfen.journal.models import Act
from gongfen.people.models import Village
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town


class AnotherTownHere(Refusal):
    """These books belong to another town: the demo leaves them alone."""

    code = "another_town_here"


def played() -> Village | None:
    """The demo's village when its year was played; None when there is nothing yet. Refuses any other town's books."""
    towns = list(Town.objects.order_by("code"))
    if not towns:
        return None
    town = towns[0]
    village = Village.of(town).filter(name=VILLAGE).first()
    is_ours = len(towns) == 1 and town.code == TOWN_CODE and Act.of(town).filter(key=MARK).exists()
    if not is_ours or village is None:
        raise AnotherTownHere(town=town.name)
    village.town = town
    return village
