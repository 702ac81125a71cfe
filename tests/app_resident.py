"""What a resident does with the app in a year, a step each: on the web and, but for files, in the WeChat package."""

import json
import re
import urllib.request
from typing import Any

from playwright.sync_api import Browser, expect

from tests.app_phone import Phone, WebPhone
from tests.test_app_walks import digits, takes, types
from tests.walking import PATIENCE

RESIDENT, SHOP = "pages/resident", "pages/shop"
Year = tuple[str, dict[str, Any]]  # the server's address, and what a walk must know of its village


def six_digits(year: Year, activity: str) -> str:
    """What the leader's phone shows at this moment."""
    server, facts = year
    asked = urllib.request.Request(
        f"{server}/api/v1/activities/{activity}/code",
        headers={"Authorization": f"Bearer {facts['tokens']['organiser']}"},
    )
    with urllib.request.urlopen(asked, timeout=30) as answer:
        shown: str = json.load(answer)["codes"][0]["digits"]
    return shown


def fills(phone: Phone, label: str, text: str) -> None:
    phone.screen.get_by_label(label).last.fill(text)


def switch(phone: Phone, words: str, *, on: bool) -> None:
    """Turn a switch, and wait until it says so."""
    found = phone.screen.get_by_role("switch", name=words)
    found.tap()
    expect(found).to_have_attribute("aria-checked", "true" if on else "false", timeout=PATIENCE)


def joins(phone: Phone, year: Year, who: str, name: str) -> None:
    phone.open(f"{RESIDENT}/join")
    phone.screen.locator("input").first.fill(year[1]["codes"][who])
    phone.tap("^登录$")
    phone.sees(f"{name} · 柳溪村", "24", "付款码")


def finds_work(phone: Phone) -> None:
    """By words and by day; paid work says yuan, hours, payer and places at once."""
    phone.open(f"{RESIDENT}/activities")
    phone.sees("果品合作社 付 ¥120.00，做 8 小时", "10 个名额", "清渠")
    search = phone.screen.get_by_label("找活动").last
    search.fill("疏果")
    search.press("Enter")
    expect(phone.screen.get_by_text("清渠")).to_have_count(0, timeout=PATIENCE)
    phone.sees("果品合作社 付 ¥120.00")
    search.fill("从来没有的活动")
    search.press("Enter")
    phone.sees("没有这样的活动")
    phone.tap("看全部")
    phone.sees("清渠")


def is_told_in_wechat(phone: Phone) -> None:
    """Asked at the moment it helps, after a tap of one's own."""
    phone.tap("在微信里告诉我结果")
    phone.sees("下一个结果会在微信里告诉您")


def takes_part(phone: Phone, year: Year, *, asked: bool = False) -> None:
    """Signs up, comes by the six digits, and goes."""
    _, facts = year
    phone.open(f"{RESIDENT}/activity?id={facts['work']}&village={facts['village']}")
    phone.tap("^报名$")
    phone.sees("报名收到了")
    if asked:
        is_told_in_wechat(phone)
    phone.tap("签到 . 签退")
    phone.sees("扫组织者手机上的码")
    fills(phone, "输入屏幕上的 6 位数字", six_digits(year, facts["work"]))
    phone.tap("^签到$")
    phone.sees("签到了 · ", "走的时候再扫一次")
    fills(phone, "输入屏幕上的 6 位数字", six_digits(year, facts["work"]))
    phone.tap("^签退$")
    phone.sees("签退了 · ")


def says_what_she_did(phone: Phone, year: Year, picture: Any, *, asked: bool = False) -> None:
    """A claim with a photo, the month's notices with one tap, and a survey."""
    facts = year[1]
    phone.open(f"{RESIDENT}/claim?id={facts['road']}&village={facts['village']}")
    phone.screen.get_by_role("radio", name="一天").tap()
    if isinstance(phone, WebPhone):
        with phone.page.expect_file_chooser() as chooser:
            phone.tap("拍照或选一张")
        chooser.value.set_files(picture)
        phone.sees("不要照片了")
    phone.tap("^交上$")
    phone.sees("有人看过以后公示")
    if asked:
        is_told_in_wechat(phone)
    phone.open(f"{RESIDENT}/activity?id={facts['notices']}&village={facts['village']}")
    phone.tap("^早知道了$")
    phone.sees("收到了，谢谢", "您的这一次")
    phone.open(f"{RESIDENT}/survey?id={facts['survey']}&village={facts['village']}")
    phone.screen.get_by_role("radio", name="要", exact=True).tap()
    phone.tap("^交上$")
    phone.sees("交上了，谢谢")


def speaks_up(phone: Phone, year: Year) -> None:
    """Objects to a neighbour's line, and asks to look again at a no."""
    facts = year[1]
    phone.open(f"{RESIDENT}/notice?village={facts['village']}")
    line = phone.screen.locator(".g-card").filter(has_text=f"第 {facts['homes']['li']} 户")
    line.get_by_role("button", name="这笔不对").first.tap()
    line.locator("textarea").fill("那天他在镇上")
    phone.tap("^提出异议$")
    phone.sees("收到了，会有另一个人来看")
    phone.open(f"{RESIDENT}/participation?id={facts['refused']}")
    phone.sees("那天没见到人", "怎么核实的", "审核的人")
    phone.screen.locator("textarea").fill("我在的，老赵可以作证")
    phone.tap("^请复查$")
    phone.sees("交上了，会有另一个人来看", "复查中")


def helps_a_neighbour(phone: Phone, year: Year, browser: Browser) -> None:
    """She helped 李建国; the points move when he says so too. And she brings somebody their statement."""
    server, facts = year
    phone.open(f"{RESIDENT}/board")
    phone.tap("我的互助")
    phone.tap("记一次互助")
    fills(phone, "对方的姓名（全名）", "李建国")
    fills(phone, "对方的户号", facts["homes"]["li"])
    phone.tap("^找$")
    phone.tap("我帮了李建国")
    fills(phone, "说好多少工分（最多 10）", "2")
    phone.tap("请对方点头")
    phone.sees("已经告诉李建国")
    li = WebPhone(browser, server, kept={"token": facts["tokens"]["li"]})
    li.open(f"{RESIDENT}/home")
    li.tap("王秀英说和您说好了 2 工分")
    li.tap("我的互助")
    li.tap("对，说好的")
    li.sees("好了，工分已经记上")
    li.check()
    li.close()
    phone.open(f"{RESIDENT}/home")
    phone.sees("26")
    phone.tap(r"请您送 \d+ 份明细给邻居")
    phone.screen.get_by_role("radio", name="交到本人手里了").first.tap()
    phone.tap("就这样报")
    phone.sees("谢谢您跑一趟")


def shops(phone: Phone, year: Year, browser: Browser) -> None:
    """At the counter by code, and by the shop's sign; then the receipts."""
    server, facts = year
    phone.open(f"{RESIDENT}/pay")
    code = digits(phone)
    till = WebPhone(browser, server, kept={"till-token": facts["till"]})
    till.open(f"{SHOP}/till")
    takes(till, "3.5", code)
    phone.sees("您付给 小芳超市 ¥3.50")
    till.check()
    till.close()
    pays_at_the_sign(phone, facts)
    phone.open(f"{RESIDENT}/receipts")
    phone.screen.get_by_text("您付给 小芳超市").first.tap()
    phone.sees("小票号", "用掉的工分", "扫店里的牌子")


def pays_at_the_sign(phone: Phone, facts: dict[str, Any]) -> None:
    phone.open(f"{RESIDENT}/sign?shop={facts['sign']}")
    phone.sees("小芳超市")
    types(phone, "1.2")
    phone.tap("看一看")
    phone.tap("付给 小芳超市 ¥1.20")
    phone.sees("您付给 小芳超市 ¥1.20", r"小票 \d+ 号")


def reads_her_book(phone: Phone) -> None:
    """By month, by words, on paper; and nobody beside her reads along."""
    phone.open(f"{RESIDENT}/statement")
    phone.sees("您付给 小芳超市 1.20 元", "修水渠 · 8 工分到账")
    phone.tap("上一个月")
    phone.sees(r"\d{4}年\d+月")
    fills(phone, "找一笔（店名、活动……）", "从来没有的事")
    phone.sees("没有这样的明细")
    phone.open(f"{RESIDENT}/statement")
    fills(phone, "找一笔（店名、活动……）", "小芳")
    expect(phone.screen.get_by_text("修水渠")).to_have_count(0, timeout=PATIENCE)
    phone.sees("您付给 小芳超市 3.50 元")
    with phone.page.expect_response(re.compile("/me/papers/statement")) as paper:
        phone.tap("明细打印")
    assert paper.value.status == 200
    phone.tap("不显示数字")
    phone.sees("您付给 小芳超市 ··· 元")
    expect(phone.screen.get_by_text("3.50")).to_have_count(0, timeout=PATIENCE)
    for page in ("home", "receipts", "participations", "shares"):
        phone.open(f"{RESIDENT}/{page}")
        phone.sees("···")
    phone.tap("显示数字")
    expect(phone.screen.get_by_text("···")).to_have_count(0, timeout=PATIENCE)


def shows_what_she_did(phone: Phone) -> None:
    """Her standing in its own place, a proof for a purpose, and the seals of finished things."""
    phone.open(f"{RESIDENT}/standing")
    phone.sees("只有您自己看得到", "一条一条")
    phone.tap("^参与证明$")
    phone.screen.get_by_role("checkbox").first.tap()
    phone.tap("^租房$")
    phone.tap("^开证明$")
    phone.sees("开好了")
    phone.tap("给人看")
    expect(phone.screen.locator(".proofs__code")).to_have_text(re.compile(r"\w{6,}"), timeout=PATIENCE)
    phone.open(f"{RESIDENT}/participations")
    phone.sees("做完的事", "不分等级")


def reads_the_dividend(phone: Phone) -> None:
    """Every step of the sum, what next year may bring, and a word about the run."""
    phone.open(f"{RESIDENT}/shares")
    phone.sees("今年的分红正在公示", "其中按人头分 70%", r"分红条 \d+ 号")
    assert phone.screen.locator(".shares__step").count() >= 3
    phone.tap("这笔不对")
    phone.screen.locator("textarea").fill("人头数好像少了一个")
    phone.tap("^提出异议$")
    phone.sees("收到了，会答复您", "人头数好像少了一个")
    phone.open(f"{RESIDENT}/calculator")
    fills(phone, "今年还打算挣多少工分", "50")
    phone.tap("^算一算$")
    expect(phone.screen.locator(".calculator__range")).to_have_text(re.compile("¥.+–"), timeout=PATIENCE)


def chooses(phone: Phone, facts: dict[str, Any]) -> None:
    """Her hours of quiet, what she is told and how, who pays for her, what she agrees to."""
    phone.open(f"{RESIDENT}/wishes")
    switch(phone, "自己定一段时间，什么也不发", on=True)
    phone.sees("22:00 到 07:00 不打扰您")
    phone.tap("从: 早半小时")
    phone.tap("到: 晚半小时")
    phone.tap("^就这样定$")
    phone.sees("21:30 到 07:30 不打扰您")
    phone.screen.get_by_role("button", name="每天一次").first.tap()
    expect(phone.screen.get_by_role("button", name="每天一次").first).to_have_attribute("aria-pressed", "true")
    phone.page.reload()
    phone.sees("21:30", "07:30")
    expect(phone.screen.get_by_role("button", name="每天一次").first).to_have_attribute("aria-pressed", "true")
    phone.open(f"{RESIDENT}/helpers")
    phone.tap("请一个人")
    fills(phone, "对方的姓名（全名）", "李建国")
    fills(phone, "对方的户号", facts["homes"]["li"])
    phone.tap("^找$")
    fills(phone, "每天最多付多少元", "20")
    phone.tap("请李建国帮我付款")
    phone.sees("李建国可以替您付款了", "每天最多 ¥20.00")
    phone.tap("不再请李建国")
    phone.sees("停了，马上生效")
    phone.open(f"{RESIDENT}/devices")
    phone.sees("这台手机")
    switch(phone, "活动照片里可以有我", on=True)
    switch(phone, "活动照片里可以有我", on=False)


def leaves_and_stays(phone: Phone) -> None:
    """Takes everything along, asks to leave, and thinks again."""
    phone.open(f"{RESIDENT}/record")
    with phone.page.expect_response(re.compile("/me/export")) as record:
        phone.tap("全部记录")
    assert record.value.status == 200
    phone.tap("^我想离开$")
    phone.tap("^确定离开$")
    phone.sees("以前都可以反悔", "领钱的号码")
    phone.tap("^不走了$")
    phone.sees("好，一切照旧")
