"""How money leaves for merchants: a small interface, and the bank file as its first kind. WeChat Pay comes later."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from gongfen.rules.bank_file import PayoutLine, StatementLine, make_payout_file, read_statement


class PayoutAdapter(Protocol):
    """What a way of paying out must know. Neither function changes anything: a file may be made again."""

    name: str

    def make_file(self, settlement: str, town: int, day: date, lines: Sequence[PayoutLine]) -> bytes:
        """What goes out. The same settlement gives the same bytes."""
        ...

    def read_answer(self, content: bytes) -> list[StatementLine]:
        """What came back, or a refusal that lists every broken line."""
        ...


class BankFile:
    """A CSV file for any bank, see docs/bank-file.md."""

    name = "bank_file"

    def make_file(self, settlement: str, town: int, day: date, lines: Sequence[PayoutLine]) -> bytes:
        return make_payout_file(settlement, town, day, lines)

    def read_answer(self, content: bytes) -> list[StatementLine]:
        return read_statement(content)


ADAPTERS: dict[str, PayoutAdapter] = {"bank_file": BankFile()}
