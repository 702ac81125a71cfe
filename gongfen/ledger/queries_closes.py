"""Every balance as it stood at a number, in one pass: what there is now, less what moved since."""

from collections.abc import Iterator, Sequence

from django.db import connection

from gongfen.journal.models import TownHead, act_at
from gongfen.ledger.models import Account
from gongfen.rules.places import transfer_place
from gongfen.town.models import Town

_CHANGES = """
SELECT account, SUM(change) FROM (
  SELECT source_id AS account, -amount AS change FROM ledger_transfer WHERE town_id = %s AND id >= %s AND id < %s
  UNION ALL
  SELECT target_id AS account, amount AS change FROM ledger_transfer WHERE town_id = %s AND id >= %s AND id < %s
) AS sides GROUP BY account
"""


def balances_at(town: Town, numbers: Sequence[int]) -> Iterator[tuple[int, dict[int, int]]]:
    """All balances after each of these numbers, the latest number first. Read inside one moment or under the head."""
    last = TownHead.objects.filter(town=town).values_list("last", flat=True).first() or 0
    balances = dict(Account.of(town).values_list("id", "balance"))
    for number in sorted(set(numbers), reverse=True):
        places = [transfer_place(act_at(town, one + 1), 0) for one in (number, last)]
        with connection.cursor() as cursor:
            cursor.execute(_CHANGES, [town.id, *places, town.id, *places])
            for account, change in cursor.fetchall():
                balances[account] -= int(change)
        last = number
        yield number, balances
