"""Makes the database that a browser walks through: `python -m tests.browser_village`."""

import os
from datetime import timedelta

import django


def make() -> None:
    """The cast of the demo in a small village: a reviewer, a shopkeeper, and work that is open now."""
    from gongfen.demo.cast import IN_NOTICE, READY_TO_PAY, REVIEWER, SHOPKEEPER, WAITING
    from gongfen.people.acts import give_roles
    from gongfen.people.founding import Joining, join_many
    from gongfen.people.models import RoleName
    from gongfen.shops.merchants import MerchantToList, add_offer, list_merchants
    from gongfen.town import clock
    from tests.earning_life import Life

    life = Life()
    life.now = clock.now() - timedelta(hours=1)
    cast = [IN_NOTICE, READY_TO_PAY, WAITING, REVIEWER, SHOPKEEPER]
    joining = [Joining(household, "二组", name, is_head=True) for household, name in cast if household not in OTHERS]
    joining += [Joining(household, "二组", name) for household, name in cast if household in OTHERS]
    people = {one.name: one for one in join_many(life.village, joining, by=life.town.subject, now=life.now)}
    give_roles(
        life.town,
        [(people[REVIEWER[1]], RoleName.REVIEWER, life.village)],
        by=life.town.subject,
        approved_by=life.town.subject,
        now=life.now,
    )
    told = MerchantToList(
        name="小芳超市",
        name_en="Xiaofang Shop",
        hours=("08:00-20:00",) * 7,
        village=life.village.id,
        owner=people[SHOPKEEPER[1]].id,
    )
    (shop,) = list_merchants(life.town, [told], life.clerk.subject, life.now)
    add_offer(shop, "肥皂", 50_000, name_en="Soap")
    life.publish("labor", "unpaid", title="修水渠", title_en="Mending the canal")


OTHERS = {str(number) for number in range(1, 13)}  # households that the small village has already

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongfen.settings")
    django.setup()
    make()
