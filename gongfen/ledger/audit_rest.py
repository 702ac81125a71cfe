"""What the accounts must be, each and together: floors, even units, backed points, covered promises."""

from collections import Counter
from typing import Any

from django.db import connection
from django.db.models import Sum

from gongfen.ledger.audit import Report, Span
from gongfen.ledger.audit_chains import named
from gongfen.ledger.models import Account, Hold, HoldState, Reversal
from gongfen.ledger.queries import entries_of_acts
from gongfen.rules.places import number_of
from gongfen.rules.posting import Kind

MOST_EXAMPLES = 10
ACTS = 1_000
WITHOUT_FLOOR = ", ".join(str(kind.value) for kind in Kind if kind.floor is None)
KINDS = ", ".join(str(kind.value) for kind in Kind)
# What no account may be. Its id is its owner and, in the last five bits, its kind.
WRONG = {
    "account_misnamed": f"id <> owner * 32 + kind OR kind NOT IN ({KINDS})",
    "floor_wrong": f"(floor IS NULL) <> (kind IN ({WITHOUT_FLOOR})) OR coalesce(floor, 0) <> 0",
    "budget_below_zero": f"kind = {Kind.BUDGET.value} AND balance < 0",
    "floor_broken": f"kind NOT IN ({WITHOUT_FLOOR}, {Kind.BUDGET.value}) AND balance < 0",
}


def check_accounts(span: Span, report: Report) -> None:
    """Every account is what its id says and has no less than its floor; no budget spent more than was set aside."""
    counts = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in WRONG.values())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*), {counts} FROM ledger_account WHERE town_id = %s", [span.town.id])
        report.accounts, *found = cursor.fetchone()
        for (code, condition), count in zip(WRONG.items(), found, strict=True):
            if not count:
                continue
            cursor.execute(
                f"SELECT id, balance FROM ledger_account WHERE town_id = %s AND ({condition})"
                f" ORDER BY id LIMIT {MOST_EXAMPLES}",
                [span.town.id],
            )
            for account, balance in cursor.fetchall():
                report.differs(code, **named(account), balance=balance)


def check_units(span: Span, report: Report) -> None:
    """Each unit sums to zero, and every point outstanding has its money: backing = par × outstanding."""
    sums = Account.of(span.town).values_list("kind").annotate(sum=Sum("balance")).order_by()
    by_kind = {kind: int(balance) for kind, balance in sums}
    points = sum(balance for kind, balance in by_kind.items() if kind < Kind.OUTSIDE)
    money = sum(balance for kind, balance in by_kind.items() if kind >= Kind.OUTSIDE)
    for unit, left in (("points", points), ("money", money)):
        if left:
            report.differs("unit_uneven", unit=unit, sum=left)
    needed = -by_kind.get(Kind.ISSUANCE, 0) * span.town.par
    has = by_kind.get(Kind.BACKING, 0)
    if has != needed:
        report.differs("backing_differs", expected=needed, found=has)


def check_holds(span: Span, report: Report) -> None:
    """What open holds promise lies on the account of promises."""
    promised = Hold.of(span.town).filter(state=HoldState.OPEN).aggregate(sum=Sum("amount"))["sum"] or 0
    rests = Account.of(span.town).filter(kind=Kind.ON_HOLD).aggregate(sum=Sum("balance"))["sum"] or 0
    if promised != rests:
        report.differs("holds_differ", expected=int(promised), found=int(rests))


def check_reversals(span: Span, report: Report) -> None:
    """No line of an act was reversed further than it went."""
    reversed_acts = Reversal.of(span.town).filter(act_id__gte=span.acts[0]).order_by("reversed_id")
    some: list[int] = []
    for act in reversed_acts.values_list("reversed_id", flat=True).distinct().iterator():
        some.append(act)
        if len(some) == ACTS:
            _check_some(span, report, some)
            some = []
    if some:
        _check_some(span, report, some)


def _check_some(span: Span, report: Report, acts: list[int]) -> None:
    taken: Counter[tuple[int, int]] = Counter()
    rows = Reversal.of(span.town).filter(reversed_id__in=acts).values_list("reversed_id", "act__facts")
    for act, facts in rows:
        lines: dict[str, Any] = facts.get("lines", {})
        for name, amount in lines.items():
            taken[act, int(name)] += amount
    moved = entries_of_acts(span.town, acts)
    for (act, line), amount in sorted(taken.items()):
        there = moved[act][line][2] if line < len(moved[act]) else 0
        if amount > there:
            report.differs("reversed_too_far", number=number_of(act), line=line, expected=there, found=amount)
