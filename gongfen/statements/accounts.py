"""Names of accounts as people call them."""

from collections.abc import Iterable

from gongfen.activities.models import Activity
from gongfen.fund.models import Earmark
from gongfen.people.models import Village
from gongfen.rules.posting import Address, Kind
from gongfen.town.models import Town

CALLED: dict[Kind, tuple[str, str]] = {
    Kind.ISSUANCE: ("发出的工分", "points given out"),
    Kind.POINTS: ("居民的工分", "residents' points"),
    Kind.OUTSIDE: ("银行账户", "bank account"),
    Kind.FUND: ("工分基金", "fund"),
    Kind.RESERVE: ("公积金", "reserve"),
    Kind.WELFARE: ("公益金", "welfare"),
    Kind.EARMARK: ("专项", "earmark"),
    Kind.BUDGET: ("活动备付", "activity's budget"),
    Kind.BACKING: ("已备好的兑换钱", "backing of points"),
    Kind.POOL: ("分红总额", "dividend pool"),
    Kind.TILL: ("店家收款", "shops' tills"),
    Kind.CASH: ("居民可用金额", "residents' cash"),
    Kind.ON_HOLD: ("预留", "held"),
    Kind.TRANSIT: ("打款途中", "payout under way"),
}


def called(kind: Kind, lang: str) -> str:
    """What people call an account of this kind."""
    zh, en = CALLED.get(kind, ("账户", "account"))
    return en if lang == "en" else zh


def names_of(town: Town, addresses: Iterable[Address], lang: str) -> dict[Address, str]:
    """A name for each account of the common money: earmarks and villages by theirs."""
    wanted = list(addresses)
    owners = {address.owner for address in wanted}
    earmarks = dict(Earmark.of(town).filter(subject__in=owners).values_list("subject", "name"))
    villages = _named(Village.of(town).filter(subject__in=owners).values_list("subject", "name", "name_en"), lang)
    budgets = {address.owner for address in wanted if address.kind == Kind.BUDGET}
    titles = _named(Activity.of(town).filter(subject__in=budgets).values_list("subject", "title", "title_en"), lang)
    towns = (town.name_en if lang == "en" else "") or town.name
    found = {}
    for address in wanted:
        kind = called(address.kind, lang)
        of_whom = (earmarks if address.kind == Kind.EARMARK else titles).get(address.owner)
        if address.kind in (Kind.FUND, Kind.RESERVE, Kind.WELFARE):
            of_whom = villages.get(address.owner, towns)
        found[address] = f"{of_whom} · {kind}" if of_whom else kind
    return found


def _named(rows: Iterable[tuple[int, str, str]], lang: str) -> dict[int, str]:
    """Names by subject, in the reader's language where there is one."""
    return {subject: (en if lang == "en" else "") or zh for subject, zh, en in rows}
