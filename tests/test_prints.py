"""Everything that the village holds in its hands: each document is a readable PDF with the words on it."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from fpdf import FPDF

from gongfen import prints
from gongfen.prints.paper import Paper
from gongfen.rules.dividend import Line, Plan, Sharer, share_out
from gongfen.rules.dividend_slip import steps

NOW = datetime(2026, 11, 22, 6, 5, tzinfo=UTC)
OUTSIDE = "萧山区农业农村局 0571-0000 0000"
ADDRESS = "https://daicun.example/a/7351"


READ: dict[bytes, list[tuple[int, int, str]]] = {}


@pytest.fixture(autouse=True)
def _reader(monkeypatch):
    """Remember what each document was told to print: (page, height on it, words)."""
    inked: dict[int, list[tuple[int, int, str]]] = {}
    cell, end = FPDF.cell, Paper.bytes

    def remember(pdf: FPDF, *args, **kwargs):
        text = args[2] if len(args) > 2 else kwargs.get("text", "")
        inked.setdefault(id(pdf), []).append((pdf.page, round(pdf.get_y()), text))
        return cell(pdf, *args, **kwargs)

    def finish(paper: Paper) -> bytes:
        whole = end(paper)
        READ[whole] = inked.pop(id(paper.pdf), [])
        return whole

    monkeypatch.setattr(FPDF, "cell", remember)
    monkeypatch.setattr(Paper, "bytes", finish)
    yield
    READ.clear()


def told(pdf: bytes) -> str:
    """The words of a document, line by line."""
    assert pdf.startswith(b"%PDF")
    lines: dict[tuple[int, int], list[str]] = {}
    for page, height, words in READ[pdf]:
        lines.setdefault((page, height), []).append(words)
    return "\n".join("  ".join(words) for words in lines.values())


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", pdf))


def a_card(number: int = 1) -> prints.Card:
    return prints.Card("戴村", "张秀英", "第三组", f"{number:08d}", f"gf:card:{number:032x}")


def a_book(lines: int = 7, lang: str = "zh") -> prints.Book:
    entries = [
        prints.BookLine(date(2026, 3, 1 + i), f"修机耕路 {i + 1}", "本人扫码", 300, 300 * (i + 1)) for i in range(lines)
    ]
    return prints.Book("戴村", "张秀英", "第三组", "128", NOW, OUTSIDE, 100, entries, lang)


def a_poster(lang: str = "zh") -> prints.Poster:
    return prints.Poster(
        title="清理村口水渠",
        village="戴村",
        when="11月28日 周六 8:00–11:00",
        where="村口老樟树下集合",
        places="30 个，给没有手机的人留 10 个",
        worth="1 小时 1 工分 ≈ ¥1，一天最多 8",
        contact="李建国 组长",
        address=ADDRESS,
        printed_at=NOW,
        paper_way="没有手机？到现场找带队人签名，一样记。",
        steps=("扫码报名，或告诉组长", "到场扫签到码", "走时再扫一次", "公示 7 天后到账"),
        lang=lang,
    )


def a_sheet(names: int = 12) -> prints.SignInSheet:
    signed_up = [prints.SheetName(f"王小{'一二三四五六七八九十'[i % 10]}", "第二组", str(i + 20)) for i in range(names)]
    return prints.SignInSheet(
        "戴村", "清理村口水渠", date(2026, 11, 28), "村口老樟树", "李建国", "S-20418", ADDRESS, NOW, signed_up
    )


def a_week(lang: str = "zh") -> prints.Week:
    return prints.Week(
        village="戴村",
        first=date(2026, 11, 23),
        last=date(2026, 11, 29),
        printed_at=NOW,
        address="https://daicun.example/week",
        fund=312_500_000,
        cover="本村每一工分都有钱兑付（100%）",
        complain_to=OUTSIDE,
        on=[
            prints.WeekActivity(date(2026, 11, 24), "19:00", "村民议事会", "文化礼堂", "2 工分"),
            prints.WeekActivity(date(2026, 11, 28), "8:00", "清理村口水渠", "村口老樟树", "1 小时 1 工分", 18),
        ],
        paid_work=[prints.WeekActivity(date(2026, 11, 26), "7:30", "摘柑橘", "果园合作社", "一天 120 工分", 6)],
        was_done=["修机耕路 310 米", "清理水渠 3 条", "议事会 1 次，46 户来人"],
        money=[
            prints.WeekMoney("果园合作社 货款", 60_000_000),
            prints.WeekMoney("水渠活动备付", -2_400_000),
            prints.WeekMoney("小芳超市 结算", -8_412_500),
        ],
        shops=["小芳超市 6:30–20:00 · 肥皂 5 元 · 米 50 元", "供销社 8:00–17:00"],
        lang=lang,
    )


def a_statement(lines: int = 5) -> prints.Statement:
    entries = [
        prints.StatementLine(NOW.replace(day=1 + i % 28), 61_000 + i, "您付给 小芳超市 12.50 元", "", -1250, -125_000)
        if i % 2
        else prints.StatementLine(
            NOW.replace(day=1 + i % 28), 61_000 + i, "李叔确认了您 3 小时的修路劳动", "有人见证", 3000
        )
        for i in range(lines)
    ]
    return prints.Statement("戴村", "张秀英", date(2026, 11, 1), NOW, 8_600, 10_350, 0, 984_000, OUTSIDE, entries)


def a_year() -> prints.Year:
    lines = [
        prints.YearLine(
            date(2026, 3, 4), "修机耕路 3 小时", "签到表 S-20418 · 有人见证", "4410298", 8_127, 300, "3 工分"
        ),
        prints.YearLine(
            date(2026, 10, 12), "摘柑橘 1 天", "本人扫码 7:31–16:40", "4410777", 40_511, 12_000, "120 工分"
        ),
    ]
    return prints.Year(
        "戴村", "张秀英", 2026, "918273645546372", NOW, 12_300, 825_000, 31_948_500, OUTSIDE, "88213", lines
    )


def a_slip(number: int = 0) -> prints.Slip:
    plan = Plan(pool=480_000_000, head_percent=70, lines=(Line("reserve", 5), Line("welfare", 3)))
    outcome = share_out(plan, [Sharer(0, 1, 12_300), Sharer(1, 1, 40_000, 1_000_000), Sharer(2, 1, 0)])
    share = outcome.shares[number % 3]
    return prints.Slip(
        "戴村", "2026 年分红", "张秀英", "128", "88213", steps(plan, outcome.sums, share), share.payout, OUTSIDE
    )


def a_proof(lang: str = "zh") -> prints.Proof:
    lines = [prints.ProofLine("公益工（有人见证或本人扫码）", "46 小时"), prints.ProofLine("村民议事会", "8 次")]
    return prints.Proof(
        "戴村", "张秀英", "申请合作社社员", NOW, date(2026, 12, 22), "P-5521", "https://daicun.example/proof/5521",
        OUTSIDE, lines, lang,
    )  # fmt: skip


def test_a_card_has_its_number_and_a_code_but_no_pin():
    words = told(prints.card(a_card(), NOW))
    assert "张秀英" in words
    assert "0000 0001" in words


def test_ten_cards_fit_on_a_sheet_and_the_eleventh_begins_another():
    assert pages(prints.cards([a_card(i) for i in range(10)], NOW)) == 1
    assert pages(prints.cards([a_card(i) for i in range(11)], NOW)) == 2


def test_a_book_has_a_cover_its_lines_and_room_for_the_pencil():
    words = told(prints.book(a_book(7)))
    assert "工分本" in words
    assert "修机耕路 7" in words
    assert "1 工分值 1 元" in words
    assert pages(prints.book(a_book(0))) == 2
    assert pages(prints.book(a_book(15))) == 3


def test_a_book_says_in_english_what_it_says_in_chinese():
    assert "Points do not expire" in told(prints.book(a_book(2, "en")))


def test_the_shops_sign_names_the_shop_and_its_number():
    words = told(prints.sign(prints.Sign("小芳超市", "17", "戴村镇", "https://daicun.example/pay/17", NOW)))
    assert "小芳超市" in words
    assert "17" in words


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_poster_says_what_when_where_and_what_it_is_worth(lang):
    words = told(prints.poster(a_poster(lang)))
    assert "清理村口水渠" in words
    assert "8:00–11:00" in words
    assert "1 工分" in words


def test_a_sign_in_sheet_has_the_names_of_those_who_signed_up_and_empty_lines():
    sheet = prints.sign_in_sheet(a_sheet(12))
    assert "王小五" in told(sheet)
    assert "S-20418" in told(sheet)
    assert pages(sheet) == 2


def test_a_survey_on_paper_numbers_its_answers_and_no_question_is_torn():
    asks = [prints.PaperQuestion(f"问题{n}", "选一个", [f"答{n}{m}" for m in range(8)]) for n in range(9)]
    asks.append(prints.PaperQuestion("还想说", "写几句", room="text"))
    paper = prints.questionnaire(prints.Questionnaire("柳溪村", "路灯", "11月25日", NOW, asks))
    where = {text: page for page, _, text in READ[paper]}
    assert pages(paper) > 1 and "1  答00" in told(paper) and "8  答87" in told(paper)
    assert all(where[f"1  答{n}0"] == where[f"8  答{n}7"] == where[f"问题{n}"] for n in range(9))


def test_the_week_tells_money_in_and_out_and_no_name():
    words = told(prints.week(a_week()))
    assert "清理村口水渠" in words
    assert "+¥6,000.00" in words
    assert "−¥240.00" in words
    assert "¥31,250.00" in words


def test_what_goes_on_already_is_told_by_its_last_day():
    week = a_week()
    goes_on = prints.WeekActivity(date(2026, 11, 1), "0:00", "垃圾分类", "", "一周 1 工分", until=date(2026, 11, 30))
    assert "现在，到11月30日" in told(prints.week(replace(week, on=[goes_on])))


def test_a_statement_goes_on_over_as_many_pages_as_it_needs():
    short, long = prints.statement(a_statement(5)), prints.statement(a_statement(90))
    assert pages(short) == 1
    assert pages(long) == 4
    assert told(long).count("您付给") + told(long).count("李叔确认了您") == 90


def test_a_resident_without_a_line_gets_a_statement_that_says_so_much():
    assert "86 → 103.5" in told(prints.statement(a_statement(0)))


def test_one_id_leads_from_the_sign_in_sheet_to_the_dividend_line():
    words = told(prints.year(a_year()))
    assert "918273645546372" in words
    row = next(line for line in words.splitlines() if "S-20418" in line)
    assert "4410298" in row
    assert "8127" in row
    assert "3 工分" in row
    assert "88213" in words


def test_a_slip_shows_every_step_of_the_sum():
    words = told(prints.slips([a_slip()], NOW))
    assert "¥48,000.00" in words
    assert "公积金 5%" in words
    assert "按人分 70%" in words
    assert "按工分 30%" in words
    assert "到账" in words


def test_three_slips_share_a_page():
    assert pages(prints.slips([a_slip(i) for i in range(7)], NOW)) == 3


def test_the_slips_of_a_whole_village_come_out_together():
    whole = prints.slips([a_slip(i) for i in range(1_600)], NOW)
    assert pages(whole) == 534
    assert len(whole) < 8_000_000


@pytest.mark.parametrize(
    ("lang", "promise"), [("zh", "不是办理任何事务的条件"), ("en", "not a condition for any service")]
)
def test_a_proof_says_what_for_until_when_and_that_nothing_depends_on_it(lang, promise):
    words = told(prints.proof(a_proof(lang)))
    assert promise in words
    assert "申请合作社社员" in words
    assert "2026" in words
    assert OUTSIDE[:7] in words


def test_the_same_values_make_the_same_paper():
    assert prints.week(a_week()) == prints.week(a_week())


def test_a_rare_letter_is_printed_and_an_unknown_one_is_marked():
    paper = Paper("字", NOW)
    paper.page()
    paper.text(100, 100, "王喆 李𠮷", 20, bold=True)
    words = told(paper.bytes())
    assert "王喆" in words
    assert "李〓" in words


def test_a_name_that_is_too_long_is_cut_and_never_runs_over():
    paper = Paper("长", NOW)
    paper.page()
    paper.text(100, 100, "长" * 200, 20, width=300)
    assert "…" in told(paper.bytes())
