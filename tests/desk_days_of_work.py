"""Days of those who do the work: clerk, reviewer, organiser, and a visitor.

Each role sits down once wide and in Chinese, once on a phone and in English. The days share one village and may come
in any order: nobody takes what another's day needs. After each act the page that it leads to is held against
everything that `DeskWalk.sound` asks.
"""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.desk_walking import DeskWalk, file_of, paper
from tests.walking import DESK, PATIENCE, PHONE

Sits = Callable[[str, dict[str, int], str], DeskWalk]
Day = Callable[[Sits], None]


def a_clerk_lets_somebody_in_types_a_sheet_and_finds_people(sits: Sits) -> None:
    clerk = sits("clerk", DESK, "zh")
    clerk.open("/desk/")
    clerk.follow("人申请加入", "")
    clerk.page.locator('select[name="group"]').first.select_option(index=1)
    clerk.press("认识，加入", "", first=True)
    clerk.sure()
    clerk.sound()
    clerk.open("/desk/people?q=新来的")
    clerk.follow("新来的", "")
    clerk.sees("新来的", "")
    clerk.open("/desk/sheets?state=photographed")
    clerk.page.locator("tbody a").first.click()
    clerk.page.wait_for_load_state()
    expect(clerk.page.locator("textarea")).to_be_focused(timeout=PATIENCE)  # the cursor stands where one types
    clerk.page.keyboard.type("村民13\n114\n村民1\n")
    expect(clerk.page.locator(".meant li.yes")).to_have_count(2, timeout=PATIENCE)
    clerk.sees("“村民1”有 10 个人", "")
    clerk.page.locator("textarea").fill("村民13\n114")
    clerk.press("录好了", "")
    clerk.sees("等另一户的人核对", "")
    clerk.sound()
    checks_the_sheet(sits("third", PHONE, "en"))


def checks_the_sheet(reviewer: DeskWalk) -> None:
    """Somebody of another household looks at the photo and the typed names."""
    reviewer.open("/desk/sheets?state=typed")
    reviewer.page.locator("tbody a").first.click()
    reviewer.press("", "All right: 2 people")
    reviewer.sees("", "Checked")
    reviewer.sound()
    page = reviewer.open("/desk/review?state=made")
    before = page.locator("tr.claim").count()
    for key in ("j", "r", "2", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("tr.claim")).to_have_count(before - 1, timeout=PATIENCE)


def a_clerk_writes_a_shop_down_on_a_phone(sits: Sits) -> None:
    clerk = sits("clerk", PHONE, "en")
    clerk.open("/desk/shops")
    clerk.type_in(name="Tofu kitchen", owner="somebody else")
    clerk.press("", "Write it down")
    clerk.sure()
    assert clerk.page.locator('[name="name"]').input_value() == "Tofu kitchen"  # what was typed is kept
    clerk.forgive(422)
    clerk.type_in(owner="112-村民12", opens="8:00", closes="18:30")
    clerk.press("", "Write it down")
    clerk.sees("", "Tofu kitchen")
    clerk.sound()
    clerk.open("/desk/people?q=14")
    clerk.page.locator('tbody input[type="checkbox"]').first.check()
    file_of(clerk, "", "Print join codes|join codes", "application/pdf")
    clerk.answer("/desk/households?q=11")
    assert "q=11" in clerk.page.url
    clerk.open("/desk/session")
    file_of(clerk, "", "Statement of the month|This month", "application/pdf")
    clerk.open("/desk/session")
    clerk.sound()


def a_reviewer_decides_by_keyboard(sits: Sits) -> None:
    walk = sits("second", DESK, "zh")
    page = walk.open("/desk/review?state=made")
    waiting = page.locator("tr.claim")
    before = waiting.count()
    assert before > 0
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(waiting).to_have_count(before - 1, timeout=PATIENCE)
    walk.sound()
    for tab in ("公示中的", "到账以后的异议"):
        walk.follow(tab, "")
        walk.sound()
    walk.open("/desk/terms?state=proposed")
    walk.page.locator("tbody a").first.click()
    walk.page.wait_for_load_state()
    walk.sound()


def a_reviewer_answers_an_appeal_on_a_phone(sits: Sits) -> None:
    walk = sits("reviewer", PHONE, "en")
    page = walk.open("/desk/")
    walk.follow("", "appeals?|look again")
    claims = page.locator("tr.claim")
    before = claims.count()
    page.locator('tr.claim input[type="checkbox"]').first.check()
    walk.press("", "^✓ Approve", first=True)
    expect(claims).to_have_count(before - 1, timeout=PATIENCE)
    walk.sound()
    walk.open("/desk/review?state=objected")
    page.locator('tr.claim input[type="checkbox"]').first.check()
    page.locator("#why summary").click()
    page.locator("#own_reason").fill("Nobody saw it")
    page.locator("#refuse").click()
    expect(page.locator("tr.claim")).to_have_count(0, timeout=PATIENCE)
    walk.sound()
    walk.answer("/desk/glance")


def an_organiser_announces_an_evening(sits: Sits) -> None:
    walk = sits("organiser", DESK, "zh")
    walk.open("/desk/activities/new")
    walk.follow("清渠", "")
    walk.type_in(title="清理村口水渠", title_en="At the village gate", begins="8点", place="村口", places="12")
    walk.press("存成草稿", "")
    walk.forgive(422)
    assert walk.page.locator("#f-place").input_value() == "村口"
    walk.sound()
    walk.type_in(begins="8:00")
    walk.press("存成草稿", "")
    walk.sees("等监督员批准", "")
    walk.sound()
    paper(walk, "poster.pdf")
    walk.follow("照这个再办一次", "")
    walk.sound()
    walk.open("/desk/activities/calendar")
    walk.sees("清理村口水渠", "")
    walk.sound()


def an_organiser_writes_work_down_on_a_phone(sits: Sits) -> None:
    walk = sits("organiser", PHONE, "en")
    walk.open("/desk/activities?q=canal")
    walk.follow("", "Mending the canal")
    walk.follow("", "Write down work")
    walk.type_in(lines="村民20\n121")
    walk.page.locator('select[name="day"]').select_option("half")
    walk.press("", "reviewer")
    walk.sees("", "waits for review")
    walk.sound()
    walk.follow("", "Results")
    walk.sound()
    walk.open("/desk/activities?q=ditch")
    walk.follow("", "Clearing the ditch")
    walk.follow("", "Places and attendance")
    walk.sound()


def a_visitor_reads_the_public_page(sits: Sits) -> None:
    walk = sits("", DESK, "zh")
    walk.open("/")
    walk.sees("全对", "")
    walk.sound()
    for name, says in (
        ("每一笔进出", "工分基金"),
        ("积分标准：", "现在"),
        ("每个月的数字和图", "村里的钱"),
        ("本村这周", "有什么活动"),
    ):
        walk.open("/")
        walk.follow(name, "")
        walk.sees(says, "")
        walk.sound()
    walk.open("/notice")
    assert "/join" in walk.page.url  # who is on notice, residents alone see
    walk.type_in(name="路过的人", household="门牌 8")
    walk.press("申请加入", "")
    walk.sees("✓", "")
    walk.sound()


def a_visitor_is_asked_to_sign_in(sits: Sits) -> None:
    walk = sits("", PHONE, "en")
    walk.open("/desk/money")
    assert "/desk/sign-in?next=%2Fdesk%2Fmoney" in walk.page.url
    walk.type_in(name="clerk", password="nonsense", code="123456")
    walk.press("", "Sign in")
    walk.says_no("", "This did not happen")
    assert walk.page.locator('[name="name"]').input_value() == "clerk"
    walk.sound()
    for path in ("/", "/week", "/terms", "/figures", "/join"):
        walk.open(path)
        walk.sound()


DAYS: tuple[Day, ...] = (
    a_clerk_lets_somebody_in_types_a_sheet_and_finds_people,
    a_clerk_writes_a_shop_down_on_a_phone,
    a_reviewer_decides_by_keyboard,
    a_reviewer_answers_an_appeal_on_a_phone,
    an_organiser_announces_an_evening,
    an_organiser_writes_work_down_on_a_phone,
    a_visitor_reads_the_public_page,
    a_visitor_is_asked_to_sign_in,
)
