"""Friday at the desk: the treasurer prepares, the supervisor approves, the bank's file goes and its statement comes."""

import csv
import hashlib
import io
import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongfen.files.writer import xlsx_of
from gongfen.people.models import Resident
from gongfen.rules.bank_file import StatementLine, make_statement
from gongfen.shops.models import Merchant, MerchantDay, Payout, Settlement
from gongfen.shops.sealed import seal
from gongfen.town import clock
from tests.desk import signed_in
from tests.shops_village import POINT, YUAN, Shops, found_shops

pytestmark = pytest.mark.django_db
ROOM = "/desk/money/settlements"


@pytest.fixture
def village(db: None, monkeypatch: pytest.MonkeyPatch) -> Shops:
    cache.clear()
    shops = found_shops()
    for name, role in (("会计", "treasurer"), ("监督", "supervisor"), ("审计", "auditor"), ("文书", "clerk")):
        shops.has_role(name, role, village=shops.village)
    shops.shop("老王")
    for place, shop in enumerate(shops.shops.values()):
        account = seal(f"622200000000{place:04}".encode(), about=shop.id)
        Merchant.of(shops.town).filter(id=shop.id).update(sealed_account=account)
    shops.lives("李大妈")
    shops.earned("李大妈", 300 * POINT)
    shops.phone("李大妈")
    shops.scan("小芳", shops.code("李大妈"), 40 * YUAN)
    shops.scan("老王", shops.code("李大妈"), 7 * YUAN)
    shops.later(days=3)
    monkeypatch.setattr(clock, "now", lambda: shops.now)
    return shops


def at_desk(village: Shops, who: str) -> Client:
    person = Resident.of(village.town).select_related("town", "village").get(name=who)
    return signed_in(person, clock.now())


def prepared(village: Shops, treasurer: Client) -> Settlement:
    for _ in range(2):  # a button pressed twice
        assert treasurer.post(f"{ROOM}/prepare", {"once": "friday"}).status_code == 303
    return Settlement.of(village.town).get()


def out(village: Shops, treasurer: Client) -> Settlement:
    row = prepared(village, treasurer)
    supervisor = at_desk(village, "监督")
    assert "同意打款" in supervisor.get(f"{ROOM}/{row.id}").content.decode()
    for _ in range(2):
        assert supervisor.post(f"{ROOM}/{row.id}/approve").status_code == 303
    for _ in range(2):
        assert treasurer.post(f"{ROOM}/{row.id}/send").status_code == 303
    return row


def upload(client: Client, content: bytes) -> str:
    given = SimpleUploadedFile("answer.csv", content, "text/csv")
    return client.post("/desk/money/statement", {"file": given}).content.decode()


def hidden(shown: str) -> str:
    found = re.search(r'name="content" value="([^"]+)"', shown)
    assert found, shown
    return found[1]


def test_a_settlement_goes_its_way(village: Shops) -> None:
    treasurer = at_desk(village, "会计")
    assert "2 家店，一共 ¥47.00" in treasurer.get(ROOM).content.decode()
    row = out(village, treasurer)
    content = treasurer.get(f"{ROOM}/{row.id}/files/1").content
    assert "6222000000000000,40.00" in content.decode()
    assert content.decode().rstrip().rsplit(",", 1)[1] in treasurer.get(f"{ROOM}/{row.id}").content.decode()
    answer = make_statement(
        village.now.date(),
        [
            StatementLine(f"{row.number}-1", 40 * YUAN, "paid"),
            StatementLine(f"{row.number}-2", 7 * YUAN, "bounced", "户名不符"),
            StatementLine("not-ours", 5 * YUAN, "paid"),
        ],
    )
    shown = upload(treasurer, answer)
    assert "户名不符" in shown and "not-ours" in shown and "不是我们付的" in shown
    assert set(Payout.of(village.town).values_list("state", flat=True)) == {"in_transit"}, "nothing before the yes"
    for _ in range(2):
        done = treasurer.post("/desk/money/statement/apply", {"content": hidden(shown)})
        assert done.status_code == 200, done.content.decode()
    assert sorted(Payout.of(village.town).values_list("state", flat=True)) == ["bounced", "paid"]
    assert sorted(MerchantDay.of(village.town).values_list("state", flat=True)) == ["open", "paid"]
    assert "1 家店，一共 ¥7.00" in treasurer.get(ROOM).content.decode()
    rows = list(csv.reader(io.StringIO(treasurer.get(f"{ROOM}?as=csv").content.decode("utf-8-sig"))))
    assert rows[1][2:] == ["办完了", "2", "47.00", "会计", "监督"]


def test_one_broken_line_is_named_and_nothing_is_applied(village: Shops) -> None:
    treasurer = at_desk(village, "会计")
    row = out(village, treasurer)
    good = make_statement(village.now.date(), [StatementLine(f"{row.number}-1", 40 * YUAN, "paid")]).decode()
    for wrong, said in (
        (good.replace("40.00,paid", "40,paid"), "第 2 行：金额要写成"),
        (good.replace("paid", "perhaps"), "只能是 paid 或 bounced"),
        (good.replace("H,gongfen-statement", "H,payslip"), "第一行应是"),
        (good.rsplit("T,", 1)[0], "缺最后的合计行"),
    ):
        assert said in upload(treasurer, wrong.encode())
    assert "不是 UTF-8 或 GB18030 文本" in upload(treasurer, b"\xff\xff\x00")
    assert "不是读得了的 XLSX" in upload(treasurer, b"PK\x03\x04 not a workbook")
    assert "没有收到文件" in treasurer.post("/desk/money/statement").content.decode()
    assert "没有收到文件" in treasurer.post("/desk/money/statement/apply", {"content": "¥"}).content.decode()
    assert set(Payout.of(village.town).values_list("state", flat=True)) == {"in_transit"}


def test_the_bank_may_send_gb18030_or_a_workbook(village: Shops) -> None:
    treasurer = at_desk(village, "会计")
    row = out(village, treasurer)
    said = [StatementLine(f"{row.number}-1", 40 * YUAN, "paid"), StatementLine("99-1", 7 * YUAN, "bounced", "户名不符")]
    text = make_statement(village.now.date(), said).decode()
    old = text.encode("gb18030")
    body = old[: old.rindex(b"T,")]
    signed = body + f"T,2,47.00,{hashlib.sha256(body).hexdigest()}\r\n".encode()
    cells: list[list[str | int | None]] = [*csv.reader(io.StringIO(text))]
    cells[1][2], cells[-1][2] = 40, "47"  # a spreadsheet keeps numbers, not their noughts
    sheet = xlsx_of("回单", [cells[0], [], *cells[1:]])
    for content in (old, signed, sheet):
        shown = upload(treasurer, content)
        assert "入账这 1 笔" in shown and "不是我们付的" in shown
    for wrong, what in (
        (signed.replace(b"47.00", b"48.00"), "第 4 行：合计"),
        (old.replace(b"99-1", b"99-2"), "校验码"),
    ):
        assert what in upload(treasurer, wrong)
    cells[2][3] = "maybe"
    assert "第 4 行：结果只能是" in upload(treasurer, xlsx_of("回单", [cells[0], [], *cells[1:]]))
    assert set(Payout.of(village.town).values_list("state", flat=True)) == {"in_transit"}
    assert (
        "入账了：1 笔已到账"
        in treasurer.post("/desk/money/statement/apply", {"content": hidden(upload(treasurer, sheet))}).content.decode()
    )


def test_who_may_do_what(village: Shops) -> None:
    treasurer = at_desk(village, "会计")
    row = prepared(village, treasurer)
    one = f"{ROOM}/{row.id}"
    auditor, clerk = at_desk(village, "审计"), at_desk(village, "文书")
    assert treasurer.post(f"{one}/approve").status_code == 403
    assert [auditor.get(ROOM).status_code, auditor.get(one).status_code] == [200, 200]
    for address in (f"{ROOM}/prepare", f"{one}/approve", f"{one}/send", "/desk/money/statement"):
        assert auditor.post(address).status_code == 403
        assert clerk.post(address).status_code == 403
    assert clerk.get(one).status_code == 403
    supervisor = at_desk(village, "监督")
    assert supervisor.post(f"{ROOM}/prepare").status_code == 403
    assert supervisor.post(f"{one}/approve").status_code == 303
    treasurer.post(f"{one}/send")
    assert auditor.get(f"{one}/files/1").status_code == 403, "bank accounts are for the two who sign"
    assert "SHA-256" not in auditor.get(one).content.decode()


def test_the_preparer_never_approves_even_with_both_roles(village: Shops) -> None:
    treasurer = at_desk(village, "会计")
    row = prepared(village, treasurer)
    village.has_role("会计", "supervisor", village=village.village)
    answer = treasurer.post(f"{ROOM}/{row.id}/approve")
    assert answer.status_code == 422
    assert Payout.of(village.town).filter(state="waiting").count() == 2


def test_another_villages_settlement_is_not_there(village: Shops) -> None:
    row = prepared(village, at_desk(village, "会计"))
    elsewhere = found_shops(code=8)
    elsewhere.has_role("会计", "treasurer", village=elsewhere.village)
    stranger = at_desk(elsewhere, "会计")
    assert stranger.get(f"{ROOM}/{row.id}").status_code == 404
    assert stranger.get(f"{ROOM}/{row.id}/files/1").status_code == 404
    assert stranger.get(f"{ROOM}/{1 << 62}").status_code == 404


def test_shop_names_and_reasons_of_a_bank_write_nothing_on_the_page(village: Shops) -> None:
    bad = "<script>x()</script>"
    Merchant.of(village.town).filter(name="小芳").update(name=bad)
    treasurer = at_desk(village, "会计")
    row = out(village, treasurer)
    lines = [StatementLine(f"{row.number}-1", 40 * YUAN, "bounced", bad), StatementLine(bad, YUAN, "paid")]
    shown = upload(treasurer, make_statement(village.now.date(), lines))
    assert bad not in shown and "&lt;script&gt;" in shown
    treasurer.post("/desk/money/statement/apply", {"content": hidden(shown)})
    assert bad not in treasurer.get(f"{ROOM}/{row.id}").content.decode()
