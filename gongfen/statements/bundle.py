"""The auditor's bundle: everything one needs to check a town's books without us, in one ZIP that verifies itself.

Books, acts, terms, approvals and roles as they stood at one moment, the last audit, and a verifier that needs nothing
but Python. No resident is named; staff are, since they answer for what they approved.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from gongfen.activities.models import TermsVersion
from gongfen.journal.models import Act, TownHead
from gongfen.ledger import storage
from gongfen.ledger.audit import last_audit
from gongfen.ledger.books import Format, books
from gongfen.ledger.models import Account, Close, Transfer
from gongfen.people.models import Role
from gongfen.rules.places import line_of, number_of
from gongfen.rules.posting import Kind
from gongfen.statements import verify_bundle
from gongfen.statements.approvals import Approval, approvals
from gongfen.statements.papers import harmless
from gongfen.town.models import Town

ROWS = 5_000
MAIN = "import sys\n\nimport verify\n\nsys.exit(verify.main())\n"
README = """\
工分审计包 · Gongfen auditor's bundle

离线核对（只要有 Python 3.8 以上）：  python3 verify.py     或直接   python3 本文件.zip
Verify offline (Python 3.8 or newer):  python3 verify.py     or just  python3 this-file.zip

town.json       乡镇、兑付价、序号到哪里 · the town, its par, its last number
acts.csv        每一笔记录 · every act
transfers.csv   每一笔转账，带双方余额 · every transfer, with both balances after it
accounts.csv    账户和余额 · accounts and balances
approvals.csv   要两个人的，是哪两个人 · who the two were, where two are needed
closes.csv      签过字的结账 · signed closes
terms.csv       积分标准 · terms      roles.csv  工作人员 · staff
books.beancount Beancount 账簿 · the books for Beancount
audit.json      上次查账的结果 · the result of the last audit
SHA256SUMS      每个文件的校验 · the hash of every file (also: sha256sum -c SHA256SUMS)

工分和钱都是百分之一的整数：3000 是 30 工分，125000 是 12.50 元。居民只有编号，没有姓名。
Points and money are whole hundredths: 3000 is 30 points, 125000 is 12.50 yuan. Residents are numbers, not names.
"""


def write_bundle(town: Town, out: IO[bytes], *, now: datetime) -> str:
    """Write the ZIP; the hash of its SHA256SUMS, which names this very bundle."""
    sums: dict[str, str] = {}
    with storage.one_moment(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
        for name, lines in _files(town, now):
            digest = sha256()
            with file.open(_entry(name, now), "w", force_zip64=True) as entry:
                for line in lines:
                    digest.update(line)
                    entry.write(line)
            sums[name] = digest.hexdigest()
        text = "".join(f"{sums[name]}  {name}\n" for name in sorted(sums)).encode()
        file.writestr(_entry(verify_bundle.SUMS, now), text)
    return sha256(text).hexdigest()


def _entry(name: str, now: datetime) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo(name, now.timetuple()[:6])
    found.compress_type = zipfile.ZIP_DEFLATED
    return found


def _files(town: Town, now: datetime) -> Iterator[tuple[str, Iterable[bytes]]]:
    yield "README.txt", [README.encode()]
    yield "verify.py", [Path(verify_bundle.__file__).read_bytes()]
    yield "__main__.py", [MAIN.encode()]
    yield "town.json", [_json(_town(town, now))]
    yield "acts.csv", _acts(town)
    yield "transfers.csv", _transfers(town)
    yield "accounts.csv", _accounts(town)
    yield "approvals.csv", _table(Approval._fields, sorted(approvals(town)))
    yield "closes.csv", _closes(town)
    yield "terms.csv", _terms(town)
    yield "roles.csv", _roles(town)
    yield "books.beancount", (f"{line}\n".encode() for line in books(town, Format.BEANCOUNT))
    yield "audit.json", [_json(_audit(town))]


def _town(town: Town, now: datetime) -> dict[str, Any]:
    last = TownHead.objects.filter(town=town).values_list("last", flat=True).first() or 0
    return {
        "code": town.code, "name": town.name, "name_en": town.name_en, "par": town.par, "subject": str(town.subject),
        "founded_at": town.founded_at.isoformat(), "last": last, "made_at": now.isoformat(),
    }  # fmt: skip


def _audit(town: Town) -> dict[str, Any]:
    last = last_audit(town)
    if last is None:
        return {"audited_at": None}
    return {
        "audited_at": last.audited_at.isoformat(), "up_to": last.number, "acts": last.acts,
        "transfers": last.transfers, "accounts": last.accounts, "differences": last.differences,
        "is_full": last.is_full,
    }  # fmt: skip


def _json(values: dict[str, Any]) -> bytes:
    return (json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _acts(town: Town) -> Iterator[bytes]:
    names = ("number", "key", "verb", "by", "about", "facts", "happened_at", "written_at")
    rows = Act.of(town).order_by("id").values_list("id", *names[1:])
    return _table(
        names,
        (
            (number_of(act), harmless(key), verb, by, about, json.dumps(facts, sort_keys=True), *map(_moment, moments))
            for act, key, verb, by, about, facts, *moments in rows.iterator(chunk_size=ROWS)
        ),
    )


def _transfers(town: Town) -> Iterator[bytes]:
    wanted = ("id", "act_id", "source_id", "target_id", "amount", "source_balance", "target_balance")
    rows = Transfer.of(town).order_by("id").values_list(*wanted)
    names = ("number", "line", "source", "target", *wanted[4:])
    return _table(names, ((number_of(act), line_of(row), *rest) for row, act, *rest in rows.iterator(chunk_size=ROWS)))


def _accounts(town: Town) -> Iterator[bytes]:
    rows = Account.of(town).order_by("id").values_list("id", "kind", "owner", "balance").iterator(chunk_size=ROWS)
    return _table(
        ("account", "kind", "owner", "balance"),
        ((account, Kind(kind).name.lower(), owner, balance) for account, kind, owner, balance in rows),
    )


def _closes(town: Town) -> Iterator[bytes]:
    names = ("period", "number", "digest", "prepared_by", "signed_by")
    rows = Close.of(town).filter(act_id__isnull=False).order_by("number", "id")
    return _table((*names, "act"), ((*row[:-1], number_of(row[-1])) for row in rows.values_list(*names, "act_id")))


def _terms(town: Town) -> Iterator[bytes]:
    names = (
        "host", "kind", "what", "unit", "points", "minutes", "in_force_from", "state", "proposed_by", "decided_how",
        "decided_on", "decided_by", "took_part", "said_yes",
    )  # fmt: skip
    return _table(names, TermsVersion.of(town).order_by("id").values_list(*names))


def _roles(town: Town) -> Iterator[bytes]:
    rows = Role.of(town).select_related("resident", "village").order_by("id")
    return _table(
        ("subject", "name", "role", "village", "given_at", "ended_at"),
        (
            (role.resident.subject, harmless(role.resident.name), role.role,
             harmless(role.village.name) if role.village else "", _moment(role.given_at), _moment(role.ended_at))
            for role in rows
        ),
    )  # fmt: skip


def _moment(when: datetime | None) -> str:
    return when.isoformat() if when else ""


def _table(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """A CSV file, some rows at a time."""
    text = io.StringIO()
    write = csv.writer(text, lineterminator="\n").writerow
    write(names)
    for row in rows:
        write(row)
        if text.tell() > 1 << 16:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()
