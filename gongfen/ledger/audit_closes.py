"""What was closed and signed against the books of today: no balance of a closed month may have become another."""

from gongfen.ledger.audit import Report, Span
from gongfen.ledger.models import Close
from gongfen.ledger.queries_closes import balances_at
from gongfen.rules.closes import digest_of, sums_of


def check(span: Span, report: Report) -> None:
    """A full audit compares every signed close; a nightly one those that were signed since the last that passed."""
    rows = Close.of(span.town).filter(act_id__isnull=False)
    if not span.is_full:
        rows = rows.filter(act_id__gte=span.acts[0])
    closes: dict[int, list[Close]] = {}
    for close in rows.order_by("id"):
        closes.setdefault(close.number, []).append(close)
    if any(number > span.last for number in closes):
        report.differs("close_differs", period="", number=max(closes))
        return
    for number, balances in balances_at(span.town, list(closes)):
        digest, sums = digest_of(balances), sums_of(balances)
        for close in closes[number]:
            if (close.digest, close.sums) != (digest, sums):
                report.differs("close_differs", period=close.period, number=number)
