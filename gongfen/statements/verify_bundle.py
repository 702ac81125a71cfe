"""Verify an auditor's bundle, offline, with nothing but Python: `python3 verify.py [bundle.zip or folder]`.

Without an argument it verifies the folder (or the ZIP) that it stands in. It checks
  1. every file against its hash in SHA256SUMS, and that no file is missing or came in beside them;
  2. that acts are numbered without gaps and every transfer belongs to an act;
  3. every balance, recomputed from transfers.csv alone, after every single transfer and at the end;
  4. that points and money each sum to zero, and the backing is par times the points outstanding;
  5. that two different people stand behind every act that needs two;
  6. every signed close against the balances at its number.
It says OK, or what differs; its exit code is 0 or 1.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# What an account counts stands in the last five bits of its number: below 8 points, else money.
ISSUANCE, BACKING, MONEY = 1, 14, 8
NEEDS_TWO = {
    "money.receive", "payout.approve", "claim.award", "activity.publish", "terms.decide", "role.give", "run.pay",
    "advance.pay", "merchant.list", "payout.take_back", "books.close", "review_rules.agree",
}  # fmt: skip
ALONE = {"overdue": {"claim.award"}, "founding": {"merchant.list", "role.give", "terms.decide"}}
SUMS = "SHA256SUMS"


class Bundle:
    """The files of a bundle, from a folder or a ZIP."""

    def __init__(self, place: Path | str) -> None:
        self.zip = zipfile.ZipFile(place) if Path(place).is_file() else None
        self.place = Path(place)

    def names(self) -> list[str]:
        if self.zip:
            return sorted(self.zip.namelist())
        found = [p for p in self.place.rglob("*") if p.is_file() and "__pycache__" not in p.parts]
        return sorted(str(p.relative_to(self.place)) for p in found)

    def open(self, name: str) -> Any:
        return self.zip.open(name) if self.zip else (self.place / name).open("rb")

    def table(self, name: str) -> Iterator[dict[str, str]]:
        with self.open(name) as file:
            yield from csv.DictReader(io.TextIOWrapper(file, "utf-8", newline=""))


def check_hashes(bundle: Bundle) -> Iterator[str]:
    """Every file is the one that was written, and there is no other."""
    with bundle.open(SUMS) as file:
        given = file.read()
    found = []
    for name in (name for name in bundle.names() if name != SUMS):
        digest = hashlib.sha256()
        with bundle.open(name) as file:
            while block := file.read(1 << 20):
                digest.update(block)
        found.append((name, digest.hexdigest()))
    if "".join(f"{digest}  {name}\n" for name, digest in found).encode() == given:
        return
    said = {line[66:]: line[:64] for line in given.decode("utf-8", "replace").splitlines() if line}
    have = dict(found)
    for name in sorted(said.keys() | have.keys()):
        if name not in have:
            yield f"{name}: missing · 缺少"
        elif name not in said:
            yield f"{name}: not in {SUMS} · 多出来的文件"
        elif said[name] != have[name]:
            yield f"{name}: changed · 被改过"
    yield from [f"{SUMS}: changed · 被改过"] if said == have else []


def check_acts(bundle: Bundle, town: dict[str, Any]) -> Iterator[str]:
    """Numbers run from 1 to the last one, without gaps."""
    last = 0
    for last, row in enumerate(bundle.table("acts.csv"), 1):
        if int(row["number"]) != last:
            yield f"acts.csv: number {row['number']} where {last} should be · 序号断了"
            return
    if last != town["last"]:
        yield f"acts.csv: ends at {last}, the town's last number is {town['last']} · 记录不全"


def check_balances(bundle: Bundle, town: dict[str, Any]) -> Iterator[str]:
    """Recompute every balance from the transfers alone; hold it against what stands in them and in the accounts."""
    closes = sorted(bundle.table("closes.csv"), key=lambda row: int(row["number"]))
    has: dict[int, int] = {}
    told = 0
    for row in bundle.table("transfers.csv"):
        while closes and int(row["number"]) > int(closes[0]["number"]):
            yield from _check_close(closes.pop(0), has)
        source, target, amount = int(row["source"]), int(row["target"]), int(row["amount"])
        where = f"transfers.csv: number {row['number']}, line {row['line']}"
        if amount <= 0 or (source & 31 < MONEY) != (target & 31 < MONEY) or not 0 < int(row["number"]) <= town["last"]:
            yield f"{where}: cannot be · 不可能的转账"
        for account, change, after in ((source, -amount, "source_balance"), (target, amount, "target_balance")):
            has[account] = has.get(account, 0) + change
            if has[account] != int(row[after]) and told < 20:
                told += 1
                yield f"{where}: account {account} should have {has[account]}, says {row[after]} · 余额不对"
    for close in closes:
        yield from _check_close(close, has)
    for row in bundle.table("accounts.csv"):
        account, said = int(row["account"]), int(row["balance"])
        if has.pop(account, 0) != said and told < 40:
            told += 1
            yield f"accounts.csv: account {account} says {said}, its transfers do not · 余额不对"
    for account, balance in has.items():
        if balance:
            yield f"accounts.csv: account {account} is missing and has {balance} · 缺账户"


def _check_close(close: dict[str, str], has: dict[int, int]) -> Iterator[str]:
    if digest_of(has) != close["digest"]:
        yield f"closes.csv: {close['period']}: the balances at number {close['number']} are others · 结账的数对不上"


def digest_of(balances: dict[int, int]) -> str:
    """The hash of a statement of accounts: those that have something, by number, one a line."""
    text = "".join(f"{account},{balance}\n" for account, balance in sorted(balances.items()) if balance)
    return hashlib.sha256(text.encode()).hexdigest()


def check_sums(bundle: Bundle, town: dict[str, Any]) -> Iterator[str]:
    """Each unit sums to zero; backing is par times the points outstanding."""
    points = money = issued = backing = 0
    for row in bundle.table("accounts.csv"):
        kind, balance = int(row["account"]) & 31, int(row["balance"])
        points, money = (points + balance, money) if kind < MONEY else (points, money + balance)
        issued += balance if kind == ISSUANCE else 0
        backing += balance if kind == BACKING else 0
    if points or money:
        yield f"accounts.csv: points sum to {points}, money to {money}, not to nothing · 合计不是零"
    if backing != -issued * town["par"]:
        yield f"accounts.csv: backing {backing}, but {-issued} points at par {town['par']} · 兑换钱和工分对不上"


def check_approvals(bundle: Bundle, town: dict[str, Any]) -> Iterator[str]:
    """Two different people stand behind every act that needs two."""
    two: dict[int, list[dict[str, str]]] = {}
    for row in bundle.table("approvals.csv"):
        two.setdefault(int(row["number"]), []).append(row)
    for act in bundle.table("acts.csv"):
        number, verb = int(act["number"]), act["verb"]
        rows = two.pop(number, [])
        where = f"approvals.csv: number {number} ({verb})"
        if verb in NEEDS_TWO and not rows:
            yield f"{where}: nobody approved it · 没有第二个人"
        for row in rows:
            if row["verb"] != verb:
                yield f"{where}: is said to be {row['verb']} · 对不上"
                continue
            two_people = row["first"] != row["second"] and "0" not in (row["first"], row["second"])
            is_founding = row["why"] == "founding" and town["subject"] in (row["first"], row["second"])
            if not two_people and not (verb in ALONE.get(row["why"], ()) and (is_founding or row["why"] == "overdue")):
                yield f"{where}: not two different people · 不是两个人"
    for number in two:
        yield f"approvals.csv: number {number} is no act · 没有这笔记录"


CHECKS = (check_acts, check_balances, check_sums, check_approvals)


def differences(place: Path | str) -> Iterator[str]:
    """Everything that is not as it must be."""
    bundle = Bundle(place)
    try:
        yield from check_hashes(bundle)
        with bundle.open("town.json") as file:
            town = json.loads(file.read().decode())
        for check in CHECKS:
            yield from check(bundle, town)
    except (KeyError, ValueError, TypeError, FileNotFoundError, csv.Error, zipfile.BadZipFile) as broken:
        yield f"cannot be read · 读不懂: {type(broken).__name__} {broken}"


def main() -> int:
    here = Path(sys.argv[0]).resolve()
    place = sys.argv[1] if len(sys.argv) > 1 else here if zipfile.is_zipfile(here) else here.parent
    try:
        found = list(differences(place))
    except (OSError, zipfile.BadZipFile) as broken:
        found = [f"no bundle here · 这里没有审计包: {broken}"]
    for one in found[:100]:
        print(one)
    print(f"{len(found)} differences · 有 {len(found)} 处对不上" if found else "OK · 分文不差")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
