"""What the start page tells the treasurer, the supervisor and the auditor; and never what only somebody else may do."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from gongfen.dividends import acts
from gongfen.dividends.models import Run
from gongfen.fund.closes import prepare_close, sign_close
from gongfen.ledger.audit import audit
from gongfen.people.models import Resident
from gongfen.shops import askings, settlement
from gongfen.shops.models import Merchant
from gongfen.shops.sealed import seal
from gongfen.town import clock
from tests.desk import signed_in
from tests.sharing import LATER, award, confirmed, drafted
from tests.shops_village import POINT, YUAN, Shops, found_shops
from tests.village import Daicun

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_tries_yet() -> None:
    cache.clear()


def sits(town: object, who: str) -> Client:
    return signed_in(Resident.of(town).select_related("town", "village").get(name=who), clock.now())  # type: ignore[arg-type]  # a Town


def told(town: object, who: str) -> str:
    return str(sits(town, who).get("/desk/").content.decode())


def test_a_settlement_waits_where_its_next_step_is(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    village: Shops = found_shops()
    monkeypatch.setattr(clock, "now", lambda: village.now)
    for name, role in (("会计", "treasurer"), ("监督", "supervisor")):
        village.has_role(name, role, village=village.village)
    account = seal(b"6222", about=village.shops["小芳"].id)
    Merchant.of(village.town).update(sealed_account=account)
    village.lives("李大妈")
    village.earned("李大妈", 100 * POINT)
    village.phone("李大妈")
    village.scan("小芳", village.code("李大妈"), 30 * YUAN)
    village.later(days=3)
    town, now = village.town, village.now
    assert "家店可以结算了" in told(town, "会计") and "次结算" not in told(town, "监督")
    row = settlement.prepare(village.people["会计"], village=village.village.id, key="friday", now=now)
    assert "家店可以结算了" not in told(town, "会计") and "次结算等您同意" in told(town, "监督")
    settlement.approve(village.people["监督"], row.id, now=now)
    assert "等出银行文件" in told(town, "会计") and "次结算等您同意" not in told(town, "监督")
    settlement.send_out(village.people["会计"], row.id, now=now)
    assert "等银行回单" in told(town, "会计")
    askings.ask_unlisting(village.people["会计"], village.shops["小芳"].id, key="off", now=now)
    assert "件事要您做第二个人" in told(town, "监督") and "第二个人" not in told(town, "会计")


def test_a_dividend_waits_where_its_next_step_is(daicun: Daicun, monkeypatch: pytest.MonkeyPatch) -> None:
    award(daicun, "王芳", 30 * POINT)
    run = drafted(daicun)
    monkeypatch.setattr(clock, "now", lambda: LATER)
    town = daicun.town
    acts.simulate(town, run, by=daicun["周会计"], now=LATER)
    assert "次分红等您确认" in told(town, "韩监督")
    acts.confirm(town, run, by=daicun["周会计"], digest=Run.of(town).get().digest, now=LATER)
    assert "次分红等您确认" not in told(town, "周会计") and "次分红等您确认" in told(town, "韩监督")
    acts.begin_notice(town, confirmed(daicun, run), by=daicun["周会计"], now=LATER)
    monkeypatch.setattr(clock, "now", lambda: LATER + timedelta(days=30))
    assert "次分红公示期满" in told(town, "周会计")


def test_closes_and_audits_wait(daicun: Daicun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)
    assert "处查账要看" in told(daicun.town, "孙审计") and "没结账" not in told(daicun.town, "周会计")
    audit(daicun.town, now=LATER)
    assert "处查账要看" not in told(daicun.town, "孙审计")
    close = prepare_close(daicun["周会计"], "2026-03", now=LATER)
    assert "次结账等您签字" in told(daicun.town, "韩监督")
    sign_close(daicun["韩监督"], close.id, now=LATER)
    assert "签字" not in told(daicun.town, "韩监督") and "没结账" in told(daicun.town, "周会计")


def test_a_fund_that_runs_low_is_told_with_how_long_it_lasts(daicun: Daicun) -> None:
    assert "快用完了" not in told(daicun.town, "周会计")
    award(daicun, "王芳", 6_000 * POINT)
    assert "还能用 1 个月" in told(daicun.town, "周会计")
    shown = sits(daicun.town, "孙审计").get("/desk/?lang=en").content.decode()
    assert "fund runs low: 1 months left" in shown


def test_an_order_shows_payer_sum_used_and_left(daicun: Daicun) -> None:
    daicun.receive(600 * YUAN, "order-1", "果园订单")
    shown = sits(daicun.town, "孙审计").get("/desk/money").content.decode()
    assert all(word in shown for word in ("果园订单", "县果业合作社", "¥600.00", "¥0.00"))


def test_what_people_type_about_money_writes_nothing_on_a_page_and_runs_in_no_spreadsheet(daicun: Daicun) -> None:
    bad = "=HYPERLINK(1)<script>x()</script>"
    slip = {"number": f"+{bad}", "donor": bad, "yuan": "5", "received_on": "2026-03-17", "purpose": f"@{bad}"}
    treasurer, supervisor = sits(daicun.town, "周会计"), sits(daicun.town, "韩监督")
    assert treasurer.post("/desk/money/slips", slip).status_code == 303
    row = supervisor.get("/desk/money").content.decode().split("/desk/money/slips/")[1].split('"')[0]
    assert supervisor.post(f"/desk/money/slips/{row}", {"answer": "yes"}).status_code == 303
    for lang in ("zh", "en"):
        for room in ("/desk/money", "/desk/books", "/desk/books/acts?q=slip"):
            assert "<script>x()" not in supervisor.get(room, {"lang": lang}).content.decode()
    sheet = supervisor.get("/desk/money?as=csv&q=HYPERLINK").content.decode("utf-8-sig")
    (cells,) = csv.reader(io.StringIO(sheet.splitlines()[1]))
    assert [cell[0] for cell in cells[1:4]] == ["'"] * 3
