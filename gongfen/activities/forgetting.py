"""Forgetting a person who left: what they wrote and showed, and where they were signed up. Points and lines stay."""

from django.db.models import Q

from gongfen.activities.models import (
    Answered,
    Appeal,
    Claim,
    Evidence,
    Help,
    HelpNote,
    Objection,
    Place,
    Presence,
    Reversal,
    SheetLine,
    WrongTries,
)
from gongfen.activities.places import cancel
from gongfen.people.models import Resident


def forget(resident: Resident) -> None:
    """Photos, forms, reasons and words go; that a claim was made and what it brought stays, without a name."""
    town = resident.town
    for place in Place.of(town).filter(resident=resident).select_related("activity"):
        place.activity.town = town
        cancel(place.activity, resident)
    for model in (Place, Presence, SheetLine, Answered, HelpNote):
        model.of(town).filter(resident=resident).delete()
    WrongTries.of(town).filter(device=resident.id).delete()
    Help.of(town).filter(Q(giver=resident) | Q(taker=resident), state=Help.State.PROPOSED).delete()
    Evidence.of(town).filter(resident=resident, claim__isnull=False).delete()
    Evidence.of(town).filter(resident=resident, uploaded_by=resident.subject).delete()
    own = Claim.of(town).filter(resident=resident)
    own.update(evidence={}, reason="")
    for said in (Appeal, Objection):
        said.of(town).filter(claim__resident=resident).update(said="")
    Objection.of(town).filter(resident=resident).update(said="")
    Reversal.of(town).filter(claim__resident=resident).update(why="")
