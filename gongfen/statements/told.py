"""What an act meant for one resident, read from what moved: no verb has to be known for a line to be told right."""

from collections.abc import Sequence
from dataclasses import dataclass

from gongfen import words
from gongfen.rules.posting import Address, Kind, address
from gongfen.words.statements import LINES

Moved = tuple[int, int, int]  # source, target, amount


@dataclass(frozen=True)
class Meaning:
    """What happened to one resident: its name in the words, the sum, and who was on the other side."""

    name: str
    points: int = 0  # hundredths of a point, without sign
    money: int = 0  # hundredths of a fen, without sign
    other: int = 0  # subject on the other side


def meaning(moved: Sequence[Moved], subject: int) -> Meaning:
    """Read the transfers of one act as the resident with this subject would."""
    mine = [(address(a), address(b), n) for a, b, n in moved if subject in (address(a).owner, address(b).owner)]
    for source, target, amount in mine:
        found = _of_money(source, target, amount) or _of_points(source, target, amount, subject)
        if found is not None:
            return found
    redeemed = [amount for source, target, amount in mine if source.kind == Kind.POINTS]
    gained = [amount for source, target, amount in mine if target.kind == Kind.CASH]
    if redeemed and gained:
        return Meaning("redeemed", points=sum(redeemed), money=sum(gained))
    if redeemed:
        back = any(address(b).kind in (Kind.BUDGET, Kind.EARMARK) for _, b, _ in moved)
        return Meaning("reversed" if back else "handed_back", points=sum(redeemed))
    return Meaning("other")


def told(found: Meaning, lang: str, *, what: str = "", who: str = "", shop: str = "") -> str:
    """您付给 小芳超市 12.50 元."""
    return words.fill(
        LINES[found.name][words.LANGUAGES.index(lang)],
        lang,
        points=found.points,
        money=found.money,
        what=what,
        who=who,
        shop=shop,
    )


def _of_money(source: Address, target: Address, amount: int) -> Meaning | None:
    names = {
        (Kind.CASH, Kind.TILL): "payment",
        (Kind.TILL, Kind.CASH): "refund",
        (Kind.CASH, Kind.ON_HOLD): "held",
        (Kind.ON_HOLD, Kind.CASH): "released",
        (Kind.CASH, Kind.TRANSIT): "paid_out",
        (Kind.POOL, Kind.CASH): "dividend",
    }
    name = names.get((source.kind, target.kind))
    if name is None:
        return None
    other = source.owner if target.kind == Kind.CASH else target.owner
    return Meaning(name, money=amount, other=other)


def _of_points(source: Address, target: Address, amount: int, subject: int) -> Meaning | None:
    if source.kind == Kind.ISSUANCE and target.kind == Kind.POINTS:
        return Meaning("award", points=amount)
    if source.kind == Kind.POINTS and target.kind == Kind.POINTS:
        given = source.owner == subject
        return Meaning(
            "help_given" if given else "help_received", points=amount, other=target.owner if given else source.owner
        )
    return None
