"""What statements ask the books that no single room asks."""

from datetime import datetime

from django.db.models import Sum

from gongfen.ledger.models import Transfer
from gongfen.ledger.queries import number_at
from gongfen.rules.places import place, transfer_place
from gongfen.rules.posting import Address
from gongfen.town.models import Town


def went_out(town: Town, account: Address, since: datetime) -> int:
    """How much left an account since a moment, in hundredths."""
    first = transfer_place(place(town.code, number_at(town, since) + 1), 0)
    sums = Transfer.of(town).filter(source=account.account, id__gte=first).aggregate(all=Sum("amount"))
    return sums["all"] or 0
