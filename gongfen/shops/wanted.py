"""The payments that are asked for: plain values from the doors to the writer."""

from dataclasses import dataclass

from gongfen.journal.written import Written
from gongfen.rules.phrases import phrase
from gongfen.rules.refusals import Refusal
from gongfen.town.models import Town

Answer = Written | Refusal


@dataclass(frozen=True)
class CodePayment:
    """A till scanned a pay code, or somebody read its digits aloud."""

    till: bytes  # the hash of its token: resolved in the set, with everything else
    code: str
    money: int  # hundredths of a fen


@dataclass(frozen=True)
class SignPayment:
    """A resident scanned the shop's printed sign, typed the sum and said yes."""

    resident: int
    device: int
    merchant: int
    money: int
    key: str
    helps: int | None = None  # the id of the Helper row, when it is paid for another


@dataclass(frozen=True)
class CardPayment:
    """One or two cards of a household at a till; their PINs were right."""

    till: bytes
    payers: tuple[tuple[int, int], ...]  # resident and part, in hundredths of a fen
    key: str


@dataclass(frozen=True)
class HandPayment:
    """A slip that a shop wrote by hand; one person typed it, another approved it."""

    merchant: int
    resident: int
    money: int
    asking: int
    asked_by: int  # subject
    by: int  # subject of who approved


Wanted = CodePayment | SignPayment | CardPayment | HandPayment


def words_of_receipt(town: Town, act: Written) -> dict[str, str]:
    """The four words that till and phone both show."""
    return phrase(town.code, act.number, act.key)
