"""A village that people visit with a browser: signed-in clients, a till, and the village's own clock."""

import pytest
from django.test import Client

from gongfen.activities.models import Activity
from gongfen.pages.ground import DEVICE, TILL
from gongfen.people.acts import sign_in
from gongfen.people.models import Resident
from gongfen.shops.merchants import MerchantToList, list_merchants
from gongfen.shops.models import Merchant
from gongfen.shops.tills import make_till
from gongfen.town import clock
from tests.earning_life import DAY, Life

YUAN = 10_000
HOURS = ("08:00-20:00",) * 7


class Visit:
    """The people of `earning_life`, a shop, and browsers for each of them."""

    def __init__(self) -> None:
        self.life = Life()
        told = MerchantToList(name="小芳超市", hours=HOURS, village=self.life.village.id, owner=self.life.chen.id)
        (self.shop,) = list_merchants(self.life.town, [told], self.life.clerk.subject, self.life.now)
        self.tokens: dict[str, str] = {}

    def token(self, name: str) -> str:
        """The token of a browser that is signed in for somebody."""
        if name not in self.tokens:
            self.tokens[name] = f"browser of {name}"
            sign_in(self.life.people[name], self.tokens[name], label="browser", now=self.life.now)
        return self.tokens[name]

    def browser(self, name: str = "", lang: str = "zh") -> Client:
        """A browser, signed in for somebody where a name is given."""
        client = Client(headers={"Accept-Language": lang})
        if name:
            client.cookies[DEVICE] = self.token(name)
        return client

    def till_token(self, **more: int) -> str:
        """The token of a new till of the shop."""
        key = f"till-key-{len(self.tokens)}"
        made = make_till(self.shop, "柜台", by=self.life.chen.subject, key=key, now=self.life.now, **more)
        return made.token

    def till(self, **more: int) -> Client:
        """A browser that is the shop's till."""
        client = Client(headers={"Accept-Language": "zh"})
        client.cookies[TILL] = self.till_token(**more)
        return client

    def earned(self, name: str, days: int = 1) -> None:
        """Somebody worked so many paid days, was approved by another, and the notice is over: 8 points a day."""
        activity = self.labor()
        for day in range(days):
            on = activity.starts_at.date() + day * DAY
            self.life.now = activity.starts_at + day * DAY
            made = self.life.claim(activity, name, grade="witnessed", by=self.life.clerk, on=on, day="whole")
            self.life.approve(made)
        self.life.days_pass(6)

    def labor(self) -> Activity:
        """Unpaid common labor at the canal, open for a month."""
        return self.life.publish("labor", "unpaid", title="修水渠")

    @property
    def merchant(self) -> Merchant:
        return self.shop

    def who(self, name: str) -> Resident:
        return self.life.people[name]


@pytest.fixture
def visit(db: None, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """柳溪村 on a Friday morning; the clock stands still unless the test moves it."""
    village = Visit()
    monkeypatch.setattr(clock, "now", lambda: village.life.now)
    return village
