"""An act while it is being made: what it wants to move, change and create, and what it asks first."""

from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import blake2b
from json import JSONEncoder, encoder
from typing import Any, Protocol

from django.db.models import Model

from gongfen.rules.posting import Address, Move
from gongfen.rules.refusals import Refusal
from gongfen.town.models import TownModel

THIS_ACT: Any = object()  # as a value of `changes`: the id of the act itself

Reader = Callable[[Address], int]
_plain = JSONEncoder(separators=(",", ":"), sort_keys=True, ensure_ascii=False)
# What `_plain.encode` makes anew for each text, made once: it is most of the time of a short one.
_make: Any = getattr(encoder, "c_make_encoder", None)
_chunks = _make and _make(None, _plain.default, encoder.encode_basestring, None, ":", ",", True, False, False)


def _encode(facts: dict[str, Any]) -> str:
    return "".join(_chunks(facts, 0)) if _chunks else _plain.encode(facts)


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

    # Most acts have none of these: here once, they need not be written ten thousand times.
    wishes: Sequence[Move] = ()
    touching: Sequence[Address] = ()
    maker: Callable[[Reader], Sequence[Move]] | None = None
    checks: list[Callable[[], Refusal | None]] | None = None
    changed: list[Change] | None = None
    created: list[Model | Callable[[int], Model]] | None = None
    later: list[Callable[[], object]] | None = None
    refused: Refusal | None = None

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
        self.facts_text = text = _encode(facts) if facts else "{}"
        request = text if asked is None else asked
        self.asked = blake2b(f"{verb}\n{by}\n{about}\n{request}".encode(), digest_size=16).digest()

    def moves(self, *moves: Move) -> None:
        """Move these amounts when the act is accepted; all or none."""
        self.wishes = (*self.wishes, *moves) if self.wishes else moves

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
