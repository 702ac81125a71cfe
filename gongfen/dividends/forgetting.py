"""Forgetting a person who left: what they wrote about a run. Shares and slips name nobody."""

from gongfen.dividends.models import RunObjection
from gongfen.people.models import Resident


def forget(resident: Resident) -> None:
    """The words of their objections go; that somebody objected, and how it was answered, stays."""
    RunObjection.of(resident.town).filter(by=resident.subject).update(text="", answer="")
