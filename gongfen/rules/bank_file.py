"""The payout file that goes to a bank, and the statement that comes back. Layout: docs/bank-file.md.

Text of comma separated lines, read and made by the same functions here. Pure: bytes in, plain values out, and back.
"""

import csv
import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from gongfen.rules.refusals import Refusal

PAYOUT, STATEMENT, VERSION = "gongfen-payout", "gongfen-statement", "1"
HUNDREDTHS_OF_A_FEN = 100
ANSWERS = ("paid", "bounced")
_SUM = re.compile(r"\d{1,12}\.\d\d")


class BankFileBroken(Refusal):
    """Some lines cannot be read; they are listed, and nothing of the file is applied."""

    code = "bank_file_broken"


@dataclass(frozen=True)
class PayoutLine:
    """Money to pay to one merchant; `reference` comes back in the bank's statement."""

    reference: str
    payee: str
    account: str
    money: int


@dataclass(frozen=True)
class StatementLine:
    """What the bank says about one payout."""

    reference: str
    money: int
    answer: str
    reason: str = ""


@dataclass(frozen=True)
class Fault:
    """A line that cannot be read: its place in the file, and why."""

    line: int
    what: str


@dataclass(frozen=True)
class Difference:
    """Where the statement and our books do not agree."""

    what: str
    reference: str
    ours: int | None = None
    theirs: int | None = None


@dataclass
class Matched:
    """What of a statement may be applied, and what a person must look at."""

    paid: list[str] = field(default_factory=list)
    bounced: dict[str, str] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)


def make_payout_file(settlement: str, town: int, day: date, lines: Sequence[PayoutLine]) -> bytes:
    """The file for the bank. The same settlement gives the same bytes."""
    body = _rows([["H", PAYOUT, VERSION, settlement, f"{town:02}", day.isoformat(), "CNY"]])
    for i, line in enumerate(lines, start=1):
        row = ["P", str(i), line.reference, _plain(line.payee), _plain(line.account), yuan(line.money)]
        body += _rows([row])
    return body + _last_line(body, len(lines), sum(line.money for line in lines))


def make_statement(day: date, lines: Sequence[StatementLine]) -> bytes:
    """A statement in the documented layout, as a bank or an adapter for a bank makes it."""
    body = _rows([["H", STATEMENT, VERSION, day.isoformat(), "CNY"]])
    body += _rows([["L", line.reference, yuan(line.money), line.answer, line.reason] for line in lines])
    return body + _last_line(body, len(lines), sum(line.money for line in lines))


def read_statement(content: bytes) -> list[StatementLine]:
    """The lines of a bank's statement. Refuses the whole file when one line is broken, and lists every broken one."""
    faults: list[Fault] = []
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), strict=True))
    except (UnicodeDecodeError, csv.Error):
        raise BankFileBroken(lines=[(1, "not_text")], count=1) from None
    if not rows or rows[0][:3] != ["H", STATEMENT, VERSION]:
        faults.append(Fault(1, "first_line"))
    lines = []
    for at, row in enumerate(rows[1:-1], start=2):
        line = _read_line(row)
        if isinstance(line, StatementLine):
            lines.append(line)
        else:
            faults.append(Fault(at, line))
    if not faults:
        faults += _check_last_line(content, rows, lines)
    if faults:
        raise BankFileBroken(lines=[(fault.line, fault.what) for fault in faults], count=len(faults))
    return lines


def match(expected: Mapping[str, int], answered: Mapping[str, str], lines: Sequence[StatementLine]) -> Matched:
    """Hold a statement against what is in transit (`expected`: reference → money) and what was `answered` before.

    A line whose money differs, that nobody knows, or that says something else than before is a difference and is not
    applied. A payout that the statement does not name stays in transit and is listed. The same line again is nothing.
    """
    matched = Matched()
    said: dict[str, StatementLine] = {}
    for line in lines:
        if line.reference in said and said[line.reference] != line:
            matched.differences.append(Difference("said_twice", line.reference, theirs=line.money))
        said.setdefault(line.reference, line)
    twice = {difference.reference for difference in matched.differences}
    for reference, line in said.items():
        ours = expected.get(reference)
        if reference in twice:
            continue
        if reference in answered:
            if answered[reference] != line.answer:
                matched.differences.append(Difference("said_otherwise_before", reference, theirs=line.money))
        elif ours is None:
            matched.differences.append(Difference("not_ours", reference, theirs=line.money))
        elif ours != line.money:
            matched.differences.append(Difference("other_sum", reference, ours=ours, theirs=line.money))
        elif line.answer == "paid":
            matched.paid.append(reference)
        else:
            matched.bounced[reference] = line.reason
    missing = [reference for reference in expected if reference not in said]
    matched.differences += [Difference("not_in_statement", at, ours=expected[at]) for at in missing]
    return matched


def yuan(money: int) -> str:
    """12.50 for 125,000 hundredths of a fen. The bank knows whole fen only."""
    fen, rest = divmod(money, HUNDREDTHS_OF_A_FEN)
    if rest or money < 0:
        raise ValueError("a payout is a whole number of fen")
    return f"{fen // 100}.{fen % 100:02}"


def _read_line(row: list[str]) -> StatementLine | str:
    if len(row) != 5 or row[0] != "L":
        return "five_fields"
    _, reference, money, answer, reason = (field.strip() for field in row)
    if not reference:
        return "no_reference"
    if not _SUM.fullmatch(money) or not money.isascii():
        return "sum"
    if answer not in ANSWERS:
        return "answer"
    return StatementLine(reference, int(money.replace(".", "")) * HUNDREDTHS_OF_A_FEN, answer, reason[:60])


def _check_last_line(content: bytes, rows: list[list[str]], lines: Sequence[StatementLine]) -> list[Fault]:
    last = rows[-1]
    if len(rows) < 2 or len(last) != 4 or last[0] != "T":
        return [Fault(len(rows), "last_line")]
    if last[1] != str(len(lines)):
        return [Fault(len(rows), "count")]
    if last[2] != yuan(sum(line.money for line in lines)):
        return [Fault(len(rows), "total")]
    body = content[: content.rstrip(b"\r\n").rfind(b"\n") + 1]
    if last[3] not in ("", hashlib.sha256(body).hexdigest()):
        return [Fault(len(rows), "checksum")]
    return []


def _last_line(body: bytes, count: int, total: int) -> bytes:
    return _rows([["T", str(count), yuan(total), hashlib.sha256(body).hexdigest()]])


def _plain(text: str) -> str:
    """No line breaks, and nothing that a spreadsheet would take for a formula."""
    return " ".join(text.split()).lstrip("=+-@\t")


def _rows(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()
