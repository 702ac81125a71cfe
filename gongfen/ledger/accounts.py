"""Opening accounts."""

from collections.abc import Iterable

from gongfen.ledger.models import Account
from gongfen.rules.posting import Address
from gongfen.town.models import Town


def open_accounts(town: Town, addresses: Iterable[Address]) -> None:
    """Open those of these accounts that are not open yet, each with its kind's floor and nothing on it."""
    Account.objects.bulk_create(
        [
            Account(id=address.account, town=town, kind=address.kind, owner=address.owner, floor=address.kind.floor)
            for address in dict.fromkeys(addresses)
        ],
        batch_size=1000,
        ignore_conflicts=True,
    )
