"""An act while it is being made: what it wants to move, change and create, and what it asks first."""

from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import blake2b
from json import JSONEncoder
from typing import Any, Protocol

from django.db.models import Model

from gongfen.rules.posting import Address, Move
from gongfen.rules.refusals import Refusal
from gongfen.town.models import TownModel

THIS_ACT: Any = object()  # as a value of `changes`: the id of the act itself

Reader = Callable[[Address], int]
_encode = JSONEncoder(separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode


class Row(Protocol):
    """A stored row, or anything that names one."""

    id: int


class Change:
    """A conditional change of one row: `was` must hold when its turn comes."""

    __slots__ = ("adds", "model", "new", "row", "was")

    def __init__(self, row: TownModel, was: dict[str, Any], new: dict[str, Any], adds: dict[str, int]) -> None:
        self.model = type(row)
        self.row = row.id
        self.was = was
        self.new = new
        self.adds = adds

    @property
    def fields(self) -> set[str]:
        return {*self.was, *self.new, *self.adds}


class Draft:
    """One act that waits for its turn in a batch. See `ledger.batch.Batch.act`."""

    __slots__ = (
        "about", "asked", "by", "changed", "checks", "created", "facts", "facts_text", "happened_at", "key",
        "later", "maker", "refused", "said", "touching", "verb", "wishes",
    )  # fmt: skip

    def __init__(
        self,
        key: str,
        verb: str,
        by: int,
        about: int,
        facts: dict[str, Any],
        happened_at: datetime | None,
        asked: str | None,
    ) -> None:
        self.key, self.verb, self.by, self.about, self.facts = key, verb, by, about, facts
        self.happened_at = happened_at
        self.facts_text = _encode(facts)
        self.said = asked
        request = self.facts_text if asked is None else asked
        self.asked = blake2b(f"{verb}\n{by}\n{about}\n{request}".encode(), digest_size=16).digest()
        self.wishes: Sequence[Move] = ()
        self.maker: Callable[[Reader], Sequence[Move]] | None = None
        self.touching: Sequence[Address] = ()
        self.checks: list[Callable[[], Refusal | None]] | None = None
        self.changed: list[Change] | None = None
        self.created: list[Model | Callable[[int], Model]] | None = None
        self.later: list[Callable[[], object]] | None = None
        self.refused: Refusal | None = None

    def moves(self, *moves: Move) -> None:
        """Move these amounts when the act is accepted; all or none."""
        self.wishes = (*self.wishes, *moves)

    def moves_from(self, maker: Callable[[Reader], Sequence[Move]], *, touching: Sequence[Address]) -> None:
        """Let the moves depend on balances at the act's turn: `maker(read)`, where `read(address)` is a balance.

        `touching` names every account that the maker may read or move. An account that is not there reads as 0.
        """
        self.maker, self.touching = maker, touching

    def asks(self, check: Callable[[], Refusal | None]) -> None:
        """Refuse when `check` says so, at the act's turn; not asked of a repeat."""
        self.checks = [*(self.checks or ()), check]

    def changes(
        self, row: TownModel, *, was: dict[str, Any] | None = None, adds: dict[str, int] | None = None, **new: Any
    ) -> None:
        """Change the row if it still is as `was` says, else refuse the act (`changed_meanwhile`).

        `adds` adds to whole numbers, in the order of the acts. A value `THIS_ACT` becomes the act's id. Names are
        those of columns' attributes (`resident_id`, not `resident`).
        """
        self.changed = [*(self.changed or ()), Change(row, was or {}, new, adds or {})]

    def creates(self, *rows: Model | Callable[[int], Model]) -> None:
        """Insert these rows once the act is accepted; a callable is given the act's id and makes the row."""
        self.created = [*(self.created or ()), *rows]

    def then(self, later: Callable[[], object]) -> None:
        """Call this when the act is accepted, before the next act of the batch is decided."""
        self.later = [*(self.later or ()), later]

    def refuse(self, refusal: Refusal) -> None:
        """The caller knows already that this act is refused (a repeat is answered all the same)."""
        self.refused = self.refused or refusal
