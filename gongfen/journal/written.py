"""The answer to an act: what stands in the journal now, or stood there already."""

from datetime import datetime
from typing import Any, NamedTuple

from gongfen.rules.places import number_of


class Written(NamedTuple):
    """An act as its caller sees it. Ten thousand of them cost less than ten thousand model objects."""

    id: int  # its place: usable wherever a key to `journal.Act` is
    key: str
    verb: str
    by: int
    about: int
    facts: dict[str, Any]
    happened_at: datetime
    written_at: datetime
    is_new: bool  # False when it answers a repeat

    @property
    def number(self) -> int:
        """Its place in its town's order, from 1, without gaps."""
        return number_of(self.id)
