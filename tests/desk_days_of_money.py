"""Days of those who keep and watch the money: treasurer, supervisor, auditor; as in `desk_days_of_work`."""

import re
from urllib.parse import unquote

from playwright.sync_api import expect

from tests.desk_days_of_work import Day, Sits
from tests.desk_walking import file_of, paper, saved
from tests.walking import DESK, PATIENCE, PHONE


def a_treasurers_slip_is_approved_by_the_supervisor(sits: Sits) -> None:
    treasurer = sits("treasurer", DESK, "zh")
    treasurer.open("/desk/money")
    treasurer.type_in(number="银-2026-119", donor="浦阳农商行", yuan="1,200.505", received_on="2026-11-02")
    treasurer.press("记下，交监督员核对", "")
    treasurer.sure()
    treasurer.forgive(422)
    assert treasurer.page.locator("#donor").input_value() == "浦阳农商行"
    treasurer.type_in(yuan="1,200.50")
    treasurer.press("记下，交监督员核对", "")
    treasurer.sure()
    treasurer.sees("浦阳农商行", "")
    treasurer.sound()
    for room in ("店家结算", "分红", "月结年结"):
        treasurer.follow(room, "")
        treasurer.sound()
    supervisor = sits("supervisor", PHONE, "en")
    supervisor.open("/desk/")
    supervisor.follow("", "slips? waits?")
    slip = supervisor.page.locator("section.card", has_text="浦阳农商行")
    slip.get_by_role("button", name=re.compile("I have seen")).click()
    supervisor.sure()
    expect(supervisor.page.locator("section.card", has_text="浦阳农商行")).to_have_count(0, timeout=PATIENCE)
    supervisor.sound()


def a_treasurer_pays_who_leaves_on_a_phone(sits: Sits) -> None:
    walk = sits("treasurer", PHONE, "en")
    walk.open("/desk/")
    walk.follow("", "leaves?|left")
    walk.press("", "Paid", first=True)
    walk.sure()
    walk.sound()
    walk.open("/desk/runs")
    walk.page.locator("main tbody a, main .card a").first.click()
    walk.page.wait_for_load_state()
    walk.follow("", "other percentage|What if|what if")
    walk.sound()
    walk.open("/desk/money/statement")
    walk.sound()
    walk.open("/desk/money/closes")
    walk.type_in(period="2099-01")
    walk.press("", "Prepare", first=True)
    walk.sure()
    walk.forgive(422)
    walk.sound()


def a_supervisor_is_the_second_person(sits: Sits) -> None:
    walk = sits("supervisor", DESK, "zh")
    walk.open("/desk/activities?state=draft")
    walk.follow("冬季村民会议", "")
    walk.press("批准", "", first=True)
    walk.sure()
    walk.sees("批准", "")
    walk.sound()
    walk.open("/desk/")
    walk.follow("次结账等您签字", "")
    walk.page.locator("tbody a").first.click()
    walk.press("核对过了，签字", "")
    walk.sure()
    walk.sound()
    paper(walk, "/desk/money/closes/")
    walk.open("/desk/terms?state=proposed")
    walk.follow("公益工", "")
    walk.type_in(took_part="80", said_yes="30")
    walk.press("记下：通过了", "")
    walk.says_no("没办成", "")
    assert walk.page.locator("#f-took_part").input_value() == "80"
    walk.sound()


def a_supervisor_agrees_on_a_phone(sits: Sits) -> None:
    walk = sits("supervisor", PHONE, "en")
    walk.open("/desk/")
    walk.follow("", "roles? ")
    walk.press("", "Agree|Yes", first=True)
    walk.sure()
    walk.sound()
    walk.open("/desk/cards")
    file_of(walk, "", "Yes: print", "application/pdf")
    walk.open("/desk/money/asks")
    walk.press("", "✓", first=True)
    walk.sure()
    walk.sound()
    walk.open("/desk/review/rechecks")
    walk.sound()


def an_auditor_reads_and_takes_the_bundle(sits: Sits) -> None:
    walk = sits("auditor", DESK, "zh")
    walk.open("/desk/money")
    walk.sees("每一工分都有钱兑付", "")
    assert walk.page.locator('main form[method="post"]').count() == 0  # who audits changes nothing
    walk.open("/desk/books")
    walk.press("现在查账", "")
    walk.sure()
    walk.sees("刚查过", "")
    walk.sound()
    saved(walk, "下载审计包", "", ".zip")
    walk.open("/desk/books")
    walk.follow("柳溪村 · 工分基金", "")
    walk.sound()
    walk.open("/desk/books/acts?q=slip")
    walk.sound()
    walk.open("/desk/looks")
    walk.sound()


def an_auditor_looks_round_on_a_phone(sits: Sits) -> None:
    walk = sits("auditor", PHONE, "en")
    for path in ("/desk/", "/desk/glance", "/desk/money/closes", "/desk/shops", "/desk/activities?kind=labor"):
        walk.open(path)
        walk.sound()
    assert "kind=labor" in unquote(walk.page.url)
    paper_of_the_month = walk.context.request.get(walk.server + "/figures.pdf")
    assert paper_of_the_month.body().startswith(b"%PDF")


DAYS: tuple[Day, ...] = (
    a_treasurers_slip_is_approved_by_the_supervisor,
    a_treasurer_pays_who_leaves_on_a_phone,
    a_supervisor_is_the_second_person,
    a_supervisor_agrees_on_a_phone,
    an_auditor_reads_and_takes_the_bundle,
    an_auditor_looks_round_on_a_phone,
)
