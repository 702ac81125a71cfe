"""The rooms of money, for the walk through the desk: their pages, and something in each."""

from datetime import date, timedelta
from typing import Any

PAGES = {
    "money/settlements": "treasurer",
    "money/settlements/<int:row>": "treasurer",
    "money/statement": "treasurer",
    "money/asks": "treasurer",
    "money/closes": "treasurer",
    "money/closes/<int:close>": "treasurer",
    "runs": "treasurer",
    "runs/<int:run>": "treasurer",
    "runs/<int:run>/what-if": "treasurer",
    "runs/<int:run>/heads": "treasurer",
    "runs/<int:run>/check": "treasurer",
    "shop/<int:shop>": "treasurer",
    "books": "auditor",
    "books/acts": "auditor",
    "books/<int:account>": "auditor",
}
PRESSED = {
    "money/settlements/prepare",
    "money/settlements/<int:row>/approve",
    "money/settlements/<int:row>/send",
    "money/settlements/<int:row>/files/<int:file>",
    "money/payouts/<int:payout>/take-back",
    "money/statement/apply",
    "money/asks/by-hand",
    "money/asks/<int:asking>",
    "money/closes/prepare",
    "money/closes/<int:close>/sign",
    "money/closes/<int:close>.pdf",
    "shop/<int:shop>/account",
    "shop/<int:shop>/unlist",
    "runs/draft",
    "runs/<int:run>/change",
    "runs/<int:run>/simulate",
    "runs/<int:run>/confirm",
    "runs/<int:run>/notice",
    "runs/<int:run>/begin",
    "runs/<int:run>/pay",
    "runs/<int:run>/close",
    "runs/<int:run>/advances",
    "runs/<int:run>/public.csv",
    "runs/<int:run>/slips.pdf",
    "run-objections/<int:objection>",
    "run-advances/<int:advance>",
    "run-shares/<int:share>",
    "books/audit",
    "books/bundle",
}


def money(visit: Any) -> None:
    """A settlement at the bank and one to approve, a dividend to confirm, a close to sign, an account to change."""
    from gongfen.dividends import acts
    from gongfen.fund.closes import prepare_close
    from gongfen.rules.dividend import Line
    from gongfen.rules.notice import village_day
    from gongfen.shops import askings, settlement
    from gongfen.shops.models import Merchant
    from gongfen.shops.sealed import seal

    life, now = visit.life, visit.life.now
    treasurer, supervisor, today = life.treasurer, life.supervisor, village_day(now)
    account = seal(b"622200004321", about=visit.shop.id)
    Merchant.of(life.town).filter(id=visit.shop.id).update(sealed_account=account)
    row = settlement.prepare(treasurer, village=life.village.id, key="walk/settle", now=now)
    settlement.approve(supervisor, row.id, now=now)
    settlement.send_out(treasurer, row.id, now=now)
    askings.ask_account(treasurer, visit.shop.id, payee="小芳", account="62221111", key="walk/account", now=now)
    ends = today - timedelta(days=1)
    run = acts.draft(
        life.town, by=treasurer, host=life.host, begins=date(ends.year - 1, ends.month, 1), ends=ends,
        pool=1_000 * 10_000, head_percent=70, lines=(Line("reserve", 5), Line("welfare", 3)), key="walk/run", now=now,
    )  # fmt: skip
    acts.simulate(life.town, run, by=treasurer, now=now)
    prepare_close(treasurer, f"{today.replace(day=1) - timedelta(days=1):%Y-%m}", now=now)
